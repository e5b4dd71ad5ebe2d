/** What the stylesheets of a page say of the same class, for the wall that keeps them apart. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Properties with which a sheet says where something stands and how much room it has. */
const LAYS_OUT =
  /^(?:display|position|float|flex|grid|width|height|min-|max-|padding|margin|top|left|right|bottom|overflow)/;

/** One selector of a rule that lays something out, by the class of what it lays out. */
interface Laid {
  readonly sheet: string;
  readonly className: string;
  readonly selector: string;
  /** `.pick`, and nothing that says where: it holds wherever the class stands. */
  readonly isBare: boolean;
  readonly said: ReadonlyMap<string, string>;
}

/** The sheets that are loaded together: on every page, and besides on some. */
interface Sheets {
  readonly everywhere: readonly string[];
  readonly pages: readonly (readonly string[])[];
}

/**
 * Classes that two sheets of one page lay out in conflict: both bare, with other values of one
 * property; or bare in a page's own sheet, though a sheet of every page lays the class out too. A
 * rule that says where (`.board .pick`) is meant, and no conflict.
 */
export function layoutConflicts(folder: string, { everywhere, pages }: Sheets): string[] {
  const laid = new Map<string, readonly Laid[]>();
  const of = (sheet: string): readonly Laid[] => {
    const known = laid.get(sheet) ?? laidOutIn(sheet, readFileSync(join(folder, sheet), 'utf8'));
    laid.set(sheet, known);
    return known;
  };
  const found = pages.flatMap((page) => {
    const all = [...new Set([...everywhere, ...page])].flatMap(of);
    const byClass = Map.groupBy(all, ({ className }) => className);
    return [...byClass.values()].flatMap((some) =>
      pairs(some)
        .filter(([one, other]) => disagree(one, other) || leaks(everywhere, one, other))
        .map(([one, other]) => `${one.sheet} ${one.selector} | ${other.sheet} ${other.selector}`),
    );
  });
  return [...new Set(found)];
}

function pairs(some: readonly Laid[]): (readonly [Laid, Laid])[] {
  return some.flatMap((one) =>
    some.flatMap((other) => (one.sheet < other.sheet ? [[one, other] as const] : [])),
  );
}

const disagree = (one: Laid, other: Laid): boolean =>
  one.isBare &&
  other.isBare &&
  [...one.said].some(([name, value]) => (other.said.get(name) ?? value) !== value);

function leaks(everywhere: readonly string[], one: Laid, other: Laid): boolean {
  const isOwn = ({ sheet }: Laid): boolean => !everywhere.includes(sheet);
  return (
    (one.isBare && isOwn(one) && !isOwn(other)) || (other.isBare && isOwn(other) && !isOwn(one))
  );
}

/** Rules of a sheet that lay out a class; those of small screens, print and the like left out. */
function laidOutIn(sheet: string, css: string): Laid[] {
  return topRules(css.replace(/\/\*[\s\S]*?\*\//g, '')).flatMap(({ selectors, body }) => {
    const said = new Map(declarations(body).filter(([name]) => LAYS_OUT.test(name)));
    if (said.size === 0) return [];
    return selectors.flatMap((selector) => {
      const subject = selector.split(/\s*[>+~]\s*|\s+/).at(-1) ?? '';
      const className = /^[a-z0-9]*\.([\w-]+)/i.exec(subject)?.[1];
      if (className === undefined || subject.includes('::')) return [];
      const isBare = /^[a-z0-9]*\.[\w-]+$/i.test(selector);
      return [{ sheet, className, selector, isBare, said }];
    });
  });
}

function topRules(css: string): { readonly selectors: string[]; readonly body: string }[] {
  const rules: { selectors: string[]; body: string }[] = [];
  let depth = 0;
  let text = '';
  let head = '';
  for (const sign of css) {
    if (sign === '{') {
      if (depth === 0) head = text.trim();
      depth += 1;
      text = '';
    } else if (sign === '}') {
      depth -= 1;
      if (depth === 0 && !head.startsWith('@'))
        rules.push({ selectors: head.split(',').map((one) => one.trim()), body: text });
      text = '';
    } else text += sign;
  }
  return rules;
}

const declarations = (body: string): (readonly [string, string])[] =>
  body.split(';').flatMap((one) => {
    const colon = one.indexOf(':');
    return colon < 0 ? [] : [[one.slice(0, colon).trim(), one.slice(colon + 1).trim()] as const];
  });

/**
 * Which sheets pages load together, as `webmail/assets.ts` bundles them and pages name the bundles.
 */
export function sheetsOf(assets: string, pages: readonly string[]): Sheets {
  const table = /const STYLES = \{([\s\S]*?)\n\} as const/.exec(assets)?.[1] ?? '';
  const bundles = new Map(
    [...table.matchAll(/'([\w-]+\.css)': \[([^\]]*)\]/g)].map(([, name = '', files = '']) => [
      name,
      quoted(files),
    ]),
  );
  const everywhere = ['base.css', 'adult.css'].flatMap((name) => bundles.get(name) ?? []);
  const named = pages.flatMap((text) =>
    [...text.matchAll(/styles: \[([^\]]*\.css[^\]]*)\]/g)].map(([, list = '']) =>
      quoted(list).flatMap((name) => bundles.get(name) ?? []),
    ),
  );
  return { everywhere, pages: [...bundles.values(), ...named] };
}

const quoted = (list: string): string[] =>
  [...list.matchAll(/'([\w-]+\.css)'/g)].map(([, name = '']) => name);
