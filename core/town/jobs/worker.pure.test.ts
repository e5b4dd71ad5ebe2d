import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openLog } from '../../ground/log.ts';
import { startWorker, type Work } from './worker.ts';

it('ends in time, though something that it does now and then gets no answer', SOAKED, async () => {
  const telling = Promise.withResolvers<void>();
  const work: Pick<Work, 'tellDaily' | 'moveBodies'> = {
    async tellDaily() {
      telling.resolve();
      await new Promise<never>(() => {});
    },
    moveBodies: null,
  };
  const worker = await startWorker(
    {
      ...work,
      log: openLog({ level: 'silent' }),
      dataDir: mkdtempSync(join(tmpdir(), 'preau-worker-')),
      now: () => new Date(),
      queue: { take: async () => ({ close: async () => {} }) },
      store: { town: async () => {} },
    } as unknown as Work,
    null,
  );
  await telling.promise;
  const begun = performance.now();
  await worker.close();
  expect(performance.now() - begun).toBeLessThan(4_000);
});
