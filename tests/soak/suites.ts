import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dkimFolder, readDkimCorpus, type DkimCorpus } from './dkim-corpus.ts';

/** Debian's source packages with the suites, and where in them they lie. */
const PACKAGES = ['mail-spf-perl', 'libmail-dkim-perl'];
const SPF_FILE = 't/rfc7208-tests.yml';
const ARC_FILE = 't/arc_test_suite/arc-draft-validation-tests.yml';
const SOURCES = '/etc/apt/sources.list.d';
/** The files repeat keys, which Python's reader takes and YAML forbids: the last one holds. */
const PYTHON =
  'import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1], encoding="utf-8")))))';

/** One scenario of the SPF suite: cases that share a zone. */
export interface SpfScenario {
  readonly tests: Readonly<
    Record<
      string,
      {
        readonly helo: string;
        readonly host: string;
        readonly mailfrom: string;
        readonly result: string | readonly string[];
      }
    >
  >;
  readonly zonedata: Readonly<
    Record<string, readonly ('TIMEOUT' | Readonly<Record<string, unknown>>)[]>
  >;
}

/** One scenario of the ARC suite. `cv` is `None`, `Pass` or `Fail`; empty in three cases. */
export interface ArcScenario {
  readonly tests: Readonly<Record<string, { readonly message: string; readonly cv: string }>>;
  readonly 'txt-records': Readonly<Record<string, string>> | null;
}

type Suites =
  | {
      readonly kind: 'here';
      readonly spf: readonly SpfScenario[];
      readonly arc: readonly ArcScenario[];
      readonly dkim: DkimCorpus;
    }
  | { readonly kind: 'away'; readonly why: string };

/**
 * Fetches the suites by apt-get source, with lists of its own in a folder that goes away: nothing
 * of the machine changes.
 */
export async function fetchSuites(): Promise<Suites> {
  const folder = mkdtempSync(join(tmpdir(), 'preau-suites-'));
  try {
    if (!existsSync('/usr/bin/apt-get')) return { kind: 'away', why: 'there is no apt-get' };
    const why = await fetch(folder);
    if (why !== null) return { kind: 'away', why };
    const spf = await parsed(find(folder, SPF_FILE));
    const arc = await parsed(find(folder, ARC_FILE));
    if (spf === null || arc === null)
      return { kind: 'away', why: 'python3 with PyYAML is needed to read them' };
    const corpus = dkimFolder(folder);
    if (corpus === null) return { kind: 'away', why: 'the corpus of DKIM isn’t in the package' };
    return {
      kind: 'here',
      spf: spf as SpfScenario[],
      arc: arc as ArcScenario[],
      dkim: readDkimCorpus(corpus),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Null when it went well, else why not. Only the upstream archives are fetched: Debian's own files
 * are not needed.
 */
async function fetch(folder: string): Promise<string | null> {
  for (const name of ['parts', 'lists/partial', 'cache/archives/partial'])
    mkdirSync(join(folder, name), { recursive: true });
  const sources = sourceLists();
  if (sources === '') return 'no Debian source is known here';
  writeFileSync(join(folder, 'parts', 'suites.sources'), sources);
  const options = [
    'Dir::Etc::sourcelist=/dev/null',
    `Dir::Etc::sourceparts=${join(folder, 'parts')}`,
    `Dir::State::lists=${join(folder, 'lists')}`,
    `Dir::Cache=${join(folder, 'cache')}`,
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
  if ((await run('apt-get', [...options, 'update', '-q'], folder)).code !== 0)
    return 'apt-get update failed';
  const fetched = await run(
    'apt-get',
    [...options, 'source', '-q', '--download-only', '--tar-only', ...PACKAGES],
    folder,
  );
  if (fetched.code !== 0) return 'apt-get source failed';
  for (const name of readdirSync(folder).filter((each) => each.includes('.orig.tar.'))) {
    if ((await run('tar', ['xf', name], folder)).code !== 0) return `${name} could not be unpacked`;
  }
  return null;
}

/**
 * The machine's own sources (deb822), of packages' sources instead, and only those that come over
 * the network.
 */
function sourceLists(): string {
  const files = existsSync(SOURCES)
    ? readdirSync(SOURCES).filter((name) => name.endsWith('.sources'))
    : [];
  const stanzas = files.flatMap((name) =>
    readFileSync(join(SOURCES, name), 'utf8').split(/\n\s*\n/),
  );
  const remote = stanzas.filter((stanza) => /^URIs:\s*https?:/m.test(stanza));
  return remote
    .map((stanza) =>
      stanza
        .replace(/^#.*\n/gm, '')
        .replace(/^Types:.*$/m, 'Types: deb-src')
        .trim(),
    )
    .join('\n\n');
}

function find(folder: string, path: string): string {
  return (
    readdirSync(folder)
      .map((name) => join(folder, name, path))
      .find((each) => existsSync(each)) ?? path
  );
}

async function parsed(path: string): Promise<unknown> {
  const { code, output } = await run('python3', ['-c', PYTHON, path], '/');
  return code === 0 ? JSON.parse(output) : null;
}

async function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await Promise.race([
    once(child, 'close'),
    once(child, 'error').then(() => [-1]),
  ])) as [number | null];
  return { code, output: Buffer.concat(chunks).toString('utf8') };
}
