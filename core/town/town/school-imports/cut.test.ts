import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../../tests/shared/town.ts';
import { watchedStore } from '../../../../tests/shared/watched-store.ts';
import { annuaire, annuaireCsv } from '../../../roster/school-directory/testing/annuaire.ts';

const SEED = randomInt(1_000);
const CUTS = 4;
/** An import of ten schools takes so many statements or more. */
const STATEMENTS = 30;

/** Cuts every connection of the application, as the server does when it goes down. */
function cutAll({ admin }: TestTown): Promise<unknown> {
  return admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and usename <> current_user`,
  );
}

it('an import that is cut in the middle has changed nothing, and is applied the next time', async () => {
  console.log(`schools cut: seed ${SEED}`);
  let left = Infinity;
  const town: TestTown = await openTestTown({
    watch: (store) =>
      watchedStore(store, {
        async statement() {
          left -= 1;
          if (left === 0) await cutAll(town);
        },
        writes: () => {},
      }),
  });
  const { schoolImports: imports } = town.core;
  const { rows, communes } = annuaire({ schools: 10, communes: 2, others: 10, seed: SEED });
  const given = await imports.upload('machine', { name: 'a.csv', bytes: annuaireCsv(rows) });
  if (given.kind !== 'given') throw new Error(given.kind);
  await imports.choose('machine', given.id, { communes: communes.map(({ code }) => code) });
  const shown = await imports.show('machine', given.id);
  if (shown?.kind !== 'preview') throw new Error('no preview');
  const before = await town.admin.query('select count(*) from school');

  for (let cut = 0; cut < CUTS; cut += 1) {
    left = 1 + ((SEED + cut * 11) % STATEMENTS);
    await expect(imports.apply('machine', given.id, shown.seen)).rejects.toThrow();
    left = Infinity;
    expect((await town.admin.query('select count(*) from school')).rows).toEqual(before.rows);
  }
  const applied = await imports.apply('machine', given.id, shown.seen);
  expect(applied).toMatchObject({ kind: 'applied', done: { counts: { new: 10 } } });
  await town.close();
});
