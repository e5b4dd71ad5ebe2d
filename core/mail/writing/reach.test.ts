import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { randomFrom } from '../../rules/testing/random.ts';

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

it('shows some exactly those to whom a message would be accepted', () => showsReach(12));
it('and so many more', SOAKED, () => showsReach(1));

/** @param step One in so many of the people by chance. */
async function showsReach(step: number): Promise<void> {
  const all = await everybody();
  const viewers = viewersAmong(all, step);
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
}

/**
 * All adults of schools, the agents, and some children and guardians, other ones each time; some
 * who are special always.
 */
function viewersAmong(all: readonly Somebody[], step: number): Somebody[] {
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
        random.percent((role === 'pupil' || role === 'guardian' ? 3 : 60) / step)),
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
    expect(sorted(await writings.lists(viewer)), local).toEqual(
      sorted(all.filter(({ kind, group }) => kind === 'list' && group !== 'linked')),
    );
    // Own groups have addresses too, where another test has made one.
    const asked = [...new Set([...everyone, ...isNear])];
    const among = sorted(await writings.among(viewer, asked));
    // A grown-up of a school may write to those of others too, whom their page doesn't list.
    expect(local === 'claire.lefevre' ? among.filter((one) => isNear.has(one)) : among).toEqual(
      [...isNear].sort(),
    );
  }
});

it('counts everybody to whom a letter goes once, whatever lists they are in', async () => {
  const teacher = await town.viewer('claire.lefevre');
  const { writings, groups } = town.core;
  const at = (local: string): string => town.address(local);
  const [pupils, families, team] = [
    at('ce1-a.tilleuls'),
    at('familles.ce1-a.tilleuls'),
    at('equipe.tilleuls'),
  ];
  const saved = await groups.save(teacher, {
    id: null,
    name: 'Lecture',
    whom: 'pupils',
    pupils: [at('lina.moreau'), at('noe.garnier')],
  });
  const group = saved.kind === 'saved' ? `${saved.id}@group.invalid` : '';
  const lists = new Map((await writings.lists(teacher)).map((one) => [one.address, one.count]));
  const count = (to: readonly string[], cc: readonly string[] = []) =>
    writings.headcount(teacher, { to, cc });
  for (const list of [pupils, families, team, group])
    expect(await count([list]), list).toBe(lists.get(list));
  const of = (list: string): number => lists.get(list) ?? 0;
  expect(await count([pupils, at('lina.moreau')], [pupils])).toBe(of(pupils));
  expect(await count([families, at('karine.moreau')])).toBe(of(families));
  expect(await count([team], [at('mamadou.diallo'), 'musee@exemple.fr'])).toBe(of(team) + 1);
  expect(await count([group, pupils])).toBe(of(pupils));
  expect(await count([group, families])).toBe(of(families) + 2);
  expect(await count([group, at('lina.moreau'), teacher.address, '9@group.invalid'])).toBe(1);
});

it('knows the families of children, as far as the rules let one write to them', async () => {
  const { writings } = town.core;
  const at = (local: string): string => town.address(local);
  const children = ['lina.moreau', 'theo.jourdain', 'claire.lefevre'].map(at);
  const familiesFor = async (local: string, of: readonly string[] = children) =>
    (await writings.familiesOf(await town.viewer(local), of)).map(({ address }) => address).sort();
  // Théo's father is without contact.
  expect(await familiesFor('claire.lefevre')).toEqual(
    ['cecile.jourdain', 'karine.moreau', 'thomas.moreau'].map(at),
  );
  const ofBrothers = ['lina.moreau', 'tom.moreau'].map(at);
  expect(await familiesFor('claire.lefevre', ofBrothers)).toEqual(
    ['karine.moreau', 'thomas.moreau'].map(at),
  );
  expect(await familiesFor('lina.moreau')).toEqual(['karine.moreau', 'thomas.moreau'].map(at));
  expect(await familiesFor('remi.le-guen')).toEqual([]);
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

it('says what a child may answer with: once it has the letter, unless a list is not to be answered', async () => {
  const seen = async (local: string, to: string, answers: 'everyone' | 'none' = 'everyone') => {
    const letter = { to: [town.address(to)], cc: [], answers };
    return town.core.writings.seenBy(await town.viewer(local), letter);
  };
  const tom = await town.viewer('tom.moreau');
  const own = { classes: tom.classes.map(({ id }) => id), photos: false };
  expect(await seen('sylvie.caradec', 'tom.moreau')).toMatchObject({ name: 'Tom', answers: own });
  // Who teaches another class of the school may be answered once they have written.
  expect(await seen('claire.lefevre', 'tom.moreau')).toMatchObject({ answers: own });
  expect(await seen('sylvie.caradec', 'tom.moreau', 'none')).toMatchObject({ answers: own });
  expect(await seen('sylvie.caradec', 'gs.tilleuls', 'none')).toMatchObject({ answers: null });
  expect(await seen('sylvie.caradec', 'mamadou.diallo')).toBeNull();
  await town.openPhotos();
  const afterwards = await seen('sylvie.caradec', 'tom.moreau');
  expect(afterwards?.answers?.photos).toBe(true);
});
