import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { TOWN, type Uid } from '../../ground/ids.ts';
import { EICAR } from '../../letters/scan/testing/letters.ts';
import { listSites } from '../../mail/sites/testing/list.ts';
import type { IdeaWish, NoticeRef, NoticeWish } from './contract.ts';
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

  it('goes past the scanner and the list of sites as a letter does, also with other words', async () => {
    await listSites(town.core, { adult: ['interdit.example'] });
    const virus = { name: 'mot.txt', mediaType: 'text/plain', bytes: EICAR };
    const link = { text: 'Voir http://interdit.example/bouchons' };
    expect(await boards.post(claire, ce1, wish({ add: [virus] }))).toMatchObject({
      outcome: { kind: 'infected' },
    });
    const refused = {
      kind: 'unsent',
      outcome: { kind: 'denied', refusals: [{ rule: 'forbidden-link' }] },
    };
    expect(await boards.post(claire, ce1, wish(link))).toMatchObject(refused);
    expect(await titles('claire.lefevre')).toEqual([]);
    const ref = await post();
    const edition = 1;
    expect(await boards.edit(claire, ref, wish({ ...link, edition }))).toMatchObject(refused);
    expect(
      await boards.edit(claire, ref, wish({ add: [virus], title: 'Bouchons', edition })),
    ).toMatchObject({ outcome: { kind: 'infected' } });
    expect(await titles('lina.moreau')).toEqual(['On cherche des bouchons']);
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
    { some: { day: '2026-11-31' }, fault: 'about-no-day' },
    { some: { day: '2026-11-27' }, fault: 'about-no-day' },
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
    expect((await boards.news(lina)).unseen).toBe(1);
    await boards.see(lina, [ref]);
    expect((await boards.news(lina)).unseen).toBe(0);
    const state = await boards.notice(claire, ref);
    expect(state?.notice.seen?.[0]).toMatchObject({ readers: 'pupils', seen: 1 });
    expect(state?.pupils.find(({ name }) => name === 'Lina Moreau')?.seenAt).not.toBeNull();
    await boards.edit(claire, ref, wish({ title: 'On cherche vingt bouchons', edition: 1 }));
    expect((await boards.news(lina)).unseen).toBe(1);
    expect(await titles('lina.moreau')).toEqual(['On cherche vingt bouchons']);
  });
});

describe('other words', () => {
  const edit = (ref: NoticeRef, some: Partial<NoticeWish>) =>
    boards.edit(claire, ref, wish({ edition: 1, ...some }));

  it(
    'wait where others hung theirs meanwhile, until their writer has seen those',
    SOAKED,
    async () => {
      const ref = await post();
      expect((await edit(ref, { title: 'Vingt bouchons' })).kind).toBe('posted');
      const late = wish({ title: 'Trente bouchons' });
      expect(await edit(ref, { ...late, edition: 1 })).toEqual({ kind: 'changed' });
      expect(await titles('lina.moreau')).toEqual(['Vingt bouchons']);
      for (const press of ['first', 'second'])
        expect({ press, ...(await edit(ref, { ...late, edition: 2 })) }).toMatchObject({
          press,
          kind: 'posted',
        });
      expect(await titles('lina.moreau')).toEqual(['Trente bouchons']);
    },
  );

  it('of a draft that is gone hang nowhere, and what hangs stays', SOAKED, async () => {
    const ref = await post();
    const draft = { mailbox: await town.mailbox(claire, 'drafts'), uid: 9_999 as Uid };
    expect(await edit(ref, { title: 'Vingt bouchons', draft })).toEqual({ kind: 'changed' });
    expect(await titles('lina.moreau')).toEqual(['On cherche des bouchons']);
  });

  it(
    'of two in one second hang one after the other, each with their own letter',
    SOAKED,
    async () => {
      const ref = await post();
      const both = await Promise.all(['Vingt', 'Trente'].map((title) => edit(ref, { title })));
      expect(both.map(({ kind }) => kind).toSorted()).toEqual(['changed', 'posted']);
      const { rows } = await town.admin.query(
        `select w.title = m.subject as same from notice n
        join notice_words w on w.notice_id = n.id and w.edition = n.edition
        join message m on m.school_id = w.school_id and m.id = w.message_id
        where n.id = $1`,
        [ref.notice],
      );
      expect(rows).toEqual([{ same: true }]);
    },
  );
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

describe('a child who has left the class', () => {
  it('reads nothing of its board any more, by any way that was open before', async () => {
    const ref = await post();
    const lina = await town.viewer('lina.moreau');
    await change(`update membership set until_date = '2026-11-23'
      where address_id = ${lina.addressId} and role = 'pupil'`);
    try {
      expect(await titles('lina.moreau')).toBeNull();
      expect(await boards.notice(lina, ref)).toBeNull();
      expect(await boards.file(lina, ref, '2')).toBeNull();
      expect((await boards.remindMe(lina, ref, '2026-11-26')).kind).toBe('missing');
      expect((await propose()).kind).toBe('missing');
      expect(await boards.news(lina)).toEqual({ unseen: 0, answers: 0, wishes: 0 });
      await boards.see(lina, [ref]);
      expect((await boards.notice(claire, ref))?.notice.seen?.[0]?.seen).toBe(0);
      expect(await titles('karine.moreau')).toBeNull();
    } finally {
      await change(`update membership set until_date = null
        where address_id = ${lina.addressId} and role = 'pupil'`);
    }
  });
});

describe('the town’s board', () => {
  const ref = { school: TOWN, classId: null };
  const titlesOf = async (local: string) => {
    const view = await boards.board(await town.viewer(local), ref);
    return view === null ? null : view.notices.map(({ title }) => title);
  };

  it('is an agent’s to hang up for whom they choose, and is read in every school', async () => {
    const agent = await town.viewer('hugues.armand');
    const post = (title: string, some: Partial<NoticeWish>) =>
      boards.post(agent, ref, wish({ title, ...some }));
    const posted = await post('Pour l’équipe', { readers: ['team'] });
    expect(posted.kind).toBe('posted');
    expect((await post('Pour tous', { readers: ['pupils', 'families', 'team'] })).kind).toBe(
      'posted',
    );
    expect(await titlesOf('claire.lefevre')).toEqual(['Pour tous', 'Pour l’équipe']);
    expect(await titlesOf('julie.robin')).toEqual(['Pour tous', 'Pour l’équipe']);
    for (const local of ['lina.moreau', 'samira.benali', 'ondine.le-bihan'])
      expect(await titlesOf(local)).toEqual(['Pour tous']);
    expect((await boards.news(await town.viewer('samira.benali'))).unseen).toBe(1);
    const { rows } = await town.admin.query(
      `select count(distinct e.message_id)::integer as bodies, count(*)::integer as entries
        from entry e join message m on m.school_id = e.school_id and m.id = e.message_id
        where m.subject = 'Pour tous'`,
    );
    expect(rows).toEqual([{ bodies: 1, entries: 3 }]);
    const seen = (await boards.board(agent, ref))?.notices[0]?.seen ?? [];
    expect(seen.map(({ readers }) => readers)).toEqual(['pupils', 'families', 'team']);
    expect(seen[0]?.of).toBeGreaterThan(48);
    if (posted.kind !== 'posted') return;
    await boards.see(await town.viewer('claire.lefevre'), [posted.ref]);
    const state = await boards.notice(agent, posted.ref);
    expect(state?.notice.seen?.[0]).toMatchObject({ readers: 'team', seen: 1 });
    expect(state?.pupils).toEqual([]);
  });

  it('is nobody else’s to hang up, and nothing of an agent’s of some communes', async () => {
    const { account } = await town.viewer('yann.kervella');
    const of = (communes: string) =>
      town.admin.query(
        `begin; set local preau.school = '0';
          update account set communes = ${communes} where id = ${account}; commit`,
      );
    await of(`'{1}'`);
    try {
      for (const local of ['mamadou.diallo', 'claire.lefevre', 'yann.kervella'])
        expect((await boards.post(await town.viewer(local), ref, wish())).kind).toBe('missing');
      expect(await titlesOf('yann.kervella')).toBeNull();
    } finally {
      await of('null');
    }
  });
});

describe('what a pupil proposes', () => {
  it('hangs nowhere, is nobody’s to read, until a teacher of the class hangs it', async () => {
    const lina = await town.viewer('lina.moreau');
    expect(await propose()).toEqual({ kind: 'proposed' });
    expect(await titles('lina.moreau')).toEqual([]);
    expect((await boards.news(await town.viewer('adele.vidal'))).unseen).toBe(0);
    const [idea] = (await boards.board(claire, ce1))?.ideas ?? [];
    expect(idea).toMatchObject({ title: 'Qui veut lire ?', waits: true });
    expect(idea?.author.name).toContain('Lina');
    const ref = idea?.ref as NoticeRef;
    for (const local of ['lina.moreau', 'adele.vidal', 'karim.haddad'])
      expect((await boards.hangIdea(await town.viewer(local), ref)).kind).toBe('missing');
    expect(await boards.notice(await town.viewer('adele.vidal'), ref)).toBeNull();
    expect(await boards.takeDown(claire, ref)).toBe(false);
    expect((await boards.hangIdea(claire, ref)).kind).toBe('done');
    expect((await boards.hangIdea(claire, ref)).kind).toBe('missing');
    expect(await titles('adele.vidal')).toEqual(['Qui veut lire ?']);
    expect(await titles('samira.benali')).toEqual([]);
    expect(await boards.news(lina)).toEqual({ unseen: 0, answers: 1, wishes: 0 });
    await boards.seeAnswers(lina);
    expect((await boards.news(lina)).answers).toBe(0);
    expect(await boards.ownIdeas(lina)).toMatchObject([{ state: 'hung' }]);
  });

  it('is left down with a word, which its author reads', async () => {
    const lina = await town.viewer('lina.moreau');
    await propose();
    const ref = await waiting();
    expect((await boards.refuseIdea(claire, ref, 'En décembre ?')).kind).toBe('done');
    expect((await boards.hangIdea(claire, ref)).kind).toBe('missing');
    expect((await boards.edit(claire, ref, wish())).kind).toBe('missing');
    expect(await boards.ownIdeas(lina)).toMatchObject([
      { state: 'refused', answer: { words: 'En décembre ?' } },
    ]);
    expect((await boards.board(claire, ce1))?.ideas).toEqual([]);
  });

  it('is mended first, and keeps its author’s name', async () => {
    await propose();
    const ref = await waiting();
    const mended = wish({ title: 'Qui veut lire jeudi ?', readers: ['pupils'], edition: 1 });
    expect((await boards.edit(claire, ref, mended)).kind).toBe('posted');
    const view = await boards.board(await town.viewer('adele.vidal'), ce1);
    expect(view?.notices[0]).toMatchObject({ title: 'Qui veut lire jeudi ?' });
    expect(view?.notices[0]?.author.name).toContain('Lina');
    expect(await boards.ownIdeas(await town.viewer('lina.moreau'))).toMatchObject([
      { state: 'hung', answer: { words: '' } },
    ]);
  });

  it('is judged as their letter to the class, then and when it is to hang', async () => {
    const jeu = {
      name: 'jeu.exe',
      mediaType: 'application/octet-stream',
      bytes: Buffer.from('MZ'),
    };
    expect(await propose({ add: [jeu] })).toMatchObject({
      kind: 'unsent',
      outcome: { refusals: [{ rule: 'file-kind' }] },
    });
    await propose();
    const ref = await waiting();
    await change(`update account set paused_until = '2035-01-01' where role = 'pupil'`);
    try {
      expect(await boards.hangIdea(claire, ref)).toMatchObject({
        kind: 'unsent',
        outcome: { kind: 'denied' },
      });
    } finally {
      await change('update account set paused_until = null');
    }
  });

  it('is read again by who wrote it where its words are doubtful', async () => {
    const said = await propose({ text: 'Tu es nul et débile.', isReread: false });
    expect(said.kind).toBe('doubtful');
    expect((await propose({ text: 'Tu es nul et débile.' })).kind).toBe('proposed');
  });

  it('waits for that one word where every letter of the class is held', async () => {
    await change(`update class set moderation = 'all'`);
    try {
      expect(await propose()).toEqual({ kind: 'proposed' });
      const { rows } = await town.admin.query('select count(*)::integer as holds from hold');
      const ref = await waiting();
      expect((await boards.hangIdea(claire, ref)).kind).toBe('done');
      expect(await titles('adele.vidal')).toEqual(['Qui veut lire ?']);
      expect(await town.admin.query('select count(*)::integer as holds from hold')).toMatchObject({
        rows,
      });
    } finally {
      await change(`update class set moderation = 'open'`);
    }
  });

  it('is three at a time, of their own class, and needs words', async () => {
    expect(await propose({ title: '' })).toEqual({ kind: 'faulty', faults: ['no-title'] });
    for (let count = 0; count < 3; count++)
      expect(await propose({ letter: wish().letter })).toEqual({ kind: 'proposed' });
    expect(await propose()).toEqual({ kind: 'faulty', faults: ['too-many-ideas'] });
    const [, , third] = (await boards.board(claire, ce1))?.ideas ?? [];
    const { rows } = await town.admin.query(
      'select letter from notice_words where notice_id = $1',
      [third?.ref.notice],
    );
    expect(await propose({ letter: rows[0]?.letter })).toEqual({ kind: 'proposed' });
    expect((await boards.board(claire, ce1))?.ideas).toHaveLength(3);
    for (const local of ['samira.benali', 'claire.lefevre', 'hugues.armand'])
      expect((await propose({}, local)).kind).toBe('missing');
  });
});

const propose = async (some: Partial<IdeaWish> = {}, local = 'lina.moreau') =>
  boards.propose(await town.viewer(local), ce1, {
    letter: wish().letter,
    title: 'Qui veut lire ?',
    text: 'À la récré, je lis une histoire.',
    add: [],
    draft: null,
    isReread: true,
    ...some,
  });

async function waiting(): Promise<NoticeRef> {
  const [idea] = (await boards.board(claire, ce1))?.ideas ?? [];
  if (idea === undefined) throw new Error('no idea waits');
  return idea.ref;
}

/** As the application would: the roster's version goes by the school that is set. */
const change = (statement: string): Promise<unknown> =>
  town.admin.query(`begin; set local preau.school = '${claire.school}'; ${statement}; commit`);
