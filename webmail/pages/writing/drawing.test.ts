/** A pupil’s drawing and voice in a letter, and an answer drawn on the drawing that came. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { drawnPicture } from '../../../core/mail/phrases/drawings.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { faultsInPassing, targetFaultsEverywhere } from '../../../tests/shared/page-faults.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { beginToSpeak, speak, tone } from '../../testing/microphone.ts';
import { openPages } from '../../testing/pages.ts';

const { town, visits } = await openPages();
const [CLAIRE, LINA, TOM, LILA] = ['claire.lefevre', 'lina.moreau', 'tom.moreau', 'lila.ziani'];
/** The least that a finger of four years hits. */
const TARGET = 72;

/** A letter with a drawing of our pad, and where its reader has it. */
async function drawnTo(from: string, to: string): Promise<string> {
  const { writings } = town.core;
  const viewer = await town.viewer(from);
  const file = writings.drawing({
    name: 'dessin.png',
    mediaType: 'image/png',
    bytes: drawnPicture('maison'),
  });
  const { ref } = await writings.save(
    viewer,
    {
      to: [town.address(to)],
      cc: [],
      subject: 'Ma maison',
      text: 'Voilà ma maison.',
      answers: 'sender',
      answerTo: null,
    },
    { previous: null, add: [file], drop: [] },
  );
  expect((await writings.send(viewer, ref)).kind).toBe('accepted');
  return `/mail/inbox/${(await town.rows(to))[0]?.uid}`;
}

/** Where the drawing of somebody's newest letter is. */
async function newestDrawing(local: string, shelf: 'inbox' | 'sent' | 'drafts'): Promise<string> {
  const [row] = await town.rows(local, shelf);
  const part = row?.attachments.find(({ mediaType }) => mediaType === 'image/png')?.path ?? '';
  return `/mail/${shelf}/${row?.uid}/picture/${part}`;
}

async function stroke(page: Page): Promise<void> {
  const box = await page.locator('.pad-draw canvas').last().boundingBox();
  if (box === null) throw new Error('no paper');
  const { x, y, width, height } = box;
  await page.mouse.move(x + width / 2 - 60, y + height / 2);
  await page.mouse.down();
  for (let at = 0; at < 12; at += 1)
    await page.mouse.move(x + width / 2 - 60 + at * 10, y + height / 2);
  await page.mouse.up();
}

/** How a picture's middle is coloured, and how many colours it has. */
const looksAt = (page: Page, path: string) =>
  page.evaluate(async (src) => {
    const picture = new Image();
    picture.src = src;
    await picture.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
    const context = canvas.getContext('2d');
    context?.drawImage(picture, 0, 0);
    const at = context?.getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1).data ?? [];
    const all = context?.getImageData(0, 0, canvas.width, canvas.height).data.buffer;
    // One point in eleven says as much.
    const points = new Uint32Array(all ?? new ArrayBuffer(0)).filter(
      (_, point) => point % 11 === 0,
    );
    const colours = new Set(points);
    return {
      shape: Math.round((100 * canvas.height) / canvas.width),
      middle: [...at].slice(0, 3),
      colours: colours.size,
    };
  }, path);

const RED = [216, 57, 74];

describe.skipIf(!hasChromium())('a drawing (skipped where chromium is not installed)', () => {
  it('is answered by its teacher in red on it, as one picture', async () => {
    const letter = await drawnTo(LINA, CLAIRE);
    const page = await visits.enter(CLAIRE, { at: `${letter}/reply?on=2` });
    await page.waitForSelector('.pad-over canvas + canvas + canvas');
    await stroke(page);
    await page.click('[data-take]');
    await page.waitForSelector('.clip img.thumb');
    await expect.poll(() => town.rows(CLAIRE, 'drafts')).toMatchObject([{ files: 1 }]);
    const answer = await looksAt(page, await newestDrawing(CLAIRE, 'drafts'));
    expect(answer.middle).toEqual(RED);
    const theirs = await looksAt(page, await newestDrawing(CLAIRE, 'inbox'));
    expect(answer.colours).toBeGreaterThan(theirs.colours / 2);
  });

  it(
    'is answered by its teacher in red on it, as one picture; the first one stays',
    SOAKED,
    async () => {
      const letter = await drawnTo(LINA, CLAIRE);
      const theirs = await newestDrawing(CLAIRE, 'inbox');
      const page = await visits.enter(CLAIRE, { at: letter });
      const before = await looksAt(page, theirs);
      await page.click('a:has-text("Dessiner dessus")');
      await page.waitForSelector('.pad-over canvas + canvas + canvas');
      expect(await page.locator('.k1[aria-pressed="true"]').count()).toBe(1);
      expect(await faultsInPassing(page, 'pad-over-drawing')).toEqual([]);
      // Nothing drawn on it is no answer: the same drawing would go back.
      await page.click('[data-take]');
      expect(await page.locator('.clip').count()).toBe(0);
      await page.click('[data-pad-opens]');
      await stroke(page);
      await page.click('[data-take]');
      await page.waitForSelector('.clip img.thumb');
      await page.fill('#b', 'Il manque la cheminée.');
      await page.click('[data-send]');
      await page.waitForSelector('.toast');
      await expect
        .poll(() => town.rows(LINA), { timeout: 15_000 })
        .toMatchObject([
          { attachments: [{ name: 'dessin.png', mediaType: 'image/png', isDrawn: true }] },
        ]);
      const answer = await looksAt(page, await newestDrawing(CLAIRE, 'sent'));
      expect(answer.middle).toEqual(RED);
      expect(answer.shape).toBe(before.shape);
      expect(answer.colours).toBeGreaterThan(before.colours / 2);
      expect(await looksAt(page, theirs)).toEqual(before);
    },
  );

  it(
    'is answered by a little one, whose rubber and fresh sheet leave the first one alone',
    SOAKED,
    async () => {
      const letter = await drawnTo(LILA, TOM);
      const page = await visits.enter(TOM, { at: letter });
      const wish = { least: TARGET, within: 'main' };
      expect(await targetFaultsEverywhere(page, 'draw-on', wish)).toEqual([]);
      await page.click('.corner a.disc');
      await page.waitForURL('**/write/draw?uid=*');
      await page.waitForSelector('.pad-draw canvas + canvas + canvas');
      expect(await faultsInPassing(page, 'little-draws-on')).toEqual([]);
      await stroke(page);
      await page.waitForURL('**/write/draw?letter=**');
      const kept = await looksAt(page, await newestDrawing(TOM, 'drafts'));
      await page.reload();
      await page.waitForSelector('.pad-draw canvas + canvas + canvas');
      await page.click('[data-rub]');
      const keeps = page.waitForResponse(/\/write\/draw$/);
      await stroke(page);
      await keeps;
      // Under what the rubber took lies the first drawing, and not the paper.
      const rubbed = await looksAt(page, await newestDrawing(TOM, 'drafts'));
      expect(rubbed.middle).not.toEqual(kept.middle);
      expect(rubbed.middle).toEqual(
        (await looksAt(page, await newestDrawing(TOM, 'inbox'))).middle,
      );
      await page.click('[data-fresh]');
      await page.click('.k1');
      await stroke(page);
      await page.click('.pens .go');
      await page.waitForURL('**/write/letter/**');
      await page.click('.go.yes, form .go');
      await expect
        .poll(() => town.rows(LILA), { timeout: 20_000 })
        .toMatchObject([{ attachments: [{ name: 'dessin.png', isDrawn: true }] }]);
      const answer = await looksAt(page, await newestDrawing(TOM, 'sent'));
      expect(answer.middle).toEqual(RED);
      expect(answer.colours).toBeGreaterThan(20);
    },
  );
});

it('goes where photos are closed', async () => {
  await drawnTo(LINA, 'noe.garnier');
  expect(await town.rows('noe.garnier')).toMatchObject([
    { attachments: [{ name: 'dessin.png', mediaType: 'image/png', isDrawn: true }] },
  ]);
});

it('says without script why nothing can be drawn on it; words can be written all the same', async () => {
  const letter = await drawnTo(LINA, CLAIRE);
  const page = await visits.read(CLAIRE, letter);
  await page.click('a:has-text("Dessiner dessus")');
  const shown = await page.content();
  expect(shown).toContain('il faut un navigateur où les scripts sont permis');
  expect(shown).toContain('<noscript');
  expect(await page.locator('#b').count()).toBe(1);
});

const noDrawings = sliced(3, ['', '9', '1.1.1', '../1', '<script>']);
const NO_DRAWING = 'is not what no drawing of the letter is';
it(NO_DRAWING, () => isNone(noDrawings.some));
it(`${NO_DRAWING}, whatever it is called`, SOAKED, () => isNone(noDrawings.rest));

async function isNone(parts: readonly string[]): Promise<void> {
  const letter = await drawnTo(LINA, CLAIRE);
  const own = await drawnTo(LILA, TOM);
  const uid = own.slice(own.lastIndexOf('/') + 1);
  const page = await visits.read(CLAIRE, letter);
  const little = await visits.read(TOM);
  for (const part of parts) {
    await page.goto(`${letter}/reply?on=${encodeURIComponent(part)}`);
    expect(await page.content(), part).not.toContain('data-on');
    await little.goto(`/write/draw?uid=${uid}&on=${encodeURIComponent(part)}`);
    const sheet = await little.content();
    expect(sheet, part).toContain('data-studio');
    expect(sheet, part).not.toContain('data-on');
  }
}

it('is not offered of a photo, nor where nobody is to be answered', async () => {
  const letter = await drawnTo(LINA, CLAIRE);
  const lina = await visits.read(LINA, `/mail/sent/${(await town.rows(LINA, 'sent'))[0]?.uid}`);
  expect(await lina.content()).not.toContain('/reply?on=');
  const claire = await visits.read(CLAIRE, letter);
  expect(await claire.content()).toContain('/reply?on=');
  const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2_000, 7)]);
  await town.send('mamadou.diallo', [CLAIRE], {
    subject: 'Photo',
    file: { name: 'photo.jpg', bytes, mediaType: 'image/jpeg' },
  });
  await claire.goto(`${visits.base}/mail/inbox/${(await town.rows(CLAIRE))[0]?.uid}`);
  expect(await claire.content()).not.toContain('/reply?on=');
});

/** A pupil who reads draws and speaks instead of choosing a file. */
describe.skipIf(!hasChromium())('a pupil (skipped where chromium is not installed)', () => {
  it('draws on a pad, puts it away and goes on; the drawing goes, too', SOAKED, async () => {
    const page = await visits.enter(LINA, { at: '/write' });
    expect(await page.locator('[data-record]').isVisible()).toBe(true);
    await page.click(`label[for="to-${town.address('noe.garnier')}"]`);
    await page.click('[data-pad-opens]');
    await page.waitForSelector('.pad-over canvas');
    const box = await page.locator('.pad-over canvas').nth(1).boundingBox();
    if (box === null) throw new Error('no paper');
    await page.mouse.move(box.x + 40, box.y + 40);
    await page.mouse.down();
    for (let at = 0; at < 20; at += 1) await page.mouse.move(box.x + 40 + at * 9, box.y + 90 + at);
    await page.mouse.up();
    expect(await faultsInPassing(page, 'pad')).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.locator('.pad-over').isVisible()).toBe(false);
    await page.click('[data-pad-opens]');
    await page.click('[data-take]');
    await page.waitForSelector('.clip img.thumb');
    await page.fill('#b', 'Regarde !');
    await page.click('[data-send]');
    await page.waitForSelector('.toast');
    await expect
      .poll(() => town.rows('noe.garnier'))
      .toMatchObject([
        { attachments: [{ name: 'dessin.png', mediaType: 'image/png', isDrawn: true }] },
      ]);
  });

  it('speaks, and their letter has what they said, its name apart from its player', async () => {
    const page = await spoken('adele.vidal');
    const gap = await page.evaluate(() => {
      const [player, name] = ['audio', '.cut'].map((one) =>
        document.querySelector(`.clip ${one}`)?.getBoundingClientRect(),
      );
      return (name?.top ?? 0) - (player?.bottom ?? 0);
    });
    expect(gap).toBe(4);
    expect((await town.rows(LINA, 'drafts'))[0]?.attachments).toMatchObject([
      { mediaType: expect.stringMatching(/^audio/) },
    ]);
  });

  it(
    'hears what they said, though the letter was kept since, and sends while they still speak',
    SOAKED,
    async () => {
      const page = await spoken('adele.vidal');
      const voice = page.locator('.clip audio');
      const before = await voice.getAttribute('src');
      await page.fill('#b', 'Écoute !');
      await page.evaluate(() => window.dispatchEvent(new Event('focus'))); // who comes back is kept
      await expect.poll(() => voice.getAttribute('src')).not.toBe(before);
      expect(
        await voice.evaluate((one: HTMLAudioElement) => one.play().then(() => one.error)),
      ).toBeNull();
      await beginToSpeak(page);
      await page.click('[data-send]');
      await page.waitForSelector('.toast');
      const [letter] = await town.rows('adele.vidal');
      expect(letter?.attachments.map(({ mediaType }) => mediaType.split('/')[0])).toEqual([
        ...['audio', 'audio'],
      ]);
    },
  );

  /** A letter to somebody in which they have spoken for a second. */
  async function spoken(to: string): Promise<Page> {
    const page = await visits.enter(LINA);
    await tone(page);
    await page.goto(`${visits.base}/write`);
    await page.click(`label[for="to-${town.address(to)}"]`);
    await speak(page);
    await page.waitForSelector('.clip audio');
    return page;
  }

  it('finds neither without script: a file is chosen', SOAKED, async () => {
    const page = await visits.enter(LINA, { at: '/write', javaScriptEnabled: false });
    expect(await page.locator('[data-pad-opens]').isVisible()).toBe(false);
    expect(await page.locator('[data-record]').isVisible()).toBe(false);
    expect(await page.locator('label[for="fl"]').isVisible()).toBe(true);
  });
});
