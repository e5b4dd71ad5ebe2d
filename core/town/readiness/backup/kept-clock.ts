import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLOCK_OF } from '../../../ground/time-zones.ts';

/**
 * The town's clock as a file of PREAU_DATA, an IANA name: backups bring it along, so that an empty
 * machine, whose database says nothing yet, reads a minute as the town does.
 */
export const CLOCK_FILE = 'time-zone';

/** Writes it down where it is another than before. */
export function keepClock(dataDir: string, timeZone: string): void {
  if (keptClock(dataDir) !== timeZone)
    writeFileSync(join(dataDir, CLOCK_FILE), `${timeZone}\n`, { mode: 0o600 });
}

/** The mainland's where none is written down. */
export function keptClock(dataDir: string): string {
  try {
    return clockIn(readFileSync(join(dataDir, CLOCK_FILE), 'utf8'));
  } catch {
    return CLOCK_OF.mainland;
  }
}

/** What such a file says; the mainland's for what is no clock. */
export function clockIn(text: string): string {
  const name = text.trim();
  return Intl.supportedValuesOf('timeZone').includes(name) ? name : CLOCK_OF.mainland;
}
