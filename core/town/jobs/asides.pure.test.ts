import { expect, it, vi } from 'vitest';
import { openLog } from '../../ground/log.ts';
import { keepDoing, type Aside } from './asides.ts';

/** Does it every few milliseconds until `use` ends; gives the lines of the log. */
async function doing(
  act: Aside['act'],
  use: () => Promise<void>,
): Promise<readonly (readonly unknown[])[]> {
  const log = openLog({ level: 'silent' });
  const warn = vi.fn();
  log.warn = warn;
  const stop = new AbortController();
  const aside = { act, firstMs: 0, everyMs: 1, mostMs: 20, failed: 'it was not done' };
  const kept = keepDoing(aside, { log, stop: stop.signal });
  await use();
  stop.abort();
  await kept;
  return warn.mock.calls;
}

it('what hangs for ever is told to end, said in the log, and done again', async () => {
  const told: AbortSignal[] = [];
  const act = vi.fn<Aside['act']>(async () => {});
  act.mockImplementationOnce(async (signal) => {
    told.push(signal);
    await new Promise<never>(() => {});
  });
  const said = await doing(act, () =>
    vi.waitFor(() => expect(act.mock.calls.length).toBeGreaterThan(2)),
  );
  expect(told.map(({ aborted }) => aborted)).toEqual([true]);
  const err: unknown = expect.objectContaining({ message: 'no end within 20 ms' });
  expect(said).toEqual([[{ err }, 'it was not done']]);
});

it('what fails is said in the log, and done again', async () => {
  const act = vi.fn(async () => {});
  act.mockRejectedValueOnce(new Error('no database'));
  const said = await doing(act, () =>
    vi.waitFor(() => expect(act.mock.calls.length).toBeGreaterThan(2)),
  );
  expect(said.map(([, line]) => line)).toEqual(['it was not done']);
});
