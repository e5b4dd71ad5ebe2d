import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { faultsInPassing } from '../../../tests/shared/page-faults.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { DEVICE_COOKIE, SESSION_COOKIE } from '../../http/guard.ts';
import { lineOf } from '../../testing/cut-line.ts';
import { draftsOf, eraseDrafts } from '../../testing/drafts.ts';
import { openPages } from '../../testing/pages.ts';

const { town, visits } = await openPages();

const drafts = (local: string) => draftsOf(town, local);
const until = async (what: () => Promise<unknown>, then: unknown): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    if (JSON.stringify(await what()) === JSON.stringify(then)) return;
    await pause(50);
  }
  expect(await what()).toEqual(then);
};
const banner = async (page: Page): Promise<string> =>
  (await page.locator('[data-unkept]').isVisible())
    ? ((await page.textContent('[data-unkept] p')) ?? '')
    : '';
/** Longer than the pauses after which a page saves, and between two saves. */
const REST_MS = 5_100;
/** Longer than until it tries again what failed. */
const RETRY_MS = 10_100;

/** Somebody at a page whose clock goes on by itself, and faster where a test says so. */
async function writer(local: string, { own = false, at = '/mail/inbox' } = {}): Promise<Page> {
  const page = await visits.enter(local, { at: own ? '/keys' : at, clock: 'moved' });
  if (own) {
    await saysOwn(page);
    await page.goto(`${visits.base}${at}`);
  }
  return page;
}
/** What the sign-in leaves where an adult ticks « Cet ordinateur est à moi ». */
async function saysOwn(page: Page): Promise<void> {
  const devices = town.core.accounts.newDevice(await town.viewer('claire.lefevre'), '');
  await setCookie(page, DEVICE_COOKIE, devices ?? '');
}
const rest = (page: Page) => page.clock.fastForward(REST_MS);
/** Rests until the page says that it has kept what was written. */
async function kept(page: Page): Promise<void> {
  await rest(page);
  await page.waitForSelector(
    '[data-kept]:has-text("Enregistré à"), [data-kept]:has-text("Enregistré dans")',
  );
}
const tick = (page: Page, local: string) => page.click(`label[for="to-${town.address(local)}"]`);

/** Gives a page's browser the session of somebody, as signing in does; null takes it away. */
async function becomes(page: Page, local: string | null): Promise<void> {
  await page.context().clearCookies();
  if (local === null) return;
  await setCookie(page, SESSION_COOKIE, await town.enter(await town.viewer(local)));
}

async function setCookie(page: Page, name: string, value: string): Promise<void> {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.setCookie', {
    name,
    value,
    url: visits.base,
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
  });
}

/** The event that a window fires when one comes back to it from another. */
const comeBack = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('focus')));

describe.skipIf(!hasChromium())(
  'writing, in a browser (skipped where chromium is not installed)',
  { timeout: 120_000 },
  () => {
    afterEach(async () => {
      await visits.leave();
      for (const local of ['lina.moreau', 'claire.lefevre']) await eraseDrafts(town, local);
    });

    const WRITERS = [
      { who: 'a pupil', local: 'lina.moreau', title: '#s', says: 'Enregistré dans' },
      {
        who: 'a teacher',
        local: 'claire.lefevre',
        title: '#o',
        says: 'Enregistré à 10\u00a0h',
      },
    ] as const;
    const writers = sliced(WRITERS.length, WRITERS);
    it.each(writers.some)(
      'keeps what $who types, says so, and shows it again where they come back',
      keeps,
    );
    it.each(writers.rest)('keeps as well what $who types', SOAKED, keeps);

    async function keeps({ local, title, says }: (typeof WRITERS)[number]): Promise<void> {
      const page = await writer(local, { at: '/write' });
      expect(await page.locator('[data-keep]').isVisible()).toBe(false);
      await page.fill(title, 'Ma cabane');
      await page.fill('#b', 'Elle est dans un arbre.');
      await rest(page);
      await page.waitForSelector(`[data-kept]:has-text("${says}")`);
      expect(await page.textContent('[data-kept-said]')).toContain(says);
      expect(await drafts(local)).toEqual(['Ma cabane: Elle est dans un arbre.']);
      expect(await faultsInPassing(page, 'kept')).toEqual([]);
      await page.fill('#b', 'Elle est dans un grand arbre.');
      // What a page says as it goes may come in after the next one is asked for.
      await page.reload();
      await until(() => page.inputValue('#b'), 'Elle est dans un grand arbre.');
      expect(
        await page.evaluate(async () => [
          localStorage.length,
          sessionStorage.length,
          (await indexedDB.databases()).length,
        ]),
      ).toEqual([0, 0, 0]);
    }

    it(
      'keeps what was typed a moment before the page was left, Back shows it, and « Jeter » throws it away as it is',
      SOAKED,
      async () => {
        const page = await writer('lina.moreau', { at: '/write' });
        await page.fill('#b', 'Vite, vite');
        await page.click('.brand');
        await page.waitForURL('**/mail/inbox');
        await until(() => drafts('lina.moreau'), [': Vite, vite']);
        await page.goBack();
        await until(() => page.inputValue('#b'), 'Vite, vite');
        await page.click('button[value="throw"]');
        await until(() => drafts('lina.moreau'), []);
      },
    );

    it('keeps an answer as one', SOAKED, async () => {
      await town.send('claire.lefevre', ['lina.moreau'], {
        subject: 'Ton exposé',
        text: 'Il est beau.',
      });
      const page = await writer('lina.moreau');
      await page.click('.msg:has-text("Ton exposé") >> nth=0');
      await page.click('text=Répondre à');
      expect(await page.inputValue('[name="subject"]')).toBe('Re: Ton exposé');
      await rest(page);
      await page.goto(`${visits.base}/mail/inbox`);
      expect(await drafts('lina.moreau')).toEqual([]);
      await page.goBack();
      await page.fill('#b', 'Merci !');
      await kept(page);
      expect(await drafts('lina.moreau')).toEqual(['Re: Ton exposé: Merci !']);
      await page.click('[data-send]');
      await page.waitForSelector('.toast');
      const {
        rows: [answer],
      } = await town.admin.query<{ in_reply_to: string | null }>(
        `select in_reply_to from message where subject = 'Re: Ton exposé'`,
      );
      expect(answer?.in_reply_to).toMatch(/^</);
      expect(await drafts('lina.moreau')).toEqual([]);
    });

    it(
      'keeps the few lines under a message as an answer, and sends them once',
      SOAKED,
      async () => {
        await town.send('samira.benali', ['claire.lefevre'], {
          subject: 'Piscine',
          text: 'Amine a-t-il son maillot ?',
          via: 'web',
        });
        const page = await writer('claire.lefevre');
        await page.click('.msg:has-text("Piscine") >> nth=0');
        await page.waitForSelector('#rp');
        const { pathname } = new URL(page.url());
        await page.fill('#rp', 'Oui, dans son');
        await kept(page);
        expect(await drafts('claire.lefevre')).toEqual(['Re: Piscine: Oui, dans son']);
        expect(new URL(page.url()).pathname).toBe(pathname);
        await page.fill('#rp', 'Oui, dans son sac.');
        await page.click('.quick .ask button');
        await page.waitForSelector('.toast');
        expect(await drafts('claire.lefevre')).toEqual([]);
        expect((await town.rows('samira.benali'))[0]).toMatchObject({
          subject: 'Re: Piscine',
          preview: 'Oui, dans son sac.',
        });
      },
    );

    it('keeps nothing of a page on which nobody wrote, whomever it is for', SOAKED, async () => {
      const page = await writer('lina.moreau');
      for (const at of ['/write', '/write/help']) {
        await page.goto(`${visits.base}${at}`);
        await tick(page, 'adele.vidal');
        await rest(page);
        await page.goto(`${visits.base}/mail/inbox`);
      }
      expect(await drafts('lina.moreau')).toEqual([]);
      await page.goto(`${visits.base}/write`);
      await page.fill('#b', 'Oh');
      await kept(page);
      await page.fill('#b', '');
      await rest(page);
      await until(() => drafts('lina.moreau'), []);
    });

    it('saves now and then while somebody types on, one at a time', SOAKED, async () => {
      const page = await writer('lina.moreau');
      await page.addInitScript(() => {
        const { fetch } = window;
        window.fetch = (to, ...rest) => {
          if (String(to).endsWith('/write/keep')) window.name += `${Date.now()} `;
          return fetch(to, ...rest);
        };
      });
      await page.goto(`${visits.base}/write`);
      await page.focus('#b');
      for (const sign of 'Il était une fois un escargot ') {
        await page.keyboard.type(sign);
        await page.clock.fastForward(410);
      }
      const saves = (await page.evaluate(() => window.name)).trim().split(' ').map(Number);
      expect(saves.length).toBeGreaterThanOrEqual(2);
      expect(saves.length).toBeLessThanOrEqual(4);
      expect(
        Math.min(...saves.slice(1).map((at, each) => at - (saves[each] ?? 0))),
      ).toBeGreaterThan(4_500);
      await rest(page);
      await until(() => drafts('lina.moreau'), [': Il était une fois un escargot']);
    });

    it(
      'sends at once what was typed a moment ago: one message, and no draft is left',
      SOAKED,
      async () => {
        const page = await writer('lina.moreau', { at: '/write' });
        await tick(page, 'adele.vidal');
        await page.fill('#s', 'Une seule fois');
        await page.fill('#b', 'Tu');
        await page.clock.fastForward(1_900);
        await page.fill('#b', 'Tu viens ?');
        await page.dblclick('[data-send]');
        await page.waitForSelector('.toast');
        await page.waitForTimeout(500);
        expect(await drafts('lina.moreau')).toEqual([]);
        expect(
          (await town.rows('adele.vidal')).filter(({ subject }) => subject === 'Une seule fois'),
        ).toMatchObject([{ preview: 'Tu viens ?' }]);
        expect(
          (await town.rows('lina.moreau', 'sent')).filter(
            ({ subject }) => subject === 'Une seule fois',
          ),
        ).toHaveLength(1);
      },
    );

    it('says that the line is cut, keeps the page and its text when « Envoyer » is pressed, and goes on by itself', async () => {
      const page = await writer('lina.moreau', { at: '/write' });
      await tick(page, 'adele.vidal');
      const line = await lineOf(page);
      await line('cut');
      await page.fill('#b', 'Dans le tunnel');
      await rest(page);
      await until(
        () => banner(page),
        'Pas encore enregistré\u00a0: l’ordinateur n’a plus de réseau. Ton texte reste ici. Laisse cette page ouverte.',
      );
      await page.click('[data-send]');
      await page.waitForTimeout(100);
      expect(await page.inputValue('#b')).toBe('Dans le tunnel');
      expect(await drafts('lina.moreau')).toEqual([]);
      await line('mended');
      await until(async () => {
        await page.clock.fastForward(RETRY_MS);
        return banner(page);
      }, '');
      await until(() => drafts('lina.moreau'), [': Dans le tunnel']);
      await page.click('[data-send]');
      await page.waitForSelector('.toast');
    });

    it(
      'says that the session is over, loses nothing, and takes up the next one of the same person alone',
      SOAKED,
      async () => {
        const page = await writer('lina.moreau', { at: '/write' });
        await becomes(page, null);
        await page.fill('#b', 'Je réfléchis longtemps');
        await rest(page);
        await until(
          async () =>
            (await banner(page)).startsWith('Pas encore enregistré\u00a0: il faut te reconnecter.'),
          true,
        );
        expect(await page.getAttribute('[data-unkept] a', 'target')).toBe('_blank');
        expect(await faultsInPassing(page, 'over')).toEqual([]);
        await page.click('[data-send]');
        await page.waitForTimeout(300);
        expect(await page.inputValue('#b')).toBe('Je réfléchis longtemps');
        await becomes(page, 'adele.vidal');
        await comeBack(page);
        await until(
          async () => (await banner(page)).startsWith('Pas enregistré\u00a0: quelqu’un d’autre'),
          true,
        );
        expect(await drafts('adele.vidal')).toEqual([]);
        await becomes(page, 'lina.moreau');
        await comeBack(page);
        await until(() => banner(page), '');
        expect(await drafts('lina.moreau')).toEqual([': Je réfléchis longtemps']);
        await tick(page, 'adele.vidal');
        await page.click('[data-send]');
        await page.waitForSelector('.toast');
      },
    );

    describe('on a computer that an adult said is theirs', () => {
      const DRAFT = 'Sortie: Dans le tunnel';
      const stored = (page: Page) => page.evaluate(() => JSON.stringify({ ...localStorage }));
      const leaveText = (page: Page) =>
        page.evaluate(() => localStorage.setItem('preau-unsent x', 'else\nsubject=a'));

      it('a text without network waits in the storage, goes into its draft at the next page, is sent by nobody, and is wiped by a page of anybody else', async () => {
        const page = await writer('claire.lefevre', { own: true, at: '/write' });
        await page.click(`[data-quick="${town.address('ce1-a.tilleuls')}"]`);
        await page.context().setOffline(true);
        await page.fill('#o', 'Sortie');
        await page.fill('#b', 'Dans le tunnel');
        await rest(page);
        await until(async () => (await stored(page)).includes('Dans+le+tunnel'), true);
        expect(await stored(page)).not.toContain('csrf');
        const context = page.context();
        await page.close();
        await context.setOffline(false);
        expect(await drafts('claire.lefevre')).toEqual([]);
        const next = await context.newPage();
        await next.goto(`${visits.base}/mail/inbox`);
        await next.click('text=Le reprendre');
        await until(() => next.inputValue('#b'), 'Dans le tunnel');
        expect(await drafts('claire.lefevre')).toEqual([DRAFT]);
        expect(await stored(next)).toBe('{}');
        expect(await town.rows('claire.lefevre', 'sent')).toEqual([]);
        await leaveText(next);
        await becomes(next, 'lina.moreau');
        await next.goto(`${visits.base}/mail/inbox`);
        await until(() => stored(next), '{}');
      });

      it('signing out wipes it', SOAKED, async () => {
        const page = await writer('claire.lefevre', { own: true });
        await leaveText(page);
        await page.click('.me summary');
        await page.click('.me form[action="/signout"] button');
        await until(() => stored(page), '{}');
      });
    });

    it('two windows of one draft: the second is told, and both texts stay', SOAKED, async () => {
      const one = await writer('claire.lefevre', { at: '/write' });
      await one.fill('#o', 'Sortie');
      await one.fill('#b', 'Départ à huit heures.');
      await kept(one);
      const other = await one.context().newPage();
      await other.goto(one.url());
      await one.fill('#b', 'Départ à huit heures. Prévoir un pique-nique.');
      await rest(one);
      await until(
        () => drafts('claire.lefevre'),
        ['Sortie: Départ à huit heures. Prévoir un pique-nique.'],
      );
      await other.fill('#b', 'Départ à neuf heures.');
      await rest(other);
      await until(
        () => banner(other),
        'Ce brouillon a changé dans une autre fenêtre. Ce que vous écrivez ici est enregistré à part, dans un second brouillon.',
      );
      expect(await drafts('claire.lefevre')).toEqual([
        'Sortie: Départ à huit heures. Prévoir un pique-nique.',
        'Sortie: Départ à neuf heures.',
      ]);
    });

    const fileNames = (page: Page) => page.locator('.clip .cut').allTextContents();
    const file = (name: string, mimeType: string, text: string) => ({
      name,
      mimeType,
      buffer: Buffer.from(text, 'latin1'),
    });
    /** A teacher who writes and brings two files at once. */
    async function bringsFiles(): Promise<Page> {
      const page = await visits.enter('claire.lefevre', { at: '/write' });
      await page.fill('#b', 'Voici les plans.');
      await page.setInputFiles('[data-files]', [
        file('plan.txt', 'text/plain', 'à gauche'),
        file('chat.png', 'image/png', '\u0089PNG\r\n\u001a\n\0\0\0\rIHDR'),
      ]);
      await page.waitForSelector('.file:has-text("chat.png")');
      expect(await fileNames(page)).toEqual(['plan.txt', 'chat.png']);
      expect(await page.textContent('.total')).toContain('2 fichiers, 1\u00a0ko sur 19,1\u00a0Mo');
      expect(await page.textContent('.total')).toContain('Le lieu est retiré des photos.');
      expect(await drafts('claire.lefevre')).toEqual([': Voici les plans.']);
      return page;
    }

    it('files come one by one while one writes, and go by one tap', async () => {
      const page = await bringsFiles();
      await page.click('[aria-label="Retirer plan.txt"]');
      await page.waitForSelector('.file:has-text("plan.txt")', { state: 'detached' });
      expect(await fileNames(page)).toEqual(['chat.png']);
      expect((await town.rows('claire.lefevre', 'drafts'))[0]?.files).toBe(1);
    });

    it(
      'files come dropped and pasted too, and one that may not leave is said',
      SOAKED,
      async () => {
        const page = await bringsFiles();
        expect(await faultsInPassing(page, 'files')).toEqual([]);
        for (const way of ['drop', 'paste'])
          await page.evaluate((kind) => {
            const data = new DataTransfer();
            data.items.add(new File(['x'], `${kind}.txt`, { type: 'text/plain' }));
            const event =
              kind === 'drop'
                ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
                : new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
            document.querySelector('#b')?.dispatchEvent(event);
          }, way);
        await page.waitForSelector('.file:has-text("paste.txt")');
        await page.click('[aria-label="Retirer plan.txt"]');
        await page.waitForSelector('.file:has-text("plan.txt")', { state: 'detached' });
        expect(await fileNames(page)).toEqual(['chat.png', 'drop.txt', 'paste.txt']);
        await page.setInputFiles('[data-files]', file('jeu.exe', 'application/octet-stream', 'MZ'));
        await page.waitForSelector('[data-tray-says]:has-text("jeu.exe")');
        expect((await town.rows('claire.lefevre', 'drafts'))[0]?.files).toBe(3);
      },
    );

    it(
      'says before a byte has left that a file is too big, and how much would fit; one on its way is stopped',
      SOAKED,
      async () => {
        const page = await writer('claire.lefevre');
        const kept: string[] = [];
        await page.goto(`${visits.base}/write`);
        await page.route('**/write/keep', (route) => {
          kept.push(route.request().url());
        });
        const add = (name: string, bytes: number) =>
          page.evaluate(
            ([called, length]) => {
              const data = new DataTransfer();
              data.items.add(new File([new Uint8Array(Number(length))], String(called)));
              document
                .querySelector('#b')
                ?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
            },
            [name, bytes] as const,
          );
        await add('film.mp4', 20_000_000);
        expect(await page.textContent('[data-tray-says]')).toBe(
          'film.mp4 est trop gros pour ce message\u00a0: il reste de la place pour 19,1\u00a0Mo.',
        );
        expect(kept).toEqual([]);
        await add('long.mp4', 10_000_000);
        await add('autre.mp4', 9_500_000);
        expect(await page.textContent('[data-tray-says]')).toContain('9,1\u00a0Mo');
        expect(await page.locator('.coming progress').count()).toBe(1);
        await page.click('.coming button');
        await page.waitForSelector('.coming', { state: 'detached' });
        expect(await drafts('claire.lefevre')).toEqual([]);
      },
    );

    it('leaves the files of a draft alone, and their links lead on', SOAKED, async () => {
      const page = await visits.read('claire.lefevre', '/write');
      await page.setInputFiles('input[type=file]', {
        name: 'plan.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('à gauche'),
      });
      await page.click('[data-keep]');
      const again = await writer('claire.lefevre', { at: page.url() });
      await again.fill('#b', 'Voici le plan.');
      await kept(again);
      const [row] = await town.rows('claire.lefevre', 'drafts');
      expect(row).toMatchObject({ files: 1, preview: 'Voici le plan.' });
      const href = await again.getAttribute('.file a', 'href');
      expect(href).toContain(`/mail/drafts/${row?.uid}/`);
      expect((await again.context().request.get(`${visits.base}${href}`)).status()).toBe(200);
    });
  },
);
