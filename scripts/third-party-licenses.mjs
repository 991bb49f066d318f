// What the bundles hold of other people's work, and on which terms: those that wrote it are to be named with every copy.
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The terms of packages that are published without them: as their repositories have them. */
const kept = fileURLToPath(new URL('licenses', import.meta.url));

/**
 * Every package of which something is in a bundle: name, version, license, and the terms in full. Throws where a package has none.
 *
 * @param {string} root @param {readonly import('esbuild').Metafile[]} metafiles
 */
export function thirdPartyLicenses(root, metafiles) {
  const folders = new Set(metafiles.flatMap(bundledFiles).flatMap(packageFolder));
  // One that is there twice is named once.
  const sections = [...new Set([...folders].map(folder => sectionOf(root, folder)))];
  const title = 'sockwalk is bundled with the packages below, each on its own terms.\n';
  return [title, ...sections.sort()].join(`\n${'-'.repeat(78)}\n\n`);
}

/** Files of which at least a byte is in an output. @param {import('esbuild').Metafile} metafile */
const bundledFiles = ({outputs}) =>
  Object.values(outputs).flatMap(({inputs}) =>
    Object.entries(inputs).flatMap(([file, {bytesInOutput}]) => (bytesInOutput > 0 ? [file] : [])),
  );

/** The innermost, of a package in a package. @param {string} file */
const packageFolder = file => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.slice(0, 1) ?? [];

/** @param {string} root @param {string} folder */
function sectionOf(root, folder) {
  const {name, version, license} = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return `${name} ${version} (${license})\n\n${termsOf(join(root, folder), name).trim()}\n`;
}

/** @param {string} folder @param {string} name */
function termsOf(folder, name) {
  const files = readdirSync(folder).filter(file => /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i.test(file));
  if (files.length > 0) return files.map(file => readFileSync(join(folder, file), 'utf8')).join('\n');
  try {
    return readFileSync(join(kept, `${name.replace('/', '+')}.txt`), 'utf8');
  } catch {
    throw new Error(`${name} is bundled, but has no license text: put it into scripts/licenses`);
  }
}
