import {type Dirent, readdirSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';

const fontFolders = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  '/Library/Fonts',
  join(homedir(), '.local/share/fonts'),
  join(homedir(), '.fonts'),
  join(homedir(), 'Library/Fonts'),
];

const neededFonts = [
  {name: 'DejaVu Sans Mono', files: /^DejaVuSansMono(-Bold)?\.ttf$/, debian: 'fonts-dejavu-core'},
  {
    name: 'Noto Sans CJK JP',
    files: /^NotoSans(Mono)?CJK(jp)?-(Regular|Bold|VF)\.(otf|ttc|otc)$/i,
    debian: 'fonts-noto-cjk',
  },
];

/** Renders an SVG at twice its size. Throws with the remedy in the message where a font or the renderer is missing. */
export async function renderPng(svg: string): Promise<Buffer> {
  const fontFiles = findFonts();
  const {Resvg} = await loadRenderer();
  // Only the fonts that were chosen: a picture must not depend on what else a machine has.
  const font = {loadSystemFonts: false, fontFiles, defaultFontFamily: 'DejaVu Sans Mono'};
  return new Resvg(svg, {font, fitTo: {mode: 'zoom', value: 2}}).render().asPng();
}

async function loadRenderer(): Promise<typeof import('@resvg/resvg-js')> {
  try {
    return await import('@resvg/resvg-js');
  } catch (error) {
    throw new Error(`@resvg/resvg-js does not load here (${(error as Error).message}); try: npm ci`);
  }
}

function findFonts(): string[] {
  const present = fontFolders.flatMap(filesBelow);
  return neededFonts.flatMap(({name, files, debian}) => {
    const found = present.filter(file => files.test(file.name)).map(file => join(file.parentPath, file.name));
    // The first that has a character stands in for a font without it, and that should not be the bold one.
    found.sort((a, b) => Number(/bold/i.test(a)) - Number(/bold/i.test(b)));
    if (found.length > 0) return found;
    throw new Error(`the font ${name} is in none of ${fontFolders.join(', ')}; on Debian: apt install ${debian}`);
  });
}

function filesBelow(folder: string): Dirent[] {
  try {
    return readdirSync(folder, {recursive: true, withFileTypes: true}).filter(entry => !entry.isDirectory());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
