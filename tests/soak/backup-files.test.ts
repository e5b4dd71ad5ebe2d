/**
 * How long a town of two million files takes to be backed up, and how much room its backup takes:
 * each file is small here, so that it is the rows that are weighed. Printed; what is held is that
 * it ends, and that what came since the day before costs little.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CAN_BACK_UP } from '../../cli/backup/testing/losing-town.ts';
import { openMachine, type SoakMachine } from './machine.ts';

const FILES = 2_000_000;
const AT_ONCE = 200_000;
const SINCE = 1_000;
const PATIENCE_MS = 1_500_000;

let folder: string;
let machine: SoakMachine;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'preau-files-'));
  chmodSync(folder, 0o711); // so that PostgreSQL's user may pass
  machine = await openMachine(folder);
});
afterAll(async () => {
  await machine?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Files from one number on, each of 256 bytes of its own that can't be packed. */
async function fill(from: number, count: number): Promise<void> {
  await machine.rows(
    `with numbers as materialized (
        select n, lpad(to_hex(n), 64, '0') as sha256
        from generate_series($1::integer, $1::integer + $2::integer - 1) n
      ),
      bodies as (
        insert into stored_body (school_id, sha256, size_bytes, kept_at)
        select 1, sha256, 256, now() from numbers
        returning sha256
      ),
      pieces as (
        insert into stored_body_piece (school_id, sha256, place, bytes)
        select 1, b.sha256, 0, sha512((b.sha256 || 'a')::bytea) || sha512((b.sha256 || 'b')::bytea)
          || sha512((b.sha256 || 'c')::bytea) || sha512((b.sha256 || 'd')::bytea)
        from bodies b
      ),
      places as materialized (
        select id, row_number() over (order by id) - 1 as place, count(*) over () as places
        from cupboard where school_id = 1
      )
      insert into cupboard_item (school_id, cupboard_id, kind, path, name, name_key, folded, sees,
        made_at, changed_at, sha256, media_type, size_bytes)
      select 1, p.id, 'file', '{}', 'Feuille ' || n || '.txt', 'feuille ' || n || '.txt',
        'feuille-' || n || '-txt', 'author', now(), now(), sha256, 'text/plain', 256
      from numbers join places p on p.place = n % p.places`,
    [from, count],
  );
}

const seconds = async (act: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await act();
  return Math.round((performance.now() - begun) / 1_000);
};
const storedMegabytes = async (): Promise<number> => {
  const { output } = await machine.tried('backup', 'info', '--json');
  return Math.round(Number((JSON.parse(output) as { bytes?: number }).bytes ?? 0) / 1e6);
};

it.skipIf(!CAN_BACK_UP)(
  'a town of two million files is backed up, and a day later what came since',
  { timeout: PATIENCE_MS },
  async () => {
    await machine.makeKey();
    await machine.preau('demo', '--json');
    await machine.start('--no-demo');
    await machine.rows(
      `insert into cupboard (school_id, place, account_id)
        select school_id, 'own', id from account where school_id = 1 limit 100
        on conflict do nothing`,
    );
    const fillingSeconds = await seconds(async () => {
      for (let from = 1; from <= FILES; from += AT_ONCE) await fill(from, AT_ONCE);
      // As a town at rest: else each row is written once more by who first reads it.
      for (const table of ['cupboard_item', 'stored_body', 'stored_body_piece'])
        await machine.rows(`vacuum (analyze) ${table}`);
      await machine.rows('checkpoint');
    });
    const [size] = await machine.rows<{ bytes: string; files: string }>(
      `select pg_database_size(current_database()) as bytes,
        (select count(*) from cupboard_item) as files`,
    );
    const fullSeconds = await seconds(() => machine.preau('backup', '--full', '--json'));
    const fullMegabytes = await storedMegabytes();
    await fill(FILES + 1, SINCE);
    const sinceSeconds = await seconds(() => machine.preau('backup', '--json'));
    const sinceMegabytes = (await storedMegabytes()) - fullMegabytes;
    const figures = {
      files: Number(size?.files),
      databaseMegabytes: Math.round(Number(size?.bytes) / 1e6),
      fillingSeconds,
      fullSeconds,
      fullMegabytes,
      sinceSeconds,
      sinceMegabytes,
    };
    process.stdout.write(`${JSON.stringify({ figure: 'backup_of_files', ...figures })}\n`);
    expect(figures.files).toBeGreaterThanOrEqual(FILES);
    expect(fullMegabytes).toBeGreaterThan(0);
    expect(sinceMegabytes).toBeLessThan(fullMegabytes / 2);
  },
);
