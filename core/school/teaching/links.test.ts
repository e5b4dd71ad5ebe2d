import { beforeAll, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { DONE, MISSING, refused, openTeachingTown } from './testing/teaching-town.ts';

const { town, claire, classOf, accountOf, writes, audited, subjects } = await openTeachingTown();

const from = '2026-11-24';
const until = '2026-12-18';

describe('a link between two classes, until it ends', { shuffle: false }, async () => {
  const { teaching } = town.core;
  const [ours, theirs] = [await classOf('ce1-ce2.tilleuls'), await classOf('ce2.jules-ferry')];
  const [karim, remi] = [await town.viewer('karim.haddad'), await town.viewer('remi.le-guen')];
  const philippe = await town.viewer('philippe.marchand');
  const agreement = { agree: true, moderated: false } as const;
  const before = new Map<number, number>();
  beforeAll(async () => {
    for (const school of [1, 3]) before.set(school, (await audited(school)).length);
  });

  it('is proposed to a class by its address; both sides see how it stands, and nobody writes yet', async () => {
    expect(await writes('jade.morel', 'naomi.cohen-solal')).toBe('no-such-address');
    expect(
      await teaching.proposeLink(karim, {
        class: ours.id,
        other: { kind: 'address', address: 'CE2.jules-ferry' },
        from,
        until,
        moderated: false,
      }),
    ).toEqual(DONE);
    expect(await writes('jade.morel', 'naomi.cohen-solal')).toBe('no-such-address');
    expect((await teaching.classDetails(karim, ours.id))?.links).toMatchObject([
      {
        other: theirs.list,
        state: 'asked',
        className: 'CE2',
        schoolName: 'École Jules-Ferry',
        teachers: ['Rémi Le Guen'],
      },
    ]);
    expect((await teaching.classDetails(remi, theirs.id))?.links).toMatchObject([
      {
        other: ours.list,
        state: 'proposed',
        className: 'CE1-CE2',
        schoolName: 'École des Tilleuls',
        from,
        until,
      },
    ]);
    expect(
      (await teaching.classes(remi)).map(({ name, proposals }) => `${name} ${proposals}`),
    ).toEqual(['CE2 1']);
    expect(await subjects('remi.le-guen')).toContain(
      'Karim Haddad propose une correspondance avec votre classe CE2',
    );
  });

  it('is agreed to by a teacher of the class that was asked, and by nobody else', async () => {
    for (const [who, id, other] of [
      [karim, ours.id, theirs.list],
      [claire, theirs.id, ours.list],
      [claire, ours.id, theirs.list],
      [philippe, theirs.id, ours.list],
    ] as const)
      expect(await teaching.answerLink(who, { class: id, other, ...agreement })).toEqual(MISSING);
    expect(
      await teaching.answerLink(remi, { class: theirs.id, other: ours.list, ...agreement }),
    ).toEqual(DONE);
    expect(await subjects('karim.haddad')).toContain(
      'Rémi Le Guen accepte la correspondance avec votre classe CE1-CE2',
    );
  });

  it('has the children of both write to one another and to the teachers, not to the whole class; no other class does', async () => {
    expect(await writes('jade.morel', 'naomi.cohen-solal')).toBe('accepted');
    expect(await writes('jade.morel', 'remi.le-guen')).toBe('accepted');
    const reader = await town.viewer('naomi.cohen-solal');
    const [letter] = await town.rows('naomi.cohen-solal');
    expect(
      (letter && (await town.core.mail.read(reader, letter.mailbox, letter.uid)))?.because,
    ).toEqual({ kind: 'link', name: 'CE1-CE2, École des Tilleuls' });
    expect(await writes('jade.morel', 'ce2.jules-ferry')).toBe('no-such-address');
    expect(await writes('noe.garnier', 'naomi.cohen-solal')).toBe('no-such-address');
  });

  it('holds every letter where one side reads first, until its last day', async () => {
    expect(
      await teaching.moderateLink(remi, { class: theirs.id, other: ours.list, moderated: true }),
    ).toEqual(DONE);
    expect(await writes('jade.morel', 'naomi.cohen-solal')).toBe('held link-moderated');
    expect((await town.core.moderation.waiting(remi)).map(({ className }) => className)).toEqual([
      'CE2',
    ]);
    town.clock.now = new Date('2026-12-18T12:00:00Z');
    expect(await writes('naomi.cohen-solal', 'jade.morel')).toBe('held link-moderated');
    town.clock.now = new Date('2026-12-21T12:00:00Z');
    expect(await writes('naomi.cohen-solal', 'jade.morel')).toBe('no-such-address');
  });

  it('ends at once, by a teacher of either class, and both schools read who did what', async () => {
    expect(await teaching.endLink(claire, { class: ours.id, other: theirs.list })).toEqual(MISSING);
    expect(await teaching.endLink(philippe, { class: theirs.id, other: ours.list })).toEqual(DONE);
    expect(await writes('jade.morel', 'naomi.cohen-solal')).toBe('no-such-address');
    expect((await teaching.classDetails(karim, ours.id))?.links).toEqual([]);
    expect(await teaching.endLink(karim, { class: ours.id, other: theirs.list })).toEqual(MISSING);
    const acts = ['propose-link', 'accept-link', 'end-link'];
    for (const school of [1, 3])
      expect(
        (await audited(school))
          .slice(before.get(school))
          .map((line) => line.split(' ')[1] ?? '')
          .filter((act) => acts.includes(act)),
        String(school),
      ).toEqual(acts);
    expect(await town.faults()).toEqual([]);
  });
});

describe('a link between two classes', () => {
  it(
    'that comes later waits for its first day; one that is over can be proposed anew',
    SOAKED,
    async () => {
      const { teaching } = town.core;
      const [ours, theirs] = [await classOf('cp.pasteur'), await classOf('gs.tilleuls')];
      const [thomas, sylvie] = [
        await town.viewer('thomas.verdier'),
        await town.viewer('sylvie.caradec'),
      ];
      const wish = {
        class: ours.id,
        other: { kind: 'class', id: theirs.list },
        moderated: false,
      } as const;
      expect(
        await teaching.proposeLink(thomas, { ...wish, from: '2026-11-30', until: '2026-12-04' }),
      ).toEqual(DONE);
      expect(
        await teaching.answerLink(sylvie, {
          class: theirs.id,
          other: ours.list,
          agree: true,
          moderated: true,
        }),
      ).toEqual(DONE);
      expect((await teaching.classDetails(sylvie, theirs.id))?.links).toMatchObject([
        { state: 'coming', moderatedHere: true, moderatedThere: false },
      ]);
      expect(await writes('fatou.n-diaye', 'tom.moreau')).toBe('no-such-address');
      town.clock.now = new Date('2026-11-30T08:00:00Z');
      expect(await writes('fatou.n-diaye', 'tom.moreau')).toBe('held link-moderated');
      expect(
        await teaching.proposeLink(thomas, { ...wish, from: '2026-12-07', until: '2026-12-11' }),
      ).toEqual(refused('already-linked'));
      town.clock.now = new Date('2026-12-05T08:00:00Z');
      expect(
        await teaching.proposeLink(thomas, { ...wish, from: '2026-12-07', until: '2026-12-11' }),
      ).toEqual(DONE);
      expect(
        await teaching.answerLink(sylvie, {
          class: theirs.id,
          other: ours.list,
          agree: false,
          moderated: false,
        }),
      ).toEqual(DONE);
      expect(await subjects('thomas.verdier')).toContain(
        'Sylvie Caradec ne donne pas suite à la correspondance avec votre classe CP',
      );
      expect((await teaching.classDetails(thomas, ours.id))?.links).toEqual([]);
      expect(
        await teaching.answerLink(sylvie, {
          class: theirs.id,
          other: ours.list,
          agree: true,
          moderated: false,
        }),
      ).toEqual(MISSING);
    },
  );

  it('of one school is the same; two who propose at once make one', SOAKED, async () => {
    const { teaching } = town.core;
    const [ours, theirs] = [await classOf('cp.tilleuls'), await classOf('cm2-b.tilleuls')];
    const [helene, marc] = [await town.viewer('helene.bertin'), await town.viewer('marc.olivier')];
    const both = await Promise.all([
      teaching.proposeLink(helene, {
        class: ours.id,
        other: { kind: 'class', id: theirs.list },
        from,
        until,
        moderated: false,
      }),
      teaching.proposeLink(marc, {
        class: theirs.id,
        other: { kind: 'class', id: ours.list },
        from,
        until,
        moderated: false,
      }),
    ]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['done', 'refused']);
    const [asked, other, who] =
      both[0]?.kind === 'done'
        ? ([theirs, ours, marc] as const)
        : ([ours, theirs, helene] as const);
    expect(await writes('rosa.fernandes', 'oscar.weber')).toBe('not-in-your-class');
    const answers = await Promise.all(
      [true, false].map((agree) =>
        teaching.answerLink(who, { class: asked.id, other: other.list, agree, moderated: false }),
      ),
    );
    expect(answers.filter(({ kind }) => kind === 'done').length).toBeGreaterThan(0);
    const running =
      (await teaching.classDetails(who, asked.id))?.links.some(
        ({ state }) => state === 'running',
      ) ?? false;
    expect(await writes('rosa.fernandes', 'oscar.weber')).toBe(
      running ? 'accepted' : 'not-in-your-class',
    );
    if (running)
      expect(await teaching.endLink(helene, { class: ours.id, other: theirs.list })).toEqual(DONE);
    expect(await town.faults()).toEqual([]);
  });

  it(
    'is changed by many at once, from both schools, without one waiting for another in a ring',
    SOAKED,
    async () => {
      const { teaching } = town.core;
      const [ours, theirs] = [await classOf('cp.tilleuls'), await classOf('cp.pasteur')];
      const [helene, thomas] = [
        await town.viewer('helene.bertin'),
        await town.viewer('thomas.verdier'),
      ];
      const child = await accountOf('nina.lopez');
      const here = { class: ours.id, other: theirs.list } as const;
      const there = { class: theirs.id, other: ours.list } as const;
      const wish = ({ class: id, other }: typeof here | typeof there) =>
        ({ class: id, other: { kind: 'class', id: other }, from, until }) as const;
      const kinds = new Set<string>();
      for (let round = 0; round < 4; round += 1) {
        const isEven = round % 2 === 0;
        const acts = [
          teaching.proposeLink(helene, { ...wish(here), moderated: false }),
          teaching.proposeLink(thomas, { ...wish(there), moderated: true }),
          teaching.answerLink(helene, { ...here, agree: true, moderated: false }),
          teaching.answerLink(thomas, { ...there, agree: isEven, moderated: false }),
          teaching.moderateLink(helene, { ...here, moderated: true }),
          teaching.moderateLink(thomas, { ...there, moderated: false }),
          isEven ? teaching.endLink(helene, here) : teaching.endLink(thomas, there),
          teaching.rest(helene, { class: ours.id, child, back: '2026-11-27' }),
          teaching.endRest(helene, { class: ours.id, child }),
        ];
        for (const { kind } of await Promise.all(acts)) kinds.add(kind);
      }
      expect([...kinds].sort()).toEqual(['done', 'missing', 'refused']);
      const { rows } = await town.admin.query<{ sides: string }>(
        'select count(*) as sides from class_link where (class_id = $1 and other_class_address_id = $2) or (class_id = $3 and other_class_address_id = $4) group by from_date, until_date',
        [ours.id, theirs.list, theirs.id, ours.list],
      );
      expect(rows.map(({ sides }) => sides)).toEqual(rows.length === 0 ? [] : ['2']);
      await teaching.endLink(helene, here);
      await teaching.endRest(helene, { class: ours.id, child });
    },
  );

  describe('as its teacher proposes it,', async () => {
    const { teaching } = town.core;
    const ce1 = (await classOf('ce1-a.tilleuls')).id;
    const wish = (address: string) =>
      ({ class: ce1, other: { kind: 'address', address }, from, until, moderated: false }) as const;
    const asOwner = (statement: string) =>
      town.admin.query(`begin; set local preau.school = '1'; ${statement}; commit`);

    it('names schools and their classes, and nobody in them', async () => {
      expect((await teaching.schools(claire, ce1))?.map(({ name }) => name)).toEqual([
        'École des Tilleuls',
        'École Jules-Ferry',
        'École Pasteur',
      ]);
      const linkable = await teaching.linkable(claire, ce1, 2 as never);
      expect(linkable?.map((one) => Object.keys(one).join())).toEqual([
        'id,name',
        'id,name',
        'id,name',
      ]);
      expect(linkable?.map(({ name }) => name)).toEqual(['CE2', 'CM1-CM2', 'CP']);
      expect(await teaching.linkable(claire, ce1, 0 as never)).toBeNull();
      expect(await teaching.linkable(claire, ce1, 99 as never)).toBeNull();
    });

    it.each([
      'ondine.le-bihan',
      'personne.dutout',
      'familles.ce1.pasteur',
      'equipe.pasteur',
      'julie.robin',
      'camille@example.org',
      '',
      'a b',
    ])('is told one thing of every address that is no class: « %s »', async (address) => {
      expect(await teaching.proposeLink(claire, wish(address))).toEqual(refused('no-such-class'));
    });

    it('is not with the class itself, nor twice, nor over before it begins, nor from a day that is past', async () => {
      const { proposeLink } = teaching;
      expect(await proposeLink(claire, wish('ce1-a.tilleuls'))).toEqual(refused('own-class'));
      expect(await proposeLink(claire, wish('ce1.pasteur'))).toEqual(refused('already-linked'));
      expect(
        await proposeLink(claire, {
          ...wish('cp.pasteur'),
          from: '2026-12-18',
          until: '2026-12-17',
        }),
      ).toEqual(refused('ends-before-it-begins'));
      expect(await proposeLink(claire, { ...wish('cp.pasteur'), from: '2026-11-23' })).toEqual(
        refused('past-day'),
      );
    });

    it('is one of a dozen at most', async () => {
      await asOwner(
        `
          insert into class_link (school_id, class_id, other_class_address_id, agreed, from_date,
              until_date)
          select 1, ${ce1}, 900000 + g, true, '${from}', '${until}'
          from generate_series(1, 11) g
        `,
      );
      expect(await teaching.proposeLink(claire, wish('cp.pasteur'))).toEqual(refused('too-many'));
      await asOwner('delete from class_link where other_class_address_id > 900000');
    });

    it.each(['mamadou.diallo', 'karim.haddad', 'lina.moreau', 'karine.moreau', 'hugues.armand'])(
      'is nobody else’s to propose or to look for: %s',
      async (local) => {
        const who = await town.viewer(local);
        expect(await teaching.proposeLink(who, wish('cp.pasteur'))).toEqual(MISSING);
        expect(await teaching.schools(who, ce1)).toBeNull();
        expect(await teaching.linkable(who, ce1, 2 as never)).toBeNull();
      },
    );
  });
});
