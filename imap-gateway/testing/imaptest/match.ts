import { textOf, wordsOf, type Word } from './words.ts';

/**
 * What `$name` stands for so far, and where the sequence numbers of the command's beginning are
 * now.
 */
export interface KnownVariables {
  readonly variables: Map<string, string>;
  /** `$3`: the message that was the third before the first EXPUNGE of this group. */
  numberNow(original: number): string;
}

type List = {
  readonly words: readonly Word[];
  readonly step: number;
  readonly inOrder: boolean;
  readonly extra: boolean;
  readonly ignored: readonly string[];
  readonly banned: readonly string[];
};

/**
 * Whether a response is what a script expects. A variable without a value takes it from the
 * response, and keeps it only where all of it matched. `isPrefix`: words may follow (the text of
 * OK, NO, BAD and BYE is for people).
 */
export function matches(
  expected: string,
  response: string,
  known: KnownVariables,
  isPrefix: boolean,
): boolean {
  const before = new Map(known.variables);
  const words = wordsOf(expected);
  const name =
    (/^[$\d]/.test(textOf(words[0]) ?? '') ? textOf(words[1]) : textOf(words[0]))?.toLowerCase() ??
    '';
  const isMatch = inOrder(withDefaults(words, name), wordsOf(response), known, isPrefix);
  if (!isMatch) {
    known.variables.clear();
    for (const [variable, value] of before) known.variables.set(variable, value);
  }
  return isMatch;
}

/** A command with its variables filled in. Throws where one has no value. */
export function filled(text: string, known: KnownVariables): string {
  return text.replaceAll(
    /\$(?:(\$)|\{(\w+)\}|(\w+))/g,
    (_all, dollar: string | undefined, braced: string | undefined, bare: string | undefined) => {
      if (dollar) return '$';
      const name = braced ?? bare ?? '';
      const value = /^\d+$/.test(name) ? known.numberNow(Number(name)) : known.variables.get(name);
      if (value === undefined) throw new Error(`$${name} has no value`);
      return value;
    },
  );
}

/** Lists in these responses have no order of their own (imaptest's defaults). */
function withDefaults(words: readonly Word[], name: string): Word[] {
  const index = { list: 1, lsub: 1, status: 2, fetch: 2 }[name];
  return words.map((word, at): Word => {
    if (at !== index || word.kind !== 'list') return word;
    const inside =
      name === 'fetch'
        ? word.words.map((inner, i): Word =>
            textOf(word.words[i - 1])?.toLowerCase() === 'flags'
              ? directed(inner, '$!unordered', '$!noextra', '$!ignore=\\recent')
              : inner,
          )
        : word.words;
    return directed(
      { kind: 'list', words: inside },
      name === 'fetch' || name === 'status' ? '$!unordered=2' : '$!unordered',
    );
  });
}

function directed(word: Word, ...directives: readonly string[]): Word {
  if (word.kind !== 'list' || textOf(word.words[0])?.startsWith('$!')) return word;
  return {
    kind: 'list',
    words: [...directives.map((text): Word => ({ kind: 'atom', text })), ...word.words],
  };
}

function inOrder(
  expected: readonly Word[],
  got: readonly Word[],
  known: KnownVariables,
  isPrefix: boolean,
): boolean {
  if (expected.length > got.length || (!isPrefix && expected.length < got.length)) return false;
  return expected.every((word, at) =>
    isWord(word, got[at] as Word, known, isPrefix && at === expected.length - 1),
  );
}

function isWord(expected: Word, got: Word, known: KnownVariables, isPrefix: boolean): boolean {
  if (expected.kind === 'nil') return got.kind === 'nil';
  if (expected.kind === 'list')
    return got.kind === 'list' && isList(listOf(expected.words), got.words, known);
  if (expected.text === '$' && got.kind === 'list') return true;
  const text = textOf(got);
  return text !== null && isText(expected.text, text, known, isPrefix);
}

function listOf(words: readonly Word[]): List {
  const directives = words
    .map(textOf)
    .filter((text) => text?.startsWith('$!'))
    .map((text) => text?.slice(2) ?? '');
  const unordered = directives.find((one) => one.startsWith('unordered'));
  const valuesOf = (name: string) =>
    directives
      .filter((one) => one.startsWith(`${name}=`))
      .map((one) => one.slice(name.length + 1).toLowerCase());
  return {
    words: words.slice(directives.length),
    step: Number(unordered?.split('=')[1] ?? 1),
    inOrder: unordered === undefined,
    extra:
      directives.includes('extra') || (unordered !== undefined && !directives.includes('noextra')),
    ignored: valuesOf('ignore'),
    banned: valuesOf('ban'),
  };
}

function isList(list: List, got: readonly Word[], known: KnownVariables): boolean {
  if (list.inOrder) return inOrder(list.words, got, known, false);
  if (got.length % list.step !== 0) return false;
  const chains = Array.from({ length: got.length / list.step }, (_none, at) =>
    got.slice(at * list.step, (at + 1) * list.step),
  );
  const met = new Set<number>();
  for (let at = 0; at < list.words.length; at += list.step) {
    const chain = chains.findIndex((words) =>
      inOrder(list.words.slice(at, at + list.step), words, known, false),
    );
    if (chain < 0) return false;
    met.add(chain);
  }
  const others = chains
    .filter((_words, at) => !met.has(at))
    .map(([first]) => textOf(first)?.toLowerCase() ?? '');
  return list.extra
    ? !others.some((text) => list.banned.includes(text))
    : others.every((text) => list.ignored.includes(text));
}

function isText(expected: string, got: string, known: KnownVariables, isPrefix: boolean): boolean {
  const pieces = [...expected.matchAll(/\$\$|\$\{(\w+)\}|\$(\w*)|[^$]+/g)];
  let at = 0;
  for (const [i, [piece, braced, bare]] of pieces.entries()) {
    const name = braced ?? bare;
    const text = piece === '$$' ? '$' : piece;
    const value =
      name === undefined
        ? text
        : (valueOf(name, known) ?? taken(name, got.slice(at), pieces[i + 1]?.[0], known));
    if (got.slice(at, at + value.length).toLowerCase() !== value.toLowerCase()) return false;
    at += value.length;
  }
  return isPrefix || at === got.length;
}

function valueOf(name: string, known: KnownVariables): string | undefined {
  return /^\d+$/.test(name) ? known.numberNow(Number(name)) : known.variables.get(name);
}

/** A new variable goes up to the first character of what follows it. */
function taken(
  name: string,
  rest: string,
  next: string | undefined,
  known: KnownVariables,
): string {
  const end = next === undefined ? -1 : rest.toLowerCase().indexOf((next[0] ?? '').toLowerCase());
  const value = end < 0 ? rest : rest.slice(0, end);
  if (name !== '') known.variables.set(name, value);
  return value;
}
