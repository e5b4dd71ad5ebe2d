/**
 * A response, or what is expected of one, as the words it is made of. A section such as
 * `BODY[HEADER.FIELDS (TO)]` falls apart into several: on both sides alike.
 */
export type Word =
  | { readonly kind: 'nil' }
  | { readonly kind: 'atom' | 'string'; readonly text: string }
  | { readonly kind: 'list'; readonly words: readonly Word[] };

export function wordsOf(octets: string): Word[] {
  let at = 0;
  return list();

  function list(): Word[] {
    const words: Word[] = [];
    while (at < octets.length) {
      const first = octets[at];
      if (first === ' ') {
        at += 1;
        continue;
      }
      if (first === ')') {
        at += 1;
        return words;
      }
      if (first === '(') {
        at += 1;
        words.push({ kind: 'list', words: list() });
        continue;
      }
      words.push(first === '"' ? quoted() : (literal() ?? atom()));
    }
    return words;
  }

  function quoted(): Word {
    const [all = '', inside = ''] = /^"((?:[^"\\]|\\[^])*)"?/.exec(octets.slice(at)) ?? [];
    at += all.length;
    return { kind: 'string', text: inside.replace(/\\([^])/g, '$1') };
  }

  function literal(): Word | null {
    const size = /^~?\{(\d+)\}\r\n/.exec(octets.slice(at, at + 24));
    if (!size) return null;
    const from = at + size[0].length;
    at = from + Number(size[1]);
    return { kind: 'string', text: octets.slice(from, at) };
  }

  function atom(): Word {
    const from = at;
    while (
      at < octets.length &&
      octets[at] !== ' ' &&
      octets[at] !== ')' &&
      !(octets[at] === '(' && at > from)
    )
      at += 1;
    const text = octets.slice(from, at);
    return text.toLowerCase() === 'nil' ? { kind: 'nil' } : { kind: 'atom', text };
  }
}

/** The text of a word that is an astring; null for NIL and lists. */
export function textOf(word: Word | undefined): string | null {
  return word === undefined || word.kind === 'nil' || word.kind === 'list' ? null : word.text;
}
