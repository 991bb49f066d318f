import type {Step} from '../../model/lesson.ts';
import type {PaneData} from '../pane.ts';

export interface FlowData extends PaneData {
  /**
   * The step after that, where its calls may be known, and what the learner typed for it; whether it is
   * asked what it will give.
   */
  readonly following: {readonly step: Step; readonly message: string; readonly isAsked?: boolean} | null;
  /** Its calls are being made. */
  readonly isMaking: boolean;
  /** The walk's clock, in seconds. */
  readonly now: number;
}

/** False where nothing is captured; before the first call nobody knows yet. */
export const isWireSeen = ({view, frames}: FlowData): boolean =>
  view.wire !== null || frames.length > 0 || view.callCount === 0;
