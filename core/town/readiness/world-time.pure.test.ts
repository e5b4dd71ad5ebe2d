import dns from 'node:dns';
import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { openTimeServer } from './testing/time-server.ts';
import { worldTime } from './world-time.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const TIME = { timeMs: 1_000_000 };

async function toldBy(says: Parameters<typeof openTimeServer>[0]) {
  const server = await openTimeServer(says);
  const found = await worldTime(server, () => new Date(7_000));
  server.close();
  return found;
}

it('asks a server what time it is', async () => {
  expect(await toldBy(() => TIME)).toEqual({ timeMs: 1_000_000, askedMs: 7_000 });
});

it.each([
  { who: 'a server that says to ask less (Kiss-o’-Death)', says: { stratum: 0, timeMs: null } },
  { who: 'one whose clock isn’t in step', says: { ...TIME, flags: 0xe4 } },
  { who: 'one too far from any clock', says: { ...TIME, stratum: 16 } },
  { who: 'one that knows no time', says: { timeMs: null } },
  { who: 'who isn’t a server', says: { ...TIME, flags: 0x23 } },
  { who: 'who doesn’t know what was asked', says: { ...TIME, answers: 'to nothing' as const } },
])('believes nothing of $who', async ({ says }) => {
  expect(await toldBy(() => says)).toBeNull();
});

it('is over after three seconds, whatever is told of the name later', async () => {
  const late: ((error: Error) => void)[] = [];
  vi.spyOn(dns, 'lookup').mockImplementation((...asked: readonly unknown[]) => {
    late.push(asked.at(-1) as (error: Error) => void);
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const asked = worldTime({ host: 'time.example', port: 123 }, () => new Date());
  await setImmediate();
  vi.advanceTimersByTime(3_000);
  expect(await asked).toBeNull();
  expect(late).toHaveLength(1);
  late[0]?.(new Error('getaddrinfo EAI_AGAIN time.example'));
  // An error that nobody hears would end this process, too.
  await setImmediate();
});
