/** A rectangle of cells that a drawing character fills, in SVG units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `ink` is the character's colour, `paper` what is behind it. */
export interface Paint {
  readonly ink: string;
  readonly paper: string;
}

/**
 * U+2500-257F, sixteen in a line: how strongly each arm is drawn, clockwise from the top (up right down left).
 * 0 none, 1 light, 2 heavy, 3 double. The diagonals (U+2571-2573) have no arms.
 */
const arms = `
  0101 0202 1010 2020 0101 0202 1010 2020 0101 0202 1010 2020 0110 0210 0120 0220
  0011 0012 0021 0022 1100 1200 2100 2200 1001 1002 2001 2002 1110 1210 2110 1120
  2120 2210 1220 2220 1011 1012 2011 1021 2021 2012 1022 2022 0111 0112 0211 0212
  0121 0122 0221 0222 1101 1102 1201 1202 2101 2102 2201 2202 1111 1112 1211 1212
  2111 1121 2121 2112 2211 1122 1221 2212 1222 2122 2221 2222 0101 0202 1010 2020
  0303 3030 0310 0130 0330 0013 0031 0033 1300 3100 3300 1003 3001 3003 1310 3130
  3330 1013 3031 3033 0313 0131 0333 1303 3101 3303 1313 3131 3333 0110 0011 1001
  1100 0000 0000 0000 0001 1000 0100 0010 0002 2000 0200 0020 0201 1020 0102 2010`
  .trim()
  .split(/\s+/);

const dashes: Readonly<Record<string, number>> = Object.fromEntries(
  [...'┄┅┆┇']
    .map(char => [char, 3])
    .concat(
      [...'┈┉┊┋'].map(char => [char, 4]),
      [...'╌╍╎╏'].map(char => [char, 2]),
    ),
);

const thickness = [0, 1, 2, 3] as const;
const double = 3;

type Side = 0 | 1 | 2 | 3;
const sides: readonly Side[] = [0, 1, 2, 3];

/** The SVG of a box-drawing or block character, edge to edge so that neighbours join; undefined for all others. */
export function drawBoxCharacter(char: string, box: Box, paint: Paint): string | undefined {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0x2571 && code <= 0x2573) return diagonals(code, box, paint.ink);
  if (code >= 0x256d && code <= 0x2570) return roundCorner(code, box, paint.ink);
  if (code >= 0x2500 && code <= 0x257f) return lines(char, arms[code - 0x2500] ?? '', box, paint);
  if (code >= 0x2580 && code <= 0x259f) return block(code, box, paint.ink);
  return undefined;
}

function lines(char: string, spec: string, box: Box, paint: Paint): string {
  const weights = [...spec].map(Number);
  const count = dashes[char];
  if (count !== undefined) return dashed(weights, count, box, paint.ink);
  const strokes = sides.filter(side => weights[side] !== 0).map(side => arm(side, weights, box, paint.ink));
  const hollows = sides.filter(side => weights[side] === double).map(side => hollow(side, weights, box, paint.paper));
  // Light arms go over the hollows, so that they cross a double line as they do in print.
  const crossings = sides.filter(side => weights[side] === 1).map(side => arm(side, weights, box, paint.ink));
  return [...strokes, ...hollows, ...(hollows.length > 0 ? crossings : [])].join('');
}

/** An arm runs from its edge through the middle to the far side of the line that it meets there. */
function arm(side: Side, weights: readonly number[], box: Box, ink: string): string {
  const weight = weights[side] ?? 0;
  const [one, other] = [weights[(side + 1) % 4] ?? 0, weights[(side + 3) % 4] ?? 0];
  const isOpposed = weights[(side + 2) % 4] !== 0;
  // A light arm that ends at a double line stops at its near stroke, or it would show in the gap.
  const stopsShort = weight === 1 && one === double && other === double && !isOpposed;
  const across = Math.max(thickness[one as Side], thickness[other as Side]);
  return bar(side, thickness[weight as Side], stopsShort ? -0.5 : across / 2, box, ink);
}

/** The gap of a double line: it opens into the gap of the double line that it meets. */
function hollow(side: Side, weights: readonly number[], box: Box, paper: string): string {
  const meetsDouble = weights[(side + 1) % 4] === double || weights[(side + 3) % 4] === double;
  const meetsLight = weights[(side + 1) % 4] === 1 || weights[(side + 3) % 4] === 1;
  return bar(side, 1, meetsDouble ? 0.5 : meetsLight ? -0.5 : 0, box, paper);
}

/** From the middle of one side to `past` units beyond the middle of the box. */
function bar(side: Side, width: number, past: number, box: Box, fill: string): string {
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
  const isVertical = side === 0 || side === 2;
  const reach = (isVertical ? box.height : box.width) / 2 + past;
  const from = side === 0 || side === 3 ? 0 : (isVertical ? box.height : box.width) - reach;
  return isVertical
    ? rect({x: middleX - width / 2, y: box.y + from, width, height: reach}, fill)
    : rect({x: box.x + from, y: middleY - width / 2, width: reach, height: width}, fill);
}

function dashed(weights: readonly number[], count: number, box: Box, ink: string): string {
  const isVertical = weights[0] !== 0;
  const width = thickness[(isVertical ? weights[0] : weights[1]) as Side];
  const step = (isVertical ? box.height : box.width) / count;
  return Array.from({length: count}, (_, i) => {
    const start = step * (i + 0.2);
    return isVertical
      ? rect({x: box.x + (box.width - width) / 2, y: box.y + start, width, height: step * 0.6}, ink)
      : rect({x: box.x + start, y: box.y + (box.height - width) / 2, width: step * 0.6, height: width}, ink);
  }).join('');
}

/** ╭ ╮ ╯ ╰ in this order. */
function roundCorner(code: number, box: Box, ink: string): string {
  const isRight = code === 0x256d || code === 0x2570;
  const isDown = code === 0x256d || code === 0x256e;
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
  const [endX, endY] = [isRight ? box.x + box.width : box.x, isDown ? box.y + box.height : box.y];
  const radius = box.width / 2;
  const turnY = middleY + (isDown ? radius : -radius);
  return stroke(`M${middleX} ${endY}V${turnY}Q${middleX} ${middleY} ${endX} ${middleY}`, ink);
}

function diagonals(code: number, {x, y, width, height}: Box, ink: string): string {
  const rising = `M${x} ${y + height}L${x + width} ${y}`;
  const falling = `M${x} ${y}L${x + width} ${y + height}`;
  return stroke(code === 0x2571 ? rising : code === 0x2572 ? falling : rising + falling, ink);
}

/** U+2580-259F. The quadrants are bits: upper left 1, upper right 2, lower left 4, lower right 8. */
function block(code: number, box: Box, ink: string): string {
  const part = (left: number, top: number, right: number, bottom: number, opacity = 1) =>
    rect(
      {
        x: box.x + box.width * left,
        y: box.y + box.height * top,
        width: box.width * (right - left),
        height: box.height * (bottom - top),
      },
      ink,
      opacity,
    );
  if (code === 0x2580) return part(0, 0, 1, 1 / 2);
  if (code <= 0x2588) return part(0, 1 - (code - 0x2580) / 8, 1, 1);
  if (code <= 0x258f) return part(0, 0, (0x2590 - code) / 8, 1);
  if (code === 0x2590) return part(1 / 2, 0, 1, 1);
  if (code <= 0x2593) return part(0, 0, 1, 1, (code - 0x2590) / 4);
  if (code === 0x2594) return part(0, 0, 1, 1 / 8);
  if (code === 0x2595) return part(7 / 8, 0, 1, 1);
  const quadrants = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14][code - 0x2596] ?? 0;
  return [0, 1, 2, 3]
    .filter(i => quadrants & (1 << i))
    .map(i => part((i % 2) / 2, Math.floor(i / 2) / 2, (i % 2) / 2 + 1 / 2, Math.floor(i / 2) / 2 + 1 / 2))
    .join('');
}

export function rect({x, y, width, height}: Box, fill: string, opacity = 1): string {
  const faint = opacity === 1 ? '' : ` fill-opacity="${opacity}"`;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"${faint}/>`;
}

const stroke = (path: string, ink: string): string => `<path d="${path}" fill="none" stroke="${ink}"/>`;
