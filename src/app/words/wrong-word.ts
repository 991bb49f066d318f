import type {Complaint} from './complaint.ts';

/** A word of a typed line that cannot be understood, and its column. */
export class WrongWord extends Error {
  readonly complaint: Complaint;
  readonly at: number;
  constructor(text: Complaint['text'], values: Complaint['values'], at: number) {
    super(text.en);
    const shown = Object.entries(values).map(([name, value]) => [name, isTyped(name) ? shortened(value) : value]);
    this.complaint = {text, values: Object.fromEntries(shown)};
    this.at = at;
  }
}

/** What the learner wrote, which may be of any length. */
const isTyped = (name: string): boolean => ['word', 'host', 'port'].includes(name);

const mostShown = 60;
const shortened = (value: string | number): string | number =>
  typeof value === 'string' && value.length > mostShown ? `${value.slice(0, mostShown)}…` : value;
