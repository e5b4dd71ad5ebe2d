/**
 * What tests ask of our own sources: who imports whom, how long things are, what is never used.
 * Read from the syntax tree, so that nothing depends on how a line is laid out.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  parseSync,
  rawTransferSupported,
  visitorKeys,
  type ArrowFunctionExpression,
  type Comment,
  type DynamicImport,
  type Function as OxcFunction,
  type Node,
  type ParamPattern,
  type ParserOptions,
  type Program,
} from 'oxc-parser';

const FOLDERS = ['core', 'smtp', 'imap-gateway', 'webmail', 'migrations', 'cli', 'tests', 'docker'];

/** All TypeScript of the project, as absolute paths. */
export function listSources(root: string): string[] {
  const present = FOLDERS.filter((folder) => readdirSync(root).includes(folder));
  const below = present.flatMap((folder) => filesBelow(join(root, folder)));
  const top = readdirSync(root).includes('preau.ts') ? [join(root, 'preau.ts')] : [];
  return [...top, ...below.filter((path) => path.endsWith('.ts'))];
}

function filesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => !name.includes('node_modules')).map((name) => join(folder, name));
}

/** One file, read once: its text and its syntax tree. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** The same lines with comments blanked. */
  readonly code: string;
  /** Made when it is asked for, which takes most of the reading. */
  readonly program: Program;
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
}

/** One `import` or `export … from`, or one `import()`. */
export interface Import {
  readonly from: string;
  /** What is asked for by name; `*` for all of it, empty for an import of the file alone. */
  readonly names: readonly string[];
  /** Whether Node runs it: `import type` is gone once types are stripped. */
  readonly runs: boolean;
}

/** A name that a file offers. */
interface Export {
  readonly name: string;
  readonly start: number;
}

/**
 * For who wants the trees of most files: they come as they lie in memory, not as JSON, which takes
 * a quarter of the time.
 */
export const WITH_TREE: ParserOptions & { readonly experimentalRawTransfer: boolean } = {
  experimentalRawTransfer: rawTransferSupported(),
};

/** Reads a file. A file that isn't TypeScript is an error. */
export function readSource(path: string, text: string, how: ParserOptions = {}): Source {
  const parsed = parseSync(path, text, how);
  const { module, errors, comments } = parsed;
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const imported = module.staticImports.map(({ moduleRequest, entries }) => ({
    from: moduleRequest.value,
    names: entries.map(({ importName }) => importName.name ?? nameOfAll(importName.kind)),
    runs: entries.length === 0 || entries.some(({ isType }) => !isType),
  }));
  const entries = module.staticExports.flatMap((one) => one.entries);
  const passedOn = entries.flatMap(({ moduleRequest, importName, isType }) =>
    moduleRequest
      ? [{ from: moduleRequest.value, names: [importName.name ?? '*'], runs: !isType }]
      : [],
  );
  return {
    path,
    text,
    code: blanked(text, comments),
    get program() {
      return parsed.program;
    },
    imports: [...imported, ...passedOn, ...importedLater(module.dynamicImports, text)],
    exports: entries.flatMap(({ exportName, moduleRequest, start }) =>
      exportName.name && !moduleRequest ? [{ name: exportName.name, start }] : [],
    ),
  };
}

const nameOfAll = (kind: string): string => (kind === 'Default' ? 'default' : '*');

function importedLater(all: readonly DynamicImport[], text: string): Import[] {
  return all.flatMap(({ moduleRequest: { start, end } }) => {
    const from = /^['"](.+)['"]$/.exec(text.slice(start, end))?.[1];
    return from === undefined ? [] : [{ from, names: ['*'], runs: true }];
  });
}

function blanked(text: string, comments: readonly Comment[]): string {
  let at = 0;
  const kept = comments.map(({ start, end }) => {
    const before = text.slice(at, start);
    at = end;
    return before + text.slice(start, end).replace(/[^\n]/g, ' ');
  });
  return kept.join('') + text.slice(at);
}

/** Cycles among imports, each once, as `a -> b -> a`. */
export function cycles(edges: readonly { readonly from: string; readonly to: string }[]): string[] {
  const next = Map.groupBy(edges, ({ from }) => from);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const again = path.indexOf(file);
    if (again !== -1) {
      found.push([...path.slice(again), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const { to } of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}

/** A function as it stands in its file. */
interface FunctionFound {
  readonly name: string;
  readonly line: number;
  /** From its first line to its last, with what is nested in it. */
  readonly lines: number;
}

/** Every function that has a body of statements or goes over more than three lines. */
export function functionsOf({ program, text }: Source): FunctionFound[] {
  const found: FunctionFound[] = [];
  const lineOf = lineCounter(text);
  walk(program, (node, parent) => {
    if (!isFunction(node)) return;
    const line = lineOf(node.start);
    const lines = lineOf(node.end) - line + 1;
    if (node.body?.type === 'BlockStatement' || lines > 3)
      found.push({ name: nameOf(node, parent), line, lines });
  });
  return found;
}

/**
 * Lines on which a type is claimed, not checked: by `as`, or of what `JSON.parse` gives, which
 * TypeScript takes for anything. `as const` claims nothing.
 */
export function castsOf(source: Source): number[] {
  if (!/\bas (?!const\b)|: .+ = JSON\.parse\(/.test(source.code)) return [];
  const found: number[] = [];
  const lineOf = lineCounter(source.text);
  walk(source.program, (node) => {
    if (claimsType(source, node)) found.push(lineOf(node.start));
  });
  return found;
}

function claimsType({ text }: Source, node: Node): boolean {
  const written = ({ start, end }: Node): string => text.slice(start, end);
  if (node.type === 'TSAsExpression') return written(node.typeAnnotation) !== 'const';
  if (node.type !== 'VariableDeclarator' || !node.init || !node.id.typeAnnotation) return false;
  const { typeAnnotation } = node.id.typeAnnotation;
  return written(node.init).startsWith('JSON.parse(') && written(typeAnnotation) !== 'unknown';
}

/**
 * How many parameters each function has, how many of them are a yes or no, and how many fields the
 * widest has whose type has no name.
 */
export function parametersOf({ program, text }: Source): readonly {
  readonly line: number;
  readonly count: number;
  readonly booleans: number;
  readonly unnamedFields: number;
}[] {
  const found: { line: number; count: number; booleans: number; unnamedFields: number }[] = [];
  const lineOf = lineCounter(text);
  walk(program, (node) => {
    if (!isFunction(node)) return;
    const said = node.params.map((one) => text.slice(one.start, one.end));
    const booleans = said.filter((one) =>
      /^\w+\??: boolean$|^\w+ = (true|false)$/.test(one),
    ).length;
    const unnamedFields = Math.max(0, ...node.params.map(unnamedFieldsOf));
    found.push({ line: lineOf(node.start), count: node.params.length, booleans, unnamedFields });
  });
  return found;
}

/** The fields of a parameter whose type is written where it stands. */
function unnamedFieldsOf(parameter: ParamPattern): number {
  const given = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  const type = 'typeAnnotation' in given ? given.typeAnnotation?.typeAnnotation : null;
  if (!type) return 0;
  const parts = type.type === 'TSIntersectionType' ? type.types : [type];
  return Math.max(...parts.map((one) => (one.type === 'TSTypeLiteral' ? one.members.length : 0)));
}

/**
 * The functions that `it` and `test` are given in a file, those of `it.each(…)(…)`,
 * `it.skipIf(…)(…)` and the like too.
 */
export function testsOf({ program, text }: Source): Omit<FunctionFound, 'name'>[] {
  const found: Omit<FunctionFound, 'name'>[] = [];
  const lineOf = lineCounter(text);
  walk(program, (node) => {
    if (node.type !== 'CallExpression' || !/^(it|test)$/.test(calledName(node))) return;
    for (const given of node.arguments.filter(isFunction)) {
      const line = lineOf(given.start);
      found.push({ line, lines: lineOf(given.end) - line + 1 });
    }
  });
  return found;
}

/** `it` of `it(…)`, `it.each(…)(…)` and `` it.each`…`(…) ``. */
function calledName(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'CallExpression') return calledName(node.callee);
  if (node.type === 'MemberExpression') return calledName(node.object);
  return node.type === 'TaggedTemplateExpression' ? calledName(node.tag) : '';
}

type FunctionNode = OxcFunction | ArrowFunctionExpression;

function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

function nameOf(node: FunctionNode, parent: Node | null): string {
  if ('id' in node && node.id) return node.id.name;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier')
    return parent.id.name;
  const key = parent && 'key' in parent ? parent.key : null;
  return key?.type === 'Identifier' ? key.name : 'a function without a name';
}

/**
 * Exports that no other file asks for by name, as `file: name`. An export is used where another
 * file imports it or passes it on (`export type * from` and `import *` pass on or take all of a
 * file). A test's import counts: a test may look at a part of its subject. A file that Node or a
 * tool starts by its path exports for it: `started` names those.
 */
export function unusedExports(
  sources: readonly Source[],
  started: RegExp = /^$/,
): { readonly file: string; readonly name: string }[] {
  const used = new Set(
    sources.flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => from.startsWith('.'))
        .flatMap(({ from, names }) => names.map((name) => `${join(path, '..', from)} ${name}`)),
    ),
  );
  return sources
    .filter(({ path }) => !started.test(path) && !used.has(`${path} *`))
    .flatMap(({ path, exports }) =>
      exports
        .filter(({ name }) => !used.has(`${path} ${name}`))
        .map(({ name }) => ({ file: path, name })),
    );
}

/**
 * Lines longer than `most` by code of their own: what is left without the longest string,
 * template's text or regular expression on them still is. A sentence, and the title of a test, may
 * be longer.
 */
export function longLines({ program, text }: Source, most: number): number[] {
  const lines = text.split('\n');
  if (lines.every((line) => line.length <= most)) return [];
  const literals = literalsIn(program);
  let start = 0;
  return lines.flatMap((line, index) => {
    const [from, to] = [start, start + line.length];
    start = to + 1;
    if (line.length <= most) return [];
    const within = literals.map((one) => Math.min(one.end, to) - Math.max(one.start, from));
    return line.length - Math.max(0, ...within) > most ? [index + 1] : [];
  });
}

function literalsIn(program: Program): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  walk(program, (node) => {
    const isText =
      node.type === 'TemplateLiteral' ||
      (node.type === 'Literal' && (typeof node.value === 'string' || 'regex' in node));
    if (isText) found.push({ start: node.start, end: node.end });
  });
  return found;
}

/** Lines on which a conditional expression stands within another. */
export function nestedConditionals(source: Source): number[] {
  const marks = source.code.match(/ \? /g) ?? [];
  if (marks.length < 2) return []; // and no tree is made
  const found: number[] = [];
  const lineOf = lineCounter(source.text);
  walk(source.program, (node) => {
    if (node.type !== 'ConditionalExpression') return;
    const parts = [node.test, node.consequent, node.alternate];
    if (parts.some(({ type }) => type === 'ConditionalExpression')) found.push(lineOf(node.start));
  });
  return found;
}

/** Exported functions, and constants that are functions, without a doc comment right above. */
export function undocumentedExports(source: Source): string[] {
  const { text } = source;
  if (!/(?<!\*\/\n)^export (?:async |default )*(?:function|const)\b/m.test(text)) return [];
  return source.program.body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return [];
    const above = text.slice(0, statement.start).trimEnd();
    return above.endsWith('*/') ? [] : functionNames(statement.declaration);
  });
}

function functionNames(declaration: Node | null): string[] {
  if (declaration?.type === 'FunctionDeclaration') return [declaration.id?.name ?? ''];
  if (declaration?.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && init?.type === 'ArrowFunctionExpression' ? [id.name] : [],
  );
}

/**
 * A test or a group of tests in a file: its title as the source has it, and the titles of the
 * groups it stands in, outermost first.
 */
interface Titled {
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
  const code = blanked(text, parseSync('titles.ts', text).comments);
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

/** The number of the line that an offset stands on. */
export function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

export function walk(node: Node, see: (node: Node, parent: Node | null) => void): void {
  const visit = (one: Node, parent: Node | null): void => {
    see(one, parent);
    const parts = one as unknown as Readonly<Record<string, unknown>>;
    for (const key of visitorKeys[one.type] ?? []) {
      const part = parts[key];
      if (!Array.isArray(part)) {
        if (isNode(part)) visit(part, one);
      } else for (const child of part) if (isNode(child)) visit(child, one);
    }
  };
  visit(node, null);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
