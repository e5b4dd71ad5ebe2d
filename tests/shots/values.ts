import type { Page } from 'playwright-core';
import { annuaire, annuaireCsv } from '../../core/roster/school-directory/testing/annuaire.ts';
import { zipped } from '../../core/school/imports/testing/reading.ts';
import { csv, pupil } from '../../core/school/imports/testing/school-files.ts';
import type { Who } from './pages.ts';

/** What stands at the names of a route for somebody: `uid`, `class`, `school`. */
export type Values = Readonly<Record<string, string>>;

/** Routes that are a page only with what is asked of them. */
const WITH_QUERY: Readonly<Record<string, string>> = {
  // To somebody, as a child who doesn't read yet has chosen them.
  '/write/draw': '/write/draw?who=:who',
  '/write/voice': '/write/voice?who=:who',
  '/write/photo': '/write/photo?who=:who',
  '/leave': '/leave?to=https%3A%2F%2Fmusee.example%2Fvisite',
};

/** At whose cupboard somebody looks, besides that of a class. */
const CUPBOARDS: Readonly<Partial<Record<Who, string>>> = {
  pupil: 'own',
  teacher: 'team',
  head: 'school',
  guardian: '1',
};

/** The path of a route for somebody, or the name that nothing stands at. */
export function pathOf(route: string, values: Values): string | { readonly lacks: string } {
  let lacks = '';
  const path = (WITH_QUERY[route] ?? route).replace(/:(\w+)/g, (_all, name: string) => {
    const key = route === '/write/:uid' ? 'draftUid' : name;
    const own = route.startsWith('/schools/file/') && name === 'import' ? 'schoolImport' : key;
    const value = values[own];
    if (value === undefined) lacks = name;
    return value ?? '';
  });
  return lacks === '' ? path : { lacks };
}

/** Follows the links of somebody's own pages to a message, a draft, a class, a person. */
export async function valuesOf(page: Page, base: string, who: Who): Promise<Values> {
  const found = async (path: string, link: RegExp): Promise<string | undefined> => {
    await page.goto(`${base}${path}`);
    const all = await page.$$eval('a[href]', (links) =>
      links.map((one) => one.getAttribute('href') ?? ''),
    );
    return all.map((href) => link.exec(href)?.[1]).find((one) => one !== undefined);
  };
  const values: Record<string, string | undefined> = {
    mailbox: 'inbox',
    code: 'XXXX',
    school: '1',
    cupboard: CUPBOARDS[who],
    uid: await found('/mail/inbox', /^\/mail\/inbox\/(\d+)/),
  };
  if (who === 'pupil') await reportOne(page, base);
  if (who === 'little') {
    values['who'] = await chosenBy(page, base);
    values['class'] = await found('/walls', /^\/walls\/\d+\/(\d+)/);
  }
  if (who === 'teacher' || who === 'head' || who === 'guardian')
    values['paper'] = await found('/papers', /^\/papers\/\d+\/(\d+)/);
  if (who === 'guardian') values['pupil'] = await found('/papers', /^\/papers\/\d+\/\d+\/(\d+)/);
  if (who === 'guardian') values['child'] = await found('/family', /^\/family\/(\d+)\/write/);
  if (who === 'pupil' || who === 'guardian') values['class'] = '1';
  if (who === 'pupil' || who === 'guardian' || who === 'teacher')
    values['gift'] = await found('/walls/1/1', /^\/gifts\/\d+\/(\d+)/);
  if (who === 'pupil' || who === 'guardian' || who === 'teacher')
    values['item'] = await found('/cupboards/1/1', /^\/stored\/\d+\/(\d+)/);
  if (who === 'pupil' || who === 'teacher')
    values['box'] = await found('/cupboards/1/1', /^\/boxes\/\d+\/(\d+)/);
  if (who === 'teacher') {
    values['draftUid'] = await found('/mail/drafts', /^\/write\/(\d+)/);
    values['report'] = await found('/reports', /^\/reports\/\d+\/(\d+)/);
    await askTown(page, base);
    await makeGroup(page, base);
    await makeTemplate(page, base);
    values['template'] = await found('/templates', /^\/templates\/(\d+)/);
    values['group'] = await found('/groups', /^\/groups\/(\d+)/);
    const ofClass = await found('/classes', /^\/classes\/(\d+)/);
    values['class'] = ofClass;
    values['child'] = await found(`/classes/${ofClass}`, /\/child\/(\d+)/);
    values['notice'] = await found(`/classes/${ofClass}/board`, /^\/notices\/\d+\/(\d+)/);
  }
  if (who === 'head') {
    values['class'] = await found('/school/1', /^\/school\/1\/class\/(\d+)/);
    values['account'] = await found('/people/1', /^\/people\/1\/(\d+)/);
    values['import'] = await applyNextYear(page, base);
    await page.goto(`${base}/roster/1`);
    values['draft'] = await give(page, csv.pupils(PUPILS).bytes, /draft\/(\d+)/);
  }
  if (who === 'agent') {
    values['schoolImport'] = await givenSchools(page, base);
    values['batch'] = await givenTown(page, base);
  }
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Values;
}

const PUPILS = [
  pupil('Nour Haddad', 'CP', { birthDate: '2019-05-04' }),
  pupil('Aya Nouveau', 'CP', { birthDate: '2019-08-11' }),
];

/** A reading group of a few. */
async function makeGroup(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/groups/new`);
  await page.fill('main [name="name"]', 'Groupe lecture');
  for (const nth of [0, 1, 2])
    await page.locator('main form input[type=checkbox]').nth(nth).check({ force: true });
  await send(page, 'main form:has([name="name"]) button.main');
}

/** Presses what sends a form, and waits for the page that answers. */
async function send(page: Page, button: string): Promise<void> {
  await Promise.all([page.waitForEvent('framenavigated'), page.click(button)]);
  await page.waitForLoadState();
}

/** Somebody whom a child who doesn't read yet writes to, as the next page's address has it. */
async function chosenBy(page: Page, base: string): Promise<string | undefined> {
  await page.goto(`${base}/write`);
  await page.locator('.people label').first().click();
  await send(page, 'button[name="act"][value="draw"]');
  return new URL(page.url()).searchParams.get('who') ?? undefined;
}

/** The oldest of a child's letters troubles them: their page of help then says so. */
async function reportOne(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/mail/inbox`);
  await page.locator('.msgs .msg').last().click();
  await page.click('form[action$="/report"] button');
  await page.waitForURL('**/helped*');
}

/** A letter for the town's agents, who have none in the demo. */
async function askTown(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/write`);
  await page.fill('#f', 'support@ecoles.preau.test');
  await page.fill('#o', 'Un tableau blanc pour la salle 4');
  await page.fill('#b', 'Bonjour, le projecteur de la salle 4 ne s’allume plus. Merci !');
  await page.press('#f', 'Enter');
  await page.waitForSelector('[data-people="to"] .toks');
  await send(page, '[data-send]');
}

async function makeTemplate(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/templates/new`);
  await page.fill('main [name="title"]', 'Sortie');
  await page.fill('main [name="subject"]', 'Sortie de jeudi');
  await page.fill('main [name="text"]', 'Bonjour, le car part à 8 h 30.');
  await send(page, 'main form:has([name="title"]) button.main');
}

/** Gives a file on a page that takes one, and reads in the address what it became. */
async function give(page: Page, bytes: Buffer, became: RegExp): Promise<string | undefined> {
  await page.setInputFiles('main input[type=file]', {
    name: 'eleves.csv',
    mimeType: 'text/csv',
    buffer: bytes,
  });
  await send(page, 'main form:has(input[type=file]) button.main');
  return became.exec(page.url())?.[1];
}

/** Lists for the next school year, applied: nobody moves before its first day. */
async function applyNextYear(page: Page, base: string): Promise<string | undefined> {
  await page.goto(`${base}/roster/1`);
  await page.locator('main input[name="year"]').last().check({ force: true });
  await give(page, csv.pupils(PUPILS).bytes, /draft/);
  const retyped = page.locator('[name="retyped"]');
  if ((await retyped.count()) > 0)
    await retyped.fill(/\d+/.exec(await page.innerText('#many-retyped h2'))?.[0] ?? '');
  await send(page, 'button[name="act"][value="apply"]');
  return /import\/(\d+)/.exec(page.url())?.[1];
}

async function givenSchools(page: Page, base: string): Promise<string | undefined> {
  await page.goto(`${base}/schools/file`);
  return give(page, annuaireCsv(annuaire().rows), /file\/(\d+)/);
}

async function givenTown(page: Page, base: string): Promise<string | undefined> {
  await page.goto(`${base}/roster`);
  const bytes = zipped([{ name: 'pasteur/eleves.csv', bytes: csv.pupils(PUPILS).bytes }]);
  await page.setInputFiles('main input[type=file] >> nth=0', {
    name: 'ville.zip',
    mimeType: 'application/zip',
    buffer: bytes,
  });
  await send(page, 'main form:has(input[type=file]) button.main >> nth=0');
  return /town\/(\d+)/.exec(page.url())?.[1];
}
