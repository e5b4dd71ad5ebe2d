import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { EICAR } from '../../letters/scan/testing/letters.ts';
import type { Upload, Writing } from '../../mail/writing/contract.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { AnswerGiven, PaperRef, SlipRef } from './contract/slips.ts';
import { OUTING } from './testing/asked-paper.ts';
import { openPaperTown } from './testing/paper-town.ts';

const { town, claire, papers, draft, ask, asked, child, slips, listed, tie, member } =
  await openPaperTown();

const YES: AnswerGiven = {
  version: 1,
  says: { kind: 'yes' },
  note: '',
  number: '',
  way: 'password',
};
const NO: AnswerGiven = { ...YES, says: { kind: 'no' } };

async function slipOf(local: string, ref: PaperRef): Promise<{ who: Viewer; at: SlipRef }> {
  const [slip] = await slips(local, ref);
  if (!slip) throw new Error(`no slip for ${local}`);
  const who = await town.viewer(local);
  // The badge of every page says what the list says.
  const waiting = (await papers.slips(who)).filter(({ waits }) => waits);
  expect(await papers.waitingCount(who)).toBe(waiting.length);
  return { who, at: slip.ref };
}
async function answers(local: string, ref: PaperRef, given: Partial<AnswerGiven> = {}) {
  const { who, at } = await slipOf(local, ref);
  return (await papers.answer(who, at, { ...YES, ...given })).kind;
}

describe('a paper', () => {
  it('is asked by its letter, which leads to its page and brings the day for an agenda', async () => {
    const ref = await asked({}, { subject: 'Au musée' });
    const state = await papers.state(claire, ref);
    expect(state).toMatchObject({
      subject: 'Au musée',
      about: 'CE1 A',
      phase: 'open',
      mayAct: true,
      remindAt: new Date('2026-11-24T17:00:00Z'),
      text: { version: 1, needed: 'one' },
    });
    const [row] = await town.rows('samira.benali');
    expect(row).toMatchObject({ subject: 'Au musée' });
    const samira = await town.viewer('samira.benali');
    const message = row && (await town.core.mail.read(samira, row.mailbox, row.uid));
    const { publicUrl } = town.core.config;
    expect(message?.text).toContain(`${publicUrl}/papers/${ref.school}/${ref.paper}`);
    expect(message?.text).toContain('J’autorise votre enfant à participer');
    expect(message?.attachments.map(({ name }) => name)).toEqual(['agenda.ics']);
    expect(
      await papers.slip(await town.viewer('amine.benali'), (await slipOf('samira.benali', ref)).at),
    ).toBeNull();
  });
  it('counts answers as they come, and the no of one beside the yes of the other', async () => {
    const ref = await asked();
    expect((await child(ref, 'Amine Benali')).standing).toMatchObject({ kind: 'waiting' });
    expect(await answers('samira.benali', ref, { number: '06 12 34 56 78' })).toBe('done');
    expect(await child(ref, 'Amine Benali')).toMatchObject({
      standing: { kind: 'yes' },
      numbers: [{ name: 'Samira Benali', number: '06 12 34 56 78' }],
    });
    expect(await answers('farid.benali', ref, { ...NO, note: 'Dentiste' })).toBe('done');
    expect(await child(ref, 'Amine Benali')).toMatchObject({
      standing: { kind: 'no', alsoYes: true },
      answers: [{ says: { kind: 'yes' } }, { says: { kind: 'no' }, note: 'Dentiste' }],
    });
    const [hers] = await slips('samira.benali', ref);
    expect(hers?.others).toEqual([{ name: 'Farid Benali', hasAnswered: true }]);
    expect(JSON.stringify(hers)).not.toContain('Dentiste');
  });
  it('never asks a guardian without rights, nor counts them', async () => {
    const ref = await asked({ needed: 'each' });
    const theo = await child(ref, 'Théo Jourdain');
    expect(theo.guardians.map(({ name }) => name)).toEqual(['Cécile Jourdain']);
    expect(await slips('marc.jourdain', ref)).toEqual([]);
    expect(await answers('cecile.jourdain', ref)).toBe('done');
    expect((await child(ref, 'Théo Jourdain')).standing).toEqual({ kind: 'yes' });
  });
  it('keeps what was signed by who loses their rights, and asks them no more', async () => {
    const ref = await asked({ needed: 'each' });
    expect(await answers('karine.moreau', ref)).toBe('done');
    const { who, at } = await slipOf('karine.moreau', ref);
    await tie('blocked', true, 'karine.moreau');
    expect(await papers.answer(who, at, { ...NO })).toEqual({ kind: 'missing' });
    expect(await papers.waitingCount(who)).toBe(0);
    expect(await child(ref, 'Lina Moreau')).toMatchObject({
      standing: { kind: 'waiting' },
      answers: [{ name: 'Karine Moreau', says: { kind: 'yes' } }],
    });
    expect(await answers('thomas.moreau', ref)).toBe('done');
    expect((await child(ref, 'Lina Moreau')).standing).toEqual({ kind: 'yes' });
  });
  it('asks again once its words change, and shows the old answer as given to the old words', async () => {
    const ref = await asked();
    expect(await answers('samira.benali', ref)).toBe('done');
    const again = await draft(claire, { subject: 'Sortie au musée, autre heure' });
    const changed = await papers.change(claire, ref, {
      ...again,
      wish: { ...OUTING, from: '09:00' },
    });
    expect(changed).toEqual({ kind: 'asked', ref });
    expect(await child(ref, 'Amine Benali')).toMatchObject({
      standing: { kind: 'waiting' },
      answers: [],
      before: [{ version: 1, says: { kind: 'yes' } }],
    });
    const [slip] = await slips('samira.benali', ref);
    expect(slip).toMatchObject({
      waits: true,
      text: { version: 2, frame: { occasion: { from: '09:00' } } },
      before: { answer: { version: 1 }, text: { frame: { occasion: { from: '08:30' } } } },
    });
    // Another tab still shows the old words.
    expect(await answers('samira.benali', ref)).toBe('changed');
    expect(await answers('samira.benali', ref, { version: 2 })).toBe('done');
    const same = await draft(claire);
    expect(
      await papers.change(claire, ref, { ...same, wish: { ...OUTING, from: '09:00' } }),
    ).toEqual({ kind: 'faulty', faults: ['same-words'] });
  });
  it('takes an answer until its hour, the last one counts, and the same one twice is one', async () => {
    const ref = await asked();
    const start = town.clock.now;
    expect(await answers('elodie.garnier', ref)).toBe('done');
    expect(await answers('elodie.garnier', ref)).toBe('done');
    expect(await answers('elodie.garnier', ref, NO)).toBe('done');
    const noe = await child(ref, 'Noé Garnier');
    expect(noe.answers.map(({ says }) => says.kind)).toEqual(['no']);
    const all = await papers.evidence(claire, ref);
    expect(all?.signatures.map(({ answer, isWhole }) => [answer.says.kind, isWhole])).toEqual([
      ['yes', true],
      ['no', true],
    ]);
    town.clock.now = new Date('2026-11-25T17:00:00Z');
    expect(await answers('elodie.garnier', ref)).toBe('over');
    town.clock.now = start;
    expect(await answers('elodie.garnier', ref, { says: { kind: 'signed' } })).toBe('no-answer');
    expect(await answers('elodie.garnier', ref, { number: 'appelez-moi' })).toBe('bad-number');
    expect(await answers('elodie.garnier', ref, { note: 'a'.repeat(501) })).toBe('too-long');
  });
  it('says nothing of the other where the head wants it so, by no list and no reminder', async () => {
    const ref = await asked();
    await tie('silent', true, 'farid.benali');
    expect(await answers('samira.benali', ref)).toBe('done');
    const [his] = await slips('farid.benali', ref);
    expect(his).toMatchObject({ others: null, waits: true });
    const [hers] = await slips('samira.benali', ref);
    expect(hers?.others).toBeNull();
    await papers.remind(claire, ref, (await child(ref, 'Amine Benali')).id);
    expect((await town.rows('farid.benali'))[0]?.subject).toContain('À signer pour Amine');
    await tie('silent', false);
    expect((await slips('farid.benali', ref))[0]).toMatchObject({ waits: false });
  });
  it('notes what came back on paper, of a guardian or of whoever signed', async () => {
    const ref = await asked();
    const lina = await child(ref, 'Lina Moreau');
    const slip = { child: lina.id, signer: null, name: 'sa mère', note: '', photo: null } as const;
    const { who } = await slipOf('samira.benali', ref);
    expect(await papers.enter(who, ref, { ...slip, says: { kind: 'yes' } })).toEqual({
      kind: 'missing',
    });
    expect(await papers.enter(claire, ref, { ...slip, says: { kind: 'signed' } })).toEqual({
      kind: 'no-answer',
    });
    expect(await papers.enter(claire, ref, { ...slip, name: ' ', says: { kind: 'yes' } })).toEqual({
      kind: 'no-signer',
    });
    expect(await papers.enter(claire, ref, { ...slip, says: { kind: 'yes' } })).toEqual({
      kind: 'done',
    });
    expect(await child(ref, 'Lina Moreau')).toMatchObject({
      standing: { kind: 'yes' },
      answers: [{ name: 'sa mère', way: 'paper', signer: null }],
    });
  });
  it('keeps a photo of the sheet with its answer, past the scanner, without its place', async () => {
    const ref = await asked();
    const lina = await child(ref, 'Lina Moreau');
    const says = { kind: 'yes' } as const;
    const enter = (photo: Upload) =>
      papers.enter(claire, ref, {
        child: lina.id,
        signer: null,
        name: 'sa mère',
        note: '',
        says,
        photo,
      });
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xd9]), Buffer.alloc(64)]);
    const file = { name: 'feuille.jpg', mediaType: 'image/jpeg' };
    expect(await enter({ ...file, bytes: Buffer.from('MZ, un programme') })).toEqual({
      kind: 'no-photo',
    });
    expect(await enter({ ...file, bytes: Buffer.concat([jpeg, EICAR]) })).toMatchObject({
      kind: 'photo-refused',
      outcome: { kind: 'infected' },
    });
    expect((await child(ref, 'Lina Moreau')).answers).toEqual([]);
    expect(await enter({ ...file, bytes: jpeg })).toEqual({ kind: 'done' });
    const [answer] = (await child(ref, 'Lina Moreau')).answers;
    const kept = await papers.photo(claire, ref, answer?.photo ?? 0);
    expect(kept).toMatchObject({ name: 'feuille.jpg', mediaType: 'image/jpeg' });
    for (const local of ['karine.moreau', 'lina.moreau', 'karim.haddad'])
      expect(await papers.photo(await town.viewer(local), ref, answer?.photo ?? 0)).toBeNull();
    const isWhole = async () => (await papers.evidence(claire, ref))?.signatures[0]?.isWhole;
    expect(await isWhole()).toBe(true);
    await town.admin.query(`update paper_photo set bytes = bytes || '\\x00'`);
    expect(await isWhole()).toBe(false);
  });
  it('says why it was not asked, and asks nothing then', async () => {
    const before = (await listed(claire)).length;
    expect(await ask({ untilDay: '2026-11-20' })).toEqual({
      kind: 'faulty',
      faults: ['until-past'],
    });
    expect(await ask({ untilDay: '' }, { subject: ' ' })).toEqual({
      kind: 'faulty',
      faults: ['no-subject', 'until-unclear'],
    });
    expect(await ask({}, { subject: ' ' })).toEqual({ kind: 'faulty', faults: ['no-subject'] });
    expect(await ask({}, { to: ['ce1-a.tilleuls'] })).toEqual({ kind: 'not-families' });
    expect(await ask({}, { to: ['samira.benali'] })).toEqual({ kind: 'not-families' });
    expect(await ask({}, { to: ['familles.ce1-ce2.tilleuls'] })).toEqual({ kind: 'not-families' });
    expect(await listed(claire)).toHaveLength(before);
    const { rows } = await town.admin.query('select from paper where version = 0');
    expect(rows).toHaveLength(0);
  });
  it('is asked once, however often its button is pressed', async () => {
    const before = (await listed(claire)).length;
    const written = await draft(claire);
    const press = () => papers.ask(claire, { ...written, wish: OUTING });
    const [one, other] = await Promise.all([press(), press()]);
    const third = await press();
    expect([one.kind, third.kind]).toContain('asked');
    expect(other.kind === 'asked' || one.kind === 'asked').toBe(true);
    expect(third).toMatchObject({ kind: 'asked' });
    expect(await listed(claire)).toHaveLength(before + 1);
  });
  it('is asked by the next press where its letter could not be stored', SOAKED, async () => {
    const written = await draft(claire, { subject: 'La base tombe' });
    const press = () => papers.ask(claire, { ...written, wish: OUTING });
    await town.admin.query(
      `create function falls() returns trigger language plpgsql
         as 'begin raise exception using errcode = ''57P01''; end';
       create trigger falls before insert on message for each row execute function falls()`,
    );
    await expect(press()).rejects.toThrow();
    await town.admin.query('drop trigger falls on message; drop function falls()');
    expect(await press()).toMatchObject({ kind: 'asked' });
    expect((await town.rows('samira.benali'))[0]?.subject).toBe('La base tombe');
  });
  it('is asked, too, where the process ended between its words and its letter', async () => {
    const left = await asked({}, { subject: 'Restée là' });
    const written = await draft(claire, { subject: 'Reprise' });
    await town.admin.query(
      `update paper_version set letter = $2, made_at = made_at - interval '1 minute'
       where paper_id = $1`,
      [left.paper, written.letter],
    );
    await town.admin.query('update paper set version = 0, asked_at = null where id = $1', [
      left.paper,
    ]);
    const again = await papers.ask(claire, { ...written, wish: OUTING });
    expect(again).toMatchObject({ kind: 'asked' });
    expect((await town.rows('samira.benali'))[0]?.subject).toBe('Reprise');
  });
});

it('is given more time, and loses no answer by it', async () => {
  const ref = await asked({ day: '', from: '', to: '' });
  expect(await answers('elodie.garnier', ref)).toBe('done');
  town.clock.now = new Date('2026-11-25T18:00:00Z');
  expect(await papers.state(claire, ref)).toMatchObject({ phase: 'over' });
  const until = { untilDay: '2026-11-20', untilTime: '18:00' };
  expect(await papers.extend(claire, ref, until)).toEqual({ kind: 'faulty', fault: 'until-past' });
  const later = { untilDay: '2026-12-01', untilTime: '12:00' };
  const { who } = await slipOf('samira.benali', ref);
  expect(await papers.extend(who, ref, later)).toEqual({ kind: 'missing' });
  expect(await papers.extend(claire, ref, later)).toEqual({ kind: 'done' });
  expect(await papers.state(claire, ref)).toMatchObject({
    phase: 'open',
    tally: { answered: 1 },
    remindAt: new Date('2026-11-30T17:00:00Z'),
  });
  expect(await answers('samira.benali', ref)).toBe('done');
});

it('is reminded of as it was wished, however its end moves', SOAKED, async () => {
  const free = { day: '', from: '', to: '' };
  const more = { untilDay: '2026-12-01', untilTime: '12:00' };
  const quiet = await asked({ ...free, reminds: false });
  expect(await papers.state(claire, quiet)).toMatchObject({ remindAt: null, reminds: false });
  expect(await papers.extend(claire, quiet, more)).toEqual({ kind: 'done' });
  expect(await papers.state(claire, quiet)).toMatchObject({ remindAt: null, reminds: false });
  // The evening before its end was yesterday's.
  const late = await asked({ ...free, untilDay: '2026-11-24', untilTime: '17:30' });
  expect(await papers.state(claire, late)).toMatchObject({ remindAt: null, reminds: true });
  const today = { untilDay: '2026-11-24', untilTime: '18:00' };
  expect(await papers.extend(claire, late, today)).toEqual({ kind: 'done' });
  expect(await papers.state(claire, late)).toMatchObject({ remindAt: null, reminds: true });
  expect(await papers.extend(claire, late, more)).toEqual({ kind: 'done' });
  expect(await papers.state(claire, late)).toMatchObject({
    remindAt: new Date('2026-11-30T17:00:00Z'),
    reminds: true,
  });
});

it('is not asked where no family has an account, and says so', async () => {
  await tie('blocked', true);
  expect(await ask()).toEqual({ kind: 'no-families' });
});

it('stays with what was signed where its letter is called back', SOAKED, async () => {
  const ref = await asked();
  expect(await answers('samira.benali', ref)).toBe('done');
  const [sent] = await town.rows('claire.lefevre', 'sent');
  const mailbox = await town.mailbox(claire, 'sent');
  const recalled = sent && (await town.core.sent.recall(claire, mailbox, sent.uid));
  expect(recalled).toMatchObject({ kind: 'recalled' });
  expect(await papers.state(claire, ref)).toMatchObject({ tally: { answered: 1 } });
  expect(await answers('elodie.garnier', ref)).toBe('done');
});

it('is asked of a group of one’s own, and of nobody else’s', async () => {
  const saved = await town.core.groups.save(claire, {
    id: null,
    name: 'Chorale',
    whom: 'families',
    pupils: [town.address('amine.benali'), town.address('noe.garnier')],
  });
  const [group] = (await town.core.groups.list(claire)).filter(
    ({ id }) => saved.kind === 'saved' && id === saved.id,
  );
  const ref = await asked({}, { to: [group?.address ?? ''] });
  const state = await papers.state(claire, ref);
  expect(state?.about).toBe('Chorale');
  expect(state?.children.map(({ name }) => name)).toEqual(['Amine Benali', 'Noé Garnier']);
  expect(await slips('karine.moreau', ref)).toEqual([]);
  expect(await answers('elodie.garnier', ref)).toBe('done');
});

it(
  'tells nobody of a child who has left the class, and waits for their family no longer',
  SOAKED,
  async () => {
    const ref = await asked();
    await member('noe.garnier', 'CE1 A', { until: '2026-11-20' });
    expect((await papers.state(claire, ref))?.tally.asked).toBe(23);
    expect(await slips('elodie.garnier', ref)).toEqual([]);
    await member('noe.garnier', 'CE1 A', {});
  },
);

it(
  'asks the family of a child who comes later, of what could still be answered then',
  SOAKED,
  async () => {
    const ref = await asked();
    const over = await asked({}, { subject: 'Théâtre' });
    await town.admin.query(
      `update paper_version set until_at = '2026-11-22T17:00Z' where paper_id = $1`,
      [over.paper],
    );
    const { rows } = await town.admin.query<{ local: string; guardian: string }>(`
    select a.local, g.local as guardian
    from class c
      join membership m on m.school_id = c.school_id and m.class_id = c.id and m.role = 'pupil'
      join address a on a.id = m.address_id
      join guardianship t on t.child_address_id = a.id
      join address g on g.id = t.guardian_address_id
    where c.school_id = 1 and c.name = 'CM2 B'
    order by a.local
    limit 1
  `);
    const [{ local, guardian } = { local: '', guardian: '' }] = rows;
    expect(await slips(guardian, ref)).toEqual([]);
    await member(local, 'CE1 A', { from: '2026-11-24' });
    expect((await papers.state(claire, ref))?.tally.asked).toBe(25);
    expect((await papers.state(claire, over))?.tally.asked).toBe(24);
    expect(await slips(guardian, over)).toEqual([]);
    await papers.remind(claire, ref, null);
    expect((await town.rows(guardian))[0]?.subject).toContain('À signer');
    expect(await answers(guardian, ref)).toBe('done');
    const all = await papers.evidence(claire, ref);
    expect(all?.signatures).toMatchObject([{ isWhole: true, answer: { version: 1 } }]);
    expect(all?.signatures[0]?.childName).not.toBe('');
    await town.admin.query(`delete from membership where from_date = '2026-11-24'`);
    await town.admin.query('update school set roster_version = roster_version + 1');
    expect((await papers.state(claire, ref))?.tally).toMatchObject({ asked: 24, answered: 0 });
  },
);

it('counts what families ask back until it is answered or put away', async () => {
  const ref = await asked();
  const { who, at } = await slipOf('samira.benali', ref);
  const begun = await papers.questionTo(who, at);
  expect(begun).toMatchObject({ to: claire.address, subject: 'Sortie au musée (Amine)' });
  const write = async (by: Viewer, writing: Partial<Writing>): Promise<void> => {
    const { ref: draftRef } = await town.core.writings.save(
      by,
      { to: [], cc: [], subject: '', text: '', answers: 'sender', answerTo: null, ...writing },
      { previous: null, add: [], drop: [] },
    );
    expect(await town.core.writings.send(by, draftRef)).toMatchObject({ kind: 'accepted' });
  };
  const question = 'Peut-il prendre son médicament à midi ?';
  const { subject = '', answerTo = null } = begun ?? {};
  await write(who, { to: [claire.address], subject, answerTo, text: question });
  expect((await listed(claire))[0]?.questions).toBe(1);
  const [asks] = (await child(ref, 'Amine Benali')).questions;
  expect(asks).toMatchObject({ name: 'Samira Benali', words: question });
  expect((await child(ref, 'Noé Garnier')).questions).toEqual([]);
  // The head looks on, and sees nothing of the teacher's mail.
  const head = await town.viewer('mamadou.diallo');
  expect(await papers.state(head, ref)).toMatchObject({ questions: 0 });
  if (!asks) throw new Error('no question');
  await write(claire, { to: [who.address], text: 'Oui.', answerTo: asks });
  expect(await papers.state(claire, ref)).toMatchObject({ questions: 0 });
});

it('is found page by page once it is over, what can be answered on the first', async () => {
  const open = await asked();
  await town.admin.query(
    `insert into paper (school_id, author_address_id, author_name, class_id, about, recipient,
       version, made_at, asked_at, withdrawn_at, gone_at)
     select school_id, author_address_id, author_name, class_id, about, recipient, 1, made_at,
       asked_at, asked_at, gone_at
     from paper, generate_series(1, 51)`,
  );
  await town.admin.query(`
    insert into paper_version
    select school_id, p.id, version, gen_random_uuid(), letter_hash, subject, body, text, place,
      price, day, last_day, from_time, to_time, question, options, needed, until_at, asks_number,
      v.made_at, v.remind_at, v.numbers_gone_at, v.gone_at
    from paper_version v join paper p using (school_id, version)
    where p.id <> v.paper_id
  `);
  const first = await papers.list(claire, null);
  expect(first.open.map(({ ref }) => ref)).toEqual([open]);
  expect(first.past).toHaveLength(50);
  expect(first.past[0]?.phase).toBe('withdrawn');
  const last = await papers.list(claire, first.next);
  expect(last).toMatchObject({ open: [], next: null });
  expect(last.past).toHaveLength(1);
  const all = [...first.past, ...last.past].map(({ ref }) => ref.paper);
  expect(all).toEqual([...new Set(all)].toSorted((one, other) => other - one));
});

describe('who sees a paper', () => {
  it('isn’t who asked it once and teaches the class no longer', async () => {
    const ref = await asked();
    const move = async (until: string | null) => {
      await town.admin.query(
        `update membership set until_date = $1 where role = 'teacher' and address_id = $2`,
        [until, claire.addressId],
      );
      await town.admin.query('update school set roster_version = roster_version + 1');
    };
    await move('2026-11-20');
    expect(await papers.state(claire, ref)).toBeNull();
    expect(await listed(claire)).toEqual([]);
    expect(await papers.evidence(claire, ref)).toBeNull();
    expect(await papers.remind(claire, ref, null)).toBeNull();
    expect(await papers.withdraw(claire, ref)).toBe(false);
    expect(await papers.file(claire, ref, { version: 1, place: 0 })).toBeNull();
    await move(null);
    expect(await papers.state(claire, ref)).not.toBeNull();
  });

  it('is its teachers and the school’s head, and nobody else', async () => {
    const ref = await asked();
    const seen = async (local: string) =>
      (await papers.state(await town.viewer(local), ref))?.mayAct ?? null;
    expect(await seen('claire.lefevre')).toBe(true);
    expect(await seen('mamadou.diallo')).toBe(false);
    for (const local of ['karim.haddad', 'samira.benali', 'lina.moreau', 'agent1'])
      expect(await seen(local).catch(() => null), local).toBeNull();
    expect(await listed(await town.viewer('lina.moreau'))).toEqual([]);
    expect(await papers.slips(await town.viewer('lina.moreau'))).toEqual([]);
    const lina = await town.viewer('lina.moreau');
    expect(await papers.waitingCount(lina)).toBe(0);
    expect(await papers.withdraw(await town.viewer('mamadou.diallo'), ref)).toBe(false);
    expect(await papers.withdraw(claire, ref)).toBe(true);
    expect(await papers.withdraw(claire, ref)).toBe(false);
    expect(await answers('samira.benali', ref)).toBe('withdrawn');
  });
});

it('leaves no fault in what is kept', async () => {
  await asked();
  expect(await town.faults()).toEqual([]);
});
