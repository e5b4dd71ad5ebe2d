import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../ground/config.ts';
import { isLoopback } from '../../ground/listen.ts';
import { said, grey } from './finding.ts';
import type { Ask } from './surroundings.ts';

/**
 * Whether this is the made-up town, seen from this machine alone: nobody outside knows its domain,
 * and nobody comes in.
 */
export function isDemo(config: Config): boolean {
  return hasDemo(config) && isLoopback(publicHost(config));
}

/** Whether the made-up town, whose passwords are public, was ever put into this data folder. */
export const hasDemo = ({ dataDir }: Config): boolean => existsSync(join(dataDir, 'demo.json'));

/** The host that the pages are seen on. */
export const publicHost = ({ publicUrl }: Config): string =>
  new URL(publicUrl).hostname.replace(/^\[|\]$/g, '');

const NOT_ASKED = said('Pas demandé à une ville de démonstration.', 'Not asked of a demo town.');

/** A check that makes sense only where others can come. */
export function notInDemo(ask: Ask): Ask {
  return (look) => (look.isDemo ? grey(NOT_ASKED) : ask(look));
}
