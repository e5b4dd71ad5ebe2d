import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { breakingStore } from '../../../tests/shared/breaking-store.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { MailboxId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { Mailboxes } from './contract.ts';
import { openMailboxes } from './mailboxes.ts';
import { ALL, bring, mailboxAt, must, only, ready, rowsOf } from './testing/letters.ts';

let town: TestTown;
let mailboxes: Mailboxes;
let claire: Viewer;
let karim: Viewer;
let lina: Viewer;
let board: MailboxId;

beforeAll(async () => {
  town = await openTestTown();
  ({ mailboxes } = town.core);
  [claire, karim, lina] = await Promise.all([
    town.viewer('claire.lefevre'),
    town.viewer('karim.haddad'),
    town.viewer('lina.moreau'),
  ]);
});
beforeEach(async () => {
  board = must(await mailboxes.create(claire, 'Panneau', null)).id;
  await bring(town, claire, board);
});
afterEach(async () => {
  const boards = (await mailboxes.list(claire)).filter(({ path }) => path.startsWith('Panneau'));
  for (const { path } of boards.toReversed()) must(await mailboxes.remove(claire, path));
});
afterAll(() => town.close());

const set = (rights: string) => ({ how: 'set', rights }) as const;
/** The board, as a colleague sees it. */
const SHARED = 'Partagés/Claire Lefèvre/Panneau';

describe('rights on a board', () => {
  it('let a colleague look, and do nothing more', async () => {
    must(await mailboxes.grant(claire, board, { identifier: karim.address, change: set('lr') }));
    const shared = await mailboxAt(town, karim, SHARED);
    expect(shared).toMatchObject({
      id: board,
      rights: 'lr',
      isOwn: false,
      use: null,
      owner: claire.account,
      total: 1,
    });
    expect(
      (await mailboxes.list(karim))
        .filter(({ path }) => path.startsWith('Partagés'))
        .map(({ kind, path }) => `${kind} ${path}`),
    ).toEqual(['branch Partagés', 'branch Partagés/Claire Lefèvre', `mailbox ${SHARED}`]);
    expect(await mailboxes.open(karim, board)).toMatchObject({
      readOnly: true,
      permanentFlags: [],
    });
    const seen = { uids: ALL, change: 'add', flags: ['\\Seen'], unchangedSince: null } as const;
    const lacks = (right: string) => ({ kind: 'no-permission', right });
    expect(await mailboxes.store(karim, board, seen)).toEqual(lacks('s'));
    expect(await mailboxes.append(karim, board, [await ready(town, karim)])).toEqual(lacks('i'));
    expect(await mailboxes.expunge(karim, board, null)).toEqual(lacks('e'));
    expect(await mailboxes.rights(karim, board)).toEqual(lacks('a'));
    expect(await mailboxes.remove(karim, SHARED)).toEqual(lacks('x'));
    expect(await mailboxes.create(karim, `${SHARED}/x`, null)).toEqual(lacks('k'));
  });
  it('let a colleague in as far as they go, and out again', async () => {
    must(await mailboxes.grant(claire, board, { identifier: karim.address, change: set('lr') }));
    must(
      await mailboxes.grant(claire, board, {
        identifier: karim.address,
        change: { how: 'add', rights: 'sik' },
      }),
    );
    expect(
      must(await mailboxes.rights(claire, board)).map(
        ({ identifier, rights }) => `${identifier} ${rights}`,
      ),
    ).toEqual([`${claire.address} lrswikxtea`, `${karim.address} lrsik`]);
    must(
      await mailboxes.append(karim, board, [
        await ready(town, karim, { flags: ['\\Seen', '\\Deleted', 'Rouge'] }),
      ]),
    );
    expect((await rowsOf(town, karim, board, { flags: true })).flags).toEqual(['', '\\Seen']);
    expect(must(await mailboxes.create(karim, `${SHARED}/Photos`, null))).toMatchObject({
      owner: claire.account,
      rights: 'lrsik',
    });
    expect((await mailboxAt(town, claire, 'Panneau')).hasChildren).toBe(true);
    must(await mailboxes.grant(claire, board, { identifier: karim.address, change: set('') }));
    expect([await mailboxes.open(karim, board), await mailboxes.find(karim, SHARED)]).toEqual([
      null,
      null,
    ]);
  });
  it('let a pupil read, and nothing that would be a way to write', async () => {
    for (const rights of ['lri', 'x', 'lrk', 'a', 'e', 't', 'w'])
      expect(
        await mailboxes.grant(claire, board, { identifier: lina.address, change: set(rights) }),
      ).toEqual({
        kind: 'cannot',
        why: 'pupil',
      });
    expect(must(await mailboxes.grantable(claire, board, lina.address))).toEqual({
      always: '',
      maybe: ['l', 'r', 's'],
    });
    must(await mailboxes.grant(claire, board, { identifier: lina.address, change: set('lrs') }));
    must(
      await mailboxes.store(lina, board, {
        uids: only(1),
        change: 'add',
        flags: ['\\Seen'],
        unchangedSince: null,
      }),
    );
    expect(
      await mailboxes.store(lina, board, {
        uids: only(1),
        change: 'add',
        flags: ['coucou'],
        unchangedSince: null,
      }),
    ).toEqual({ kind: 'no-permission', right: 'w' });
    await town.admin.query(
      `update mailbox_right set rights = 'lrswikxtea' where mailbox_id = $1 and account_id = $2`,
      [board, lina.account],
    );
    expect((await mailboxes.open(lina, board))?.mailbox.rights).toBe('lrs');
    const own = await mailboxAt(town, lina, 'INBOX');
    expect(
      await mailboxes.grant(lina, own.id, { identifier: karim.address, change: set('lr') }),
    ).toEqual({
      kind: 'cannot',
      why: 'pupil',
    });
    expect(own.rights).toBe('lrswikte');
  });
  it('are for whom the owner may write to, in their own school', async () => {
    expect(
      await mailboxes.grant(claire, board, {
        identifier: 'nobody@ecoles.preau.test',
        change: set('lr'),
      }),
    ).toEqual({
      kind: 'cannot',
      why: 'not-in-town',
    });
    expect(
      await mailboxes.grant(claire, board, { identifier: 'anyone', change: set('lr') }),
    ).toEqual({
      kind: 'cannot',
      why: 'not-in-town',
    });
    expect(
      await mailboxes.grant(claire, board, { identifier: claire.address, change: set('lr') }),
    ).toEqual({
      kind: 'cannot',
      why: 'own-rights',
    });
    const {
      rows: [other],
    } = await town.admin.query<{ address: string }>(
      `
        select d.local || '@' || d.domain as address
        from account a join address d on d.id = a.address_id
        where a.school_id = 2 and a.role = 'teacher'
        limit 1
      `,
    );
    expect(
      await mailboxes.grant(claire, board, { identifier: other?.address ?? '', change: set('lr') }),
    ).toEqual({
      kind: 'cannot',
      why: 'not-in-town',
    });
    expect(
      await mailboxes.grant(claire, (await mailboxAt(town, claire, 'INBOX')).id, {
        identifier: karim.address,
        change: set('lrx'),
      }),
    ).toEqual({ kind: 'cannot', why: 'system-mailbox' });
  });
  it('show pupils and families what the rules of today let them have, whatever was given before', async () => {
    const [karine, head] = await Promise.all([
      town.viewer('karine.moreau'),
      town.viewer('mamadou.diallo'),
    ]);
    must(await mailboxes.grant(claire, board, { identifier: karine.address, change: set('lr') }));
    const opened = await mailboxes.open(karine, board);
    const path = opened?.mailbox.path ?? '';
    const rows = async (as: Viewer): Promise<number> => {
      let read = 0;
      const wish = { uids: ALL, columns: { flags: true } };
      for await (const { uids } of mailboxes.fetch(as, board, wish)) read += uids.length;
      return read;
    };
    const all = await rows(claire);
    expect(all).toBeGreaterThan(0);
    expect([await rows(karine), opened && (await rows(opened.viewer))]).toEqual([all, all]);
    const block = async (blocked: boolean) => {
      const { rows } = await town.admin.query<{ id: number }>(
        `select a.id::integer from account a join guardianship g on g.school_id = a.school_id
          and g.child_address_id = a.address_id where g.guardian_address_id = ${karine.addressId}`,
      );
      for (const { id } of rows)
        await town.core.people.blockGuardian(head, head.school, {
          account: id as Viewer['account'],
          guardian: karine.addressId,
          blocked,
        });
    };
    await block(true);
    expect([
      await mailboxes.open(karine, board),
      await mailboxes.open(karine, path),
      await mailboxes.find(karine, path),
      await mailboxes.since(karine, board, 1),
      await mailboxes.search(karine, board, { what: { kind: 'all' } }),
    ]).toEqual([null, null, null, null, null]);
    expect((await mailboxes.list(karine)).filter((one) => one.path.startsWith('Partagés'))).toEqual(
      [],
    );
    const inbox = (await mailboxAt(town, karine, 'INBOX')).id;
    expect(await mailboxes.copy(karine, board, { uids: ALL, to: inbox })).toEqual({
      kind: 'nonexistent',
    });
    // Nobody who was looked at: neither what is read nor what is told beside it.
    expect([
      await rows(karine),
      await mailboxes.quota(karine, board),
      (await mailboxes.deleted(karine, board)).total,
      (await mailboxes.annotations(karine, board)).kind,
      (await mailboxes.subscribe(karine, path, 'on')).kind,
    ]).toEqual([0, null, 0, 'nonexistent', 'nonexistent']);
    // Who had it open is told that it is gone by the next look, and reads what they had till then.
    expect(opened && (await rows(opened.viewer))).toBe(all);
    await block(false);
    expect((await mailboxes.open(karine, board))?.mailbox.rights).toBe('lr');
  });
});

it('ask the rules when a mailbox is opened, and not again at each command in it', async () => {
  const karine = await town.viewer('karine.moreau');
  for (const person of [karine, karim])
    must(await mailboxes.grant(claire, board, { identifier: person.address, change: set('lr') }));
  const counting = breakingStore(town.store, town.admin, 0);
  const fresh = openMailboxes({ ...town.parts, store: counting.store });
  const roundTrips = async (as: Viewer): Promise<number> => {
    const before = counting.roundTrips();
    for await (const _ of fresh.fetch(as, board, { uids: ALL, columns: { flags: true } }));
    return counting.roundTrips() - before;
  };
  const opened = await fresh.open(karine, board);
  if (!opened) throw new Error('not open');
  const [within, anew, ofAdult] = [
    await roundTrips(opened.viewer),
    await roundTrips(karine),
    await roundTrips(karim),
  ];
  expect(within).toBe(ofAdult);
  expect(anew).toBeGreaterThan(within);
});

describe('annotations', () => {
  const note = (entry: string, value: string | null) => [
    { entry, value: value === null ? null : Buffer.from(value) },
  ];

  it('are one’s own or everybody’s, of a mailbox or of the account', async () => {
    must(await mailboxes.grant(claire, board, { identifier: karim.address, change: set('lr') }));
    must(
      await mailboxes.annotate(claire, board, [
        ...note('/private/comment', 'à moi'),
        ...note('/shared/comment', 'à tous'),
      ]),
    );
    must(await mailboxes.annotate(karim, board, note('/private/comment', 'à Karim')));
    const seen = async (who: Viewer) =>
      must(await mailboxes.annotations(who, board)).map(
        ({ entry, value }) => `${entry} ${value.toString()}`,
      );
    expect([await seen(claire), await seen(karim)]).toEqual([
      ['/private/comment à moi', '/shared/comment à tous'],
      ['/private/comment à Karim', '/shared/comment à tous'],
    ]);
    expect(await mailboxes.annotate(karim, board, note('/shared/comment', 'non'))).toEqual({
      kind: 'no-permission',
      right: 'w',
    });
    must(await mailboxes.annotate(claire, board, note('/shared/comment', null)));
    expect(await seen(karim)).toEqual(['/private/comment à Karim']);
    must(await mailboxes.annotate(claire, null, note('/private/vendor/x/sig', 'C.')));
    expect(must(await mailboxes.annotations(claire, null)).map(({ entry }) => entry)).toEqual([
      '/private/vendor/x/sig',
    ]);
    expect(must(await mailboxes.annotations(karim, null))).toEqual([]);
    expect(await mailboxes.annotate(claire, null, note('/shared/admin', 'x'))).toEqual({
      kind: 'no-permission',
      right: null,
    });
  });
  it('have marks, of those that one may see, and another one for another value', async () => {
    must(await mailboxes.grant(claire, board, { identifier: karim.address, change: set('lr') }));
    must(await mailboxes.annotate(karim, board, note('/private/comment', 'à Karim')));
    must(
      await mailboxes.annotate(claire, board, [
        ...note('/private/comment', 'à moi'),
        ...note('/shared/comment', 'à tous'),
      ]),
    );
    const marks = async (who: Viewer) =>
      (await mailboxes.annotationMarks(who, [board])).map(({ entry, mark }) => `${entry} ${mark}`);
    const before = await marks(karim);
    expect(before.map((mark) => mark.split(' ')[0])).toEqual([
      '/private/comment',
      '/shared/comment',
    ]);
    must(await mailboxes.annotate(claire, board, note('/private/comment', 'autre')));
    expect(await marks(karim)).toEqual(before);
    must(await mailboxes.annotate(claire, board, note('/shared/comment', 'autre')));
    expect(await marks(karim)).not.toEqual(before);
    must(await mailboxes.annotate(claire, board, note('/shared/comment', null)));
  });
  it('stand beside INBOX and beside what it is renamed to (RFC 5464 §4.1)', async () => {
    const inbox = (await mailboxes.find(claire, 'INBOX'))?.id ?? null;
    must(await mailboxes.annotate(claire, inbox, note('/private/comment', 'Arrivées')));
    expect(await mailboxes.annotationMarks(karim, [inbox])).toEqual([]);
    must(await mailboxes.rename(claire, 'INBOX', 'Ancienne boîte'));
    for (const path of ['INBOX', 'Ancienne boîte'])
      expect(
        must(
          await mailboxes.annotations(claire, (await mailboxes.find(claire, path))?.id ?? null),
        ).map(({ entry }) => entry),
        path,
      ).toEqual(['/private/comment']);
  });
  it('are bounded, and all or none', async () => {
    const before = must(await mailboxes.annotations(claire, null));
    expect(
      await mailboxes.annotate(claire, null, note('/private/a', 'x'.repeat(8_193))),
    ).toMatchObject({ kind: 'limit', what: 'annotation-size' });
    for (const entry of [
      'comment',
      '/private',
      '/private/',
      '/private/*',
      '/other/x',
      '/private//x',
    ])
      expect(await mailboxes.annotate(claire, null, note(entry, 'x'))).toEqual({
        kind: 'cannot',
        why: 'annotation',
      });
    expect(
      await mailboxes.annotate(
        claire,
        null,
        Array.from({ length: 51 }, (_, index) => note(`/private/n${index}`, 'x')).flat(),
      ),
    ).toMatchObject({ kind: 'limit', what: 'annotations' });
    expect(must(await mailboxes.annotations(claire, null))).toEqual(before);
  });
});

it('a pupil’s mail program is the school’s to allow', async () => {
  const head = await town.viewer('mamadou.diallo');
  expect([claire.mailPrograms, head.mailPrograms, lina.mailPrograms]).toEqual([true, true, true]);
  for (const pupilPrograms of [false, true]) {
    expect(await town.core.schoolSettings.save(head, head.school, { pupilPrograms })).toBe('saved');
    expect((await town.viewer('lina.moreau')).mailPrograms).toBe(pupilPrograms);
  }
});
