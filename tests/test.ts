import { existsSync } from 'node:fs';
import { aptInstall, findProgram } from '../cli/launcher/programs.ts';
import { askedOf } from './asked.ts';
import { canChooseDay, dayAsked, dayInWords, variablesOf } from './day.ts';
import { close, readSources, sum, tests } from './steps.ts';

/**
 * Debian packages that tests need beside npm's, by the program that shows they are there. The mail
 * programs are some 20 MB and seconds.
 */
const NEEDED = {
  clamd: 'clamav-daemon',
  'espeak-ng': 'espeak-ng',
  'chromium-headless-shell': 'chromium-headless-shell',
  mbsync: 'isync',
  neomutt: 'neomutt',
  curl: 'curl',
  offlineimap: 'offlineimap3',
} as const;

/**
 * Installs what is missing where that may be done; else says what to install and goes on: tests of
 * mail programs are skipped, others fail.
 */
async function prepare(): Promise<void> {
  const missing: string[] = Object.entries(NEEDED)
    .filter(([program]) => findProgram(program) === null)
    .map(([, name]) => name);
  if (day !== null && !canChooseDay()) missing.push('faketime');
  if (missing.length === 0) return;
  const names = missing.join(' ');
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (mayInstall) console.log(`installing ${names} by apt-get, once`);
  if (mayInstall && (await aptInstall(missing, new AbortController().signal))) return;
  console.log(
    `Il manque ${names} : apt-get install ${names}. / ${names} is missing: apt-get install ${names}.`,
  );
}

/** `npm test -- --day=NAME` has the tests live on another day, `--day=any` on one by chance. */
const day = askedOf(dayAsked);
await prepare();
if (day !== null) {
  console.log(`\nIt is ${dayInWords(day)}. Once more: npm test -- --day=${day}`);
  Object.assign(process.env, variablesOf(day));
}
// All at once, so that what waits in the one leaves its time to the others: the sources are read
// while PostgreSQL and clamd start.
close(
  sum(
    await Promise.all([
      readSources(),
      tests('pure tests, tests on a real PostgreSQL and clamd, and end to end', [
        '--project',
        'pure',
        '--project',
        'real',
        '--project',
        'e2e',
        '--tags-filter=!soak',
      ]),
    ]),
  ),
);
