import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../../../tests/shared/slice.ts';
import { zip } from '../../../letters/scan/testing/zip.ts';
import { openHoldTown, said } from '../testing/hold-town.ts';

const { town, waitingFor, only, release, inSchool, setModeration, lastDayOf } =
  await openHoldTown();

const subjectsOf = async (local: string): Promise<string[]> =>
  (await town.rows(local)).map(({ subject }) => subject);

describe('the first message between two', () => {
  it('waits for the teacher, whose release delivers it; the next goes at once', async () => {
    let heard = 0;
    const teacher = await town.viewer('beatrice.vasseur');
    const stop = town.core.events.subscribe(teacher, () => (heard += 1));
    expect(
      said(await town.send('nahel.roche', ['clemence.fabre'], { subject: 'Un', via: 'web' })),
    ).toBe('held first-contact');
    await expect.poll(() => heard).toBe(1); // her open page counts again
    expect(await subjectsOf('clemence.fabre')).not.toContain('Un');
    expect((await town.rows('nahel.roche', 'sent'))[0]?.state).toBe('waiting');
    expect(await waitingFor('beatrice.vasseur')).toMatchObject([
      { subject: 'Un', to: [town.address('clemence.fabre')] },
    ]);
    expect(said(await release('beatrice.vasseur'))).toBe('1 sent');
    await expect.poll(() => heard).toBe(2);
    stop();
    expect(await subjectsOf('clemence.fabre')).toContain('Un');
    expect((await town.rows('nahel.roche', 'sent'))[0]?.state).toBe('normal');
    expect(said(await town.send('nahel.roche', ['clemence.fabre']))).toBe('accepted');
    expect(said(await town.send('clemence.fabre', ['nahel.roche']))).toBe('accepted');
  });
  it('is not the answer to a teacher who wrote first', async () => {
    expect(said(await town.send('beatrice.vasseur', ['octave.schmitt']))).toBe('accepted');
    expect(said(await town.send('octave.schmitt', ['beatrice.vasseur']))).toBe('accepted');
  });
  it(
    'to another school, held by its teacher or one’s own, is told in Sent all the same',
    SOAKED,
    async () => {
      const sent = async (subject: string) =>
        (await town.rows('ondine.le-bihan', 'sent')).find((row) => row.subject === subject);
      const read = async (subject: string) => {
        const viewer = await town.viewer('ondine.le-bihan');
        const row = await sent(subject);
        return row && town.core.mail.read(viewer, row.mailbox, row.uid);
      };
      for (const subject of ['Une', 'Deux'])
        expect(
          said(await town.send('ondine.le-bihan', ['lina.moreau'], { subject, via: 'web' })),
        ).toBe('held link-moderated');
      expect([(await sent('Une'))?.state, (await sent('Deux'))?.state]).toEqual([
        'waiting',
        'waiting',
      ]);
      expect(await read('Une')).toMatchObject({ refusal: { rule: 'link-moderated' }, note: null });
      const teacher = await town.viewer('claire.lefevre');
      const [first, second] = await waitingFor('claire.lefevre');
      if (!first || !second) throw new Error('not waiting');
      expect(said(await town.letGo(teacher, first.school, first.id))).toBe('1 sent');
      expect(await town.giveBack(teacher, second.school, second.id, 'Écris-le autrement.')).toBe(
        true,
      );
      expect([(await sent('Une'))?.state, (await sent('Deux'))?.state]).toEqual([
        'normal',
        'given-back',
      ]);
      expect(await read('Deux')).toMatchObject({ note: 'Écris-le autrement.' });
      // Who doesn't read looks at no letter again: at home they are told by whom theirs was read.
      expect(await town.core.sent.readLately(await town.viewer('ondine.le-bihan'))).toMatchObject([
        { name: 'Madame Lefèvre' },
      ]);
      // Held by one's own class first, then by the other one: the same copy in Sent.
      await setModeration('CE1', 2, 'all');
      expect(
        said(await town.send('ondine.le-bihan', ['lina.moreau'], { subject: 'Trois', via: 'web' })),
      ).toBe('held link-moderated');
      const [third] = await waitingFor('claire.lefevre');
      if (!third) throw new Error('not waiting');
      expect(said(await town.letGo(teacher, third.school, third.id))).toBe('held class-moderated');
      expect((await sent('Trois'))?.state).toBe('waiting');
      expect(await waitingFor('claire.lefevre')).toEqual([]);
      expect(said(await release('julie.robin'))).toBe('1 sent');
      expect((await sent('Trois'))?.state).toBe('normal');
      const viewer = await town.viewer('ondine.le-bihan');
      const mailbox = await town.mailbox(viewer, 'sent');
      await town.core.mail.erase(
        viewer,
        mailbox,
        (await town.rows('ondine.le-bihan', 'sent')).map(({ uid }) => uid),
      );
      expect(await town.faults()).toEqual([]);
    },
  );
  it('to another school, by a mail program, is its writer’s to take back, and gone at home once it is decided', async () => {
    const ondine = await town.viewer('ondine.le-bihan');
    const waiting = () => town.core.sent.waiting(ondine);
    const atHome = async () => {
      const { rowCount } = await town.admin.query(
        `select from message where school_id = $1 and subject = 'De loin'`,
        [ondine.school],
      );
      return rowCount;
    };
    const write = () => town.send('ondine.le-bihan', ['lina.moreau'], { subject: 'De loin' });
    expect(said(await write())).toMatch(/^held/);
    expect(await waiting()).toMatchObject([{ subject: 'De loin', isOwn: false }]);
    const [own] = await waiting();
    if (!own) throw new Error('not waiting');
    // By then its teachers have let a day go by: the head of another school is nobody to a child.
    const names = (asked: number) =>
      town.admin
        .query(`update hold set asked = $1 where school_id <> $2 and state = 'waiting'`, [
          asked,
          ondine.school,
        ])
        .then(waiting)
        .then((letters) => letters.flatMap(({ by }) => by.map(({ name }) => name)));
    expect(await names(2)).toEqual(await names(1));
    expect(await names(0)).toEqual(own.by.map(({ name }) => name));
    expect(own.to.map(({ name }) => name)).toEqual([expect.stringContaining('Lina')]);
    const stranger = await town.viewer('nahel.roche');
    expect(await town.core.sent.withdrawLetter(stranger, own.letter)).toBe(0);
    expect(await town.core.sent.withdrawLetter(ondine, own.letter)).toBe(1);
    expect(await waitingFor('claire.lefevre')).toEqual([]);
    expect(await waiting()).toEqual([]);
    const before = await atHome();
    expect(said(await write())).toMatch(/^held/);
    expect(await atHome()).toBe((before ?? 0) + 1);
    const [there] = await waitingFor('claire.lefevre');
    if (!there) throw new Error('not waiting');
    await town.giveBack(await town.viewer('claire.lefevre'), there.school, there.id, 'Plus tard.');
    expect([await waiting(), await atHome()]).toEqual([[], before]);
    expect(await town.faults()).toEqual([]);
  });
  it('is told to its writer by a notice where a mail program sent it, and not where a page did', async () => {
    const told = async () =>
      (await town.rows('nahel.roche')).filter(({ from }) => from.kind === 'system');
    const before = (await told()).length;
    const letter = { subject: 'Pas encore' };
    await town.send('nahel.roche', ['clemence.fabre'], { ...letter, via: 'web' });
    expect(await told()).toHaveLength(before);
    await town.send('nahel.roche', ['clemence.fabre'], letter);
    expect(await told()).toHaveLength(before + 1);
    const [notice] = await told();
    expect(notice?.subject).toBe('Ton message n’est pas encore parti : Pas encore');
    expect(notice?.preview).toContain('Pour : Clémence');
    for (const { school, id } of await waitingFor('beatrice.vasseur'))
      await town.letGo(await town.viewer('beatrice.vasseur'), school, id);
    await town.send('nahel.roche', ['clemence.fabre'], letter);
    expect(await told()).toHaveLength(before + 1);
  });
  it('held twice waits twice', SOAKED, async () => {
    expect(said(await town.send('octave.schmitt', ['kenza.rahmani']))).toBe('held first-contact');
    expect(said(await town.send('octave.schmitt', ['kenza.rahmani']))).toBe('held first-contact');
    for (const { school, id } of await waitingFor('beatrice.vasseur'))
      await town.letGo(await town.viewer('beatrice.vasseur'), school, id);
    expect(await waitingFor('beatrice.vasseur')).toEqual([]);
  });
  it('to the support is let go through the list', SOAKED, async () => {
    expect(said(await town.send('lena.garnier', ['support'], { subject: 'Aide' }))).toBe(
      'held first-contact',
    );
    expect(said(await release('beatrice.vasseur'))).toBe('3 sent');
    expect(await subjectsOf('hugues.armand')).toContain('Aide');
  });
});

describe('a teacher decides', () => {
  it('for those of the class alone, and once', async () => {
    await town.send('lena.garnier', ['kenza.rahmani']);
    const { school, id } = await only('beatrice.vasseur');
    for (const local of [
      'julie.robin',
      'claire.lefevre',
      'mamadou.diallo',
      'kenza.rahmani',
      'lena.garnier',
      'hugues.armand',
    ]) {
      const viewer = await town.viewer(local);
      expect(await town.letGo(viewer, school, id), local).toBeNull();
      expect(await town.giveBack(viewer, school, id, 'non'), local).toBe(false);
    }
    const teacher = await town.viewer('beatrice.vasseur');
    const both = await Promise.all([
      town.letGo(teacher, school, id),
      town.letGo(teacher, school, id),
    ]);
    expect(both.map(said).sort()).toEqual(['1 sent', 'nothing']);
    expect(
      await town
        .rows('kenza.rahmani')
        .then((rows) => rows.filter(({ from }) => from.address === town.address('lena.garnier'))),
    ).toHaveLength(1);
    expect(await town.letGo(teacher, school, id)).toBeNull();
  });
  it('to give it back with a word: the sender reads it, with their text', async () => {
    await town.send('lena.garnier', ['eliott.marchal'], {
      subject: 'Dis',
      text: 'Ma phrase à moi.',
      via: 'web',
    });
    const { school, id } = await only('beatrice.vasseur');
    expect(
      await town.giveBack(await town.viewer('beatrice.vasseur'), school, id, 'Relis ta phrase.'),
    ).toBe(true);
    const [notice] = await town.rows('lena.garnier');
    expect(notice?.from.kind).toBe('system');
    const viewer = await town.viewer('lena.garnier');
    const read = notice && (await town.core.mail.read(viewer, notice.mailbox, notice.uid));
    expect(read?.text).toContain('Relis ta phrase.');
    expect(read?.text).toContain('Ma phrase à moi.');
    const [sent] = await town.rows('lena.garnier', 'sent');
    expect(sent?.state).toBe('given-back');
    expect(sent && (await town.core.mail.read(viewer, sent.mailbox, sent.uid))).toMatchObject({
      note: 'Relis ta phrase.',
      refusal: { rule: 'first-contact' },
    });
    expect(await waitingFor('beatrice.vasseur')).toEqual([]);
  });
  it('too late: who has left the class no longer gets it, and the sender is told', async () => {
    await setModeration('CM1-CM2', 2, 'all');
    expect(
      said(
        await town.send('eliott.marchal', ['kenza.rahmani', 'lena.garnier'], {
          subject: 'Trop tard',
        }),
      ),
    ).toBe('held class-moderated');
    await lastDayOf('kenza.rahmani', '2026-11-23');
    const before = (await town.rows('eliott.marchal')).length;
    expect(said(await release('beatrice.vasseur'))).toBe('1 sent, denied not-in-your-class');
    expect(await town.rows('eliott.marchal')).toHaveLength(before + 1);
    expect(await town.rows('eliott.marchal').then(([row]) => row?.preview)).toContain(
      'n’arrivera pas à Kenza',
    );
    expect(await subjectsOf('lena.garnier')).toContain('Trop tard');
    expect(await subjectsOf('kenza.rahmani')).not.toContain('Trop tard');
    await lastDayOf('kenza.rahmani', null);
  });
  it('a class mail after one has left: all others get it, the answer says so, and nothing comes back', async () => {
    await setModeration('CM1-CM2', 2, 'all');
    expect(
      said(
        await town.send('eliott.marchal', ['cm1-cm2.pasteur'], { subject: 'À tous', via: 'web' }),
      ),
    ).toBe('held class-moderated');
    await lastDayOf('kenza.rahmani', '2026-11-23');
    const before = (await town.rows('eliott.marchal')).length;
    const { sent = 0, ...rest } = (await release('beatrice.vasseur')) ?? {};
    expect(rest).toEqual({ left: 1, waiting: [], refused: [] });
    const {
      rows: [placed],
    } = await town.admin.query<{ count: string }>(
      `
        select count(*)
        from entry e
          join message m on m.school_id = e.school_id
          and m.id = e.message_id
          join mailbox b on b.school_id = e.school_id
          and b.id = e.mailbox_id
        where m.subject = 'À tous' and b.use = 'inbox'
      `,
    );
    expect(sent).toBe(Number(placed?.count));
    expect(sent).toBeGreaterThan(3);
    expect(await town.rows('eliott.marchal')).toHaveLength(before);
    expect((await town.rows('eliott.marchal', 'sent'))[0]).toMatchObject({
      subject: 'À tous',
      state: 'normal',
    });
    expect(await subjectsOf('kenza.rahmani')).not.toContain('À tous');
    await lastDayOf('kenza.rahmani', null);
    expect(await town.faults()).toEqual([]);
  });
  it('for a pupil’s answer to an adult who wrote to them', async () => {
    await setModeration('CM1-CM2', 2, 'all');
    // Not their teacher: only the letter of the last thirty days lets them answer.
    await town.send('thomas.verdier', ['octave.schmitt']);
    expect(
      said(await town.send('octave.schmitt', ['thomas.verdier'], { subject: 'Réponse' })),
    ).toBe('held class-moderated');
    expect(said(await release('beatrice.vasseur'))).toBe('1 sent');
    expect((await town.rows('thomas.verdier'))[0]?.subject).toBe('Réponse');
  });
  it('a class mail as one', async () => {
    await setModeration('CM1-CM2', 2, 'all');
    expect(
      said(await town.send('octave.schmitt', ['cm1-cm2.pasteur'], { subject: 'À la classe' })),
    ).toBe('held class-moderated');
    expect(await waitingFor('beatrice.vasseur')).toMatchObject([
      { to: [town.address('cm1-cm2.pasteur')] },
    ]);
    expect(said(await release('beatrice.vasseur'))).toBe('22 sent');
    expect((await town.rows('kenza.rahmani'))[0]?.subject).toBe('À la classe');
    expect(await town.faults()).toEqual([]);
  });
});

describe('the moderated link of two classes', () => {
  it('holds for the teacher of the class that moderates, both ways', async () => {
    expect(said(await town.send('samuel.okafor', ['lina.moreau'], { subject: 'Salut Lina' }))).toBe(
      'held link-moderated',
    );
    expect(await waitingFor('julie.robin')).toEqual([]);
    expect(said(await release('claire.lefevre'))).toBe('1 sent');
    expect((await town.rows('lina.moreau'))[0]?.subject).toBe('Salut Lina');
    expect(
      said(await town.send('lina.moreau', ['samuel.okafor'], { subject: 'Salut Samuel' })),
    ).toBe('held link-moderated');
    expect(said(await release('claire.lefevre'))).toBe('1 sent');
    expect((await town.rows('samuel.okafor'))[0]?.subject).toBe('Salut Samuel');
    expect(await town.faults()).toEqual([]);
  });
  it('holds for the other class’s teacher where that one moderates all', SOAKED, async () => {
    await inSchool(1, `update class_link set moderated = false where school_id = 1`);
    await setModeration('CE1 A', 1, 'all');
    expect(said(await town.send('samuel.okafor', ['lina.moreau']))).toBe('held class-moderated');
    expect(said(await release('claire.lefevre'))).toBe('1 sent');
    await inSchool(1, `update class_link set moderated = true where school_id = 1`);
  });
});

it('a locked archive waits for the grown-up whom it is for, and never for a child', async () => {
  const file = {
    name: 'dossier.zip',
    bytes: zip('notes.txt', Buffer.from('secret'), { locked: true }),
  };
  expect(
    said(
      await town.send('claire.lefevre', ['karim.haddad', 'mamadou.diallo'], {
        file,
        subject: 'Verrouillé',
      }),
    ),
  ).toBe('held locked-archive-held');
  expect(await subjectsOf('karim.haddad')).not.toContain('Verrouillé');
  expect(said(await release('karim.haddad'))).toBe('1 sent');
  expect((await town.rows('karim.haddad'))[0]?.subject).toBe('Verrouillé');
  expect(await subjectsOf('mamadou.diallo')).not.toContain('Verrouillé');
  expect(said(await town.send('claire.lefevre', ['lina.moreau'], { file }))).toBe(
    'denied locked-archive',
  );
  expect((await town.receive('a@dehors.example', ['claire.lefevre'], { file })).kind).toBe(
    'unscannable',
  );
});

it('what waits for a grown-up of another school alone is its writer’s to take back, by a mail program too', async () => {
  const [claire, julie] = [await town.viewer('claire.lefevre'), await town.viewer('julie.robin')];
  const bytes = zip('notes.txt', Buffer.from('secret'), { locked: true });
  const letter = { file: { name: 'dossier.zip', bytes }, subject: 'Au loin' };
  expect(said(await town.send('claire.lefevre', ['julie.robin'], letter))).toMatch(/^held/);
  const ofClaire = async () =>
    (await town.core.sent.waiting(claire)).filter(({ subject }) => subject === 'Au loin');
  const [own] = await ofClaire();
  if (!own) throw new Error('not waiting');
  expect([own.to, own.by].map((faces) => faces.map(({ address }) => address))).toEqual([
    [julie.address],
    [julie.address],
  ]);
  expect(await town.core.sent.withdrawLetter(claire, own.letter)).toBe(1);
  expect([await ofClaire(), await waitingFor('julie.robin')]).toEqual([[], []]);
  expect(await town.faults()).toEqual([]);
});
