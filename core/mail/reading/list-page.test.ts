import { beforeAll, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { TestTown } from '../../../tests/shared/town.ts';
import type { MailboxId, Uid } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { ALL, pageOfRows, type Only } from '../../store/mail/list-page.ts';
import { UNPROVEN } from '../delivery/judging/author.ts';
import type { ListSelection, ListedBy, ListPage, PageFrom } from './contract.ts';
import { karimsMail } from './testing/karims-mail.ts';

/** A big mailbox, as a teacher has it after some years. */
const MESSAGES = 10_000;
/** What the database may take for a page of it. */
const AIM_MS = 3;
/** Room for a machine that does something else besides. */
const LENIENT = 8;
const PAGE = 40;
/** Tries that are measured. */
const FEW = 5;
const MANY = 40;

const { town, viewer, inbox } = await karimsMail();
beforeAll(async () => {
  for (const [id, answers] of [
    ['a', null],
    ['b', null],
    ['a2', 'a'],
    ['c', null],
    ['b2', 'b'],
    ['a3', 'a'],
  ] as const)
    await letter(id, answers);
});

const page = (
  from: Parameters<TestTown['core']['mail']['page']>[2]['from'],
  limit = 3,
): Promise<ListPage> =>
  town.core.mail.page(viewer, { id: inbox }, { from, limit, by: 'conversation' });
const uidsOf = ({ rows }: ListPage): Uid[] => rows.map(({ uid }) => uid);

/** A letter of a list, in answer to another where one is named. */
async function letter(id: string, answers: string | null = null): Promise<void> {
  await town.receive('liste@example.org', ['karim.haddad'], {
    subject: id,
    header: {
      cc: `liste@example.org\r\nMessage-ID: <${id}@example.org>${answers === null ? '' : `\r\nReferences: <${answers}@example.org>`}`,
    },
  });
}

describe('a page of a list', () => {
  it('shows one row a conversation, by its newest message, with a count, and unread while one of them is', async () => {
    const shown = (await page({ kind: 'newest' })).rows.map(({ subject, messages, seen }) => [
      subject,
      messages,
      seen,
    ]);
    expect(shown).toEqual([
      ['a3', 3, false],
      ['b2', 2, false],
      ['c', 1, false],
    ]);
    const [newest] = (await page({ kind: 'newest' })).rows;
    if (newest)
      await town.core.mail.mark(viewer, inbox, { uids: [newest.uid], marks: { seen: true } });
    expect((await page({ kind: 'newest' })).rows[0]?.seen).toBe(false);
  });

  it('loses its bead with all the messages of the conversation when one of them is read', async () => {
    for (const id of ['d', 'd2']) await letter(id, id === 'd' ? null : 'd');
    const [row] = (await page({ kind: 'newest' })).rows;
    expect(row).toMatchObject({ subject: 'd2', messages: 2, seen: false });
    await town.core.mail.markRead(viewer, {
      mailbox: inbox,
      uid: row?.uid as Uid,
      by: 'conversation',
    });
    expect((await page({ kind: 'newest' })).rows[0]?.seen).toBe(true);
    const other = await town.viewer('claire.lefevre');
    const fresh = (await page({ kind: 'newest' }, 50)).rows.find(({ seen }) => !seen);
    await town.core.mail.markRead(other, {
      mailbox: inbox,
      uid: fresh?.uid as Uid,
      by: 'conversation',
    });
    expect((await page({ kind: 'newest' }, 50)).rows.some(({ seen }) => !seen)).toBe(true);
    await town.core.mail.erase(
      viewer,
      inbox,
      (await town.rows('karim.haddad'))
        .filter(({ subject }) => subject.startsWith('d'))
        .map(({ uid }) => uid),
    );
  });

  it('goes on below and above a row, and stands around one, an older message of a conversation too', async () => {
    const all = await page({ kind: 'newest' }, 50);
    const uids = uidsOf(all);
    expect(all).toMatchObject({ newer: false, older: false });
    const [first, second, third] = uids as [Uid, Uid, Uid];
    const below = await page({ kind: 'before', uid: first }, 1);
    expect([uidsOf(below), below.newer, below.older]).toEqual([[second], true, true]);
    const above = await page({ kind: 'after', uid: third }, 1);
    expect([uidsOf(above), above.newer]).toEqual([[second], true]);
    const single = await town.core.mail.page(
      viewer,
      { id: inbox },
      {
        from: { kind: 'newest' },
        limit: 50,
        by: 'message',
      },
    );
    const older = single.rows.find(({ subject }) => subject === 'b')?.uid as Uid;
    const around = await page({ kind: 'around', uid: older, above: 1 }, 2);
    expect([uidsOf(around), around.newer, around.older]).toEqual([[first, second], false, true]);
    expect(single.rows.map(({ messages }) => messages)).toEqual(single.rows.map(() => 1));
  });

  it('is empty for whoever has no right to the mailbox', async () => {
    const other = await town.viewer('claire.lefevre');
    for (const by of ['message', 'conversation'] as const)
      expect(
        await town.core.mail.page(other, { id: inbox }, { from: { kind: 'newest' }, limit: 5, by }),
      ).toEqual({ rows: [], newer: false, older: false });
  });

  it('shows one kind of people alone, unread ones alone, and both together; what is open stays', async () => {
    for (const [who, subject] of [
      ['mamadou.diallo', 'conseil'],
      ['lina.moreau', 'dessin'],
      ['karine.moreau', 'mot'],
    ] as const)
      await town.send(who, ['claire.lefevre'], { subject });
    await town.receive('liste@example.org', ['claire.lefevre'], { subject: 'offre' });
    const claire = await town.viewer('claire.lefevre');
    const box = await town.mailbox(claire, 'inbox');
    const shown = async (only: Partial<ListSelection>, from: PageFrom = { kind: 'newest' }) =>
      (
        await town.core.mail.page(
          claire,
          { id: box },
          { from, limit: 50, by: 'conversation', ...only },
        )
      ).rows.filter(({ subject }) => ['conseil', 'dessin', 'mot', 'offre'].includes(subject));
    const subjects = async (only: Partial<ListSelection>, from?: PageFrom): Promise<string[]> =>
      (await shown(only, from)).map(({ subject }) => subject);
    expect(await subjects({ who: 'team' })).toEqual(['conseil']);
    expect(await subjects({ who: 'pupils' })).toEqual(['dessin']);
    expect(await subjects({ who: 'outside' })).toEqual(['offre']);
    expect(await shown({ who: 'families' })).toMatchObject([
      { subject: 'mot', familyOf: ['Lina', 'Tom'], firstTime: false },
    ]);
    const [open] = await shown({ who: 'team' });
    await town.core.mail.mark(claire, box, { uids: [open?.uid as Uid], marks: { seen: true } });
    expect(await subjects({ unread: true })).toEqual(['offre', 'mot', 'dessin']);
    expect(await subjects({ who: 'team', unread: true })).toEqual([]);
    const around: PageFrom = { kind: 'around', uid: open?.uid as Uid, above: 1 };
    expect(await subjects({ unread: true }, around)).toEqual(['dessin', 'conseil']);
  });

  it.each([
    { by: 'conversation', down: 0, only: ALL },
    { by: 'conversation', down: 5_000, only: ALL },
    { by: 'message', down: 0, only: ALL },
    { by: 'conversation', down: 0, only: { roles: ['guardian'], unread: false } },
    { by: 'conversation', down: 0, only: { roles: ['guardian'], unread: true } },
    { by: 'conversation', down: 0, only: { roles: null, unread: true } },
    { by: 'message', down: 5_000, only: { roles: ['teacher', 'head', 'staff'], unread: false } },
  ] satisfies { by: ListedBy; down: number; only: Only }[])(
    `of ${MESSAGES} messages takes the database no more than ${AIM_MS} ms: %j`,
    SOAKED,
    async ({ by, down, only }) => {
      const inbox = await filled();
      const from =
        down === 0
          ? ({ kind: 'newest' } as const)
          : ({ kind: 'before', uid: (100_000 + down) as Uid } as const);
      const ms = await fastest(() =>
        town.store.read(viewer.school, async (tx) => {
          const { rows } = await pageOfRows(
            tx,
            { account: viewer.account, mailbox: { id: inbox } },
            { from, limit: PAGE, by, only },
          );
          expect(rows.length).toBeGreaterThan(0);
        }),
      );
      process.stdout.write(
        `${JSON.stringify({ figure: 'list_page_ms', by, down, only, messages: MESSAGES, ms })}\n`,
      );
      expect(ms).toBeLessThan(LENIENT * AIM_MS);
    },
  );
});

describe('the first letter of somebody who isn’t of the school', () => {
  const firsts = async (local: string): Promise<[string, boolean][]> =>
    (await town.rows(local))
      .slice(0, 3)
      .map(({ subject, firstTime }) => [subject, firstTime] as [string, boolean]);

  it('says so, and no other does, for each reader by themselves and wherever it is moved', async () => {
    const { mail } = town.core;
    await town.receive('anne@musee.example', ['claire.lefevre'], { subject: 'un' });
    await town.receive('Anne@musee.example', ['claire.lefevre', 'mamadou.diallo'], {
      subject: 'deux',
    });
    expect((await firsts('claire.lefevre')).slice(0, 2)).toEqual([
      ['deux', false],
      ['un', true],
    ]);
    expect((await firsts('mamadou.diallo'))[0]).toEqual(['deux', true]);
    const [, first] = await town.rows('claire.lefevre');
    const claire = await town.viewer('claire.lefevre');
    await mail.move(claire, first?.mailbox as MailboxId, {
      uids: [first?.uid as Uid],
      to: 'archive',
    });
    expect((await town.rows('claire.lefevre', 'archive'))[0]?.firstTime).toBe(true);
  });

  it('is said of one whose address nothing proves, though who bears it is known', async () => {
    await town.receive('paul@musee.example', ['claire.lefevre'], { subject: 'vrai' });
    await town.receive('paul@musee.example', ['claire.lefevre'], {
      subject: 'faux',
      proof: UNPROVEN,
    });
    expect((await firsts('claire.lefevre')).slice(0, 2)).toEqual([
      ['faux', true],
      ['vrai', true],
    ]);
  });

  it('is no answer to one’s own letter, nor of a colleague, and of a teacher elsewhere it is', async () => {
    const claire = await town.viewer('claire.lefevre');
    const strangers = () =>
      town.core.writings.strangers(claire, ['lea@musee.example', town.address('julie.robin')]);
    expect(await strangers()).toEqual(new Set(['lea@musee.example']));
    await town.send('claire.lefevre', ['lea@musee.example']);
    expect(await strangers()).toEqual(new Set());
    await town.receive('lea@musee.example', ['claire.lefevre'], { subject: 'Re' });
    await town.send('mamadou.diallo', ['claire.lefevre'], { subject: 'ici' });
    await town.send('julie.robin', ['claire.lefevre'], { subject: 'ailleurs' });
    expect(await firsts('claire.lefevre')).toEqual([
      ['ailleurs', true],
      ['ici', false],
      ['Re', false],
    ]);
  });
});

let box: Promise<MailboxId> | null = null;
/** The archive with many messages, filled by whoever asks first. */
function filled(): Promise<MailboxId> {
  box ??= town.mailbox(viewer, 'archive').then(async (archive) => {
    await fill(viewer, archive);
    return archive;
  });
  return box;
}

/**
 * Many messages, two of five in conversations of up to six; of families the oldest alone, and
 * unread only the oldest: what is looked for stands at the very end.
 */
async function fill({ school }: Viewer, mailbox: MailboxId): Promise<void> {
  await town.admin.query(
    `
      with
        stored as (
          insert into
            message (school_id, sender_role, origin, header_id, in_reply_to, refs, subject, preview,
              envelope, structure, attachments, search, automatic, size_bytes, sha256, raw)
          select school_id, sender_role, origin, '<h' || g || '>', null,
            case when g % 5 < 2 then array['<r' || g / 15 || '>'] else '{}' end,
            subject, preview, envelope, structure, attachments, search, automatic, size_bytes,
            sha256, raw
          from (select * from message where school_id = $1 limit 1) m, generate_series(1, $3::integer) g
          returning id
        )
      insert into
        entry (school_id, mailbox_id, uid, message_id, modseq, size_bytes, internal_date, seen,
          sender_role)
      select $1, $2, 100000 + n, id, 1, 100, now() - interval '1 year' + interval '1 minute' * n,
        n > 20,
        case when n % 3 = 0 then 'teacher'
          when n <= 60 then 'guardian'
          else 'outside'
        end
      from (select id, row_number() over (order by id) as n from stored) numbered
    `,
    [school, mailbox, MESSAGES],
  );
  await town.admin.query('analyze message, entry');
}

/** The best of some tries, in ms; of more where the machine has something else to do. */
async function fastest(act: () => Promise<void>): Promise<number> {
  let best = Infinity;
  for (let each = 0; each < FEW || (best > AIM_MS && each < MANY); each += 1) {
    const start = performance.now();
    await act();
    best = Math.min(best, performance.now() - start);
  }
  return Number(best.toFixed(2));
}
