/** SGR reports (DECSET 1006) of presses, releases and the wheel (1000). XTerm Control Sequences, "Mouse Tracking". */
export const mouseOn = '\x1b[?1000h\x1b[?1006h';
export const mouseOff = '\x1b[?1006l\x1b[?1000l';

export type MouseReport =
  | {readonly kind: 'wheel'; readonly way: 'up' | 'down'}
  /** The first button was pressed on this cell, from 0. */
  | {readonly kind: 'click'; readonly column: number; readonly row: number};

export interface Reported {
  /** What is no report. */
  readonly keys: string;
  /** What may be the beginning of one. */
  readonly begun: string;
  readonly reports: readonly MouseReport[];
}

const report = /\x1b\[<(\d{1,5});(\d{1,5});(\d{1,5})([Mm])/g;
const beginning = /\x1b(?:\[(?:<[\d;]{0,17})?)?$/;

/** Takes reports out of what came from a terminal. Other buttons, releases, and presses with Shift, Alt or Ctrl mean nothing. */
export function takeReports(input: string): Reported {
  const reports: MouseReport[] = [];
  const rest = input.replace(report, (_, button: string, column: string, row: string, end: string) => {
    const read = readReport(Number(button), Number(column) - 1, Number(row) - 1, end === 'M');
    if (read) reports.push(read);
    return '';
  });
  const begun = beginning.exec(rest)?.[0] ?? '';
  return {keys: rest.slice(0, rest.length - begun.length), begun, reports};
}

function readReport(button: number, column: number, row: number, isPress: boolean): MouseReport | null {
  if (!isPress) return null;
  if (button === 64) return {kind: 'wheel', way: 'up'};
  if (button === 65) return {kind: 'wheel', way: 'down'};
  return button === 0 ? {kind: 'click', column, row} : null;
}
