/**
 * The regular expressions of a source file, read from its syntax tree: those that stand in it, and
 * those that it builds when it runs.
 */
import type { Node, Program } from 'oxc-parser';
import { lineCounter, walk, type Source } from './sources.ts';

interface Place {
  readonly path: string;
  readonly line: number;
}

/** An expression that is known before anything runs. */
interface WrittenExpression extends Place {
  readonly expression: RegExp;
}

/** A call of `RegExp` whose pattern is known only when it runs. */
interface BuiltExpression extends Place {
  /** The pattern that it is given, as the source has it. */
  readonly pattern: string;
}

/**
 * Every regular expression of a file. `written`: literals, and `RegExp` of strings in which nothing
 * but the file's own constants is filled in. `built`: every other call of `RegExp`.
 */
export function expressionsIn({ path, text, program }: Source): {
  readonly written: readonly WrittenExpression[];
  readonly built: readonly BuiltExpression[];
} {
  const written: WrittenExpression[] = [];
  const built: BuiltExpression[] = [];
  const lineOf = lineCounter(text);
  const constants = constantsOf(program);
  walk(program, (node) => {
    const place = { path, line: lineOf(node.start) };
    if (node.type === 'Literal' && 'regex' in node && node.regex) {
      const { pattern, flags } = node.regex;
      written.push({ ...place, expression: new RegExp(pattern, flags) });
    }
    const [pattern, flags] = argumentsOfRegExp(node);
    if (pattern === undefined) return;
    const known = textOf(pattern, constants);
    if (known === null) built.push({ ...place, pattern: text.slice(pattern.start, pattern.end) });
    else
      written.push({
        ...place,
        expression: new RegExp(known, (flags && textOf(flags, constants)) ?? ''),
      });
  });
  return { written, built };
}

/**
 * Whether there may be one in a file: whatever begins as one does, behind what a value may follow,
 * and `RegExp` by its name. Most files have none, and need not be parsed.
 */
export const mayHaveExpressions = (text: string): boolean =>
  /RegExp|(?:[^\s\w'"`./*$]|^|\b(?:return|typeof|case|in|of|await|void|yield|else|do|throw|new|delete))\s*\/[^/*]/.test(
    text,
  );

/** Of `new RegExp(…)` and `RegExp(…)`. */
function argumentsOfRegExp(node: Node): readonly Node[] {
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return [];
  const { callee } = node;
  return callee.type === 'Identifier' && callee.name === 'RegExp' ? node.arguments : [];
}

type Constants = ReadonlyMap<string, string>;

/** The strings and numbers that a file names at its top, each knowing those before it. */
function constantsOf({ body }: Program): Constants {
  const known = new Map<string, string>();
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue;
    for (const { id, init } of statement.declarations) {
      const value = init === null ? null : textOf(init, known);
      if (id.type === 'Identifier' && value !== null) known.set(id.name, value);
    }
  }
  return known;
}

/** What a string, a number, a constant or a template of those says; null for anything else. */
function textOf(node: Node, constants: Constants): string | null {
  if (node.type === 'Literal')
    return typeof node.value === 'string' || typeof node.value === 'number'
      ? String(node.value)
      : null;
  if (node.type === 'Identifier') return constants.get(node.name) ?? null;
  if (node.type !== 'TemplateLiteral') return null;
  const filled = node.expressions.map((one) => textOf(one, constants));
  if (filled.includes(null)) return null;
  return node.quasis.map(({ value }, at) => `${value.cooked}${filled[at] ?? ''}`).join('');
}
