import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AccountId, AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import { loadSecret } from '../../ground/secret.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { dueRows } from '../../store/due.ts';
import { own } from '../../store/own.ts';
import type { Card } from '../codes/contract.ts';
import { pictureHash } from '../codes/picture-code.ts';
import { DOMAIN, openCodeTown, type CodeTown } from './testing/code-town.ts';

const TILLEULS = 1 as SchoolId;
let town: CodeTown;
let head: Viewer;
let ce1: ClassId;
let cp: ClassId;
let stop: { close(): Promise<void> };

beforeAll(async () => {
  town = await openCodeTown();
  head = await town.viewer('mamadou.diallo');
  ce1 = await town.classId(head, 'CE1 A');
  cp = await town.classId(head, 'CP');
  stop = await town.core.jobs.start(null);
});
afterAll(async () => {
  await stop?.close();
  await town?.close();
});

const cards = async (classId: ClassId): Promise<readonly Card[]> =>
  (
    await town.core.codes.printSheet(head, {
      class: classId,
      kind: 'pictures',
      families: 'without',
      format: 'pdf',
    })
  )?.cards ?? [];
const picturesOf = (card: Card | undefined): readonly string[] =>
  card?.code.kind === 'pictures' ? card.code.pictures : [];

async function person(
  address: string,
): Promise<{ account: AccountId; id: AddressId; school: SchoolId }> {
  const row = await town.store.town((tx) =>
    tx.db
      .selectFrom('address')
      .selectAll()
      .where('local', '=', address.split('@')[0] ?? '')
      .executeTakeFirstOrThrow(),
  );
  return {
    account: row.target_id as AccountId,
    id: row.id,
    school: row.school_id,
  };
}

async function joins(address: string, classId: ClassId): Promise<void> {
  const { id } = await person(address);
  await town.store.write(TILLEULS, async (tx) => {
    await own(tx)
      .updateTable('membership', { address_id: id })
      .set({ until_date: '2020-01-01' })
      .execute();
    await own(tx)
      .insertInto('membership', {
        class_id: classId,
        address_id: id,
        role: 'pupil',
        // later than those who were here before, whenever that was
        from_date: new Date().toISOString().slice(0, 10),
        until_date: null,
      })
      .execute();
  });
}

/** Until the worker has looked at everything. */
async function settled(): Promise<void> {
  for (let each = 0; each < 200; each += 1) {
    if (
      (
        await town.store.town((tx) =>
          dueRows(tx, { now: new Date(Date.now() + 1_000_000), kinds: ['pictures'], limit: 9 }),
        )
      ).length === 0
    )
      return;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error('never settled');
}

it('a child who comes into a class keeps their pictures, unless a classmate has them: then they end and the teacher is told', async () => {
  const mates = await cards(ce1);
  const [mate] = mates;
  const taken = new Set(mates.map((card) => picturesOf(card).join()));
  // Of 24 classmates one may have somebody's pictures by chance, 24 times in 1,320.
  const [mover, lucky] = (await cards(cp)).filter((card) => !taken.has(picturesOf(card).join()));
  if (!mover || !lucky || !mate) throw new Error('no cards');
  // Here on purpose.
  const secret = loadSecret(town.core.config.secretFile);
  const { account } = await person(mover.address);
  await town.store.write(TILLEULS, (tx) =>
    own(tx)
      .updateTable('picture_code', { account_id: account })
      .set({ code_hash: pictureHash(secret, { school: TILLEULS, account }, picturesOf(mate)) })
      .execute(),
  );
  await joins(mover.address, ce1);
  await joins(lucky.address, ce1);
  town.pass(60); // the database’s clock went on meanwhile, the town’s did not
  await settled();
  const kept = new Map(
    (await town.core.codes.pupils(head, ce1))?.map(({ face, code }) => [
      face.address,
      code?.kind ?? null,
    ]),
  );
  expect([mover, lucky, mate].map(({ address }) => kept.get(address))).toEqual([
    null,
    'pictures',
    'pictures',
  ]);
  const told = (await town.inbox('claire.lefevre')).filter((subject) =>
    subject.startsWith('De nouvelles images pour'),
  );
  expect(told).toEqual([`De nouvelles images pour ${mover.displayName}`]);
  const card = await town.core.codes.resetCode(await town.viewer('claire.lefevre'), {
    class: ce1,
    child: account,
    kind: 'pictures',
  });
  expect(picturesOf(card ?? undefined)).not.toEqual(picturesOf(mate));
});

/** A pupil of Pasteur who attends CE1 A as well. */
function guestFromPasteur() {
  return town.store.town(async (tx) => {
    const pasteur = (
      await tx.db
        .selectFrom('school')
        .select('id')
        .where('slug', '=', 'pasteur')
        .executeTakeFirstOrThrow()
    ).id;
    const row = await (
      await tx.in(pasteur)
    ).db
      .selectFrom('account as a')
      .innerJoin('address as d', 'd.id', 'a.address_id')
      .select(['a.id', 'a.address_id', 'a.display_name', 'a.given_name', 'd.local'])
      .where('a.school_id', '=', pasteur)
      .where('a.role', '=', 'pupil')
      .orderBy('a.id')
      .executeTakeFirstOrThrow();
    await tx.db
      .updateTable('address')
      .set({ present_in: [1 as SchoolId] })
      .where('id', '=', row.address_id)
      .execute();
    await (
      await tx.in(TILLEULS)
    ).db
      .insertInto('membership')
      .values({
        school_id: TILLEULS,
        class_id: ce1,
        address_id: row.address_id,
        role: 'pupil',
        from_date: '2026-11-01',
        until_date: null,
      })
      .execute();
    return { ...row, pasteur };
  });
}

it('a child whose home is another school is on the tiles and sheets of the class they attend, and comes in there', async () => {
  const guest = await guestFromPasteur();
  const address = `${guest.local}@${DOMAIN}`;
  const teacher = await town.viewer('claire.lefevre');
  const sheet = await cards(ce1);
  const card = sheet.find((one) => one.address === address);
  expect(card).toMatchObject({ displayName: guest.display_name, code: { kind: 'pictures' } });
  expect(new Set(sheet.map((one) => picturesOf(one).join())).size).toBe(sheet.length);
  const opened = await town.core.codes.openBrowser(teacher, ce1, null);
  const shown = (await town.core.codes.browser(opened?.token ?? ''))?.classes[0]?.children.find(
    ({ account }) => account === guest.id,
  );
  expect(shown?.name).toContain(guest.given_name);
  expect(
    await town.core.codes.signInByPictures(opened?.token ?? '', {
      class: ce1,
      child: guest.id,
      pictures: picturesOf(card),
    }),
  ).toMatchObject({ kind: 'welcome', viewer: { school: guest.pasteur, address } });
  const reset = await town.core.codes.resetCode(teacher, {
    class: ce1,
    child: guest.id,
    kind: 'pictures',
  });
  expect(picturesOf(reset ?? undefined)).not.toEqual(picturesOf(card));
  const audit = await town.store.read(guest.pasteur, (tx) =>
    own(tx).selectFrom('audit').select(['act', 'subject']).execute(),
  );
  expect(audit).toContainEqual({ act: 'print-codes', subject: { school: 1, codes: 1 } });
});
