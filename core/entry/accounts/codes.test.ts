import { describe, expect, it } from 'vitest';
import { address, cardOf, FROM, openSheetTown, textOf } from './testing/sheet-town.ts';

const { town, admin, teacher, head, ce1, cm2, sheetOf, accountOf, openPc } = await openSheetTown();

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

describe('a code made anew', () => {
  const word = 'cabane orange';
  const pupil = address('sofia.marques');
  const enter = async (way: 'web' | 'submission' | 'imap', password: string) =>
    town.core.accounts.signIn(pupil, password, { ...FROM, way });

  /** Lets a pupil come in by every way, and gives what each of them has open. */
  async function openEverything(local: string) {
    await town.core.schoolSettings.save(head, head.school, { pupilPrograms: true });
    const card = cardOf((await sheetOf(teacher, ce1, 'activation')).cards, local);
    const entered = await town.core.codes.activate(
      { address: card.address, code: textOf(card), password: word },
      FROM,
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
      await town.core.codes.activate({ address: pupil, code: textOf(card), password: word }, FROM),
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

it('leaves a family of two classes the code that it has, and says on which sheet it stands', async () => {
  const gs = await town.classId(head, 'GS');
  await admin.query('update account set password_hash = null where id = $1', [
    (await town.viewer('karine.moreau')).account,
  ]);
  const codeOn = async (classId: typeof ce1) =>
    (await sheetOf(head, classId, 'pictures', 'with')).slips
      .flatMap(({ guardians }) => guardians)
      .find((one) => one.address === address('karine.moreau'));
  const first = await codeOn(ce1);
  expect(await codeOn(gs)).toMatchObject({ code: null, codeOn: 'CE1 A' });
  const code = first?.code ?? '';
  expect(await town.core.codes.checkCode(address('karine.moreau'), code, FROM)).toMatchObject({
    kind: 'right',
  });
  // who lost the paper is given another by the class that printed it
  const again = await codeOn(ce1);
  expect(again?.code).toMatch(/^[0-9A-Z-]+$/);
  expect(again?.code).not.toBe(code);
});

it('writes down who printed what, without a code and without a name', async () => {
  await town.core.codes.resetCode(teacher, {
    class: ce1,
    child: await accountOf('leo.dumont'),
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
