/** Lists and messages in a browser: places that are kept, what is chosen and done, keys alone. */
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { grainyPng } from '../../../core/letters/message/testing/documents.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { faultsInPassing, pageFaults } from '../../../tests/shared/page-faults.ts';
import type { AnyPage, PlainPage } from '../../../tests/shared/plain/page.ts';
import { showInBrowser } from '../../../tests/shared/plain/shown.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { openTestTown, uidsOf, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

/** The team of a school has a list of letters each; who only looks may share one. */
const TEAM = [
  'claire.lefevre',
  'karim.haddad',
  'helene.bertin',
  'marc.olivier',
  'sylvie.caradec',
  'nadege.colas',
  'fabienne.cordier',
  'anne.kermadec',
  'odile.prigent',
];
const LOOKS = 'karim.haddad';
/** Three pages of a list for who only looks, of which everybody has the last few. */
const MESSAGES = 101;
const OF_ALL = 8;
/** A page’s scripts come one after another: how often is looked whether more is heard. */
const SETTLED = { interval: 150, timeout: 5_000 };
const INSPECTION = 'inspection@exemple.fr';

let town: TestTown;
let visits: Visits;

/** The subjects of the rows that stand in the list, as far as asked for. */
const subjects = async (page: AnyPage, most: number): Promise<string[]> =>
  (await page.locator('.msg .subj').allTextContents()).slice(0, most);

const toast = async (page: AnyPage): Promise<string> => {
  await page.waitForSelector('.toast');
  return (await page.textContent('.toast span')) ?? '';
};

describe.skipIf(!hasChromium())('lists (skipped where chromium is not installed)', () => {
  beforeAll(async () => {
    town = await openTestTown();
    for (let n = 0; n < MESSAGES; n += 1)
      await town.send('mamadou.diallo', [n < MESSAGES - OF_ALL ? LOOKS : 'equipe.tilleuls'], {
        subject: `Mot ${n}`,
        text: 'Bonjour.\n\nLe car part à huit heures.',
      });
    for (const one of TEAM) {
      const [viewer, rows] = [await town.viewer(one), await town.rows(one)];
      await town.core.mail.mark(viewer, await town.mailbox(viewer, 'inbox'), {
        uids: uidsOf(rows),
        marks: { seen: true },
      });
    }
    await town.send('claire.lefevre', ['ce1-a.tilleuls'], { subject: 'Bonne journée' });
    visits = await openVisits(town, () => town.clock.now);
  });
  afterEach(() => visits.leave());
  afterAll(async () => {
    await visits?.close();
    await town?.close();
  });

  it('opens a message beside its list, which stays where it is and goes on by itself; back and forward are right', async () => {
    await opensBeside();
  });

  it('shows the list around the message again where the page is loaded anew', SOAKED, async () => {
    const { page, href } = await opensBeside();
    await page.reload();
    const open = page.locator('.msg[aria-current]');
    expect(await open.getAttribute('href')).toBe(href);
    expect(await open.evaluate((one) => one.getBoundingClientRect().top)).toBeLessThan(700);
    await page.waitForFunction(() => document.querySelectorAll('.msg').length > 60);
    expect(
      await page.evaluate(() => {
        const rows = Array.from(document.querySelectorAll('[data-row]'), (one) =>
          one.getAttribute('data-row'),
        );
        return rows.length - new Set(rows).size;
      }),
    ).toBe(0);
  });

  async function opensBeside(): Promise<{ readonly page: Page; readonly href: string | null }> {
    const page = await visits.enter(LOOKS);
    const list = page.locator('#list');
    await list.evaluate((roll) => (roll.scrollTop = roll.scrollHeight));
    await page.waitForFunction(() => document.querySelectorAll('.msg').length > 40);
    const row = page.locator('.msg >> nth=50');
    await row.scrollIntoViewIfNeeded();
    const [before, href] = [
      await list.evaluate((roll) => roll.scrollTop),
      await row.getAttribute('href'),
    ];
    await row.click();
    await page.waitForSelector('.paper');
    // None of what can be done with it lies beyond the edge.
    expect(await page.$eval('.tools', (strip) => strip.scrollWidth - strip.clientWidth)).toBe(0);
    expect(await list.evaluate((roll) => roll.scrollTop)).toBe(before);
    expect(await row.getAttribute('aria-current')).toBe('true');
    const ranks = () => page.$$eval('h1', (all) => all.map((one) => one.id));
    expect(await ranks()).toEqual(['st']);
    expect(new URL(page.url()).pathname).toBe(href);
    await page.locator('.msg >> nth=51').click();
    await page.waitForURL((url) => url.pathname !== href);
    await page.goBack();
    await page.waitForFunction(
      (path) => document.querySelector('.msg[aria-current]')?.getAttribute('href') === path,
      href,
    );
    await page.goBack();
    await page.waitForSelector('.pane.empty');
    expect(await ranks()).toEqual(['lt']);
    expect(await page.locator('.msg[aria-current]').count()).toBe(0);
    await page.goForward();
    await page.waitForSelector('.paper');
    return { page, href };
  }

  it(
    'hears the page for the message that is open, and no longer for those that were',
    SOAKED,
    async () => {
      const page = await visits.enter(LOOKS);
      const session = await page.context().newCDPSession(page);
      const heard = async (of: 'window' | 'document'): Promise<number> => {
        const { result } = await session.send('Runtime.evaluate', { expression: of });
        const { objectId = '' } = result;
        return (await session.send('DOMDebugger.getEventListeners', { objectId })).listeners.length;
      };
      const listeners = async () => [await heard('window'), await heard('document')];
      const open = async (nth: number): Promise<void> => {
        const row = page.locator(`.msg >> nth=${nth}`);
        await row.click();
        await page.waitForFunction(
          (path) =>
            location.pathname === path &&
            document.querySelector<HTMLElement>('.answer [data-keep]')?.hidden,
          await row.getAttribute('href'),
        );
      };
      await open(0);
      // All scripts are there once nothing more is heard.
      let first: readonly number[] = [];
      await expect
        .poll(async () => {
          const before = first;
          first = await listeners();
          return isDeepStrictEqual(first, before);
        }, SETTLED)
        .toBe(true);
      for (const nth of [1, 2, 3]) {
        await open(nth);
        await expect.poll(listeners, SETTLED).toEqual(first);
      }
      await session.detach();
    },
  );

  it('asks for a message as its row is pressed, and marks it read once it is shown; a child’s takes the place of their list', async () => {
    const page = await visits.enter('lina.moreau');
    const seen = async () => (await town.rows('lina.moreau')).map((one) => one.seen);
    await page.hover('.msg');
    const asked = page.waitForResponse('**/pane');
    await page.mouse.down();
    await (await asked).finished();
    expect(await seen()).toEqual([false]);
    const told = page.waitForResponse('**/seen');
    await page.mouse.up();
    await page.waitForSelector('#letter');
    await told;
    expect(await seen()).toEqual([true]);
    expect(await page.title()).toContain('Bonne journée');
    expect(new URL(page.url()).pathname).toMatch(/^\/mail\/inbox\/\d+$/);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('t');
    expect(await page.getAttribute('.skip', 'href')).toBe('#letter');
    await page.goBack();
    await page.waitForSelector('#list .msg');
    expect(await page.locator('.new').count()).toBe(0);
  });

  it(
    'says why there can be no answer where the letter was, and asks for it once',
    SOAKED,
    async () => {
      await town.send('bilal.ziani', ['agathe.caron'], { subject: 'Notre cabane' });
      await town.admin.query(
        `update membership m
        set until_date = '2026-11-23'
        from address a
        where a.id = m.address_id and a.local = 'bilal.ziani'`,
      );
      await town.admin.query('update school set roster_version = roster_version + 1');
      const page = await visits.enter('agathe.caron');
      const asked: string[] = [];
      page.on('request', (one) => asked.push(new URL(one.url()).pathname));
      await page.click('.msg');
      await page.waitForSelector('#letter');
      await page.click('a[href$="/reply"]');
      await page.waitForSelector('h1:has-text("Tu ne peux plus répondre à Bilal.")');
      expect(asked.filter((path) => path.endsWith('/reply'))).toHaveLength(1);
    },
  );

  it(
    'turns to writing in its place; what was typed is kept as one goes back, and found again',
    SOAKED,
    async () => {
      const page = await visits.enter(LOOKS);
      await page.evaluate(() => document.body.setAttribute('data-same', ''));
      await page.keyboard.press('c');
      await page.waitForSelector('textarea[name=text]');
      expect(new URL(page.url()).pathname).toBe('/write');
      expect(await page.locator('body[data-same]').count()).toBe(1);
      // Whom it is for comes first: one may type at once.
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('f');
      expect(await page.locator('.goto [aria-current]').count()).toBe(0);
      expect(await page.inputValue('.top [name=here] >> nth=0')).toBe('/write');
      expect(await faultsInPassing(page, 'writing')).toEqual([]);
      await page.fill('textarea[name=text]', 'Le car part à huit heures.');
      await page.goBack();
      await page.waitForSelector('.msg');
      expect(await page.locator('body[data-same]').count()).toBe(0);
      await expect.poll(async () => (await town.rows(LOOKS, 'drafts')).length).toBe(1);
      await page.goForward();
      await page.waitForSelector('textarea[name=text]');
    },
  );

  it('makes the list around a message of its third page where there is no script', async () => {
    await listAround();
  });
  it('shows the message of a third page high in its list', SOAKED, async () => {
    const shown = await showInBrowser(await listAround(), { script: false });
    expect((await shown.locator('.msg[aria-current]').boundingBox())?.y).toBeLessThan(700);
  });

  /** Who only looks goes to the third page of their list, opens a message, and back a page. */
  async function listAround(): Promise<PlainPage> {
    const page = await visits.read(LOOKS);
    for (let each = 0; each < 2; each += 1) await page.click('[data-more=older] a');
    const href = await page.getAttribute('.msg >> nth=15', 'href');
    await page.click('.msg >> nth=15');
    const current = page.locator('.msg[aria-current]');
    expect(await current.getAttribute('href')).toBe(href);
    const around = page.url();
    await page.click('[data-more=newer] a');
    expect(await page.locator('.msg').count()).toBe(40);
    await page.goto(around);
    return page;
  }

  it('ticks rows, with Shift those between, and does one thing with all of them; one word takes it back', async () => {
    await takesBack(await visits.enter('helene.bertin'));
  });

  it('ticks a whole page, and then all of a list', SOAKED, async () => {
    const [local, pageAndMore] = ['odile.prigent', 45] as const;
    for (let n = (await town.rows(local)).length; n < pageAndMore; n += 1)
      await town.send('mamadou.diallo', [local], { subject: `Mot de plus ${n}` });
    const page = await visits.enter(local);
    await page.click('.pick >> nth=0');
    await page.click('[data-pick=page]');
    expect(await page.textContent('[data-chosen]')).toMatch(/^4[05] conversations choisies$/);
    expect(await faultsInPassing(page, 'chosen')).toEqual([]);
    await page.click('.chosen .drop:last-child summary');
    await page.check('.chosen [name=all]');
    await page.click('.chosen [value=trash]');
    await expect
      .poll(async () => (await town.rows(local, 'trash')).length, { timeout: 10_000 })
      .toBe(pageAndMore);
  });

  async function takesBack(page: Page): Promise<void> {
    await page.click('.pick >> nth=1');
    await page.click('.pick >> nth=3', { modifiers: ['Shift'] });
    expect(await page.textContent('[data-chosen]')).toBe('3 conversations choisies');
    await page.click('.chosen [value=archive]');
    expect(await toast(page)).toBe('3 conversations archivées.');
    expect(await subjects(page, 3)).toEqual(['Mot 100', 'Mot 96', 'Mot 95']);
    expect(await town.rows('helene.bertin', 'archive')).toHaveLength(3);
    expect(await faultsInPassing(page, 'toast')).toEqual([]);
    await page.click('[data-undo]');
    await page.waitForSelector('.msg:has-text("Mot 99")');
    expect(await subjects(page, 3)).toEqual(['Mot 100', 'Mot 99', 'Mot 98']);
  }

  it(
    'does the same on a row that is pointed at, and on the message that is open',
    SOAKED,
    async () => {
      const page = await visits.enter('marc.olivier');
      await page.hover('.msg >> nth=1');
      await page.click('[data-row]:has-text("Mot 99") [data-deed=trash]');
      expect(await toast(page)).toBe('1 conversation mise à la corbeille.');
      expect(await subjects(page, 2)).toEqual(['Mot 100', 'Mot 98']);
      await page.click('.msg >> nth=1');
      await page.waitForSelector('.paper');
      await page.click('.star');
      await page.waitForSelector('.star[aria-pressed=true]');
      expect(await page.locator('[data-star]').count()).toBe(1);
      await page.click('.tools [value=archive]');
      await page.waitForSelector('.pane.empty');
      expect(new URL(page.url()).pathname).toBe('/mail/inbox');
      expect(await subjects(page, 2)).toEqual(['Mot 100', 'Mot 97']);
    },
  );

  it('is done by keys alone, the way back too', byKeysAlone);

  /** Archives by keys, takes it back, and opens a message. */
  async function byKeysAlone(): Promise<Page> {
    const page = await visits.enter('nadege.colas');
    for (const key of ['j', 'j', 'e']) await page.keyboard.press(key);
    expect(await toast(page)).toBe('1 conversation archivée.');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Mot 98');
    await page.keyboard.press('z');
    await page.waitForSelector('.msg:has-text("Mot 99")');
    await page.locator('.msg >> nth=0').focus();
    await page.keyboard.press('o');
    await page.waitForSelector('.paper');
    return page;
  }

  it('does nothing by keys while one writes, nor where keys are off', SOAKED, async () => {
    const page = await byKeysAlone();
    await page.keyboard.press('r');
    await page.keyboard.type('je suis');
    expect(await page.inputValue('#rp')).toBe('je suis');
    await page.fill('#rp', '');
    await page.locator('.msg >> nth=0').focus();
    await page.keyboard.press('?');
    await page.waitForURL('**/keys');
    expect(await faultsInPassing(page, 'keys')).toEqual([]);
    await page.click('text=Arrêter les touches');
    await page.waitForSelector('text=Utiliser les touches');
    await page.goto(`${visits.base}/mail/inbox`);
    for (const key of ['j', 'e', '#']) await page.keyboard.press(key);
    expect(await subjects(page, 1)).toEqual(['Mot 100']);
    await page.goto(`${visits.base}/keys`);
    await page.click('text=Utiliser les touches');
  });

  it('shows a letter with its own dress at its natural height, on white in the dark, and prints the letter alone', async () => {
    await town.receive(INSPECTION, ['anne.kermadec'], {
      subject: 'Spécimen',
      subtype: 'html',
      text: '<p>Votre spécimen est arrivé.</p>'.repeat(40),
    });
    const page = await visits.enter('anne.kermadec', { colorScheme: 'dark' });
    await page.click('.msg:has-text("Spécimen")');
    await page.waitForFunction(
      () => (document.querySelector('.mail-html')?.clientHeight ?? 0) > 1_000,
    );
    const heights = await page.evaluate(() => {
      const frame = document.querySelector<HTMLIFrameElement>('.mail-html');
      return [frame?.clientHeight ?? 0, frame?.contentDocument?.documentElement.scrollHeight ?? 1];
    });
    expect(heights[0]).toBeGreaterThanOrEqual(heights[1] ?? 0);
    expect(
      await page.evaluate(() => {
        const sheet = document.querySelector('.dressed');
        return sheet === null ? '' : getComputedStyle(sheet).backgroundColor;
      }),
    ).toBe('rgb(255, 255, 255)');
    expect(await faultsInPassing(page, 'dressed')).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.list', '.answer', '.tools', '.why', '.goto', '.places'])
      expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
  });

  const ONE_KIND = 'shows one kind of people alone and what is unread, and keeps to it';
  it(ONE_KIND, () =>
    showsOneKind('sylvie.caradec', ['karine.moreau', 'famille de Lina et Tom'], (who) =>
      visits.read(who),
    ),
  );
  it(`${ONE_KIND} (with script)`, SOAKED, () =>
    showsOneKind('claire.lefevre', ['samira.benali', 'famille d’Amine'], (who) =>
      visits.enter(who),
    ),
  );

  async function showsOneKind(
    who: string,
    [family, of]: readonly [string, string],
    open: (who: string) => Promise<Page | PlainPage>,
  ): Promise<void> {
    await town.send(family, [who], { subject: 'Le car' });
    await town.receive(INSPECTION, [who], { subject: 'Offre' });
    const opened = await open(who);
    const page: AnyPage = opened;
    const badge = page.locator('.msg:has-text("Offre") .badge');
    expect((await badge.textContent())?.trim()).toBe('Première fois, de l’extérieur');
    expect(await page.textContent('.msg:has-text("Le car") .whose')).toBe(of);
    await page.click('.kinds >> text=Familles');
    await page.waitForSelector('.kinds [aria-pressed=true]');
    await page.click('.kinds >> text=Non lus');
    await page.waitForSelector('.kinds [aria-pressed=true] >> nth=1');
    expect(new URL(page.url()).search).toBe('?who=families&unread=1');
    expect(await subjects(page, 9)).toEqual(['Le car']);
    expect(await pageFaults(opened, 'filter')).toEqual([]);
    await page.click('.msg');
    await page.waitForSelector('.paper');
    expect(new URL(page.url()).search).toBe('?who=families&unread=1');
    expect(await subjects(page, 9)).toEqual(['Le car']);
    await page.click('.tools [value=archive]');
    await page.waitForSelector('.toast');
    await page.click('text=Tout montrer');
    expect(await subjects(page, 2)).toEqual(['Offre', 'Mot 100']);
    await page.click('.msg');
    await page.waitForSelector('.first-line');
    expect(await page.textContent('.first-line')).toContain(INSPECTION);
    expect(await page.locator('.letter-head .badge').count()).toBe(0);
  }

  const BY_KEYS = [
    { who: 'an adult', local: LOOKS },
    { who: 'a child', local: 'lina.moreau' },
  ] as const;
  const byKeys = sliced(2, BY_KEYS);
  const SIX_TABS = 'leads $who past the menus to the first message in six tabs';
  it.each(byKeys.some)(SIX_TABS, leadsToMessage);
  it.each(byKeys.rest)(SIX_TABS, SOAKED, leadsToMessage);

  async function leadsToMessage({ who, local }: (typeof BY_KEYS)[number]): Promise<void> {
    const page = await visits.enter(local);
    await page.waitForLoadState('load');
    const press = async (key: string): Promise<string> => {
      await page.keyboard.press(key);
      return page.evaluate(() => document.activeElement?.className ?? '');
    };
    expect(await press('Tab')).toBe('skip');
    await press('Enter');
    let tabs = 1;
    while (tabs < 20 && (await press('Tab')) !== 'msg') tabs += 1;
    process.stdout.write(`${JSON.stringify({ figure: 'tabs_to_message', who, tabs: tabs + 1 })}\n`);
    expect(tabs + 1).toBeLessThanOrEqual(6);
  }

  const NOWHERE_WIDER =
    'is nowhere wider than a window: a letter with a long address and a picture, its answer to many';
  it(NOWHERE_WIDER, SOAKED, async () => {
    const far = 'anne-sophie.de-la-rochefoucauld@inspection.academie-lointaine.example';
    const named = ['claire.lefevre', 'ce1-a.tilleuls', 'mamadou.diallo', 'samira.benali'];
    await town.receive(far, ['anne.kermadec'], {
      subject: 'Photo',
      header: { to: named.map(town.address).join(', '), cc: town.address('julie.robin') },
      file: {
        name: `une-${'tres-'.repeat(12)}longue-photo.png`,
        bytes: grainyPng(1_600, 40),
        mediaType: 'image/png',
      },
    });
    const uid = (await town.rows('anne.kermadec'))[0]?.uid;
    const bonjour = { subject: 'Photo', text: '<p>Bonjour</p>', subtype: 'html' } as const;
    await town.send('claire.lefevre', ['zoe.lambert'], bonjour);
    const childs = (await town.rows('zoe.lambert'))[0]?.uid;
    const wide: string[] = [];
    for (const [local, path] of [
      ['anne.kermadec', `/mail/inbox/${uid}`],
      ['anne.kermadec', `/mail/inbox/${uid}/reply-all`],
      ['zoe.lambert', `/mail/inbox/${childs}`],
    ] as const) {
      const page = await visits.enter(local, { at: path });
      for (const width of [320, 390, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        if (over > 0) wide.push(`${path} at ${width}: +${over}`);
      }
    }
    expect(wide).toEqual([]);
  });

  it('is done without a script too, by an adult and by a child', async () => {
    const page = await visits.read('fabienne.cordier');
    for (const nth of [0, 2]) await page.check(`.pick >> nth=${nth}`);
    await page.click('.chosen [value=archive]');
    expect(await toast(page)).toBe('2 conversations archivées.');
    await page.click('[data-undo]');
    expect(await toast(page)).toBe('C’est annulé.');
    expect(await subjects(page, 1)).toEqual(['Mot 100']);
    const lina = await visits.read('yanis.hamdi');
    await lina.click('.msg');
    await lina.click('text=Jeter');
    expect(await toast(lina)).toBe('Le message est dans la corbeille.');
    await lina.click('text=Annuler');
    expect(await subjects(lina, 1)).toEqual(['Bonne journée']);
  });
});
