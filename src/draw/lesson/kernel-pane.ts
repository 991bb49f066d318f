import {noRowText, screenText} from '../../messages/screen.ts';
import {stateName} from '../../messages/states.ts';
import {endpointText, isNowhere, shortEndpointText} from '../../model/address.ts';
import type {SocketRow} from '../../model/sockets.ts';
import type {View} from '../../timeline/view.ts';
import type {Size} from '../pane.ts';
import type {Look} from '../text/look.ts';
import {type Line, styled} from '../text/spans.ts';

/** `local > remote  STATE  Recv-Q Send-Q  inode`, as /proc/net/tcp has it. */
export function kernelLines(view: View, look: Look, {width, height}: Size): Line[] {
  const rows = view.lanes.flatMap(lane => lane.sockets);
  if (rows.length === 0) return [[styled(look.say(screenText.noKernelRow), {dim: true})]];
  const lines = rows.map(row => kernelLine(row, look, width));
  return width >= tableFrom && height > lines.length ? [[styled(kernelHead, {dim: true})], ...lines] : lines;
}

const columns = [7, 19, 19, 12, 7, 7] as const;
/** From here on there is room for all columns, an inode of seven digits last. */
const tableFrom = 78;
const kernelHead = ['proto', 'local', 'remote', 'state', 'Recv-Q', 'Send-Q', 'inode']
  .map((name, i) => name.padEnd(columns[i] ?? 0))
  .join('');

function kernelLine(row: SocketRow, look: Look, width: number): Line {
  const style = {tone: row.actor};
  const table = row.listed ? row.protocol : `(${row.protocol})`;
  const remote = row.remote ? endpointText(row.remote) : '-';
  const fields = [
    table,
    'path' in row.local ? tail(endpointText(row.local), 18) : endpointText(row.local),
    remote,
    stateName(row),
    String(row.recvQueue ?? '-'),
    String(row.sendQueue ?? '-'),
  ];
  const drops = row.drops ? [styled(` ${look.say(screenText.drops, {n: row.drops})}`, {...style, bold: true})] : [];
  if (width >= tableFrom) {
    const cells = fields.map((field, i) => `${field.padEnd((columns[i] ?? 0) - 1)} `).join('');
    return [styled(`${cells}${row.inode}`, style), ...drops];
  }
  const ends =
    row.remote && row.state !== 'LISTEN' && !isNowhere(row.remote)
      ? `${portText(row.local)}${look.glyphs.right}${portText(row.remote)}`
      : shortEndpointText(row.local);
  const queues = row.listed
    ? ` R${row.recvQueue ?? '-'} S${row.sendQueue ?? '-'}`
    : ` ${look.say(noRowText.ever.short)}`;
  return [styled(`${ends} ${stateName(row)}${queues} inode ${row.inode}`, style), ...drops];
}

const portText = (end: SocketRow['local']): string => ('port' in end ? `:${end.port}` : shortEndpointText(end));

/** A long path without its beginning. */
const tail = (text: string, width: number): string => (text.length > width ? `..${text.slice(2 - width)}` : text);
