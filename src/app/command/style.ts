import type {Language} from '../../model/text.ts';

/** How a command writes. */
export interface Style {
  readonly language: Language;
  readonly ascii: boolean;
  /** Columns to wrap at. */
  readonly width: number;
}
