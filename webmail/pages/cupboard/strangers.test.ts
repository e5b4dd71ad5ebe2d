/**
 * Whatever lies in a cupboard has addresses that can be guessed: numbers. Who has no part in one,
 * no part any more, or no session, gets nothing from any of them, neither whole nor a part.
 */
import { beforeAll, expect, it } from 'vitest';
import { smallPdf } from '../../../cli/demo/files.ts';
import { grainyPng } from '../../../core/letters/message/testing/documents.ts';
import type { CupboardRef, ItemRef } from '../../../core/school/cupboard/contract.ts';
import { ownClassOf } from '../../../core/school/week/testing/week-town.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { guest } from '../../testing/guest.ts';
import { openTownPages } from '../../testing/served.ts';

const { town, app, enter } = await openTownPages();
const SECRET = 'Le secret de la classe';
const FILES = [
  { name: 'a.txt', mediaType: 'text/plain', bytes: Buffer.from(SECRET) },
  { name: 'b.png', mediaType: 'image/png', bytes: grainyPng(40, 40) },
  smallPdf('c.pdf', [SECRET]),
];
/** What one asks of a file or a folder. */
const WAYS = [
  '',
  '/content',
  '/content?as=picture',
  '/content?as=sound',
  '/content?as=film',
  '/content?as=pdf',
  '/content?version=1',
  '/small',
  '/pages',
  '/picture?page=1',
  '/all.zip',
  '/change',
  '/move',
];

let addresses: readonly string[];
let own: readonly string[];
beforeAll(async () => {
  const { cupboards } = town.core;
  const claire = await town.viewer('claire.lefevre');
  const lists = (await cupboards.list(claire)).filter(({ ref }) => ref.school === claire.school);
  const items: ItemRef[] = [];
  for (const { ref } of lists) items.push(...(await filled(ref)));
  const lowest = Math.min(...items.map(({ item }) => item));
  // Those that are there, and those about them that somebody guesses.
  const numbers = Array.from({ length: items.length + 6 }, (_, at) => lowest - 3 + at);
  own = items.map(({ school, item }) => `/stored/${school}/${item}`);
  addresses = [
    ...numbers.flatMap((item) => WAYS.map((way) => `/stored/${claire.school}/${item}${way}`)),
    ...lists.flatMap(({ ref }) => {
      const whose = 'classId' in ref ? ref.classId : ref.place;
      const at = `/cupboards/${ref.school}/${whose}`;
      return whose === 'own'
        ? []
        : [at, `${at}/bin`, `${at}/largest`, `${at}/find?q=a`, `${at}/all.zip`];
    }),
  ];

  async function filled(ref: CupboardRef): Promise<readonly ItemRef[]> {
    const made = await cupboards.makeFolder(claire, ref, 'Dossier');
    const into = made.kind === 'done' ? made.ref : ref;
    const refs: ItemRef[] = made.kind === 'done' ? [made.ref] : [];
    for (const file of FILES) {
      const put = await cupboards.put(claire, into, file);
      if (put?.kind === 'put') refs.push(put.ref);
    }
    return refs;
  }
});

const RANGES = [{}, { range: 'bytes=0-3' }, { range: 'bytes=-5' }];

/**
 * Of what there is, one address in eleven: an item is asked for in one of thirteen ways, the next
 * one in another. The soak asks for the rest.
 */
const ONE_IN = 11;
const some = (): readonly string[] => sliced(ONE_IN, addresses).some;
const rest = (): readonly string[] => sliced(ONE_IN, addresses).rest;

/** Gives the addresses that gave somebody anything, and what it was. */
async function opened(
  visitor: Awaited<ReturnType<typeof enter>>,
  asked = some(),
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const address of asked)
    for (const headers of address.includes('content') ? RANGES : [{}]) {
      const { statusCode, body } = await visitor.get(address, headers);
      if (statusCode < 300 || statusCode === 304 || body.includes(SECRET)) found.push(address);
    }
  return found;
}

async function teacherElsewhere(): Promise<string> {
  const { school } = await town.viewer('claire.lefevre');
  const { rows } = await town.admin.query<{ local: string }>(
    `select a.local
      from account c join address a on a.id = c.address_id
      where c.school_id <> $1 and c.state = 'active' and c.role = 'teacher' limit 1`,
    [school],
  );
  const [other] = rows;
  if (other === undefined) throw new Error('nobody teaches in another school');
  return other.local;
}

async function childOfAnotherClass(): Promise<string> {
  const claire = await town.viewer('claire.lefevre');
  const { rows } = await town.admin.query<{ local: string }>(
    `select a.local
      from account c
        join address a on a.id = c.address_id
        join membership m on m.address_id = a.id and m.role = 'pupil' and m.until_date is null
      where c.school_id = $1
        and c.state = 'active'
        and m.class_id not in (select t.class_id from membership t where t.address_id = $2)
      limit 1`,
    [claire.school, claire.addressId],
  );
  const [other] = rows;
  if (other === undefined) throw new Error('no child of another class');
  return other.local;
}

const isStored = (address: string): boolean => address.startsWith('/stored');

it('is there for its teacher at the same addresses, so that they are the right ones', async () => {
  const claire = await enter('claire.lefevre');
  expect(own.length).toBeGreaterThan(8);
  for (const address of sliced(4, own).some)
    expect((await claire.get(address)).statusCode, address).toBe(200);
  expect((await opened(claire)).length).toBeGreaterThan(3);
});

it('gives nothing to who belongs to another school, nor to an agent of the town', async () => {
  for (const local of [await teacherElsewhere(), 'hugues.armand'])
    expect(await opened(await enter(local)), local).toEqual([]);
});

it('gives nothing that lies there to a child of another class of the school', async () => {
  const local = await childOfAnotherClass();
  expect((await opened(await enter(local))).filter(isStored), local).toEqual([]);
});

it('gives nothing to who has no session', async () => {
  expect(await opened(guest(app))).toEqual([]);
});

it('gives none of them anything at the other addresses', SOAKED, async () => {
  const strangers = [await teacherElsewhere(), 'hugues.armand'];
  for (const local of strangers)
    expect(await opened(await enter(local), rest()), local).toEqual([]);
  const child = await enter(await childOfAnotherClass());
  expect((await opened(child, rest())).filter(isStored)).toEqual([]);
  expect(await opened(guest(app), rest())).toEqual([]);
  expect((await opened(await enter('claire.lefevre'), rest())).length).toBeGreaterThan(32);
});

it('says to none of them of what was thrown away that it was there', async () => {
  const claire = await town.viewer('claire.lefevre');
  const at = { school: claire.school, classId: ownClassOf(claire) };
  const put = await town.core.cupboards.put(claire, at, smallPdf('d.pdf', [SECRET]));
  if (put?.kind !== 'put') throw new Error('not put');
  await town.core.cupboards.throwAway(claire, put.ref);
  const ways = ['name', 'show', 'throw', 'move', 'out'];
  for (const local of [await teacherElsewhere(), 'hugues.armand', await childOfAnotherClass()]) {
    const stranger = await enter(local);
    const csrf = await stranger.csrf('/mail/inbox');
    const form = { csrf, name: 'x.txt', sees: 'pupils', at: 'school=1&cupboard=1' };
    const said = async (item: number) =>
      Promise.all(
        ways.map(async (way) => {
          const { statusCode, body } = await stranger.post(`/stored/1/${item}/${way}`, form);
          return [statusCode, body.length];
        }),
      );
    const nothing = await said(999_999);
    expect([local, nothing.map(([status]) => status)]).toEqual([local, ways.map(() => 404)]);
    expect([local, await said(put.ref.item)]).toEqual([local, nothing]);
  }
});

it('gives nothing to a child whose class it isn’t any more', async () => {
  const lina = await enter('lina.moreau');
  expect((await opened(lina, sliced(2, own).some)).length).toBeGreaterThan(0);
  const { addressId } = await town.viewer('lina.moreau');
  await town.admin.query(
    `update membership set until_date = '2026-11-01' where address_id = $1 and role = 'pupil'`,
    [addressId],
  );
  await town.admin.query('update school set roster_version = roster_version + 1');
  expect(await opened(await enter('lina.moreau'))).toEqual([]);
});
