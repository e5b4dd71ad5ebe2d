import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomFrom } from '../rules/testing/random.ts';
import { openTestTown, type TestTown } from '../testing/town.ts';

const SEED = randomInt(2 ** 32);
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

interface Somebody {
  readonly local: string;
  readonly role: string | null;
  readonly school: number;
  readonly kind: string;
}

async function everybody(): Promise<Somebody[]> {
  const { rows } = await town.admin.query<Somebody>(`
    select d.local, a.role, d.school_id as school, d.kind from address d
    left join account a on a.address_id = d.id and a.school_id = d.school_id order by d.id`);
  return rows;
}

it('shows exactly those to whom a message would be accepted', async () => {
  const all = await everybody();
  const viewers = viewersAmong(all);
  const counts = { viewers: viewers.length, pairs: 0, reached: 0 };
  const wrong: string[] = [];
  // Each pair costs a query or two: of the people, some, other ones each time; of the lists, all.
  const chance = randomFrom(SEED + 1);
  for (const { local, role, school } of viewers) {
    const viewer = await town.viewer(local);
    const shown = new Set((await town.core.writings.reach(viewer)).map(({ address }) => address));
    const others = all.filter(
      ({ local: name, kind }) =>
        kind !== 'account' ||
        (shown.has(town.address(name)) ? chance.percent(25) : chance.percent(8)),
    );
    await Promise.all(
      others
        .filter((other) => town.address(other.local) !== viewer.address)
        .map(async (other) => {
          const address = town.address(other.local);
          const outcome = await town.core.delivery.checkRecipient(
            { kind: 'account', viewer },
            address,
          );
          const isAccepted = outcome.kind === 'accepted' || outcome.kind === 'held';
          counts.pairs += 1;
          counts.reached += isAccepted ? 1 : 0;
          // Grown-ups find those of other schools by name, and agents everybody: their page doesn't
          // list a town.
          const isFound = role !== 'pupil' && role !== 'guardian' && other.school !== school;
          if (isAccepted !== shown.has(address) && !(isFound && isAccepted))
            wrong.push(
              `${role} ${local} -> ${other.kind} ${other.local}: ${outcome.kind}, shown ${shown.has(address)}`,
            );
        }),
    );
  }
  process.stdout.write(`reach: seed ${SEED}, ${JSON.stringify(counts)}\n`);
  expect(wrong.slice(0, 10), `seed ${SEED}, ${wrong.length} differ`).toEqual([]);
}, 60_000);

/**
 * All adults of schools, the agents, and some children and guardians, other ones each time; some
 * who are special always.
 */
function viewersAmong(all: readonly Somebody[]): Somebody[] {
  const random = randomFrom(SEED);
  const always = [
    'lina.moreau',
    'theo.jourdain',
    'jade.morel',
    'eliott.marchal',
    'samuel.okafor',
    'marc.jourdain',
    'elodie.garnier',
    'cecile.jourdain',
  ];
  return all.filter(
    ({ local, role, kind }) =>
      kind === 'account' &&
      (always.includes(local) ||
        (role === 'pupil' || role === 'guardian' ? random.percent(3) : random.percent(60))),
  );
}

it('shows a pupil who wrote to them, for thirty days', async () => {
  const viewer = await town.viewer('lise.perret');
  const isShown = async (): Promise<boolean> =>
    (await town.core.writings.reach(viewer)).some(
      ({ address }) => address === town.address('remi.le-guen'),
    );
  expect(await isShown()).toBe(false);
  expect((await town.send('remi.le-guen', ['lise.perret'])).kind).toBe('accepted');
  expect(await isShown()).toBe(true);
  expect((await town.send('lise.perret', ['remi.le-guen'])).kind).toBe('accepted');
  await town.admin.query(
    `update message set received_at = now() - interval '31 days' where school_id = 3`,
  );
  expect(await isShown()).toBe(false);
  expect((await town.send('lise.perret', ['remi.le-guen'])).kind).toBe('denied');
});

it('finds grown-ups of the whole town by name, and no child ever', async () => {
  const teacher = await town.viewer('claire.lefevre');
  expect(
    (await town.core.writings.find(teacher, 'robin')).map(({ address, group }) => ({
      address,
      group,
    })),
  ).toEqual([{ address: town.address('julie.robin'), group: 'other-schools' }]);
  expect((await town.core.writings.find(teacher, 'VASSÉUR')).map(({ name }) => name)).toEqual([
    'Béatrice Vasseur',
  ]);
  for (const text of ['okafor', '%', '_', '\\', "' or 1=1", 'a']) {
    const found = await town.core.writings.find(teacher, text);
    expect(
      found.filter(({ kind }) => kind !== 'adult'),
      text,
    ).toEqual([]);
    if (text !== 'okafor') expect(found, text).toEqual([]);
  }
  expect(await town.core.writings.find(await town.viewer('lina.moreau'), 'robin')).toEqual([]);
  expect(await town.core.writings.find(await town.viewer('karine.moreau'), 'robin')).toEqual([]);
  expect((await town.core.writings.find(teacher, 'ar')).length).toBeLessThanOrEqual(20);
});

it('gives the lists alone, and of some addresses those within reach', async () => {
  const { writings } = town.core;
  const everyone = (await everybody()).map(({ local }) => town.address(local));
  const sorted = (reached: readonly { readonly address: string }[]) =>
    reached.map(({ address }) => address).sort();
  for (const local of ['lina.moreau', 'karine.moreau', 'claire.lefevre']) {
    const viewer = await town.viewer(local);
    const all = await writings.reach(viewer);
    const isNear = new Set(sorted(all));
    const own = all.filter(({ group }) => group === 'class-list').map(({ address }) => address);
    for (const list of own) {
      const within = all.filter((one) => one.within?.includes(list) === true);
      // Its own list counts everybody in it but the viewer, and those are all in view.
      expect(within.length, `${local} ${list}`).toBe(
        all.find(({ address }) => address === list)?.count,
      );
    }
    expect(sorted(await writings.lists(viewer)), local).toEqual(
      sorted(all.filter(({ kind, group }) => kind === 'list' && group !== 'linked')),
    );
    const among = sorted(await writings.among(viewer, everyone));
    // A grown-up of a school may write to those of others too, whom their page doesn't list.
    expect(local === 'claire.lefevre' ? among.filter((one) => isNear.has(one)) : among).toEqual(
      [...isNear].sort(),
    );
  }
});

it('remembers outside addresses that one has written to, by their name too, and offers only those that rules let', async () => {
  const teacher = await town.viewer('claire.lefevre');
  const { writings } = town.core;
  const outside = async (text: string) =>
    (await writings.find(teacher, text))
      .filter(({ group }) => group === 'outside')
      .map(({ address, name }) => ({ address, name }));
  expect(await outside('musee')).toEqual([]);
  const letter = {
    to: ['contact@musee.example'],
    cc: ['bergerie@pres.example', town.address('adele.vidal')],
    subject: 'Visite',
    text: 'Bonjour',
    answers: 'sender',
    answerTo: null,
  } as const;
  const { ref } = await writings.save(teacher, letter, { previous: null, add: [], drop: [] });
  expect((await writings.draft(teacher, ref))?.cc).toEqual(letter.cc);
  expect((await writings.send(teacher, ref)).kind).toBe('accepted');
  expect(await outside('musee')).toEqual([{ address: 'contact@musee.example', name: '' }]);
  expect(await outside('BERGERIE')).toEqual([{ address: 'bergerie@pres.example', name: '' }]);
  expect((await town.rows('adele.vidal'))[0]?.subject).toBe('Visite');
  await town.admin.query('update school set outside_forbidden = true where id = $1', [
    teacher.school,
  ]);
  expect(await outside('musee')).toEqual([]);
});
