/** Behind a proxy that names who it brings (PROXY protocol), each peer is who they are. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, afterEach, expect, it } from 'vitest';
import {
  certificateFiles,
  pairFor,
} from '../../core/town/certificate/testing/certificate-files.ts';
import { openTestTown } from '../../tests/shared/town.ts';
import { PAGES } from '../routes/routes.ts';
import { startWebmail } from '../server.ts';

const files = certificateFiles(pairFor({ days: 30 }));
const dataDir = mkdtempSync(join(tmpdir(), 'preau-behind-'));
const town = await openTestTown({
  env: {
    ...files.variables,
    PREAU_DATA: dataDir,
    PREAU_HTTPS_PORT: '0',
    PREAU_PROXY_PROTOCOL: '127.0.0.1',
  },
});
const web = await startWebmail(town.core, PAGES, {
  clock: () => town.clock.now,
  limits: { connectionsPerPeer: 1, keepAliveMs: 60_000 },
});
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(async () => {
  await web.close();
  await town.close();
  for (const folder of [dataDir, files.folder]) rmSync(folder, { recursive: true });
});

const HEAD = (peer: string): string => `PROXY TCP4 ${peer} 198.51.100.1 56324 443\r\n`;
const ITSELF = 'PROXY UNKNOWN\r\n';

/** The first line that answers `GET /metrics`, which is for this machine alone; or `closed`. */
async function metrics(door: 'tls' | 'plain', head: string): Promise<string> {
  const port = door === 'tls' ? web.port : (web.plainPort ?? 0);
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write(head);
  const spoken = door === 'tls' ? connectTls({ socket, rejectUnauthorized: false }) : socket;
  sockets.push(socket, spoken);
  return new Promise((resolve) => {
    for (const each of [socket, spoken]) each.on('error', () => resolve('closed'));
    spoken.once('data', (piece: Buffer) => resolve(piece.toString().split('\r\n')[0] ?? ''));
    spoken.once('close', () => resolve('closed'));
    spoken.write('GET /metrics HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
  });
}

it.each(['tls', 'plain'] as const)('by %s a request is of whom the proxy names', async (door) => {
  expect(await metrics(door, ITSELF)).toBe('HTTP/1.1 200 OK');
  expect(await metrics(door, HEAD('192.0.2.7'))).toBe('HTTP/1.1 404 Not Found');
  expect(await metrics(door, '')).toBe('closed');
});

it('each has what is theirs of the connections: a second one makes the first go', async () => {
  await metrics('tls', HEAD('192.0.2.8'));
  const [first] = sockets;
  const gone = new Promise((resolve) => first?.once('close', resolve));
  expect(await metrics('tls', HEAD('192.0.2.9'))).toBe('HTTP/1.1 404 Not Found');
  expect(first?.destroyed).toBe(false);
  expect(await metrics('tls', HEAD('192.0.2.8'))).toBe('HTTP/1.1 404 Not Found');
  await gone;
});
