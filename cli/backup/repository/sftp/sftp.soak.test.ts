/** The round to another machine and back, on a real OpenSSH server. Skipped where none is. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecord } from '../../../../core/town/readiness/backup/record.ts';
import { startSshServer, type SshServer } from '../../../../tests/shared/ssh-server.ts';
import {
  CAN_BACK_UP,
  makeTown,
  openLosingTown,
  subjectsOf,
  write,
  type LosingTown,
} from '../../testing/losing-town.ts';
import { newKey } from '../key.ts';
import { openSideFiles } from '../side-files.ts';
import { loginKey } from './login-key.ts';

const canRun = CAN_BACK_UP && existsSync('/usr/sbin/sshd');
const { signal } = new AbortController();

let other: string;
let server: SshServer;
let town: LosingTown;
const address = (path = '/preau'): string =>
  `sftp://${server.user}@127.0.0.1:${server.port}${join(other, path)}`;

/** As the sentence gives it that asks for the fingerprint. */
async function shown(repository: string): Promise<string> {
  const key = newKey();
  const files = openSideFiles(repository, { key, signal });
  const said = await files.look().catch((error: Error) => error.message);
  return /give (sftp:\S+SHA256:[\w+/]{43})\./.exec(String(said))?.[1] ?? `nothing: ${String(said)}`;
}

describe.skipIf(!canRun)('a repository on another machine', { shuffle: false }, () => {
  beforeAll(async () => {
    other = mkdtempSync(join(tmpdir(), 'preau-other-'));
    server = await startSshServer(join(other, 'sshd'));
    const repository = await shown(address());
    town = openLosingTown(() => repository);
  });
  afterAll(async () => {
    await server.stop();
    town.remove();
    rmSync(other, { recursive: true, force: true });
  });

  it('is opened by a key that follows from the sheet’s, and has all of it: the town comes back', async () => {
    const { preau, onTown } = town;
    const made = await preau('backup key', { sheet: join(town.folder, 'key.pdf') });
    const login = String(made['login']);
    expect(login).toMatch(/^ssh-ed25519 AAAA\S+ preau$/);
    server.authorize([login]);
    await onTown(async (core) => {
      await makeTown(core);
      await write(core, 'Avant');
      expect(await preau('backup')).toMatchObject({ type: 'full' });
      await write(core, 'Après');
      expect(await preau('backup')).toMatchObject({ type: 'incr' });
      expect(await preau('backup prove')).toMatchObject({
        isTried: true,
        record: { verified: { trouble: null }, tried: { trouble: null } },
      });
      const [size] = readRecord(town.config.dataDir).sizes;
      expect(size?.bytes).toBeGreaterThan(1_000_000);
      expect(size?.freeBytes).toBeGreaterThan(1_000_000);
      expect(size?.freeBytes).toBeLessThan(Number.MAX_SAFE_INTEGER);
    });
    const there = readdirSync(join(other, 'preau'));
    expect(there.sort()).toEqual(['pgbackrest', 'settings']);
    const key = town.lose();
    await preau('restore', { key });
    await onTown(async (core) =>
      expect(await subjectsOf(core, 'lina.moreau')).toEqual(['Après', 'Avant']),
    );
  });

  it('that lets nobody in, can’t be written, changes its key or is away says so in one sentence', async () => {
    const key = newKey();
    server.authorize([loginKey(key).line]);
    const [, fingerprint = ''] = (await shown(address())).split('#');
    const look = (repository: string) =>
      openSideFiles(repository, { key, signal })
        .look()
        .then(
          () => 'it opened',
          (error: Error) => error.message,
        );
    expect(await look(`${address()}#${fingerprint}`)).toBe('it opened');
    const nowhere = `sftp://${server.user}@127.0.0.1:${server.port}/proc/preau#${fingerprint}`;
    expect(await look(nowhere)).toContain('can’t write into /proc/preau on 127.0.0.1');
    server.authorize([]);
    const closed = await look(`${address()}#${fingerprint}`);
    expect(closed).toContain(`doesn’t let ${server.user} in`);
    expect(closed).toContain(loginKey(key).line);
    await server.changeHostKey();
    expect(await look(`${address()}#${fingerprint}`)).toContain('shows another key, SHA256:');
    const away = `sftp://${server.user}@127.0.0.1:9${join(other, 'preau')}#${fingerprint}`;
    expect(await look(away)).toContain('doesn’t answer: 127.0.0.1, port 9');
  });

  it('that takes the connection and says nothing keeps no mail waiting', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const repository = `sftp://preau@127.0.0.1:${port}/preau#SHA256:${'a'.repeat(43)}`;
    const waiting = openLosingTown(() => repository);
    try {
      await waiting.preau('backup key', { sheet: join(waiting.folder, 'key.pdf') });
      const begun = Date.now();
      await waiting.onTown(async (core) => {
        await makeTown(core);
        await write(core, 'Avant');
        expect(await subjectsOf(core, 'lina.moreau')).toEqual(['Avant']);
        expect(await waiting.refused('backup')).toContain(
          `doesn’t answer: 127.0.0.1, port ${port}`,
        );
      });
      expect(Date.now() - begun).toBeLessThan(60_000);
    } finally {
      waiting.remove();
      silent.close();
    }
  });
});
