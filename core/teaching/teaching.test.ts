import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AddressId, ClassId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import { openTestTown, type TestTown } from '../testing/town.ts';
import type { Viewer } from '../viewer.ts';
import type { Ruling } from './contract.ts';

const DAY_MS = 86_400_000;
const MISSING: Ruling = { kind: 'missing' };
const DONE: Ruling = { kind: 'done' };
const refused = (why: string): unknown => ({ kind: 'refused', why });

let town: TestTown;
let claire: Viewer;
let start: Date;

beforeAll(async () => {
  town = await openTestTown();
  claire = await town.viewer('claire.lefevre');
  start = town.clock.now;
});
afterEach(async () => {
  town.clock.now = start;
  await town.admin.query('delete from sending');
});
afterAll(() => town.close());

/** The class of an address, by the owner's eyes. */
async function classOf(local: string): Promise<{ id: ClassId; list: AddressId }> {
  const {
    rows: [row],
  } = await town.admin.query<{ id: string; list: string }>(
    'select target_id as id, id as list from address where local = $1',
    [local],
  );
  if (!row) throw new Error(`no class ${local}`);
  return { id: Number(row.id) as ClassId, list: Number(row.list) as AddressId };
}
async function accountOf(local: string) {
  return (await town.viewer(local)).account;
}
/** What a decision comes to, in a word. */
const said = (outcome: Outcome): string => {
  if (outcome.kind === 'denied') return outcome.refusals.map(({ rule }) => rule).join();
  return outcome.kind === 'held'
    ? `held ${outcome.held.map(({ rule }) => rule).join()}`
    : outcome.kind;
};
const writes = async (from: string, to: string): Promise<string> =>
  said(await town.send(from, [to]));
const audited = async (school: number): Promise<string[]> =>
  (
    await town.admin.query<{ act: string; local: string; subject: object }>(
      'select act, local, subject from audit join address on address.id = actor_address_id where audit.school_id = $1 order by audit.id',
      [school],
    )
  ).rows.map(({ act, local, subject }) => `${local} ${act} ${Object.keys(subject).sort().join()}`);
const subjects = async (local: string): Promise<string[]> =>
  (await town.rows(local)).map(({ subject }) => subject);

describe('a child’s sending at rest', () => {
  it('holds from the next message on until its day, says until when, and is ended early', async () => {
    const { teaching } = town.core;
    const ce1 = (await classOf('ce1-a.tilleuls')).id;
    const child = await accountOf('lina.moreau');
    let rung = 0;
    const stop = town.core.events.subscribe(await town.viewer('lina.moreau'), () => {
      rung += 1;
    });
    expect(await writes('lina.moreau', 'noe.garnier')).toBe('accepted');
    expect(await teaching.rest(claire, { class: ce1, child, back: '2026-11-27' })).toEqual(DONE);
    await expect.poll(() => rung).toBeGreaterThan(0);
    stop();
    const outcome = await town.send('lina.moreau', ['noe.garnier']);
    expect(outcome).toMatchObject({
      kind: 'denied',
      refusals: [{ rule: 'sending-paused', words: { until: '2026-11-26T23:00:00.000Z' } }],
    });
    expect((await town.viewer('lina.moreau')).restsUntil).toEqual(new Date('2026-11-26T23:00:00Z'));
    expect(await writes('claire.lefevre', 'lina.moreau')).toBe('accepted');
    expect(
      (await teaching.desk(claire, ce1))?.children
        .filter(({ restsUntil }) => restsUntil !== null)
        .map(({ face }) => face.name),
    ).toEqual(['Lina Moreau']);
    town.clock.now = new Date('2026-11-26T22:59:00Z');
    expect(await writes('lina.moreau', 'noe.garnier')).toBe('sending-paused');
    town.clock.now = new Date('2026-11-26T23:00:01Z');
    expect(await writes('lina.moreau', 'noe.garnier')).toBe('accepted');
    town.clock.now = start;
    expect(await teaching.endRest(claire, { class: ce1, child })).toEqual(DONE);
    expect(await writes('lina.moreau', 'noe.garnier')).toBe('accepted');
    expect(await teaching.endRest(claire, { class: ce1, child })).toEqual(MISSING);
    expect(await audited(1)).toEqual([
      'claire.lefevre rest account,class,until',
      'claire.lefevre end-rest account,class',
    ]);
  });
  it('leaves a child the way to call: the teachers of the class are told, by no word of the child’s, and not again and again', async () => {
    const { teaching } = town.core;
    const whose = {
      class: (await classOf('ce1-a.tilleuls')).id,
      child: await accountOf('lina.moreau'),
    };
    expect(await teaching.rest(claire, { ...whose, back: '2026-11-27' })).toEqual(DONE);
    const calls = async () =>
      (await subjects('claire.lefevre')).filter((subject) =>
        subject.includes('Lina Moreau demande de l’aide'),
      ).length;
    for (let press = 0; press < 6; press += 1)
      expect(await teaching.callForHelp(await town.viewer('lina.moreau'))).toBe('told');
    expect(await calls()).toBeGreaterThanOrEqual(1);
    expect(await calls()).toBeLessThanOrEqual(3);
    expect(await teaching.callForHelp(claire)).toBeNull();
    expect(await writes('lina.moreau', 'claire.lefevre')).toBe('sending-paused');
    expect(await teaching.endRest(claire, whose)).toEqual(DONE);
  });
  it('is a day that comes, no year away', async () => {
    const where = {
      class: (await classOf('ce1-a.tilleuls')).id,
      child: await accountOf('lina.moreau'),
    };
    for (const [back, why] of [
      ['2026-11-24', 'past-day'],
      ['2026-11-01', 'past-day'],
      ['2027-11-24', 'too-far'],
      ['demain', 'not-a-day'],
      ['2026-11-31', 'not-a-day'],
      ['', 'not-a-day'],
      ['2026-11-25T00:00', 'not-a-day'],
    ] as const)
      expect(await town.core.teaching.rest(claire, { ...where, back }), back).toEqual(refused(why));
  });
  it('is for teachers of the class in their days and for the head: to anybody else the class is not there', async () => {
    const { teaching } = town.core;
    const ce1 = (await classOf('ce1-a.tilleuls')).id;
    const where = { class: ce1, child: await accountOf('lina.moreau'), back: '2026-11-27' };
    for (const local of [
      'karim.haddad',
      'julie.robin',
      'fabienne.cordier',
      'noe.garnier',
      'karine.moreau',
      'hugues.armand',
      'nadege.colas',
    ]) {
      const who = await town.viewer(local);
      expect(await teaching.rest(who, where), local).toEqual(MISSING);
      expect(await teaching.endRest(who, where), local).toEqual(MISSING);
      expect(await teaching.desk(who, ce1), local).toBeNull();
    }
    expect(
      await teaching.rest(claire, { ...where, child: await accountOf('rosa.fernandes') }),
    ).toEqual(MISSING);
    expect(await teaching.rest(claire, { ...where, child: claire.account })).toEqual(MISSING);
    expect(await teaching.rest(claire, { ...where, class: 999_999 as ClassId })).toEqual(MISSING);
    expect(await teaching.rest(await town.viewer('mamadou.diallo'), where)).toEqual(DONE);
    expect(await teaching.endRest(await town.viewer('mamadou.diallo'), where)).toEqual(DONE);
    const nadege = await town.viewer('nadege.colas');
    await town.admin
      .query(`insert into membership (school_id, class_id, address_id, role, from_date, until_date) values (1, ${ce1}, ${nadege.addressId}, 'teacher', '2026-11-25', '2026-11-26');
      update school set roster_version = roster_version + 1 where id = 1`);
    const at = async (day: number) => {
      town.clock.now = new Date(start.getTime() + day * DAY_MS);
      return teaching.rest(nadege, { ...where, back: '2026-12-01' });
    };
    expect([await at(0), await at(1), await at(2), await at(3)]).toEqual([
      MISSING,
      DONE,
      DONE,
      MISSING,
    ]);
    town.clock.now = start;
    await teaching.endRest(claire, where);
  });
});

describe('a link between two classes', () => {
  const from = '2026-11-24';
  const until = '2026-12-18';

  it('runs once both have agreed, in its days, held where one side reads first, and ends at once', async () => {
    const { teaching } = town.core;
    const [ours, theirs] = [await classOf('ce1-ce2.tilleuls'), await classOf('ce2.jules-ferry')];
    const [karim, remi] = [await town.viewer('karim.haddad'), await town.viewer('remi.le-guen')];
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
    expect((await teaching.desk(karim, ours.id))?.links).toMatchObject([
      {
        other: theirs.list,
        state: 'asked',
        className: 'CE2',
        schoolName: 'École Jules-Ferry',
        teachers: ['Rémi Le Guen'],
      },
    ]);
    expect((await teaching.desk(remi, theirs.id))?.links).toMatchObject([
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
    for (const [who, id, other] of [
      [karim, ours.id, theirs.list],
      [claire, theirs.id, ours.list],
      [claire, ours.id, theirs.list],
    ] as const)
      expect(
        await teaching.answerLink(who, { class: id, other, agree: true, moderated: false }),
      ).toEqual(MISSING);
    expect(
      await teaching.answerLink(await town.viewer('philippe.marchand'), {
        class: theirs.id,
        other: ours.list,
        agree: true,
        moderated: false,
      }),
    ).toEqual(MISSING);
    expect(
      await teaching.answerLink(remi, {
        class: theirs.id,
        other: ours.list,
        agree: true,
        moderated: false,
      }),
    ).toEqual(DONE);
    expect(await subjects('karim.haddad')).toContain(
      'Rémi Le Guen accepte la correspondance avec votre classe CE1-CE2',
    );
    expect(await writes('jade.morel', 'naomi.cohen-solal')).toBe('accepted');
    expect(await writes('jade.morel', 'remi.le-guen')).toBe('accepted');
    const reader = await town.viewer('naomi.cohen-solal');
    const [letter] = await town.rows('naomi.cohen-solal');
    expect(
      (letter && (await town.core.mail.read(reader, letter.mailbox, letter.uid)))?.because,
    ).toEqual({ kind: 'link', name: 'CE1-CE2, École des Tilleuls' });
    expect(await writes('jade.morel', 'ce2.jules-ferry')).toBe('no-such-address');
    expect(await writes('noe.garnier', 'naomi.cohen-solal')).toBe('no-such-address');
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
    town.clock.now = start;
    expect(await teaching.endLink(claire, { class: ours.id, other: theirs.list })).toEqual(MISSING);
    expect(
      await teaching.endLink(await town.viewer('philippe.marchand'), {
        class: theirs.id,
        other: ours.list,
      }),
    ).toEqual(DONE);
    expect(await writes('jade.morel', 'naomi.cohen-solal')).toBe('no-such-address');
    expect((await teaching.desk(karim, ours.id))?.links).toEqual([]);
    expect(await teaching.endLink(karim, { class: ours.id, other: theirs.list })).toEqual(MISSING);
    const acts = ['propose-link', 'accept-link', 'end-link'];
    for (const school of [1, 3])
      expect(
        (await audited(school))
          .map((line) => line.split(' ')[1] ?? '')
          .filter((act) => acts.includes(act)),
        String(school),
      ).toEqual(acts);
    expect(await town.faults()).toEqual([]);
  });
  it('that comes later waits for its first day; one that is over can be proposed anew', async () => {
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
    expect((await teaching.desk(sylvie, theirs.id))?.links).toMatchObject([
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
    expect((await teaching.desk(thomas, ours.id))?.links).toEqual([]);
    expect(
      await teaching.answerLink(sylvie, {
        class: theirs.id,
        other: ours.list,
        agree: true,
        moderated: false,
      }),
    ).toEqual(MISSING);
  });
  it('of one school is the same; two who propose at once make one', async () => {
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
      (await teaching.desk(who, asked.id))?.links.some(({ state }) => state === 'running') ?? false;
    expect(await writes('rosa.fernandes', 'oscar.weber')).toBe(
      running ? 'accepted' : 'not-in-your-class',
    );
    if (running)
      expect(await teaching.endLink(helene, { class: ours.id, other: theirs.list })).toEqual(DONE);
    expect(await town.faults()).toEqual([]);
  });
  it('is changed by many at once, from both schools, without one waiting for another in a ring', async () => {
    const { teaching } = town.core;
    const [ours, theirs] = [await classOf('cp.tilleuls'), await classOf('cp.pasteur')];
    const [helene, thomas] = [
      await town.viewer('helene.bertin'),
      await town.viewer('thomas.verdier'),
    ];
    const child = await accountOf('nina.lopez');
    const kinds = new Set<string>();
    for (let round = 0; round < 4; round += 1) {
      const acts = [
        teaching.proposeLink(helene, {
          class: ours.id,
          other: { kind: 'class', id: theirs.list },
          from,
          until,
          moderated: false,
        }),
        teaching.proposeLink(thomas, {
          class: theirs.id,
          other: { kind: 'class', id: ours.list },
          from,
          until,
          moderated: true,
        }),
        teaching.answerLink(helene, {
          class: ours.id,
          other: theirs.list,
          agree: true,
          moderated: false,
        }),
        teaching.answerLink(thomas, {
          class: theirs.id,
          other: ours.list,
          agree: round % 2 === 0,
          moderated: false,
        }),
        teaching.moderateLink(helene, { class: ours.id, other: theirs.list, moderated: true }),
        teaching.moderateLink(thomas, { class: theirs.id, other: ours.list, moderated: false }),
        teaching.endLink(
          round % 2 === 0 ? helene : thomas,
          round % 2 === 0
            ? { class: ours.id, other: theirs.list }
            : { class: theirs.id, other: ours.list },
        ),
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
    await teaching.endLink(helene, { class: ours.id, other: theirs.list });
    await teaching.endRest(helene, { class: ours.id, child });
  });
  it('names a class and nobody in it, says one thing of every other address, and is its teacher’s to propose', async () => {
    const { teaching } = town.core;
    const ce1 = (await classOf('ce1-a.tilleuls')).id;
    expect((await teaching.schools(claire, ce1))?.map(({ name }) => name)).toEqual([
      'École des Tilleuls',
      'École Jules-Ferry',
      'École Pasteur',
    ]);
    expect(
      (await teaching.linkable(claire, ce1, 2 as never))?.map((one) => Object.keys(one).join()),
    ).toEqual(['id,name', 'id,name', 'id,name']);
    expect((await teaching.linkable(claire, ce1, 2 as never))?.map(({ name }) => name)).toEqual([
      'CE2',
      'CM1-CM2',
      'CP',
    ]);
    expect(await teaching.linkable(claire, ce1, 0 as never)).toBeNull();
    expect(await teaching.linkable(claire, ce1, 99 as never)).toBeNull();
    const wish = (address: string) =>
      ({ class: ce1, other: { kind: 'address', address }, from, until, moderated: false }) as const;
    for (const address of [
      'ondine.le-bihan',
      'personne.dutout',
      'familles.ce1.pasteur',
      'equipe.pasteur',
      'julie.robin',
      'camille@example.org',
      '',
      'a b',
    ])
      expect(await teaching.proposeLink(claire, wish(address)), address).toEqual(
        refused('no-such-class'),
      );
    expect(await teaching.proposeLink(claire, wish('ce1-a.tilleuls'))).toEqual(
      refused('own-class'),
    );
    expect(await teaching.proposeLink(claire, wish('ce1.pasteur'))).toEqual(
      refused('already-linked'),
    );
    expect(
      await teaching.proposeLink(claire, {
        ...wish('cp.pasteur'),
        from: '2026-12-18',
        until: '2026-12-17',
      }),
    ).toEqual(refused('ends-before-it-begins'));
    expect(
      await teaching.proposeLink(claire, { ...wish('cp.pasteur'), from: '2026-11-23' }),
    ).toEqual(refused('past-day'));
    const asOwner = (statement: string) =>
      town.admin.query(`begin; set local preau.school = '1'; ${statement}; commit`);
    await asOwner(
      `insert into class_link (school_id, class_id, other_class_address_id, agreed, from_date, until_date) select 1, ${ce1}, 900000 + g, true, '${from}', '${until}' from generate_series(1, 11) g`,
    );
    expect(await teaching.proposeLink(claire, wish('cp.pasteur'))).toEqual(refused('too-many'));
    await asOwner('delete from class_link where other_class_address_id > 900000');
    for (const local of [
      'mamadou.diallo',
      'karim.haddad',
      'lina.moreau',
      'karine.moreau',
      'hugues.armand',
    ]) {
      const who = await town.viewer(local);
      expect(await teaching.proposeLink(who, wish('cp.pasteur')), local).toEqual(MISSING);
      expect(await teaching.schools(who, ce1), local).toBeNull();
      expect(await teaching.linkable(who, ce1, 2 as never), local).toBeNull();
    }
  });
});

describe('a correspondent outside', () => {
  const MUSEUM = 'guide@musee.example';

  it('writes to the class’s children while approved, each message held; before, after and to others the address is not there', async () => {
    const { teaching } = town.core;
    const cp = (await classOf('cp.tilleuls')).id;
    const helene = await town.viewer('helene.bertin');
    const receives = async (to: string) => said(await town.receive(MUSEUM, [to]));
    expect(await receives('nina.lopez')).toBe('no-such-address');
    expect(
      await teaching.approveCorrespondent(helene, {
        class: cp,
        address: '  Guide@Musee.Example ',
        until: '2026-12-04',
      }),
    ).toEqual(DONE);
    expect((await teaching.desk(helene, cp))?.correspondents).toEqual([
      { address: MUSEUM, until: '2026-12-04', approvedBy: 'Hélène Bertin' },
    ]);
    expect([
      await receives('nina.lopez'),
      await receives('cp.tilleuls'),
      await receives('rosa.fernandes'),
    ]).toEqual(['held approved-correspondent', 'held approved-correspondent', 'no-such-address']);
    expect((await town.core.moderation.waiting(helene)).map(({ rule }) => rule)).toContain(
      'approved-correspondent',
    );
    expect(await writes('nina.lopez', MUSEUM)).toBe('pupil-to-outside');
    town.clock.now = new Date('2026-12-04T12:00:00Z');
    expect(await receives('nina.lopez')).toBe('held approved-correspondent');
    town.clock.now = new Date('2026-12-05T12:00:00Z');
    expect(await receives('nina.lopez')).toBe('no-such-address');
    expect((await teaching.desk(helene, cp))?.correspondents).toEqual([]);
    town.clock.now = start;
    expect(
      await teaching.removeCorrespondent(await town.viewer('mamadou.diallo'), {
        class: cp,
        address: MUSEUM,
      }),
    ).toEqual(DONE);
    expect(await receives('nina.lopez')).toBe('no-such-address');
    expect(await teaching.removeCorrespondent(helene, { class: cp, address: MUSEUM })).toEqual(
      MISSING,
    );
    expect((await audited(1)).filter((line) => line.includes('correspondent'))).toEqual([
      'helene.bertin approve-correspondent address,class,until',
      'mamadou.diallo remove-correspondent address,class',
    ]);
  });
  it('is an address of nobody in the town, until a day to come, approved by a teacher of the class alone', async () => {
    const { teaching } = town.core;
    const cp = (await classOf('cp.tilleuls')).id;
    const helene = await town.viewer('helene.bertin');
    const good = { class: cp, address: MUSEUM, until: '2026-12-04' };
    for (const address of [
      '',
      'musee',
      'guide@',
      'a b@musee.example',
      '"x"@musee.example',
      'guide@musee.example, lina@ecoles.preau.test',
    ])
      expect(await teaching.approveCorrespondent(helene, { ...good, address }), address).toEqual(
        refused('not-an-address'),
      );
    for (const address of ['lina.moreau@ecoles.preau.test', 'x@sous.ecoles.preau.test'])
      expect(await teaching.approveCorrespondent(helene, { ...good, address }), address).toEqual(
        refused('our-own-address'),
      );
    for (const [until, why] of [
      ['2026-11-23', 'past-day'],
      ['2028-01-01', 'too-far'],
      ['x', 'not-a-day'],
    ] as const)
      expect(await teaching.approveCorrespondent(helene, { ...good, until })).toEqual(refused(why));
    for (let each = 0; each < 30; each += 1)
      expect(
        await teaching.approveCorrespondent(helene, {
          ...good,
          address: `guide${each}@musee.example`,
        }),
      ).toEqual(DONE);
    expect(await teaching.approveCorrespondent(helene, good)).toEqual(refused('too-many'));
    expect(
      await teaching.approveCorrespondent(helene, {
        ...good,
        address: 'guide3@musee.example',
        until: '2026-12-24',
      }),
    ).toEqual(DONE);
    for (const local of [
      'mamadou.diallo',
      'claire.lefevre',
      'julie.robin',
      'nina.lopez',
      'hugues.armand',
    ])
      expect(await teaching.approveCorrespondent(await town.viewer(local), good), local).toEqual(
        MISSING,
      );
    expect(await teaching.removeCorrespondent(await town.viewer('julie.robin'), good)).toEqual(
      MISSING,
    );
    for (const address of ['', 'guide\0@musee.example', 'personne@musee.example'])
      expect(await teaching.removeCorrespondent(helene, { class: cp, address })).toEqual(MISSING);
  });
});

describe('the last letter to a class', () => {
  it('says who of its children of today has not opened it, to its writer alone', async () => {
    const { teaching, mail } = town.core;
    const { id } = await classOf('ce1-a.tilleuls');
    expect(await teaching.letter(claire, id)).toBeNull();
    expect(said(await town.send('claire.lefevre', ['ce1-a.tilleuls'], { via: 'web' }))).toBe(
      'accepted',
    );
    await town.send('claire.lefevre', ['lina.moreau'], { via: 'web' }); // not to the class
    const before = await teaching.letter(claire, id);
    expect(before).toMatchObject({ pupils: 24 });
    expect(before?.unread).toHaveLength(24);
    for (const [local, to] of [
      ['lina.moreau', null],
      ['noe.garnier', 'trash'],
    ] as const) {
      const reader = await town.viewer(local);
      const places = await mail.places(reader);
      const inbox = places.find(({ use }) => use === 'inbox');
      const letter = (await town.rows(local)).find(({ to: [first] }) => first?.name === 'CE1 A');
      if (!inbox || !letter) throw new Error(`no letter for ${local}`);
      await mail.mark(reader, inbox.id, [letter.uid], { seen: true });
      if (to) await mail.move(reader, inbox.id, [letter.uid], to);
    }
    const after = await teaching.letter(claire, id);
    expect(after).toMatchObject({ pupils: 24 });
    expect(
      after?.unread.map(({ name }) => name).filter((name) => /^(Lina|Noé) /.test(name)),
    ).toEqual([]);
    expect(after?.unread).toHaveLength(22);
    for (const other of [
      'karim.haddad',
      'mamadou.diallo',
      'lina.moreau',
      'karine.moreau',
      'nora.belkacem',
    ])
      expect(await teaching.letter(await town.viewer(other), id), other).toBeNull();
  });
});
