import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { rawLetter } from '../../../tests/shared/town.ts';
import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { OneMailbox } from '../../store/mail/contract.ts';
import type { FlagChange } from './contract/changes.ts';
import { ALL, bring, mailboxAt, must, only, ready, rowsOf } from './testing/letters.ts';
import { openMailboxTown } from './testing/mailbox-town.ts';

const EICAR = Buffer.from(
  'WDVPIVAlQEFQWzRcUFpYNTQoUF4pN0NDKTd9JEVJQ0FSLVNUQU5EQVJELUFOVElWSVJVUy1URVNULUZJTEUhJEgrSCo=',
  'base64',
);
const { town, mailboxes, claire, karim, lina, fresh } = await openMailboxTown();

const uidsOf = async (mailbox: MailboxId): Promise<number[]> => [
  ...((await mailboxes.open(claire, mailbox))?.uids ?? []),
];

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
    const { to, from, uidValidity } = must(await mailboxes.append(claire, fresh.id, appended));
    expect([to, from, uidValidity]).toEqual([
      [1, 2],
      [],
      (await mailboxAt(town, claire, fresh.path)).uidValidity,
    ]);
    const rows = await rowsOf(town, claire, fresh.id, {
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
    expect(rows.sizes[0]).toBe(appended[0]?.letter.raw.length);
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
      [fresh.id],
    );
    expect(stored?.origin).toBe('added');
    expect(await town.faults()).toEqual([]);
  });
  it('says on the pages that it was added, where it says that somebody else wrote it', async () => {
    await bring(town, claire, fresh.id, { raw: rawLetter(karim.address, [claire.address]) });
    await bring(town, claire, fresh.id, { raw: rawLetter(claire.address, [karim.address]) });
    const rows = await town.core.mail.list(claire, fresh.id, { before: null, limit: 5 });
    expect(rows.map(({ state, from }) => `${state} ${from.kind} ${from.address}`)).toEqual([
      `normal adult ${claire.address}`,
      `added outside ${karim.address}`,
    ]);
    expect(await town.core.mail.read(claire, fresh.id, 1 as Uid)).toMatchObject({
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
    const uid = await bring(town, claire, fresh.id);
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
      expect(await mailboxes.append(claire, fresh.id, [message])).toEqual({ kind: 'over-quota' });
      expect(
        await mailboxes.copy(claire, fresh.id, {
          uids: ALL,
          to: (await mailboxAt(town, claire, 'Archives')).id,
        }),
      ).toEqual({ kind: 'over-quota' });
      const replaced = must(
        await mailboxes.replace(
          claire,
          { from: fresh.id, uid: uid as Uid },
          { to: fresh.id, message },
        ),
      );
      expect(replaced).toMatchObject({ to: [uid + 1], expunged: { uids: [uid] } });
      expect(replaced.expunged.modseq).toBe(
        (await mailboxAt(town, claire, fresh.path)).highestModseq,
      );
    } finally {
      await town.admin.query('update account set quota_bytes = $1 where id = $2', [
        usage?.quota,
        claire.account,
      ]);
    }
    expect(await uidsOf(fresh.id)).toEqual([uid + 1]);
    expect(
      await mailboxes.replace(
        claire,
        { from: fresh.id, uid: 99 as Uid },
        { to: fresh.id, message },
      ),
    ).toEqual({
      kind: 'nonexistent',
    });
    expect(await town.faults()).toEqual([]);
  });
});

describe('flags', () => {
  it('say when they have changed in which mailbox, so that nobody looks at another', async () => {
    await bring(town, claire, fresh.id);
    const heard: (OneMailbox | null)[] = [];
    const stop = town.core.events.subscribe(claire, (only) => heard.push(only));
    for (const flag of ['\\Seen', 'Projet']) {
      const change = { uids: ALL, change: 'add', flags: [flag], unchangedSince: null } as const;
      const { modseq } = must(await mailboxes.store(claire, fresh.id, change));
      await expect.poll(() => heard).toContainEqual({ mailbox: fresh.id, modseq });
    }
    stop();
  });

  it('change only what changes, and say so by MODSEQ', async () => {
    const stored = async (change: Omit<FlagChange, 'unchangedSince'>, since: number | null) =>
      must(await mailboxes.store(claire, fresh.id, { ...change, unchangedSince: since }));
    for (let count = 0; count < 3; count++) await bring(town, claire, fresh.id);
    const before = await mailboxes.open(claire, fresh.id);
    const first = await stored(
      { uids: only(1, 3), change: 'add', flags: ['\\Seen', 'Projet'] },
      null,
    );
    expect(first.now).toEqual({
      uids: [1, 3],
      flags: ['\\Seen Projet', '\\Seen Projet'],
      modseqs: [first.modseq, first.modseq],
    });
    expect(first.modseq).toBe((before?.modseq ?? 0) + 1);
    const again = await stored({ uids: ALL, change: 'add', flags: ['\\seen', 'projet'] }, null);
    expect([[...again.changed], again.now.flags]).toEqual([
      [2],
      ['\\Seen Projet', '\\Seen Projet', '\\Seen Projet'],
    ]);
    const none = await stored({ uids: ALL, change: 'add', flags: ['\\Seen'] }, null);
    expect([none.modseq, none.changed.size]).toEqual([again.modseq, 0]);
    const held = await stored({ uids: ALL, change: 'set', flags: ['\\Flagged'] }, first.modseq);
    expect([[...held.changed], held.modified, held.now.flags]).toEqual([
      [1, 3],
      [2],
      ['\\Flagged', '\\Flagged'],
    ]);
    await stored({ uids: only(2), change: 'remove', flags: ['PROJET'] }, null);
    expect((await rowsOf(town, claire, fresh.id, { flags: true })).flags).toEqual([
      '\\Flagged',
      '\\Seen',
      '\\Flagged',
    ]);
    expect(await mailboxAt(town, claire, fresh.path)).toMatchObject({ unseen: 2, total: 3 });
    expect(await town.faults()).toEqual([]);
  });
  it('are bounded in number and form', async () => {
    await bring(town, claire, fresh.id);
    for (const flag of ['a b', 'x'.repeat(65), 'é', 'a,b', 'a('])
      expect(
        await mailboxes.store(claire, fresh.id, {
          uids: ALL,
          change: 'add',
          flags: [flag],
          unchangedSince: null,
        }),
      ).toEqual({ kind: 'cannot', why: 'keyword' });
    expect(
      await mailboxes.store(claire, fresh.id, {
        uids: ALL,
        change: 'remove',
        flags: [...Array.from({ length: 60 }, (_, n) => `inconnu${n}`)],
        unchangedSince: null,
      }),
    ).toMatchObject({ kind: 'done' });
    expect(
      await mailboxes.store(claire, fresh.id, {
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
      await bring(town, claire, fresh.id, { flags: ['\\Deleted', 'Rouge'] });
    const other = must(await mailboxes.create(claire, `${fresh.path}/Autre`, null)).id;
    const copy = async (uids: FlagChange['uids'], to: MailboxId) =>
      must(await mailboxes.copy(claire, fresh.id, { uids, to }));
    expect(await copy(only(1, 3), other)).toMatchObject({ from: [1, 3], to: [1, 2] });
    expect(await copy(only(1, 2), other)).toMatchObject({ from: [1, 2], to: [3, 4] });
    expect(await copy(only(2), fresh.id)).toMatchObject({ from: [2], to: [4] });
    expect(await copy(only(77), other)).toMatchObject({ from: [], to: [] });
    // RFC 8474 §5.1: copies have their original's ids, whether it is in the same mailbox or not.
    const ids = async (mailbox: MailboxId) => {
      const rows = await rowsOf(town, claire, mailbox, { emailId: true, threadId: true });
      return rows.uids.map((_, row) => `${rows.emailIds[row]} ${rows.threadIds[row]}`);
    };
    const [[one, two, three], copied, again] = [
      await ids(fresh.id),
      await ids(other),
      (await ids(fresh.id))[3],
    ];
    expect([copied, again]).toEqual([[one, three, one, two], two]);
    expect(
      (
        await mailboxes.search(claire, fresh.id, {
          what: { kind: 'email-id', id: two?.split(' ')[0] ?? '' },
        })
      )?.uids,
    ).toEqual(Uint32Array.of(2, 4));
    expect((await rowsOf(town, claire, other, { flags: true })).flags).toEqual([
      'Rouge',
      'Rouge',
      'Rouge',
      'Rouge',
    ]);
    const moved = must(await mailboxes.move(claire, fresh.id, { uids: only(1, 2), to: other }));
    expect(moved).toMatchObject({ from: [1, 2], to: [5, 6], expunged: { uids: [1, 2] } });
    expect(
      must(await mailboxes.move(claire, fresh.id, { uids: only(3), to: fresh.id })),
    ).toMatchObject({
      from: [3],
      to: [5],
      expunged: { uids: [3] },
    });
    expect(await uidsOf(fresh.id)).toEqual([4, 5]);
    expect(await town.faults()).toEqual([]);
  });
  it('two who expunge at once share the messages, and each is told of once', async () => {
    for (let count = 0; count < 8; count++)
      await bring(town, claire, fresh.id, { flags: ['\\Deleted'] });
    const gone = await Promise.all(
      Array.from({ length: 4 }, () => mailboxes.expunge(claire, fresh.id, null)),
    );
    expect(gone.flatMap((one) => must(one).uids).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await mailboxes.since(claire, fresh.id, 1))?.vanished).toEqual([{ from: 1, to: 8 }]);
    expect(await town.faults()).toEqual([]);
  });
});

describe('what changed', () => {
  it('is told since any MODSEQ: what came, what changed, what went, whoever did it', async () => {
    for (let count = 0; count < 4; count++) await bring(town, claire, fresh.id);
    const opened = await mailboxes.open(claire, fresh.id);
    expect([[...(opened?.uids ?? [])], opened?.firstUnseen, opened?.readOnly]).toEqual([
      [1, 2, 3, 4],
      1,
      false,
    ]);
    await town.core.mail.mark(claire, fresh.id, { uids: [2 as Uid], marks: { seen: true } });
    await town.core.mail.erase(claire, fresh.id, [1 as Uid]);
    await bring(town, claire, fresh.id);
    const changes = await mailboxes.since(claire, fresh.id, opened?.modseq ?? 0);
    expect([
      [...(changes?.uids ?? [])],
      changes?.changed.uids,
      changes?.changed.flags,
      changes?.vanished,
    ]).toEqual([[2, 3, 4, 5], [2, 5], ['\\Seen', ''], [{ from: 1, to: 1 }]]);
    expect(await mailboxes.since(claire, fresh.id, changes?.modseq ?? 0)).toMatchObject({
      changed: { uids: [] },
      vanished: [],
    });
    await town.core.mail.move(claire, fresh.id, { uids: [3 as Uid], to: 'trash' });
    expect(
      await mailboxes.resync(claire, fresh.id, {
        modseq: opened?.modseq ?? 0,
        known: only(3, 4, 5),
      }),
    ).toMatchObject({ changed: { uids: [5] }, vanished: [{ from: 3, to: 3 }] });
    await bring(town, claire, fresh.id);
    expect((await mailboxes.since(claire, fresh.id, changes?.modseq ?? 0))?.changed.uids).toEqual([
      6,
    ]);
  });
  it('from before what is remembered, all that isn’t there has vanished', async () => {
    for (let count = 0; count < 3; count++)
      await bring(town, claire, fresh.id, { flags: ['\\Deleted'] });
    must(await mailboxes.expunge(claire, fresh.id, only(2)));
    await town.admin.query(
      `update expunged set at = now() - interval '31 days' where mailbox_id = $1`,
      [fresh.id],
    );
    await town.admin.query('update mailbox set modseq = 639 where id = $1', [fresh.id]);
    must(await mailboxes.expunge(claire, fresh.id, only(3)));
    expect(
      (await mailboxes.resync(claire, fresh.id, { modseq: 1, known: null }))?.vanished,
    ).toEqual([{ from: 2, to: 3 }]);
    expect(
      (await mailboxes.resync(claire, fresh.id, { modseq: 1, known: only(1, 3) }))?.vanished,
    ).toEqual([{ from: 3, to: 3 }]);
  });
  it('is announced', async () => {
    let heard = 0;
    const stop = town.core.events.subscribe(claire, () => {
      heard += 1;
    });
    await bring(town, claire, fresh.id);
    await expect.poll(() => heard, { timeout: 5_000 }).toBeGreaterThan(0);
    stop();
  });
});
