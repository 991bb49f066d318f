import {expect, test} from 'vitest';
import {takeReports} from '../../../src/app/terminal/mouse-report.ts';

test('reports are taken out of what is typed before, between and behind them', () => {
  expect(takeReports('a\x1b[<0;10;5Mb\x1b[<0;10;5mc\x1b[<64;1;1M\x1b[<65;1;1M')).toEqual({
    keys: 'abc',
    begun: '',
    reports: [
      {kind: 'click', column: 9, row: 4},
      {kind: 'wheel', way: 'up'},
      {kind: 'wheel', way: 'down'},
    ],
  });
});

test('other buttons, and those with Shift, Alt or Ctrl, mean nothing, and are no keys either', () => {
  for (const button of [1, 2, 4, 8, 16, 32, 35, 66, 67, 68, 128])
    expect(takeReports(`\x1b[<${button};1;1M`)).toEqual({keys: '', begun: '', reports: []});
});

test('wherever a report is cut, nothing of it is a key, and the two parts are one report', () => {
  const report = '\x1b[<0;10;5M';
  for (let end = 1; end < report.length; end++) {
    const first = takeReports(`x${report.slice(0, end)}`);
    expect(first).toEqual({keys: 'x', begun: report.slice(0, end), reports: []});
    const second = takeReports(`${first.begun}${report.slice(end)}y`);
    expect(second).toEqual({keys: 'y', begun: '', reports: [{kind: 'click', column: 9, row: 4}]});
  }
});

test('keys that begin as a report does stay keys', () => {
  for (const keys of ['\x1b[A', '\x1b[200~', '\x1bOP', '\x1b\x1b[B', '<0;1;1M', '\x1b[<;M', '\x1b[<x'])
    expect(takeReports(keys)).toEqual({keys, begun: '', reports: []});
});
