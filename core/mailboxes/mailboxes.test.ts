import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MailboxId, SchoolId, Uid } from '../ids.ts';
import { openTestTown, rawLetter, type TestTown } from '../testing/town.ts';
import type { Viewer } from '../viewer.ts';
import type { Mailboxes } from './contract.ts';
import { ALL, bring, mailboxAt, must, only, ready, rowsOf } from './testing/letters.ts';

const EICAR = Buffer.from(
  'WDVPIVAlQEFQWzRcUFpYNTQoUF4pN0NDKTd9JEVJQ0FSLVNUQU5EQVJELUFOVElWSVJVUy1URVNULUZJTEUhJEgrSCo=',
  'base64',
);
let town: TestTown;
let mailboxes: Mailboxes;
let claire: Viewer;
let karim: Viewer;
let lina: Viewer;
let box: MailboxId;
let boxPath = '';

beforeAll(async () => {
  town = await openTestTown();
  mailboxes = town.core.mailboxes;
  [claire, karim, lina] = await Promise.all([
    town.viewer('claire.lefevre'),
    town.viewer('karim.haddad'),
    town.viewer('lina.moreau'),
  ]);
});
let boxes = 0;
beforeEach(async () => {
  boxPath = `Classe ${(boxes += 1)}`;
  box = must(await mailboxes.create(claire, boxPath, null)).id;
});
afterAll(() => town.close());

const uidsOf = async (mailbox: MailboxId): Promise<number[]> => [
  ...((await mailboxes.open(claire, mailbox))?.uids ?? []),
];

describe('names', () => {
  it('are the six of every account, with their uses, subscribed', async () => {
    const own = (await mailboxes.list(karim)).flatMap((one) =>
      one.kind === 'mailbox' ? [`${one.path} ${one.use} ${one.subscribed} ${one.rights}`] : [],
    );
    expect(own).toEqual([
      'INBOX inbox true lrswiktea',
      'Brouillons drafts true lrswiktea',
      'Envoyés sent true lrswiktea',
      'Corbeille trash true lrswiktea',
      'Indésirables junk true lrswiktea',
      'Archives archive true lrswiktea',
    ]);
    expect(await mailboxes.find(karim, 'inbox')).toMatchObject({ path: 'INBOX', isOwn: true });
  });
  it('are made with what is missing above them, renamed with what is below, and removed from below', async () => {
    expect(must(await mailboxes.create(claire, `${boxPath}/2026/Sorties/`, null))).toMatchObject({
      path: `${boxPath}/2026/Sorties`,
      hasChildren: false,
      subscribed: false,
    });
    expect(await mailboxAt(town, claire, `${boxPath}/2026`)).toMatchObject({ hasChildren: true });
    expect(await mailboxes.create(claire, `${boxPath}/2026`, null)).toEqual({
      kind: 'already-exists',
    });
    expect(await mailboxes.remove(claire, boxPath)).toEqual({ kind: 'has-children' });
    expect(await mailboxes.rename(claire, boxPath, `${boxPath}/2026/x`)).toEqual({
      kind: 'cannot',
      why: 'below-itself',
    });
    must(await mailboxes.rename(claire, boxPath, `Vieux/${boxPath}`));
    expect(await mailboxes.find(claire, `Vieux/${boxPath}/2026/Sorties`)).toMatchObject({
      id: expect.any(Number) as number,
    });
    expect((await mailboxAt(town, claire, `Vieux/${boxPath}`)).id).toBe(box);
    for (const path of ['/2026/Sorties', '/2026', ''])
      must(await mailboxes.remove(claire, `Vieux/${boxPath}${path}`));
    expect(await mailboxes.find(claire, `Vieux/${boxPath}`)).toBeNull();
  });
  it.each([
    '',
    '/',
    'a//b',
    'a/%',
    '*',
    'a\nb',
    ' ',
    'a/ /b',
    '.',
    '..',
    '../a',
    'a/../b',
    '\u202Eb',
    '\uD800',
  ])('can’t be %j', async (path) =>
    expect(await mailboxes.create(claire, path, null)).toEqual({ kind: 'cannot', why: 'bad-name' }),
  );
  it('are bounded in length and depth', async () => {
    expect(await mailboxes.create(claire, 'x'.repeat(101), null)).toMatchObject({
      kind: 'limit',
      what: 'name',
    });
    expect(
      await mailboxes.create(claire, Array.from({ length: 11 }, () => 'x').join('/'), null),
    ).toMatchObject({ kind: 'limit', what: 'depth' });
    expect(await mailboxes.create(claire, 'Partagés/x', null)).toEqual({
      kind: 'cannot',
      why: 'shared-tree',
    });
  });
  it('of the system stay; INBOX gives its messages to the new name', async () => {
    for (const path of ['Envoyés', 'Corbeille']) {
      expect(await mailboxes.remove(claire, path)).toEqual({
        kind: 'cannot',
        why: 'system-mailbox',
      });
      expect(await mailboxes.rename(claire, path, 'Autre')).toEqual({
        kind: 'cannot',
        why: 'system-mailbox',
      });
    }
    expect(await mailboxes.remove(claire, 'INBOX')).toEqual({
      kind: 'cannot',
      why: 'system-mailbox',
    });
    await town.send('karim.haddad', ['claire.lefevre']);
    const { total } = await mailboxAt(town, claire, 'INBOX');
    must(await mailboxes.rename(claire, 'INBOX', `${boxPath}/Avant`));
    expect([
      (await mailboxAt(town, claire, 'INBOX')).total,
      (await mailboxAt(town, claire, `${boxPath}/Avant`)).total,
    ]).toEqual([0, total]);
  });
  it('that come again have another UIDVALIDITY, and stay subscribed', async () => {
    must(await mailboxes.subscribe(claire, boxPath, true));
    const { uidValidity } = await mailboxAt(town, claire, boxPath);
    must(await mailboxes.remove(claire, boxPath));
    expect((await mailboxes.list(claire)).find(({ path }) => path === boxPath)).toEqual({
      kind: 'gone',
      path: boxPath,
    });
    expect(must(await mailboxes.create(claire, boxPath, 'archive'))).toMatchObject({
      subscribed: true,
      use: 'archive',
    });
    expect((await mailboxAt(town, claire, boxPath)).uidValidity).toBeGreaterThan(uidValidity);
    must(await mailboxes.subscribe(claire, boxPath, false));
    must(await mailboxes.remove(claire, boxPath));
    expect(await mailboxes.subscribe(claire, boxPath, false)).toEqual({ kind: 'nonexistent' });
  });
  it('of another account or school are not there', async () => {
    const stranger = { ...claire, school: 2 as SchoolId };
    for (const who of [karim, lina, stranger]) {
      expect(await mailboxes.open(who, box)).toBeNull();
      expect(await mailboxes.since(who, box, 1)).toBeNull();
      expect(await mailboxes.search(who, box, { kind: 'all' })).toBeNull();
      expect(await mailboxes.expunge(who, box, null)).toEqual({ kind: 'nonexistent' });
      expect(await mailboxes.quota(who, box)).toBeNull();
      expect(await mailboxes.rights(who, box)).toEqual({ kind: 'nonexistent' });
      expect((await rowsOf(town, who, box, { envelope: true })).uids).toEqual([]);
      const own = (await mailboxes.list(who)).find((one) => one.kind === 'mailbox');
      if (own?.kind === 'mailbox') {
        expect(await mailboxes.copy(who, own.id, ALL, box)).toEqual({ kind: 'nonexistent' });
        expect(await mailboxes.move(who, box, ALL, own.id)).toEqual({ kind: 'nonexistent' });
      }
    }
  });
});

describe('what was appended', () => {
  it('is there in order, with its flags and date, was never received, and shows its ready rows', async () => {
    const at = new Date('2020-02-03T04:05:06Z');
    const appended = await Promise.all([
      ready(town, claire, {
        letter: { subject: 'Élan' },
        flags: ['\\seen', '$Forwarded', 'Été'.normalize('NFD').slice(0, 1)],
        at,
      }),
      ready(town, claire, { letter: { subject: 'Deux' } }),
    ]);
    const { to, from, uidValidity } = must(await mailboxes.append(claire, box, appended));
    expect([to, from, uidValidity]).toEqual([
      [1, 2],
      [],
      (await mailboxAt(town, claire, boxPath)).uidValidity,
    ]);
    const rows = await rowsOf(town, claire, box, {
      flags: true,
      modseq: true,
      internalDate: true,
      size: true,
      savedDate: true,
      preview: true,
      envelope: true,
      body: true,
      bodyStructure: true,
      emailId: true,
      threadId: true,
    });
    expect(rows.flags).toEqual(['\\Seen $Forwarded E', '']);
    expect(rows.internalDates[0]).toBe(at.getTime());
    expect(rows.sizes[0]).toBe(appended[0]?.letter.sizeBytes);
    expect(rows.envelopes[0]).toContain('"Tue, 24 Nov 2026 09:00:00 +0000" ');
    expect(rows.bodyStructures[0]).toMatch(/^\("TEXT" "PLAIN" \("CHARSET" "utf-8"\)/);
    expect(rows.previews).toEqual(['Un mot.', 'Un mot.']);
    expect(new Set(rows.emailIds).size).toBe(2);
    expect(rows.threadIds[0]).toMatch(/^T[0-9a-f]{20}$/);
    const {
      rows: [stored],
    } = await town.admin.query<{ origin: string }>(
      `
        select m.origin
        from entry e join message m on m.id = e.message_id
        where e.mailbox_id = $1
        limit 1
      `,
      [box],
    );
    expect(stored?.origin).toBe('added');
    expect(await town.faults()).toEqual([]);
  });
  it('says on the pages that it was added, where it says that somebody else wrote it', async () => {
    await bring(town, claire, box, { raw: rawLetter(karim.address, [claire.address]) });
    await bring(town, claire, box, { raw: rawLetter(claire.address, [karim.address]) });
    const rows = await town.core.mail.list(claire, box, { before: null, limit: 5 });
    expect(rows.map(({ state, from }) => `${state} ${from.kind} ${from.address}`)).toEqual([
      `normal adult ${claire.address}`,
      `added outside ${karim.address}`,
    ]);
    expect(await town.core.mail.read(claire, box, 1 as Uid)).toMatchObject({
      state: 'added',
      because: { kind: 'added' },
    });
  });
  it('is scanned, read and judged like any other', async () => {
    const infected = rawLetter('a@b.example', [claire.address], {
      file: { name: 'a.txt', bytes: EICAR },
    });
    expect(await mailboxes.receive(claire, Readable.from([infected]))).toMatchObject({
      kind: 'infected',
    });
    const program = rawLetter('a@b.example', [lina.address], {
      file: { name: 'jeu.exe', bytes: Buffer.from('MZ') },
    });
    expect(await mailboxes.receive(lina, Readable.from([program]))).toEqual({
      kind: 'file-kind',
      rule: 'file-kind',
    });
    expect(
      await mailboxes.receive(claire, Readable.from([Buffer.from('A: b\r\n\r\n\0')])),
    ).toMatchObject({ kind: 'malformed' });
    expect(
      await mailboxes.receive(
        lina,
        Readable.from([Buffer.alloc(mailboxes.appendLimit(lina) + 1, 'a')]),
      ),
    ).toMatchObject({ kind: 'too-big' });
  });
  it('takes the place of another, in a full mailbox too, or does not come past the quota', async () => {
    const uid = await bring(town, claire, box);
    const message = await ready(town, claire, { letter: { subject: 'Mieux' } });
    const {
      rows: [usage],
    } = await town.admin.query<{ used: string; quota: string }>(
      'select sum(b.bytes) as used, max(a.quota_bytes) as quota from mailbox b join account a on a.id = b.account_id where a.id = $1',
      [claire.account],
    );
    await town.admin.query('update account set quota_bytes = $1 where id = $2', [
      Number(usage?.used) + 10,
      claire.account,
    ]);
    try {
      expect(await mailboxes.append(claire, box, [message])).toEqual({ kind: 'over-quota' });
      expect(
        await mailboxes.copy(claire, box, ALL, (await mailboxAt(town, claire, 'Archives')).id),
      ).toEqual({ kind: 'over-quota' });
      const replaced = must(await mailboxes.replace(claire, box, uid as Uid, box, message));
      expect(replaced).toMatchObject({ to: [uid + 1], expunged: { uids: [uid] } });
      expect(replaced.expunged.modseq).toBe((await mailboxAt(town, claire, boxPath)).highestModseq);
    } finally {
      await town.admin.query('update account set quota_bytes = $1 where id = $2', [
        usage?.quota,
        claire.account,
      ]);
    }
    expect(await uidsOf(box)).toEqual([uid + 1]);
    expect(await mailboxes.replace(claire, box, 99 as Uid, box, message)).toEqual({
      kind: 'nonexistent',
    });
    expect(await town.faults()).toEqual([]);
  });
});

describe('flags', () => {
  it('change only what changes, and say so by MODSEQ', async () => {
    for (let count = 0; count < 3; count++) await bring(town, claire, box);
    const before = await mailboxes.open(claire, box);
    const first = must(
      await mailboxes.store(claire, box, {
        uids: only(1, 3),
        change: 'add',
        flags: ['\\Seen', 'Projet'],
        unchangedSince: null,
      }),
    );
    expect(first.now).toEqual({
      uids: [1, 3],
      flags: ['\\Seen Projet', '\\Seen Projet'],
      modseqs: [first.modseq, first.modseq],
    });
    expect(first.modseq).toBe((before?.modseq ?? 0) + 1);
    const again = must(
      await mailboxes.store(claire, box, {
        uids: ALL,
        change: 'add',
        flags: ['\\seen', 'projet'],
        unchangedSince: null,
      }),
    );
    expect([[...again.changed], again.now.flags]).toEqual([
      [2],
      ['\\Seen Projet', '\\Seen Projet', '\\Seen Projet'],
    ]);
    const none = must(
      await mailboxes.store(claire, box, {
        uids: ALL,
        change: 'add',
        flags: ['\\Seen'],
        unchangedSince: null,
      }),
    );
    expect([none.modseq, none.changed.size]).toEqual([again.modseq, 0]);
    const held = must(
      await mailboxes.store(claire, box, {
        uids: ALL,
        change: 'set',
        flags: ['\\Flagged'],
        unchangedSince: first.modseq,
      }),
    );
    expect([[...held.changed], held.modified, held.now.flags]).toEqual([
      [1, 3],
      [2],
      ['\\Flagged', '\\Flagged'],
    ]);
    must(
      await mailboxes.store(claire, box, {
        uids: only(2),
        change: 'remove',
        flags: ['PROJET'],
        unchangedSince: null,
      }),
    );
    expect((await rowsOf(town, claire, box, { flags: true })).flags).toEqual([
      '\\Flagged',
      '\\Seen',
      '\\Flagged',
    ]);
    expect(await mailboxAt(town, claire, boxPath)).toMatchObject({ unseen: 2, total: 3 });
    expect(await town.faults()).toEqual([]);
  });
  it('are bounded in number and form', async () => {
    await bring(town, claire, box);
    for (const flag of ['a b', 'x'.repeat(65), 'é', 'a,b', 'a('])
      expect(
        await mailboxes.store(claire, box, {
          uids: ALL,
          change: 'add',
          flags: [flag],
          unchangedSince: null,
        }),
      ).toEqual({ kind: 'cannot', why: 'keyword' });
    expect(
      await mailboxes.store(claire, box, {
        uids: ALL,
        change: 'remove',
        flags: [...Array.from({ length: 60 }, (_, n) => `inconnu${n}`)],
        unchangedSince: null,
      }),
    ).toMatchObject({ kind: 'done' });
    expect(
      await mailboxes.store(claire, box, {
        uids: ALL,
        change: 'add',
        flags: Array.from({ length: 31 }, (_, index) => `k${index}`),
        unchangedSince: null,
      }),
    ).toMatchObject({ kind: 'limit', what: 'keywords' });
  });
});

describe('copies and moves', () => {
  it('map UIDs in order, also of what is there already and within one mailbox', async () => {
    for (let count = 0; count < 3; count++)
      await bring(town, claire, box, { flags: ['\\Deleted', 'Rouge'] });
    const other = must(await mailboxes.create(claire, `${boxPath}/Autre`, null)).id;
    expect(must(await mailboxes.copy(claire, box, only(1, 3), other))).toMatchObject({
      from: [1, 3],
      to: [1, 2],
    });
    expect(must(await mailboxes.copy(claire, box, only(1, 2), other))).toMatchObject({
      from: [1, 2],
      to: [3, 4],
    });
    expect(must(await mailboxes.copy(claire, box, only(2), box))).toMatchObject({
      from: [2],
      to: [4],
    });
    expect(must(await mailboxes.copy(claire, box, only(77), other))).toMatchObject({
      from: [],
      to: [],
    });
    // RFC 8474 §5.1: copies have their original's ids, whether it is in the same mailbox or not.
    const ids = async (mailbox: MailboxId) => {
      const rows = await rowsOf(town, claire, mailbox, { emailId: true, threadId: true });
      return rows.uids.map((_, row) => `${rows.emailIds[row]} ${rows.threadIds[row]}`);
    };
    const [[one, two, three], copied, again] = [
      await ids(box),
      await ids(other),
      (await ids(box))[3],
    ];
    expect([copied, again]).toEqual([[one, three, one, two], two]);
    expect(
      (await mailboxes.search(claire, box, { kind: 'email-id', id: two?.split(' ')[0] ?? '' }))
        ?.uids,
    ).toEqual(Uint32Array.of(2, 4));
    expect((await rowsOf(town, claire, other, { flags: true })).flags).toEqual([
      'Rouge',
      'Rouge',
      'Rouge',
      'Rouge',
    ]);
    const moved = must(await mailboxes.move(claire, box, only(1, 2), other));
    expect(moved).toMatchObject({ from: [1, 2], to: [5, 6], expunged: { uids: [1, 2] } });
    expect(must(await mailboxes.move(claire, box, only(3), box))).toMatchObject({
      from: [3],
      to: [5],
      expunged: { uids: [3] },
    });
    expect(await uidsOf(box)).toEqual([4, 5]);
    expect(await town.faults()).toEqual([]);
  });
  it('two who expunge at once share the messages, and each is told of once', async () => {
    for (let count = 0; count < 8; count++)
      await bring(town, claire, box, { flags: ['\\Deleted'] });
    const gone = await Promise.all(
      Array.from({ length: 4 }, () => mailboxes.expunge(claire, box, null)),
    );
    expect(gone.flatMap((one) => must(one).uids).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await mailboxes.since(claire, box, 1))?.vanished).toEqual([{ from: 1, to: 8 }]);
    expect(await town.faults()).toEqual([]);
  });
});

describe('what changed', () => {
  it('is told since any MODSEQ: what came, what changed, what went, whoever did it', async () => {
    for (let count = 0; count < 4; count++) await bring(town, claire, box);
    const opened = await mailboxes.open(claire, box);
    expect([[...(opened?.uids ?? [])], opened?.firstUnseen, opened?.readOnly]).toEqual([
      [1, 2, 3, 4],
      1,
      false,
    ]);
    await town.core.mail.mark(claire, box, [2 as Uid], { seen: true });
    await town.core.mail.erase(claire, box, [1 as Uid]);
    await bring(town, claire, box);
    const changes = await mailboxes.since(claire, box, opened?.modseq ?? 0);
    expect([
      [...(changes?.uids ?? [])],
      changes?.changed.uids,
      changes?.changed.flags,
      changes?.vanished,
    ]).toEqual([[2, 3, 4, 5], [2, 5], ['\\Seen', ''], [{ from: 1, to: 1 }]]);
    expect(await mailboxes.since(claire, box, changes?.modseq ?? 0)).toMatchObject({
      changed: { uids: [] },
      vanished: [],
    });
    await town.core.mail.move(claire, box, [3 as Uid], 'trash');
    expect(
      await mailboxes.resync(claire, box, { modseq: opened?.modseq ?? 0, known: only(3, 4, 5) }),
    ).toMatchObject({ changed: { uids: [5] }, vanished: [{ from: 3, to: 3 }] });
    await bring(town, claire, box);
    expect((await mailboxes.since(claire, box, changes?.modseq ?? 0))?.changed.uids).toEqual([6]);
  });
  it('from before what is remembered, all that isn’t there has vanished', async () => {
    for (let count = 0; count < 3; count++)
      await bring(town, claire, box, { flags: ['\\Deleted'] });
    must(await mailboxes.expunge(claire, box, only(2)));
    await town.admin.query(
      `update expunged set at = now() - interval '31 days' where mailbox_id = $1`,
      [box],
    );
    await town.admin.query('update mailbox set modseq = 639 where id = $1', [box]);
    must(await mailboxes.expunge(claire, box, only(3)));
    expect((await mailboxes.resync(claire, box, { modseq: 1, known: null }))?.vanished).toEqual([
      { from: 2, to: 3 },
    ]);
    expect(
      (await mailboxes.resync(claire, box, { modseq: 1, known: only(1, 3) }))?.vanished,
    ).toEqual([{ from: 3, to: 3 }]);
  });
  it('is announced', async () => {
    let heard = 0;
    const stop = town.core.events.subscribe(claire, () => {
      heard += 1;
    });
    await bring(town, claire, box);
    await expect.poll(() => heard, { timeout: 5_000 }).toBeGreaterThan(0);
    stop();
  });
});
