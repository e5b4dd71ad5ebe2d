import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { nightJobs } from '../../store/town/night-jobs.ts';

const PROCESS = fileURLToPath(new URL('./testing/night-process.ts', import.meta.url));
const KILLS = 20;

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

/** Runs until it has said so many portions, and is killed there; all of them where that is null. */
async function run(portions: number | null): Promise<readonly number[]> {
  const child = spawn(process.execPath, [PROCESS, town.databaseUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  const lines = () => said.split('\n').filter((line) => line !== '');
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (portions !== null && lines().length >= portions) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return lines().map(Number);
}

it('is taken up where it was, killed at twenty moments', { tags: 'soak' }, async () => {
  const seed = Number(process.env['PREAU_NIGHT_SEED'] ?? Date.now() % 1_000_000);
  console.log(`PREAU_NIGHT_SEED=${seed}`);
  let next = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const portions = 1 + ((seed >> (kill % 16)) & 1);
    const did = await run(portions);
    // Where it was killed between doing a portion and writing it down, that one is done again.
    expect([next, next - 1]).toContain(did[0]);
    expect(did).toEqual(did.map((_, index) => (did[0] ?? 0) + index));
    next = (did.at(-1) ?? 0) + 1;
    const { rows } = await town.admin.query(
      'select result, checkpoint, done_at as done from night_job',
    );
    expect(rows).toMatchObject([{ result: null, done: null }]);
  }
  const rest = await run(null);
  expect(rest.at(-1)).toBe(49);
  expect([next, next - 1]).toContain(rest[0]);
  expect((await town.store.readTown(nightJobs)).get('tidying')).toMatchObject({
    result: 'done',
    checkpoint: null,
    counts: { letters: 50 },
  });
});
