import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { openLog } from '../../ground/log.ts';
import { openRspamd } from './rspamd.ts';

const heard: IncomingHttpHeaders[] = [];
const server = createServer((request, response) => {
  heard.push(request.headers);
  request.resume().on('end', () => response.end('{"action":"reject"}'));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
afterAll(() => server.close());

const LETTER = {
  raw: Buffer.from('Subject: visite\r\n\r\nBonjour.\r\n'),
  ip: '192.0.2.25',
  helo: 'mx.musee.example',
  hostname: 'mail.musee.example',
  from: 'camille@musee.example',
  recipients: ['claire.lefevre@ecoles.example'],
  session: 'a1',
};
const asked = async (letter: Partial<typeof LETTER>) => {
  const rspamd = openRspamd(`http://:secret@127.0.0.1:${port}`, openLog({ level: 'silent' }));
  expect(await rspamd.isJunk({ ...LETTER, ...letter })).toBe(true);
  return heard.at(-1);
};

it('rspamd hears who the server is, by what it says and by the DNS', async () =>
  expect(await asked({})).toMatchObject({
    ip: '192.0.2.25',
    helo: 'mx.musee.example',
    hostname: 'mail.musee.example',
    from: 'camille@musee.example',
    rcpt: 'claire.lefevre@ecoles.example',
    'queue-id': 'a1',
    password: 'secret',
  }));

it('an odd name or address is no way past it', async () => {
  const heardOf = await asked({ helo: 'mx\r\nx: y', from: 'カミーユ@musée.example' });
  expect(heardOf).toMatchObject({ helo: 'mxx: y' });
  expect(Buffer.from(String(heardOf?.from), 'latin1').toString()).toBe('カミーユ@musée.example');
});
