/**
 * A keeper in a process of its own, to be killed: `node night-process.ts DATABASE_URL`. Its one job
 * has fifty portions; each says on a line of its own that it was done, and is then written down.
 */
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLog } from '../../../ground/log.ts';
import type { NightJob } from '../../../ground/night-job.ts';
import { openStore } from '../../../store/store.ts';
import { NO_TOWN } from '../due.ts';
import { lookAtNights } from '../keeper.ts';

const PORTIONS = 50;
const databaseUrl = process.argv[2] ?? '';
const store = openStore(databaseUrl, { poolSize: 1, onError: () => {} });
const job: NightJob = {
  name: 'tidying',
  every: 'night',
  async run(night) {
    for (let portion = Number(night.checkpoint ?? 0); portion < PORTIONS; portion += 1) {
      await night.breathe();
      await sleep(3);
      writeSync(1, `${portion}\n`);
      await night.keep(String(portion + 1));
    }
    return { letters: PORTIONS };
  },
};
const parts = {
  store,
  databaseUrl,
  log: openLog({ level: 'silent' }),
  calendar: async () => NO_TOWN,
  clock: () => new Date('2026-11-24T22:00+01:00'),
};
await lookAtNights([job], parts, new AbortController().signal);
await store.close();
