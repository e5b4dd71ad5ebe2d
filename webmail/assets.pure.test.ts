import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keysOf } from '../core/ground/keys.ts';
import { builtAssets } from './assets.ts';
import { manifestName } from './frame/app-icons.ts';
import { GUIDES, pictureName } from './pages/about/guides.ts';
import { foundInSources } from './testing/words.ts';

const assets = await builtAssets();
const FOLDER = join(import.meta.dirname, 'assets', 'styles');

it.each(['base.css', 'adult.css', 'little.css', 'comfort.css', 'choices.css'])(
  '%s is what Chrome 80 and Firefox 78 read',
  (name) => {
    const css = assets.text(name);
    expect(css.length).toBeGreaterThan(1000);
    for (const newer of [
      /:has\(/,
      /:is\(/,
      /:where\(/,
      /(^|[;{])inset:/,
      /aspect-ratio/,
      /(^|[;{])(row-|column-)?gap:/,
      /@container/,
      /@layer/,
      /&[ .:]/,
      /color-mix/,
      /\bdvh\b/,
      /accent-color:[^;]*light-dark/,
    ])
      expect(css, String(newer)).not.toMatch(newer);
  },
);

it.each(['page.js', 'little.js', 'mail.js', 'write.js', 'worker.js', 'offline.js'])(
  '%s is what Chrome 80 and Firefox 78 run',
  (name) => {
    const script = assets.text(name);
    for (const newer of [
      /\|\|=|&&=|\?\?=/,
      /\.replaceAll\(/,
      /\.at\(/,
      /replaceChildren/,
      /structuredClone/,
      /#[a-z]+ in /,
      /static\{/,
      /Object\.hasOwn/,
      /\binnerHTML\b/,
      /\beval\b|new Function/,
    ])
      expect(script, String(newer)).not.toMatch(newer);
  },
);

it('comes with a little formatting in 40 kB at most, script and look', async () => {
  const bytes = await Promise.all(
    ['format.js', 'format.css'].map(
      async (name) => (await assets.at(assets.address(name))?.packed?.('br'))?.length ?? Infinity,
    ),
  );
  const sum = bytes.reduce((all, one) => all + one, 0);
  console.log(`a little formatting: ${(sum / 1_000).toFixed(1)} kB over the wire`);
  expect(sum).toBeLessThanOrEqual(40_000);
});

it.each(['fr', 'en'] as const)(
  'can be installed in %s: a name, places and icons that are there',
  (language) => {
    const manifest = JSON.parse(assets.text(manifestName(language)));
    expect(manifest).toMatchObject({ lang: language, start_url: '/mail/inbox', scope: '/' });
    expect(manifest.icons.map(({ purpose }: { purpose: string }) => purpose)).toContain('maskable');
    for (const { src, sizes } of manifest.icons) {
      const png = assets.at(src)?.plain;
      // Width and height stand in the first chunk (PNG 11.2.2).
      expect(`${png?.readUInt32BE(16)}x${png?.readUInt32BE(20)}`).toBe(sizes);
    }
  },
);

it('has a picture of each part of a page of help, light enough to be read on a slow line', () => {
  for (const role of keysOf(GUIDES))
    for (const language of ['fr', 'en'] as const) {
      const parts = (['first', 'second', 'third'] as const).map(
        (part) => assets.at(assets.address(pictureName(role, part, language)))?.plain.length ?? 0,
      );
      expect(Math.min(...parts), role).toBeGreaterThan(1_000);
      expect(
        parts.reduce((sum, bytes) => sum + bytes),
        role,
      ).toBeLessThan(150_000);
    }
});

it('has a stylesheet source without flex gap', () => {
  for (const file of readdirSync(FOLDER).filter((one) => one.endsWith('.css')))
    expect(
      readFileSync(join(FOLDER, file), 'utf8')
        .replaceAll('grid-gap', '')
        .replaceAll(/\/\*[\s\S]*?\*\//g, ''),
      file,
    ).not.toMatch(/[ ;{]gap:/);
});

it('has every icon and animal that a page names', () => {
  const ids = [...assets.text('drawings.svg').matchAll(/<symbol id="([^"]+)"/g)].map(
    (match) => match[1],
  );
  const icons = new Set(ids);
  expect(icons.size).toBe(ids.length);
  for (const name of ['preau', 'lapin']) expect(icons.has(name), name).toBe(true);
  const pictured = new Set(
    [...assets.text('pictures.svg').matchAll(/<symbol id="([^"]+)"/g)].map((match) => match[1]),
  );
  for (const name of foundInSources(/(?:picture|art)\(visit, '([a-z-]+)'/g))
    expect(pictured.has(name), name).toBe(true);
  for (const name of foundInSources(/(?:icon|namedIcon)\(visit, '([a-z-]+)'/g))
    expect(icons.has(name), name).toBe(true);
});
