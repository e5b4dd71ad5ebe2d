import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeRepository } from './folder.ts';

const NOBODY = { uid: 65_534, gid: 65_534 };
const BLOCKING = [
  'chmodSync',
  'chownSync',
  'existsSync',
  'lstatSync',
  'mkdirSync',
  'statSync',
] as const;

function parent(): string {
  const folder = mkdtempSync(join(tmpdir(), 'preau-repository-'));
  chmodSync(folder, 0o711);
  return folder;
}

/** The paths that were asked for while everything else waits, as long as `use` takes. */
async function blockingFor(use: () => Promise<void>): Promise<readonly string[]> {
  const asked: string[] = [];
  const whole = Object.fromEntries(BLOCKING.map((name) => [name, fs[name]]));
  for (const name of BLOCKING)
    Object.assign(fs, {
      [name](path: unknown, ...more: unknown[]): unknown {
        asked.push(String(path));
        return Reflect.apply(whole[name] as () => unknown, fs, [path, ...more]);
      },
    });
  syncBuiltinESMExports();
  try {
    await use();
  } finally {
    Object.assign(fs, whole);
    syncBuiltinESMExports();
  }
  return asked;
}

it('is made with pgBackRest’s own in it, and nothing of it is asked on the loop', async () => {
  const folder = parent();
  const repository = join(folder, 'disk', 'repository');
  const asked = await blockingFor(async () => {
    existsSync(folder); // is seen
    await makeRepository(repository, null);
  });
  expect(asked.filter((path) => path.startsWith(folder))).toEqual([folder]);
  const modes = [repository, join(repository, 'pgbackrest')].map((path) => statSync(path).mode);
  expect(modes.map((mode) => mode & 0o777)).toEqual([0o711, 0o700]);
});

it('that PostgreSQL’s user can’t come to says so', async () => {
  const folder = parent();
  const repository = mkdtempSync(join(folder, 'closed-'));
  await expect(makeRepository(repository, NOBODY)).rejects.toThrow(repository);
});

it('whose folder of pgBackRest is a file says so', async () => {
  const folder = parent();
  const repository = join(folder, 'repository');
  mkdirSync(repository, { mode: 0o711 });
  writeFileSync(join(repository, 'pgbackrest'), '');
  await expect(makeRepository(repository, null)).rejects.toThrow('EEXIST');
});
