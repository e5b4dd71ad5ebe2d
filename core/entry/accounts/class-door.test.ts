import { describe, expect, it } from 'vitest';
import { PICTURES } from '../codes/picture-code.ts';
import { cardOf, address, openSheetTown, picturesOf } from './testing/sheet-town.ts';

const { town, admin, teacher, head, ce1, cm2, sheetOf, accountOf, openPc, noCodeInRows } =
  await openSheetTown();

const otherThan = (pictures: readonly string[]): readonly string[] =>
  [...PICTURES].filter((one) => !pictures.includes(one)).slice(0, 3);

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
    const ines = await accountOf('ines.carvalho');
    const old = picturesOf(cardOf(cards, 'ines.carvalho'));
    const token = await openPc();
    const session = await town.enter(await town.viewer('ines.carvalho'));
    for (let each = 0; each < 6; each += 1)
      await town.core.codes.signInByPictures(token, {
        class: ce1,
        child: ines,
        pictures: otherThan(old),
      });
    const card = await town.core.codes.resetCode(teacher, {
      class: ce1,
      child: ines,
      kind: 'pictures',
    });
    const fresh = card === null ? [] : picturesOf(card);
    expect(fresh).not.toEqual(old);
    expect(
      cards
        .filter((one) => one.address !== address('ines.carvalho'))
        .map((one) => picturesOf(one).join()),
    ).not.toContain(fresh.join());
    expect(await town.core.accounts.session(session)).toBeNull();
    expect(
      await town.core.codes.signInByPictures(token, { class: ce1, child: ines, pictures: old }),
    ).toEqual({ kind: 'wrong' });
    expect(
      await town.core.codes.signInByPictures(token, { class: ce1, child: ines, pictures: fresh }),
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
    const until = async (day: string | null) => {
      await admin.query(`select set_config('preau.school', '1', false)`);
      await admin.query(
        `
          update membership
          set until_date = $3
          where class_id = $1 and address_id = (select address_id from account where id = $2)
        `,
        [ce1, adele, day],
      );
    };
    await until('2020-01-01');
    expect(
      await town.core.codes.signInByPictures(token, {
        class: ce1,
        child: adele,
        pictures: picturesOf(card),
      }),
    ).toEqual({ kind: 'not-here' });
    await until(null);
  });
});
