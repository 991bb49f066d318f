import {readFile} from 'node:fs/promises';
import {arch, platform, release} from 'node:os';
import {dirname} from 'node:path';
import {isNewEnough} from '../../about/needed-node.js';
import {tracing} from '../../lab/actor/strace.ts';
import {makeFolder} from '../../lab/file/folder.ts';
import {needLoopback} from '../../lab/kernel/loopback.ts';
import {NoKernelTables, openLab} from '../../lab/lab.ts';
import {NoNetwork, openNetwork} from '../../lab/network/network.ts';
import {doctorText as words} from '../../messages/doctor.ts';
import {fill} from '../../messages/fill.ts';
import {refusalText} from '../../messages/network.ts';
import type {Language, Text} from '../../model/text.ts';
import {cannotRun} from '../run/cannot-run.ts';
import {mayCapture} from '../run/network-choice.ts';
import {choosePort, portSentence, usualPort} from '../run/port-choice.ts';
import {isUtf8} from '../words/locale.ts';

/** One thing that this machine can or cannot do. `need`: without it no lesson runs. */
interface Finding {
  readonly name: Text;
  readonly state: 'yes' | 'no' | 'note';
  readonly need: boolean;
  readonly what: string;
  /** What to do about a no. */
  readonly advice?: string;
}

interface Terminal {
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
  readonly rows: number | undefined;
}

/** Looks, changes nothing, and says what it found. The exit code is 1 when lessons cannot run here. */
export async function doctor(
  language: Language,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<{text: string; code: number}> {
  const findings = [
    nodeFinding(language),
    {name: words.system, state: 'note' as const, need: false, what: `${platform()} ${release()} ${arch()}`},
    ...(await callFindings(language)),
    await folderFinding(language),
    await loopbackFinding(language),
    await portFinding(language),
    terminalFinding(language, terminal),
    localeFinding(language, env),
    await traceFinding(language),
    ...(await networkFindings(language)),
  ];
  const lines = findings.flatMap(finding => lineOf(finding, language));
  return {text: lines.join('\n'), code: findings.some(finding => finding.need && finding.state === 'no') ? 1 : 0};
}

const marks = {yes: '[ok]', no: '[no]', note: '[--]'} as const;

const lineOf = ({name, state, what, advice}: Finding, language: Language): string[] => [
  `${marks[state]} ${name[language]}: ${what}`,
  ...(advice ? [`     ${advice}`] : []),
];

function nodeFinding(language: Language): Finding {
  const isNew = isNewEnough(process.versions.node);
  return {
    name: words.node,
    state: isNew ? 'yes' : 'no',
    need: true,
    what: process.version,
    ...(isNew ? {} : {advice: words.nodeAdvice[language]}),
  };
}

/** Opens a lab for real: that needs the FFI, the actors and the kernel's tables. */
async function callFindings(language: Language): Promise<Finding[]> {
  try {
    await using lab = await openLab(['server']);
    const made = await lab.perform('server', {name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0});
    const worked = !('kind' in made) && made.outcome.kind === 'returned';
    const {sockets} = await lab.observe();
    return [
      {name: words.calls, state: worked ? 'yes' : 'no', need: true, what: worked ? 'socket() = fd' : 'socket() = -1'},
      {name: words.tables, state: sockets.length > 0 ? 'yes' : 'no', need: true, what: '/proc/PID/net, /proc/PID/fd'},
      await threadFinding(language),
    ];
  } catch (error) {
    const what = cannotRun(error, language) ?? String(error);
    return [{name: error instanceof NoKernelTables ? words.tables : words.calls, state: 'no', need: true, what}];
  }
}

async function threadFinding(language: Language): Promise<Finding> {
  const readable = await readFile('/proc/self/syscall', 'utf8').then(
    () => true,
    () => false,
  );
  return {
    name: words.threads,
    state: readable ? 'yes' : 'note',
    need: false,
    what: '/proc/PID/task/TID/syscall',
    ...(readable ? {} : {advice: words.threadsAdvice[language]}),
  };
}

async function folderFinding(language: Language): Promise<Finding> {
  const name = words.folder;
  try {
    await using folder = await makeFolder(true);
    return {name, state: 'yes', need: false, what: dirname(folder.path)};
  } catch (error) {
    const what = cannotRun(error, language) ?? String(error);
    return {name, state: 'no', need: false, what, advice: words.folderAdvice[language]};
  }
}

async function loopbackFinding(language: Language): Promise<Finding> {
  const name = words.loopback;
  try {
    await needLoopback();
    return {name, state: 'yes', need: false, what: '127.0.0.1'};
  } catch (error) {
    return {name, state: 'no', need: false, what: cannotRun(error, language) ?? String(error)};
  }
}

async function portFinding(language: Language): Promise<Finding> {
  const choice = await choosePort(usualPort);
  const name = words.port;
  if (choice.kind !== 'refused') {
    await choice.hold?.[Symbol.asyncDispose]();
    return {name, state: 'yes', need: false, what: `127.0.0.1:${usualPort}`};
  }
  return {name, state: 'note', need: false, what: portSentence(choice, language), advice: words.portAdvice[language]};
}

function terminalFinding(language: Language, {isTerminal, columns, rows}: Terminal): Finding {
  if (!isTerminal) {
    return {name: words.terminal, state: 'note', need: false, what: words.noTerminal[language]};
  }
  const isLarge = (columns ?? 0) >= 60 && (rows ?? 0) >= 18;
  return {
    name: words.terminal,
    state: isLarge ? 'yes' : 'no',
    need: false,
    what: `${columns}x${rows}`,
    ...(isLarge ? {} : {advice: words.terminalAdvice[language]}),
  };
}

function localeFinding(language: Language, env: NodeJS.ProcessEnv): Finding {
  const utf8 = isUtf8(env);
  const what = env.LC_ALL || env.LC_CTYPE || env.LANG || 'C';
  return {
    name: words.locale,
    state: utf8 ? 'yes' : 'note',
    need: false,
    what: fill(utf8 ? words.utf8 : words.notUtf8, language, {what}),
    ...(utf8 ? {} : {advice: words.localeAdvice[language]}),
  };
}

async function traceFinding(language: Language): Promise<Finding> {
  const works = (await tracing()) !== null;
  return {
    name: words.trace,
    state: works ? 'yes' : 'note',
    need: false,
    what: 'strace',
    ...(works ? {} : {advice: words.traceAdvice[language]}),
  };
}

/** Makes a private network for real, the one of three machines, and takes it down again. */
async function networkFindings(language: Language): Promise<Finding[]> {
  try {
    await using network = await openNetwork('home');
    await network.ready;
    const captures = await network.captures();
    const answer = await network.filter({host: 'router', rule: {kind: 'masquerade', device: 'wan'}});
    const outcome = 'outcome' in answer ? answer.outcome : null;
    const filters = outcome?.kind === 'returned';
    return [
      {name: words.namespaces, state: 'yes', need: false, what: 'unshare -Urn'},
      {name: words.capture, state: captures ? 'yes' : 'note', need: false, what: 'AF_PACKET'},
      {
        ...{name: words.filter, state: filters ? ('yes' as const) : ('note' as const), need: false},
        what: outcome?.kind === 'failed' ? `nftables: ${outcome.errno}` : 'nftables',
        ...(filters ? {} : {advice: words.filterAdvice[language]}),
      },
      await hostCaptureFinding(language),
    ];
  } catch (error) {
    const what =
      error instanceof NoNetwork
        ? fill(refusalText[error.refusal.kind], language, {...error.refusal})
        : (cannotRun(error, language) ?? String(error));
    const advice = words.namespacesAdvice[language];
    const none: Finding = {name: words.namespaces, state: 'note', need: false, what, advice};
    return [none, await hostCaptureFinding(language)];
  }
}

async function hostCaptureFinding(language: Language): Promise<Finding> {
  await using network = (await mayCapture()) ? await openNetwork('host') : null;
  const may = (await network?.captures()) ?? false;
  const what = may ? 'CAP_NET_RAW' : words.noHostCapture[language];
  return {name: words.hostCapture, state: may ? 'yes' : 'note', need: false, what};
}
