import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['core', 'smtp', 'imap-gateway', 'webmail', 'migrations', 'docker'];

/** All TypeScript of the project, as absolute paths. */
export function listSources(root: string): string[] {
  const top = readdirSync(root).filter((name) => FOLDERS.includes(name));
  const below = top.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(root, folder, name),
    ),
  );
  return [
    join(root, 'preau.ts'),
    ...below.filter((path) => path.endsWith('.ts') && !path.includes('node_modules')),
  ].filter((path) => readable(root, path));
}

function readable(root: string, path: string): boolean {
  return path !== join(root, 'preau.ts') || readdirSync(root).includes('preau.ts');
}

/** What a file imports or exports from, types included, and by import(). */
export function importsOf(text: string): string[] {
  const code = withoutComments(text);
  return [
    ...code.matchAll(/^(?:import|export)\b[^'";]*?from\s+'([^']+)'/gm),
    ...code.matchAll(/^import\s+'([^']+)'/gm),
    ...code.matchAll(/\bimport\('([^']+)'\)/g),
  ].map((match) => match[1] ?? '');
}

/**
 * What of that remains when types are stripped: only these imports run, and only they can make a
 * cycle that bites.
 */
export function runningImportsOf(text: string): string[] {
  return importsOf(text.replace(/^(?:import|export)\s+type\b[^;]*;/gm, ''));
}

/**
 * The same lines with comments blanked. Good enough for our sources, where no text holds a comment
 * sign after a blank.
 */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*\*?[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
    .replace(/(^|\s)\/\/.*$/gm, '');
}

/** Cycles among imports, each once, as `a -> b -> a`. */
export function cycles(edges: readonly { readonly from: string; readonly to: string }[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const again = path.indexOf(file);
    if (again !== -1) {
      found.push([...path.slice(again), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}

const FUNCTION =
  /^(\s*)(?:export\s+)?(?:default\s+)?(?:(?:static|override|private|readonly)\s+)*(?:async\s+)?(?:function\*?\s+(\w+)|const\s+(\w+)\s*=\s*(?:async\s*)?(?:\([^]*?\)|\w+)[^=]*=>\s*\{|(?:get\s+)?\*?(\w+)\([^)]*\)[^;{]*\{)/;
const NOT_A_FUNCTION = /^\s*(if|for|while|switch|catch|return|else|do|try)\b/;

/**
 * Functions longer than `most` lines, as `name (lines)`. A function ends where a closing brace
 * stands at its own indentation. Functions inside are counted by themselves: a factory that only
 * holds named functions is as long as what is its own.
 */
export function longFunctions(text: string, most: number): string[] {
  const lines = text.split('\n');
  const found: { name: string; start: number; end: number }[] = [];
  lines.forEach((line, start) => {
    const match = NOT_A_FUNCTION.test(line) ? null : FUNCTION.exec(line);
    if (match === null) return;
    const indent = match[1] ?? '';
    const end = lines.findIndex((later, index) => index > start && later.startsWith(`${indent}}`));
    if (end !== -1 && !line.trimEnd().endsWith('}'))
      found.push({ name: match[2] ?? match[3] ?? match[4] ?? '?', start, end });
  });
  const own = (outer: { start: number; end: number }) => {
    const inside = found.filter((inner) => inner.start > outer.start && inner.end < outer.end);
    return Array.from(
      { length: outer.end - outer.start + 1 },
      (_unused, index) => outer.start + index,
    ).filter((line) => !inside.some((inner) => line >= inner.start && line <= inner.end)).length;
  };
  return found
    .map((each) => ({ name: each.name, lines: own(each) }))
    .filter((each) => each.lines > most)
    .map((each) => `${each.name} (${each.lines})`);
}

/** Exported functions, and constants that are functions, without a doc comment right above. */
export function undocumentedExports(text: string): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const name =
      /^export (?:async )?function\*? (\w+)/.exec(line)?.[1] ??
      /^export const (\w+) = (?:async )?\(/.exec(line)?.[1];
    const above = lines[index - 1]?.trimEnd() ?? '';
    return name === undefined || above.endsWith('*/') ? [] : [name];
  });
}

/**
 * A test or a group of tests in a file: its title as the source has it, and the titles of the
 * groups it stands in, outermost first.
 */
export interface Titled {
  readonly title: string;
  readonly groups: readonly string[];
}

/**
 * Where a title begins: behind `it(`, `describe.each(…)(`, `it.skipIf(…)(here ? '…' : ` and the
 * like, with the quote it begins with. Up to two titles stand there, one for each branch of a
 * condition.
 */
const TITLES = new RegExp(
  // the call, or the second call of each and skipIf
  String.raw`(?:\b(?:it|test|describe)(?:\.\w+)?|[\])])\(\s*` +
    // here ? '…', title('…'), name('curl', '…')
    String.raw`(?:[\w!.]+\s*\?\s*)?(?:\w+\(\s*(?:'[^']*',\s*)?)?` +
    String.raw`(['"\`])((?:\\.|(?!\1)[^\\])*)\1` +
    String.raw`(?:\s*:\s*(['"\`])((?:\\.|(?!\3)[^\\])*)\3)?`,
  'g',
);

/**
 * All tests and groups of a test file, in their order. Which stand in which is told by how far they
 * are indented.
 */
export function titlesIn(text: string): Titled[] {
  const code = withoutComments(text);
  const open: { readonly indent: number; readonly title: string }[] = [];
  return [...code.matchAll(TITLES)].flatMap((match) => {
    const lineStart = code.lastIndexOf('\n', match.index) + 1;
    const indent = code.slice(lineStart).search(/\S/);
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const groups = open.map(({ title }) => title);
    const titles = [match[2], match[4]]
      .filter((one) => one !== undefined)
      .map((one) => one.replace(/\\(['"`])/g, '$1'));
    open.push({ indent, title: titles[0] ?? '' });
    return titles.map((title) => ({ title, groups }));
  });
}
