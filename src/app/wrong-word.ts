import type {Complaint} from './complaint.ts';

/** A word of a typed line that cannot be understood, and its column. */
export class WrongWord extends Error {
  readonly complaint: Complaint;
  readonly at: number;
  constructor(text: Complaint['text'], values: Complaint['values'], at: number) {
    super(text.en);
    this.complaint = {text, values};
    this.at = at;
  }
}
