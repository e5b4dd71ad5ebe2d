import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { TEXTS } from '../../webmail/http/typed.ts';
import { listSources } from '../shared/sources.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Where the two are made that pages have, and what gives a text back itself. */
const MAKING = /^webmail\/(components\/(field|form)|http\/failures)\.ts$/;
/** A text of some lines, and the name that is said right after it. */
const NAMED = [
  /<textarea(?:\s[^>]*?)?\sname="([\w-]+)"/g,
  /\btextField\(visit, \{\s*name: '([\w-]+)'/g,
  /(?:\bfields|\bform|\}\))\.text\('([\w-]+)', \{/g,
];
/** Names out of a list, which stands there. */
const LISTED: Readonly<Record<string, readonly string[]>> = {
  'webmail/pages/setup/setup-town.ts': ['postalAddress', 'host'],
};
const ANY = /<textarea\b|\btextField\(|(?:\bfields|\bform|\}\))\.text\(/g;

it('whatever is written into a form comes back where the form can’t be dealt with', () => {
  const pages = listSources(ROOT)
    .map((path) => relative(ROOT, path))
    .filter((path) => /^webmail\/(pages|components|doors|frame|http)\//.test(path))
    .filter((path) => !/\.test\.ts$|\/testing\//.test(path) && !MAKING.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
  const unnamed: string[] = [];
  const names = new Set<string>();
  for (const { path, text } of pages) {
    const named = NAMED.flatMap((one) => [...text.matchAll(one)].map(([, name = '']) => name));
    for (const name of [...named, ...(LISTED[path] ?? [])]) names.add(name);
    if (LISTED[path] === undefined && named.length !== [...text.matchAll(ANY)].length)
      unnamed.push(path);
  }
  expect(unnamed).toEqual([]);
  expect([...names].toSorted()).toEqual(TEXTS.toSorted());
});

it('a text is shown with its first line, where that is empty too', () => {
  const shown = listSources(ROOT)
    .map((path) => relative(ROOT, path))
    .filter((path) => path.startsWith('webmail/') && !path.endsWith('.test.ts'))
    .flatMap((path) =>
      readFileSync(join(ROOT, path), 'utf8')
        .split('<textarea')
        .slice(1)
        .map((after) => `${path} ${after.slice(after.indexOf('>') + 1).trimStart()}`),
    )
    .filter((one) => /^\S+ \$\{/.test(one));
  const dropped = shown.filter((one) => !one.includes(' ${TEXT_BEGINS}'));
  expect(dropped.map((one) => one.split(' ')[0])).toEqual([]);
});
