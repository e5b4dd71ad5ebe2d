import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { AddressId } from '../../ground/ids.ts';
import { csv, pupil } from '../imports/testing/school-files.ts';
import { MORNING, namesIn, said, TILLEULS, TODAY, openClassTown } from './testing/class-town.ts';

const { town, head, school, classOf, idOf, move, reachOf, rowsOf } = await openClassTown();

describe('a class', () => {
  it('is made from a name: levels, colour and address by themselves, its teacher before it', async () => {
    const claire = await idOf('claire.lefevre');
    expect(
      said(
        await town.core.classes.create(head, TILLEULS, {
          name: ' CM1-CM2  bleue ',
          levels: [],
          cover: null,
          teachers: [claire],
        }),
      ),
    ).toBe('done');
    const made = await classOf('CM1-CM2 bleue');
    expect(made).toMatchObject({
      levels: ['CM1', 'CM2'],
      address: town.address('cm1-cm2-bleue.tilleuls'),
      moderation: 'open',
      endsOn: null,
    });
    expect([6, 7]).toContain(made.cover); // 1 to 5 are worn
    expect(namesIn(made.teachers)).toEqual(['Claire Lefèvre']);
    expect((await town.viewer('claire.lefevre')).classes.map(({ name }) => name)).toContain(
      'CM1-CM2 bleue',
    );
    expect(await reachOf('claire.lefevre')).toContain('CM1-CM2 bleue');
    for (const [name, why] of [
      ['', 'name-missing'],
      ['!!', 'name-missing'],
      ['cm1 CM2 Bleue', 'name-taken'],
      ['Les coccinelles', 'levels-missing'],
    ])
      expect(
        said(
          await town.core.classes.create(head, TILLEULS, {
            name: name ?? '',
            levels: [],
            cover: null,
            teachers: [],
          }),
        ),
        name,
      ).toBe(why);
  });

  it('keeps its address under another name, and gives it back to the class that takes the old name the year after', async () => {
    expect(
      said(
        await town.core.classes.create(head, TILLEULS, {
          name: 'CE2',
          levels: [],
          cover: 6,
          teachers: [],
        }),
      ),
    ).toBe('done');
    const { id } = await classOf('CE2');
    expect(
      said(
        await town.core.classes.change(head, TILLEULS, {
          class: id,
          name: 'CE2 rouge',
          levels: ['CE2'],
          cover: 6,
          moderation: 'all',
        }),
      ),
    ).toBe('done');
    expect(await classOf('CE2 rouge')).toMatchObject({
      id,
      address: town.address('ce2.tilleuls'),
      moderation: 'all',
    });
    await move('alice.renard', 'CM2 B', 'CE2 rouge', 'add');
    expect(
      said(await town.core.classes.end(head, TILLEULS, { class: id, lastDay: '2026-11-20' })),
    ).toBe('dates');
    expect(said(await town.core.classes.end(head, TILLEULS, { class: id, lastDay: TODAY }))).toBe(
      'done',
    );
    expect(await classOf('CE2 rouge')).toMatchObject({ endsOn: TODAY });
    town.clock.now = new Date('2026-11-25T09:00:00Z');
    expect((await school()).classes.map(({ name }) => name)).not.toContain('CE2 rouge');
    expect((await town.viewer('alice.renard')).classes.map(({ name }) => name)).toEqual(['CM2 B']);
    expect(
      said(
        await town.core.classes.create(head, TILLEULS, {
          name: 'CE2 rouge',
          levels: [],
          cover: null,
          teachers: [],
        }),
      ),
    ).toBe('done');
    expect(await classOf('CE2 rouge')).toMatchObject({
      id,
      address: town.address('ce2.tilleuls'),
      pupils: [],
      moderation: 'open',
    });
    expect(await rowsOf('alice.renard')).toContain(`CE2 rouge ${TODAY} ${TODAY}`);
    await town.core.classes.end(head, TILLEULS, { class: id, lastDay: '2026-11-25' });
  });
});

describe('pupils', () => {
  it('are in another class at once: rules, pickers, list, open pages; and back by one undo, with nothing deleted', async () => {
    const lina = await town.viewer('lina.moreau');
    const heard: string[] = [];
    const stop = [
      await town.viewer('lina.moreau'),
      await town.viewer('helene.bertin'),
      await town.viewer('noe.garnier'),
    ].map((who) =>
      town.core.events.subscribe(who, () => {
        heard.push(who.givenName);
      }),
    );
    const before = await rowsOf('lina.moreau');
    expect(await move('lina.moreau', 'CE1 A', 'CP')).toBe('done');
    // She stays the rabbit that she is; a ring tells her from the one of that class.
    expect((await town.viewer('lina.moreau')).face).toMatch(/^lapin(-\d)?$/);
    const { rows: faces } = await town.admin.query<{ all: number; different: number }>(`
      select count(*)::integer as all, count(distinct a.face)::integer as different
      from membership m
        join class c on c.school_id = m.school_id and c.id = m.class_id
        join account a on a.school_id = m.school_id and a.address_id = m.address_id
      where c.school_id = 1 and c.name = 'CP' and m.role = 'pupil' and m.until_date is null
    `);
    expect(faces[0]?.different).toBe(faces[0]?.all);
    expect((await town.viewer('lina.moreau')).classes.map(({ name }) => name)).toEqual(['CP']);
    expect(await reachOf('lina.moreau')).not.toContain('Noé Garnier');
    expect((await town.send('noe.garnier', ['lina.moreau'])).kind).toBe('denied');
    expect((await town.send('lina.moreau', ['cp.tilleuls'])).kind).toBe('accepted');
    await expect.poll(() => [...new Set(heard)].sort()).toEqual(['Hélène', 'Lina', 'Noé']);
    stop.forEach((end) => end());
    expect(await rowsOf('lina.moreau')).toEqual([
      before[0]?.replace(/ $/, ' 2026-11-23'),
      `CP ${TODAY} `,
    ]);
    expect((await school()).lastMove).toEqual({ names: ['Lina Moreau'], to: 'CP' });
    expect(said(await town.core.classes.undoLast(head, TILLEULS))).toBe('done');
    expect(await rowsOf('lina.moreau')).toEqual([...before, `CP ${TODAY} 2026-11-23`]);
    expect((await town.send('noe.garnier', ['lina.moreau'])).kind).toBe('accepted');
    expect(lina.classes.map(({ name }) => name)).toEqual(['CE1 A']);
  });

  it(
    'in two classes, out of one, from none into one; each undone in its turn',
    SOAKED,
    async () => {
      expect(await move('rosa.fernandes', 'CM2 B', 'GS', 'add')).toBe('done');
      expect(
        (await classOf('GS')).pupils.find(({ face }) => face.name === 'Rosa Fernandes')?.others,
      ).toEqual(['CM2 B']);
      expect(await move('rosa.fernandes', 'CM2 B', null, 'take-out')).toBe('done');
      expect((await town.viewer('rosa.fernandes')).classes.map(({ name }) => name)).toEqual(['GS']);
      expect(await move('rosa.fernandes', 'GS', null, 'take-out')).toBe('done');
      expect(namesIn((await school()).unplaced)).toEqual(['Rosa Fernandes']);
      expect(await move('rosa.fernandes', 'GS', 'CP')).toBe('moved-meanwhile');
      expect(await move('rosa.fernandes', null, 'CP')).toBe('done');
      for (const names of [[], ['GS'], ['GS', 'CM2 B'], ['CM2 B']]) {
        expect(said(await town.core.classes.undoLast(head, TILLEULS))).toBe('done');
        expect(
          (await town.viewer('rosa.fernandes')).classes.map(({ name }) => name).sort(),
        ).toEqual([...names].sort());
      }
    },
  );

  it('two heads at once: both moves are kept, and none twice', async () => {
    const [ce1, cp] = [await classOf('CE1 A'), await classOf('CP')];
    const some = ce1.pupils.slice(0, 6);
    const acted = await Promise.all(
      some.map(({ id }) =>
        town.core.classes
          .spread(head, TILLEULS, { pupils: [{ pupil: id, from: ce1.id }], way: 'move', to: cp.id })
          .catch(() => ({ kind: 'busy' as const })),
      ),
    );
    const done = acted.filter(({ kind }) => kind === 'done').length;
    expect(done).toBeGreaterThan(0);
    expect((await classOf('CE1 A')).pupils).toHaveLength(ce1.pupils.length - done);
    expect((await classOf('CP')).pupils).toHaveLength(cp.pupils.length + done);
    for (let each = 0; each < done; each += 1)
      expect(said(await town.core.classes.undoLast(head, TILLEULS))).toBe('done');
    expect(namesIn((await classOf('CE1 A')).pupils)).toEqual(namesIn(ce1.pupils));
  });
});

describe('adults before a class', () => {
  const { classes } = town.core;
  const before = async <Adult extends AddressId | string>(adult: Adult) => ({
    class: (await classOf('CE1 A')).id,
    role: 'teacher' as const,
    adult,
  });

  it.each(['lina.moreau', 'nobody.at-all', 'karine.moreau'])(
    'no adult of the town’s schools: %s',
    async (local) => {
      const place = { ...(await before(town.address(local))), from: null, until: null };
      expect(said(await classes.placeAdult(head, TILLEULS, place))).toBe('no-such-adult');
    },
  );

  it.each([
    ['2026-11-23', null],
    ['2026-11-31', null],
    ['2026-11-30', '2026-11-27'],
  ])('no days to be there: from %s until %s', async (from, until) => {
    const place = { ...(await before(town.address('julie.robin'))), from, until };
    expect(said(await classes.placeAdult(head, TILLEULS, place))).toBe('dates');
  });

  it('a replacement from another school, from Monday until Friday; then shorter; then none', async () => {
    const julie = await before(await idOf('julie.robin'));
    const byAddress = await before(town.address('julie.robin'));
    const week = { from: '2026-11-30', until: '2026-12-04' };
    expect(said(await classes.placeAdult(head, TILLEULS, { ...byAddress, ...week }))).toBe('done');
    expect(namesIn((await classOf('CE1 A')).teachers)).toEqual(['Claire Lefèvre', 'Julie Robin']);
    const taught = async (): Promise<boolean> =>
      (await town.viewer('julie.robin')).classes.some(({ id }) => id === julie.class);
    expect(await taught()).toBe(false);
    town.clock.now = new Date('2026-12-01T09:00:00Z');
    expect(await taught()).toBe(true);
    expect((await town.send('lina.moreau', ['julie.robin'])).kind).toBe('accepted');
    const shorter = { ...julie, from: null, until: '2026-12-02' };
    expect(said(await classes.placeAdult(head, TILLEULS, shorter))).toBe('done');
    town.clock.now = new Date('2026-12-03T09:00:00Z');
    expect(await taught()).toBe(false);
    town.clock.now = MORNING;
    expect(said(await classes.removeAdult(head, TILLEULS, julie))).toBe('done');
    expect(said(await classes.removeAdult(head, TILLEULS, julie))).toBe('missing');
    expect(namesIn((await classOf('CE1 A')).teachers)).toEqual(['Claire Lefèvre']);
  });
});

const moderate = async (name: string, moderation: 'open' | 'all'): Promise<void> => {
  const one = await classOf(name);
  await town.core.classes.change(head, TILLEULS, {
    class: one.id,
    name,
    levels: one.levels,
    cover: one.cover,
    moderation,
  });
};

describe('held mail', () => {
  /** Who has a letter of this subject waiting, of two teachers: the head sees what both see. */
  async function holdersOf(
    subject: string,
    among: readonly string[] = ['claire.lefevre', 'helene.bertin'],
  ): Promise<string[]> {
    const held = await Promise.all(
      among.map(async (local) => {
        const waiting = await town.core.moderation.waiting(await town.viewer(local));
        return waiting.some((one) => one.subject === subject) ? [local] : [];
      }),
    );
    return held.flat();
  }
  beforeEach(() => moderate('CE1 A', 'all'));
  afterEach(() => moderate('CE1 A', 'open'));

  it('follows a child to the teacher of today, who alone decides; what is no longer allowed comes back then', async () => {
    expect((await town.send('gael.tanguy', ['noe.garnier'], { subject: 'À Noé' })).kind).toBe(
      'held',
    );
    expect(
      (await town.send('gael.tanguy', ['mamadou.diallo'], { subject: 'Au directeur' })).kind,
    ).toBe('held');
    expect((await town.send('sofia.marques', ['noe.garnier'], { subject: 'De Sofia' })).kind).toBe(
      'held',
    );
    for (const subject of ['À Noé', 'Au directeur', 'De Sofia'])
      expect(await holdersOf(subject), subject).toEqual(['claire.lefevre']);
    expect(await move('gael.tanguy', 'CE1 A', 'CP')).toBe('done');
    expect(await holdersOf('De Sofia')).toEqual(['claire.lefevre']);
    for (const subject of ['À Noé', 'Au directeur'])
      expect(await holdersOf(subject), subject).toEqual(['helene.bertin']);
    const helene = await town.viewer('helene.bertin');
    const decide = async (subject: string): Promise<string> => {
      const one = (await town.core.moderation.waiting(helene)).find(
        (held) => held.subject === subject,
      );
      const done = one ? await town.letGo(helene, one.school, one.id) : null;
      return done === null ? 'not there' : `${done.sent} sent, ${done.refused.length} refused`;
    };
    expect(await decide('Au directeur')).toBe('1 sent, 0 refused');
    expect((await town.rows('mamadou.diallo')).map(({ subject }) => subject)).toContain(
      'Au directeur',
    );
    expect(await decide('À Noé')).toBe('0 sent, 1 refused');
    expect((await town.rows('noe.garnier')).map(({ subject }) => subject)).not.toContain('À Noé');
    expect((await town.rows('gael.tanguy'))[0]?.from.kind).toBe('system');
    await town.core.classes.undoLast(head, TILLEULS);
  });

  it('comes back with a move undone; taken out of every class, the head decides', async () => {
    expect((await town.send('ilyes.mansouri', ['noe.garnier'], { subject: 'Encore' })).kind).toBe(
      'held',
    );
    await move('ilyes.mansouri', 'CE1 A', 'CP');
    expect(await holdersOf('Encore')).toEqual(['helene.bertin']);
    await town.core.classes.undoLast(head, TILLEULS);
    expect(await holdersOf('Encore')).toEqual(['claire.lefevre']);
    await move('ilyes.mansouri', 'CE1 A', null, 'take-out');
    expect(await holdersOf('Encore', ['mamadou.diallo'])).toEqual(['mamadou.diallo']);
    await town.core.classes.undoLast(head, TILLEULS);
  });

  it(
    'follows a child whom a file puts into another class, and comes back with its undo; open pages look again',
    SOAKED,
    async () => {
      expect(
        (await town.send('jeanne.leroux', ['noe.garnier'], { subject: 'Par fichier' })).kind,
      ).toBe('held');
      expect((await town.send('leo.dumont', ['noe.garnier'], { subject: 'De Léo' })).kind).toBe(
        'held',
      );
      const { rows } = await town.admin.query<{ name: string; class: string }>(
        `
        select a.display_name as name, c.name as class
        from account a
          join membership m on m.school_id = a.school_id
          and m.address_id = a.address_id
          join class c on c.school_id = m.school_id
          and c.id = m.class_id
        where a.school_id = $1
          and a.role = 'pupil'
          and m.role = 'pupil'
          and m.until_date is null
        order by a.id
      `,
        [TILLEULS],
      );
      const file = csv.pupils(
        rows.map((row, at) =>
          pupil(row.name, row.name === 'Jeanne Leroux' ? 'CP' : row.class, {
            ine: `${String(at).padStart(10, '0')}A`,
          }),
        ),
      );
      const { pendingImports: imports } = town.core;
      const year = (await imports.ofSchool(head, TILLEULS))?.runningYear ?? '';
      const given = await imports.upload(head, TILLEULS, { year, files: [file] });
      let heard = 0;
      const stop = town.core.events.subscribe(await town.viewer('jeanne.leroux'), () => {
        heard += 1;
      });
      expect(
        await imports.apply(head, TILLEULS, {
          id: given?.kind === 'draft' ? given.id : 0,
          reason: '',
        }),
      ).toMatchObject({ kind: 'applied' });
      expect(await holdersOf('De Léo')).toEqual(['claire.lefevre']);
      expect(await holdersOf('Par fichier')).toEqual(['helene.bertin']);
      await expect.poll(() => heard).toBeGreaterThan(0);
      stop();
      const done = (await imports.ofSchool(head, TILLEULS))?.imports[0]?.id ?? 0;
      expect(await imports.undo(head, TILLEULS, { id: done, reason: '' })).toMatchObject({
        kind: 'undone',
      });
      expect(await holdersOf('De Léo')).toEqual(['claire.lefevre']);
      expect(await holdersOf('Par fichier')).toEqual(['claire.lefevre']);
    },
  );

  it('a class that is open from now on lets nothing go unread', async () => {
    expect((await town.send('manon.dufour', ['noe.garnier'], { subject: 'Avant' })).kind).toBe(
      'held',
    );
    await moderate('CE1 A', 'open');
    expect(await holdersOf('Avant')).toEqual(['claire.lefevre']);
    expect((await town.rows('noe.garnier')).map(({ subject }) => subject)).not.toContain('Avant');
    expect(await town.faults()).toEqual([]);
  });
});

describe('the trail', () => {
  const { trails } = town.core;
  const ofPerson = (person: string) =>
    trails.ofSchool(head, TILLEULS, { before: null, person, day: null });

  it('names who did what with the names of today, newest first, by person and by day', async () => {
    await move('maelle.riou', 'CE1 A', null, 'take-out');
    await town.core.classes.undoLast(head, TILLEULS);
    await moderate('CP', 'all');
    await town.send('basile.noel', ['elise.faure']);
    const helene = await town.viewer('helene.bertin');
    const [held] = await town.core.moderation.waiting(helene);
    if (!held) throw new Error('nothing waits');
    await town.letGo(helene, held.school, held.id);
    await moderate('CP', 'open');
    const all = await ofPerson('');
    expect(all?.schoolName).toBe('École des Tilleuls');
    expect(all?.entries.map(({ id }) => id)).toEqual(
      all?.entries.map(({ id }) => id).toSorted((one, other) => other - one),
    );
    const maelle = await ofPerson('maëlle ri');
    expect(maelle?.entries[1]).toMatchObject({
      act: 'move-pupils',
      by: 'Mamadou Diallo',
      byTown: false,
      words: { people: ['Maëlle Riou'], from: ['CE1 A'], way: 'take-out' },
    });
    expect(maelle?.entries.length).toBeLessThan(all?.entries.length ?? 0);
    const released = await ofPerson('hélène');
    expect(released?.entries[0]).toMatchObject({
      act: 'release',
      by: 'Hélène Bertin',
      words: { message: 'Basile Noël' },
    });
    expect((await ofPerson('personne du tout'))?.entries).toEqual([]);
    const longAgo = { before: null, person: '', day: '2020-01-01' };
    expect((await trails.ofSchool(head, TILLEULS, longAgo))?.entries).toEqual([]);
  });

  it('of many acts is read on from where its page ends', async () => {
    await town.admin.query(
      `
        insert into audit (school_id, actor_address_id, act, subject)
        select 1, $1, 'open-class-browser', jsonb_build_object('class', $2::bigint)
        from generate_series(1, 60)
      `,
      [head.addressId, (await classOf('CP')).id],
    );
    const first = await ofPerson('');
    expect(first).toMatchObject({ more: true });
    const last = first?.entries.at(-1)?.id ?? 0;
    const older = await trails.ofSchool(head, TILLEULS, { before: last, person: '', day: null });
    expect(older?.entries[0]?.id).toBeLessThan(last);
  });
});
