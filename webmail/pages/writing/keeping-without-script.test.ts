import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../core/ground/spans.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults } from '../../../tests/shared/page-faults.ts';
import type { AnyPage, PlainPage } from '../../../tests/shared/plain/page.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { draftsOf, eraseDrafts } from '../../testing/drafts.ts';
import { openPages } from '../../testing/pages.ts';

const { town, visits } = await openPages();

const drafts = (local: string) => draftsOf(town, local);
const quick = (page: AnyPage, local: string) => page.click(`[data-quick="${town.address(local)}"]`);
const tick = (page: AnyPage, local: string) => page.click(`label[for="to-${town.address(local)}"]`);

interface Way {
  readonly way: string;
  readonly local: string;
  go(page: PlainPage): Promise<void>;
}

describe.skipIf(!hasChromium())(
  'writing without script (skipped where chromium is not installed)',
  { timeout: 120_000 },
  () => {
    afterEach(async () => {
      await visits.leave();
      for (const local of ['lina.moreau', 'claire.lefevre']) await eraseDrafts(town, local);
    });

    it('« Enregistrer » stands beside « Envoyer » and stays on the page', async () => {
      const page = await visits.read('lina.moreau', '/write');
      await page.fill('#b', 'Je continue après');
      await page.click('text=Enregistrer >> visible=true');
      expect(await page.inputValue('#b')).toBe('Je continue après');
      expect(await page.textContent('[data-kept]')).toContain('Enregistré dans');
      await page.press('#s', 'Enter');
      expect(await page.inputValue('#b')).toBe('Je continue après');
      expect(await drafts('lina.moreau')).toEqual([': Je continue après']);
    });

    it('« Enregistrer » lies on no word of when it was kept, on the narrowest phone', async () => {
      const plain = await visits.read('claire.lefevre', '/write');
      await plain.fill('#b', 'Je continue après');
      await plain.click('.sendbar [data-keep]');
      const longAgo = new Date(town.clock.now.getTime() - 426 * DAY_MS);
      await town.admin.query('update entry set internal_date = $1 where draft', [longAgo]);
      const page = await visits.enter('claire.lefevre', {
        isNew: true,
        javaScriptEnabled: false,
        viewport: { width: 320, height: 700 },
        at: plain.url(),
      });
      expect(await page.textContent('.sendbar .saved')).toContain('mercredi 24 septembre');
      const line = await page.locator('.sendbar .saved').boundingBox();
      const button = await page.locator('.sendbar [data-keep]').boundingBox();
      expect((line?.x ?? 0) + (line?.width ?? 0)).toBeLessThanOrEqual(button?.x ?? 0);
    });

    it('an adult signs, says their hours and goes away: it is saved, stands in a letter, and stops', async () => {
      const page = await visits.read('claire.lefevre', '/settings');
      await page.fill('#sg', 'Claire Lefèvre\nCE1 A');
      await page.click('#signature .btn.main');
      expect(await page.textContent('#signature .banner')).toContain('Votre signature');
      await page.click('.change > summary');
      await page.fill('[name="to-3"]', '12:30');
      await page.click('#hours .btn.main');
      expect(await page.textContent('#hours')).toContain(
        'Répond lundi, mardi, jeudi et vendredi, de 8\u00a0h à 18\u00a0h, et mercredi, de 8\u00a0h à 12\u00a0h\u00a030',
      );
      await page.fill('#words', 'Je suis en stage.');
      await page.click('#absence .switch >> nth=0');
      await page.fill('#until', '2026-11-01');
      await page.click('#absence .btn.main');
      expect(await page.textContent('#absence .err')).toContain('Le dernier jour vient avant');
      expect(await page.inputValue('#words')).toBe('Je suis en stage.');
      await page.fill('#until', '2026-11-27');
      await page.click('#absence .btn.main');
      expect(await page.textContent('#absence .banner')).toContain('Votre absence');
      await page.goto(`${visits.base}/write`);
      expect(await page.inputValue('#b')).toBe('\n\n-- \nClaire Lefèvre\nCE1 A');
      await page.click('text=Enregistrer >> visible=true');
      expect(await drafts('claire.lefevre')).toEqual([]); // nobody has written anything
      await page.goto(`${visits.base}/mail/inbox`);
      expect(await page.textContent('.away')).toMatch(/jusqu’au vendredi 27 novembre/);
      await page.click('.away button');
      expect(page.url()).toBe(`${visits.base}/mail/inbox`);
      expect(await page.locator('.away').count()).toBe(0);
    });

    it(
      'the settings fit a phone and a reader’s ear, with hours and an absence in them',
      SOAKED,
      async () => {
        const claire = await town.viewer('claire.lefevre');
        const { presence } = town.core;
        const day = { from: '08:00', to: '18:00' };
        const days = { from: '2026-11-24', until: '2026-11-27' };
        await presence.saveHours(claire, [day, day, null, day, day, null, null]);
        const words = { words: 'En stage.', outside: 'nobody', outsideWords: '' } as const;
        await presence.saveAbsence(claire, { isOn: true, ...days, ...words });
        const page = await visits.enter('claire.lefevre', { at: '/settings' });
        await page.click('.change > summary');
        expect(await pageFaults(page, 'settings')).toEqual([]);
        await presence.endAbsence(claire);
      },
    );

    it('an adult sees where Préau is open, disconnects a phone, and closes it everywhere else', async () => {
      const claire = await town.viewer('claire.lefevre');
      await town.core.appPasswords.make(claire, 'Téléphone de Claire');
      await town.enter(claire);
      const page = await visits.read('claire.lefevre', '/settings');
      await page.click('.machines button:has-text("Téléphone")');
      expect(await page.textContent('#devices')).toContain('L’appareil est déconnecté.');
      expect(await town.core.appPasswords.list(claire)).toEqual([]);
      const computers = await page.locator('.machines button').count();
      await page.click('.machines button');
      expect(await page.locator('.machines button').count()).toBe(computers - 1);
      expect(await page.textContent('#devices')).toContain('sur cet ordinateur-là');
      await town.core.appPasswords.make(claire, 'Tablette de Claire');
      const elsewhere = await town.enter(claire);
      await page.click('text=Tout déconnecter sauf ici');
      await page.click('#devices .change button');
      expect(await page.textContent('#devices')).toContain('n’est plus ouvert qu’ici.');
      expect(await town.core.accounts.session(elsewhere)).toBeNull();
      expect(await town.core.appPasswords.list(claire)).toEqual([]);
      expect(await page.locator('.machines li').count()).toBe(1);
    });

    it('what a teacher sends in the evening to families waits for the morning, unless they say otherwise; to the team it leaves', async () => {
      const claire = await town.viewer('claire.lefevre');
      const day = { from: '08:00', to: '18:00' };
      await town.core.presence.saveHours(claire, [day, day, day, day, day, null, null]);
      const { now } = town.clock;
      town.clock.now = new Date('2026-11-27T19:30:00Z'); // a Friday
      const page = await visits.read('claire.lefevre', '/settings');
      await page.click('[name="evening"]');
      await page.click('#hours > form .btn.main');
      const told: string[] = [];
      for (const [to, waits] of [
        ['samira.benali', true],
        ['karim.haddad', true],
        ['samira.benali', false],
      ] as const) {
        await page.goto(`${visits.base}/write`);
        await page.fill('.to input.type', town.address(to));
        await page.press('.to input.type', 'Enter');
        await page.fill('#o', 'Piscine');
        await page.fill('#b', 'Pensez au bonnet.');
        await page.setChecked('[name="evening"]', waits);
        await page.click('[data-send]');
        told.push((await page.textContent('.toast span')) ?? '');
      }
      await town.core.accounts.setHabits(claire, { eveningWaits: false });
      town.clock.now = now;
      expect(told).toEqual([
        '«\u00a0Piscine\u00a0» partira lundi 30 novembre à 8\u00a0h.',
        'Votre message est parti à Karim Haddad.',
        expect.stringContaining('Votre message est parti à'),
      ]);
    });

    it('a child throws a draft away, finds it in the bin, and takes it back', async () => {
      const page = await visits.read('lina.moreau', '/write');
      await page.fill('#b', 'Je continue après');
      await page.click('text=Enregistrer >> visible=true');
      await page.goto(`${visits.base}/mail/drafts`);
      await page.click('.msg');
      await page.click('text=Jeter');
      await page.waitForURL('**/mail/drafts?act=*');
      expect(await page.textContent('.toast')).toContain('Le message est dans la corbeille.');
      expect(await drafts('lina.moreau')).toEqual([]);
      await page.click('.places >> text=Corbeille');
      await page.click('.msg');
      expect(await page.locator('text=Remettre dans les reçus').count()).toBe(0);
      await page.click('text=Reprendre ce texte');
      expect(await drafts('lina.moreau')).toEqual([': Je continue après']);
      await page.goto(`${visits.base}/mail/drafts`);
      await page.click('.msg');
      expect(await page.inputValue('#b')).toBe('Je continue après');
    });

    const ways = sliced<Way>(3, [
      {
        way: 'a name that is looked for',
        local: 'claire.lefevre',
        go: async (page) => {
          await quick(page, 'ce1-a.tilleuls');
          await page.fill('#f', 'robin');
          await page.click('button[value="find"]');
        },
      },
      {
        way: 'a sending to nobody',
        local: 'claire.lefevre',
        go: (page) => page.click('[data-send]'),
      },
      {
        way: 'a child’s sending to nobody',
        local: 'lina.moreau',
        go: (page) => page.click('[data-send]'),
      },
      {
        way: 'a refused sending',
        local: 'lina.moreau',
        go: async (page) => {
          await page.goto(`${visits.base}/write`);
          await forge(page, 'zoe.lambert');
          await page.click('[data-send]');
        },
      },
      {
        way: '« Enregistrer » on an empty page',
        local: 'lina.moreau',
        go: (page) => page.click('[data-keep]'),
      },
      {
        way: '« Jeter » on an empty page',
        local: 'claire.lefevre',
        go: (page) => page.click('button[value="throw"]'),
      },
      {
        way: 'a file brought and taken away',
        local: 'claire.lefevre',
        go: async (page) => {
          await page.setInputFiles('input[type=file]', {
            name: 'plan.txt',
            mimeType: 'text/plain',
            buffer: Buffer.from('à gauche'),
          });
          await page.click('[data-keep]');
          expect(await drafts('claire.lefevre')).toHaveLength(1);
          await page.click('[data-drop]');
        },
      },
      {
        way: 'an answer that was only opened',
        local: 'claire.lefevre',
        go: async (page) => {
          await town.send('samira.benali', ['claire.lefevre'], {
            subject: 'Cantine',
            text: 'Amine mange-t-il ?',
            via: 'web',
          });
          await page.goto(`${visits.base}/mail/inbox`);
          await page.click('.msg:has-text("Cantine") >> nth=0');
          await page.click('a:has-text("Répondre") >> nth=0');
          await page.fill('#f', 'robin');
          await page.click('button[value="find"]');
          expect(await page.inputValue('#b')).toContain('> Amine mange-t-il ?');
        },
      },
    ]);
    it.each(ways.some)('leaves no draft of nothing behind: $way', leavesNone);
    it.each(ways.rest)('leaves no draft of nothing behind: $way', SOAKED, leavesNone);

    async function leavesNone({ local, go }: Way): Promise<void> {
      const page = await visits.read(local, '/write');
      await go(page);
      expect(await drafts(local)).toEqual([]);
    }

    it('sends one letter, however often its button is pressed at once', async () => {
      const page = await visits.read('lina.moreau', '/write');
      await tick(page, 'adele.vidal');
      await page.fill('#b', 'Une seule fois, pressé trois fois.');
      const ends = await Promise.all(
        [1, 2, 3].map(async () => {
          await page.click('[data-send]');
          return page.url();
        }),
      );
      for (const end of ends) expect(new URL(end).searchParams.has('sent')).toBe(true);
      const rows = await town.rows('adele.vidal');
      expect(rows.filter(({ preview }) => preview.includes('pressé trois fois'))).toHaveLength(1);
      expect(await drafts('lina.moreau')).toEqual([]);
    });

    it.each(['claire.lefevre', 'lina.moreau'])(
      'moves nothing that %s sees when the script comes late, on a new page and on a draft',
      SOAKED,
      onBoth,
    );

    async function onBoth(local: string): Promise<void> {
      const before = await visits.read(local, '/write');
      await before.fill('#b', 'Elle est dans un arbre.');
      await before.click('[data-keep]');
      await before.goto(`${visits.base}/mail/drafts`);
      const draft = (await before.getAttribute('.msg', 'href')) ?? '';
      await movesNothing(local, ['/write', draft]);
    }

    async function movesNothing(local: string, paths: readonly string[]): Promise<void> {
      const page = await visits.enter(local);
      await page.addInitScript(watchShifts);
      await page.route('**/write*.js', async (route) => {
        await framesLater(page); // what is seen before it
        await route.continue();
      });
      for (const path of paths) {
        await page.goto(`${visits.base}${path}`);
        expect(await page.locator('[data-keep]').isVisible()).toBe(false);
        await framesLater(page);
        expect(await page.evaluate(() => window.testShifts)).toEqual([]);
      }
    }

    it(
      'has every place before what stands beside it has come, in three widths',
      SOAKED,
      async () => {
        const page = await visits.enter('claire.lefevre', { at: '/write' });
        const places = async (width: number) => {
          await page.setViewportSize({ width, height: 800 });
          const all = page.locator('.ccbox summary, .subject, .quick-to, .ruled');
          return all.evaluateAll((some) => some.map((one) => one.getBoundingClientRect().toJSON()));
        };
        const widths = [1280, 768, 390];
        const whole: unknown[] = [];
        for (const width of widths) whole.push(await places(width));
        await page.locator('aside').evaluate((one) => one.remove());
        for (const [at, width] of widths.entries())
          expect(await places(width), String(width)).toEqual(whole[at]);
      },
    );

    it('keeps no empty draft of a file that was refused, without script', () =>
      refusesFile('without'));
    it('keeps no empty draft of a file that was refused, with script', SOAKED, () =>
      refusesFile('with'),
    );

    async function refusesFile(how: 'with' | 'without'): Promise<void> {
      const page: AnyPage = await visits[how === 'with' ? 'enter' : 'read']('lina.moreau');
      await page.goto(`${visits.base}/write`);
      await page.setInputFiles('input[type=file] >> nth=0', {
        name: 'jeu.exe',
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(`MZ${'x'.repeat(200)}`),
      });
      if (how === 'without') await page.click('button:has-text("Envoyer")');
      await page.waitForSelector('text=Ce fichier ne peut pas partir');
      expect(await drafts('lina.moreau')).toEqual([]);
    }

    it('an answer that one leaves stands in its place again, and stays one draft', async () => {
      await town.send('samira.benali', ['claire.lefevre'], {
        subject: 'Piscine',
        text: 'Demain ?',
      });
      const page = await visits.read('claire.lefevre');
      const open = async (): Promise<void> => {
        await page.goto(`${visits.base}/mail/inbox`);
        await page.click('.msg:has-text("Piscine") >> nth=0');
      };
      for (const words of ['Oui', 'Oui, à neuf heures']) {
        await open();
        await page.fill('#rp', words);
        await page.click('.quick [data-keep]');
        await open();
        expect(await page.inputValue('#rp')).toBe(words);
      }
      expect(await drafts('claire.lefevre')).toEqual(['Re: Piscine: Oui, à neuf heures']);
      await page.goto(`${page.url()}/reply-all`);
      expect(await page.inputValue('#b')).toMatch(/^Oui, à neuf heures/);
      await page.fill('#b', 'Oui\n\n> Demain ?');
      await page.click('.sendbar [data-keep]');
      await open();
      expect(await page.locator('#rp').count()).toBe(0);
      await page.click('.answer a:has-text("Continuer")');
      expect(await page.inputValue('#b')).toContain('> Demain');
      await page.click('[data-send]');
      await open();
      expect(await page.inputValue('#rp')).toBe('');
      expect(await drafts('claire.lefevre')).toEqual([]);
    });

    it('looks for people without losing whom one has chosen', async () => {
      const page = await visits.read('claire.lefevre', '/write');
      await quick(page, 'ce1-a.tilleuls');
      await page.fill('#f', 'adele');
      await page.click('button[value="find"]');
      expect(await page.isChecked(`[id="to-${town.address('ce1-a.tilleuls')}"]`)).toBe(true);
      await page.click(`.found label[for="to-${town.address('adele.vidal')}"]`);
      await page.fill('#b', 'Bonjour à vous deux.');
      await page.click('[data-send]');
      await page.waitForSelector('.toast');
      expect((await town.rows('adele.vidal'))[0]?.preview).toBe('Bonjour à vous deux.');
    });
  },
);

declare global {
  interface Window {
    testFrames?: number;
    testShifts?: string[];
  }
}

/** Runs in each page: counts its frames, and tells what moved that nobody had touched. */
function watchShifts(): void {
  const shifts: string[] = [];
  window.testShifts = shifts;
  window.testFrames = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      readonly sources: readonly { readonly node: Node | null }[];
    })[])
      for (const { node } of entry.sources)
        shifts.push(node instanceof Element ? node.outerHTML : (node?.nodeValue ?? ''));
  }).observe({ type: 'layout-shift', buffered: true });
  const count = (): void => {
    window.testFrames = (window.testFrames ?? 0) + 1;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
}

/** Once the page, or the one that comes, was drawn three times more. */
async function framesLater(page: Page): Promise<void> {
  const now = await page.evaluate(() => window.testFrames ?? 0);
  await page.waitForFunction((before) => (window.testFrames ?? 0) > before + 3, now);
}

/** A form that names somebody whom its page doesn't offer. */
async function forge(page: PlainPage, local: string): Promise<void> {
  page.tamper('input[name="to"]', { value: town.address(local), checked: '' });
}
