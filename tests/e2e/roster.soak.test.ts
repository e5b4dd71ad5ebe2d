/**
 * Rosters from files as a head and an agent bring them in, in a real browser on the running whole.
 */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../shared/chromium.ts';
import { axeFaults } from '../shared/page-faults.ts';
import { openYard, type Visitor, type BrowserYard } from './browser.ts';
import { startWhole, type Whole } from './whole.ts';

let whole: Whole;
let yard: BrowserYard;
const visitors: Visitor[] = [];

async function enter(local: string): Promise<Page> {
  const visitor = await yard.enter(whole.account(local));
  visitors.push(visitor);
  return visitor.page;
}

const text = async (page: Page, selector = 'main') =>
  ((await page.textContent(selector)) ?? '').replace(/\s+/g, ' ').trim();
/** ONDE's list as a school exports it, as far as it is read. */
const onde = (rows: readonly (readonly [family: string, given: string, className: string])[]) =>
  Buffer.from(
    [
      'Nom élève;Prénom élève;Date naissance;INE;Cycle;Niveau;Libellé classe',
      ...rows.map(
        ([family, given, className], at) =>
          `${family};${given};${2016 + (at % 5)}-05-${String(1 + (at % 28)).padStart(2, '0')};;CYCLE II;CP;${className}`,
      ),
      '',
    ].join('\r\n'),
    'latin1',
  );

/** The pupils of a school today, those whose name two have left out. */
async function pupilsOf(slug: string): Promise<(readonly [string, string, string])[]> {
  const rows = await whole.rows<{ family: string; given: string; name: string }>(
    `
      select a.family_name as family, a.given_name as given, min(c.name) as name
      from account a
        join school s on s.id = a.school_id
        join membership m on m.school_id = a.school_id
        and m.address_id = a.address_id
        and m.role = 'pupil'
        and m.until_date is null
        join class c on c.school_id = m.school_id
        and c.id = m.class_id
      where s.slug = $1 and a.role = 'pupil' and a.state = 'active'
      group by a.family_name, a.given_name
      having count(distinct a.id) = 1
      order by 1, 2
    `,
    [slug],
  );
  return rows.map(({ family, given, name }) => [family, given, name] as const);
}

async function give(page: Page, bytes: Buffer): Promise<void> {
  await page.setInputFiles('#f', {
    name: 'CSVExtraction.csv',
    mimeType: 'text/csv',
    buffer: bytes,
  });
  await page.click('text=Voir ce qui changera');
  await page.waitForSelector('.sums');
}

const suspended = (slug: string) =>
  whole.count(
    "select count(*) as n from account a join school s on s.id = a.school_id where s.slug = $1 and a.state = 'suspended'",
    [slug],
  );

describe.skipIf(!hasChromium())(
  'rosters from files (skipped where chromium is not installed)',
  { timeout: 90_000 },
  () => {
    beforeAll(async () => {
      whole = await startWhole();
      yard = await openYard(whole.base);
    });
    afterAll(async () => {
      await yard?.close();
      await whole?.stop();
    });
    afterEach(async () => {
      for (const visitor of visitors.splice(0)) await visitor.leave();
      expect(yard.complaints()).toEqual([]);
      expect(yard.strangers()).toEqual([]);
    });

    it('an agent: the preview, the guard of the fifth, the number typed again, applied, undone', async () => {
      const page = await enter('hugues.armand');
      const before = await suspended('pasteur');
      await page.click('text=Rentrée');
      expect(await axeFaults(page)).toEqual([]);
      await page.click('text=École Pasteur');
      const all = await pupilsOf('pasteur');
      await give(page, onde(all.slice(0, Math.ceil(all.length / 2))));
      expect(await text(page)).toContain('Rien n’est encore changé.');
      expect(await axeFaults(page)).toEqual([]);
      await page.fill('#why', 'Essai');
      await page.click('.bar .main');
      await page.waitForSelector('text=Rien n’est appliqué');
      expect(await suspended('pasteur')).toBe(before);
      const leaving = /^\d+/.exec(await text(page, '#many-retyped h2'))?.[0] ?? '';
      await page.fill('#n-retyped', leaving);
      await page.fill('#why', 'Essai');
      await page.click('.bar .main');
      await page.waitForSelector('h1:has-text("C’est fait")');
      expect(await suspended('pasteur')).toBe(before + Number(leaving));
      expect(await axeFaults(page)).toEqual([]);
      await page.fill('#why', 'C’était un essai');
      await page.click('button.no');
      await page.waitForSelector('text=Tout est comme avant');
      expect(await suspended('pasteur')).toBe(before);
      expect(await whole.rows('select act, reason from agent_act order by id')).toEqual([
        { act: 'roster-import', reason: 'Essai' },
        { act: 'roster-undo', reason: 'C’était un essai' },
      ]);
    });

    it('a head brings in a class: its children have their mailboxes at once, and the same file again changes nothing', async () => {
      const page = await enter('mamadou.diallo');
      await page.click('text=Rentrée');
      await page.waitForSelector('#f');
      const fresh = (['Aya', 'Nour', 'Hugo'] as const).map(
        (given) => ['Nouveau', given, 'CP B'] as const,
      );
      const file = onde([...(await pupilsOf('tilleuls')), ...fresh]);
      await give(page, file);
      expect(await text(page)).toContain('CP B');
      await page.click('.bar .main');
      await page.waitForSelector('h1:has-text("C’est fait")');
      expect(await text(page)).toContain(whole.address('aya.nouveau'));
      expect(
        await whole.count(
          "select count(*) as n from mailbox b join account a on a.school_id = b.school_id and a.id = b.account_id where a.family_name = 'Nouveau'",
        ),
      ).toBe(18);
      await page.goto(`${whole.base}/roster`);
      await give(page, file);
      expect(await text(page)).toContain('l’école sait déjà tout ce que disent ces fichiers');
    });
  },
);
