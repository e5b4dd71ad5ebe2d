import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openLog } from '../../ground/log.ts';
import { startWorker, type Work } from './worker.ts';

/** A worker that sends nothing and finds nothing due, with what else it does given. */
function startIdle(given: Partial<Work>) {
  const work = {
    tellDaily: async () => {},
    moveBodies: null,
    schedule: { sweepMs: 5 },
    log: openLog({ level: 'silent' }),
    dataDir: mkdtempSync(join(tmpdir(), 'preau-worker-')),
    now: () => new Date(),
    queue: { take: async () => ({ close: async () => {} }), add: async () => {} },
    store: { town: async () => [] },
    ...given,
  };
  return startWorker(work as unknown as Work, null);
}

it('looks at what is due, though something that it does now and then gets no answer', async () => {
  const answer = Promise.withResolvers<void>();
  const tellDaily = vi.fn(() => answer.promise);
  const add = vi.fn(async () => {});
  const queue = { take: async () => ({ close: async () => {} }), add } as unknown as Work['queue'];
  const worker = await startIdle({ tellDaily, queue });
  await vi.waitFor(() => expect(add.mock.calls.length).toBeGreaterThan(2));
  expect(tellDaily).toHaveBeenCalledTimes(1);
  answer.resolve();
  await worker.close();
});

it('ends in time, though something that it does now and then gets no answer', SOAKED, async () => {
  const telling = Promise.withResolvers<void>();
  const worker = await startIdle({
    async tellDaily() {
      telling.resolve();
      await new Promise<never>(() => {});
    },
  });
  await telling.promise;
  const begun = performance.now();
  await worker.close();
  expect(performance.now() - begun).toBeLessThan(4_000);
});
