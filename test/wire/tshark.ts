import {execFile, spawnSync} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** Null where tshark is there; otherwise the reason why what it says cannot be compared. */
export const whyNoTshark = ((): string | null => {
  const {error} = spawnSync('tshark', ['--version']);
  return error ? `needs tshark: ${error.message}` : null;
})();

/** A capture file in a folder of its own, which also keeps the settings of this account's Wireshark out. */
export class CaptureFile implements AsyncDisposable {
  private constructor(
    private readonly folder: string,
    private readonly path: string,
  ) {}

  static async with(bytes: Uint8Array): Promise<CaptureFile> {
    const folder = await mkdtemp(join(tmpdir(), 'sockwalk-capture-'));
    const path = join(folder, 'walk.pcapng');
    await writeFile(path, bytes);
    return new CaptureFile(folder, path);
  }

  /** What tshark prints of these fields, one row a frame. All that a field has in a frame is joined by a comma. */
  async fields<Name extends string>(
    names: readonly Name[],
    preferences: readonly string[] = [],
  ): Promise<{rows: Record<Name, string>[]; warnings: string}> {
    const {stdout, warnings} = await this.ask('tshark', [
      ...['-n', '-r', this.path, '-T', 'fields', '-E', 'separator=/t'],
      ...preferences.flatMap(preference => ['-o', preference]),
      ...names.flatMap(name => ['-e', name]),
    ]);
    const rows = stdout.split('\n').slice(0, -1);
    return {rows: rows.map(row => recordOf(names, row.split('\t'))), warnings};
  }

  async ask(program: 'tshark' | 'capinfos', args: readonly string[]): Promise<{stdout: string; warnings: string}> {
    const env = {...process.env, LC_ALL: 'C.UTF-8', HOME: this.folder, XDG_CONFIG_HOME: this.folder};
    const {stdout, stderr} = await run(program, [...args], {env});
    return {stdout, warnings: stderr.replace(/^Running as user .*\n/m, '')};
  }

  capinfos = () => this.ask('capinfos', ['-M', this.path]);

  [Symbol.asyncDispose] = () => rm(this.folder, {recursive: true, force: true});
}

const recordOf = <Name extends string>(names: readonly Name[], values: readonly string[]): Record<Name, string> =>
  Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])) as Record<Name, string>;
