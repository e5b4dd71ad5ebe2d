/** What is said of the backups: each line broken, and mended. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { openMetrics } from '../../../ground/metrics.ts';
import { HOUR_MS } from '../../../ground/spans.ts';
import { showBackups } from '../backup/figures.ts';
import { noteRecord, readRecord, type BackupRecord, type Size } from '../backup/record.ts';
import { TROUBLES } from '../backup/troubles.ts';
import { MACHINE } from '../machine.ts';
import type { ReadinessParts } from '../surroundings.ts';
import { partsOf, told, townConfig, type FrenchLine } from '../testing/asking.ts';
import { madeRepository, rightRecord } from '../testing/backups.ts';

const NOW = new Date('2026-11-25T09:00:00Z');
const before = (hours: number): Date => new Date(NOW.getTime() - hours * HOUR_MS);
const machine = {
  ...MACHINE,
  disk: async () => ({ freeBytes: 50e9, totalBytes: 100e9 }),
  isOneDisk: async () => false,
};
/** A town whose backups are as they must be, in folders of its own. */
function town(): ReadinessParts & { readonly folder: string } {
  const folder = madeRepository();
  const config = townConfig({ PREAU_BACKUP: folder });
  noteRecord(config.dataDir, rightRecord(NOW));
  return { ...partsOf(config, { machine }), clock: () => NOW, folder };
}

function toldOf(id: string, change: Partial<BackupRecord>): Promise<FrenchLine> {
  const parts = town();
  noteRecord(parts.config.dataDir, change);
  return told(parts, id);
}

const saying = (words: string): string => expect.stringContaining(words) as string;

it('says what one has, where all is right', async () => {
  const parts = town();
  expect(await told(parts, 'backup.repository')).toMatchObject({
    state: 'green',
    found: `Les sauvegardes vont dans ${parts.folder}.`,
  });
  expect(await told(parts, 'backup.made')).toMatchObject({
    state: 'green',
    found: 'La dernière sauvegarde a 12 heures ; ce qui suit y va de minute en minute.',
  });
  expect(await told(parts, 'backup.verified')).toMatchObject({
    state: 'green',
    found:
      'Relues octet par octet il y a 11 heures, en 12,5 s : on peut revenir à chaque minute depuis le 26 octobre 2026 à 10:00.',
  });
  expect(await told(parts, 'backup.restored')).toMatchObject({
    state: 'green',
    found:
      'Remis à côté et vérifié il y a 10 heures, en 40 s : 12 345 messages, le dernier du 24 novembre 2026 à 23:00.',
  });
});

it('a repository on another machine is not looked for on this one', async () => {
  const parts = town();
  const backup = `sftp://preau@nas.ville.fr/preau#SHA256:${'a'.repeat(43)}`;
  const elsewhere = { ...parts, config: { ...parts.config, backup } };
  expect(await told(elsewhere, 'backup.repository')).toMatchObject({
    state: 'green',
    found: saying('sftp://preau@nas.ville.fr/preau'),
  });
  expect(await told(elsewhere, 'backup.room')).toMatchObject({ state: 'grey' });
  noteRecord(parts.config.dataDir, { sizes: [{ at: NOW, bytes: 9.8e9, freeBytes: 2e8 }] });
  expect(await told(elsewhere, 'backup.room')).toMatchObject({
    state: 'red',
    found: saying('9,8 Go de sauvegardes, 200 Mo libres'),
  });
});

it('a repository that is away, empty, beside the mail, or not wished is said', async () => {
  const parts = town();
  const oneDisk = { ...machine, isOneDisk: async () => true };
  expect(
    await told({ ...parts, beyond: { ...parts.beyond, machine: oneDisk } }, 'backup.repository'),
  ).toMatchObject({ state: 'amber', found: saying('sur le même disque') });
  rmSync(join(parts.folder, 'settings'), { recursive: true });
  expect(await told(parts, 'backup.repository')).toMatchObject({
    state: 'red',
    found: `Aucune sauvegarde dans ${parts.folder}.`,
    todo: saying('preau backup --full'),
  });
  rmSync(parts.folder, { recursive: true });
  expect(await told(parts, 'backup.repository')).toMatchObject({
    state: 'red',
    found: saying('n’est pas là'),
    todo: saying('montez'),
  });
  expect(await told(parts, 'backup.room')).toMatchObject({ state: 'grey' });
  const without = partsOf(townConfig());
  expect(await told(without, 'backup.repository')).toMatchObject({ state: 'grey' });
  writeFileSync(join(without.config.dataDir, 'postgres-passwords.json'), '{}');
  expect(await told(without, 'backup.repository')).toMatchObject({
    state: 'red',
    todo: saying('preau backup key'),
  });
  expect(await told(without, 'backup.made')).toMatchObject({ state: 'grey' });
});

afterEach(() => vi.useRealTimers());
it.each(['backup.repository', 'backup.room'])(
  'a repository that hangs is said, and nothing waits for it: %s',
  async (id) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const parts = town();
    const hangs = { ...machine, isThere: () => new Promise<never>(() => {}) };
    const asked = told({ ...parts, beyond: { ...parts.beyond, machine: hangs } }, id);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await asked).toMatchObject({
      state: 'red',
      found: `Le dossier des sauvegardes ne répond pas : ${parts.folder}.`,
      todo: saying('le courrier continue'),
    });
  },
);

const trouble = { kind: 'log-missing', detail: '000000010000000000000004' } as const;
it.each<{ id: string; when: string; change: Partial<BackupRecord>; state: string; says: string }>([
  { id: 'backup.made', when: 'never', change: { made: null }, state: 'amber', says: 'Aucune' },
  {
    id: 'backup.made',
    when: 'three nights ago',
    change: { made: { at: before(60) } },
    state: 'amber',
    says: '2 jours',
  },
  {
    id: 'backup.made',
    when: 'five nights ago',
    change: { made: { at: before(110) } },
    state: 'red',
    says: '4 jours',
  },
  {
    id: 'backup.verified',
    when: 'never',
    change: { verified: null },
    state: 'amber',
    says: 'pas encore été relues',
  },
  {
    id: 'backup.verified',
    when: 'something is missing',
    change: { verified: { at: NOW, seconds: 1, trouble, olderDamaged: false } },
    state: 'red',
    says: '(000000010000000000000004)',
  },
  {
    id: 'backup.verified',
    when: 'an old one is damaged',
    change: { verified: { at: NOW, seconds: 1, trouble: null, olderDamaged: true } },
    state: 'amber',
    says: 'depuis le 26 octobre 2026',
  },
  {
    id: 'backup.verified',
    when: 'five nights ago',
    change: { verified: { at: before(110), seconds: 1, trouble: null, olderDamaged: false } },
    state: 'red',
    says: 'il y a 4 jours',
  },
  {
    id: 'backup.restored',
    when: 'never',
    change: { tried: null, restored: null },
    state: 'amber',
    says: 'Rien n’a encore été remis',
  },
  {
    id: 'backup.restored',
    when: 'it did not come back',
    change: { tried: { at: NOW, seconds: 1, trouble: { kind: 'not-restored', detail: 'x' } } },
    state: 'red',
    says: 'n’a pas pu être remis',
  },
  {
    id: 'backup.restored',
    when: 'there is no room, and it came back lately',
    change: { tried: { at: NOW, seconds: 0, trouble: { kind: 'no-room', detail: '1 GB < 2 GB' } } },
    state: 'amber',
    says: '1 GB < 2 GB',
  },
  {
    id: 'backup.restored',
    when: 'there is no room, and it never came back',
    change: {
      tried: { at: NOW, seconds: 0, trouble: { kind: 'no-room', detail: '1 GB < 2 GB' } },
      restored: null,
    },
    state: 'red',
    says: '1 GB < 2 GB',
  },
  {
    id: 'backup.restored',
    when: 'three weeks ago',
    change: {
      restored: {
        at: before(500),
        dataUntil: before(500),
        messages: 1,
        lastMessageAt: null,
        bytes: 1,
      },
    },
    state: 'red',
    says: 'il y a 20 jours, en 40 s : 1 message, le dernier du -',
  },
])('$id: $when: $state', async ({ id, change, state, says }) => {
  expect(await toldOf(id, change)).toMatchObject({ state, found: saying(says) });
  expect(await told(town(), id)).toMatchObject({ state: 'green', todo: null });
});

it.each(TROUBLES)('says in two languages what %s is, and what to do', async (kind) => {
  const { found, todo } = await toldOf('backup.verified', {
    verified: { at: NOW, seconds: 1, trouble: { kind, detail: 'x' }, olderDamaged: false },
  });
  expect(found.length).toBeGreaterThan(20);
  expect(todo?.length).toBeGreaterThan(20);
  expect(todo).toContain('preau backup prove'); // which alone takes it away before the night
});

/** A night each; so much less is free each time. */
const nights = (count: number, { free = 50e9, less = 0 } = {}): readonly Size[] =>
  Array.from({ length: count }, (_, night) => ({
    at: before(24 * (count - 1 - night)),
    bytes: 3e8 + night * less,
    freeBytes: free + (count - 1 - night) * less,
  }));

it.each([
  {
    when: 'in its second night',
    sizes: nights(2, { less: 1e9 }),
    state: 'green',
    says: 'trop peu',
  },
  { when: 'that doesn’t fill', sizes: nights(9), state: 'green', says: 'ne se remplit pas' },
  {
    when: 'with a year’s room',
    sizes: nights(9, { less: 1e8 }),
    state: 'green',
    says: '1,1 Go de sauvegardes, 50 Go libres à côté ; plein dans 500 jours',
  },
  { when: 'full in 25 days', sizes: nights(9, { less: 2e9 }), state: 'amber', says: '25 jours' },
  { when: 'full in 5 days', sizes: nights(9, { less: 1e10 }), state: 'red', says: '5 jours' },
])('backup.room: a disk $when: $state', async ({ sizes, state, says }) =>
  expect(await toldOf('backup.room', { sizes: [...sizes] })).toMatchObject({
    state,
    found: saying(says),
  }),
);

it.each([
  { freeBytes: 12e9, state: 'amber' },
  { freeBytes: 3e9, state: 'red' },
])('backup.room: with $freeBytes bytes free of 100e9: $state', async ({ freeBytes, state }) => {
  const parts = town();
  const small = { ...machine, disk: async () => ({ freeBytes, totalBytes: 100e9 }) };
  expect(
    await told({ ...parts, beyond: { ...parts.beyond, machine: small } }, 'backup.room'),
  ).toMatchObject({ state });
});

it('shows figures of it to who watches, where there are backups', async () => {
  const { config } = town();
  const metrics = openMetrics();
  showBackups(metrics, config);
  const figures = async () =>
    new Map(
      [...(await metrics.text()).matchAll(/^preau_backup_(\w+) (\S+)$/gm)].map(
        ([, name = '', value]) => [name, Number(value)] as const,
      ),
    );
  noteRecord(config.dataDir, { sizes: [...nights(9, { less: 1e8 })] });
  const day = 86_400;
  const now = NOW.getTime() / 1_000;
  expect(Object.fromEntries(await figures())).toEqual({
    made_timestamp_seconds: now - day / 2,
    verified_timestamp_seconds: now - (11 * day) / 24,
    verified_right: 1,
    verified_seconds: 12.5,
    restored_timestamp_seconds: now - (10 * day) / 24,
    restored_right: 1,
    restored_seconds: 40,
    oldest_timestamp_seconds: now - 30 * day,
    repository_bytes: 1.1e9,
    repository_free_bytes: 50e9,
    repository_full_timestamp_seconds: expect.closeTo(now + 500 * day, -1) as number,
  });
  const wrong = { at: NOW, seconds: 1, trouble };
  noteRecord(config.dataDir, { tried: wrong, made: null });
  const after = await figures();
  expect([after.get('restored_right'), after.get('made_timestamp_seconds')]).toEqual([0, NaN]);
  const without = openMetrics();
  showBackups(without, townConfig());
  expect(await without.text()).not.toContain('preau_backup');
});

it('a record of another version, or none, is nothing known; sizes are kept for a month and a half', () => {
  const { dataDir } = townConfig();
  expect(readRecord(dataDir).made).toBeNull();
  noteRecord(dataDir, { made: { at: NOW }, sizes: [...nights(60)] });
  expect(readRecord(dataDir).sizes).toHaveLength(45);
  writeFileSync(
    join(dataDir, 'backup-proof.json'),
    JSON.stringify({ made: { at: NOW }, verified: { since: 'yesterday' } }),
  );
  expect(readRecord(dataDir)).toMatchObject({ made: { at: NOW }, verified: null, sizes: [] });
});
