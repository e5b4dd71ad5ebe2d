import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Core } from '../../core/core.ts';
import { loadConfig } from '../../core/ground/config.ts';
import type { SchoolId } from '../../core/ground/ids.ts';
import { openLog } from '../../core/ground/log.ts';
import { DAY_MS } from '../../core/ground/spans.ts';
import { ESPEAK } from '../../core/letters/voice/testing/espeak.ts';
import type { MessageRow } from '../../core/mail/reading/contract.ts';
import { openCore } from '../../core/open.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import type { SpecialUse } from '../../core/store/mail/contract.ts';
import { openStore, type Store } from '../../core/store/store.ts';
import { freshDatabase, testClamd, type FreshDatabase } from '../../tests/shared/fresh-database.ts';
import { deliverLetters } from './deliver-letters.ts';
import { LETTERS } from './letters.ts';
import { SMALL_TOWN } from './plan.ts';
import { DEMO_PASSWORD, moveChild, openPhotos, seedTown } from './seed.ts';

const domain = 'ecoles.preau.test';
let database: FreshDatabase;
let store: Store;
let core: Core;

/** The town of the e2e story has the same letters, and `npm test` looks at them there. */
describe('the letters of the demo', { tags: 'soak' }, () => {
  beforeAll(async () => {
    database = await freshDatabase();
    const seeding = { domain, timeZone: 'Europe/Paris', now: new Date() };
    store = openStore(database.databaseUrl, { onError: () => {} });
    const config = loadConfig({
      PREAU_DATA: mkdtempSync(join(tmpdir(), 'preau-letters-')),
      PREAU_DATABASE_URL: database.databaseUrl,
      PREAU_CLAMD: testClamd(),
      PREAU_VOICE: ESPEAK,
    });
    core = await openCore(config, { log: openLog({ level: 'error' }) });
    await seedTown(store, SMALL_TOWN, { ...seeding, progress: () => {} });
    await openPhotos(store);
    const started = performance.now();
    await deliverLetters({ core, store, password: DEMO_PASSWORD, ...seeding });
    process.stdout.write(
      `demo letters: ${LETTERS.length} delivered in ${Math.round(performance.now() - started)} ms\n`,
    );
    await moveChild(store, seeding);
  });
  afterAll(async () => {
    await core.close();
    await store.close();
    await database.drop();
  });

  async function viewerOf(local: string): Promise<Viewer> {
    const answer = await core.accounts.signIn(`${local}@${domain}`, DEMO_PASSWORD, {
      ip: '127.0.0.1',
      way: 'web',
    });
    if (answer.kind !== 'welcome') throw new Error(answer.kind);
    return answer.viewer;
  }

  async function rowsOf(viewer: Viewer, use: SpecialUse): Promise<readonly MessageRow[]> {
    const mailbox = (await core.mail.mailboxes(viewer)).find((one) => one.use === use);
    return mailbox ? core.mail.list(viewer, mailbox.id, { before: null, limit: 100 }) : [];
  }

  it('gives Lina two new letters, and those she has read', async () => {
    const rows = await rowsOf(await viewerOf('lina.moreau'), 'inbox');
    expect(rows.filter(({ seen }) => !seen).map(({ subject }) => subject)).toEqual([
      'Tu viens jouer aux billes\u00a0?',
      'La sortie au musée, c’est jeudi',
    ]);
    expect(rows.find(({ subject }) => subject === 'Mon exposé sur les escargots')).toMatchObject({
      files: 1,
    });
    expect(rows.map(({ subject }) => subject)).not.toContain('Nos questions pour vous');
  });

  it('spreads them over the last days, the newest on top', async () => {
    const rows = await rowsOf(await viewerOf('claire.lefevre'), 'inbox');
    expect(rows.map(({ at }) => at.getTime())).toEqual(
      rows.map(({ at }) => at.getTime()).toSorted((a, b) => b - a),
    );
    expect(Date.now() - (rows.at(-1)?.at.getTime() ?? Date.now())).toBeGreaterThan(3 * DAY_MS);
    expect(rows.filter(({ seen }) => !seen)).toHaveLength(4);
  });

  it('keeps what Claire has sent and what she has only begun', async () => {
    const claire = await viewerOf('claire.lefevre');
    expect((await rowsOf(claire, 'sent')).map(({ subject }) => subject)).toContain(
      'La sortie au musée, c’est jeudi',
    );
    expect((await rowsOf(claire, 'drafts')).map(({ subject }) => subject)).toEqual([
      'Accompagner au musée',
    ]);
  });

  it('has what children of GS make instead of writing: a phrase of their class, a drawing, a voice', async () => {
    const files = async (local: string) =>
      (await rowsOf(await viewerOf(local), 'inbox')).flatMap(({ from, attachments }) =>
        attachments.map(({ mediaType }) => `${from.name}: ${mediaType}`),
      );
    expect(await files('sylvie.caradec')).toEqual(
      expect.arrayContaining(['Malo Tanguy: audio/wav', 'Tom Moreau: image/png']),
    );
    expect(await files('awa.ba')).toEqual(['Lila: image/png']);
  });

  it('asks the families of a class about an outing, whom some have answered', async () => {
    const { open } = await core.papers.list(await viewerOf('claire.lefevre'), null);
    const [paper] = open;
    expect(paper).toMatchObject({ phase: 'open', tally: { asked: 24, yes: 2, no: 1 } });
    expect(await core.papers.waitingCount(await viewerOf('samira.benali'))).toBe(1);
  });

  it('has notices on the board of a class, of which a child has read one', async () => {
    const lina = await viewerOf('lina.moreau');
    const [line] = await core.boards.list(lina);
    expect(line).toMatchObject({ name: 'CE1 A', count: 2, unseen: 1 });
  });

  it('has drawings on the walls of two classes, and some that wait for a teacher', async () => {
    const lines = async (local: string) => core.walls.list(await viewerOf(local));
    expect(await lines('claire.lefevre')).toMatchObject([{ name: 'CE1 A', count: 4, waiting: 1 }]);
    expect(await lines('sylvie.caradec')).toMatchObject([{ count: 3, waiting: 2 }]);
    expect(await lines('karine.moreau')).toHaveLength(2);
  });

  it('holds three, each by its rule', async () => {
    const holds = await Promise.all(
      [1, 2].map((school) =>
        store.read(school as SchoolId, (tx) =>
          tx.db.selectFrom('hold').select(['rule']).where('state', '=', 'waiting').execute(),
        ),
      ),
    );
    expect([...new Set(holds.flat().map(({ rule }) => rule))].toSorted()).toEqual([
      'approved-correspondent',
      'first-contact',
      'link-moderated',
    ]);
  });

  it('refuses an answer to the child who has changed class', async () => {
    const lina = await viewerOf('lina.moreau');
    const old = (await rowsOf(lina, 'inbox')).find(
      ({ subject }) => subject === 'Je change de classe',
    );
    const answer =
      old && (await core.writings.answer(lina, { mailbox: old.mailbox, uid: old.uid }, 'writer'));
    expect(answer?.refusals.map(({ address, rule }) => `${address} ${rule}`)).toEqual([
      `jade.morel@${domain} not-in-your-class`,
    ]);
  });
});
