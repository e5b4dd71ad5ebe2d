import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { layoutConflicts, sheetsOf } from '../shared/sheets.ts';
import {
  castsOf,
  cycles,
  functionsOf,
  type Import,
  listSources,
  longLines,
  nestedConditionals,
  parametersOf,
  readSource,
  type Source,
  testsOf,
  undocumentedExports,
  unusedExports,
  WITH_TREE,
} from '../shared/sources.ts';
import { CLAIMS } from './claims.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/**
 * The limits, at what is true today; to lower one, set it and mend what the test names. They go
 * down to 500 lines a file, 60 a function, and 0 of what is left below.
 */
const MAX_FILE_LINES = 500;
const MAX_FUNCTION_LINES = 60;
/** Sentences in texts may be longer. */
const MAX_COLUMNS = 100;
/** Lines that are longer all the same, and exports that nobody uses: neither may grow. */
const LONG_LINES_LEFT = 0;
const UNUSED_LEFT = 0;
/** Functions that take something of more than two fields whose type has no name. */
const UNNAMED_LEFT = 2;
/** Functions of more than three parameters: what is more has a name, but where bytes go by. */
const POSITIONAL_LEFT = 21;
/** Pairs of folders that know each other. */
const TWO_WAY_LEFT = 0;
/** Files that a front's file imports, or that one of those does, in the middle of all. */
const MAX_DRAWN_IN = 150;
/** Conditional expressions within others. */
const NESTED_LEFT = 0;
/** What a tool starts or reads by its path. */
const STARTED = /^(migrations\/2|tests\/shared\/global\.ts)|\.d\.ts$/;

/** Made from the migrated database by a test: it is as long as there are tables. */
const MADE_FROM_TABLES = 'core/store/tables.ts';

/**
 * The floors of core, from the ground up (core/decisions/0085-districts.md): districts in a
 * straight line, and the rooms of each one. What stands on one floor knows what is below it and not
 * its neighbours.
 */
const FLOORS: readonly (readonly string[])[] = [
  ['ground'],
  ['rules'],
  ['letters/message'],
  ['letters/second-look'],
  ['letters/scan', 'letters/voice', 'letters/junk'],
  ['roster'],
  ['store'],
  ['directory'],
  ['mail/parsing', 'mail/sites'],
  ['mail/delivery'],
  ['mail/quarantine'],
  ['mail/reading'],
  ['mail/groups'],
  [
    'mail/writing',
    'mail/sent',
    'mail/templates',
    'mail/phrases',
    'mail/reports',
    'mail/mailboxes',
    'mail/presence',
    'mail/copies',
  ],
  ['entry/guessing'],
  ['entry/codes'],
  ['entry/accounts'],
  ['school/imports'],
  ['school/leavers'],
  ['school/teaching', 'school/people', 'school/classes', 'school/school-settings'],
  ['school/papers', 'school/boards'],
  ['school/daily-word'],
  ['school/wall'],
  ['school/cupboard'],
  ['school/week'],
  ['school/hand-in'],
  ['town/signing', 'town/certificate', 'town/bodies'],
  ['town/nights'],
  ['town/isolation', 'town/journals'],
  ['town/readiness', 'town/town'],
  ['town/quotas'],
  ['town/jobs'],
  ['town/demo-outside.ts', 'town/retention.ts'],
  ['core.ts'],
  ['infrastructure.ts'],
  ['open.ts'],
];

/**
 * The folders of pages that know others; every other one knows none. What several share lies in
 * webmail/components/.
 */
const PAGES_ON_PAGES: ReadonlyMap<string, readonly string[]> = new Map([
  ['boards', ['class', 'writing']],
  ['class', ['writing']],
  ['cupboard', ['writing']],
  ['held', ['boards']],
  ['papers', ['writing']],
  ['mail', ['little', 'search', 'writing']],
]);

/** The rooms of delivery, as a letter goes through them: none knows one that comes after it. */
const ROOMS_OF_DELIVERY = ['judging', 'telling', 'keeping', 'holding'];

const TYPE_EXPORTED = /^export (?:abstract )?(?:interface|type|class) (\w+)/gm;

const files = listSources(ROOT).map((path) =>
  readSource(relative(ROOT, path), readFileSync(path, 'utf8'), WITH_TREE),
);
const isTest = (path: string) => /\.test\.ts$|(^|\/)testing\/|^tests\//.test(path);
const sources = files.filter(({ path }) => !isTest(path));
const edges = edgesBy(() => true);

/** Who imports whom among our files. */
function edgesBy(wanted: (one: Import) => boolean): { from: string; to: string }[] {
  return files.flatMap(({ path, imports }) =>
    imports
      .filter((one) => one.from.startsWith('.') && wanted(one))
      .map((one) => ({ from: path, to: join(dirname(path), one.from) })),
  );
}

/** All lines in `among` where a pattern stands outside comments, as `file:line`. */
function linesWith(among: readonly Source[], pattern: RegExp): string[] {
  return among.flatMap(({ path, code }) =>
    code.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

describe('direction of imports', () => {
  const outOf = (from: RegExp, allowed: RegExp) =>
    edges
      .filter((edge) => from.test(edge.from) && !isTest(edge.from) && !allowed.test(edge.to))
      .map((edge) => `${edge.from} -> ${edge.to}`);

  it('the fronts know core by its contract alone, and not one another', () => {
    const doors =
      'core/core\\.ts|core/.*/contract(/[a-z]+)?\\.ts|core/ground/[a-z-]+\\.ts|core/roster/|' +
      'core/rules/(reasons|facts|viewer|outcome)\\.ts|core/letters/message/|' +
      'core/town/certificate/certificate\\.ts';
    expect([
      ...outOf(/^smtp\//, new RegExp(`^smtp/|^${doors}`)),
      ...outOf(/^webmail\//, new RegExp(`^webmail/|^${doors}`)),
      ...outOf(/^imap-gateway\//, new RegExp(`^imap-gateway/|^${doors}`)),
    ]).toEqual([]);
  });

  it(`a front’s file draws in ${MAX_DRAWN_IN} others in the middle, types counted`, () => {
    const imported = Map.groupBy(edges, ({ from }) => from);
    const drawnIn = (path: string): number => {
      const all = new Set([path]);
      for (const one of all) for (const { to } of imported.get(one) ?? []) all.add(to);
      return all.size - 1;
    };
    const fronts = sources.filter(({ path }) => /^(smtp|imap-gateway|webmail)\//.test(path));
    const counts = fronts.map(({ path }) => drawnIn(path)).toSorted((one, other) => one - other);
    const middle = counts[Math.floor(counts.length / 2)] ?? 0;
    console.log(`a front's file draws in ${middle} others in the middle, ${counts.at(-1)} at most`);
    expect(middle).toBeLessThanOrEqual(MAX_DRAWN_IN);
  });

  it('what is around every page knows no page, and no piece of one', () => {
    const page = /^(?!webmail\/(pages|routes|doors)\/)/;
    expect(
      outOf(/^webmail\/(frame|http)\//, /^(?!webmail\/(pages|routes|doors|components)\/)/),
    ).toEqual([]);
    expect(outOf(/^webmail\/components\//, page)).toEqual([]);
  });

  it('pages share what lies in components, and no two folders of them know each other', () => {
    const folderOf = (path: string) => /^webmail\/pages\/([a-z-]+)\//.exec(path)?.[1];
    const wrong = edges.filter(({ from, to }) => {
      const [one, other] = [folderOf(from), folderOf(to)];
      if (one === undefined || other === undefined || one === other || isTest(from)) return false;
      return PAGES_ON_PAGES.get(one)?.includes(other) !== true;
    });
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('core knows no front', () => expect(outOf(/^core\//, /^core\//)).toEqual([]));

  it('rules, message and address know nothing of ours, but clocks and what watches the loop', () => {
    expect([
      ...outOf(/^core\/rules\//, /^core\/(rules\/|ground\/)/),
      ...outOf(/^core\/letters\/message\//, /^core\/(letters\/message\/|ground\/loop-watch\.ts$)/),
      ...outOf(/^core\/ground\/address\.ts/, /^$/),
    ]).toEqual([]);
  });

  it('migrations know no type of the application', () =>
    expect(outOf(/^migrations\//, /^$/)).toEqual([]));

  it('relative imports name a file', () => {
    const unnamed = edges.filter((edge) => !/\.(ts|json)$/.test(edge.to));
    expect(unnamed.map((edge) => `${edge.from} -> ${edge.to}`)).toEqual([]);
  });

  it('core stands in floors, each knowing those below it alone', () => {
    const stands = (path: string) => (place: string) =>
      path === `core/${place}` || path.startsWith(`core/${place}/`);
    const placeOf = (path: string) => FLOORS.flat().find(stands(path)) ?? '';
    const floorOf = (path: string) => FLOORS.findIndex((floor) => floor.some(stands(path)));
    const wrong = edges.filter(
      ({ from, to }) =>
        /^core\//.test(from) &&
        !isTest(from) &&
        (floorOf(from) < 0 || (placeOf(from) !== placeOf(to) && floorOf(to) >= floorOf(from))),
    );
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('a room of delivery knows none that comes after it', () => {
    const roomAt = (path: string) =>
      ROOMS_OF_DELIVERY.findIndex((room) => path.startsWith(`core/mail/delivery/${room}/`));
    const wrong = edges.filter(
      ({ from, to }) => !isTest(from) && roomAt(from) >= 0 && roomAt(to) > roomAt(from),
    );
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('of two folders one alone knows the other, but for one that stands in it', () => {
    const known = new Set(
      edges
        .filter(({ from }) => !isTest(from))
        .map(({ from, to }) => `${dirname(from)} ${dirname(to)}`),
    );
    const pairs = [...known].filter((pair) => {
      const [one = '', other = ''] = pair.split(' ');
      const apart = !`${one}/`.startsWith(`${other}/`) && !`${other}/`.startsWith(`${one}/`);
      return apart && one < other && known.has(`${other} ${one}`);
    });
    expect(pairs.length, pairs.join('\n')).toBeLessThanOrEqual(TWO_WAY_LEFT);
  });

  it('there is no cycle, types counted', () => expect(cycles(edges)).toEqual([]));

  it('only the store and the migrations know Kysely and pg', () => {
    const outside = sources.filter(({ path }) => !/^(core\/store|migrations)\//.test(path));
    const speaks = ({ imports }: Source) =>
      imports.some(({ from }) => /^(kysely|pg)(\/|$)/.test(from));
    expect(outside.filter(speaks).map(({ path }) => path)).toEqual([]);
  });

  it('a table’s rows of one’s school are asked for by `own`, which names the school', () =>
    expect(linesWith(files, /\.where\('school_id', '=', tx\.school\)/)).toEqual([]));

  it('nothing that reads or shows mail can ask the network', () => {
    const readers = sources.filter(
      ({ path }) =>
        /^(core\/letters\/message|webmail)\//.test(path) &&
        !path.startsWith('webmail/assets/') &&
        path !== 'core/letters/message/compose.ts',
    );
    const network =
      /^(node:)?(net|tls|http|https|http2|dgram|dns|dns\/promises)$|^(undici|nodemailer|imapflow|mailauth)(\/|$)/;
    const asking = readers.filter(({ imports }) =>
      imports.some(({ runs, from }) => runs && network.test(from)),
    );
    expect(asking.map(({ path }) => path)).toEqual([]);
    expect(linesWith(readers, /(^|[^.\w])fetch\(|\bnew (WebSocket|EventSource)\b/)).toEqual([]);
  });

  it('no file gathers others', () => {
    const gathers = /(^|\/)(index|utils?|helpers?|managers?)\.ts$/;
    expect(files.filter(({ path }) => gathers.test(path)).map(({ path }) => path)).toEqual([]);
  });
});

describe('what a line may not say', () => {
  const except = (allowed: RegExp) => sources.filter(({ path }) => !allowed.test(path));

  it('process.env is read in preau.ts and config.ts', () =>
    expect(linesWith(except(/^(preau|core\/ground\/config)\.ts$/), /process\.env/)).toEqual([]));

  it('console is for the front door', () =>
    expect(linesWith(except(/^preau\.ts$|^cli\/|^webmail\/assets\//), /\bconsole\./)).toEqual([]));

  it('there is no any', () => {
    const any = /(:|as|<|\|)\s*any\b(?!thing)(?=[\s;,)>[\]=|]|$)/;
    const found = linesWith(files, any).filter(
      (line) => !line.startsWith('tests/house/tidy.test.ts'),
    );
    expect(found).toEqual([]);
  });

  it('a type is claimed where claims.ts says why it holds', () => {
    const claimed = sources
      .map((source): [string, number] => [source.path, castsOf(source).length])
      .filter(([, count]) => count > 0);
    const allowed = Object.entries(CLAIMS).map(([path, { count }]) => [path, count]);
    expect(Object.fromEntries(claimed)).toEqual(Object.fromEntries(allowed));
  });

  it('a function takes no yes or no, a word says which; but for one of a library’s', () => {
    const yesOrNo = sources
      .filter(({ path, text }) => !isTest(path) && /: boolean|= (true|false)\b/.test(text))
      .flatMap((source) =>
        parametersOf(source).flatMap(({ booleans, line }) =>
          booleans > 0 ? [`${source.path}:${line}`] : [],
        ),
      );
    expect(yesOrNo).toEqual([expect.stringMatching(/^smtp\/connection\.ts:/)]);
  });

  it('a function takes three things by their place at most', () => {
    const many = sources
      .filter(({ path }) => !isTest(path) && !path.startsWith('migrations/'))
      .flatMap((source) =>
        parametersOf(source).flatMap(({ count, line }) =>
          count > 3 ? [`${source.path}:${line}`] : [],
        ),
      );
    expect(many.length, many.join('\n')).toBeLessThanOrEqual(POSITIONAL_LEFT);
  });

  it('what a function takes by more than two fields has a name', () => {
    const unnamed = sources
      .filter(({ path }) => !path.startsWith('migrations/'))
      .flatMap((source) =>
        parametersOf(source).flatMap(({ unnamedFields, line }) =>
          unnamedFields > 2 ? [`${source.path}:${line}`] : [],
        ),
      );
    expect(unnamed.length, unnamed.join('\n')).toBeLessThanOrEqual(UNNAMED_LEFT);
  });

  it('nothing switches the compiler off', () => {
    const off = files.filter(({ text }) =>
      /@ts-(ignore|nocheck|expect-error)/.test(text.replace(/\/@ts-.*\//g, '')),
    );
    expect(off.map(({ path }) => path)).toEqual([]);
  });

  it('what the commands say stands in cli/texts', () => {
    const said = /^(preau\.ts$|cli\/(?!texts\/|demo\/|dns\.ts$))/;
    const commands = sources.filter(({ path }) => said.test(path));
    expect(linesWith(commands, /[À-ÖØ-öø-ÿ«»]/)).toEqual([]);
  });

  it('the rules have no clock and no chance', () => {
    const rules = sources.filter(({ path }) => path.startsWith('core/rules/'));
    expect(linesWith(rules, /Date\.now\(|new Date\(\)|Math\.random\(/)).toEqual([]);
  });

  it('a time zone has its name in time-zones.ts', () => {
    const zone =
      /\b(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Z]/;
    const named = files.filter(
      ({ path }) =>
        !/^(core\/ground\/time-zones\.ts|tests\/house\/tidy\.test\.ts)$|^migrations\/|\/texts\/|\.test\.ts$/.test(
          path,
        ),
    );
    expect(linesWith(named, zone)).toEqual([]);
  });

  it('SMTP reply codes stand in replies.ts', () => {
    const smtp = sources.filter(
      ({ path }) => path.startsWith('smtp/') && path !== 'smtp/replies.ts',
    );
    const code = /['"`][245]\d\d[ -]|['"`][245]\.\d\.\d|responseCode\s*[:=]\s*\d/;
    expect(linesWith(smtp, code)).toEqual([]);
  });
});

describe('size and words', () => {
  it(`a file has at most ${MAX_FILE_LINES} lines`, () => {
    const lines = files.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    const long = lines.filter(
      ({ path, lines: count }) => path !== MADE_FROM_TABLES && count > MAX_FILE_LINES,
    );
    expect(long.map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
  });

  /** What is shorter needs no tree. */
  const mayBeLong = ({ text }: Source): boolean => text.split('\n').length > MAX_FUNCTION_LINES;

  it(`a function has at most ${MAX_FUNCTION_LINES} lines, what is nested in it counted`, () => {
    const long = sources.filter(mayBeLong).flatMap((source) =>
      functionsOf(source)
        .filter(({ lines }) => lines > MAX_FUNCTION_LINES)
        .map(({ name, line, lines }) => `${source.path}:${line} ${name} (${lines})`),
    );
    expect(long).toEqual([]);
  });

  it(`a test has at most ${MAX_FUNCTION_LINES} lines: a title for each sentence`, () => {
    const long = files.filter(mayBeLong).flatMap((source) =>
      testsOf(source)
        .filter(({ lines }) => lines > MAX_FUNCTION_LINES)
        .map(({ line, lines }) => `${source.path}:${line} (${lines})`),
    );
    expect(long).toEqual([]);
  });

  it(`a line has at most ${MAX_COLUMNS} columns, but for sentences`, () => {
    // Migrations are not edited once they have run.
    const edited = files.filter(({ path }) => !path.startsWith('migrations/'));
    const long = edited.flatMap((source) =>
      longLines(source, MAX_COLUMNS).map((line) => `${source.path}:${line}`),
    );
    expect(long.length, long.join('\n')).toBeLessThanOrEqual(LONG_LINES_LEFT);
  });

  it('no conditional expression stands within another', () => {
    const nested = files.flatMap((source) =>
      nestedConditionals(source).map((line) => `${source.path}:${line}`),
    );
    expect(nested.length, nested.join('\n')).toBeLessThanOrEqual(NESTED_LEFT);
  });

  it('what is said of a file stands at its top, and no comment after an import', () => {
    const sunk = files.filter(({ text }) => /^import [^;]*;\n\/\*\*/m.test(text));
    expect(sunk.map(({ path }) => path)).toEqual([]);
  });

  it('what is exported is used', () => {
    const unused = unusedExports(files, STARTED).map(({ file, name }) => `${file}: ${name}`);
    expect(unused.length, unused.join('\n')).toBeLessThanOrEqual(UNUSED_LEFT);
  });

  it('the name of a type is exported once in the whole project', () => {
    const declared = files.flatMap(({ path, text }) =>
      [...text.matchAll(TYPE_EXPORTED)].map(({ 1: name = '' }) => ({ name, path })),
    );
    const twice = [...Map.groupBy(declared, ({ name }) => name)].filter(([, at]) => at.length > 1);
    expect(twice.map(([name, at]) => [name, ...at.map(({ path }) => path)].join(' '))).toEqual([]);
  });

  it('two sheets of one page don’t lay out one class in conflict', () => {
    const pages = sources.filter(({ path }) => path.startsWith('webmail/')).map(({ text }) => text);
    const assets = readFileSync(join(ROOT, 'webmail/assets.ts'), 'utf8');
    const sheets = sheetsOf(assets, pages);
    expect(sheets.pages.length).toBeGreaterThan(20);
    expect(layoutConflicts(join(ROOT, 'webmail/assets/styles'), sheets)).toEqual([]);
  });

  it('what core offers to the fronts, and what the rules export, is explained', () => {
    const offers = /^core\/(core\.ts|rules\/)|^core\/.*\bcontract\.ts$/;
    const explained = sources.filter(({ path }) => offers.test(path));
    const bare = explained.flatMap((source) =>
      undocumentedExports(source).map((name) => `${source.path}: ${name}`),
    );
    expect(bare).toEqual([]);
  });

  it.each([
    ['webmail/texts/fr.ts', 'webmail/texts/en.ts'],
    ['core/rules/reasons-fr.ts', 'core/rules/reasons-en.ts'],
    [
      'core/mail/delivery/telling/service-letters-fr.ts',
      'core/mail/delivery/telling/service-letters-en.ts',
    ],
  ])('%s and %s have the same texts', async (french, english) => {
    const [fr, en] = [await keysIn(french), await keysIn(english)];
    expect(fr.length).toBeGreaterThan(0);
    expect(fr.filter((key) => !en.includes(key))).toEqual([]);
    expect(en.filter((key) => !fr.includes(key))).toEqual([]);
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
