/** The agents of a town: who they are, come, go, and come back after a lost phone. */
import { Secret, TOTP } from 'otpauth';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../core/rules/viewer.ts';
import {
  openEmptyTown,
  PASSWORD,
  SAINT_AUBIN,
  type EmptyTown,
} from '../../../core/town/town/testing/empty-town.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults, wideFaults } from '../../../tests/shared/page-faults.ts';
import { text, type PlainPage } from '../../../tests/shared/plain/page.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const STEP_MS = 30_000;
const HOSTILE = '<img src=x onerror=alert(1)>';

let town: EmptyTown;
let visits: Visits;

/** The code of now, of steps after one another: each is taken once. */
function nextCode(key: string): string {
  town.clock.now = new Date(town.clock.now.getTime() + STEP_MS);
  const timestamp = town.clock.now.getTime();
  return new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp });
}

interface Protected {
  readonly agent: Viewer;
  readonly key: string;
  readonly recovery: readonly string[];
}

/** An agent with a second factor who has kept its sheet. */
async function protectedAgent(local: string): Promise<Protected> {
  const agent = await town.agent(local);
  const { key } = town.core.secondFactor.begin(agent, null);
  const begun = await town.core.secondFactor.confirm(agent, key, nextCode(key));
  if (begun.kind !== 'done') throw new Error(begun.kind);
  await town.core.secondFactor.keepSheet(agent);
  return { agent, key, recovery: begun.recoveryCodes };
}

/** At the door, up to the code that is still to come. */
async function givePassword(page: PlainPage, { address }: Viewer): Promise<void> {
  await page.goto(`${visits.base}/signin?adult=1`);
  await page.fill('#a', address);
  await page.fill('#p', PASSWORD);
  await page.click('button.main');
}

async function enter(page: PlainPage, { agent, key }: Protected): Promise<void> {
  await givePassword(page, agent);
  await page.fill('#code', nextCode(key));
  await page.click('main button.main');
}

const NOBODY = Promise.reject<never>(new Error('the door is tried here'));
NOBODY.catch(() => undefined);

describe.skipIf(!hasChromium())(
  'the town’s agents (skipped where chromium is not installed)',
  { timeout: 120_000 },
  () => {
    beforeAll(async () => {
      town = await openEmptyTown();
      visits = await openVisits(
        { core: town.core, viewer: () => NOBODY, enter: () => NOBODY },
        () => town.clock.now,
      );
    });
    afterEach(() => visits.leave());
    afterAll(async () => {
      await visits?.close();
      await town?.close();
    });

    it('one adds another, without script: on screen or on paper, an address of their own or given.family', async () => {
      const page = visits.readStranger();
      await enter(page, await protectedAgent('ada'));
      await page.goto(`${visits.base}/agents`);
      expect(await text(page, '.lines')).toContain('Agent ADA vous');
      await page.fill('#givenName', 'Nadia');
      await page.fill('#familyName', 'Benali');
      await page.fill('#local', 'abuse');
      await page.click('text=Ajouter et afficher le code');
      expect(await text(page, '#local-trouble')).toContain('sont pris par le service');
      expect(await page.inputValue('#givenName')).toBe('Nadia');
      await page.fill('#local', '');
      await page.click('text=Ajouter et afficher le code');
      expect(await text(page)).toContain('nadia.benali@ecoles.saint-aubin.example');
      expect(await text(page, '.code-text')).toMatch(/^[A-Z0-9]{4}(-[A-Z0-9]{3,4})+$/);
      await page.click('text=Retour aux agents');
      expect(await text(page, '.lines')).toContain('A un code sur papier, pas encore utilisé.');
      await page.fill('#givenName', 'Hélène');
      await page.fill('#familyName', 'Marchand');
      const { name } = await page.download('text=Ajouter et imprimer la feuille');
      expect(name).toBe('Codes Hélène Marchand.pdf');
    });

    it('resets another, who has to begin anew, and removes them; nobody themselves, and it says why', async () => {
      const one = await protectedAgent('bea');
      const other = await protectedAgent('carl');
      const page = visits.readStranger();
      await enter(page, one);
      await page.goto(`${visits.base}/agents`);
      const faults = [...(await pageFaults(page, 'agents'))];
      const line = '.agent:has-text("Agent CARL")';
      await page.click(`${line} summary:has-text("Refaire son accès")`);
      faults.push(...(await pageFaults(page, 'agents-reset')));
      await page.click(`${line} button:has-text("Afficher le code")`);
      expect(await text(page, 'h1')).toContain('Agent CARL');
      faults.push(...(await pageFaults(page, 'agents-code')));
      const answer = await town.core.accounts.signIn(other.agent.address, PASSWORD, {
        ip: '192.0.2.7',
        way: 'web',
      });
      expect(answer.kind).toBe('no-match');
      await page.click('text=Retour aux agents');
      for (const { name } of (await town.core.agents.list('machine')) ?? []) {
        if (name === one.agent.displayName) continue;
        const gone = `.agent:has-text("${name}")`;
        await page.click(`${gone} summary:has-text("Retirer")`);
        await page.click(`${gone} button:has-text("Retirer cet agent")`);
        expect(await text(page, '.banner.ok')).toBe('L’agent est retiré.');
      }
      expect(await page.locator('summary:has-text("Retirer")').count()).toBe(0);
      // The page offers it to nobody for themselves; a form of their own is told why.
      page.tamper('main form', { action: `/agents/${one.agent.account}/remove`, novalidate: '' });
      await page.click('main form button');
      expect(await text(page, '.banner.stop')).toContain('c’est un autre agent qui vous retire');
      expect(await page.locator('.agent').count()).toBe(1);
      faults.push(...(await pageFaults(page, 'agents-last')));
      expect(faults).toEqual([]);
    });

    it('who lost their phone comes in by a code of their sheet, once, without script', async () => {
      const lost = await protectedAgent('dora');
      const [first = ''] = lost.recovery;
      const page = visits.readStranger();
      const give = async (code: string) => {
        await page.click('summary');
        await page.fill('#recovery', code);
        await page.click('details button');
      };
      await givePassword(page, lost.agent);
      await give('AAAAA-AAAAA');
      expect(await text(page, '#recovery-trouble')).toContain('Prenez le suivant de la feuille');
      await page.fill('#recovery', first.toLowerCase());
      await page.click('details button');
      expect(page.url()).toBe(`${visits.base}/home`);
      await page.goto(`${visits.base}/protect`);
      expect(await text(page)).toContain('Il vous reste 9 codes de secours');
      await page.click('.me summary');
      await page.click('.me form[action="/signout"] button');
      await givePassword(page, lost.agent);
      await give(first);
      expect(await text(page, '#recovery-trouble')).toContain('il a déjà servi');
    });

    it('who hasn’t protected their account may leave, and read in another language', async () => {
      const page = visits.readStranger();
      await givePassword(page, await town.agent('gil'));
      expect(page.url()).toBe(`${visits.base}/protect`);
      await page.click('.me summary');
      await page.click('.me button[name=language][value=en]');
      expect(await text(page, 'h1')).toBe('Protect my account');
      await page.click('.me summary');
      await page.click('.me form[action="/signout"] button');
      expect(page.url()).toBe(`${visits.base}/signin`);
    });

    it('markup in a name stays text, on every page that shows it', async () => {
      const one = await protectedAgent('erik');
      const page = visits.readStranger();
      await enter(page, one);
      await page.goto(`${visits.base}/agents`);
      await page.fill('#givenName', HOSTILE);
      await page.fill('#familyName', HOSTILE);
      await page.fill('#local', 'hostile');
      await page.click('text=Ajouter et afficher le code');
      const shown: string[] = [];
      const { core } = town;
      const contacts = { ...SAINT_AUBIN.contacts, host: `</textarea>${HOSTILE}` };
      const name = `${HOSTILE} ${'Saint-Aubin-sur-'.repeat(4)}`;
      await core.town.saveSettings(one.agent, { ...SAINT_AUBIN, name, contacts });
      for (const path of [null, '/agents', '/agents/trail', '/setup/town']) {
        if (path !== null) await page.goto(`${visits.base}${path}`);
        expect(await wideFaults(page, `hostile${(path ?? '').replaceAll('/', '-')}`)).toEqual([]);
        expect(await page.locator('img').count(), path ?? 'the code').toBe(0);
        shown.push(await text(page));
      }
      expect(shown.every((words) => words.includes(HOSTILE))).toBe(true);
    });

    it('a form without its token, and a link’s without the browser’s, change nothing', async () => {
      const one = await protectedAgent('fay');
      const page = visits.readStranger();
      await enter(page, one);
      const cookie = [...page.cookies].map((one) => one.join('=')).join('; ');
      const post = async (path: string) => {
        const body = new URLSearchParams({ givenName: 'x', familyName: 'x', name: 'x' });
        const init = { method: 'POST', headers: { cookie }, body, redirect: 'manual' } as const;
        return (await fetch(`${visits.base}${path}`, init)).status;
      };
      const before = (await town.core.agents.list('machine'))?.length;
      for (const path of [
        '/agents',
        '/setup/town',
        '/setup/trial',
        `/mettre-en-service/${'x'.repeat(32)}`,
      ])
        expect(await post(path), path).toBe(403);
      expect((await town.core.agents.list('machine'))?.length).toBe(before);
      expect((await town.core.town.settings())?.openedAt ?? null).toBeNull();
    });
  },
);
