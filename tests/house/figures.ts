import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { castsOf, listSources, parametersOf, readSource, walk } from '../shared/sources.ts';

/**
 * Counts what the house is made of, for whoever tidies it: `sh cli/run.sh tests/house/figures.ts`.
 * With `--where` it names each place. What may not grow is held by `tidy.test.ts`.
 */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MOST_POSITIONAL = 3;

const files = listSources(ROOT).map((path) =>
  readSource(relative(ROOT, path), readFileSync(path, 'utf8')),
);
const isTest = (path: string) => /\.test\.ts$|(^|\/)testing\/|^tests\//.test(path);
const sources = files.filter(({ path }) => !isTest(path) && !path.startsWith('migrations/'));
const linesOf = (among: typeof files) =>
  among.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);

let statements = 0;
for (const { program } of sources)
  walk(program, ({ type }) => {
    if (/(Statement|Declaration)$/.test(type) && type !== 'BlockStatement') statements += 1;
  });

const places = (wanted: (source: (typeof files)[number]) => readonly number[]) =>
  sources.flatMap((source) => wanted(source).map((line) => `${source.path}:${line}`));
const parameters = (is: (one: ReturnType<typeof parametersOf>[number]) => boolean) =>
  places((source) =>
    parametersOf(source)
      .filter(is)
      .map(({ line }) => line),
  );

const figures: Readonly<Record<string, number | readonly string[]>> = {
  'source lines': linesOf(sources),
  'lines of tests': linesOf(files.filter(({ path }) => isTest(path))),
  statements,
  [`functions of more than ${MOST_POSITIONAL} positional parameters`]: parameters(
    ({ count }) => count > MOST_POSITIONAL,
  ),
  'functions with a boolean parameter': parameters(({ booleans }) => booleans > 0),
  'types that are claimed': places(castsOf),
};
for (const [name, value] of Object.entries(figures)) {
  console.log(`${name}: ${typeof value === 'number' ? value : value.length}`);
  if (typeof value !== 'number' && process.argv.includes('--where'))
    for (const place of value) console.log(`  ${place}`);
}
