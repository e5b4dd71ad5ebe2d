import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  cycles,
  importsOf,
  listSources,
  longFunctions,
  runningImportsOf,
  undocumentedExports,
  withoutComments,
} from '../docker/testing/sources.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAX_FILE_LINES = 480;
const MAX_FUNCTION_LINES = 60;

const files = listSources(ROOT).map((path) => ({
  path: relative(ROOT, path),
  text: readFileSync(path, 'utf8'),
}));
const isTest = (path: string) => /\.test\.ts$|(^|\/)testing\/|^docker\//.test(path);
const sources = files.filter(({ path }) => !isTest(path));
const edges = edgesBy(importsOf);

/** Who imports whom among our files. */
function edgesBy(imports: (text: string) => string[]): { from: string; to: string }[] {
  return files.flatMap(({ path, text }) =>
    imports(text)
      .filter((name) => name.startsWith('.'))
      .map((name) => ({ from: path, to: join(dirname(path), name) })),
  );
}

/** All places in `among` where a pattern stands outside comments, as `file:line`. */
function places(among: readonly { path: string; text: string }[], pattern: RegExp): string[] {
  return among.flatMap(({ path, text }) =>
    withoutComments(text)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

describe('direction of imports', () => {
  const outOf = (from: RegExp, allowed: RegExp) =>
    edges
      .filter((edge) => from.test(edge.from) && !isTest(edge.from) && !allowed.test(edge.to))
      .map((edge) => `${edge.from} -> ${edge.to}`);

  it('the fronts know core by its contract alone, and not one another', () => {
    const contract =
      'core/(core|address|turns|fault|config|networks|log|metrics|certificate/certificate)\\.ts|core/rules/(reasons|facts)\\.ts|core/message/';
    expect([
      ...outOf(/^smtp\//, new RegExp(`^smtp/|^${contract}`)),
      ...outOf(/^webmail\//, new RegExp(`^webmail/|^${contract}`)),
      ...outOf(/^imap-gateway\//, new RegExp(`^imap-gateway/|^${contract}`)),
    ]).toEqual([]);
  });
  it('core knows no front', () => expect(outOf(/^core\//, /^core\//)).toEqual([]));
  it('rules, message and address know nothing of ours', () => {
    expect([
      ...outOf(/^core\/rules\//, /^core\/rules\//),
      ...outOf(/^core\/message\//, /^core\/message\//),
      ...outOf(/^core\/address\.ts/, /^$/),
    ]).toEqual([]);
  });
  it('migrations know no type of the application', () =>
    expect(outOf(/^migrations\//, /^$/)).toEqual([]));
  it('relative imports name a file', () =>
    expect(
      edges
        .filter((edge) => !/\.(ts|json)$/.test(edge.to))
        .map((edge) => `${edge.from} -> ${edge.to}`),
    ).toEqual([]));
  it('there is no cycle', () => expect(cycles(edgesBy(runningImportsOf))).toEqual([]));
  it('only the store and the migrations know Kysely and pg', () => {
    expect(
      sources
        .filter(
          ({ path, text }) =>
            !/^(core\/store|migrations)\//.test(path) &&
            importsOf(text).some((name) => /^(kysely|pg)(\/|$)/.test(name)),
        )
        .map(({ path }) => path),
    ).toEqual([]);
  });
  it('nothing that reads or shows mail can ask the network', () => {
    const readers = sources.filter(
      ({ path }) => /^(core\/message|webmail)\//.test(path) && !path.startsWith('webmail/assets/'),
    );
    const network =
      /^(node:)?(net|tls|http|https|http2|dgram|dns|dns\/promises)$|^(undici|nodemailer|imapflow|mailauth)(\/|$)/;
    const asking = readers.filter(
      ({ path, text }) =>
        runningImportsOf(text).some((name) => network.test(name)) &&
        path !== 'core/message/compose.ts',
    );
    expect(asking.map(({ path }) => path)).toEqual([]);
    expect(places(readers, /(^|[^.\w])fetch\(|\bnew (WebSocket|EventSource)\b/)).toEqual([]);
  });
  it('no file gathers others', () =>
    expect(
      files
        .filter(({ path }) => /(^|\/)(index|utils?|helpers?|managers?)\.ts$/.test(path))
        .map(({ path }) => path),
    ).toEqual([]));
});

describe('what a line may not say', () => {
  it('process.env is read in preau.ts and config.ts', () =>
    expect(
      places(
        sources.filter(({ path }) => !/^(preau|core\/config)\.ts$/.test(path)),
        /process\.env/,
      ),
    ).toEqual([]));
  it('console is for the front door', () =>
    expect(
      places(
        sources.filter(({ path }) => path !== 'preau.ts' && !path.startsWith('webmail/assets/')),
        /\bconsole\./,
      ),
    ).toEqual([]));
  it('there is no any', () =>
    expect(
      places(files, /(:|as|<|\|)\s*any\b(?!thing)(?=[\s;,)>[\]=|]|$)/).filter(
        (place) => !place.startsWith('core/tidy.test.ts'),
      ),
    ).toEqual([]));
  it('nothing switches the compiler off', () =>
    expect(
      files
        .filter(({ text }) =>
          /@ts-(ignore|nocheck|expect-error)/.test(text.replace(/\/@ts-.*\//g, '')),
        )
        .map(({ path }) => path),
    ).toEqual([]));
  it('the rules have no clock and no chance', () =>
    expect(
      places(
        sources.filter(({ path }) => path.startsWith('core/rules/')),
        /Date\.now\(|new Date\(\)|Math\.random\(/,
      ),
    ).toEqual([]));
  it('SMTP reply codes stand in replies.ts', () => {
    expect(
      places(
        sources.filter(({ path }) => path.startsWith('smtp/') && path !== 'smtp/replies.ts'),
        /['"`][245]\d\d[ -]|['"`][245]\.\d\.\d|responseCode\s*[:=]\s*\d/,
      ),
    ).toEqual([]);
  });
});

describe('size and words', () => {
  it(`a file has at most ${MAX_FILE_LINES} lines`, () => {
    expect(
      files
        .filter(({ text }) => text.split('\n').length - 1 > MAX_FILE_LINES)
        .map(({ path, text }) => `${path}: ${text.split('\n').length - 1}`),
    ).toEqual([]);
  });
  it(`a function has at most ${MAX_FUNCTION_LINES} lines`, () => {
    expect(
      sources.flatMap(({ path, text }) =>
        longFunctions(text, MAX_FUNCTION_LINES).map((found) => `${path}: ${found}`),
      ),
    ).toEqual([]);
  });
  it('what core offers to the fronts, and what the rules export, is explained', () => {
    const explained = sources.filter(({ path }) =>
      /^core\/((core|viewer|outcome)\.ts|rules\/)|^core\/.*\bcontract\.ts$/.test(path),
    );
    expect(
      explained.flatMap(({ path, text }) =>
        undocumentedExports(text).map((name) => `${path}: ${name}`),
      ),
    ).toEqual([]);
  });
  it.each([
    ['webmail/texts/fr.ts', 'webmail/texts/en.ts'],
    ['core/rules/reasons-fr.ts', 'core/rules/reasons-en.ts'],
  ])('%s and %s have the same texts', async (french, english) => {
    const [fr, en] = [await keysIn(french), await keysIn(english)];
    expect(fr.length).toBeGreaterThan(0);
    expect({
      missingInEnglish: fr.filter((key) => !en.includes(key)),
      missingInFrench: en.filter((key) => !fr.includes(key)),
    }).toEqual({ missingInEnglish: [], missingInFrench: [] });
  });
});

/**
 * All keys of what a module of texts exports, nested ones with a dot; the export's own name, which
 * differs by language, left out.
 */
async function keysIn(path: string): Promise<string[]> {
  const module = (await import(join(ROOT, path))) as Record<string, unknown>;
  return Object.values(module).flatMap((value) => keysOf(value, ''));
}

function keysOf(value: unknown, prefix: string): string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  return Object.entries(value).flatMap(([key, inner]) =>
    keysOf(inner, prefix === '' ? key : `${prefix}.${key}`),
  );
}
