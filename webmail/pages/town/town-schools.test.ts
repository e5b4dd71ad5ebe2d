/** Agents bring the schools of a town from a file and one by one, rename them, close them. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  annuaire,
  annuaireCsv,
  type AnnuaireRow,
} from '../../../core/roster/school-directory/testing/annuaire.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults, plainWideFaults } from '../../../tests/shared/page-faults.ts';
import { text, type PlainPage } from '../../../tests/shared/plain/page.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const AGENT = 'hugues.armand';
const MADE = annuaire();
const SMALL = annuaire({ schools: 4, communes: 2, others: 6, seed: 7 });

let town: TestTown;
let visits: Visits;
const faults: string[] = [];

const look = async (page: PlainPage, what: string): Promise<void> => {
  faults.push(...(await pageFaults(page, what)));
};
const fileOf = (rows: readonly AnnuaireRow[]) => ({
  name: 'annuaire.csv',
  mimeType: 'text/csv',
  buffer: annuaireCsv(rows),
});

async function give(page: PlainPage, file: ReturnType<typeof fileOf>): Promise<void> {
  await page.goto(`${visits.base}/schools/file`);
  await page.setInputFiles('#f', file);
  await page.click('main button.main');
}

/** One sentence, nine parts, what waits with its act, the day in two charts of what was counted. */
async function seesTheDay(agent: PlainPage): Promise<void> {
  const hour = (at: string, counts: string) =>
    town.admin.query(`insert into town_hour values ('${at}', ${counts})`);
  town.core.metrics.tally.add({ letters: 1 }); // written down with the next minute
  await hour('2026-11-24T08:00:00Z', '430, 700, 1200');
  await hour('2026-11-17T08:00:00Z', '400, 650, 1100');
  await hour('2026-11-10T08:00:00Z', '9000, 9000, 9000');
  await agent.goto(`${visits.base}/home`);
  await look(agent, 'home');
  expect(await text(agent, 'h1')).toMatch(/^(Tout va bien|Le courriel)/);
  expect(await agent.locator('.health a').count()).toBe(9);
  expect(await agent.locator('.duty li').count()).toBe(await agent.locator('.duty li > a').count());
  expect(await text(agent, '#pl1')).toContain(
    '430 messages reçus, remis à 700 destinataires. Il y a une semaine à la même heure : 400',
  );
  expect(await text(agent, '#pl2')).toContain('contre 1 100 il y a une semaine');
}

/** The switch of the whole town is on no list: it has a page that says what follows. */
async function stopsAndLets(agent: PlainPage): Promise<void> {
  await agent.goto(`${visits.base}/school`);
  expect(await agent.locator('button.no').count()).toBe(0);
  await agent.goto(`${visits.base}/home`);
  await agent.click('text=Arrêter les messages des élèves de toute la ville');
  expect(await text(agent)).toContain('n’envoie ni ne reçoit de message');
  await look(agent, 'town-stop');
  await agent.fill('#why', 'Un message en chaîne');
  await agent.click('text=Arrêter maintenant');
  expect(await text(agent)).toContain('Choisissez où');
  expect(await agent.inputValue('#why')).toBe('Un message en chaîne');
  await agent.selectOption('#commune', '0');
  await agent.click('text=Arrêter maintenant');
  expect(await text(agent, 'h1')).toContain('sont arrêtés');
  await agent.goto(`${visits.base}/school`);
  expect(await text(agent, '.banner.stop')).toContain('a arrêté les messages');
  await agent.click('.banner.stop a');
  await agent.fill('#why', 'C’est fini');
  await agent.click('main .row button');
  expect(agent.url()).toBe(`${visits.base}/home`);
}

/** The same of a commune, until a moment: it opens by itself. */
async function stopsACommune(agent: PlainPage): Promise<void> {
  await agent.goto(`${visits.base}/town/stop`);
  const stop = async (day: string): Promise<void> => {
    const { rows } = await town.admin.query<{ id: number }>(
      'select commune_id as id from school where id = 1',
    );
    await agent.selectOption('#commune', String(rows[0]?.id));
    await agent.fill('#untilDay', day);
    await agent.fill('#why', 'Une rumeur');
    await agent.click('text=Arrêter maintenant');
  };
  await stop('2020-01-01');
  expect(await text(agent)).toContain('Choisissez un moment à venir');
  // What was chosen stays so: a second press stops no other place.
  expect(await agent.inputValue('#commune')).not.toBe('0');
  expect(await agent.inputValue('#untilDay')).toBe('2020-01-01');
  expect(await agent.inputValue('#why')).toBe('Une rumeur');
  await stop('2026-11-30');
  expect(await text(agent)).toContain('de la commune, jusqu’au lundi 30 novembre à 7 h.');
  await look(agent, 'town-stop');
  await agent.goto(`${visits.base}/school`);
  expect(await text(agent, '.banner.stop')).toContain('jusqu’au lundi 30 novembre à 7 h.');
  const { now } = town.clock;
  town.clock.now = new Date('2026-11-30T06:00:00Z');
  const back = await visits.read(AGENT, '/town/stop');
  expect(await text(back, 'h1')).toBe('Arrêter les messages des élèves');
  town.clock.now = now;
}

async function openTown(): Promise<void> {
  town = await openTestTown();
  visits = await openVisits(town, () => town.clock.now);
}

async function closeTown(): Promise<void> {
  await visits.close();
  await town.close();
  // serious for axe, or wider than its window
  expect(faults.splice(0)).toEqual([]);
}

describe.runIf(hasChromium())('an agent, of a town that is as it was', () => {
  beforeEach(openTown);
  afterEach(closeTown);

  it(
    'brings 128 schools from the directory, changes a short name, applies, takes it back',
    { tags: 'soak' },
    async () => {
      const page = await visits.read(AGENT, '/school');
      await look(page, 'schools-list');
      await page.click('text=Donner un fichier d’écoles');
      await look(page, 'schools-file');
      await give(page, fileOf(MADE.rows));
      expect(await text(page, 'h1')).toBe('Quelles communes sont les vôtres ?');
      await look(page, 'schools-communes');
      const names = MADE.communes.map(({ name }) => name);
      await page.fill('#names', [...names, 'Nulle-Part'].join('\n'));
      await page.click('text=Prendre ces communes');
      expect(await text(page)).toContain('Le fichier n’a pas d’école à : Nulle-Part.');
      expect(await text(page, 'h1')).toBe('128 écoles à créer');
      await look(page, 'schools-preview');

      const [first] = MADE.schools;
      const field = `input[name="short:${first?.uai}"]`;
      await page.fill(field, 'Mal écrit');
      await page.click('text=Créer 128 écoles');
      expect(await text(page)).toContain('1 nom court ne va pas');
      expect(await page.getAttribute(field, 'aria-invalid')).toBe('true');
      await look(page, 'schools-preview-trouble');
      await page.fill(field, 'la-premiere');
      await page.click('text=Vérifier à nouveau');
      expect(await page.inputValue(field)).toBe('la-premiere');
      await page.click('text=Créer 128 écoles');
      expect(await text(page, 'h1')).toBe('128 écoles créées');
      await look(page, 'schools-done');
      const schools = await town.core.town.schools('machine');
      expect(schools?.find(({ uai }) => uai === first?.uai)?.slug).toBe('la-premiere');

      await page.click('button:has-text("Annuler cet import")');
      expect(await text(page)).toContain('L’import est annulé.');
      await look(page, 'schools-undone');
      expect(await town.core.town.schools('machine')).toHaveLength(3);
    },
  );

  it('sees how each school stands, those to finish first, and tells two of one name apart', async () => {
    await town.admin.query(`
      update school set name = 'École Pasteur' where id = 3;
      update account set password_hash = null where school_id = 3 and role = 'pupil';
      update account set password_hash = null where school_id = 2 and role = 'head';
    `);
    const page = await visits.read(AGENT, '/school');
    expect(await text(page, 'h1')).toBe('2 écoles à finir, 1 tranquille');
    await look(page, 'schools-to-finish');
    const communes = await town.core.town.communes('machine');
    const schools = (await town.core.town.schools('machine')) ?? [];
    const communeOf = (id: number) =>
      communes?.find((one) => one.id === schools.find((school) => school.id === id)?.commune)?.name;
    const rows = await page.locator('.town tbody tr').allTextContents();
    expect(rows.at(-1)).toContain('rien à finir');
    expect(rows.join()).toMatch(/direction jamais venue.*Son code/);
    await page.click('.chip:has-text("Codes à imprimer")');
    expect(await page.locator('.town tbody tr').count()).toBe(2);
    expect(await text(page, '.town tbody')).toMatch(/\d+ personnes sans code ?Imprimer/);
    await page.fill('#find', 'nulle part');
    await page.click('.filters button');
    expect(await text(page)).toContain('Aucune école ne répond à cela.');
    await page.goto(`${visits.base}/roster`);
    const named = await page.locator('.gather li').allTextContents();
    expect(named.toSorted()).toEqual(
      [
        `École Pasteur (${communeOf(2)})`,
        `École Pasteur (${communeOf(3)})`,
        'École des Tilleuls',
      ].toSorted(),
    );
  });
});

describe.runIf(hasChromium())('an agent', () => {
  beforeAll(openTown);
  afterAll(closeTown);

  it('without script names the columns of another table, and sees what it would change', async () => {
    const page = await visits.read(AGENT);
    const [one, two] = SMALL.schools;
    const lines = [one, two].map((row) => `${row?.uai};${row?.name};${row?.commune}`);
    const table = ['Numéro;Titre;Endroit', ...lines, `${one?.uai.slice(0, 7)}Q;École;Bron`];
    await give(page, {
      name: 'liste.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(table.join('\n')),
    });
    expect(await text(page, 'h1')).toBe('Quelle colonne est laquelle ?');
    faults.push(...(await plainWideFaults(page, 'schools-columns')));
    await page.click('text=Lire avec ces colonnes');
    expect(await text(page)).toContain('Il faut au moins le numéro, le nom et la commune');
    await page.selectOption('#c-uai', 'Numéro');
    await page.selectOption('#c-name', 'Titre');
    await page.selectOption('#c-commune', 'Endroit');
    await page.click('text=Lire avec ces colonnes');
    await page.click('text=Prendre ces communes');
    expect(await text(page)).toContain('La dernière lettre du numéro UAI ne va pas');
    await page.click('text=Créer 2 écoles');
    expect(await text(page, 'h1')).toBe('2 écoles créées');

    const renamed = { ...one, name: 'École tout autre' } as AnnuaireRow;
    const closed = { ...two, state: 'FERME' } as AnnuaireRow;
    await give(page, fileOf([renamed, closed, ...SMALL.rows.slice(0, 3)]));
    expect(await text(page)).toContain('École tout autre');
    await page.fill(`input[name="close:${two?.uai}"]`, '2026-01-01');
    faults.push(...(await plainWideFaults(page, 'schools-changes')));
    await page.click('main button.main');
    expect(await text(page)).toContain('Le jour de fermeture ne va pas pour');
    await page.fill(`input[name="close:${two?.uai}"]`, '2027-07-07');
    await page.click('main button.main');
    expect(await text(page)).toContain('Écoles qui ferment');
    faults.push(...(await plainWideFaults(page, 'schools-changed')));
  });

  it('adds a school by hand, renames it, closes it on a day and lets it go on', async () => {
    const page = await visits.read(AGENT, '/schools/new');
    await look(page, 'school-new');
    await page.fill('#name', 'École des Pins');
    await page.fill('#uai', '0750655A');
    await page.fill('#otherCommune', 'Port-Léon');
    await page.click('text=Ajouter l’école');
    expect(await text(page, '#uai-trouble')).toContain('sept chiffres et la lettre qui va avec');
    expect(await page.getAttribute('#uai', 'aria-invalid')).toBe('true');
    expect(await page.inputValue('#name')).toBe('École des Pins');
    expect(await page.inputValue('#otherCommune')).toBe('Port-Léon');
    await look(page, 'school-new-trouble');
    await page.fill('#uai', '0750655E');
    await page.click('text=Ajouter l’école');
    expect(await text(page)).toContain('L’école est là.');
    expect(await text(page, '[aria-labelledby="nx"] .btn.main')).toContain('Donner la liste');
    expect(await page.locator('[aria-labelledby="nx"] li').count()).toBe(4);
    await look(page, 'school-next-steps');
    await page.fill('#name', 'École Simone Veil');
    await page.fill('#slug', 'veil');
    await page.click('main button.main');
    expect(await text(page, 'h1')).toBe('École Simone Veil');
    expect(await page.inputValue('#slug')).toBe('veil');
    await page.fill('#domain', 'Pas un domaine');
    await page.click('text=Donner ce domaine');
    expect(await text(page, '#domain-trouble')).toContain('Ce n’est pas un nom de domaine');
    expect(await page.inputValue('#domain')).toBe('Pas un domaine');
    await page.fill('#day', '2036-07-07');
    await page.click('text=Fermer ce jour-là');
    expect(await text(page, '#day-trouble')).toContain('Ce jour est trop loin');
    expect(await page.inputValue('#day')).toBe('2036-07-07');
    await look(page, 'school-sheet-trouble');
    await page.fill('#domain', 'veil.example');
    await page.click('text=Donner ce domaine');
    expect(await page.inputValue('#domain')).toBe('veil.example');
    await page.fill('#day', '2027-07-07');
    await page.click('text=Fermer ce jour-là');
    expect(await text(page)).toContain('L’école ferme le 7 juillet 2027.');
    await look(page, 'school-closing');
    await page.click('text=Ne pas fermer');
    expect(await text(page)).toContain('L’école continue.');
    await page.goto(`${visits.base}/agents/trail`);
    expect(await text(page)).toContain(
      'la fermeture de l’école École Simone Veil au 7 juillet 2027',
    );
  });

  it('stops the messages of the pupils of a commune until a moment, and not in the past', async () => {
    await stopsACommune(await visits.read(AGENT));
  });

  it('closes a school today: who was signed in is not, and it opens again', async () => {
    const agent = await visits.read(AGENT);
    const teacher = await visits.read('claire.lefevre');
    await seesTheDay(agent);
    await stopsAndLets(agent);
    await agent.goto(`${visits.base}/schools/1`);
    await agent.fill('#day', '2026-11-24');
    await agent.click('text=Fermer ce jour-là');
    expect(await text(agent)).toContain('L’école est fermée depuis le 24 novembre 2026.');
    await look(agent, 'school-closed');
    await teacher.goto(`${visits.base}/mail/inbox`);
    expect(await teacher.title()).toContain('Se connecter');
    await agent.click('text=Rouvrir l’école');
    await teacher.goto(`${visits.base}/mail/inbox`);
    expect(teacher.url()).toContain('/mail/inbox');
  });
});
