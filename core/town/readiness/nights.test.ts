import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { HOST, partsOf, told } from './testing/asking.ts';

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
beforeEach(() => town.admin.query('truncate night_job'));
afterAll(() => town.close());

/** What the list of checks says, in French. */
async function line(check = 'mail.nights') {
  const config = { ...town.core.config, publicUrl: `https://${HOST}`, backup: '/mnt/backups' };
  const parts = { ...partsOf(config), store: town.store, clock: () => town.clock.now };
  const { state, found } = await told(parts, check);
  return `${state}: ${found}`;
}

/** A job that ended so many days ago. */
async function ended(name: string, result: string, days: number): Promise<void> {
  const at = new Date(town.clock.now.getTime() - days * DAY_MS);
  await town.admin.query(
    `insert into night_job (name, known_at, begun_at, ended_at, result, done_at)
     values ($1, $2, $2, $2, $3, $2)
     on conflict (name) do update set known_at = $2, result = $3, done_at = $2`,
    [name, at, result],
  );
}

it('says of the work of the night that it is done, that it fails, that nobody does it any more', async () => {
  expect(await line()).toBe('grey: Rien n’a encore été fait de nuit.');
  await ended('rescan', 'done', 1);
  await ended('tidying', 'stopped', 1);
  expect(await line()).toBe('green: Le travail de la nuit est fait.');
  await ended('sites', 'failed', 1);
  expect(await line()).toBe('amber: 1 travail de la nuit n’a pas abouti.');
  await ended('rescan', 'done', 4);
  await ended('erasures', 'done', 5);
  expect(await line()).toBe('red: 2 travaux ne sont plus faits depuis trois nuits.');
  for (const name of ['rescan', 'erasures', 'sites']) await ended(name, 'done', 1);
  expect(await line()).toBe('green: Le travail de la nuit est fait.');
});

it('knows of the backup of a database of one’s own, whichever machine has made it', async () => {
  expect(await line('backup.made')).toMatch(/^grey: La base a ses propres sauvegardes/);
  await town.admin.query("insert into night_job (name, known_at) values ('backup', now())");
  expect(await line('backup.made')).toBe('amber: La première sauvegarde n’est pas encore faite.');
  await ended('backup', 'done', 1);
  expect(await line('backup.made')).toBe(
    'green: La dernière sauvegarde a 24 heures ; preau backup check la regarde.',
  );
  await ended('backup', 'done', 5);
  expect(await line('backup.made')).toMatch(/^red: La dernière sauvegarde a 5 jours/);
});
