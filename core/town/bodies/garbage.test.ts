/**
 * Bodies that are moved, brought back, carried to another school, tidied and looked at, all beside
 * each other and cut short anywhere: whatever comes between two transactions, no letter loses its
 * bytes, and in the end nothing lies with the store that nobody has.
 */
import { randomInt, randomUUID } from 'node:crypto';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown } from '../../../tests/shared/town.ts';
import { seeded, type Random } from '../../../tests/soak/random.ts';
import { BODY_GONE_DAYS } from '../../ground/backup-days.ts';
import type { MessageId, SchoolId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import type { BodyStore } from '../../store/bodies/body-store.ts';
import { moveBody } from '../../store/bodies/moving.ts';
import { carryAccounts } from '../../store/schools/school-move.ts';
import type { Store } from '../../store/store.ts';
import { openBodies } from './bodies.ts';
import { inTurns } from './testing/in-turns.ts';

const never = new AbortController().signal;
const TEXT = Buffer.from(Array.from({ length: 9_000 }, (_, line) => `${line} `).join(''));
const SUBJECTS = ['Un', 'Deux', 'Trois'];
const FEW = 5;
const MANY = 1_000;
/** Carrying somebody goes through a hundred tables. */
const CARRIED_ONE_IN = 12;
const DIES_ONE_IN = 3;
/** Between two steps, however quick they are: a machine may have slept. */
const DAY_ONE_IN = 4;
/** Who has had a turn has the next as well, mostly: much happens while another stands still. */
const OTHER_ONE_IN = 4;

/** Objects by name; as bytes they are what was put, which is another test's subject. */
const objects = new Map<string, Buffer>();
const bodyStore: BodyStore = {
  sealed: (school, sealed) => {
    const object = `${school}/2026-11/${randomUUID()}`;
    return { object, sealed, wrappedKey: Buffer.from('key'), wrappedBy: 'newest' };
  },
  put: async ({ object, sealed }) => void objects.set(object, sealed),
  bring: async (spans) =>
    spans.map(({ place, span }) => {
      const bytes = objects.get(place.object);
      if (bytes === undefined) throw new Error(`${place.object} is not there`);
      return bytes.subarray(span.start, span.end);
    }),
  sizeOf: async (object) => objects.get(object)?.length ?? null,
  remove: async (object) => void objects.delete(object),
  namesAfter: async (after) => [...objects.keys()].filter((name) => name > after).sort(),
  wrappedAnew: () => null,
};

const town = await openTestTown();
const karim = await town.viewer('karim.haddad');
const schools = [karim.school, (karim.school === 1 ? 2 : 1) as SchoolId] as const;
beforeAll(async () => {
  for (const subject of SUBJECTS)
    await town.send('claire.lefevre', ['karim.haddad'], {
      subject,
      file: { name: 'a.txt', bytes: TEXT },
    });
});
afterAll(() => town.close());

interface Letter {
  readonly id: MessageId;
  readonly school: SchoolId;
  readonly isHere: boolean;
  readonly object: string | null;
}

/** Karim's letters, in whichever school he is. */
async function letters(): Promise<readonly Letter[]> {
  const { rows } = await town.admin.query<Letter>(
    `select m.id::integer as id, m.school_id as school, m.raw is not null as "isHere", a.object
     from entry e
       join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id
       join account c on c.school_id = b.school_id and c.id = b.account_id
       join message m on m.school_id = e.school_id and m.id = e.message_id
       left join away_body a on a.school_id = m.school_id and a.message_id = m.id
     where c.address_id = $1 and m.subject = any($2)`,
    [karim.addressId, SUBJECTS],
  );
  return rows;
}

/** The day comes for what is on the list. */
const dayComes = async (): Promise<unknown> =>
  town.admin.query('update gone_body set at = least(at, $1)', [
    new Date(town.clock.now.getTime() - 2 * BODY_GONE_DAYS * DAY_MS),
  ]);

const bodiesOn = (store: Store, on: BodyStore) =>
  openBodies({
    store,
    bodyStore: on,
    clock: () => town.clock.now,
    random: () => 0,
    log: pino({ level: 'silent' }),
  });

type Act = Parameters<typeof inTurns>[1][number]['act'];

function actsOf({ id, school }: Letter): Readonly<Record<string, Act>> {
  const owner = { kind: 'letter', message: id } as const;
  const [to = school] = schools.filter((one) => one !== school);
  return {
    move: ({ store, bodyStore: on }) => moveBody(store, on, { school, owner, now: town.clock.now }),
    again: ({ store, bodyStore: on }) =>
      moveBody(store, on, { school, owner, now: town.clock.now }),
    tidyAgain: ({ store, bodyStore: on }) => bodiesOn(store, on).tidy(never),
    back: ({ store, bodyStore: on }) => bodiesOn(store, on).bringBack(never),
    tidy: ({ store, bodyStore: on }) => bodiesOn(store, on).tidy(never),
    look: ({ store, bodyStore: on }) => bodiesOn(store, on).look(never),
    carry: ({ store }) =>
      store.town((tx) => carryAccounts(tx, { from: school, to, addresses: [karim.addressId] })),
  };
}

/** Mostly one whose bytes are here, to be moved. */
async function chosen(random: Random): Promise<Letter> {
  const all = await letters();
  const here = all.filter(({ isHere }) => isHere);
  return random.pick(here.length > 0 ? here : all);
}

/** Some of these at once, in an order of chance; the steps they took. */
async function interleave(random: Random): Promise<readonly string[]> {
  const acts = actsOf(await chosen(random));
  const mayCarry = random.between(1, CARRIED_ONE_IN) === 1;
  const names = random.shuffled(Object.keys(acts).filter((name) => mayCarry || name !== 'carry'));
  const actors = names.slice(0, random.between(2, 4)).flatMap((name) => {
    const act = acts[name];
    const diesAt = random.between(1, DIES_ONE_IN) === 1 ? random.between(0, 5) : null;
    return act === undefined ? [] : [{ name, act, diesAt }];
  });
  let last = '';
  return inTurns({ store: town.store, bodyStore }, actors, {
    pick(waiting) {
      const goesOn = waiting.includes(last) && random.between(1, OTHER_ONE_IN) > 1;
      return (last = goesOn ? last : random.pick(waiting));
    },
    async between() {
      if (random.between(1, DAY_ONE_IN) === 1) await dayComes();
    },
  });
}

async function interleavings(count: number): Promise<void> {
  const seed = randomInt(2 ** 31);
  const random = seeded(seed);
  for (let nth = 0; nth < count; nth += 1) {
    const steps = await interleave(random).catch((error: unknown) => {
      throw new Error(`seed ${seed}, interleaving ${nth}`, { cause: error });
    });
    const broken = (await letters()).filter(
      ({ isHere, object }) => isHere !== (object === null) || (object && !objects.has(object)),
    );
    expect(broken, `seed ${seed}, interleaving ${nth}: ${steps.join(' ')}`).toEqual([]);
  }
  const bodies = bodiesOn(town.store, bodyStore);
  await bodies.look(never);
  await dayComes();
  await bodies.tidy(never);
  const named = (await town.admin.query<{ object: string }>('select object from away_body')).rows;
  const used = new Set(named.map(({ object }) => object));
  expect(
    [...objects.keys()].filter((object) => !used.has(object)),
    `seed ${seed}`,
  ).toEqual([]);
  expect((await town.admin.query('select from gone_body')).rowCount, `seed ${seed}`).toBe(0);
  await bodies.bringBack(never);
  expect((await letters()).every(({ isHere }) => isHere)).toBe(true);
  expect(await town.faults()).toEqual([]);
  console.log(`bodies: ${count} interleavings from seed ${seed} in turns: none lost, none left`);
}

it('whoever slept until its object was deleted names it no more', async () => {
  const [letter] = await letters();
  if (letter === undefined) throw new Error('no letter');
  const sleeping: BodyStore = {
    ...bodyStore,
    async put(body) {
      await bodyStore.put(body);
      await dayComes();
      expect(await bodiesOn(town.store, bodyStore).tidy(never)).toBeGreaterThan(0);
    },
  };
  const { school, id } = letter;
  const owner = { kind: 'letter', message: id } as const;
  await bodiesOn(town.store, bodyStore).bringBack(never);
  expect(await moveBody(town.store, sleeping, { school, owner, now: town.clock.now })).toBeNull();
  expect((await letters()).every(({ isHere }) => isHere)).toBe(true);
});

it(`lose nothing in ${FEW} interleavings`, () => interleavings(FEW));

it(`lose nothing in ${MANY} interleavings`, SOAKED, () => interleavings(MANY));
