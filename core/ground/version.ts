import { readFileSync } from 'node:fs';

const PACKAGE = new URL('../../package.json', import.meta.url);

/** The version of Préau that runs, as its package says. */
export const VERSION: string = versionIn(JSON.parse(readFileSync(PACKAGE, 'utf8')));

function versionIn(read: unknown): string {
  if (typeof read === 'object' && read !== null && 'version' in read) return String(read.version);
  throw new Error('package.json says no version');
}
