import {readFile, writeFile} from 'node:fs/promises';
import {cpus, release, type} from 'node:os';
import {type Figure, verdict} from './figure.ts';

const file = new URL('../docs/benchmarks.md', import.meta.url);
const begin = '<!-- results: written by the command below, not by hand -->';
const end = '<!-- end of results -->';

export function machineText(): string {
  const [cpu] = cpus();
  return `${cpu?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores, ${type()} ${release()}, Node ${process.version}`;
}

/** Replaces the part of docs/benchmarks.md between the two marks. */
export async function writeResults(figures: readonly Figure[], command: string): Promise<void> {
  const document = await readFile(file, 'utf8');
  const [before, rest] = document.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error('docs/benchmarks.md has lost the marks of its results');
  await writeFile(file, `${before}${begin}\n\n${resultsText(figures, command)}\n${end}${after}`);
}

function resultsText(figures: readonly Figure[], command: string): string {
  const date = new Date().toISOString().slice(0, 10);
  return [
    `${date}, ${machineText()}: \`${command}\``,
    '',
    '| what | figure | goal | made of |',
    '| --- | --- | --- | --- |',
    ...figures.map(figure => `| ${cells(figure).join(' | ')} |`),
    '',
  ].join('\n');
}

const cells = (figure: Figure): string[] =>
  [figure.name, `**${figure.value}**`, verdict(figure.goal), figure.detail].map(cell => cell.replaceAll('|', '\\|'));
