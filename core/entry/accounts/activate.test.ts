import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { keptPictures } from '../../store/people/accounts.ts';
import { endSessions, voidPictures } from '../../store/people/codes.ts';
import { byPictures } from './came-by.ts';
import type { CameBy } from './contract.ts';
import { address, cardOf, FROM, openSheetTown, textOf } from './testing/sheet-town.ts';

const { town, admin, teacher, head, ce1, cm2, sheetOf, noCodeInRows } = await openSheetTown();

// Who guessed in another test makes nobody wait in this one.
beforeEach(() => town.pass(3_600));

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
    expect(await town.core.codes.checkCode(card.address, textOf(card).toLowerCase(), FROM)).toEqual(
      { kind: 'right', audience: 'pupil' },
    );
    expect(
      await town.core.codes.activate(
        { address: card.address, code: textOf(card), password: 'rosa' },
        FROM,
      ),
    ).toEqual({ kind: 'password', why: 'short', audience: 'pupil' });
    expect(
      await town.core.codes.activate(
        { address: card.address, code: textOf(card), password: 'cabane orange' },
        FROM,
      ),
    ).toMatchObject({ kind: 'welcome', viewer: { givenName: 'Rosa' } });
    expect(await town.core.accounts.session(old)).toBeNull();
    expect(
      await town.core.accounts.signIn(card.address, 'cabane orange', { ...FROM, way: 'web' }),
    ).toMatchObject({ kind: 'welcome' });
    expect(
      await town.core.codes.activate(
        { address: card.address, code: textOf(card), password: 'autre phrase' },
        FROM,
      ),
    ).toEqual({ kind: 'used' });
  });

  it('is remembered by the session that it opens, until a password is given', async () => {
    const child = (await town.core.codes.pupils(head, cm2))?.at(-1);
    if (child === undefined) throw new Error('nobody');
    const reset = { class: cm2, child: child.account, kind: 'activation' } as const;
    const card = await town.core.codes.resetCode(head, reset);
    if (card === null) throw new Error('not theirs');
    const used = await town.core.codes.activate(
      { address: card.address, code: textOf(card), password: 'cabane orange' },
      FROM,
    );
    if (used.kind !== 'welcome') throw new Error(used.kind);
    const { accounts } = town.core;
    const token = (await accounts.openSession(used.viewer, used.cameBy)) ?? '';
    expect(await accounts.proof(used.viewer, token)).toMatchObject({ byCode: true });
    expect(await accounts.proveAgain(used.viewer, { token, password: 'cabane orange' })).toEqual({
      kind: 'proved',
    });
    expect(await accounts.proof(used.viewer, token)).toMatchObject({ byCode: false });
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
        FROM,
      );
      if (used.kind !== 'welcome') throw new Error(used.kind);
      return used;
    };
    const first = await use('cabane orange');
    const signedIn = await accounts.signIn(child.address, 'cabane orange', { ...FROM, way: 'web' });
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
        town.core.codes.activate({ address: card.address, code: textOf(card), password }, FROM),
      ),
    );
    expect(both.map(({ kind }) => kind).sort()).toEqual(['used', 'welcome']);
  });

  it('ends with a reprint, and after its days', async () => {
    const old = cardOf((await sheetOf(head, cm2, 'activation')).cards, 'gabin.dupuy');
    const fresh = cardOf((await sheetOf(head, cm2, 'activation')).cards, 'gabin.dupuy');
    expect(await town.core.codes.checkCode(old.address, textOf(old), FROM)).toEqual({
      kind: 'no-match',
    });
    town.pass(46 * 86_400);
    expect(await town.core.codes.checkCode(fresh.address, textOf(fresh), FROM)).toEqual({
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
      expect(await town.core.codes.checkCode(who, code, FROM)).toEqual({ kind: 'no-match' });
  });

  it('is slowed down by address, alike for one that isn’t there, and not for others; never for longer than five minutes', async () => {
    const card = cardOf((await sheetOf(head, cm2, 'activation')).cards, 'romane.hubert');
    for (const who of [card.address, address('nobody.at.all')]) {
      const kinds: string[] = [];
      for (let each = 0; each < 8; each += 1)
        kinds.push((await town.core.codes.checkCode(who, 'AAAA-AAA-AAAA-AAAA', FROM)).kind);
      expect(kinds).toEqual([...Array.from({ length: 6 }, () => 'no-match'), 'wait', 'wait']);
    }
    expect(await town.core.codes.checkCode(card.address, textOf(card), FROM)).toEqual({
      kind: 'wait',
      seconds: 2,
    });
    let longest = 0;
    for (let each = 0; each < 12; each += 1) {
      const answer = await town.core.codes.checkCode(card.address, 'AAAA-AAA-AAAA-AAAA', FROM);
      if (answer.kind === 'wait') longest = Math.max(longest, answer.seconds);
      town.pass(answer.kind === 'wait' ? answer.seconds : 0);
    }
    expect(longest).toBeLessThanOrEqual(300);
    town.pass(301);
    expect(await town.core.codes.checkCode(card.address, textOf(card), FROM)).toMatchObject({
      kind: 'right',
    });
  });

  it('guessed at makes nobody wait elsewhere, and a new one is looked at at once', async () => {
    const card = cardOf((await sheetOf(head, cm2, 'activation')).cards, 'mae.barbier');
    const elsewhere = { ip: '198.51.100.1' };
    for (let each = 0; each < 8; each += 1)
      await town.core.codes.checkCode(card.address, 'AAAA-AAA-AAAA-AAAA', elsewhere);
    expect((await town.core.codes.checkCode(card.address, textOf(card), elsewhere)).kind).toBe(
      'wait',
    );
    expect(await town.core.codes.checkCode(card.address, textOf(card), FROM)).toMatchObject({
      kind: 'right',
    });
    const anew = cardOf((await sheetOf(head, cm2, 'activation')).cards, 'mae.barbier');
    expect(await town.core.codes.checkCode(anew.address, textOf(anew), elsewhere)).toMatchObject({
      kind: 'right',
    });
  });

  it('lets six of a hundred tries at once pass', SOAKED, async () => {
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
        FROM,
      ),
    ).toMatchObject({ kind: 'welcome' });
  });
});

async function picturesNow(child: Viewer): Promise<Buffer> {
  const hash = await town.store.write(child.school, (tx) => keptPictures(tx, child.account));
  if (hash === null) throw new Error('no pictures');
  return hash;
}

const byPicturesNow = async (child: Viewer): Promise<CameBy> =>
  byPictures(await picturesNow(child));
