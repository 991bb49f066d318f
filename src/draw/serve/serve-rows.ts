import {endWord, learnedText, serveScreenText} from '../../messages/serve-screen.ts';
import {endpointText} from '../../model/address.ts';
import type {ServedClient, ServePlace} from '../../model/serve.ts';
import type {SocketRow} from '../../model/sockets.ts';
import {tailSpans} from '../text/byte-lines.ts';
import type {Look} from '../text/look.ts';
import {fitLine, type Line, styled, widthOf} from '../text/spans.ts';
import {learnedOf} from './learned.ts';

/** What the kernel shows of one end of a connection. */
export type KernelRow = Pick<SocketRow, 'protocol' | 'state' | 'recvQueue' | 'sendQueue' | 'inode'>;

export interface RowData {
  readonly client: ServedClient;
  /** Null where the table has none, or has not been read yet. */
  readonly kernel: KernelRow | null;
  /** It has no socket of its own in the server: one serves all (UDP). */
  readonly isShared: boolean;
  readonly isSelected: boolean;
}

interface Column {
  readonly head: (look: Look) => string;
  readonly width: number;
  readonly side: 'left' | 'right';
  readonly text: (row: RowData, at: number, look: Look) => string;
  /** Cells of the terminal from which on there is room for it; the client that is opened shows all. */
  readonly from?: number;
  /** Only where the kernel’s table has it of each client. */
  readonly only?: 'tcp';
}

const headText = (look: Look) => serveScreenText.head[look.language];
const queueText = (n: number | null | undefined): string => (n === null || n === undefined ? '-' : sizeText(n));

const leastAddress = 15;

/** Before the newest bytes, which have the rest of the row. The column of addresses is as wide as they are. */
const columns: readonly Column[] = [
  {head: () => '#', width: 5, side: 'right', text: ({client}) => String(client.id)},
  {
    head: look => headText(look).client,
    width: leastAddress,
    side: 'left',
    text: ({client}) => addressText(client),
  },
  {
    head: look => headText(look).state,
    width: 11,
    side: 'left',
    text: (row, _, look) => stateText(row, look),
  },
  {
    head: () => 'Recv-Q',
    width: 6,
    side: 'right',
    text: ({kernel}) => queueText(kernel?.recvQueue),
    from: 76,
    only: 'tcp',
  },
  {
    head: () => 'Send-Q',
    width: 6,
    side: 'right',
    text: ({kernel}) => queueText(kernel?.sendQueue),
    from: 76,
    only: 'tcp',
  },
  {head: look => headText(look).bytesIn, width: 5, side: 'right', text: ({client}) => sizeText(client.bytesIn)},
  {head: look => headText(look).bytesOut, width: 5, side: 'right', text: ({client}) => sizeText(client.bytesOut)},
  {
    head: look => headText(look).age,
    width: 4,
    side: 'right',
    text: ({client}, at) => ageText((client.until ?? at) - client.since),
  },
];

/** ` >  3  127.0.0.1:43916  ESTABLISHED       0      0    23    36  12s  hello` */
export function clientRows(
  rows: readonly RowData[],
  kind: ServePlace['kind'],
  at: number,
  look: Look,
  width: number,
): Line[] {
  const longest = Math.max(...rows.map(({client}) => addressText(client).length));
  const shown = columns
    .filter(({from = 0, only = kind}) => width >= from && only === kind)
    .map(column =>
      column.width === leastAddress
        ? {...column, width: Math.max(leastAddress, Math.min(longest, width - 60))}
        : column,
    );
  const head = [
    {text: '  '},
    ...shown.flatMap(column => cell(column.head(look), column)),
    {text: headText(look).newest},
  ];
  return [
    fitLine(
      head.map(({text}) => styled(text, {dim: true})),
      width,
    ),
    ...rows.map(row =>
      knownLine(row, `${at} ${look.language} ${look.ascii} ${width} ${longest}`, () =>
        rowLine(row, at, look, shown, width),
      ),
    ),
  ];
}

/** Where only the cursor has moved, all lines but two are those of the frame before. */
function knownLine({client, kernel, isSelected}: RowData, of: string, make: () => Line): Line {
  const known = lines.get(client);
  if (known?.of === of && known.kernel === kernel && known.isSelected === isSelected) return known.line;
  const line = make();
  lines.set(client, {of, kernel, isSelected, line});
  return line;
}

interface KnownLine extends Pick<RowData, 'kernel' | 'isSelected'> {
  readonly of: string;
  readonly line: Line;
}
const lines = new WeakMap<ServedClient, KnownLine>();

function rowLine(row: RowData, at: number, look: Look, shown: readonly Column[], width: number): Line {
  const {client, isSelected} = row;
  const style = isSelected ? {bold: true} : client.until === null ? {} : {dim: true};
  const cells = [
    {text: isSelected ? ' >' : '  '},
    ...shown.flatMap(column => cell(column.text(row, at, look), column)),
  ];
  const [word = ''] = learnedOf(client, at)
    .map(learned => look.say(learnedText[learned].word))
    .filter(text => text !== '');
  const words: Line = word === '' ? [] : [styled(`${word} `, {bold: true})];
  const tail = tailSpans(client.tail, look, Math.max(0, width - widthOf([...cells, ...words])));
  const styledAll = (line: Line): Line => line.map(span => ({...span, ...style}));
  return fitLine([...styledAll(cells), ...words, ...styledAll(tail)], width);
}

/** A cell, and the space after it. */
function cell(text: string, {width, side}: Pick<Column, 'width' | 'side'>): Line {
  const room = width - widthOf([{text}]);
  if (side === 'left' || room <= 0) return [...fitLine([{text}], width), {text: ' '}];
  return [{text: `${' '.repeat(room)}${text} `}];
}

function stateText({client, kernel, isShared}: RowData, look: Look): string {
  if (client.end !== null && client.until !== null) return look.say(endWord[client.end]);
  return isShared ? look.say(serveScreenText.shared) : (kernel?.state ?? '-');
}

/** Where the client has no address, its descriptor tells it from the others. */
const addressText = ({from, fd}: ServedClient): string => (from ? endpointText(from) : fd === null ? '-' : `fd ${fd}`);

const units = ['', 'k', 'M', 'G', 'T'];

/** A count in five cells: as it is up to 99999, then in thousands. */
export function sizeText(n: number): string {
  if (n < 100_000) return String(n);
  const power = Math.min(units.length - 1, Math.floor(Math.log10(n) / 3));
  const value = n / 1000 ** power;
  return `${value < 10 ? value.toFixed(1) : Math.floor(value)}${units[power]}`;
}

/** Seconds in four cells. */
export function ageText(seconds: number): string {
  if (seconds < 100) return `${Math.max(0, Math.floor(seconds))}s`;
  if (seconds < 6000) return `${Math.floor(seconds / 60)}m`;
  return seconds < 360_000 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
