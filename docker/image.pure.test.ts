import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { VARIABLES } from '../core/ground/config-variables.ts';
import { loadConfig } from '../core/ground/config.ts';
import { listSources, readSource } from '../tests/shared/sources.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Every file that `preau.ts` and the threads it starts come to, and every package. */
function reached(): {
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
} {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    const source = text(path);
    const workers = [...source.matchAll(/new URL\('(\.[^']+\.ts)'/g)].map(
      (match) => match[1] ?? '',
    );
    const { imports } = readSource(path, source);
    const running = imports.filter(({ runs }) => runs).map(({ from }) => from);
    for (const name of [...running, ...workers]) {
      if (name.startsWith('.')) visit(join(dirname(path), name));
      else if (!name.startsWith('node:'))
        packages.add(
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        );
    }
  };
  visit('preau.ts');
  return { files, packages };
}

const REACHED = reached();

it('the image holds every file that preau comes to, and every package as one that is not left out', () => {
  const copied = [...text('docker/Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
    (match) => (match[1] ?? '').split(' '),
  );
  const { files, packages } = REACHED;
  expect(files.size).toBeGreaterThan(200);
  expect(
    [...files].filter(
      (file) =>
        !copied.some((one) => file === one || file.startsWith(`${one}/`)) ||
        /(^|\/)testing\/|\.test\.ts$/.test(file),
    ),
  ).toEqual([]);
  const { dependencies, optionalDependencies } = JSON.parse(text('package.json')) as {
    dependencies: Record<string, string>;
    optionalDependencies: Record<string, string>;
  };
  expect(
    [...packages].filter(
      (name) =>
        existsSync(join(ROOT, 'node_modules', name)) &&
        !(name in dependencies) &&
        !(name in optionalDependencies),
    ),
  ).toEqual([]);
});

it('every folder of the service is in the image', () => {
  const copied = text('docker/Dockerfile');
  for (const folder of new Set(
    listSources(ROOT)
      .map((path) => path.slice(ROOT.length).split('/')[0] ?? '')
      .filter((one) => !['docker', 'tests', 'preau.ts'].includes(one)),
  ))
    expect(copied).toContain(`COPY ${folder} ${folder}\n`);
});

it('env.example names every variable, and those it fills in beside compose are variables that exist', () => {
  const example = text('docker/env.example');
  for (const name of VARIABLES) expect(example, name).toMatch(new RegExp(`^#?${name}=`, 'm'));
  const named = [...example.matchAll(/^#?(PREAU_\w+)=/gm)].map((match) => match[1] ?? '');
  const compose = text('docker/compose.yaml');
  for (const name of named)
    expect(VARIABLES.includes(name) || compose.includes(`\${${name}`), name).toBe(true);
});

it('what env.example says of a preset is so', () => {
  const presets = Object.fromEntries(
    [...text('docker/env.example').matchAll(/^#(PREAU_(?:HOST|MAX_MESSAGE|\w+_PORT))=(.+)$/gm)].map(
      (match) => [match[1], match[2]],
    ),
  );
  expect(Object.keys(presets).length).toBeGreaterThan(7);
  expect(loadConfig(presets)).toEqual(loadConfig({}));
});

/**
 * Older ones have known holes: header injection, reading of files, quadratic parsing of addresses
 * (each in its changelog).
 */
it.each([
  { name: 'nodemailer', oldest: [9, 1, 1] },
  { name: 'mailparser', oldest: [3, 9, 15] },
])('$name is one without known holes', ({ name, oldest }) => {
  const { version } = JSON.parse(text(`node_modules/${name}/package.json`)) as {
    readonly version: string;
  };
  const parts = version.split('.').map(Number);
  const first = parts.findIndex((part, at) => part !== oldest[at]);
  expect(first === -1 || (parts[first] ?? 0) > (oldest[first] ?? 0), version).toBe(true);
});

it('mail is read by our own parser: the service comes to no other', () => {
  const { packages } = REACHED;
  expect(
    [...packages].filter((name) => /^(mailparser|linkify-it|postal-mime)$/.test(name)),
  ).toEqual([]);
});

it('what clamd can’t look into is said by the scanner of the image too', () => {
  const settings = text('docker/clamd.conf').split('\n');
  const alerts = [
    'AlertExceedsMax',
    'AlertEncrypted',
    'AlertEncryptedArchive',
    'AlertEncryptedDoc',
  ];
  for (const alert of alerts) expect(settings).toContain(`${alert} yes`);
  const [, megabytes] = /^StreamMaxLength (\d+)M$/m.exec(settings.join('\n')) ?? [];
  expect(Number(megabytes) * 1_048_576).toBeGreaterThan(loadConfig({}).maxMessageBytes);
});
