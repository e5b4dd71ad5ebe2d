import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { SOAKED } from '../../tests/shared/slice.ts';
import { openLog } from './log.ts';
import { during, underWay, watchLoop, type LoopReading } from './loop-watch.ts';
import { openMetrics } from './metrics.ts';

const closes: (() => void)[] = [];
afterEach(() => {
  for (const close of closes.splice(0)) close();
});

interface Line {
  readonly heldMs: number;
  readonly cpuMs: number;
  readonly read: readonly (LoopReading & { readonly ms: number })[];
  readonly underWay: readonly LoopReading[];
}

/** A watch, and what it has said so far once it has had time to. */
function watched() {
  const to = new PassThrough();
  const metrics = openMetrics();
  const log = openLog({ to: { write: (line: string) => to.write(line) } });
  const watch = watchLoop({ log, metrics });
  closes.push(() => watch.close());
  return async () => {
    await sleep(60);
    watch.close();
    to.end();
    const said = (await text(to)).split('\n').filter((line) => line !== '');
    return { lines: said.map((line) => JSON.parse(line) as Line), figures: await metrics.text() };
  };
}

/** Keeps the processor for so long, as an expression that backtracks does. */
function work(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

/** Keeps the loop and leaves the processor to others, as a disk that doesn't answer does. */
function hold(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const task: LoopReading = { kind: 'task', bytes: 1_419, ids: { school: 7 } };

describe('a loop that is held', () => {
  it('is one line with what was read, and counts', async () => {
    const said = watched();
    await sleep(60);
    during(task, () => work(320));
    const { lines, figures } = await said();
    const line = lines.find(({ read }) => read.length > 0);
    expect(line?.read).toMatchObject([task]);
    expect(line?.heldMs).toBeGreaterThan(250);
    expect(lines.filter(({ read }) => read.length > 0)).toHaveLength(1);
    expect(figures).toMatch(/^preau_loop_held_total\{reading="task"\} 1$/m);
    expect(figures).toMatch(/^preau_loop_held_seconds_total\{reading="task"\} 0\.[2-9]/m);
  });

  it('is put down to the innermost that took most of it', async () => {
    const said = watched();
    await sleep(60);
    during({ kind: 'letter', bytes: 9 }, () => {
      during({ kind: 'page', bytes: 3 }, () => hold(40));
      during({ kind: 'form', bytes: 6 }, () => hold(300));
    });
    const { lines, figures } = await said();
    const line = lines.find(({ read }) => read.length > 0);
    expect(line?.cpuMs).toBeLessThan(100);
    expect(line?.read.map(({ kind }) => kind)).toEqual(['page', 'form', 'letter']);
    expect(figures).toMatch(/^preau_loop_held_total\{reading="form"\} 1$/m);
  });

  it('names what was under way, where it is held between two waits', async () => {
    const said = watched();
    await sleep(60);
    await underWay({ kind: 'form', bytes: 25_000, ids: { route: '/settings' } }, async () => {
      await sleep(30);
      hold(320);
      await sleep(60);
    });
    const { lines } = await said();
    expect(lines.find(({ underWay: all }) => all.length > 0)?.underWay).toEqual([
      { kind: 'form', bytes: 25_000, ids: { route: '/settings' } },
    ]);
  });

  it('is not put down to what was under way before', async () => {
    const said = watched();
    await sleep(60);
    await underWay({ kind: 'form', bytes: 25_000 }, () => sleep(10));
    hold(320);
    const { lines } = await said();
    expect(lines.map(({ underWay: all }) => all)).toEqual([[]]);
  });

  it('is told of by a reader that throws, too', SOAKED, async () => {
    const said = watched();
    await sleep(60);
    expect(() =>
      during(task, () => {
        hold(320);
        throw new Error('no workbook');
      }),
    ).toThrow('no workbook');
    const { lines } = await said();
    expect(lines.find(({ read }) => read.length > 0)?.read).toMatchObject([task]);
  });
});

it('says nothing of readings that hold nobody up', SOAKED, async () => {
  const said = watched();
  for (let times = 0; times < 12; times += 1) {
    during(task, () => work(25));
    await sleep(1);
  }
  const { lines } = await said();
  // A busy machine may have held it; that is not put down to what was read.
  expect(lines.filter(({ heldMs, cpuMs }) => cpuMs > heldMs / 2)).toEqual([]);
});

it('costs next to nothing where nothing is held', () => {
  const times = 100_000;
  const begun = process.threadCpuUsage();
  for (let count = 0; count < times; count += 1) during(task, () => count);
  const { user, system } = process.threadCpuUsage(begun);
  expect((user + system) / times).toBeLessThan(2); // microseconds; measured: 0.3
});
