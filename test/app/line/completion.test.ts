import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {typedCalls} from '../../../src/app/line/call-forms.ts';
import {readCallLine} from '../../../src/app/line/call-line.ts';
import {completed, completionOf} from '../../../src/app/line/completion.ts';
import {lineHelp} from '../../../src/app/line/line-help.ts';
import type {Scene} from '../../../src/app/line/scene.ts';
import {completedLine, emptyLine} from '../../../src/app/line/typed-line.ts';
import {argumentHelp, optionHelp} from '../../../src/messages/line-help.ts';
import {fd, port} from '../../../src/model/brands.ts';
import {socketRow} from '../socket-row.ts';

const scene: Scene = {
  actor: 'client',
  actors: ['server', 'client'],
  sockets: [socketRow('server', 18, 'LISTEN', 9000), socketRow('client', 21, 'CLOSE', 0)],
  serverPort: port(9000),
  taken: {},
  folder: '/tmp/lab',
  labels: {},
};
const wordsFor = (line: string) => completionOf(line, scene, ['close-wait', 'send-blocks']).words;

test('a name of a descriptor stands where its number would', () => {
  const named = {...scene, labels: {server: new Map([['listener', fd(18)]])}};
  const after = (line: string) => completionOf(line, named, []).words;
  expect(after('server listen li')).toEqual(['listener']);
  expect(after('server shutdown listener ')).toEqual(after('server shutdown 18 '));
  expect(after('server bind listener ')).toContain('127.0.0.1:9000');
  const about = (line: string) => lineHelp(line, null, named, []).about;
  expect(about('server send listener "')).toBe(argumentHelp.data);
  expect(about('server listen listener')).toBe(argumentHelp.fd);
  // That name is the server's.
  expect(after('client shutdown listener ')).toEqual([]);
});

describe('Tab offers what may stand where the line ends', () => {
  test.each([
    ['soc', ['socket', 'socketpair']],
    ['server acc', ['accept', 'accept4']],
    ['cha', ['challenges', 'challenge']],
    ['challenge s', ['send-blocks']],
    ['spawn client-', ['client-2', 'client-3']],
    ['kill s', ['server']],
    ['expect ECONNRE', ['ECONNREFUSED', 'ECONNRESET']],
    ['expect server TIME', ['TIME_WAIT']],
    ['socket ', ['AF_INET', 'AF_INET6', 'AF_UNIX']],
    ['socket AF_INET SOCK_D', ['SOCK_DGRAM']],
    ['socket AF_INET SOCK_DGRAM|SOCK_N', ['SOCK_NONBLOCK']],
    ['close ', ['21']],
    ['server close ', ['18']],
    ['connect 21 127', ['127.0.0.1:9000']],
    ['connect 127', ['127.0.0.1:9000']],
    ['setsockopt 21 SO_LI', ['SO_LINGER']],
    ['setsockopt so_li', ['SO_LINGER']],
    ['recv 21 5 MSG_DONTW', ['MSG_DONTWAIT']],
    ['recv 21 5 MSG_PEEK|MSG_DONTW', ['MSG_DONTWAIT']],
    ['shutdown 21 SHUT_RD', ['SHUT_RD', 'SHUT_RDWR']],
    ['send 21 "soc', []],
    ['nothing ', []],
  ])('%s', (line, words) => {
    expect(wordsFor(line)).toEqual(words);
  });

  test('the word grows as far as all of them agree, then each in turn', () => {
    expect(completed('client con', completionOf('client con', scene, []))).toBe('client connect ');
    const after = (times: number) => {
      let line = {...emptyLine, text: 'expect ECO'};
      for (let n = 0; n < times; n++) line = completedLine(line, scene, []);
      return line.text;
    };
    expect([1, 2, 3, 4, 5].map(after)).toEqual([
      'expect ECONN',
      'expect ECONNABORTED',
      'expect ECONNREFUSED',
      'expect ECONNRESET',
      'expect ECONNABORTED',
    ]);
  });
});

describe('help for the word at the end of the line', () => {
  test.each([
    ['setsockopt 21 SO_LINGER', optionHelp.SO_LINGER],
    ['setsockopt 21 SO_LINGER ', argumentHelp.value],
    ['connect ', argumentHelp.fd],
    ['connect 21 ', argumentHelp.address],
    ['connect 127.0.0.1:1', argumentHelp.address],
  ])('%s', (line, about) => {
    expect(lineHelp(line, null, scene, []).about).toBe(about);
  });

  test('the form of the call, as soon as it is one', () => {
    expect(lineHelp('client conn', null, scene, []).form).toBeNull();
    expect(lineHelp('client connect', null, scene, []).form).toBe('connect [fd] [address:port]');
  });
});

test('a call that is written by Tab alone can be read', () => {
  for (const call of typedCalls) {
    let line = call as string;
    for (let n = 0; n < 5; n++) {
      const [word] = wordsFor(`${line} `);
      if (word === undefined) break;
      line = `${line} ${word}`;
    }
    expect([line, readCallLine(line, scene)]).toEqual([line, expect.objectContaining({kind: 'call'})]);
  }
});

test('whatever is typed, Tab keeps it or makes the word at its end a longer or another one', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      const {from} = completionOf(text, scene, ['close-wait']);
      return completedLine({...emptyLine, text}, scene, ['close-wait']).text.startsWith(text.slice(0, from));
    }),
  );
});
