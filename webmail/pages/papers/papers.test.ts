import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../../cli/demo/seed.ts';
import { DAY_MS } from '../../../core/ground/spans.ts';
import { verifySheet } from '../../../core/school/papers/evidence-file.ts';
import { pageFaults } from '../../../tests/shared/page-faults.ts';
import { openPlainPage, text, type PlainPage } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { CLASS_COOKIE, DEVICE_COOKIE, SESSION_COOKIE } from '../../http/guard.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';
import { leaveTomorrow } from './testing/leave-tomorrow.ts';

let town: TestTown;
let visits: Visits;
beforeAll(async () => {
  town = await openTestTown({ env: { PREAU_MAX_MESSAGE: '2000000' } });
  visits = await openVisits(town, () => town.clock.now);
});
afterEach(async () => {
  await town.admin.query('delete from paper');
  await town.admin.query('delete from sending');
});
afterAll(async () => {
  await visits?.close();
  await town?.close();
});

/**
 * Claire asks the families of CE1 A about an outing, on the page for it or as she comes there;
 * gives the address of the paper.
 */
async function askAbout(
  subject: string,
  begun?: PlainPage,
): Promise<{ claire: PlainPage; path: string }> {
  const claire = begun ?? (await visits.read('claire.lefevre', '/papers/new?ready=outing'));
  await claire.fill('#subject', subject);
  await claire.fill('#place', 'musée des Tisserands');
  await claire.fill('#day', '2026-11-26');
  await claire.fill('#from', '08:30');
  await claire.fill('#back-at', '16:30');
  await claire.fill('#until-day', '2026-11-25');
  await claire.click('text=Envoyer aux familles');
  await claire.waitForURL('**?said=asked');
  return { claire, path: new URL(claire.url()).pathname };
}

async function sign(page: PlainPage, button: string, password = DEMO_PASSWORD): Promise<void> {
  await page.fill('#password', password);
  await page.click(`text=${button}`);
}

describe('a paper to sign', () => {
  it('is asked by a teacher, signed by a family, and counted', async () => {
    const begun = await visits.read('claire.lefevre');
    await begun.click('nav >> text=Papiers');
    await begun.click('text=Nouveau papier');
    await begun.click('text=Sortie à la journée');
    const { claire, path } = await askAbout('Sortie au musée', begun);
    expect(await text(claire)).toContain('0 famille sur 24 a répondu');
    expect(await pageFaults(claire, 'paper-state')).toEqual([]);
    const samira = await visits.read('samira.benali');
    expect(await text(samira, 'nav.goto')).toMatch(/À signer\s*1/);
    expect(await text(samira)).toContain('Un papier attend votre réponse.');
    await samira.click('.msgs a:has-text("Sortie au musée")');
    expect(await text(samira)).toContain('Cette lettre demande une réponse aux familles.');
    await samira.click('.banner >> text=Voir');
    expect(await text(samira, '.oath')).toBe('J’autorise Amine Benali à participer à la sortie.');
    expect(await pageFaults(samira, 'paper-family')).toEqual([]);
    await samira.fill('#number', '06 12 34 56 78');
    await samira.click('text=Oui, j’autorise');
    expect(await text(samira)).toContain('Tapez votre mot de passe');
    expect(await samira.inputValue('#number')).toBe('06 12 34 56 78');
    await sign(samira, 'Oui, j’autorise', 'pas-celui-la');
    expect(await text(samira)).toContain('Ce n’est pas ce mot de passe.');
    await sign(samira, 'Oui, j’autorise');
    expect(await text(samira)).toContain('Votre réponse est arrivée.');
    expect(await text(samira, '.signed')).toContain('Oui, signé Samira Benali');
    expect(await pageFaults(samira, 'paper-family-signed')).toEqual([]);
    await claire.goto(path);
    expect(await text(claire)).toContain('1 famille sur 24 a répondu');
    expect(await text(claire, '.replies')).toContain('Samira Benali : 06 12 34 56 78');
    const bus = await claire.download('text=Tableur');
    expect(bus.bytes.toString()).toContain('"Amine Benali","oui","06 12 34 56 78 (Samira Benali)"');
    await claire.click('nav >> text=Mes classes');
    expect(await text(claire, '.today-line')).toMatch(
      /1 réponse sur 24\s*« Sortie au musée », avant/,
    );
    await claire.click('.today-line >> text=1 réponse sur 24');
    expect(new URL(claire.url()).pathname).toBe(path);
    const farid = await visits.read('farid.benali', path);
    expect(await text(farid)).toContain('Samira Benali a répondu.');
    await sign(farid, 'Non, je n’autorise pas');
    await claire.goto(path);
    expect(await text(claire, '.replies')).toContain('l’autre a dit oui ; le non compte');
    await samira.reload();
    expect(await text(samira)).toContain('Farid Benali a répondu.');
    expect(await text(samira, '.slip')).not.toMatch(/Farid[^.]*\bnon\b/i);
  });

  it('says beside each field what is wrong with it, and loses nothing', async () => {
    const claire = await visits.read('claire.lefevre', '/papers/new');
    await claire.fill('#text', 'Nous irons nager.');
    await claire.fill('#oath', '');
    await claire.fill('#until-day', '2026-11-20');
    await claire.setInputFiles('#fl', {
      name: 'plan.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
    });
    await claire.click('text=Envoyer aux familles');
    expect(claire.came.status()).toBe(422);
    expect(await text(claire)).toContain('Écrivez le texte que la famille signe.');
    expect(await text(claire)).toContain('Ce jour est déjà passé.');
    expect(await text(claire)).toContain('Déjà joints : plan.pdf');
    expect(await text(claire, '#subject-trouble')).toContain('Donnez un objet à la lettre');
    expect(await claire.locator('[autofocus]').count()).toBe(1);
    expect(await claire.locator('#subject[autofocus]').count()).toBe(1);
    expect(await claire.inputValue('#text')).toBe('Nous irons nager.');
    await claire.fill('#subject', 'Piscine');
    expect(await pageFaults(claire, 'paper-write')).toEqual([]);
    const more = { name: 'brouillon.pdf', mimeType: 'application/pdf' };
    await claire.setInputFiles('#fl', { ...more, buffer: Buffer.from('%PDF-1.4\n%%EOF\n') });
    await claire.click('text=Envoyer aux familles');
    expect(await text(claire)).toContain('Déjà joints : plan.pdf et brouillon.pdf');
    await claire.check('label:has-text("Retirer brouillon.pdf") input');
    await claire.fill('#oath', 'J’autorise {prénom} à nager.');
    await claire.fill('#until-day', '2026-11-27');
    await claire.click('text=Envoyer aux familles');
    await claire.waitForURL('**?said=asked');
    const elodie = await visits.read('elodie.garnier', new URL(claire.url()).pathname);
    expect(await text(elodie)).not.toContain('brouillon.pdf');
    const file = await elodie.download('text=plan.pdf');
    expect(file.bytes.toString()).toContain('%PDF-1.4');
  });

  it('stands on the narrowest screen, whenever its draft was kept', SOAKED, async () => {
    const claire = await visits.read('claire.lefevre', '/papers/new');
    await claire.fill('#subject', 'Restée longtemps');
    await claire.click('button[value="keep"]');
    await claire.waitForURL('**/papers/new?letter=*');
    const longAgo = new Date(town.clock.now.getTime() - 426 * DAY_MS);
    await town.admin.query('update entry set internal_date = $1 where draft', [longAgo]);
    await claire.reload();
    expect(await text(claire, '.saved')).toContain('mercredi 24 septembre');
    expect(await pageFaults(claire, 'paper-write')).toEqual([]);
  });

  it('is asked about by a family, and its teacher finds the question beside the child', async () => {
    const { claire, path } = await askAbout('Aquarium');
    const samira = await visits.read('samira.benali', path);
    await samira.click('text=J’ai une question');
    expect(await samira.inputValue('[name="subject"]')).toBe('Aquarium (Amine)');
    await samira.fill('[name="text"]', 'À quelle heure le retour ?');
    await samira.click('button[value="send"]');
    await claire.goto('/papers');
    expect(await text(claire, '.paper-list')).toMatch(/Aquarium.*1 question/s);
    await claire.goto(path);
    expect(await text(claire, '.tallied')).toContain('pas encore, dont 1 question');
    expect(await text(claire, '.replies')).toContain(
      'Samira Benali : « À quelle heure le retour ? »',
    );
    await claire.click('.replies >> text=Question');
    expect(await text(claire)).toContain('À quelle heure le retour ?');
  });

  it('is kept half written, found among the drafts as it was, and thrown away', async () => {
    const claire = await visits.read('claire.lefevre', '/papers/new');
    await claire.fill('#subject', 'Cirque à moitié');
    await claire.fill('#place', 'chapiteau');
    await claire.fill('#day', '2026-11-30');
    await claire.click('button[value="keep"]');
    await claire.waitForURL('**/papers/new?letter=*');
    await claire.fill('#price', '3 euros');
    await claire.click('button[value="keep"]');
    await claire.goto('/papers');
    expect(await text(claire)).toMatch(/À finir\s*Cirque à moitié\s*brouillon enregistré/);
    await claire.goto('/mail/drafts');
    await claire.click('text=Cirque à moitié');
    await claire.waitForURL('**/papers/new?letter=*');
    expect(await claire.inputValue('#place')).toBe('chapiteau');
    expect(await claire.inputValue('#day')).toBe('2026-11-30');
    expect(await claire.inputValue('#price')).toBe('3 euros');
    // As the page's script keeps it while somebody types.
    const told = await claire.post('/write/keep', {
      csrf: await claire.inputValue('input[name="csrf"]'),
      letter: await claire.inputValue('input[name="letter"]'),
      draft: await claire.inputValue('input[name="draft"]'),
      slip: 'new',
      to: town.address('familles.ce1-a.tilleuls'),
      subject: 'Cirque à moitié',
      place: 'grand chapiteau',
    });
    expect(told.status()).toBe(200);
    await claire.reload();
    expect(await claire.inputValue('#place')).toBe('grand chapiteau');
    await leaveTomorrow(town, await claire.inputValue('input[name="letter"]'));
    await claire.reload();
    expect(await text(claire)).toContain(
      'Ce message partira demain à 8 h. Si vous le changez, il redevient un brouillon.',
    );
    await claire.goto('/papers');
    expect(await text(claire)).toMatch(/Cirque à moitié\s*brouillon enregistré [^\n]*\s*Programmé/);
    await claire.goto('/mail/drafts');
    await claire.click('text=Cirque à moitié');
    await claire.waitForURL('**/papers/new?letter=*');
    await claire.click('button[value="throw"]');
    await claire.waitForURL('**/papers?act=*');
    await claire.goto('/mail/drafts');
    expect(await text(claire)).not.toContain('Cirque à moitié');
  });

  it('answers what is wrong by a sentence each, and loses nothing of it', SOAKED, async () => {
    const claire = await visits.read('claire.lefevre');
    const heavyBytes = town.core.config.maxMessageBytes + 1;
    const heavy = {
      name: 'film.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.alloc(heavyBytes),
    };
    await claire.goto('/papers/new');
    await claire.fill('#subject', 'Bibliothèque');
    await claire.check('input[name="question"][value="choice"]');
    await claire.click('summary:has-text("Les choix")');
    await claire.fill('#options', 'à pied');
    await claire.fill('#until-day', '2026-11-27');
    await claire.setInputFiles('#fl', heavy);
    await claire.click('text=Envoyer aux familles');
    expect(claire.came.status()).toBe(422);
    expect(await text(claire)).toMatch(/film\.pdf : .*trop/);
    expect(await claire.inputValue('#subject')).toBe('Bibliothèque');
    await claire.click('text=Envoyer aux familles');
    expect(await text(claire)).toContain('Un choix demande au moins deux lignes différentes.');
    await claire.fill('#options', 'à pied\nen car');
    const ties = (blocked: boolean) =>
      town.admin.query(
        `with t as (
           update guardianship set blocked = $1
           where guardian_address_id <> (select id from address where local = 'marc.jourdain')
         )
         update school set roster_version = roster_version + 1`,
        [blocked],
      );
    await ties(true);
    await claire.click('text=Envoyer aux familles');
    expect(await text(claire)).toContain('Aucune famille de cette classe n’a de compte');
    expect(await claire.inputValue('#options')).toBe('à pied\nen car');
    await ties(false);
    await claire.click('text=Envoyer aux familles');
    await claire.waitForURL('**?said=asked');
    const samira = await visits.read('samira.benali', new URL(claire.url()).pathname);
    await samira.fill('#note', 'Il ira avec son frère.');
    await samira.fill('#password', DEMO_PASSWORD);
    await samira.click('.say-it');
    expect(await text(samira)).toContain('Choisissez une réponse');
    expect(await samira.inputValue('#note')).toBe('Il ira avec son frère.');
    await samira.check('input[name="option"][value="1"]');
    await sign(samira, 'Répondre', 'pas-celui-la');
    expect(await samira.isChecked('input[name="option"][value="1"]')).toBe(true);
    await town.admin.query('update paper_version set until_at = $1', [town.clock.now]);
    await sign(samira, 'Répondre');
    expect(await text(samira)).toContain('C’était trop tard de peu');
    expect(await text(samira)).toContain('Vous aviez écrit : « Il ira avec son frère. »');
  });

  it(
    'is kept with its files where its families can be asked no more, and asks no others',
    SOAKED,
    async () => {
      const viewer = await town.viewer('claire.lefevre');
      const { groups } = town.core;
      const pupils = [town.address('amine.benali'), town.address('noe.garnier')];
      await groups.save(viewer, { id: null, name: 'Chorale', whom: 'families', pupils });
      const group = (await groups.list(viewer)).find(({ name }) => name === 'Chorale');
      if (group === undefined) throw new Error('no group');
      const claire = await visits.read('claire.lefevre', '/papers/new');
      await claire.selectOption('#to', group.address);
      await claire.fill('#subject', 'Concert');
      const plan = { name: 'plan.pdf', mimeType: 'application/pdf' };
      await claire.setInputFiles('#fl', { ...plan, buffer: Buffer.from('%PDF-1.4\n%%EOF\n') });
      await groups.remove(viewer, group.id);
      await claire.click('text=Envoyer aux familles');
      expect(claire.came.status()).toBe(422);
      expect(await text(claire)).toContain('Choisissez les familles d’une de vos classes');
      expect(await text(claire)).toContain('Déjà joints : plan.pdf');
      expect(await claire.inputValue('#subject')).toBe('Concert');
      expect(await claire.inputValue('#to')).toBe('');
      await claire.fill('#until-day', '2026-11-27');
      await claire.click('text=Envoyer aux familles');
      expect(await text(claire)).toContain('Choisissez les familles d’une de vos classes');
      await claire.selectOption('#to', town.address('familles.ce1-a.tilleuls'));
      await claire.click('text=Envoyer aux familles');
      await claire.waitForURL('**?said=asked');
    },
  );

  it('is changed and asked again; who answers from an older page signs nothing', async () => {
    const { claire, path } = await askAbout('Photo');
    const samira = await visits.read('samira.benali', path);
    const oldTab = samira.beside();
    await oldTab.goto(path);
    await sign(samira, 'Oui, j’autorise');
    // Its evening has gone by, and is wished all the same.
    await town.admin.query('update paper set remind_at = null');
    await claire.click('text=Modifier');
    expect(await text(claire)).toContain('annule les réponses');
    expect(await claire.isChecked('input[name="reminds"]')).toBe(true);
    await claire.fill('#from', '09:00');
    await claire.uncheck('input[name="reminds"]');
    await claire.click('text=Envoyer et redemander à tous');
    await claire.waitForURL('**?said=asked');
    expect(await text(claire)).toContain('0 famille sur 24 a répondu');
    await claire.goto(`${path}/change`);
    expect(await claire.isChecked('input[name="reminds"]')).toBe(false);
    await claire.goto(path);
    await sign(oldTab, 'Oui, j’autorise');
    expect(await text(oldTab)).toContain('Le papier a changé pendant que vous lisiez.');
    expect(await text(oldTab, '.changed')).toMatch(/Avant.*8 h 30.*Maintenant.*9 h/s);
    expect(await pageFaults(oldTab, 'paper-family-changed')).toEqual([]);
    await sign(oldTab, 'Oui, j’autorise');
    expect(await text(oldTab)).toContain('Votre réponse est arrivée.');
    const proof = await claire.download('text=Feuille de preuve');
    expect(
      verifySheet(proof.bytes)?.map(({ isWhole, says }) => [isWhole, says.get('version')]),
    ).toEqual([
      [true, '1'],
      [true, '2'],
    ]);
  });

  it('leads whoever would change a paper that was withdrawn meanwhile to it', async () => {
    const { claire, path } = await askAbout('Cirque');
    const colleague = await visits.read('claire.lefevre', path);
    await colleague.click('text=Retirer le papier');
    await claire.click('text=Modifier');
    expect(new URL(claire.url()).pathname).toBe(path);
    expect(await text(claire)).toContain('Ce papier a été retiré entre-temps');
  });

  it('keeps as a new one what was typed for a paper that was withdrawn meanwhile', async () => {
    const { claire, path } = await askAbout('Cinéma');
    await claire.click('text=Modifier');
    const colleague = await visits.read('claire.lefevre', path);
    await claire.fill('#place', 'salle des fêtes');
    const plan = { name: 'plan.pdf', mimeType: 'application/pdf' };
    await claire.setInputFiles('#fl', { ...plan, buffer: Buffer.from('%PDF-1.4\n%%EOF\n') });
    await colleague.click('text=Retirer le papier');
    await claire.click('text=Envoyer et redemander à tous');
    expect(claire.came.status()).toBe(422);
    expect(await text(claire)).toContain('Ce papier a été retiré entre-temps : rien n’est parti.');
    expect(await claire.inputValue('#place')).toBe('salle des fêtes');
    expect(await text(claire)).toContain('Déjà joints : plan.pdf');
    await colleague.goto('/papers');
    await colleague.click('[aria-label="À finir"] a:has-text("Cinéma")');
    expect(await colleague.inputValue('#place')).toBe('salle des fêtes');
    await claire.click('text=Envoyer aux familles');
    await claire.waitForURL('**?said=asked');
    expect(new URL(claire.url()).pathname).not.toBe(path);
  });

  it('begins with a letter that is written already, and says nothing of the other where a head wants it so', async () => {
    const claire = await visits.read('claire.lefevre');
    const families = town.address('familles.ce1-a.tilleuls');
    const saved = await town.core.writings.save(
      await town.viewer('claire.lefevre'),
      {
        to: [families],
        cc: [],
        subject: 'Cinéma',
        text: 'Nous allons au cinéma.',
        answers: 'sender',
        answerTo: null,
      },
      { previous: null, add: [], drop: [] },
    );
    await claire.goto(`/write/${saved.ref.uid}`);
    await claire.click('button[value="paper"]');
    await claire.waitForURL('**/papers/new?letter=*');
    expect(await claire.inputValue('#subject')).toBe('Cinéma');
    await claire.fill('#until-day', '2026-11-26');
    await claire.click('text=Envoyer aux familles');
    await claire.waitForURL('**?said=asked');
    const path = new URL(claire.url()).pathname;
    const head = await visits.read('mamadou.diallo');
    const amine = await town.viewer('amine.benali');
    await head.goto(`/people/${amine.school}/${amine.account}`);
    await head.click('text=Ne rien dire de l’autre Farid Benali');
    expect(await text(head)).toContain('Rien n’est plus dit de l’un à l’autre.');
    const samira = await visits.read('samira.benali', path);
    await sign(samira, 'Oui, j’autorise');
    expect(await text(samira)).not.toContain('Farid');
    const farid = await visits.read('farid.benali', path);
    expect(await text(farid, '.papers')).not.toContain('Samira');
    expect(await text(farid, 'nav.goto')).toMatch(/À signer\s*1/);
    await head.click('text=Dire de nouveau Farid Benali');
    await farid.reload();
    expect(await text(farid, '.slip')).toContain('Samira Benali a répondu.');
  });

  it('asks for the password after a quarter of an hour, and always on a computer that is shared', async () => {
    const { path } = await askAbout('Piscine');
    const session = await town.enter(await town.viewer('samira.benali'));
    const kept = { [SESSION_COOKIE]: session, [DEVICE_COOKIE]: 'hers' };
    const asks = async (cookies: Readonly<Record<string, string>>): Promise<boolean> => {
      const page = openPlainPage(visits.base, { kept: cookies });
      await page.goto(path);
      return (await page.locator('#password').count()) > 0;
    };
    const began = town.clock.now;
    expect(await asks(kept)).toBe(false);
    expect(await asks({ [SESSION_COOKIE]: session })).toBe(true);
    expect(await asks({ ...kept, [CLASS_COOKIE]: 'ce1-a' })).toBe(true);
    const own = openPlainPage(visits.base, { kept });
    await own.goto(path);
    try {
      town.clock.now = new Date(began.getTime() + 15 * 60_000);
      expect(await asks(kept)).toBe(false);
      town.clock.now = new Date(began.getTime() + 15 * 60_000 + 1);
      expect(await asks(kept)).toBe(true);
      await own.click('text=Oui, j’autorise');
      expect(await text(own, '#password-trouble')).toContain('Tapez votre mot de passe');
      expect(await own.locator('#password[autofocus]').count()).toBe(1);
      expect(await own.locator('.banner[role="alert"]').count()).toBe(0);
      await sign(own, 'Oui, j’autorise');
      expect(await text(own)).toContain('Votre réponse est arrivée.');
      const other = await askAbout('Cirque');
      await own.goto(other.path);
      expect(await text(own, '.oath')).toContain('Amine Benali');
      expect(await own.locator('#password').count()).toBe(0);
      await town.admin.query('update session set by_code = true');
      await own.click('text=Oui, j’autorise');
      const { rows } = await town.admin.query('select way from paper_answer order by id');
      expect(rows).toEqual([{ way: 'password' }, { way: 'code-sheet' }]);
    } finally {
      town.clock.now = began;
    }
  });

  it('says of a letter that is just leaving that nothing is known of it yet', SOAKED, async () => {
    const { path } = await askAbout('Restée là');
    const claire = await visits.read('claire.lefevre', '/papers/new?ready=outing');
    const letter = await claire.inputValue('input[name="letter"]');
    await town.admin.query('update paper_version set letter = $1', [letter]);
    await town.admin.query('update paper set version = 0');
    await claire.fill('#subject', 'Cirque');
    await claire.fill('#until-day', '2026-11-25');
    await claire.click('text=Envoyer aux familles');
    expect(await text(claire)).toContain('Cette lettre est en train de partir.');
    expect(await claire.inputValue('#subject')).toBe('Cirque');
    expect((await claire.goto(path)).status()).toBe(404);
  });

  it('is noted from paper, withdrawn, and shown to nobody else', async () => {
    const { claire, path } = await askAbout('Musée');
    const form = 'form[action$="/slip"]';
    await claire.click('.by-hand summary');
    await claire.selectOption(`${form} select`, '');
    await claire.fill(`${form} input[name="name"]`, 'sa mère');
    await claire.click(`${form} >> text=Noter`);
    expect(await text(claire, form)).toContain('Dites ce qui est coché sur la feuille.');
    expect(await claire.locator(`${form} input[value="yes"][autofocus]`).count()).toBe(1);
    expect(await claire.locator(`${form} fieldset[aria-describedby$="-trouble"]`).count()).toBe(1);
    expect(await claire.inputValue(`${form} input[name="name"]`)).toBe('sa mère');
    await claire.check(`${form} input[value="yes"]`);
    await claire.fill(`${form} input[name="name"]`, '');
    await claire.click(`${form} >> text=Noter`);
    expect(await text(claire, form)).toContain('Dites qui a signé la feuille.');
    expect(await claire.locator(`${form} input[name="name"][autofocus]`).count()).toBe(1);
    await claire.fill(`${form} input[name="name"]`, 'sa mère');
    const photo = (name: string, buffer: Buffer) =>
      claire.setInputFiles(`${form} input[type="file"]`, { name, mimeType: 'image/jpeg', buffer });
    await photo('feuille.jpg', Buffer.from('rien d’une photo'));
    await claire.click(`${form} >> text=Noter`);
    expect(await text(claire, form)).toContain('Ce fichier n’est ni une photo ni un PDF');
    expect(await claire.locator(`${form} input[type="file"][autofocus]`).count()).toBe(1);
    expect(await claire.isChecked(`${form} input[value="yes"]`)).toBe(true);
    await photo('feuille.pdf', Buffer.from('%PDF-1.4\n%%EOF\n'));
    await claire.click(`${form} >> text=Noter`);
    expect(await text(claire)).toContain('La feuille est notée.');
    expect(await text(claire, '.replies')).toMatch(/sa mère : oui, .*, sur une feuille/);
    const kept = await claire.download('text=Voir la feuille');
    expect(kept.bytes.toString()).toContain('%PDF-1.4');
    for (const local of ['lina.moreau', 'karim.haddad', 'marc.jourdain', 'beatrice.vasseur']) {
      const other = await visits.read(local);
      expect((await other.goto(path)).status(), local).toBe(404);
    }
    const head = await visits.read('mamadou.diallo', path);
    expect(await text(head)).toContain('Vous le voyez comme directeur');
    expect(await head.locator('form[action$="/remind"]').count()).toBe(0);
    await claire.click('summary:has-text("Donner plus de temps")');
    await claire.fill('#until-day', '2026-11-20');
    await claire.click('text=Enregistrer');
    expect(await text(claire)).toContain('Ce jour est déjà passé.');
    await claire.click('text=Retirer le papier');
    const samira = await visits.read('samira.benali', path);
    expect(await text(samira)).toContain('L’école ne demande plus de réponse');
    expect(await samira.locator('.say-it').count()).toBe(0);
  });
});
