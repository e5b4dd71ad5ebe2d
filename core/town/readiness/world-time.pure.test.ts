import { createSocket } from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { worldTime } from './world-time.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('asks a server what time it is', async () => {
  const server = createSocket('udp4');
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  server.on('message', (_asked, from) => {
    const answer = Buffer.alloc(48);
    answer.writeUInt32BE(2_208_988_800 + 1_000, 40);
    server.send(answer, from.port, from.address);
  });
  const at = { host: '127.0.0.1', port: server.address().port };
  const found = await worldTime(at, () => new Date(7_000));
  server.close();
  expect(found).toEqual({ timeMs: 1_000_000, askedMs: 7_000 });
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
