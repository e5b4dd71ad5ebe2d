import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { SchoolId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { leaveThrough } from '../../school/leavers/testing/leave-through.ts';
import { NO_ERASURES } from '../../school/leavers/testing/no-erasures.ts';
import { saveLeaver } from '../../store/people/leavers.ts';
import { carryAccounts } from '../../store/schools/school-move.ts';
import { setReportContact } from '../../store/town/report-marks.ts';
import { must } from '../sent/testing/sent-town.ts';
import { TAKE_BACK_MS } from './parts.ts';
import { openReportTown } from './testing/report-town.ts';

const { town, lina, arrives, taps, passes, rings, sql } = await openReportTown();
const { reports, mail, sent } = town.core;
const [claire, head, karim, julie, hugues] = [
  await town.viewer('claire.lefevre'),
  await town.viewer('mamadou.diallo'),
  await town.viewer('karim.haddad'),
  await town.viewer('julie.robin'),
  await town.viewer('hugues.armand'),
];

const subjects = async (local: string): Promise<string[]> =>
  (await town.rows(local)).map(({ subject }) => subject);

describe('one tap', () => {
  it('takes the letter out of the child’s mail with all its copies, and keeps it byte for byte', async () => {
    const row = await arrives('noe.garnier', {
      subject: 'T’es nulle',
      text: 'Personne ne t’aime.',
      file: { name: 'dessin.txt', bytes: Buffer.from('un monstre') },
    });
    const raw = await mail.original(lina, row.mailbox, row.uid);
    await mail.move(lina, row.mailbox, { uids: [row.uid], to: 'archive' });
    const moved = must((await town.rows('lina.moreau', 'archive'))[0] ?? null);
    const id = must(await reports.report(lina, moved.mailbox, moved.uid));
    expect(await town.rows('lina.moreau', 'archive')).toEqual([]);
    expect(await reports.report(lina, moved.mailbox, moved.uid)).toBe(id);
    const ref = { school: lina.school, id };
    expect(await reports.open(claire, ref)).toBeNull();
    passes(TAKE_BACK_MS + 1);
    expect(await reports.open(claire, ref)).toMatchObject({
      child: { name: 'Lina Moreau' },
      className: 'CE1 A',
      writer: { name: expect.stringContaining('Noé') },
      evidence: { subject: 'T’es nulle', text: 'Personne ne t’aime.' },
      may: { rest: { child: expect.any(Number) }, apart: 'keep' },
    });
    expect(await reports.original(claire, ref)).toEqual(raw);
    const file = must((await reports.open(claire, ref))?.evidence.attachments[0] ?? null);
    expect((await reports.file(head, ref, file.path))?.bytes.toString()).toBe('un monstre');
    expect(await town.faults()).toEqual([]);
  });

  it('can be taken back for some seconds, and then nobody has ever known; later it can’t', async () => {
    const row = await arrives('noe.garnier', { subject: 'Par erreur' });
    await mail.mark(lina, row.mailbox, { uids: [row.uid], marks: { seen: true, flagged: true } });
    const id = must(await reports.report(lina, row.mailbox, row.uid));
    expect(await reports.takeBack(await town.viewer('noe.garnier'), id)).toEqual({
      kind: 'missing',
    });
    expect(await rings({ school: lina.school, id })).toBe('waits');
    const back = await reports.takeBack(lina, id);
    expect(back).toMatchObject({ kind: 'back', mailbox: row.mailbox });
    const again = (await town.rows('lina.moreau')).find((one) => one.subject === 'Par erreur');
    expect(again).toMatchObject({ seen: true, flagged: true, at: row.at });
    expect(await sql('select from report_mark where report_id = $1', [id])).toEqual([]);
    expect(await sql(`select from due where kind = 'report' and row_id = $1`, [id])).toEqual([]);

    const later = must(await reports.report(lina, row.mailbox, must(again ?? null).uid));
    passes(TAKE_BACK_MS + 1);
    expect(await reports.takeBack(lina, later)).toEqual({ kind: 'too-late' });
    expect(await town.faults()).toEqual([]);
  });

  it('is a child’s alone, of what others wrote', async () => {
    const row = await arrives('claire.lefevre', { subject: 'Une lettre comme une autre' });
    await town.send('lina.moreau', ['noe.garnier'], { subject: 'De moi', via: 'web' });
    const own = must((await town.rows('lina.moreau', 'sent'))[0] ?? null);
    expect(await reports.report(lina, own.mailbox, own.uid)).toBeNull();
    const [theirs] = await town.rows('claire.lefevre', 'sent');
    expect(await reports.report(claire, must(theirs ?? null).mailbox, row.uid)).toBeNull();
    const noe = await town.viewer('noe.garnier');
    expect(await reports.report(noe, row.mailbox, row.uid)).toBeNull();
  });
});

describe('who looks after it', () => {
  it('the class’s teachers and the head are told once; nobody else sees a word, whatever number they try', async () => {
    const ref = await taps('noe.garnier', { subject: 'Encore' });
    const before = await Promise.all(
      ['claire.lefevre', 'mamadou.diallo', 'noe.garnier', 'karim.haddad'].map(subjects),
    );
    expect(await rings(ref)).toBe('told');
    // A crash before its last step: the task comes again.
    await sql('update report set level = 0 where id = $1', [ref.id]);
    await sql(`update due set at = date '2020-01-01' where kind = 'report'`);
    await rings(ref);
    const after = await Promise.all(
      ['claire.lefevre', 'mamadou.diallo', 'noe.garnier', 'karim.haddad'].map(subjects),
    );
    expect(after.map((all, index) => all.length - must(before[index] ?? null).length)).toEqual([
      2, 2, 0, 0,
    ]);
    for (const other of [karim, julie, hugues, lina, await town.viewer('noe.garnier')]) {
      expect(await reports.open(other, ref)).toBeNull();
      expect(await reports.original(other, ref)).toBeNull();
      expect(await reports.act(other, ref, { kind: 'taken' })).toEqual({ kind: 'missing' });
      expect(await reports.count(other)).toBe(0);
    }
    for (const school of [2, 3, 0])
      expect(await reports.open(claire, { school: school as SchoolId, id: ref.id })).toBeNull();
    expect(await reports.count(claire)).toBe(await reports.count(head));
  });

  it('about the teacher: the head and the town’s contact, never she; not in number, list, act nor journal', async () => {
    const before = await reports.count(claire);
    const [{ agents } = { agents: 0 }] = await sql<{ agents: number }>(
      `select count(*)::integer as agents from account where school_id = 0 and state = 'active'`,
    );
    const ref = await taps('claire.lefevre', { subject: 'Un mot dur' });
    await rings(ref);
    expect(await reports.open(claire, ref)).toBeNull();
    expect(await reports.formatted(claire, ref)).toBeNull();
    expect(await reports.act(claire, ref, { kind: 'taken' })).toEqual({ kind: 'missing' });
    expect(await reports.count(claire)).toBe(before);
    expect((await reports.list(claire, 'open')).map(({ id }) => id)).not.toContain(ref.id);
    expect(await subjects('claire.lefevre')).not.toContain('Lina (CE1 A) demande de l’aide');
    expect((await reports.open(head, ref))?.writer.name).toContain('Lefèvre');
    expect((await reports.list(hugues, 'open')).map(({ id }) => id)).toEqual([ref.id]);
    expect(await reports.open(hugues, ref)).toMatchObject({ may: { rest: null, apart: null } });
    expect(
      await sql(`select act from agent_act where act = 'report-read' and school_id = $1`, [
        lina.school,
      ]),
    ).toHaveLength(1);
    const { asked } = must((await reports.own(lina))[0] ?? null);
    const names = asked.map(({ name }) => name);
    expect(names).toHaveLength(1 + agents);
    expect(names).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Diallo'),
        expect.stringContaining(hugues.displayName),
      ]),
    );
    await reports.act(head, ref, { kind: 'closed', word: '', letter: 'kept' });
  });

  it('about the head: the teachers and the town’s named contact; the head’s journal has no line of it', async () => {
    await town.store.town((tx) => setReportContact(tx, karim.addressId));
    const seen = async () => [await reports.numbers(head), await reports.count(head)];
    const before = await seen();
    const numbersOfTown = await reports.numbers(hugues);
    const ref = await taps('mamadou.diallo', { subject: 'Du directeur' });
    await rings(ref);
    expect(await seen()).toEqual(before);
    expect(await reports.numbers(hugues)).not.toEqual(numbersOfTown);
    expect(await reports.open(head, ref)).toBeNull();
    expect(await reports.open(hugues, ref)).toBeNull();
    expect(await reports.open(karim, ref)).not.toBeNull();
    expect(await subjects('karim.haddad')).toContainEqual(
      expect.stringMatching(/^Un signalement vous attend/),
    );
    expect(await reports.act(claire, ref, { kind: 'talked' })).toEqual({ kind: 'done' });
    const asked = { before: null, person: '', day: null };
    const trail = must(await town.core.trails.ofSchool(head, lina.school, asked));
    const [latest] = await sql<{ id: string }>(
      `select id from audit where act = 'report-talked' order by id desc limit 1`,
    );
    expect(trail.entries.map(({ id }) => id)).not.toContain(Number(latest?.id));
    await reports.act(claire, ref, { kind: 'closed', word: '', letter: 'kept' });
    expect(await seen()).toEqual(before);
    await town.store.town((tx) => setReportContact(tx, null));
  });
});

describe('evidence outlives', () => {
  interface Way {
    readonly way: string;
    readonly take: (subject: string) => Promise<unknown>;
  }
  const erased = async (local: string): Promise<void> => {
    const who = await town.viewer(local);
    await town.store.write(who.school, (tx) => saveLeaver(tx, who.account, '2026-01-05'));
    const parts = {
      store: town.store,
      log: town.parts.log,
      clock: () => town.clock.now,
      announce: () => {},
      erasures: NO_ERASURES,
    };
    expect(await leaveThrough(parts, who.school, who.account)).toBe('erased');
  };

  it.each<Way & { readonly from: string }>([
    {
      way: 'a recall by its writer',
      from: 'claire.lefevre',
      async take(subject) {
        const row = (await town.rows('claire.lefevre', 'sent')).find(
          (one) => one.subject === subject,
        );
        const { mailbox, uid } = must(row ?? null);
        expect((await sent.recall(claire, mailbox, uid)).kind).toBe('recalled');
      },
    },
    {
      way: 'its writer, who throws it away and empties the bin',
      from: 'adele.vidal',
      async take(subject) {
        const adele = await town.viewer('adele.vidal');
        const row = (await town.rows('adele.vidal', 'sent')).find((one) => one.subject === subject);
        const { mailbox, uid } = must(row ?? null);
        await mail.move(adele, mailbox, { uids: [uid], to: 'trash' });
        await mail.emptyTrash(adele);
      },
    },
    {
      way: 'an EXPUNGE of its writer’s mail program',
      from: 'adele.vidal',
      async take(subject) {
        const adele = await town.viewer('adele.vidal');
        const row = (await town.rows('adele.vidal', 'sent')).find((one) => one.subject === subject);
        const { mailbox, uid } = must(row ?? null);
        const uids = [{ from: uid, to: uid }];
        await town.core.mailboxes.store(adele, mailbox, {
          uids,
          change: 'add',
          flags: ['\\Deleted'],
          unchangedSince: null,
        });
        expect((await town.core.mailboxes.expunge(adele, mailbox, uids)).kind).toBe('done');
      },
    },
    {
      way: 'the erasure of its writer, who left',
      from: 'camille.blanc',
      take: () => erased('camille.blanc'),
    },
  ])('$way', async ({ from, take }) => {
    const subject = `Preuve ${Math.random()}`;
    const ref = await taps(from, { subject });
    const raw = must(await reports.original(head, ref));
    await take(subject);
    expect(await reports.original(head, ref)).toEqual(raw);
    expect(await town.faults()).toEqual([]);
  });

  it('the erasure of the child who reported it, who left while the case is open', async () => {
    const zoe = await town.viewer('zoe.lambert');
    const subject = 'Avant son départ';
    const letter = { via: 'web', subject, text: 'Personne ne te veut.' } as const;
    expect((await town.send('noe.garnier', ['zoe.lambert'], letter)).kind).toBe('accepted');
    const row = (await town.rows('zoe.lambert')).find((one) => one.subject === subject);
    const { mailbox, uid } = must(row ?? null);
    const ref = { school: zoe.school, id: must(await reports.report(zoe, mailbox, uid)) };
    passes(TAKE_BACK_MS + 1);
    const raw = must(await reports.original(head, ref));
    await erased('zoe.lambert');
    expect(await reports.original(head, ref)).toEqual(raw);
    expect(await reports.open(head, ref)).toMatchObject({
      child: { name: 'Zoé Lambert' },
      evidence: { subject, text: expect.stringContaining('Personne ne te veut.') },
    });
    expect(await town.faults()).toEqual([]);
  });

  it('shows nothing from afar, whoever reads it', async () => {
    const noe = await town.viewer('noe.garnier');
    const html = '<p>Regarde</p><img src="https://ailleurs.example/vu.gif">';
    const raw = Buffer.from(
      `From: ${noe.address}\r\nTo: ${lina.address}\r\nSubject: Image\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n`,
    );
    const handed = await town.core.delivery.accept(
      {
        sender: { kind: 'account', viewer: noe },
        recipients: [lina.address],
        via: 'web',
        peer: null,
        session: 'test',
        trace: '',
      },
      Readable.from([raw]),
    );
    expect(handed.kind).toBe('accepted');
    const row = (await town.rows('lina.moreau')).find(({ subject }) => subject === 'Image');
    const { mailbox, uid } = must(row ?? null);
    const id = must(await reports.report(lina, mailbox, uid));
    passes(TAKE_BACK_MS + 1);
    const shown = await reports.formatted(claire, { school: lina.school, id });
    expect(shown).toMatchObject({ kind: 'html', html: expect.stringContaining('Regarde') });
    expect(JSON.stringify(shown)).not.toContain('ailleurs.example');
  });

  it('the child’s own move to another school, and their erasure there; once closed it goes after three months', async () => {
    const subject = 'Avant de partir';
    const ref = await taps('noe.garnier', { subject });
    const raw = must(await reports.original(head, ref));
    await town.store.town((tx) =>
      carryAccounts(tx, { from: lina.school, to: 2 as SchoolId, addresses: [lina.addressId] }),
    );
    expect(await reports.original(head, ref)).toEqual(raw);
    expect(await town.faults()).toEqual([]);
    await town.store.town((tx) =>
      carryAccounts(tx, { from: 2 as SchoolId, to: lina.school, addresses: [lina.addressId] }),
    );
    await reports.act(head, ref, { kind: 'closed', word: 'Fini', letter: 'kept' });
    passes(89 * DAY_MS);
    expect(await rings(ref)).toBe('waits');
    expect(await reports.original(head, ref)).toEqual(raw);
    passes(4 * DAY_MS);
    expect(await rings(ref)).toBe('erased');
    expect(await reports.open(head, ref)).toBeNull();
    expect(await sql('select from report_mark where report_id = $1', [ref.id])).toHaveLength(1);
    expect(await town.faults()).toEqual([]);
  });
});
