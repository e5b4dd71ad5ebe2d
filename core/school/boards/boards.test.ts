import { describe, expect, it } from 'vitest';
import { openBoardTown } from './testing/board-town.ts';
import { wish } from './testing/wish.ts';

const { town, claire, boards, ce1, post, titles } = await openBoardTown();

describe('a notice', () => {
  it('hangs for the class and its families, for nobody else, and in nobody’s mailbox', async () => {
    await post();
    expect(await titles('lina.moreau')).toEqual(['On cherche des bouchons']);
    expect(await titles('claire.lefevre')).toEqual(['On cherche des bouchons']);
    expect(await titles('samira.benali')).toEqual(['On cherche des bouchons']);
    expect(await titles('karim.haddad')).toBeNull();
    const { rows } = await town.admin.query(
      `select count(*)::integer as entries, count(distinct message_id)::integer as bodies,
          count(b.account_id)::integer as owned
        from entry e join mailbox b on b.school_id = e.school_id and b.id = e.mailbox_id
          join message m on m.school_id = e.school_id and m.id = e.message_id
        where m.subject = 'On cherche des bouchons'`,
    );
    expect(rows).toEqual([{ entries: 2, bodies: 1, owned: 0 }]);
  });

  it('for families is no child’s to read', async () => {
    const ref = await post({ readers: ['families'] });
    expect(await titles('lina.moreau')).toEqual([]);
    expect(await titles('samira.benali')).toHaveLength(1);
    expect(await boards.notice(await town.viewer('lina.moreau'), ref)).toBeNull();
  });

  it('is hung up once, however often its button is pressed', async () => {
    const same = wish();
    const both = await Promise.all([
      boards.post(claire, ce1, same),
      boards.post(claire, ce1, same),
    ]);
    const again = await boards.post(claire, ce1, same);
    expect(again.kind).toBe('posted');
    expect(both.some(({ kind }) => kind === 'posted')).toBe(true);
    expect(await titles('lina.moreau')).toHaveLength(1);
  });

  it('is refused by the rules of letters, and hangs nowhere then', async () => {
    const file = {
      name: 'jeu.exe',
      mediaType: 'application/octet-stream',
      bytes: Buffer.from('MZ'),
    };
    expect(
      await boards.post(claire, ce1, wish({ add: [file], readers: ['pupils'] })),
    ).toMatchObject({
      kind: 'unsent',
      outcome: { kind: 'denied', refusals: [{ rule: 'file-kind' }] },
    });
    expect(await titles('claire.lefevre')).toEqual([]);
  });

  it('is hung up by nobody who only reads', async () => {
    for (const local of ['lina.moreau', 'samira.benali', 'karim.haddad', 'hugues.armand'])
      expect((await boards.post(await town.viewer(local), ce1, wish())).kind).toBe('missing');
  });

  it.each([
    { some: { title: ' ' }, fault: 'no-title' },
    { some: { text: '' }, fault: 'no-words' },
    { some: { readers: [] }, fault: 'no-readers' },
    { some: { readers: ['team' as const] }, fault: 'no-readers' },
    { some: { untilDay: '2026-11-01' }, fault: 'past-day' },
    { some: { untilDay: 'jeudi' }, fault: 'not-a-day' },
    { some: { untilDay: '2029-11-01' }, fault: 'too-far' },
  ])('with a mistake is given back with $fault', async ({ some, fault }) => {
    expect(await boards.post(claire, ce1, wish(some))).toEqual({
      kind: 'faulty',
      faults: [fault],
    });
  });
});

describe('what was seen', () => {
  it('is counted by person, each family once, until the words change', async () => {
    const ref = await post();
    const lina = await town.viewer('lina.moreau');
    expect(await boards.unseenCount(lina)).toBe(1);
    await boards.see(lina, [ref]);
    expect(await boards.unseenCount(lina)).toBe(0);
    const state = await boards.notice(claire, ref);
    expect(state?.notice.seen?.[0]).toMatchObject({ readers: 'pupils', seen: 1 });
    expect(state?.pupils.find(({ name }) => name === 'Lina Moreau')?.seenAt).not.toBeNull();
    await boards.edit(claire, ref, wish({ title: 'On cherche vingt bouchons' }));
    expect(await boards.unseenCount(lina)).toBe(1);
    expect(await titles('lina.moreau')).toEqual(['On cherche vingt bouchons']);
  });
});

describe('a board', () => {
  it('has three on top at most', async () => {
    const four = [];
    for (const title of ['un', 'deux', 'trois', 'quatre']) four.push(await post({ title }));
    const pinned = [];
    for (const ref of four) pinned.push(await boards.pin(claire, ref, true));
    expect(pinned).toEqual(['done', 'done', 'done', 'too-many']);
    expect((await titles('lina.moreau'))?.at(-1)).toBe('quatre');
  });

  it('loses what is taken off, which can be looked at again', async () => {
    const ref = await post();
    expect(await boards.takeDown(claire, ref)).toBe(true);
    expect(await titles('lina.moreau')).toEqual([]);
    expect((await boards.takenDown(claire, ce1)).map(({ title }) => title)).toHaveLength(1);
    const { rows } = await town.admin.query('select count(*)::integer as places from notice_place');
    expect(rows).toEqual([{ places: 0 }]);
  });
});
