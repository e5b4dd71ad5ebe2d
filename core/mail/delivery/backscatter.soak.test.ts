import { afterAll, expect, it } from 'vitest';
import { openTestTown, type TownLetter } from '../../../tests/shared/town.ts';
import { goAway, tellAll } from '../presence/testing/absent.ts';

const town = await openTestTown();
afterAll(() => town.close());

const MANY = 1_000;
const NOTHING = { authentication: 'none', headers: '', server: [] } as const;
const FAILS = { authentication: 'fail', headers: '', server: [] } as const;

/** What a forger sends: to who is away, to nobody, to a child, too much, with what is refused. */
const WAYS: readonly { readonly to: string; readonly letter: Partial<TownLetter> }[] = [
  { to: 'claire.lefevre', letter: {} },
  { to: 'personne', letter: {} },
  { to: 'lina.moreau', letter: {} },
  { to: 'ce1-a.tilleuls', letter: {} },
  { to: 'claire.lefevre', letter: { proof: FAILS } },
  { to: 'claire.lefevre', letter: { text: 'http://interdit.example' } },
  { to: 'claire.lefevre', letter: { file: { name: 'a.exe', bytes: Buffer.from('MZ') } } },
  { to: 'postmaster', letter: {} },
];

it('a thousand forged senders get no letter: no bounce, no answer, no notice', async () => {
  await goAway(town, 'claire.lefevre', { outside: 'own', outsideWords: 'Absente' });
  const kinds = new Map<string, number>();
  for (let nth = 0; nth < MANY; nth++) {
    const way = WAYS[nth % WAYS.length] ?? { to: 'postmaster', letter: {} };
    const proof = way.letter.proof ?? NOTHING;
    const outcome = await town.receive(`victim${nth}@forged${nth}.example`, [way.to], {
      subject: `${nth}`,
      ...way.letter,
      proof,
    });
    kinds.set(outcome.kind, (kinds.get(outcome.kind) ?? 0) + 1);
  }
  process.stdout.write(`${JSON.stringify(Object.fromEntries(kinds))}\n`);
  await tellAll(town);
  const { rows } = await town.admin.query<{ n: string }>('select count(*) as n from outbox');
  expect(rows).toEqual([{ n: '0' }]);
  expect(kinds.get('accepted')).toBeGreaterThan(100);
  expect(kinds.get('denied')).toBeGreaterThan(100);
}, 300_000);
