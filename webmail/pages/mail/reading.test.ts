import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import {
  faultsInPassing,
  pageFaults,
  plainWideFaults,
  targetFaults,
} from '../../../tests/shared/page-faults.ts';
import { text, type PlainPage } from '../../../tests/shared/plain/page.ts';
import { showInBrowser } from '../../../tests/shared/plain/shown.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

let town: TestTown;
let visits: Visits;
/** Makes an account's inbox weigh so many of the 1,000,000 bytes that it may hold. */
async function fill(local: string, bytes: number): Promise<void> {
  await town.admin.query(
    'update account a set quota_bytes = 1000000 from address d where d.id = a.address_id and d.local = $1',
    [local],
  );
  await town.admin.query(
    `
      update mailbox b
      set bytes = case b.use when 'inbox' then $2::bigint else 0 end
      from account a, address d
      where b.account_id = a.id and d.id = a.address_id and d.local = $1
    `,
    [local, bytes],
  );
}

/** Gives all accounts their room back, and their mailboxes their weight. */
async function empty(): Promise<void> {
  await town.admin.query(
    'update account a set quota_bytes = r.quota_bytes from room r where r.id = a.id',
  );
  await town.repair();
}

const INSPECTION = 'inspection@exemple.fr';

/** Brings a formatted letter from outside to a child, which their teacher lets go. */
async function letIn(local: string, subject: string, text: string): Promise<void> {
  const friend = 'camille.arnoux@musee-des-sciences.example';
  await town.receive(friend, [local], { subject, text, subtype: 'html' });
  const claire = await town.viewer('claire.lefevre');
  for (const { school, id } of await town.core.moderation.waiting(claire))
    await town.letGo(claire, school, id);
}

/** A browser has scripts unless somebody says otherwise. */
const scripted = (isAllowed: boolean) => (isAllowed ? {} : { javaScriptEnabled: false });

describe.skipIf(!hasChromium())(
  'reading, in a browser (skipped where chromium is not installed)',
  { timeout: 120_000 },
  () => {
    beforeAll(async () => {
      town = await openTestTown();
      await town.admin.query('create temp table room as select id, quota_bytes from account');
      visits = await openVisits(town, () => town.clock.now);
    });
    afterEach(async () => {
      await visits.leave();
      await empty();
    });
    afterAll(async () => {
      await visits?.close();
      await town?.close();
    });

    it('a teacher reads a whole conversation, each message folded but the open one, and goes on from there', async () => {
      const page = await conversation();
      await page.click('.convo li >> nth=0 >> text=Ouvrir ce message');
      await page.waitForSelector('.convo > .open:first-child');
      expect(await page.locator('.open ~ li summary b').allTextContents()).toEqual([
        'Vous',
        'Samira Benali',
      ]);
    });
    it('a whole conversation fits, and a finger hits what is in it', SOAKED, async () => {
      const shown = await showInBrowser(await conversation(), { script: true });
      expect(await pageFaults(shown, 'conversation')).toEqual([]);
      expect(await targetFaults(shown, 'conversation')).toEqual([]);
    });

    /** Three messages, of which a teacher has the last open, and the first unfolded. */
    async function conversation(): Promise<PlainPage> {
      await town.send('samira.benali', ['claire.lefevre'], {
        subject: 'Sortie au musée',
        text: 'Bonjour Madame,\n\nAmine aura son pique-nique. Peut-il s’asseoir à l’avant du car ?\n\nSamira Benali',
        via: 'web',
      });
      const claire = await visits.read('claire.lefevre');
      const samira = await visits.read('samira.benali');
      const reply = async (page: PlainPage, words: string): Promise<void> => {
        await page.goto(`${visits.base}/mail/inbox`);
        await page.click('.msg:has-text("Sortie au musée") >> nth=0');
        await page.fill('#rp', words);
        await page.click('.quick .ask button');
        await page.waitForSelector('.toast');
      };
      await reply(claire, 'Bien sûr, il sera près de moi. Il me manque encore l’autorisation.');
      await reply(samira, 'La voici, merci.');
      const page = await visits.read('claire.lefevre');
      await page.click('.msg:has-text("Sortie au musée") >> nth=0');
      expect(await text(page, '.pane header')).toContain('Conversation de 3 messages');
      expect(await page.locator('.convo summary b').allTextContents()).toEqual([
        'Samira Benali',
        'Vous',
      ]);
      await page.click('.convo summary >> nth=0');
      expect(await text(page, '.convo li >> nth=0')).toContain('Amine aura son pique-nique.');
      return page;
    }

    it('a teacher is told of a stranger’s letters who is outside, in a conversation too, whose name they bear and what they only claim', async () => {
      const stranger = 'editions@cartable.example';
      const header = {
        from: `"Mamadou Diallo" <${stranger}>`,
        to: ['claire.lefevre', 'lina.moreau'].map(town.address).join(', '),
      };
      for (const references of [
        'Message-ID: <un@cartable.example>',
        'Message-ID: <deux@cartable.example>\r\nIn-Reply-To: <un@cartable.example>',
      ]) {
        await town.receive(stranger, ['claire.lefevre'], {
          subject: 'Votre spécimen',
          header: { ...header, cc: `${stranger}\r\n${references}` },
        });
      }
      const page = await visits.read('claire.lefevre');
      expect(await text(page, '.msg:has-text("Votre spécimen") >> nth=0 >> .from')).toBe(
        'Mamadou Diallo2 messagesExtérieur',
      );
      await page.click('.msg:has-text("Votre spécimen") >> nth=0');
      await page.waitForSelector('.paper');
      expect(await text(page, '.convo summary')).toMatch(
        /^Mamadou Diallo Extérieur editions@cartable\.example/,
      );
      expect(await text(page, '.letter-head')).toMatch(
        /Extérieur editions@cartable\.example à vous, copie à /,
      );
      expect(await text(page, '.doubts')).toMatch(
        /L’en-tête nomme aussi Lina Moreau.*« Mamadou Diallo » est connu ici sous une autre adresse/,
      );
      expect(await pageFaults(page, 'doubts')).toEqual([]);
    });

    it('a teacher sees of a held letter from outside that nothing proves it, and lets it go', async () => {
      const friend = 'camille.arnoux@musee-des-sciences.example';
      await town.receive(friend, ['lina.moreau'], {
        subject: 'La visite',
        header: { from: `"Claire Lefèvre" <${friend}>` },
        proof: { authentication: 'none', headers: '', server: [] },
      });
      const page = await visits.read('claire.lefevre', '/held');
      expect(await text(page, 'ol .doubts')).toMatch(
        /^Extérieurcamille\.arnoux@musee-des-sciences\.exampleNon prouvé ?Quelqu’un a pu imiter cette adresse.*est connu ici sous une autre adresse/,
      );
      expect(await plainWideFaults(page, 'held')).toEqual([]);
      await page.click('button:has-text("Laisser partir")');
      expect(await text(page, '#told')).toBe('Le message est parti.');
      const lina = await visits.read('lina.moreau');
      expect(await text(lina, '.msg:has-text("La visite") >> .from')).toContain('Hors de l’école');
    });

    const PLAN = '<p>Le plan : <img src="https://images.example/plan.png" alt="plan"></p>';
    const plan = (to: string) =>
      town.receive(INSPECTION, [to], { subject: 'Le plan', text: PLAN, subtype: 'html' });

    it('asks for pictures from elsewhere when an adult says so, and never for a child', async () => {
      await plan('anne.kermadec');
      await letIn('noe.garnier', 'Le plan', PLAN);
      const page = await visits.read('anne.kermadec');
      const inFrame = async () => {
        const frame = await page.get((await page.getAttribute('.mail-html', 'src')) ?? '');
        const policy = frame.headers()['content-security-policy'] ?? '';
        return [(await frame.text()).includes('images.example'), policy.includes('https:')];
      };
      await page.click('.msg:has-text("Le plan")');
      expect(await page.textContent('.afar p')).toContain('l’adresse réseau de cet ordinateur');
      expect(await inFrame()).toEqual([false, false]);
      await page.click('.afar a');
      expect(await inFrame()).toEqual([true, true]);
      await page.click('text=Toujours de cette personne');
      await page.waitForSelector('.afar >> text=Ne plus les montrer');
      expect(await inFrame()).toEqual([true, true]);
      await neverAsksFor('noe.garnier');
    });

    it.each([
      { javaScriptEnabled: true, adult: 'anne.kermadec', child: 'noe.garnier' },
      { javaScriptEnabled: false, adult: 'odile.prigent', child: 'sofia.marques' },
    ])(
      'asks for pictures from elsewhere in a browser, too, when an adult says so (script: $javaScriptEnabled)',
      SOAKED,
      asksForPictures,
    );

    async function asksForPictures({
      javaScriptEnabled,
      adult,
      child,
    }: {
      readonly javaScriptEnabled: boolean;
      readonly adult: string;
      readonly child: string;
    }): Promise<void> {
      await plan(adult);
      await letIn(child, 'Le plan', PLAN);
      const page = await visits.enter(adult, scripted(javaScriptEnabled));
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).hostname));
      await page.route('https://images.example/**', (route) => route.fulfill({ status: 404 }));
      const afar = () => asked.filter((host) => host !== '127.0.0.1');
      await page.click('.msg:has-text("Le plan")');
      await page.waitForSelector('.afar');
      await page.frameLocator('.mail-html').locator('text=[plan]').waitFor();
      expect(await page.textContent('.afar p')).toContain('l’adresse réseau de cet ordinateur');
      expect(await faultsInPassing(page, 'afar')).toEqual([]);
      expect(afar()).toEqual([]);
      await page.click('.afar a');
      await expect.poll(afar).toEqual(['images.example']);
      await page.click('text=Toujours de cette personne');
      await page.waitForSelector('.afar >> text=Ne plus les montrer');
      await expect.poll(() => afar().length).toBe(2);
      await neverAsksFor(child);
    }

    async function neverAsksFor(child: string): Promise<void> {
      const lina = await visits.read(child);
      await lina.click('.msg:has-text("Le plan")');
      const letter = lina.url();
      for (const at of [letter, `${letter}?pictures=1`, `${letter}/body?pictures=1`]) {
        await lina.goto(at);
        expect(await lina.locator('.afar').count()).toBe(0);
        expect(await lina.content()).not.toContain('images.example');
        expect(lina.came.headers()['content-security-policy']).not.toContain('https:');
      }
      await lina.goto(`${letter}/body`);
      expect(await lina.content()).toContain('Le plan');
    }

    it('a teacher forwards a message with its file, has all files in one, the original and its header; a child none of them', async () => {
      await town.send('claire.lefevre', ['lina.moreau'], { subject: 'Le programme' });
      await town.send('samira.benali', ['claire.lefevre'], {
        subject: 'Le programme',
        text: 'Voici le programme.',
        file: { name: 'programme.txt', bytes: Buffer.from('Lundi : piscine.\n') },
      });
      const page = await visits.read('claire.lefevre');
      await page.click('.msg:has-text("Le programme")');
      const at = page.url();
      const zip = await page.get(`${at}/files.zip`);
      expect(zip.headers()['content-type']).toBe('application/zip');
      expect((await zip.body()).toString('latin1')).toMatch(/^PK.*programme\.txt/s);
      const original = await page.get(`${at}/original`);
      expect(original.headers()['content-disposition']).toContain('attachment');
      expect(await original.text()).toContain('Subject: ');
      await page.goto(`${at}/headers`);
      expect(await text(page, 'pre')).toMatch(/Subject: Le programme.*Message-ID: /i);
      expect(await text(page, 'main')).toMatch(/Dans le journal du service : [0-9a-f]{16}/);
      expect(await plainWideFaults(page, 'headers')).toEqual([]);
      await page.goto(at);
      await page.click('.tools >> text=Transférer');
      await page.waitForURL('**/write/*');
      expect(await page.inputValue('input[name=subject]')).toBe('Tr\u00a0: Le programme');
      expect(await page.inputValue('textarea[name=text]')).toMatch(
        /Message transféré[^]*De\u00a0: Samira Benali[^]*Voici le programme\./,
      );
      expect(await text(page)).toContain('programme.txt');
      const lina = await visits.read('lina.moreau');
      await lina.click('.msg:has-text("Le programme")');
      await lina.waitForSelector('#letter');
      for (const way of ['original', 'headers'])
        expect((await lina.get(`${lina.url()}/${way}`)).status(), way).toBe(404);
    });

    it('a mailbox that fills up says so and what to do, to a child and to an adult; emptying the bin makes room', async () => {
      await town.send('claire.lefevre', ['lina.moreau'], { subject: 'À jeter' });
      const [claire, lina] = [
        await visits.read('claire.lefevre'),
        await visits.read('lina.moreau'),
      ];
      const look = async (bytes: number): Promise<readonly string[]> => {
        for (const local of ['claire.lefevre', 'lina.moreau']) await fill(local, bytes);
        await Promise.all([claire.reload(), lina.reload()]);
        return Promise.all(
          [claire, lina].map(async (page) =>
            (await page.locator('.banner').count()) === 0 ? '' : text(page, '.banner'),
          ),
        );
      };
      expect(await look(700_000)).toEqual(['', '']);
      const [near = '', nearPupil = ''] = await look(840_000);
      expect(near).toContain('Votre boîte est pleine à 84 % (840 ko sur 1 Mo).');
      expect(nearPupil).toContain(
        'Ta boîte est presque pleine. Jette les messages qui ne servent plus, puis vide la corbeille.',
      );
      const [full = '', fullPupil = ''] = await look(1_000_000);
      expect(full).toContain('leurs expéditeurs en sont prévenus');
      expect(fullPupil).toContain('Ta boîte est pleine. Les nouveaux messages n’arrivent plus.');
      expect([
        ...(await pageFaults(claire, 'full')),
        ...(await pageFaults(lina, 'full-pupil')),
      ]).toEqual([]);
      await lina.click('.msg >> nth=0');
      await lina.click('text=Jeter');
      await lina.goto(`${visits.base}/mail/trash`);
      await lina.click('text=Vider la corbeille');
      expect(await pageFaults(lina, 'trash-pupil')).toEqual([]);
      await lina.click('text=Tout effacer pour toujours');
      await lina.waitForSelector('.toast:has-text("vide")');
      expect(await text(lina)).toContain('La corbeille est vide.');
      expect(await lina.locator('.msg').count()).toBe(0);
    });
  },
);
