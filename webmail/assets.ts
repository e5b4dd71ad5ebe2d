import { hash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, stop, transform } from 'esbuild';
import { manifestIn, manifestName, PNG_ICONS } from './frame/app-icons.ts';
import { symbolsIn } from './symbols.ts';

/** The oldest browsers on the schools' PCs. */
const BROWSERS = ['chrome80', 'firefox78'];
const FOLDER = join(import.meta.dirname, 'assets');

const STYLES = {
  'base.css': ['tokens.css', 'frame.css', 'pupil.css', 'menus.css', 'search.css', 'screens.css'],
  'adult.css': ['adult.css', 'marks.css', 'panes.css', 'bar.css', 'sent.css'],
  // All of a little one's page: one request.
  'little.css': ['tokens.css', 'frame.css', 'screens.css', 'little.css'],
  'format.css': ['format.css'],
  'writing.css': ['attachments.css', 'writing.css'],
  'letter.css': ['attachments.css', 'letter.css'],
  'class.css': ['class-signin.css'],
  'codes.css': ['codes.css'],
  'devices.css': ['codes.css', 'steps.css', 'devices.css'],
  'protect.css': ['steps.css', 'protect.css'],
  'desk.css': ['class-desk.css'],
  'home.css': ['home.css'],
  'everything.css': ['everything.css'],
  'folders.css': ['folders.css'],
  'groups.css': ['groups.css'],
  'second-look.css': ['second-look.css'],
  'phrases.css': ['phrases.css'],
  'answers.css': ['drawing.css', 'answers.css'],
  'pad.css': ['drawing.css', 'pad.css'],
  'held.css': ['held.css'],
  'day.css': ['day.css'],
  'papers.css': ['papers.css'],
  'board.css': ['board.css'],
  'notice.css': ['attachments.css', 'notice.css'],
  'wall.css': ['wall.css'],
  'album.css': ['album.css'],
  'cupboard.css': ['cupboard.css'],
  'shelf.css': ['shelf.css'],
  'week.css': ['week.css'],
  'grid.css': ['grid.css'],
  'school.css': ['school.css'],
  'town-schools.css': ['town-schools.css'],
  'reports.css': ['reports.css'],
  'restored.css': ['restored.css'],
  'roster.css': ['roster.css'],
  'setup.css': ['codes.css', 'devices.css', 'setup.css'],
  'legal.css': ['legal.css'],
  'viewer.css': ['viewer.css'],
  'guide.css': ['guide.css'],
  'preferences.css': ['preferences.css'],
  // What only those load who have chosen it, and the page where they choose.
  'comfort.css': ['comfort.css'],
  'andika.css': ['andika.css'],
  'opendyslexic.css': ['opendyslexic.css'],
  'choices.css': ['andika.css', 'opendyslexic.css', 'choices.css'],
} as const;
/** Letters for early and for dyslexic readers: Latin alone, which has all of French. */
const FONTS = {
  'andika-400.woff2': 'andika/files/andika-latin-400-normal.woff2',
  'andika-700.woff2': 'andika/files/andika-latin-700-normal.woff2',
  'opendyslexic-400.woff2': 'opendyslexic/files/opendyslexic-latin-400-normal.woff2',
  'opendyslexic-700.woff2': 'opendyslexic/files/opendyslexic-latin-700-normal.woff2',
} as const;
const SCRIPTS = {
  'page.js': 'page.ts',
  'mail.js': 'mail.ts',
  'swipe.js': 'swipe.ts',
  'write.js': 'write.ts',
  'eye.js': 'eye.ts',
  'viewer.js': 'viewer.ts',
  'class.js': 'class-signin.ts',
  'spread.js': 'spread.ts',
  'roster.js': 'roster.ts',
  'worker.js': 'worker.ts',
  'offline.js': 'offline.ts',
  'held.js': 'held.ts',
  'day.js': 'day.ts',
  'little.js': 'little.ts',
  'answers.js': 'answers.ts',
  'draw.js': 'draw.ts',
  'voice.js': 'voice.ts',
  'pad.js': 'pad.ts',
  'aloud.js': 'aloud.ts',
  'format.js': 'format.ts',
  'template.js': 'template.ts',
  'week.js': 'week.ts',
  'pick.js': 'pick.ts',
  'bring.js': 'bring.ts',
  'speak.js': 'speak-here.ts',
} as const;
/** Of the pages of help: taken from the running product by `npm run shots -- help`. */
const PICTURES = readdirSync(join(FOLDER, 'help'));
/** All small drawings in one file, and so one request. */
const DRAWINGS = ['icons.svg', 'animals.svg'] as const;
/** What the little ones read instead of words: adults' faces, and what one can do. */
const PICTURED = ['portraits.svg', 'pictures.svg'] as const;
/** What a browser's tab shows: without and with something new. */
const TAB_ICONS = ['tab.svg', 'tab-new.svg'] as const;
/**
 * Assets are named by what their hash covers, so that a page finds them anywhere:
 * `/a/<hash>/drawings.svg`.
 */
const PREFIX = '/a/';
const SMALLEST = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } } as const;

export interface Asset {
  readonly mediaType: string;
  readonly plain: Buffer;
  /**
   * Compressed once, as it is first asked for that way: a start waits for none of it, and the event
   * loop neither. Null for what is compressed in itself.
   */
  readonly packed: ((way: 'br' | 'gzip') => Promise<Buffer>) | null;
}

export interface Assets {
  /** The address of an asset, with the hash of its content: it may be kept for ever. */
  readonly address: (name: string) => string;
  /** What lies at an address, or null. */
  readonly at: (address: string) => Asset | null;
  readonly text: (name: string) => string;
}

let built: Promise<Assets> | null = null;

/**
 * Bundles everything once for the process, at start: stylesheets and scripts for Chrome 80 and
 * Firefox 78, the drawings as they are. What bundles is a program of its own, which would stay with
 * 25 MiB and nothing to do.
 */
export function builtAssets(): Promise<Assets> {
  built ??= buildAssets().finally(() => void stop());
  return built;
}

async function buildAssets(): Promise<Assets> {
  const fonts = await Promise.all(
    Object.entries(FONTS).map(async ([name, file]) => addressed(name, await readFile(font(file)))),
  );
  const icons = await Promise.all(
    PNG_ICONS.map(async ({ name }) => addressed(name, await readFile(join(FOLDER, 'icons', name)))),
  );
  const fontAddresses = new Map(fonts.map(({ name, address }) => [name, address]));
  const made = await Promise.all([
    ...Object.entries(STYLES).map(
      async ([name, files]) => [name, withFonts(await style(files), fontAddresses)] as const,
    ),
    ...Object.entries(SCRIPTS).map(async ([name, file]) => [name, await script(file)] as const),
    drawings(DRAWINGS).then((text) => ['drawings.svg', text] as const),
    drawings(PICTURED).then((text) => ['pictures.svg', text] as const),
    drawings(['day.svg']).then((text) => ['day.svg', text] as const),
    ...TAB_ICONS.map(async (name) => [name, await readFile(join(FOLDER, name), 'utf8')] as const),
  ]);
  const pictures = await Promise.all(
    PICTURES.map(async (name) => addressed(name, await readFile(join(FOLDER, 'help', name)))),
  );
  const iconAddresses = new Map(icons.map(({ name, address }) => [name, address]));
  for (const language of ['fr', 'en'] as const) {
    const manifest = manifestIn(language, (name) => iconAddresses.get(name) ?? '');
    made.push([manifestName(language), manifest]);
  }
  const all = [
    ...fonts,
    ...icons,
    ...pictures,
    ...made.map(([name, text]) => addressed(name, Buffer.from(text))),
  ];
  const addresses = new Map(all.map(({ name, address }) => [name, address]));
  const assets = new Map(all.map(({ address, asset }) => [address, asset]));
  const texts = new Map(made);
  return {
    address: (name) => addresses.get(name) ?? `${PREFIX}missing/${name}`,
    at: (address) => assets.get(address) ?? null,
    text: (name) => texts.get(name) ?? '',
  };
}

interface Addressed {
  readonly name: string;
  readonly address: string;
  readonly asset: Asset;
}

function addressed(name: string, plain: Buffer): Addressed {
  const mark = hash('sha256', plain).slice(0, 12);
  return {
    name,
    address: `${PREFIX}${mark}/${name}`,
    asset: {
      mediaType: typeOf(name),
      plain,
      packed: /\.(woff2|png|webp)$/.test(name) ? null : packing(plain),
    },
  };
}

/** As small as it gets, each way once. */
function packing(plain: Buffer): (way: 'br' | 'gzip') => Promise<Buffer> {
  const done = new Map<'br' | 'gzip', Promise<Buffer>>();
  return (way) => {
    const packed =
      done.get(way) ??
      (way === 'gzip'
        ? promisify(gzip)(plain, { level: 9 })
        : promisify(brotliCompress)(plain, SMALLEST));
    done.set(way, packed);
    return packed;
  };
}

const font = (file: string): string => fileURLToPath(import.meta.resolve(`@fontsource/${file}`));

/** Stylesheets name fonts as files; a browser finds them at their address. */
function withFonts(css: string, addresses: ReadonlyMap<string, string>): string {
  return css.replace(/url\("?([a-z0-9-]+\.woff2)"?\)/g, (_all, name: string) => {
    return `url(${addresses.get(name) ?? name})`;
  });
}

async function style(files: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    files.map((file) => readFile(join(FOLDER, 'styles', file), 'utf8')),
  );
  return (await transform(parts.join('\n'), { loader: 'css', minify: true, target: BROWSERS }))
    .code;
}

async function script(file: string): Promise<string> {
  const made = await build({
    entryPoints: [join(FOLDER, 'scripts', file)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: BROWSERS,
    charset: 'utf8',
  });
  return made.outputFiles[0]?.text ?? '';
}

async function drawings(sources: readonly string[]): Promise<string> {
  const files = await Promise.all(sources.map((file) => readFile(join(FOLDER, file), 'utf8')));
  const symbols = files.flatMap(symbolsIn).map(({ whole }) => whole);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${symbols.join('\n')}</svg>\n`;
}

function typeOf(name: string): string {
  if (name.endsWith('.css')) return 'text/css; charset=utf-8';
  if (name.endsWith('.woff2')) return 'font/woff2';
  if (name.endsWith('.png')) return 'image/png';
  if (name.endsWith('.webp')) return 'image/webp';
  if (name.endsWith('.webmanifest')) return 'application/manifest+json';
  return name.endsWith('.js') ? 'text/javascript; charset=utf-8' : 'image/svg+xml';
}
