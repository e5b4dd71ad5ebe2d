import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { RETENTION } from '../../../core/town/retention.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { lookedAt, pageFaults } from '../../../tests/shared/page-faults.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { putBack, takeWindow } from '../../../tests/shared/windows.ts';
import { AUDIT, CONFORMITY, conformityOf, TESTED } from '../../accessibility.ts';
import { LEGAL_PATHS } from '../../frame/legal-foot.ts';
import { criteriaThat } from '../../rgaa.ts';
import { serveTown } from '../../testing/served.ts';

const PATHS = Object.values(LEGAL_PATHS);
const UNTOLD = 'la ville ne l’a pas encore indiqué ici';
const CONTACTS = {
  organisation: 'Saint-Aubin Métropole',
  representative: 'Jeanne Martel, présidente',
  postalAddress: '1 place de la Mairie, 76000 Saint-Aubin',
  phone: '02 35 00 00 00',
  mail: 'mairie@saint-aubin.example',
  dataOfficer: 'dpo@saint-aubin.example',
  host: 'Hébergeur du Nord, 3 rue du Port, 59000 Lille, 03 20 00 00 00',
};

const { town, base } = await serveTown();

async function text(path: string, language = 'fr'): Promise<string> {
  const answer = await fetch(`${base}${path}?language=${language}`);
  expect(answer.status).toBe(200);
  return (await answer.text()).replace(/&#39;/g, '’').replace(/\u00a0/g, ' ');
}

const tell = (contacts: object) =>
  town.admin.query('update town set contacts = $1', [JSON.stringify(contacts)]);

beforeEach(() => tell(CONTACTS));

describe('the legal pages', () => {
  it('say so where the town has told nothing yet, and don’t break', async () => {
    await tell({});
    for (const path of PATHS) expect(await text(path)).toContain(UNTOLD);
    await town.admin.query('create temporary table kept as table town; delete from town');
    for (const path of PATHS) expect(await text(path)).toContain(UNTOLD);
    await town.admin.query('insert into town table kept');
  });

  it('name who answers, where to write, how long things are kept', async () => {
    const notice = await text(LEGAL_PATHS.notice);
    for (const field of [
      'organisation',
      'representative',
      'postalAddress',
      'phone',
      'host',
    ] as const)
      expect(notice).toContain(CONTACTS[field]);
    const privacy = await text(LEGAL_PATHS.privacy);
    for (const words of [
      CONTACTS.organisation,
      CONTACTS.dataOfficer,
      `puis ${RETENTION.leaverMonths} mois`,
      `signalement est ouvert, puis ${RETENTION.reportMonths} mois`,
      `adulte : ${RETENTION.activationDays} jours`,
      `l’année scolaire, puis ${RETENTION.paperYears} an`,
      `au plus, et ${RETENTION.idleMinutes} minutes`,
      'CNIL',
    ])
      expect(privacy).toContain(words);
    for (const path of PATHS) expect(await text(path)).not.toContain(UNTOLD);
    for (const path of PATHS) expect(await text(path, 'en')).toContain('<html lang="en">');
  });

  it('say of accessibility what is tested, how to complain, and to whom after that', async () => {
    await tell(CONTACTS);
    const page = await text(LEGAL_PATHS.accessibility);
    const rate = `${AUDIT.conforming} des ${AUDIT.applicable} critères`;
    for (const words of ['partiellement conforme', rate, CONTACTS.mail, 'Libre réponse 71120'])
      expect(page).toContain(words);
    for (const one of criteriaThat('not-met')) expect(page).toContain(`Critère ${one} : `);
    expect(page.match(/methode\/criteres-et-tests\/#/g)).toHaveLength(106);
  });

  it('escape what the town wrote', async () => {
    await tell({ ...CONTACTS, organisation: '<b onclick=x>Ville</b>' });
    for (const path of PATHS) expect(await text(path)).not.toContain('<b onclick');
  });
});

describe('every page', () => {
  it.each(['/signin?adult=1', '/activate', '/class', '/nothing', ...PATHS])(
    '%s leads to them without a sign-in',
    async (path) => {
      const page = await (await fetch(`${base}${path}`)).text();
      for (const one of PATHS) expect(page).toContain(`href="${one}"`);
    },
  );

  it('of help and settings leads to them, for each who is signed in, and no list or letter does', async () => {
    for (const [local, settings] of [
      ['lina.moreau', '/comfort'],
      ['claire.lefevre', '/settings'],
      ['hugues.armand', '/settings'],
    ] as const) {
      const cookie = `__Host-preau=${await town.enter(await town.viewer(local))}`;
      const read = async (path: string) =>
        (await fetch(`${base}${path}`, { headers: { cookie } })).text();
      for (const path of ['/help', settings]) {
        const page = await read(path);
        for (const one of PATHS) expect(page, path).toContain(`href="${one}"`);
      }
      const inbox = await read('/mail/inbox');
      for (const one of PATHS) expect(inbox).not.toContain(`href="${one}"`);
    }
  });
});

describe('the state of accessibility', () => {
  it.each([
    [{ conforming: 0, applicable: 50 }, 'none'],
    [{ conforming: 24, applicable: 50 }, 'none'],
    [{ conforming: 25, applicable: 50 }, 'partial'],
    [{ conforming: 50, applicable: 50 }, 'whole'],
  ] as const)('of %j is %s (arrêté of 20 September 2019)', (audit, then) =>
    expect(conformityOf(audit)).toBe(then),
  );

  it('is what the pages say today, by what the audit found: conforming in part', () => {
    expect(AUDIT.applicable + criteriaThat('none').length).toBe(106);
    expect(CONFORMITY).toBe(conformityOf(AUDIT));
    expect(CONFORMITY).toBe('partial');
  });

  it.each(TESTED)('says that « $id » is tested, and $file does', ({ file, says }) =>
    expect(readFileSync(join(import.meta.dirname, '../../..', file), 'utf8')).toContain(says),
  );
});

describe.skipIf(!hasChromium())('in a browser (skipped where chromium is not installed)', () => {
  it('fit three sizes, have no fault of axe, and print, one of them', () => fit(PATHS.length));
  it('and so all of them', SOAKED, () => fit(1));

  async function fit(oneIn: number): Promise<void> {
    const window = await takeWindow('machine');
    const { page } = window;
    const faults: string[] = [];
    // In a usual run each in one of its two languages, turn about.
    const inTwo = Object.entries(LEGAL_PATHS).flatMap(([name, path], at) => {
      const both = ['fr', 'en'].map((language) => ({ name, path, language }));
      return at % 2 === 0 ? both : both.toReversed();
    });
    for (const { name, path, language } of sliced(oneIn, lookedAt(inTwo)).some) {
      await page.goto(`${base}${path}?language=${language}`);
      faults.push(...(await pageFaults(page, `legal-${name}-${language}`)));
      await page.emulateMedia({ media: 'print' });
      expect(await page.isVisible('footer.foot')).toBe(false);
      expect(await page.isVisible('h1')).toBe(true);
      await page.emulateMedia({ media: null });
    }
    expect(faults).toEqual([]);
    await putBack(window, base);
  }
});
