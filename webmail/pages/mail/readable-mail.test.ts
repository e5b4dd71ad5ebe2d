/**
 * Formatted letters, as a browser paints them: no word is harder to read than its writer made it.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBody } from '../../../core/letters/message/body.ts';
import { frameDocument, sanitiseMail } from '../../../core/letters/message/html.ts';
import { readMessage } from '../../../core/letters/message/parse.ts';
import { asSent, corpusFiles } from '../../../core/letters/message/testing/corpora.ts';
import { hasChromium, openBrowser, type OpenBrowser } from '../../../tests/shared/chromium.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';

/** WCAG 2.2, 1.4.3, of large words. */
const READABLE = 3;

/** Words, and how they stand out; null where a picture is behind them, which none of ours has. */
type Painted = readonly { readonly words: string; readonly contrast: number | null }[];

let browser: OpenBrowser;
let sheet: Page;
beforeAll(async () => {
  if (!hasChromium()) return;
  browser = await openBrowser();
  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.route('**', (route) => route.abort());
  sheet = await context.newPage();
});
afterAll(async () => browser?.close());

async function painted(document: string): Promise<Painted> {
  await sheet.setContent(document, { waitUntil: 'commit' });
  const found = await sheet.evaluate(measure);
  // The colours of links that a body gives outlive it in a page that is written anew.
  if (/<body[^>]*link/i.test(document)) await sheet.goto('about:blank');
  return found;
}

/** In the page: every text that is seen, its colour laid on all that its ancestors paint. */
function measure(): Painted {
  type Rgba = [number, number, number, number];
  const read = (colour: string): Rgba => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue, alpha];
  };
  const laid = (above: Rgba, [red, green, blue]: Rgba): Rgba => {
    const mix = (one: number, other: number): number => one * above[3] + other * (1 - above[3]);
    return [mix(above[0], red), mix(above[1], green), mix(above[2], blue), 1];
  };
  const light = (colour: Rgba): number => {
    const [red = 0, green = 0, blue = 0] = colour
      .slice(0, 3)
      .map((part) => (part > 10.31475 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 3294.6));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (of: Element | null): Rgba | null => {
    if (of === null) return [255, 255, 255, 1];
    const { backgroundColor, backgroundImage } = getComputedStyle(of);
    const below = backgroundImage === 'none' ? behind(of.parentElement) : null;
    const own = read(backgroundColor);
    return own[3] === 1 && backgroundImage === 'none' ? own : below && laid(own, below);
  };
  const found: { words: string; contrast: number | null }[] = [];
  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const words = text.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
    const range = document.createRange();
    range.selectNodeContents(text);
    const { width, height } = range.getBoundingClientRect();
    const parent = text.parentElement;
    if (words === '' || width * height < 4 || parent === null) continue;
    const ground = behind(parent);
    const [one, other] = ground
      ? [light(laid(read(getComputedStyle(parent).color), ground)), light(ground)]
      : [0, 0];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    found.push({ words, contrast: ground && contrast });
  }
  return found;
}

const shown = (html: string): string =>
  frameDocument(sanitiseMail(html, { audience: 'adult', leavingPath: '/leave', cid: () => null }));

/** A banner in every way that newsletters write one: what is behind, what is on it, and where. */
function* banners(): Generator<string> {
  const behinds = (colour: string, bare: string): string[] => [
    `style="background:${colour};WORDS"`,
    `style="background:${colour} url('https://a.example/b.png') no-repeat 50% / cover;WORDS"`,
    `style="background-color:${colour};background-image:url(https://a.example/b.png);WORDS"`,
    `style="background-image:linear-gradient(90deg, ${colour} 0%, rgba(0,0,0,.5) 80%);WORDS"`,
    `background="https://a.example/b.png" style="WORDS"`,
    `bgcolor="${colour}" style="WORDS"`,
    `bgcolor="${bare}" background="https://a.example/b.png" style="WORDS"`,
    `class="b" style="WORDS"`,
  ];
  let count = 0;
  for (const [colour, bare, light] of [
    ['#880033', '880033', 'ffffff'],
    ['#1a1a40', '1a1a40', 'ffe08a'],
    ['#f4f1ea', 'f4f1ea', '333333'],
  ] as const)
    for (const behind of behinds(colour, bare))
      for (const on of [`color:#${light}`, '']) {
        const cell = `<td ${behind.replace('WORDS', on)}>`;
        for (const inner of ['<p>', `<font color="${light}">`, '<a href="https://a.example">'])
          for (const after of ['<b>', '<span class="w">'])
            yield `<table><tr>${cell}${inner}${after}a.example ${(count += 1)}</td></tr></table>`;
      }
}

/** The words that can't be read as we show them, and could as they were written. */
async function lostWords(html: string): Promise<string[]> {
  const isLow = ({ contrast }: Painted[number]): boolean =>
    contrast !== null && contrast < READABLE;
  // a letter that leads away at once, as hostile ones do, could not be measured
  const written = await painted(html.replaceAll(/<(?=meta|i?frame)/gi, '<x-'));
  const wereLow = new Set(written.filter(isLow).map(({ words }) => words));
  const ours = await painted(shown(html));
  return ours.filter((one) => isLow(one) && !wereLow.has(one.words)).map(({ words }) => words);
}

describe.skipIf(!hasChromium())('formatted mail in a browser (skipped without one)', () => {
  it.each<{ when: string; html: string }>([
    {
      when: 'a banner by the short word',
      html: '<div style="background:#803;color:#fff">Fête</div>',
    },
    {
      when: 'a banner with a picture',
      html: `<td style="background:#803 url('https://a.example/b.png') no-repeat 50% / cover;color:#fff">Fête</td>`,
    },
    {
      when: 'a picture alone',
      html: '<div style="background-image:url(https://a.example/b.png);color:#fff">Fête <a href="https://a.example">ici</a></div>',
    },
    {
      when: 'a gradient',
      html: '<div style="background:linear-gradient(#803,#206);color:white"><p>Fête</p></div>',
    },
    {
      when: 'white words of a box around, on a background that is lost',
      html: '<div style="color:#fff;background:#206"><table style="background:#fff url(https://a.example/b.png)"><tr><td>Fête</td></tr></table></div>',
    },
    {
      when: 'the body’s colours',
      html: '<body bgcolor="1a1a40" text="#ffffff" link="#ffcc00">Fête <a href="https://a.example">ici</a></body>',
    },
    {
      when: 'a body’s style',
      html: '<body style="background:#1a1a40;color:#fff"><h1>Fête</h1></body>',
    },
    {
      when: 'a style sheet',
      html: '<style>.b{background:#206}.w,a{color:#fff}</style><div class="b" style="color:#fff">Fête</div><div style="background:#206"><p class="w">École <a href="https://a.example">ici</a></p></div>',
    },
    {
      when: 'half a shade',
      html: '<div style="background:#206"><p style="background:rgba(255,255,255,.1);color:#fff">Fête</p></div>',
    },
    {
      when: 'a style too odd to be kept',
      html: '<div style="background:#206/**/"><p style="color:#fff">Fête</p></div>',
    },
  ])('keeps the words readable: $when', async ({ html }) => {
    expect(await lostWords(html)).toEqual([]);
    const ours = await painted(shown(html));
    expect(ours.length).toBeGreaterThan(0);
    for (const { words, contrast } of ours)
      expect(contrast, words).toBeGreaterThanOrEqual(READABLE);
  });

  it('loses no words of newsletters’ banners, with a style sheet and without', async () => {
    const all = [...banners()];
    expect(all.length).toBeGreaterThan(200);
    expect(await lostWords(all.join(''))).toEqual([]);
    const sheets = '<style>.b{background:#206}.w{color:#fff}a{color:#fc0}</style>';
    expect(await lostWords(sheets + all.join(''))).toEqual([]);
  });

  it('leaves what its writer made pale, and a banner its own colours', async () => {
    const pale = '<p style="color:#bbb">Pour se désabonner</p>';
    expect((await painted(shown(pale)))[0]?.contrast).toBeLessThan(READABLE);
    expect(shown('<p style="background:#803;color:#fff">Fête</p>')).toContain(
      '<p style="background-color:#803;color:#fff">',
    );
  });

  it(
    'loses no words of the corpora (skipped where they are not beside the repository)',
    SOAKED,
    async () => {
      const lost: string[] = [];
      let letters = 0;
      for (const { name, bytes } of [...corpusFiles('attacks'), ...corpusFiles('mime-')]) {
        const raw = asSent(bytes);
        const read = readMessage(raw);
        const html = read.kind === 'read' ? readBody(raw, read.message.structure).html : null;
        if (html === null) continue;
        letters += 1;
        const words = await lostWords(html);
        if (words.length > 0) lost.push(`${name}: ${words.slice(0, 3).join(' | ').slice(0, 90)}`);
      }
      console.log(`${letters} formatted letters painted twice, words lost in ${lost.length}`);
      expect(lost).toEqual([]);
    },
  );
});
