/** Fields of mailing lists stand on no kind of our mail (core/decisions/0069). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';

const LIST_FIELD = /^(?:list-[a-z-]+|precedence|feedback-id)\s*:/im;

let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
  town.clock.now = new Date(Date.now() + 60_000);
});
afterAll(() => town.close());

/** The headers of all that the town wrote, by how it was written. */
async function headers(): Promise<readonly { readonly kind: string; readonly header: string }[]> {
  const { rows } = await town.admin.query<{ kind: string; raw: Buffer }>(
    `select origin || ' ' || sender_role as kind, raw from message where sender_role <> 'outside'`,
  );
  return rows.map(({ kind, raw }) => {
    const text = raw.toString('latin1');
    return { kind, header: text.slice(0, text.indexOf('\r\n\r\n') + 2) };
  });
}

it('neither on letters to a class, its families and outside, nor on reports, notices and tests', async () => {
  const claire = 'claire.lefevre';
  const classes = await town.admin.query<{ address: string }>(
    `select local || '@' || domain as address from address where kind like 'class%'`,
  );
  const lists = classes.rows.map(({ address }) => address);
  for (const list of lists) await town.send(claire, [list], { via: 'web' });
  await town.send(claire, ['lucie@musee.example', 'never@musee.example'], { via: 'submission' });
  await town.core.readiness.sendTestLetter(await town.viewer('hugues.armand'), 'a@musee.example');
  const worker = await town.core.jobs.start({
    notBefore: () => null,
    deliver: async () => ({ kind: 'never', reply: '550 5.1.1 no such mailbox' }),
    close: async () => undefined,
  });
  const subjects = async () => (await town.rows(claire)).map(({ subject }) => subject);
  await expect.poll(subjects, { timeout: 20_000 }).toContain('Votre message n’est pas arrivé');
  await worker.close();
  const found = await headers();
  expect(new Set(found.map(({ kind }) => kind))).toEqual(
    new Set([
      ...found.map(({ kind }) => kind),
      'web teacher',
      'submission teacher',
      'system system',
    ]),
  );
  expect(found.filter(({ header }) => LIST_FIELD.test(header))).toEqual([]);
});
