import type {Metafile} from 'esbuild';

export function thirdPartyLicenses(root: string, metafiles: readonly Metafile[]): string;
