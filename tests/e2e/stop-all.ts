/** What is very last: a second start is told that one runs, and the first one ends whole. */
import { expect, it } from 'vitest';
import { startedAt } from '../../cli/launcher/process.ts';
import { notedPids, servicesOf } from '../shared/front-door.ts';
import { preauHere } from '../shared/preau-here.ts';
import type { Story } from './story.ts';

const STOP_MS = 10_000;

/** Nothing is left to be asked afterwards. */
export function stopAll(story: Story): void {
  it('runs once, and leaves nothing running at SIGTERM', async () => {
    const { dataDir, run } = story.whole;
    expect(await preauHere(['start'], { PREAU_DATA: dataDir })).toMatchObject({
      code: 1,
      output: expect.stringContaining('is already running on'),
    });
    const pids = notedPids(dataDir);
    expect(pids.filter((pid) => startedAt(pid) !== null)).toEqual(pids);
    const asked = Date.now();
    run.process.kill('SIGTERM');
    await run.ended;
    const left = () => [...pids.filter((pid) => startedAt(pid) !== null), ...servicesOf(dataDir)];
    await expect.poll(left, { timeout: STOP_MS }).toEqual([]);
    expect(Date.now() - asked).toBeLessThan(STOP_MS);
  });
}
