import type {Text} from '../../model/text.ts';

/** What is wrong with a command line, as a text and the values for its places. */
export interface Complaint {
  readonly text: Text;
  readonly values: Readonly<Record<string, string | number>>;
  /** The word that is wrong, and at which of its characters: it is shown with a caret under the place. */
  readonly caret?: {readonly word: string; readonly at: number};
}

/** A command line that cannot be understood. */
export class Wrong extends Error {
  readonly complaint: Complaint;
  constructor(text: Text, values: Complaint['values'] = {}, caret: Complaint['caret'] | null = null) {
    super(text.en);
    this.complaint = {text, values, ...(caret ? {caret} : {})};
  }
}
