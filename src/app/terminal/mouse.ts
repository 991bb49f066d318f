import {writeSync} from 'node:fs';
import type {ReadStream, WriteStream} from 'node:tty';
import {filterInput} from './input-filter.ts';
import {type MouseReport, mouseOff, mouseOn, takeReports} from './mouse-report.ts';

/** The terminal's mouse, while a screen has it. */
export interface Mouse {
  /** The terminal has it again, for as long as `pause` takes. */
  lend(pause: () => Promise<void>): Promise<void>;
  giveBack(): void;
}

/** Has the terminal report its mouse to `tell`; no byte of a report reaches whoever else reads `input`. */
export function takeMouse(
  input: ReadStream,
  output: WriteStream & {readonly fd: number},
  tell: (report: MouseReport) => void,
): Mouse {
  input.setRawMode(true);
  input.setEncoding('utf8');
  filterInput(input, text => {
    const {reports, ...rest} = takeReports(text);
    for (const each of reports) tell(each);
    return rest;
  });
  // However the program ends: a terminal that goes on reporting types into the shell.
  const atExit = () => {
    try {
      writeSync(output.fd, mouseOff);
    } catch {
      // The terminal has gone, or takes nothing more.
    }
  };
  process.on('exit', atExit);
  output.write(mouseOn);
  return {
    async lend(pause) {
      output.write(mouseOff);
      await pause();
      output.write(mouseOn);
    },
    giveBack() {
      process.off('exit', atExit);
      output.write(mouseOff);
    },
  };
}
