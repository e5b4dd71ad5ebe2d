/** The page of the work of the night. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { axeFaults, pageFaults } from '../../../tests/shared/page-faults.ts';
import { text } from '../../../tests/shared/plain/page.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const AGENT = 'hugues.armand';

let town: TestTown;
let visits: Visits;
beforeAll(async () => {
  town = await openTestTown();
  visits = await openVisits(town, () => town.clock.now);
});
beforeEach(() => town.admin.query('delete from night_job'));
afterAll(async () => {
  await visits.close();
  await town.close();
});

async function shown(local = AGENT, path = '/agents/nights'): Promise<string> {
  const page = await visits.read(local, path);
  return text(page, 'main');
}

interface Kept {
  readonly result: string | null;
  readonly begun?: string;
  readonly ended?: string | null;
  readonly done?: string | null;
  readonly next?: string | null;
  readonly counts?: Readonly<Record<string, number>>;
}

/** The clock of these towns says nine on Tuesday 24 November. */
async function keep(name: string, kept: Kept): Promise<void> {
  const { result, counts = {}, next = '2026-11-24T20:30+01:00' } = kept;
  const { begun = '2026-11-23T20:31+01:00', ended = '2026-11-23T20:35+01:00' } = kept;
  const { done = result === 'done' ? begun : null } = kept;
  await town.admin.query(
    `insert into night_job
       (name, known_at, begun_at, ended_at, result, counts, done_at, next_at)
     values ($1, '2026-11-23T09:00Z', $2, $3, $4, $5, $6, $7)`,
    [name, begun, ended, result, JSON.stringify(counts), done, next],
  );
}

describe('the work of the night', () => {
  it('is for agents alone', async () => {
    for (const local of ['claire.lefevre', 'lina.moreau'])
      expect(await shown(local)).not.toContain('Travaux de la nuit');
  });

  it('says before the first night that nothing was done, and when it begins', async () => {
    expect(await shown()).toContain('Rien n’a encore été fait de nuit.Cela commence');
  });

  it('lists before the first night what will be done, and when', async () => {
    const words = await shown();
    for (const name of ['Preuve de l’isolement des enfants', 'Effacements', 'Rangement'])
      expect(words).toContain(name);
    expect(words).toContain(
      'Pas encore fait. Prochaine fois : dès que les écoles sont fermées, aujourd’hui à 19 h.',
    );
    expect(words).not.toContain('Relecture des sauvegardes');
  });

  it('says of each when, in how long, what came of it, when next', async () => {
    await keep('backup', { result: 'done', counts: { bytes: 12_400_000 } });
    await keep('rescan', { result: 'done', counts: { letters: 1_214, taken: 1, silent: 2 } });
    await keep('erasures', { result: 'done', counts: { people: 0 } });
    const words = await shown();
    expect(words).toContain('Tout le travail de la nuit est fait.');
    expect(words).toContain(
      'Dernière fois : hier à 20 h 31, en 4 minutes. 12,4 Mo de plus. Prochaine fois : aujourd’hui à 20 h 30.',
    );
    expect(words).toContain(
      '1 214 lettres, 1 retirée. L’antivirus ne répond pas sur 2 lettres : voir le journal du service.',
    );
    expect(words).toContain('Personne à effacer.');
  });

  it('says what failed, what was stopped, what runs; the list of checks has it too', async () => {
    await keep('sites', { result: 'failed', next: '2026-11-24T08:00+01:00' });
    await keep('rescan', { result: 'stopped', next: null });
    await keep('erasures', { result: null, ended: null });
    const words = await shown();
    expect(words).toContain('Un travail de la nuit n’a pas abouti.');
    expect(words).toContain('N’a pas abouti hier à 20 h 35. Prochaine fois : dès que les écoles');
    expect(words).toContain('Interrompu hier à 20 h 35, par l’ouverture d’une école');
    expect(words).toContain('En cours depuis hier à 20 h 31.');
    const lines = await shown(AGENT, '/setup/trial?look=again');
    expect(lines).toContain('1 travail de la nuit n’a pas abouti.');
  });

  it('is red where a piece of work isn’t done any more', async () => {
    await keep('backup', { result: 'done', done: '2026-11-20T20:31+01:00' });
    expect(await shown()).toContain('Un travail de la nuit n’est plus fait depuis trois jours.');
  });

  it('is linked from the home, from the agents, from where backups are shown', async () => {
    for (const path of ['/home', '/agents', '/setup/trial'])
      expect(await shown(AGENT, path), path).toContain('Travaux de la nuit');
  });

  it.skipIf(!hasChromium())(
    'stands on a phone, in both lights, without a fault',
    SOAKED,
    async () => {
      await keep('sites', { result: 'failed' });
      await keep('backup', { result: 'done', counts: { bytes: 12_400_000 } });
      const page = await visits.enter(AGENT, {
        at: '/agents/nights',
        viewport: { width: 320, height: 640 },
      });
      expect(await pageFaults(page, 'nights')).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await axeFaults(page, 'nights, dark')).toEqual([]);
    },
  );
});
