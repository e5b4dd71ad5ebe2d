import { describe, expect, it } from 'vitest';
import type { ClassId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { DONE, MISSING, refused, said, openTeachingTown } from './testing/teaching-town.ts';

const { town, claire, start, classOf, accountOf, writes, audited, subjects } =
  await openTeachingTown();

describe('a child’s sending at rest', () => {
  it('holds from the next message on until its day, says until when, and is ended early', async () => {
    const { teaching } = town.core;
    const before = (await audited(1)).length;
    const ce1 = (await classOf('ce1-a.tilleuls')).id;
    const child = await accountOf('lina.moreau');
    let heard = 0;
    const stop = town.core.events.subscribe(await town.viewer('lina.moreau'), () => {
      heard += 1;
    });
    expect(await writes('lina.moreau', 'noe.garnier')).toBe('accepted');
    expect(await teaching.rest(claire, { class: ce1, child, back: '2026-11-27' })).toEqual(DONE);
    await expect.poll(() => heard).toBeGreaterThan(0);
    stop();
    const outcome = await town.send('lina.moreau', ['noe.garnier']);
    expect(outcome).toMatchObject({
      kind: 'denied',
      refusals: [{ rule: 'sending-paused', words: { until: '2026-11-26T23:00:00.000Z' } }],
    });
    expect((await town.viewer('lina.moreau')).restsUntil).toEqual(new Date('2026-11-26T23:00:00Z'));
    expect(await writes('claire.lefevre', 'lina.moreau')).toBe('accepted');
    expect(
      (await teaching.classDetails(claire, ce1))?.children
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
    expect((await audited(1)).slice(before)).toEqual([
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
  it('stands beside what else a teacher sees of a child: letters that wait, nobody who came in, who is at home', async () => {
    const { teaching } = town.core;
    const ce1 = (await classOf('ce1-a.tilleuls')).id;
    await town.admin.query(`update class set moderation = 'all' where id = $1`, [ce1]);
    await town.admin.query('update school set roster_version = roster_version + 1 where id = 1');
    await town.admin.query(
      `update account set password_hash = null where given_name = 'Zoé' and role = 'pupil'`,
    );
    expect(await writes('lina.moreau', 'noe.garnier')).toMatch(/^held/);
    const details = await teaching.classDetails(claire, ce1);
    const marked = (name: string) => details?.children.find(({ givenName }) => givenName === name);
    expect(marked('Lina')).toMatchObject({ heldLetters: 1, hasComeIn: true });
    expect(marked('Noé')).toMatchObject({ heldLetters: 0 });
    expect(details?.children.filter((one) => !one.hasComeIn).map((one) => one.givenName)).toEqual([
      'Zoé',
    ]);
    expect(details).toMatchObject({ held: { letters: 1 }, guardians: 42 });
    const child = await accountOf('lina.moreau');
    expect(await teaching.classChild(claire, { class: ce1, child })).toMatchObject({
      calledByClassmates: 'Lina',
      family: [{ name: 'Karine Moreau' }, { name: 'Thomas Moreau' }],
    });
    const stranger = await accountOf('karine.moreau');
    expect(await teaching.classChild(claire, { class: ce1, child: stranger })).toBeNull();
    await town.admin.query(`update class set moderation = 'open' where id = $1`, [ce1]);
    await town.admin.query('update school set roster_version = roster_version + 1 where id = 1');
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
      expect(await teaching.classDetails(who, ce1), local).toBeNull();
    }
    expect(
      await teaching.rest(claire, { ...where, child: await accountOf('rosa.fernandes') }),
    ).toEqual(MISSING);
    expect(await teaching.rest(claire, { ...where, child: claire.account })).toEqual(MISSING);
    expect(await teaching.rest(claire, { ...where, class: 999_999 as ClassId })).toEqual(MISSING);
    expect(await teaching.rest(await town.viewer('mamadou.diallo'), where)).toEqual(DONE);
    expect(await teaching.endRest(await town.viewer('mamadou.diallo'), where)).toEqual(DONE);
    const nadege = await town.viewer('nadege.colas');
    await town.admin.query(`
        insert into membership (school_id, class_id, address_id, role, from_date, until_date)
        values (1, ${ce1}, ${nadege.addressId}, 'teacher', '2026-11-25', '2026-11-26');
        update school
        set roster_version = roster_version + 1
        where id = 1
      `);
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

describe('a correspondent outside', () => {
  const MUSEUM = 'guide@musee.example';

  it('writes to the class’s children while approved, each message held; before, after and to others the address is not there', async () => {
    const { teaching } = town.core;
    const before = (await audited(1)).length;
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
    expect((await teaching.classDetails(helene, cp))?.correspondents).toEqual([
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
    expect((await teaching.classDetails(helene, cp))?.correspondents).toEqual([]);
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
    expect(
      (await audited(1)).slice(before).filter((line) => line.includes('correspondent')),
    ).toEqual([
      'helene.bertin approve-correspondent address,class,until',
      'mamadou.diallo remove-correspondent address,class',
    ]);
  });

  describe('is approved', async () => {
    const { approveCorrespondent, removeCorrespondent } = town.core.teaching;
    const cp = (await classOf('cp.tilleuls')).id;
    const helene = await town.viewer('helene.bertin');
    const good = { class: cp, address: MUSEUM, until: '2026-12-04' };

    it.each([
      '',
      'musee',
      'guide@',
      'a b@musee.example',
      '"x"@musee.example',
      'guide@musee.example, lina@ecoles.preau.test',
    ])('by an address that is one: not « %s »', async (address) => {
      expect(await approveCorrespondent(helene, { ...good, address })).toEqual(
        refused('not-an-address'),
      );
    });

    it.each(['lina.moreau@ecoles.preau.test', 'x@sous.ecoles.preau.test'])(
      'by an address of nobody in the town: not %s',
      async (address) => {
        expect(await approveCorrespondent(helene, { ...good, address })).toEqual(
          refused('our-own-address'),
        );
      },
    );

    it.each([
      ['2026-11-23', 'past-day'],
      ['2028-01-01', 'too-far'],
      ['x', 'not-a-day'],
    ])('until a day to come: not %s', async (until, why) => {
      expect(await approveCorrespondent(helene, { ...good, until })).toEqual(refused(why));
    });

    it('with at most 29 others, of whom each may have another day', async () => {
      const guides = Array.from({ length: 30 }, (_, each) => `guide${each}@musee.example`);
      const [first = '', ...others] = guides;
      expect(await approveCorrespondent(helene, { ...good, address: first })).toEqual(DONE);
      await town.admin.query(
        `insert into correspondent
         select school_id, class_id, unnest($2::text[]), approved_by, until_date
         from correspondent where address = $1`,
        [first, others.slice(1)],
      );
      expect(await approveCorrespondent(helene, { ...good, address: others[0] ?? '' })).toEqual(
        DONE,
      );
      expect(await approveCorrespondent(helene, good)).toEqual(refused('too-many'));
      const [, , , third = ''] = guides;
      expect(
        await approveCorrespondent(helene, { ...good, address: third, until: '2026-12-24' }),
      ).toEqual(DONE);
      expect(await removeCorrespondent(helene, { class: cp, address: first })).toEqual(DONE);
      expect(await approveCorrespondent(helene, good)).toEqual(DONE);
      await town.admin.query('delete from correspondent where address = any($1)', [
        [MUSEUM, ...guides],
      ]);
    });

    it('by a teacher of the class alone, and removed by nobody who isn’t of it', async () => {
      for (const local of [
        'mamadou.diallo',
        'claire.lefevre',
        'julie.robin',
        'nina.lopez',
        'hugues.armand',
      ])
        expect(await approveCorrespondent(await town.viewer(local), good), local).toEqual(MISSING);
      expect(await removeCorrespondent(await town.viewer('julie.robin'), good)).toEqual(MISSING);
    });

    it('before it can be removed', async () => {
      for (const address of ['', 'guide\0@musee.example', 'personne@musee.example'])
        expect(await removeCorrespondent(helene, { class: cp, address })).toEqual(MISSING);
    });
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
      const mailboxes = await mail.mailboxes(reader);
      const inbox = mailboxes.find(({ use }) => use === 'inbox');
      const letter = (await town.rows(local)).find(({ to: [first] }) => first?.name === 'CE1 A');
      if (!inbox || !letter) throw new Error(`no letter for ${local}`);
      await mail.mark(reader, inbox.id, { uids: [letter.uid], marks: { seen: true } });
      if (to) await mail.move(reader, inbox.id, { uids: [letter.uid], to });
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
