/**
 * The pages on a whole town, beside Roundcube with as much mail in as many boxes, in one run: the
 * inbox, a message, writing, the sign-in and the search with fifty at once; then what they cost an
 * old computer on a slow line. One JSON line a figure, aims last. Loopback alone.
 *
 *   npm run bench -- web                  the whole town; ten minutes
 *   npm run bench -- web --schools 12     a part of it, not less
 *   npm run bench -- web --before FOLDER  beside another checkout of Préau, on the same town
 *   npm run bench -- web --no-peers       without Roundcube
 *   npm run bench -- web --no-browser     without Chromium
 *   npm run bench -- web --rounds N       medians of N rounds, not of 3
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hasChromium } from '../shared/chromium.ts';
import { print } from './figures.ts';
import { startOurs } from './ours.ts';
import { hasRoundcube, ROUNDCUBE_PACKAGES, startRoundcube } from './roundcube.ts';
import { runBench, type Bench } from './run.ts';
import { startScanner } from './scanner.ts';
import { judgeWeb } from './web-aims.ts';
import { browse } from './web-browser.ts';
import { webRounds } from './web-load.ts';
import { startPages, teachersOf } from './web-ours.ts';
import type { WebSite } from './web-site.ts';

/** The bench ends by then, whatever hangs. */
const WHOLE_MS = 20 * 60_000;
const TOWN = { schools: 128, pupils: 15_000, teachers: 650 } as const;
const LETTERS_A_BOX = 60;
/** A school: of a small part of the town too enough can ask at once. */
const LEAST_TEACHERS = 7;
const OUR_CHECKOUT = resolve(import.meta.dirname, '..', '..');

const { values: flags } = parseArgs({
  args: process.argv.slice(2).filter((word) => word !== 'web'),
  options: {
    schools: { type: 'string', default: String(TOWN.schools) },
    rounds: { type: 'string', default: '3' },
    before: { type: 'string', default: '' },
    'no-peers': { type: 'boolean', default: false },
    'no-browser': { type: 'boolean', default: false },
    'node-flags': { type: 'string', default: '' },
  },
});
async function main({ folder, atEnd }: Bench): Promise<void> {
  const begun = Date.now();
  const scanner = await startScanner(join(folder, 'clamd'), 'small');
  atEnd(scanner.stop);
  const data = join(folder, 'ours');
  const ours = await startOurs(data, {
    clamdSocket: scanner.socket,
    processes: '1',
    nodeFlags: flags['node-flags'].split(' ').filter((flag) => flag !== ''),
    demos: [townOf(Number(flags.schools))],
  });
  atEnd(() => ours.stop());
  // By itself PostgreSQL does it within some minutes, in the midst of one figure or another.
  await ours.db.query('vacuum analyze');
  print({ figure: 'town', made_s: Math.round((Date.now() - begun) / 1_000) });
  const teachers = teachersOf(join(data, 'demo.json'));
  const beside = { ours, folder: data, clamdSocket: scanner.socket, teachers };
  const sites: WebSite[] = [];
  const add = async (starting: Promise<WebSite>): Promise<void> => {
    const site = await starting;
    atEnd(() => site.stop());
    sites.push(site);
  };
  await add(startPages('ours', OUR_CHECKOUT, beside));
  if (flags.before !== '') await add(startPages('before', resolve(flags.before), beside));
  if (flags['no-peers']) print({ figure: 'peers', missing: true, why: 'not asked for' });
  else if (hasRoundcube()) await add(startRoundcube(join(folder, 'roundcube'), LETTERS_A_BOX));
  else print({ figure: 'peers', missing: true, why: `needs root, and ${ROUNDCUBE_PACKAGES}` });
  judgeWeb(await webRounds(sites, Number(flags.rounds)));
  if (!flags['no-browser'] && hasChromium()) await browse(ours.webPort, join(data, 'demo.json'));
  print({ figure: 'end', seconds: Math.round((Date.now() - begun) / 1_000) });
}

/** So many schools, and as many people for each as the town has. */
function townOf(schools: number): readonly string[] {
  const part = (whole: number): string => String(Math.round((whole * schools) / TOWN.schools));
  const sizes = { schools: String(schools), pupils: part(TOWN.pupils), mail: `${LETTERS_A_BOX}` };
  const teachers = String(Math.max(schools * LEAST_TEACHERS, Number(part(TOWN.teachers))));
  return Object.entries({ ...sizes, teachers }).flatMap(([name, value]) => [`--${name}`, value]);
}

await runBench({ name: 'web-bench', wholeMs: WHOLE_MS }, main);
