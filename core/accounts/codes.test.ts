import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../codes/contract.ts';
import { PICTURES } from '../codes/picture-code.ts';
import type { AccountId, ClassId } from '../ids.ts';
import { keptPictures } from '../store/people/accounts.ts';
import { endSessions, voidPictures } from '../store/people/codes.ts';
import type { Viewer } from '../viewer.ts';
import { byPictures } from './came-by.ts';
import type { CameBy } from './contract.ts';
import { DOMAIN, openCodeTown, type CodeTown } from './testing/code-town.ts';

const from = { ip: '192.0.2.1' };
let town: CodeTown;
let admin: pg.Client;
let teacher: Viewer;
let head: Viewer;
let ce1: ClassId;
let cm2: ClassId;
const address = (local: string) => `${local}@${DOMAIN}`;

beforeAll(async () => {
  town = await openCodeTown();
  admin = new pg.Client({ connectionString: town.adminUrl });
  await admin.connect();
  teacher = await town.viewer('claire.lefevre');
  head = await town.viewer('mamadou.diallo');
  ce1 = await town.classId(teacher, 'CE1 A');
  cm2 = await town.classId(head, 'CM2 B');
});
afterAll(async () => {
  await admin?.end();
  await town?.close();
});

const sheetOf = async (
  viewer: Viewer,
  classId: ClassId,
  kind: 'pictures' | 'activation',
  families: 'with' | 'without' = 'without',
) => {
  const sheet = await town.core.codes.printSheet(viewer, {
    class: classId,
    kind,
    families,
    format: 'pdf',
  });
  if (sheet === null) throw new Error('no sheet');
  return sheet;
};
const cardOf = (cards: readonly Card[], local: string): Card => {
  const card = cards.find((one) => one.address === address(local));
  if (card === undefined) throw new Error(`no card for ${local}`);
  return card;
};
const textOf = ({ code }: Card): string => (code.kind === 'activation' ? code.text : '');
const picturesOf = ({ code }: Card): readonly string[] =>
  code.kind === 'pictures' ? code.pictures : [];
async function accountOf(local: string): Promise<AccountId> {
  const child = (await town.core.codes.pupils(teacher, ce1))?.find(
    ({ face }) => face.address === address(local),
  );
  if (child === undefined) throw new Error(`no pupil ${local}`);
  return child.account;
}
const otherThan = (pictures: readonly string[]): readonly string[] =>
  [...PICTURES].filter((one) => !pictures.includes(one)).slice(0, 3);
async function openPc(token: string | null = null): Promise<string> {
  const opened = await town.core.codes.openBrowser(teacher, ce1, token);
  if (opened === null) throw new Error('not opened');
  return opened.token;
}
async function noCodeInRows(codes: readonly string[]): Promise<boolean> {
  const { rows } = await admin.query<{ dump: string }>(
    `
      select string_agg(t::text, ' ') as dump
      from (
        select a::text
        from activation_code a
        union all
        select p::text
        from picture_code p
        union all
        select s::text
        from code_sheet s
        union all
        select u::text
        from audit u
      ) t
    `,
  );
  return codes.every((code) => !rows[0]?.dump.includes(code));
}

describe('whose codes somebody may make', () => {
  it('a teacher: their classes; a head: all of the school; nobody else any', async () => {
    expect(
      (await town.core.codes.classes(teacher)).map(
        ({ name, advised, pupils }) => `${name} ${advised} ${pupils}`,
      ),
    ).toEqual(['CE1 A pictures 24']);
    expect(
      (await town.core.codes.classes(head)).map(({ name, advised }) => `${name} ${advised}`),
    ).toEqual([
      'CE1 A pictures',
      'CE1-CE2 pictures',
      'CP pictures',
      'CM2 B activation',
      'GS pictures',
    ]);
    for (const local of ['lina.moreau', 'karine.moreau', 'fabienne.cordier'])
      expect(await town.core.codes.classes(await town.viewer(local))).toEqual([]);
    expect(
      (await town.core.codes.classes(await town.viewer('nadege.colas'))).map(
        ({ name, schoolName }) => `${name} ${schoolName}`,
      ),
    ).toEqual(['CP École des Tilleuls', 'CE2 École Pasteur']);
  });

  it('not those of another class or another school', async () => {
    const stranger = await town.viewer('julie.robin');
    const child = await accountOf('lina.moreau');
    for (const who of [
      stranger,
      await town.viewer('marc.olivier'),
      await town.viewer('lina.moreau'),
    ]) {
      expect(await town.core.codes.pupils(who, ce1)).toBeNull();
      expect(
        await town.core.codes.printSheet(who, {
          class: ce1,
          kind: 'pictures',
          families: 'without',
          format: 'pdf',
        }),
      ).toBeNull();
      expect(
        await town.core.codes.resetCode(who, { class: ce1, child, kind: 'pictures' }),
      ).toBeNull();
      expect(await town.core.codes.openBrowser(who, ce1, null)).toBeNull();
      expect(await town.core.codes.closeBrowsers(who, ce1)).toBe(false);
    }
    expect(
      await town.core.codes.resetCode(teacher, {
        class: ce1,
        child: (await town.viewer('rosa.fernandes')).account,
        kind: 'pictures',
      }),
    ).toBeNull();
  });
});

describe('activation', () => {
  it('sets a password once, ends what was open, and is kept nowhere readable', async () => {
    const old = await town.enter(await town.viewer('rosa.fernandes'));
    const sheet = await sheetOf(head, cm2, 'activation');
    const card = cardOf(sheet.cards, 'rosa.fernandes');
    expect(
      await noCodeInRows(
        sheet.cards.flatMap((one) => [textOf(one), textOf(one).replaceAll('-', '')]),
      ),
    ).toBe(true);
    expect(await town.core.codes.checkCode(card.address, textOf(card).toLowerCase(), from)).toEqual(
      { kind: 'right', audience: 'pupil' },
    );
    expect(
      await town.core.codes.activate(
        { address: card.address, code: textOf(card), password: 'rosa' },
        from,
      ),
    ).toEqual({ kind: 'password', why: 'short', audience: 'pupil' });
    expect(
      await town.core.codes.activate(
        { address: card.address, code: textOf(card), password: 'cabane orange' },
        from,
      ),
    ).toMatchObject({ kind: 'welcome', viewer: { givenName: 'Rosa' } });
    expect(await town.core.accounts.session(old)).toBeNull();
    expect(
      await town.core.accounts.signIn(card.address, 'cabane orange', { ...from, way: 'web' }),
    ).toMatchObject({ kind: 'welcome' });
    expect(
      await town.core.codes.activate(
        { address: card.address, code: textOf(card), password: 'autre phrase' },
        from,
      ),
    ).toEqual({ kind: 'used' });
  });

  it('a new code ends a sign-in that is on its way: by password, by pictures, by the code before', async () => {
    const { accounts, codes } = town.core;
    const child = await town.viewer('inaya.sow');
    const reset = (kind: 'pictures' | 'activation') =>
      codes.resetCode(head, { class: cm2, child: child.account, kind });
    const use = async (password: string) => {
      const card = await reset('activation');
      if (card === null) throw new Error('not theirs');
      const used = await codes.activate(
        { address: card.address, code: textOf(card), password },
        from,
      );
      if (used.kind !== 'welcome') throw new Error(used.kind);
      return used;
    };
    const first = await use('cabane orange');
    const signedIn = await accounts.signIn(child.address, 'cabane orange', { ...from, way: 'web' });
    if (signedIn.kind !== 'welcome') throw new Error(signedIn.kind);
    expect(
      await accounts.openSession(child, { kind: 'password', mark: signedIn.ownPassword ?? '' }),
    ).not.toBeNull();
    const second = await use('cabane verte');
    expect(
      await accounts.openSession(child, { kind: 'password', mark: signedIn.ownPassword ?? '' }),
    ).toBeNull();
    expect(await accounts.openSession(child, first.cameBy)).toBeNull();
    expect(await accounts.openSession(child, second.cameBy)).not.toBeNull();
    await reset('pictures');
    expect(await accounts.openSession(child, second.cameBy)).toBeNull();
    const pictures = await byPicturesNow(child);
    expect(await accounts.openSession(child, pictures)).not.toBeNull();
    await reset('pictures');
    expect(await accounts.openSession(child, pictures)).toBeNull();
  });

  it('a session that opens while a code is being made anew waits for it, and does not open', async () => {
    const child = await town.viewer('yasmine.fares');
    await town.core.codes.resetCode(head, { class: cm2, child: child.account, kind: 'pictures' });
    const cameBy = await byPicturesNow(child);
    const opening = await town.store.write(child.school, async (tx) => {
      await voidPictures(tx, child.account, await picturesNow(child));
      const token = town.core.accounts.openSession(child, cameBy);
      await sleep(100);
      await endSessions(tx, child.account);
      return { token };
    });
    expect(await opening.token).toBeNull();
  });

  it('is used by one of two who come at once', async () => {
    const card = cardOf((await sheetOf(head, cm2, 'activation')).cards, 'alice.renard');
    const both = await Promise.all(
      ['premier mot', 'second mot'].map((password) =>
        town.core.codes.activate({ address: card.address, code: textOf(card), password }, from),
      ),
    );
    expect(both.map(({ kind }) => kind).sort()).toEqual(['used', 'welcome']);
  });

  it('ends with a reprint, and after its days', async () => {
    const old = cardOf((await sheetOf(head, cm2, 'activation')).cards, 'gabin.dupuy');
    const fresh = cardOf((await sheetOf(head, cm2, 'activation')).cards, 'gabin.dupuy');
    expect(await town.core.codes.checkCode(old.address, textOf(old), from)).toEqual({
      kind: 'no-match',
    });
    town.pass(46 * 86_400);
    expect(await town.core.codes.checkCode(fresh.address, textOf(fresh), from)).toEqual({
      kind: 'expired',
    });
  });

  it('says one thing of a wrong code, a code of somebody else, and an address that isn’t there', async () => {
    const { cards } = await sheetOf(head, cm2, 'activation');
    const sacha = cardOf(cards, 'sacha.levy');
    for (const [who, code] of [
      [sacha.address, 'AAAA-AAA-AAAA-AAAA'],
      [sacha.address, textOf(cardOf(cards, 'samy.hamdi'))],
      [address('personne'), textOf(sacha)],
      [address('equipe.tilleuls'), textOf(sacha)],
      ['', ''],
    ] as const)
      expect(await town.core.codes.checkCode(who, code, from)).toEqual({ kind: 'no-match' });
  });

  it('is slowed down by address, alike for one that isn’t there, and not for others; never for longer than five minutes', async () => {
    const card = cardOf((await sheetOf(head, cm2, 'activation')).cards, 'romane.hubert');
    for (const who of [card.address, address('nobody.at.all')]) {
      const kinds: string[] = [];
      for (let each = 0; each < 8; each += 1)
        kinds.push((await town.core.codes.checkCode(who, 'AAAA-AAA-AAAA-AAAA', from)).kind);
      expect(kinds).toEqual([...Array.from({ length: 6 }, () => 'no-match'), 'wait', 'wait']);
    }
    expect(await town.core.codes.checkCode(card.address, textOf(card), from)).toEqual({
      kind: 'wait',
      seconds: 2,
    });
    let longest = 0;
    for (let each = 0; each < 12; each += 1) {
      const answer = await town.core.codes.checkCode(card.address, 'AAAA-AAA-AAAA-AAAA', from);
      if (answer.kind === 'wait') longest = Math.max(longest, answer.seconds);
      town.pass(answer.kind === 'wait' ? answer.seconds : 0);
    }
    expect(longest).toBeLessThanOrEqual(300);
    town.pass(301);
    expect(await town.core.codes.checkCode(card.address, textOf(card), from)).toMatchObject({
      kind: 'right',
    });
  });

  it('guessed at makes nobody wait elsewhere, and a new one is looked at at once', async () => {
    const card = cardOf((await sheetOf(head, cm2, 'activation')).cards, 'romane.hubert');
    const elsewhere = { ip: '198.51.100.1' };
    for (let each = 0; each < 8; each += 1)
      await town.core.codes.checkCode(card.address, 'AAAA-AAA-AAAA-AAAA', elsewhere);
    expect((await town.core.codes.checkCode(card.address, textOf(card), elsewhere)).kind).toBe(
      'wait',
    );
    expect(await town.core.codes.checkCode(card.address, textOf(card), from)).toMatchObject({
      kind: 'right',
    });
    const anew = cardOf((await sheetOf(head, cm2, 'activation')).cards, 'romane.hubert');
    expect(await town.core.codes.checkCode(anew.address, textOf(anew), elsewhere)).toMatchObject({
      kind: 'right',
    });
  });

  it('lets six of a hundred tries at once pass', async () => {
    const many = await Promise.all(
      Array.from({ length: 100 }, () =>
        town.core.codes.checkCode(address('marius.klein'), 'AAAA-AAA-AAAA-AAAA', {
          ip: '192.0.2.9',
        }),
      ),
    );
    expect(many.filter(({ kind }) => kind === 'no-match')).toHaveLength(6);
  });

  it('makes slips for families: a code where a guardian has no password yet, none where the account is open or blocked', async () => {
    await admin.query(
      `
        update account
        set password_hash = null
        where given_name = 'Karine' and family_name = 'Moreau'
      `,
    );
    const { slips } = await sheetOf(teacher, ce1, 'pictures', 'with');
    const lina = slips.find(({ child }) => child === 'Lina Moreau');
    expect(
      lina?.guardians.map(({ name, code }) => `${name} ${code === null ? 'open' : 'code'}`).sort(),
    ).toEqual(['Karine Moreau code', 'Thomas Moreau open']);
    expect(
      slips.find(({ child }) => child === 'Théo Jourdain')?.guardians.map(({ name }) => name),
    ).toEqual(['Cécile Jourdain']);
    const code = lina?.guardians.find(({ name }) => name === 'Karine Moreau')?.code ?? '';
    expect(
      await town.core.codes.activate(
        { address: address('karine.moreau'), code, password: 'trois mots au hasard' },
        from,
      ),
    ).toMatchObject({ kind: 'welcome' });
  });
});

describe('a code made anew', () => {
  const word = 'cabane orange';
  const pupil = address('sofia.marques');
  const enter = async (way: 'web' | 'submission' | 'imap', password: string) =>
    town.core.accounts.signIn(pupil, password, { ...from, way });

  /** Lets a pupil come in by every road, and gives what each of them has open. */
  async function openEverything(local: string) {
    await town.core.settings.save(head, head.school, {
      opening: null,
      outsideForbidden: false,
      pupilsReachAllTeachers: false,
      pupilPrograms: true,
    });
    const card = cardOf((await sheetOf(teacher, ce1, 'activation')).cards, local);
    const entered = await town.core.codes.activate(
      { address: card.address, code: textOf(card), password: word },
      from,
    );
    if (entered.kind !== 'welcome') throw new Error(entered.kind);
    const { viewer } = entered;
    const device = await town.core.appPasswords.make(viewer, 'Tablette');
    const [imap, submission] = [await enter('imap', word), await enter('submission', word)];
    if (device.kind !== 'made' || imap.kind !== 'welcome' || submission.kind !== 'welcome')
      throw new Error('not open');
    const byDevice = { viewer, way: 'imap', appPassword: device.id, ownPassword: null } as const;
    const programs = [
      { ...imap, way: 'imap' },
      { ...submission, way: 'submission' },
      byDevice,
    ] as const;
    return { viewer, device: device.text, page: await town.enter(viewer), programs };
  }

  it('for one child ends password, pages, mail programs and devices at once, and is announced', async () => {
    const { viewer, device, page, programs } = await openEverything('sofia.marques');
    let heard = 0;
    const stop = town.core.events.subscribe(viewer, () => {
      heard += 1;
    });
    const card = await town.core.codes.resetCode(teacher, {
      class: ce1,
      child: viewer.account,
      kind: 'activation',
    });
    if (card === null) throw new Error('no card');
    expect(await town.core.accounts.session(page)).toBeNull();
    for (const one of programs) expect(await town.core.accounts.stillSignedIn(one)).toBeNull();
    for (const way of ['web', 'submission', 'imap'] as const) {
      expect(await enter(way, word)).toEqual({ kind: 'no-match' });
      expect(await enter(way, device)).toEqual({ kind: 'no-match' });
    }
    await expect.poll(() => heard).toBeGreaterThan(0);
    stop();
    expect(
      await town.core.codes.activate({ address: pupil, code: textOf(card), password: word }, from),
    ).toMatchObject({ kind: 'welcome' });
  });

  it('for a whole class leaves a chosen password as it was, as the page says', async () => {
    const { page, programs } = await openEverything('sofia.marques');
    await sheetOf(teacher, ce1, 'activation');
    expect(await town.core.accounts.session(page)).not.toBeNull();
    for (const one of programs) expect(await town.core.accounts.stillSignedIn(one)).not.toBeNull();
    expect(await enter('web', word)).toMatchObject({ kind: 'welcome' });
  });
});

describe('pictures', () => {
  it('are another’s for nobody in the class, open the account, and are kept nowhere readable', async () => {
    const sheet = await sheetOf(teacher, ce1, 'pictures');
    expect(new Set(sheet.cards.map((card) => picturesOf(card).join())).size).toBe(24);
    expect(await noCodeInRows(sheet.cards.map((card) => picturesOf(card).join()))).toBe(true);
    const token = await openPc();
    const [shown] = (await town.core.codes.browser(token))?.classes ?? [];
    expect(shown).toMatchObject({ name: 'CE1 A', teachers: ['Claire Lefèvre'] });
    expect(shown?.children.map(({ name }) => name)).toContain('Lina');
    for (const child of shown?.children ?? []) {
      const card = sheet.cards.find(({ givenName }) => givenName === child.name);
      expect(
        await town.core.codes.signInByPictures(token, {
          class: ce1,
          child: child.account,
          pictures: card === undefined ? [] : picturesOf(card),
        }),
      ).toMatchObject({ kind: 'welcome', viewer: { account: child.account } });
    }
  });

  it('open nothing without the computer’s token, for a child of another class, or once the class is shut', async () => {
    const card = cardOf((await sheetOf(teacher, ce1, 'pictures')).cards, 'lina.moreau');
    const child = await accountOf('lina.moreau');
    const token = await openPc();
    const given = { class: ce1, child, pictures: picturesOf(card) };
    for (const bad of ['', 'x', token.slice(0, -1), `2${token.slice(1)}`, `${token}x`])
      expect(await town.core.codes.signInByPictures(bad, given)).toEqual({ kind: 'not-here' });
    expect(await town.core.codes.signInByPictures(token, { ...given, class: cm2 })).toEqual({
      kind: 'not-here',
    });
    expect(
      await town.core.codes.signInByPictures(token, {
        ...given,
        child: (await town.viewer('samy.hamdi')).account,
      }),
    ).toEqual({ kind: 'not-here' });
    const other = await openPc(token);
    expect(await town.core.codes.browser(token)).toBeNull();
    expect(await town.core.codes.browser(other)).not.toBeNull();
    expect(await town.core.codes.closeBrowsers(teacher, ce1)).toBe(true);
    expect(await town.core.codes.signInByPictures(other, given)).toEqual({ kind: 'not-here' });
  });

  it('close with the class: what a child has open by pictures ends when it is shut everywhere, a password’s pages do not', async () => {
    const { cards } = await sheetOf(teacher, ce1, 'pictures');
    const [byPictures, byPassword] = [
      await accountOf('noe.garnier'),
      await town.viewer('yanis.hamdi'),
    ];
    await admin.query('update account set password_hash = null where id = $1', [byPictures]);
    const token = await openPc();
    const pictures = picturesOf(cardOf(cards, 'noe.garnier'));
    const entered = await town.core.codes.signInByPictures(token, {
      class: ce1,
      child: byPictures,
      pictures,
    });
    if (entered.kind !== 'welcome') throw new Error(entered.kind);
    const [page, other] = [await town.enter(entered.viewer), await town.enter(byPassword)];
    expect(await town.core.codes.closeBrowsers(teacher, ce1)).toBe(true);
    expect(await town.core.accounts.session(page)).toBeNull();
    expect(await town.core.accounts.session(other)).not.toBeNull();
  });

  it('slow down for one child, alert the teacher once, lock nobody out', async () => {
    const { cards } = await sheetOf(teacher, ce1, 'pictures');
    const lina = await accountOf('lina.moreau');
    const right = picturesOf(cardOf(cards, 'lina.moreau'));
    const token = await openPc();
    const guess = (pictures: readonly string[]) =>
      town.core.codes.signInByPictures(token, { class: ce1, child: lina, pictures });
    const kinds: string[] = [];
    for (let each = 0; each < 7; each += 1) kinds.push((await guess(otherThan(right))).kind);
    expect(kinds).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'slow', 'slow']);
    expect(await guess(right)).toEqual({ kind: 'slow' });
    const figures = await town.core.metrics.text();
    for (const line of [
      'preau_sign_in_total{way="pictures",outcome="wrong"}',
      'preau_sign_in_waits_total{way="pictures",why="child"}',
    ])
      expect(figures).toContain(line);
    expect(
      (await town.inbox('claire.lefevre')).filter(
        (subject) => subject === 'Lina Moreau n’arrive pas à entrer',
      ),
    ).toHaveLength(1);
    const noe = await accountOf('noe.garnier');
    expect(
      await town.core.codes.signInByPictures(token, {
        class: ce1,
        child: noe,
        pictures: picturesOf(cardOf(cards, 'noe.garnier')),
      }),
    ).toMatchObject({ kind: 'welcome' });
    for (let each = 0; each < 8; each += 1) {
      town.pass(60);
      expect(await guess(otherThan(right))).toEqual({ kind: 'slow' });
    }
    town.pass(61);
    expect(await guess(right)).toMatchObject({ kind: 'welcome' });
    expect(
      (await town.inbox('claire.lefevre')).filter(
        (subject) => subject === 'Lina Moreau n’arrive pas à entrer',
      ),
    ).toHaveLength(1);
  });

  it('slow down a computer after thirty wrong tries, by half a minute at most, until the teacher opens the class there again', async () => {
    const { cards } = await sheetOf(teacher, ce1, 'pictures');
    const token = await openPc();
    const children =
      (await town.core.codes.browser(token))?.classes[0]?.children.slice(0, 10) ?? [];
    for (const child of children)
      for (let each = 0; each < 3; each += 1)
        await town.core.codes.signInByPictures(token, {
          class: ce1,
          child: child.account,
          pictures: ['none', 'of', 'them'],
        });
    const [first] = children;
    if (first === undefined) throw new Error('no child');
    expect(
      (
        await town.core.codes.signInByPictures(token, {
          class: ce1,
          child: first.account,
          pictures: ['x', 'y', 'z'],
        })
      ).kind,
    ).toBe('slow');
    const card = cards.find(({ givenName }) => givenName === first.name);
    const given = {
      class: ce1,
      child: first.account,
      pictures: card === undefined ? [] : picturesOf(card),
    };
    expect(await town.core.codes.signInByPictures(token, given)).toEqual({ kind: 'slow' });
    expect(await town.inbox('claire.lefevre')).toContain(
      'Beaucoup d’essais sur un ordinateur de la classe CE1 A',
    );
    town.pass(31);
    expect(await town.core.codes.signInByPictures(token, given)).toMatchObject({ kind: 'welcome' });
    await town.core.codes.signInByPictures(token, { ...given, pictures: ['x', 'y', 'z'] });
    expect(await town.core.codes.signInByPictures(await openPc(token), given)).toMatchObject({
      kind: 'welcome',
    });
  });

  it('are made anew for one child: the old ones and open sessions end at once, the wait too', async () => {
    const { cards } = await sheetOf(teacher, ce1, 'pictures');
    const lina = await accountOf('lina.moreau');
    const old = picturesOf(cardOf(cards, 'lina.moreau'));
    const token = await openPc();
    const session = await town.enter(await town.viewer('lina.moreau'));
    for (let each = 0; each < 6; each += 1)
      await town.core.codes.signInByPictures(token, {
        class: ce1,
        child: lina,
        pictures: otherThan(old),
      });
    const card = await town.core.codes.resetCode(teacher, {
      class: ce1,
      child: lina,
      kind: 'pictures',
    });
    const fresh = card === null ? [] : picturesOf(card);
    expect(fresh).not.toEqual(old);
    expect(
      cards
        .filter((one) => one.address !== address('lina.moreau'))
        .map((one) => picturesOf(one).join()),
    ).not.toContain(fresh.join());
    expect(await town.core.accounts.session(session)).toBeNull();
    expect(
      await town.core.codes.signInByPictures(token, { class: ce1, child: lina, pictures: old }),
    ).toEqual({ kind: 'wrong' });
    expect(
      await town.core.codes.signInByPictures(token, { class: ce1, child: lina, pictures: fresh }),
    ).toMatchObject({ kind: 'welcome' });
  });

  it('stay unlike within the class when two print at once', async () => {
    const [one, two] = await Promise.all([
      sheetOf(teacher, ce1, 'pictures'),
      sheetOf(head, ce1, 'pictures'),
    ]);
    const token = await openPc();
    const good = await Promise.all(
      [one, two].map(
        async ({ cards }) =>
          (
            await town.core.codes.signInByPictures(token, {
              class: ce1,
              child: await accountOf('zoe.lambert'),
              pictures: picturesOf(cardOf(cards, 'zoe.lambert')),
            })
          ).kind,
      ),
    );
    expect(good.sort()).toEqual(['welcome', 'wrong']);
  });

  it('end for a child who has left the class, at once', async () => {
    const card = cardOf((await sheetOf(teacher, ce1, 'pictures')).cards, 'adele.vidal');
    const adele = await accountOf('adele.vidal');
    const token = await openPc();
    await admin.query(`select set_config('preau.school', '1', false)`);
    await admin.query(
      `
        update membership
        set until_date = '2020-01-01'
        where class_id = $1 and address_id = (select address_id from account where id = $2)
      `,
      [ce1, adele],
    );
    expect(
      await town.core.codes.signInByPictures(token, {
        class: ce1,
        child: adele,
        pictures: picturesOf(card),
      }),
    ).toEqual({ kind: 'not-here' });
  });
});

it('writes down who printed what, without a code and without a name', async () => {
  await town.core.codes.resetCode(teacher, {
    class: ce1,
    child: await accountOf('lina.moreau'),
    kind: 'pictures',
  });
  await openPc();
  await town.core.codes.closeBrowsers(teacher, ce1);
  await sheetOf(head, cm2, 'activation');
  const { rows } = await admin.query<{ act: string; subject: object; local: string }>(
    `
      select act, subject, a.local
      from audit join address a on a.id = actor_address_id
      where act like '%code%' or act like '%browser%'
      order by audit.id
    `,
  );
  expect(new Set(rows.map(({ act }) => act))).toEqual(
    new Set(['print-codes', 'reset-code', 'open-class-browser', 'close-class-browsers']),
  );
  expect(rows.findLast(({ act }) => act === 'print-codes')).toMatchObject({
    local: 'mamadou.diallo',
    subject: { class: cm2, kind: 'activation', format: 'pdf', codes: 22, families: 0 },
  });
  const printed = (await town.core.codes.classes(head)).find(({ id }) => id === cm2);
  expect(printed?.lastSheet?.by).toBe('Mamadou Diallo');
});

async function picturesNow(child: Viewer): Promise<Buffer> {
  const hash = await town.store.write(child.school, (tx) => keptPictures(tx, child.account));
  if (hash === null) throw new Error('no pictures');
  return hash;
}

const byPicturesNow = async (child: Viewer): Promise<CameBy> =>
  byPictures(await picturesNow(child));
