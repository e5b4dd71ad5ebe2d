import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openDemoOutside } from '../core/town/demo-outside.ts';
import { openSmarthost } from './outside/smarthost.ts';
import { startSink } from './sink.ts';

const folder = await mkdtemp(join(tmpdir(), 'preau-outside-'));
afterAll(() => rm(folder, { recursive: true }));

it('keeps what leaves, byte for byte, newest first, and shows it after a restart', async () => {
  const sink = await startSink(openDemoOutside(folder), {
    maxMessageBytes: 100_000,
    onError: (error) => {
      throw error;
    },
  });
  const relay = openSmarthost(sink.url, 'ecoles.preau.test');
  const signal = new AbortController().signal;
  const first = Buffer.from('Subject: un\r\n\r\n.. é\r\n.\r\nfin\r\n');
  for (const raw of [first, Buffer.from('Subject: deux\r\n\r\n')]) {
    const result = await relay.deliver(
      { sender: 'claire@ecoles.preau.test', recipient: 'musee@example.org' },
      raw,
      signal,
    );
    expect(result.kind).toBe('taken');
  }
  await relay.close();
  await sink.close();
  const mails = await openDemoOutside(folder).list();
  expect(mails.map(({ sender, recipients }) => ({ sender, recipients }))).toEqual(
    Array.from({ length: 2 }, () => ({
      sender: 'claire@ecoles.preau.test',
      recipients: ['musee@example.org'],
    })),
  );
  expect(mails[1]?.raw).toEqual(first);
});

it('makes room: 200 messages at most', async () => {
  const outside = openDemoOutside(join(folder, 'many'));
  for (let n = 0; n < 205; n += 1)
    await outside.keep({
      sender: 'a@b.test',
      recipients: ['c@d.test'],
      raw: Buffer.from(`${n}\r\n`),
    });
  expect(await outside.list()).toHaveLength(200);
});

it('an empty outside is empty', async () => {
  expect(await openDemoOutside(join(folder, 'none')).list()).toEqual([]);
});
