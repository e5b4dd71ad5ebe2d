import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HoldId, MailboxId, SchoolId, Uid } from '../ids.ts';
import type { Outcome, Refusal } from '../outcome.ts';
import { zip } from '../scan/testing/zip.ts';
import { openTestTown, proofFor, uidsOf, type TestTown } from '../testing/town.ts';
import type { LetGo, Proof } from './contract.ts';
import { releaseHold } from './release.ts';

const MORNING = new Date('2026-11-24T09:00:00Z');
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown();
});
beforeEach(() => {
  town.clock.now = MORNING;
});
afterAll(() => town.close());

function said(outcome: Outcome | LetGo | null): string {
  if (outcome === null) return 'nothing';
  if (!('kind' in outcome)) return saidLetGo(outcome);
  if (outcome.kind === 'denied')
    return `denied ${outcome.refusals.map(({ rule }) => rule).join(', ')}`;
  return outcome.kind === 'held'
    ? `held ${[...new Set(outcome.held.map(({ rule }) => rule))].join(', ')}`
    : outcome.kind;
}

/** « 3 sent, denied not-in-your-class ». */
function saidLetGo({ sent, left, waiting, refused }: LetGo): string {
  const rules = (all: readonly Refusal[]): string =>
    [...new Set(all.map(({ rule }) => rule))].join(', ');
  return [
    ...(sent > 0 ? [`${sent} sent`] : []),
    ...(left > 0 ? [`${left} left`] : []),
    ...(waiting.length > 0 ? [`held ${rules(waiting)}`] : []),
    ...(refused.length > 0 ? [`denied ${rules(refused)}`] : []),
  ].join(', ');
}

/** What one teacher has waiting from one sender, the newest last. */
async function waitingFor(
  local: string,
): Promise<{ school: SchoolId; id: HoldId; subject: string; to: readonly string[] }[]> {
  const held = await town.core.moderation.waiting(await town.viewer(local));
  return held.map(({ school, id, subject, to }) => ({
    school,
    id,
    subject,
    to: to.map(({ address }) => address),
  }));
}

async function only(local: string): Promise<{ school: SchoolId; id: HoldId }> {
  const [one, ...more] = await waitingFor(local);
  if (!one || more.length > 0) throw new Error(`${more.length + (one ? 1 : 0)} wait for ${local}`);
  return one;
}

async function release(local: string): Promise<LetGo | null> {
  const { school, id } = await only(local);
  return town.core.moderation.release(await town.viewer(local), school, id);
}

/** A change by the application's own role, as a roster page will make it. */
async function inSchool(school: number, statement: string): Promise<void> {
  await town.admin.query(`begin; set local preau.school = '${school}'; ${statement}; commit`);
}

const setModeration = (name: string, school: number, moderation: string): Promise<void> =>
  inSchool(
    school,
    `
      update class
      set moderation = '${moderation}'
      where school_id = ${school} and name = '${name}'
    `,
  );

describe('the first message between two', () => {
  it('waits for the teacher, whose release delivers it; the next goes at once', async () => {
    expect(
      said(await town.send('eliott.marchal', ['kenza.rahmani'], { subject: 'Un', via: 'web' })),
    ).toBe('held first-contact');
    expect(await town.rows('kenza.rahmani')).toHaveLength(0);
    expect((await town.rows('eliott.marchal', 'sent'))[0]?.state).toBe('waiting');
    expect(await waitingFor('beatrice.vasseur')).toMatchObject([
      { subject: 'Un', to: [town.address('kenza.rahmani')] },
    ]);
    expect(said(await release('beatrice.vasseur'))).toBe('1 sent');
    expect((await town.rows('kenza.rahmani')).map(({ subject }) => subject)).toEqual(['Un']);
    expect((await town.rows('eliott.marchal', 'sent'))[0]?.state).toBe('normal');
    expect(said(await town.send('eliott.marchal', ['kenza.rahmani']))).toBe('accepted');
    expect(said(await town.send('kenza.rahmani', ['eliott.marchal']))).toBe('accepted');
  });
  it('is not the answer to a teacher who wrote first', async () => {
    expect(said(await town.send('beatrice.vasseur', ['octave.schmitt']))).toBe('accepted');
    expect(said(await town.send('octave.schmitt', ['beatrice.vasseur']))).toBe('accepted');
  });
  it('to another school, held by its teacher or one’s own, is told in Sent all the same', async () => {
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
    expect(said(await town.core.moderation.release(teacher, first.school, first.id))).toBe(
      '1 sent',
    );
    expect(
      await town.core.moderation.giveBack(teacher, second.school, second.id, 'Écris-le autrement.'),
    ).toBe(true);
    expect([(await sent('Une'))?.state, (await sent('Deux'))?.state]).toEqual([
      'normal',
      'given-back',
    ]);
    expect(await read('Deux')).toMatchObject({ note: 'Écris-le autrement.' });
    // Held by one's own class first, then by the other one: the same copy in Sent.
    await setModeration('CE1', 2, 'all');
    expect(
      said(await town.send('ondine.le-bihan', ['lina.moreau'], { subject: 'Trois', via: 'web' })),
    ).toBe('held link-moderated');
    const [third] = await waitingFor('claire.lefevre');
    if (!third) throw new Error('not waiting');
    expect(said(await town.core.moderation.release(teacher, third.school, third.id))).toBe(
      'held class-moderated',
    );
    expect((await sent('Trois'))?.state).toBe('waiting');
    expect(await waitingFor('claire.lefevre')).toEqual([]);
    expect(said(await release('julie.robin'))).toBe('1 sent');
    expect((await sent('Trois'))?.state).toBe('normal');
    await setModeration('CE1', 2, 'open');
    const viewer = await town.viewer('ondine.le-bihan');
    const mailbox = await town.mailbox(viewer, 'sent');
    await town.core.mail.erase(
      viewer,
      mailbox,
      (await town.rows('ondine.le-bihan', 'sent')).map(({ uid }) => uid),
    );
    expect(await town.faults()).toEqual([]);
  });
  it('held twice waits twice', async () => {
    expect(said(await town.send('octave.schmitt', ['kenza.rahmani']))).toBe('held first-contact');
    expect(said(await town.send('octave.schmitt', ['kenza.rahmani']))).toBe('held first-contact');
    for (const { school, id } of await waitingFor('beatrice.vasseur'))
      await town.core.moderation.release(await town.viewer('beatrice.vasseur'), school, id);
    expect(await waitingFor('beatrice.vasseur')).toEqual([]);
  });
  it('to the support is let go through the list', async () => {
    expect(said(await town.send('lena.garnier', ['support'], { subject: 'Aide' }))).toBe(
      'held first-contact',
    );
    expect(said(await release('beatrice.vasseur'))).toBe('3 sent');
    expect((await town.rows('hugues.armand')).map(({ subject }) => subject)).toEqual(['Aide']);
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
      expect(await town.core.moderation.release(viewer, school, id), local).toBeNull();
      expect(await town.core.moderation.giveBack(viewer, school, id, 'non'), local).toBe(false);
    }
    const teacher = await town.viewer('beatrice.vasseur');
    const both = await Promise.all([
      town.core.moderation.release(teacher, school, id),
      town.core.moderation.release(teacher, school, id),
    ]);
    expect(both.map(said).sort()).toEqual(['1 sent', 'nothing']);
    expect(
      await town
        .rows('kenza.rahmani')
        .then((rows) => rows.filter(({ from }) => from.address === town.address('lena.garnier'))),
    ).toHaveLength(1);
    expect(await town.core.moderation.release(teacher, school, id)).toBeNull();
  });
  it('to give it back with a word: the sender reads it, with their text', async () => {
    await town.send('lena.garnier', ['eliott.marchal'], {
      subject: 'Dis',
      text: 'Ma phrase à moi.',
      via: 'web',
    });
    const { school, id } = await only('beatrice.vasseur');
    expect(
      await town.core.moderation.giveBack(
        await town.viewer('beatrice.vasseur'),
        school,
        id,
        'Relis ta phrase.',
      ),
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
    await inSchool(
      2,
      `
        update membership m
        set until_date = '2026-11-23'
        from address a
        where a.id = m.address_id and a.local = 'kenza.rahmani'
      `,
    );
    const before = (await town.rows('eliott.marchal')).length;
    expect(said(await release('beatrice.vasseur'))).toBe('1 sent, denied not-in-your-class');
    expect(await town.rows('eliott.marchal')).toHaveLength(before + 1);
    expect(await town.rows('eliott.marchal').then(([row]) => row?.preview)).toContain(
      'n’arrivera pas à Kenza',
    );
    expect((await town.rows('lena.garnier')).map(({ subject }) => subject)).toContain('Trop tard');
    expect((await town.rows('kenza.rahmani')).map(({ subject }) => subject)).not.toContain(
      'Trop tard',
    );
    await inSchool(
      2,
      `
        update membership m
        set until_date = null
        from address a
        where a.id = m.address_id and a.local = 'kenza.rahmani'
      `,
    );
  });
  it('a class mail after one has left: all others get it, the answer says so, and nothing comes back', async () => {
    expect(
      said(
        await town.send('eliott.marchal', ['cm1-cm2.pasteur'], { subject: 'À tous', via: 'web' }),
      ),
    ).toBe('held class-moderated');
    await inSchool(
      2,
      `
        update membership m
        set until_date = '2026-11-23'
        from address a
        where a.id = m.address_id and a.local = 'kenza.rahmani'
      `,
    );
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
    expect((await town.rows('kenza.rahmani')).map(({ subject }) => subject)).not.toContain(
      'À tous',
    );
    await inSchool(
      2,
      `
        update membership m
        set until_date = null
        from address a
        where a.id = m.address_id and a.local = 'kenza.rahmani'
      `,
    );
    expect(await town.faults()).toEqual([]);
  });
  it('for a pupil’s answer to an adult who wrote to them', async () => {
    // Not their teacher: only the letter of the last thirty days lets them answer.
    await town.send('thomas.verdier', ['octave.schmitt']);
    expect(
      said(await town.send('octave.schmitt', ['thomas.verdier'], { subject: 'Réponse' })),
    ).toBe('held class-moderated');
    expect(said(await release('beatrice.vasseur'))).toBe('1 sent');
    expect((await town.rows('thomas.verdier'))[0]?.subject).toBe('Réponse');
  });
  it('a class mail as one', async () => {
    expect(
      said(await town.send('octave.schmitt', ['cm1-cm2.pasteur'], { subject: 'À la classe' })),
    ).toBe('held class-moderated');
    expect(await waitingFor('beatrice.vasseur')).toMatchObject([
      { to: [town.address('cm1-cm2.pasteur')] },
    ]);
    expect(said(await release('beatrice.vasseur'))).toBe('22 sent');
    expect((await town.rows('kenza.rahmani'))[0]?.subject).toBe('À la classe');
    await setModeration('CM1-CM2', 2, 'first-contact');
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
  it('holds for the other class’s teacher where that one moderates all', async () => {
    await inSchool(1, `update class_link set moderated = false where school_id = 1`);
    await setModeration('CE1 A', 1, 'all');
    expect(said(await town.send('samuel.okafor', ['lina.moreau']))).toBe('held class-moderated');
    expect(said(await release('claire.lefevre'))).toBe('1 sent');
    await setModeration('CE1 A', 1, 'open');
    await inSchool(1, `update class_link set moderated = true where school_id = 1`);
  });
});

it('an approved stranger waits for the class’s teacher', async () => {
  const stranger = 'camille.arnoux@musee-des-sciences.example';
  expect(
    said(await town.receive(stranger, ['ce1-a.tilleuls', 'lina.moreau'], { subject: 'Le musée' })),
  ).toBe('held approved-correspondent');
  expect(said(await release('claire.lefevre'))).toBe('25 sent');
  expect(
    (await town.rows('lina.moreau')).filter(({ subject }) => subject === 'Le musée'),
  ).toHaveLength(1);
  expect((await town.rows('adele.vidal')).map(({ subject }) => subject)).toContain('Le musée');
  expect(said(await town.receive(stranger, ['agathe.caron']))).toBe('denied no-such-address');
  expect(await town.faults()).toEqual([]);
});

describe('who writes to a class from outside', () => {
  const friend = 'camille.arnoux@musee-des-sciences.example';
  const nothing: Proof = { authentication: 'none', headers: '' };
  const last = async () =>
    (await town.core.moderation.waiting(await town.viewer('claire.lefevre'))).at(-1);

  it.each<{ when: string; from: string; proof: Proof }>([
    { when: 'with another address', from: '"Camille" <evil@evil.example>', proof: nothing },
    {
      when: 'with another address that is proved',
      from: '"Camille" <evil@evil.example>',
      proof: proofFor('evil@evil.example'),
    },
    {
      when: 'with its own address that its domain disowns',
      from: friend,
      proof: { authentication: 'fail', headers: '' },
    },
  ])(
    'behind an approved envelope $when reaches no child, and hears what nobody hears',
    async ({ from, proof }) => {
      const before = (await waitingFor('claire.lefevre')).length;
      const refusals = async (to: string) => {
        const outcome = await town.receive(friend, [to], { header: { from }, proof });
        return outcome.kind === 'denied'
          ? outcome.refusals.map(({ rule, words }) => ({ rule, words }))
          : outcome.kind;
      };
      for (const to of ['lina.moreau', 'ce1-a.tilleuls', 'karine.moreau', 'personne.dutout'])
        expect(await refusals(to), to).toEqual([{ rule: 'no-such-address', words: {} }]);
      expect(await waitingFor('claire.lefevre')).toHaveLength(before);
    },
  );
  it.each<{ when: string; proof: Proof }>([
    { when: 'nothing proves', proof: nothing },
    { when: 'another domain than From’s stands behind', proof: proofFor('x@evil.example') },
  ])(
    'under an approved address that $when is held as unproven, and goes by a person’s word alone',
    async ({ proof }) => {
      expect(
        said(await town.receive(friend, ['lina.moreau'], { subject: 'Sans preuve', proof })),
      ).toBe('held unproven-correspondent');
      const held = await last();
      expect(held).toMatchObject({
        rule: 'unproven-correspondent',
        until: null,
        from: { kind: 'outside', address: friend },
        stranger: { provedBy: null, namesake: null },
      });
      expect((await town.rows('lina.moreau')).map(({ subject }) => subject)).not.toContain(
        'Sans preuve',
      );
      expect(
        said(held ? await releaseHold(town.parts, held.school, held.id, { by: null }) : null),
      ).toBe('held unproven-correspondent');
      expect(said(await release('claire.lefevre'))).toBe('1 sent');
      await town.core.mail.erase(await town.viewer('lina.moreau'), ...(await all('lina.moreau')));
    },
  );
  it('is asked about by the same From and the same proof when the letter is let go', async () => {
    expect(
      said(
        await town.receive('bounces@lettres.example', ['lina.moreau'], {
          header: { from: `Le musée <${friend}>` },
          proof: proofFor(friend),
          subject: 'Prouvé',
        }),
      ),
    ).toBe('held approved-correspondent');
    expect(await last()).toMatchObject({
      from: { address: friend },
      stranger: { provedBy: 'dmarc', namesake: null },
    });
    expect(said(await release('claire.lefevre'))).toBe('1 sent');
    expect((await town.rows('lina.moreau'))[0]).toMatchObject({
      subject: 'Prouvé',
      from: { kind: 'outside', address: friend },
    });
    await town.receive(friend, ['lina.moreau'], { subject: 'Trop tard' });
    await inSchool(1, `update correspondent set until_date = '2026-11-23' where school_id = 1`);
    expect(said(await release('claire.lefevre'))).toBe('denied no-such-address');
    await inSchool(1, `update correspondent set until_date = '2027-07-01' where school_id = 1`);
  });
  it('waits for the class that approved them, be it not the child’s first', async () => {
    const author = 'choeur@opera.example';
    await inSchool(
      1,
      `
        insert into membership (school_id, class_id, address_id, role, from_date)
        select 1, c.id, a.id, 'pupil', '2026-09-01'
        from class c, address a
        where c.school_id = 1 and c.name = 'CP' and a.local = 'lina.moreau'
      `,
    );
    await inSchool(
      1,
      `
        insert into correspondent (school_id, class_id, address, approved_by, until_date)
        select 1, c.id, '${author}', a.id, '2027-07-01'
        from class c, address a
        where c.school_id = 1 and c.name = 'CP' and a.local = 'helene.bertin'
      `,
    );
    expect(said(await town.receive(author, ['lina.moreau'], { subject: 'La chorale' }))).toBe(
      'held approved-correspondent',
    );
    expect((await waitingFor('claire.lefevre')).map(({ subject }) => subject)).not.toContain(
      'La chorale',
    );
    expect(said(await release('helene.bertin'))).toBe('1 sent');
    await inSchool(
      1,
      `
        delete from membership m using class c,
        address a
        where m.school_id = 1
          and c.school_id = 1
          and c.id = m.class_id
          and a.id = m.address_id
          and c.name = 'CP'
          and a.local = 'lina.moreau'
      `,
    );
  });
  it('under the name of somebody of the school, or of another correspondent, is told from them', async () => {
    const other = 'auteur@livres.example';
    await inSchool(
      1,
      `
        insert into correspondent (school_id, class_id, address, approved_by, until_date)
        select school_id, class_id, '${other}', approved_by, until_date
        from correspondent
        where school_id = 1 and address = '${friend}'
      `,
    );
    const named = async (name: string) => {
      await town.receive(other, ['lina.moreau'], { header: { from: `${name} <${other}>` } });
      const { namesake } = (await last())?.stranger ?? {};
      await release('claire.lefevre');
      return namesake;
    };
    expect(await named('"LEFEVRE Claire, maitresse"')).toEqual({
      name: 'Claire Lefèvre',
      address: town.address('claire.lefevre'),
    });
    expect(await named('Le Musee')).toEqual({ name: 'Le musée', address: friend });
    expect(await named('Une autrice')).toBeNull();
    expect(await town.faults()).toEqual([]);
  });
});

/** A mailbox and all that is in it. */
async function all(local: string): Promise<[MailboxId, readonly Uid[]]> {
  return [await town.mailbox(await town.viewer(local), 'inbox'), uidsOf(await town.rows(local))];
}

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
  expect((await town.rows('karim.haddad')).map(({ subject }) => subject)).not.toContain(
    'Verrouillé',
  );
  expect(said(await release('karim.haddad'))).toBe('1 sent');
  expect((await town.rows('karim.haddad'))[0]?.subject).toBe('Verrouillé');
  expect((await town.rows('mamadou.diallo')).map(({ subject }) => subject)).not.toContain(
    'Verrouillé',
  );
  expect(said(await town.send('claire.lefevre', ['lina.moreau'], { file }))).toBe(
    'denied locked-archive',
  );
  expect((await town.receive('a@dehors.example', ['claire.lefevre'], { file })).kind).toBe(
    'unscannable',
  );
});

describe('out of hours', () => {
  const EVENING = new Date('2026-11-24T18:00:00Z'); // 19 h in France
  const NEXT = '2026-11-26T07:00:00.000Z'; // no school on Wednesday

  async function hold(): Promise<HoldId> {
    const {
      rows: [row],
    } = await town.admin.query<{ id: string; until: Date }>(
      `
        select id, until
        from hold
        where school_id = 3 and state = 'waiting'
        order by id desc
        limit 1
      `,
    );
    expect(row?.until.toISOString()).toBe(NEXT);
    return Number(row?.id) as HoldId;
  }

  it('a pupil’s message waits for the next opening, and is nobody’s to let go', async () => {
    town.clock.now = EVENING;
    expect(
      said(
        await town.send('lise.perret', ['aylan.kaya', 'pauline.giraud'], {
          subject: 'Demain',
          via: 'web',
        }),
      ),
    ).toBe('held school-closed');
    expect(said(await town.send('pauline.giraud', ['lise.perret']))).toBe('accepted');
    const id = await hold();
    expect(await town.core.moderation.waiting(await town.viewer('pauline.giraud'))).toEqual([]);
    expect(
      await town.core.moderation.release(await town.viewer('pauline.giraud'), 3 as SchoolId, id),
    ).toBeNull();
    expect(said(await releaseHold(town.parts, 3 as SchoolId, id, { by: null }))).toBe(
      'held school-closed',
    );
    await hold();
    town.clock.now = new Date(NEXT);
    expect(said(await releaseHold(town.parts, 3 as SchoolId, id, { by: null }))).toBe('2 sent');
    expect((await town.rows('aylan.kaya'))[0]?.subject).toBe('Demain');
    expect((await town.rows('pauline.giraud'))[0]?.subject).toBe('Demain');
    expect(said(await releaseHold(town.parts, 3 as SchoolId, id, { by: null }))).toBe('nothing');
    expect(await town.faults()).toEqual([]);
  });
  it('what the class moderates by then waits on, for its teacher', async () => {
    town.clock.now = EVENING;
    await town.send('aylan.kaya', ['lise.perret'], { subject: 'Encore' });
    const id = await hold();
    await setModeration('CP-CE1', 3, 'all');
    town.clock.now = new Date(NEXT);
    expect(said(await releaseHold(town.parts, 3 as SchoolId, id, { by: null }))).toBe(
      'held class-moderated',
    );
    expect(said(await release('pauline.giraud'))).toBe('1 sent');
    expect((await town.rows('lise.perret'))[0]?.subject).toBe('Encore');
    await setModeration('CP-CE1', 3, 'open');
    expect(await town.faults()).toEqual([]);
  });
  it('the worker lets it go by the clock', async () => {
    town.clock.now = EVENING;
    await town.send('lise.perret', ['aylan.kaya'], { subject: 'Par le temps' });
    await hold();
    town.clock.now = new Date(NEXT);
    const jobs = await town.core.jobs.start(null);
    await expect
      .poll(async () => (await town.rows('aylan.kaya'))[0]?.subject, { timeout: 8_000 })
      .toBe('Par le temps');
    await jobs.close();
  });
});

it('a report is written down, the message kept, and the teachers told', async () => {
  await town.send('adele.vidal', ['lina.moreau'], { subject: 'Méchant' });
  const [row] = await town.rows('lina.moreau');
  const viewer = await town.viewer('lina.moreau');
  if (!row) throw new Error('no message');
  expect(
    await town.core.moderation.report(await town.viewer('adele.vidal'), row.mailbox, row.uid),
  ).toBe(false);
  expect(await town.core.moderation.report(viewer, row.mailbox, row.uid)).toBe(true);
  await town.core.mail.erase(viewer, row.mailbox, [row.uid]);
  expect((await town.rows('claire.lefevre'))[0]?.from.kind).toBe('system');
  const { rows: kept } = await town.admin.query(
    `
      select
      from message m join report r on r.message_id = m.id and r.school_id = m.school_id
      where m.subject = 'Méchant'
    `,
  );
  expect(kept).toHaveLength(1);
  expect(await town.faults()).toEqual([]);
});
