import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openLog } from '../../ground/log.ts';
import { openMetrics } from '../../ground/metrics.ts';
import { watchHearing } from './hearing.ts';

const LOOK_MS = 5;

it('writes down again that it hears where that failed, and no more once it is written', async () => {
  const mailEvents = { heard: false, hears: () => mailEvents.heard };
  const written: ('deaf' | 'hearing')[] = [];
  const said: string[] = [];
  let isAway = true;
  const hearing = watchHearing(
    {
      mailEvents,
      metrics: openMetrics(),
      log: openLog({ to: { write: (line: string) => void said.push(line) } }),
      clock: () => new Date(),
      store: {
        async town() {
          written.push(mailEvents.heard ? 'hearing' : 'deaf');
          if (isAway) throw new Error('the database is away');
          return undefined as never;
        },
      },
    },
    LOOK_MS,
  );
  await expect.poll(() => written, { interval: 1 }).toContain('deaf');
  mailEvents.heard = true;
  const times = (what: string): number => written.filter((one) => one === what).length;
  await expect.poll(() => times('hearing'), { interval: 1 }).toBeGreaterThan(1);
  isAway = false;
  const before = written.length;
  await pause(10 * LOOK_MS);
  await hearing.close();
  expect(written.slice(before)).toEqual(['hearing']);
  expect(said.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    'this process hears nothing of new mail',
    'this process hears of new mail again',
  ]);
});
