/** A film of 150 MB by the pages, over a line that is cut three times. */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filmPieces } from '../../../core/school/cupboard/testing/film.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

const PIECES = 143;
/** After these pieces the line is cut: at the beginning, in the middle, at the last one. */
const CUTS: readonly string[] = ['2', '70', String(PIECES)];
const PATIENCE_MS = 540_000;

let town: TestTown;
let visits: Visits;
let folder: string;
beforeAll(async () => {
  town = await openTestTown();
  visits = await openVisits(town, () => town.clock.now);
  folder = mkdtempSync(join(tmpdir(), 'film-'));
});
afterAll(async () => {
  await visits?.close();
  await town?.close();
  rmSync(folder, { recursive: true, force: true });
});

it.skipIf(!hasChromium())(
  'a film of 150 MB comes over a line that is cut three times (skipped where chromium is not installed)',
  { timeout: PATIENCE_MS },
  async () => {
    await town.core.quotas.sayOfFilms(await town.viewer('hugues.armand'), true);
    const path = join(folder, 'Spectacle.mp4');
    const hash = createHash('sha256');
    for (const piece of filmPieces(PIECES)) {
      appendFileSync(path, piece);
      hash.update(piece);
    }
    const page = await visits.enter('claire.lefevre', { at: '/cupboards/1/own' });
    const cut = new Set<string>();
    const sent = new Map<string, number>();
    await page.route('**/coming/**', (route) => {
      const place = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
      sent.set(place, (sent.get(place) ?? 0) + 1);
      if (!CUTS.includes(place) || cut.has(place)) return route.continue();
      cut.add(place);
      return route.abort('connectionreset');
    });
    const begun = performance.now();
    await page.setInputFiles('input[name=files]', path);
    await page.waitForSelector('.banner >> text=C’est au casier.', { timeout: PATIENCE_MS });
    const seconds = Math.round((performance.now() - begun) / 1_000);
    expect([...cut].toSorted()).toEqual([...CUTS].toSorted());
    // A cut costs the piece that was on its way, and no more.
    expect([...sent.values()].reduce((sum, times) => sum + times, 0)).toBe(PIECES + CUTS.length);
    const { rows } = await town.admin.query(
      'select sha256, size_bytes::int as bytes, media_type from cupboard_item',
    );
    const bytes = PIECES * 1_048_576;
    expect(rows).toEqual([{ sha256: hash.digest('hex'), bytes, media_type: 'video/mp4' }]);
    const link = await page.getAttribute('.stored a[download]', 'href');
    const part = await page.request.get(`${visits.base}${link}`, {
      headers: { range: `bytes=${bytes - 5}-` },
    });
    expect([part.status(), (await part.body()).length]).toEqual([206, 5]);
    process.stdout.write(`${JSON.stringify({ figure: 'film_over_cut_line', bytes, seconds })}\n`);
  },
);
