/** The journals of all schools and of the agents, in one place. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SchoolId } from '../../../core/ground/ids.ts';
import { writeAgentAct, writeAudit } from '../../../core/store/audit.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { axeFaults, pageFaults } from '../../../tests/shared/page-faults.ts';
import { text, type PlainPage } from '../../../tests/shared/plain/page.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const AGENT = 'hugues.armand';
const [TILLEULS, PASTEUR] = [1 as SchoolId, 2 as SchoolId];

let town: TestTown;
let visits: Visits;
beforeAll(async () => {
  town = await openTestTown();
  visits = await openVisits(town, () => town.clock.now);
  const head = await town.viewer('mamadou.diallo');
  const agent = await town.viewer(AGENT);
  const pupil = await town.viewer('lina.moreau');
  await town.store.write(TILLEULS, (tx) =>
    writeAudit(tx, head.addressId, 'make-code', { account: pupil.account }),
  );
  await town.store.town(async (tx) => {
    await writeAgentAct(tx, {
      by: agent.addressId,
      act: 'open-school',
      school: PASTEUR,
      reason: '=1+1, la directrice appelle',
    });
    await writeAudit(await tx.in(PASTEUR), agent.addressId, 'open-school', {});
  });
});
afterAll(async () => {
  await visits.close();
  await town.close();
});

async function opened(query = ''): Promise<PlainPage> {
  const page = await visits.read(AGENT, `/agents/trail${query}`);
  return page;
}

describe('who did what', () => {
  it('stands in one place: who, whom, which school, and why', async () => {
    const words = await text(await opened(), 'main');
    expect(words).toContain('Mamadou Diallo a fait un nouveau code pour Lina Moreau.');
    expect(words).toContain('École des Tilleuls');
    expect(words).toContain('Hugues Armand');
    expect(words).toContain('a ouvert l’école');
    expect(words).toContain('la directrice appelle');
  });

  it('is searched, and what was typed stays', async () => {
    const page = await opened();
    await page.fill('#whom', 'lina');
    await page.selectOption('#kind', 'entry');
    await page.click('button.main');
    const words = await text(page, 'main');
    expect(words).toContain('Lina Moreau');
    expect(words).not.toContain('la directrice appelle');
    expect(await page.inputValue('#whom')).toBe('lina');
    await page.click('main a[href="/agents/trail"]');
    expect(await text(page, 'main')).toContain('a cherché dans les journaux (lina, entry)');
  });

  it.each<[string, string]>([
    ['?from=2026-02-30', 'Ce jour n’existe pas'],
    ['?until=hier', 'Ce jour n’existe pas'],
    ['?from=2026-05-02&until=2026-05-01', 'Le dernier jour vient avant le premier'],
    ['?whom=Personne%20de%20ce%20nom', 'Rien à montrer'],
    ['?school=999', 'Qui a fait quoi'],
    ['?kind=nonsense&after=nonsense&school=-1', 'Mamadou Diallo'],
  ])('says what is wrong with %s', async (query, words) =>
    expect(await text(await opened(query), 'main')).toContain(words),
  );

  it('is a file for a spreadsheet, in which no cell is a formula', async () => {
    const { name, bytes } = await (await opened()).download('text=Enregistrer en tableur');
    expect(name).toMatch(/^journaux-\d{4}-\d{2}-\d{2}\.csv$/);
    const csv = Buffer.from(bytes).toString('utf8');
    expect(csv).toContain('"Quand","Qui","Quoi","École","Raison"');
    expect(csv).toContain('"Mamadou Diallo","a fait un nouveau code pour Lina Moreau."');
    expect(csv).toContain(`"'=1+1, la directrice appelle"`);
  });

  it.each(['mamadou.diallo', 'claire.lefevre', 'lina.moreau'])(
    'is nothing of %s',
    async (local) => {
      const page = await visits.read(local);
      for (const path of ['/agents/trail', '/agents/trail.csv']) {
        await page.goto(path);
        expect(await text(page, 'main')).not.toContain('Qui a fait quoi');
      }
    },
  );

  it.skipIf(!hasChromium())('stands on a phone, in both lights, without a fault', async () => {
    const page = await visits.enter(AGENT, {
      at: '/agents/trail',
      viewport: { width: 320, height: 640 },
    });
    expect(await pageFaults(page, 'journals')).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeFaults(page, 'journals, dark')).toEqual([]);
  });
});
