import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { unpack } from '../../core/roster/reading/archive.ts';
import { annuaire, annuaireCsv } from '../../core/roster/school-directory/testing/annuaire.ts';
import { townFiles } from '../../core/school/imports/testing/onde.ts';
import { zipped } from '../../core/school/imports/testing/reading.ts';
import { launchChromium } from '../shared/chromium.ts';
import { freePorts } from '../shared/free-port.ts';
import { protectAccount } from './agent-door.ts';
import { npmStart } from './whole.ts';

/** A town on its first morning: 128 schools of 20 communes, and the rosters of so many of them. */
interface Morning {
  readonly schoolsWithRosters: number;
  readonly pupils: number;
  /** How long the whole import may take. */
  readonly importMs: number;
}

/** What putting it into service took. */
interface Told {
  readonly minutes: number;
  /** Presses of links and buttons, and files given; typing isn't counted. */
  readonly clicks: number;
  readonly schools: number;
  readonly imported: number;
  readonly questions: string;
}

/** Sheets of codes in one archive: every class of every school. */
const MOST_SHEETS = 2_000;
const PASSWORD = 'trois marrons et deux billes';
const CHILDS_PASSWORD = 'trois pommes vertes';

/** A page whose presses are counted. */
interface Hands {
  readonly page: Page;
  readonly base: string;
  /** To a page that links lead to. */
  go(path: string): Promise<void>;
  click(selector: string): Promise<void>;
  give(selector: string, name: string, bytes: Buffer): Promise<void>;
  clicks(): number;
}

function handsOn(page: Page, base: string): Hands {
  let clicks = 0;
  return {
    page,
    base,
    async go(path) {
      clicks += 1;
      await page.goto(`${base}${path}`);
    },
    async click(selector) {
      clicks += 1;
      await page.click(selector);
      await page.waitForLoadState();
    },
    async give(selector, name, buffer) {
      clicks += 1;
      await page.setInputFiles(selector, { name, mimeType: 'application/octet-stream', buffer });
    },
    clicks: () => clicks,
  };
}

/**
 * From an empty machine to the first pupil's letter, without the demo and in a browser: the link
 * that `start` prints, the first agent, the town, its schools from the national directory, rosters
 * in one archive, codes, the opening; then a child comes by their code and writes to a classmate.
 * Throws where a step isn't as a person would need it.
 */
export async function firstMorning(morning: Morning): Promise<Told> {
  const dataDir = mkdtempSync(join(tmpdir(), 'preau-morning-'));
  const ports = await freePorts();
  const base = `http://127.0.0.1:${ports.web}`;
  const run = npmStart(dataDir, ports, {}, ['--no-demo']);
  const browser = await launchChromium();
  try {
    await run.ready();
    const begun = Date.now();
    const link = /http:\S+\/mettre-en-service\/[\w-]+/.exec(run.output())?.[0] ?? '';
    const context = await browser.newContext({ locale: 'fr-FR', acceptDownloads: true });
    context.setDefaultTimeout(60_000);
    const hands = handsOn(await context.newPage(), base);
    await theFirstAgent(hands, link);
    await theTown(hands);
    const schools = await theSchools(hands);
    const { imported, questions, papers } = await theRosters(hands, morning);
    await theOpening(hands);
    await aChildWrites(
      await (await browser.newContext({ locale: 'fr-FR' })).newPage(),
      base,
      papers,
    );
    const minutes = (Date.now() - begun) / 60_000;
    return { minutes, clicks: hands.clicks(), schools, imported, questions };
  } finally {
    await browser.close();
    run.process.kill('SIGTERM');
    await Promise.race([run.ended, sleep(15_000)]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function theFirstAgent({ page, click }: Hands, link: string): Promise<void> {
  await page.goto(link);
  await page.fill('#givenName', 'Thomas');
  await page.fill('#familyName', 'Vasseur');
  await page.fill('#password', PASSWORD);
  await click('button.main');
  await protectAccount(page);
}

async function theTown({ page, click }: Hands): Promise<void> {
  await page.fill('#name', 'Saint-Aubin');
  await page.fill('#postmaster', 'informatique@mairie.example');
  await page.fill('#organisation', 'Ville de Saint-Aubin');
  await page.fill('#representative', 'La maire de Saint-Aubin');
  await page.fill('#postalAddress', '1 place de la Mairie\n69123 Saint-Aubin');
  await page.fill('#mail', 'mairie@saint-aubin.example');
  await page.fill('#host', 'Ville de Saint-Aubin, 1 place de la Mairie, 69123 Saint-Aubin');
  await click('text=Enregistrer et continuer');
  await page.waitForURL('**/setup/domain');
  await click('main form button.main');
  await page.waitForURL('**/setup/schools');
}

const DIRECTORY = annuaire();

async function theSchools({ page, go, click, give }: Hands): Promise<number> {
  await go('/schools/file');
  await give('#f', 'annuaire.csv', annuaireCsv(DIRECTORY.rows));
  await click('main button.main');
  await page.fill('#names', DIRECTORY.communes.map(({ name }) => name).join('\n'));
  await click('text=Prendre ces communes');
  await click('text=Créer 128 écoles');
  const title = (await page.textContent('h1')) ?? '';
  if (!title.includes('128 écoles créées')) throw new Error(`the schools: ${title}`);
  return DIRECTORY.schools.length;
}

interface Papers {
  readonly address: string;
  readonly code: string;
  readonly friend: string;
}

async function theRosters(
  { page, go, click, give }: Hands,
  { schoolsWithRosters, pupils, importMs }: Morning,
): Promise<{ imported: number; questions: string; papers: Papers }> {
  await go('/roster');
  await give('#f', 'listes.zip', rostersArchive(schoolsWithRosters, pupils));
  await click('main button.main');
  await page.waitForSelector('form.bar button.main', { timeout: importMs });
  await page.fill('form.bar input[name=reason]', 'Première rentrée');
  await click('form.bar button.main');
  await page.waitForSelector('form[action$="/codes"]', { timeout: importMs });
  const imported = await page.locator('td .badge.ok').count();
  await page.fill('form[action$="/codes"] input[name=reason]', 'Première rentrée');
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: importMs }),
    page.click('form[action$="/codes"] button'),
  ]);
  const papers = papersIn(readFileSync(await download.path()));
  await go('/roster/questions');
  const questions = ((await page.textContent('h1')) ?? '').trim();
  return { imported, questions, papers };
}

/** A folder a school, named by its UAI, with ONDE's files. */
function rostersArchive(schools: number, pupils: number): Buffer {
  const size = { schools, pupils, teachers: schools * 5, guardians: pupils, seed: 5 };
  const codes = DIRECTORY.schools.map(({ uai }) => uai);
  const files = [...townFiles(size)].flatMap((school, at) => [
    { name: `${codes[at]}/CSVExtraction-eleves.csv`, bytes: school.pupils },
    { name: `${codes[at]}/CSVExtraction-responsables.csv`, bytes: school.guardians },
    { name: `${codes[at]}/enseignants.csv`, bytes: school.teachers },
  ]);
  return zipped(files);
}

/** Two children of one class of big ones, who have a code to type. */
function papersIn(archive: Buffer): Papers {
  const sheets = unpack({ name: 'codes.zip', bytes: archive }, (path) => path.endsWith('.csv'), {
    most: MOST_SHEETS,
  });
  if ('reason' in sheets) throw new Error('the archive of codes can’t be read');
  for (const { bytes } of sheets) {
    const rows: string[][] = bytes.toString('utf8').split('\r\n').map(cellsOf);
    const [one, other] = rows.filter(([, , , , , className]) => className?.startsWith('CM2'));
    const [, , , address = '', code = ''] = one ?? [];
    const [, , , friend = ''] = other ?? [];
    if (address !== '' && friend !== '') return { address, code, friend };
  }
  throw new Error('no class of CM2 has its codes');
}

const cellsOf = (row: string): string[] =>
  [...row.matchAll(/"([^"]*)"/g)].map(([, cell = '']) => cell);

async function theOpening({ page, go, click }: Hands): Promise<void> {
  await go('/setup/trial');
  await click('text=Envoyer la lettre d’essai');
  await click('main button:has-text("Ouvrir")');
  const title = (await page.textContent('h1')) ?? '';
  if (!title.includes('La ville est ouverte')) throw new Error(`the opening: ${title}`);
}

async function aChildWrites(page: Page, base: string, papers: Papers): Promise<void> {
  await page.goto(`${base}/activate`);
  await page.fill('#a', papers.address);
  await page.fill('#c', papers.code);
  await page.click('button.main');
  await page.fill('#p', CHILDS_PASSWORD);
  await page.click('button.main');
  await page.waitForLoadState();
  if (!page.url().includes('/mail/')) await signIn(page, base, papers.address);
  await page.goto(`${base}/write`);
  await page.click(`label[for="to-${papers.friend}"]`);
  await page.fill('#s', 'Ma première lettre');
  await page.fill('#b', 'Bonjour !');
  await page.click('[data-send]');
  await page.waitForSelector('.toast');
}

async function signIn(page: Page, base: string, address: string): Promise<void> {
  await page.goto(`${base}/signin`);
  await page.fill('#a', address);
  await page.fill('#p', CHILDS_PASSWORD);
  await page.click('button.main');
  await page.waitForURL('**/mail/inbox');
}
