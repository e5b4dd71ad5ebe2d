import { rostersAt } from '../../../core/school/imports/testing/school-files.ts';
import { openStore } from '../../../core/store/store.ts';
import { runRoster } from '../roster.ts';
import { NOTHING_SAID } from './nothing-said.ts';
import { IMPORT_NOW } from './town-import.ts';

/** `node import-town.ts DATABASE-URL FOLDER`: imports a whole town, and says what it came to. */
const [databaseUrl = '', path = ''] = process.argv.slice(2);
const store = openStore(databaseUrl, { poolSize: 2, onError: () => {} });
const begun = performance.now();
let peakBytes = 0;
const outcomes = await runRoster(
  rostersAt(store, { now: IMPORT_NOW }).rosters,
  {
    path,
    schools: { kind: 'all' },
    year: '2026-2027',
    act: 'apply',
    ...NOTHING_SAID,
  },
  () => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())),
);
await store.close();
const counts: Record<string, number> = {};
for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
process.stdout.write(
  JSON.stringify({
    outcomes: counts,
    ms: Math.round(performance.now() - begun),
    peakMiB: Math.round(peakBytes / 2 ** 20),
  }),
);
