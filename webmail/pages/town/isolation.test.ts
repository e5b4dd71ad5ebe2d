/** The page of the nightly proof that nobody reaches a child who may not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AddressId } from '../../../core/ground/ids.ts';
import { noteProof } from '../../../core/town/isolation/isolation.ts';
import { night } from '../../../core/town/isolation/testing/night.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { axeFaults, pageFaults } from '../../../tests/shared/page-faults.ts';
import { text } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const AGENT = 'hugues.armand';
const DAY_MS = 86_400_000;

let town: TestTown;
let visits: Visits;
beforeAll(async () => {
  town = await openTestTown();
  visits = await openVisits(town, () => town.clock.now);
});
afterAll(async () => {
  await visits.close();
  await town.close();
});

async function shown(local: string): Promise<string> {
  const page = await visits.read(local, '/agents/isolation');
  return text(page, 'main');
}

/** So many days ago, somebody came through or nobody did. */
function nightBefore(days: number, passes = 0) {
  const begunAt = new Date(town.clock.now.getTime() - days * DAY_MS);
  if (passes === 0) return night(begunAt);
  return night(begunAt, {
    doors: { 'stranger-to-pupil': { passes } },
    differences: [
      {
        door: 'stranger-to-pupil',
        from: 'inconnu@exemple.invalid',
        to: 7 as AddressId,
        kind: 'passes',
      },
    ],
    faults: ['table message lacks ENABLE and FORCE ROW LEVEL SECURITY'],
  });
}

describe('the page of the nightly proof', { shuffle: false }, () => {
  it('is for agents alone', async () => {
    for (const local of ['claire.lefevre', 'lina.moreau'])
      expect(await shown(local)).not.toContain('Isolement');
  });

  it('says that nothing was proved yet, and how to', async () => {
    const words = await shown(AGENT);
    expect(words).toContain('La preuve n’a pas encore été faite');
    expect(words).toContain('preau prove-isolation');
  });

  it('says of a good night how many tries came to nothing, door by door', async () => {
    await noteProof(town.store, nightBefore(1));
    const words = await shown(AGENT);
    expect(words).toContain('essais : aucun n’est passé.');
    expect(words).toContain('pour 15 000 élèves');
    expect(words).toContain('Un inconnu écrit à un élève');
    expect(words).toContain('Une preuve, aucun passage.');
  });

  it('says who came through, by number, and what the database shows; home is red', async () => {
    await noteProof(town.store, nightBefore(0, 2));
    const words = await shown(AGENT);
    expect(words).toContain('3 chemins que la règle n’ouvre pas');
    expect(words).toContain(
      'inconnu@exemple.invalid joint l’adresse n° 7, sans en avoir le droit.',
    );
    expect(words).toContain('table message lacks');
    expect(words).toContain('2 preuves, des passages pour une d’entre elles.');
    const home = await visits.read(AGENT, '/home?look=again');
    expect(await text(home, 'main')).toContain('3 chemins ouverts vers des enfants');
  });

  it('forgets nights of more than a year ago, and shows thirty', async () => {
    for (const days of [500, ...Array.from({ length: 32 }, (_, index) => index + 2)])
      await noteProof(town.store, nightBefore(days));
    await noteProof(town.store, nightBefore(0));
    const { rows } = await town.admin.query(
      'select count(*)::integer as count from isolation_proof',
    );
    expect(rows).toEqual([{ count: 35 }]);
    expect(await shown(AGENT)).toContain('30 preuves');
  });

  it('shows which ways are closed, and takes the reason to open one again', async () => {
    await noteProof(town.store, nightBefore(0, 2));
    const page = await visits.read(AGENT, '/agents/isolation');
    const words = await text(page, 'main');
    expect(words).toContain('Un chemin est fermé');
    expect(words).toContain('Toutes les écoles. Fermé par la preuve commencée aujourd’hui à 10 h.');
    expect(words).toContain('Aucun message n’attend.');
    await page.click('form[action="/agents/isolation/open"] button');
    expect(await text(page, 'main')).toContain('sans raison, il reste fermé');
    await page.fill('#why-0', 'Une place de trop, ôtée.');
    await page.click('form[action="/agents/isolation/open"] button');
    expect(await text(page, 'main')).toContain('C’est noté.');
    expect(await text(page, 'main')).toContain('« Une place de trop, ôtée. »');
  });

  it('gives the nights as a table', async () => {
    await noteProof(town.store, nightBefore(1));
    const page = await visits.read(AGENT, '/agents/isolation');
    const answer = await page.get('/agents/isolation/proofs.csv');
    const lines = (await answer.body()).toString().split('\r\n');
    expect(lines[0]).toBe(
      '\uFEFF"nuit","porte","secondes","élèves","essais","passages","refus de trop"',
    );
    expect(lines[1]).toMatch(/^"\d{4}-.*","Un inconnu écrit à un élève","\d+","15000",/);
    const other = await visits.read('claire.lefevre', '/help');
    expect((await other.get('/agents/isolation/proofs.csv')).status()).toBe(404);
  });

  it.skipIf(!hasChromium())(
    'stands on a phone, in both lights, without a fault',
    SOAKED,
    async () => {
      await noteProof(town.store, nightBefore(0, 2));
      const page = await visits.enter(AGENT, {
        at: '/agents/isolation',
        viewport: { width: 320, height: 640 },
      });
      expect(await pageFaults(page, 'isolation')).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await axeFaults(page, 'isolation, dark')).toEqual([]);
    },
  );
});
