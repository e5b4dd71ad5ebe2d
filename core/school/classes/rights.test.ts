import { describe, expect, it } from 'vitest';
import type { AddressId, ClassId, SchoolId } from '../../ground/ids.ts';
import { agentsJournal } from '../../town/journals/testing/agents-journal.ts';
import { PASTEUR, said, TILLEULS, TODAY, openClassTown } from './testing/class-town.ts';

const { town, head, classOf, idOf } = await openClassTown();

describe('whose right it is', () => {
  it('a head has their school; a teacher, a child, a parent and another head have none of it, as if it were not there', async () => {
    expect((await town.core.classes.schools(head)).map(({ name }) => name)).toEqual([
      'École des Tilleuls',
    ]);
    const [ce1, lina] = [(await classOf('CE1 A')).id, await idOf('lina.moreau')];
    for (const local of ['claire.lefevre', 'lina.moreau', 'karine.moreau', 'beatrice.vasseur']) {
      const who = await town.viewer(local);
      expect(await town.core.classes.overview(who, TILLEULS), local).toBeNull();
      expect(
        await town.core.trails.ofSchool(who, TILLEULS, { before: null, person: '', day: null }),
        local,
      ).toBeNull();
      const acts = [
        town.core.classes.create(who, TILLEULS, {
          name: 'CM1',
          levels: [],
          cover: null,
          teachers: [],
        }),
        town.core.classes.change(who, TILLEULS, {
          class: ce1,
          name: 'X',
          levels: ['CP'],
          cover: 1,
          moderation: 'all',
        }),
        town.core.classes.end(who, TILLEULS, { class: ce1, lastDay: TODAY }),
        town.core.classes.spread(who, TILLEULS, {
          pupils: [{ pupil: lina, from: ce1 }],
          way: 'take-out',
          to: null,
        }),
        town.core.classes.undoLast(who, TILLEULS),
        town.core.classes.placeAdult(who, TILLEULS, {
          class: ce1,
          adult: who.addressId,
          role: 'teacher',
          from: null,
          until: null,
        }),
        town.core.classes.removeAdult(who, TILLEULS, {
          class: ce1,
          adult: who.addressId,
          role: 'teacher',
        }),
        town.core.classes.open(who, TILLEULS, 'curieux de voir'),
      ];
      expect((await Promise.all(acts)).map(said), local).toEqual(acts.map(() => 'missing'));
    }
  });

  describe('another school’s are missing, as is what never was:', async () => {
    const { classes } = town.core;
    const [ce1, lina] = [(await classOf('CE1 A')).id, await idOf('lina.moreau')];

    it('classes, to change, to end, to move pupils to or out of', async () => {
      const { rows } = await town.admin.query<{ id: ClassId }>(
        'select id from class where school_id = 2 limit 1',
      );
      for (const id of [rows[0]?.id ?? (0 as ClassId), 999_999 as ClassId]) {
        const acts = [
          classes.change(head, TILLEULS, {
            class: id,
            name: 'X',
            levels: ['CP'],
            cover: 1,
            moderation: 'all',
          }),
          classes.end(head, TILLEULS, { class: id, lastDay: TODAY }),
          classes.spread(head, TILLEULS, {
            pupils: [{ pupil: lina, from: ce1 }],
            way: 'move',
            to: id,
          }),
          classes.spread(head, TILLEULS, {
            pupils: [{ pupil: lina, from: id }],
            way: 'take-out',
            to: null,
          }),
        ];
        for (const act of acts) expect(said(await act), String(id)).toBe('missing');
      }
    });

    it('pupils, to move into a class', async () => {
      for (const pupil of [
        await idOf('octave.schmitt'),
        await idOf('claire.lefevre'),
        999_999 as AddressId,
      ])
        expect(
          said(
            await classes.spread(head, TILLEULS, {
              pupils: [{ pupil, from: null }],
              way: 'move',
              to: ce1,
            }),
          ),
        ).toBe('missing');
    });

    it('teachers, to place before a class or to begin one with', async () => {
      for (const adult of [await idOf('julie.robin'), lina, 999_999 as AddressId])
        expect(
          said(
            await classes.placeAdult(head, TILLEULS, {
              class: ce1,
              adult,
              role: 'teacher',
              from: null,
              until: null,
            }),
          ),
        ).toBe('missing');
      expect(
        said(
          await classes.create(head, TILLEULS, {
            name: 'CM1',
            levels: [],
            cover: null,
            teachers: [await idOf('julie.robin')],
          }),
        ),
      ).toBe('missing');
    });

    it('schools, to look at', async () => {
      expect(await classes.overview(head, 999 as SchoolId)).toBeNull();
      expect(await classes.overview(head, 0 as SchoolId)).toBeNull();
    });
  });

  it('an agent says why first; each act is then written down twice: for the town with the reason, for the head', async () => {
    const agent = await town.viewer('leila.brahimi');
    expect((await town.core.classes.schools(agent)).filter(({ open }) => open)).toEqual([]);
    expect(await town.core.classes.overview(agent, PASTEUR)).toBeNull();
    expect(said(await town.core.classes.open(agent, PASTEUR, '  '))).toBe('reason-missing');
    expect(
      said(await town.core.classes.open(agent, 999 as SchoolId, 'la directrice est absente')),
    ).toBe('missing');
    expect(said(await town.core.classes.open(agent, PASTEUR, 'La directrice est absente'))).toBe(
      'done',
    );
    expect(
      (await town.core.classes.schools(agent)).filter(({ open }) => open).map(({ name }) => name),
    ).toEqual(['École Pasteur']);
    expect(
      said(
        await town.core.classes.create(agent, PASTEUR, {
          name: 'CM1',
          levels: [],
          cover: null,
          teachers: [],
        }),
      ),
    ).toBe('done');
    expect(await town.core.classes.overview(agent, TILLEULS)).toBeNull();
    const acts = await agentsJournal(town.core, agent);
    expect(
      acts?.map(({ act, by, schoolName, reason }) => `${act}, ${by}, ${schoolName}, ${reason}`),
    ).toEqual([
      'create-class, Leïla Brahimi, École Pasteur, La directrice est absente',
      'open-school, Leïla Brahimi, École Pasteur, La directrice est absente',
    ]);
    const trail = await town.core.trails.ofSchool(await town.viewer('beatrice.vasseur'), PASTEUR, {
      before: null,
      person: '',
      day: null,
    });
    expect(trail?.entries).toMatchObject([
      { act: 'create-class', by: 'Leïla Brahimi', byTown: true, words: { class: 'CM1' } },
      {
        act: 'open-school',
        by: 'Leïla Brahimi',
        byTown: true,
        words: { reason: 'La directrice est absente' },
      },
    ]);
    expect(await agentsJournal(town.core, head)).toBeNull();
    await town.admin.query(`update agent_act set at = at - interval '61 minutes'`);
    expect(await town.core.classes.overview(agent, PASTEUR)).toBeNull();
  });
});
