import { beforeEach, describe, expect, it } from 'vitest';
import type { SchoolId } from '../../ground/ids.ts';
import type { Scanner } from '../../letters/scan/clamd.ts';
import { zip } from '../../letters/scan/testing/zip.ts';
import type { Outcome } from '../../rules/outcome.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import { openDelivery } from '../delivery/accept.ts';
import { recentActivityOf } from '../delivery/judging/recent-activity.ts';
import { openMail } from '../reading/mail.ts';
import type { Upload, Writing } from './contract.ts';
import { linasTown, PICTURE } from './testing/linas-town.ts';
import { sendWaitingDraft } from './waiting-drafts.ts';
import { openWritings } from './writings.ts';

const EICAR = Buffer.from('X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*');
const { town, lina } = await linasTown();

beforeEach(() => town.admin.query('delete from sending'));

function writing(to: readonly string[], more: Partial<Writing> = {}): Writing {
  return {
    to: to.map((local) => town.address(local)),
    subject: 'Mon chat',
    text: 'Il s’appelle Brume.\nIl dort.',
    answers: 'sender',
    cc: [],
    answerTo: null,
    ...more,
  };
}

const nothing = { previous: null, add: [], drop: [] } as const;

async function sent(viewer: Viewer, letter: Writing): Promise<Outcome> {
  const { ref } = await town.core.writings.save(viewer, letter, nothing);
  return town.core.writings.send(viewer, ref);
}

describe('a draft', () => {
  it('is kept, changed, and sent with its files; none is left', async () => {
    const { writings } = town.core;
    const one = await writings.save(lina, writing(['adele.vidal']), {
      ...nothing,
      add: [PICTURE, { ...PICTURE, name: 'deux.png' }],
    });
    const first = await writings.draft(lina, one.ref);
    expect(first).toMatchObject({
      ...writing(['adele.vidal']),
      text: expect.stringContaining('Brume') as string,
      waitingForScanner: false,
    });
    expect(first?.attachments.map(({ name }) => name)).toEqual(['chat.png', 'deux.png']);
    const two = await writings.save(
      lina,
      writing(['adele.vidal', 'claire.lefevre'], { subject: 'Nos chats' }),
      { previous: one.ref, add: [], drop: [first?.attachments[0]?.path ?? ''] },
    );
    expect(await writings.draft(lina, one.ref)).toBeNull();
    expect((await writings.draft(lina, two.ref))?.attachments.map(({ name }) => name)).toEqual([
      'deux.png',
    ]);
    expect(await town.rows('lina.moreau', 'drafts')).toHaveLength(1);
    expect((await writings.send(lina, two.ref)).kind).toBe('accepted');
    expect(await town.rows('lina.moreau', 'drafts')).toEqual([]);
    expect((await town.rows('adele.vidal'))[0]).toMatchObject({ subject: 'Nos chats', files: 1 });
    expect((await town.rows('lina.moreau', 'sent'))[0]?.subject).toBe('Nos chats');
    expect(await writings.send(lina, two.ref)).toEqual({ kind: 'no-recipient' });
    expect(await town.faults()).toEqual([]);
  });
  it('is nobody else’s to read, to replace or to send', async () => {
    const { writings } = town.core;
    const { ref } = await writings.save(lina, writing(['adele.vidal']), {
      ...nothing,
      add: [PICTURE],
    });
    for (const local of ['adele.vidal', 'claire.lefevre', 'samuel.okafor']) {
      const other = await town.viewer(local);
      expect(await writings.draft(other, ref)).toBeNull();
      expect(await writings.send(other, ref)).toEqual({ kind: 'no-recipient' });
      const stolen = await writings.save(other, writing([]), { previous: ref, add: [], drop: [] });
      expect((await writings.draft(other, stolen.ref))?.attachments).toEqual([]);
    }
    expect((await writings.draft(lina, ref))?.attachments).toHaveLength(1);
    await town.core.mail.erase(lina, ref.mailbox, [ref.uid]);
    expect(await town.faults()).toEqual([]);
  });
  it('to nobody stays a draft, and so does a refused one', async () => {
    const { writings } = town.core;
    for (const [to, kind] of [
      [[], 'no-recipient'],
      [['agathe.caron', 'adele.vidal'], 'denied'],
    ] as const) {
      const { ref } = await writings.save(lina, writing(to), nothing);
      expect((await writings.send(lina, ref)).kind).toBe(kind);
      expect(await writings.draft(lina, ref)).not.toBeNull();
      await town.core.mail.erase(lina, ref.mailbox, [ref.uid]);
    }
  });
  it('takes any text without breaking: controls, headers, a thousand emoji, nothing', async () => {
    const { writings } = town.core;
    for (const text of [
      '',
      '\u0000\u0007\r\nBcc: x@y.example\r\n.\r\n',
      '🐈'.repeat(1_000),
      'a\u2028b',
      '.\n..\n',
      'x'.repeat(5_000),
    ]) {
      const { ref } = await writings.save(
        lina,
        writing(['adele.vidal'], { text, subject: text.slice(0, 300) }),
        nothing,
      );
      expect((await writings.send(lina, ref)).kind, JSON.stringify(text.slice(0, 20))).toBe(
        'accepted',
      );
    }
    expect(await town.faults()).toEqual([]);
  });
});

describe('a file', () => {
  const leftOut = async (file: Upload, who = lina): Promise<string> => {
    const {
      leftOut: [out],
      ref,
    } = await town.core.writings.save(who, writing([]), { ...nothing, add: [file] });
    await town.core.mail.erase(who, ref.mailbox, [ref.uid]);
    if (!out) return 'taken';
    return out.outcome.kind === 'denied'
      ? `denied ${out.outcome.refusals[0]?.rule}`
      : out.outcome.kind;
  };
  it.each([
    { when: 'a picture', file: PICTURE, then: 'taken' },
    {
      when: 'a virus',
      file: { name: 'chat.txt', mediaType: 'text/plain', bytes: EICAR },
      then: 'infected',
    },
    {
      when: 'a virus in a zip',
      file: { name: 'chat.zip', mediaType: 'application/zip', bytes: zip('chat.txt', EICAR) },
      then: 'infected',
    },
    {
      when: 'a program',
      file: { name: 'jeu.exe', mediaType: 'image/png', bytes: Buffer.from('MZ\0\0') },
      then: 'denied file-kind',
    },
    {
      when: 'a program that says it is a picture',
      file: { name: 'chat.png', mediaType: 'image/png', bytes: Buffer.from('MZ\0\0') },
      then: 'denied file-kind',
    },
    {
      when: 'a picture that says it is a program',
      file: { ...PICTURE, name: 'chat.png.exe' },
      then: 'denied file-kind',
    },
    {
      when: 'a locked archive',
      file: {
        name: 'a.zip',
        mediaType: 'application/zip',
        bytes: zip('a.txt', Buffer.from('a'), { locked: true }),
      },
      then: 'denied file-kind',
    },
    {
      when: 'too much',
      file: { ...PICTURE, bytes: Buffer.alloc(7_400_000, 'a') },
      then: 'too-big',
    },
    {
      when: 'a name of controls and folders',
      file: { ...PICTURE, name: '../Bcc: x\r\n/chat.png' },
      then: 'taken',
    },
    {
      when: 'a name that is written backwards',
      file: { ...PICTURE, name: 'chat\u202Egnp.exe' },
      then: 'denied file-kind',
    },
    {
      when: 'nothing',
      file: { name: 'vide.txt', mediaType: 'text/plain', bytes: Buffer.alloc(0) },
      then: 'taken',
    },
    { when: 'a type that is none', file: { ...PICTURE, mediaType: 'x\r\ny' }, then: 'taken' },
    {
      when: 'a piece of a message (RFC 2046 §5.2.2)',
      file: { name: 'suite.txt', mediaType: 'message/partial', bytes: Buffer.from('a') },
      then: 'denied file-kind',
    },
    {
      when: 'a message that is a piece',
      file: {
        name: 'a.eml',
        mediaType: 'message/rfc822',
        bytes: Buffer.from('Content-Type: message/partial; id=1; number=1; total=2\r\n\r\na'),
      },
      then: 'denied file-kind',
    },
    {
      when: 'a text that says it has parts',
      file: { name: 'a.txt', mediaType: 'multipart/mixed', bytes: Buffer.from('a') },
      then: 'taken',
    },
  ])('that is $when: $then', async ({ file, then }) => expect(await leftOut(file)).toBe(then));
  it('too many parts of which are more than can be read stays out, and what was typed is kept', async () => {
    const teacher = await town.viewer('claire.lefevre');
    const part = '--b\r\nContent-Type: text/plain\r\n\r\na\r\n';
    const many: Upload = {
      name: 'a.eml',
      mediaType: 'message/rfc822',
      bytes: Buffer.from(
        `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part.repeat(300)}--b--\r\n`,
      ),
    };
    const letter = writing(['lina.moreau']);
    const { ref, leftOut: out } = await town.core.writings.save(teacher, letter, {
      ...nothing,
      add: [
        many,
        { ...many, name: 'b.eml' },
        { ...many, name: 'c.eml' },
        { ...many, name: 'd.eml' },
      ],
    });
    expect(out.map(({ name, outcome }) => `${name} ${outcome.kind}`)).toEqual([
      'a.eml denied',
      'b.eml denied',
      'c.eml denied',
      'd.eml denied',
    ]);
    expect(await town.core.writings.draft(teacher, ref)).toMatchObject({
      to: letter.to,
      subject: letter.subject,
      attachments: [],
    });
    await town.core.mail.erase(teacher, ref.mailbox, [ref.uid]);
  });
  it('that is locked may go from grown-up to grown-up', async () => {
    const teacher = await town.viewer('claire.lefevre');
    expect(
      await leftOut(
        {
          name: 'a.zip',
          mediaType: 'application/zip',
          bytes: zip('a.txt', Buffer.from('a'), { locked: true }),
        },
        teacher,
      ),
    ).toBe('taken');
  });
});

describe('an answer', () => {
  it('goes to the sender, to all where asked, and marks what it answers', async () => {
    expect(
      (
        await sent(
          await town.viewer('claire.lefevre'),
          writing(['ce1-a.tilleuls', 'karim.haddad'], { subject: 'Sortie', answers: 'everyone' }),
        )
      ).kind,
    ).toBe('accepted');
    const [row] = await town.rows('lina.moreau');
    if (!row) throw new Error('nothing came');
    const one = await town.core.writings.answer(lina, row, 'writer');
    expect(one).toMatchObject({
      refusals: [],
      writing: {
        to: [town.address('claire.lefevre')],
        cc: [],
        subject: 'Re: Sortie',
        text: '',
        answerTo: { mailbox: row.mailbox, uid: row.uid },
      },
    });
    const all = await town.core.writings.answer(lina, row, 'everyone');
    expect(all?.writing.to).toEqual([town.address('ce1-a.tilleuls')]); // Claire is in it
    expect(all?.refusals).toMatchObject([
      { address: town.address('karim.haddad'), rule: 'not-your-teacher' },
    ]);
    if (!one) throw new Error('no answer');
    expect(
      (await sent(lina, { ...one.writing, answerTo: { mailbox: row.mailbox, uid: row.uid } })).kind,
    ).toBe('accepted');
    expect((await town.rows('lina.moreau')).find(({ uid }) => uid === row.uid)?.answered).toBe(
      true,
    );
    const {
      rows: [answer],
    } = await town.admin.query<{ in_reply_to: string; refs: string[] }>(
      `
        select in_reply_to, refs
        from message
        where subject = 'Re: Sortie' and origin = 'web'
        order by id desc
        limit 1
      `,
    );
    expect(answer?.refs).toEqual([answer?.in_reply_to]);
  });
  it.each<{
    when: string;
    from: string;
    to: readonly string[];
    answers: Writing['answers'];
    then: Writing['answers'];
    /** Null: there is nobody to answer. */
    all: readonly string[] | null;
  }>([
    {
      when: 'a grown-up keeps the answers to a list',
      from: 'claire.lefevre',
      to: ['ce1-a.tilleuls'],
      answers: 'sender',
      then: 'sender',
      all: ['claire.lefevre'],
    },
    {
      when: 'a grown-up wants none',
      from: 'claire.lefevre',
      to: ['ce1-a.tilleuls'],
      answers: 'none',
      then: 'none',
      all: null,
    },
    {
      when: 'a grown-up wrote to people, not to a list',
      from: 'claire.lefevre',
      to: ['lina.moreau', 'adele.vidal'],
      answers: 'sender',
      then: 'everyone',
      all: ['claire.lefevre', 'adele.vidal'],
    },
    {
      when: 'a child wrote to the class',
      from: 'adele.vidal',
      to: ['ce1-a.tilleuls'],
      answers: 'sender',
      then: 'everyone',
      all: ['ce1-a.tilleuls'],
    },
    {
      when: 'a child wrote to two',
      from: 'adele.vidal',
      to: ['lina.moreau', 'noe.garnier'],
      answers: 'none',
      then: 'everyone',
      all: ['adele.vidal', 'noe.garnier'],
    },
  ])('goes to whom the letter lets it: $when', async ({ from, to, answers, then, all }) => {
    expect((await sent(await town.viewer(from), writing(to, { answers }))).kind).toBe('accepted');
    const [row] = await town.rows('lina.moreau');
    expect(row && (await town.core.mail.read(lina, row.mailbox, row.uid))?.answers).toBe(then);
    const answer = row && (await town.core.writings.answer(lina, row, 'everyone'));
    expect(answer?.writing.to ?? null).toEqual(all && all.map((local) => town.address(local)));
  });
  it('to an old conversation says who can no longer be written to', async () => {
    await town.send('adele.vidal', ['lina.moreau'], { subject: 'Vieux' });
    const [row] = await town.rows('lina.moreau');
    await town.admin.query(
      `begin; set local preau.school = '1'; update membership m set until_date = '2026-11-23' from address a where a.id = m.address_id and a.local = 'adele.vidal'; commit`,
    );
    expect(row && (await town.core.writings.answer(lina, row, 'writer'))).toMatchObject({
      writing: { to: [] },
      refusals: [{ address: town.address('adele.vidal'), rule: 'not-in-your-class' }],
    });
    await town.admin.query(
      `begin; set local preau.school = '1'; update membership m set until_date = null from address a where a.id = m.address_id and a.local = 'adele.vidal'; commit`,
    );
  });
  it('is to nothing where the message isn’t there or isn’t theirs', async () => {
    const [row] = await town.rows('lina.moreau');
    expect(
      row && (await town.core.writings.answer(await town.viewer('adele.vidal'), row, 'writer')),
    ).toBeNull();
    expect(
      row &&
        (await town.core.writings.answer(
          lina,
          { mailbox: row.mailbox, uid: 99_999 as DraftRef['uid'] },
          'writer',
        )),
    ).toBeNull();
  });
});

describe('while the scanner is silent', () => {
  let silent: boolean;
  const scanner = (): Scanner => ({
    ...town.parts.scanner,
    scan: (message, who) =>
      silent
        ? Promise.resolve({ kind: 'silent', why: 'down' })
        : town.parts.scanner.scan(message, who),
  });

  function parts() {
    const { parts: own, store } = town;
    const around = { ...own, scanner: scanner() };
    const writings = openWritings({
      ...around,
      delivery: openDelivery(around),
      mail: openMail(around),
      recentActivity: (viewer, about) => recentActivityOf(store, viewer, about),
      undoMs: 0,
    });
    return { ...around, writings };
  }

  async function waitingId(): Promise<number | null> {
    const {
      rows: [row],
    } = await town.admin.query<{ id: string }>('select id from waiting_draft where school_id = 1');
    return row ? Number(row.id) : null;
  }

  it('the draft waits, and leaves by itself once', async () => {
    silent = true;
    const around = parts();
    const { ref } = await around.writings.save(
      lina,
      writing(['adele.vidal'], { subject: 'Attend' }),
      nothing,
    );
    expect(await around.writings.send(lina, ref)).toEqual({ kind: 'scanner-silent' });
    expect(await around.writings.send(lina, ref)).toEqual({ kind: 'scanner-silent' });
    expect((await around.writings.draft(lina, ref))?.waitingForScanner).toBe(true);
    expect((await town.rows('lina.moreau', 'drafts'))[0]?.state).toBe('waiting-for-scanner');
    const id = await waitingId();
    await sendWaitingDraft(around, 1 as SchoolId, id ?? 0);
    expect(await waitingId()).toBe(id);
    silent = false;
    await sendWaitingDraft(around, 1 as SchoolId, id ?? 0);
    await sendWaitingDraft(around, 1 as SchoolId, id ?? 0);
    expect(await waitingId()).toBeNull();
    expect(
      (await town.rows('adele.vidal')).filter(({ subject }) => subject === 'Attend'),
    ).toHaveLength(1);
    expect(await town.rows('lina.moreau', 'drafts')).toEqual([]);
    const { rows } = await town.admin.query(`select from due where kind = 'draft'`);
    expect(rows).toEqual([]);
    expect(await town.faults()).toEqual([]);
  });
  it('the rules are asked again when it leaves: refused by then it stays a draft, and its writer is told', async () => {
    silent = true;
    const around = parts();
    const { ref } = await around.writings.save(
      lina,
      writing(['claire.lefevre', 'zoe.lambert']),
      nothing,
    );
    await around.writings.send(lina, ref);
    await town.admin.query(
      `begin; set local preau.school = '1'; update membership m set until_date = '2026-11-23' from address a where a.id = m.address_id and a.local = 'zoe.lambert'; commit`,
    );
    silent = false;
    await sendWaitingDraft(around, 1 as SchoolId, (await waitingId()) ?? 0);
    expect((await around.writings.draft(lina, ref))?.waitingForScanner).toBe(false);
    expect((await town.rows('lina.moreau'))[0]?.from.kind).toBe('system');
    expect(await waitingId()).toBeNull();
    await town.core.mail.erase(lina, ref.mailbox, [ref.uid]);
    expect(await town.faults()).toEqual([]);
  });
});
