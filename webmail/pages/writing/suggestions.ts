import type { Reachable } from '../../../core/mail/writing/contract.ts';
import { html, type Html } from '../../html.ts';

/**
 * The groups in which people are offered, in this order: what a teacher writes to most comes first,
 * and a colleague stands above a parent of the same name.
 */
const GROUPS = [
  'class-list',
  'own-groups',
  'lists',
  'team',
  'teachers',
  'own-families',
  'pupils',
  'families',
  'linked',
  'other-schools',
  'town',
  'outside',
] as const;
type SuggestionGroup = (typeof GROUPS)[number];

export interface Suggestions {
  readonly group: SuggestionGroup;
  readonly people: readonly Reachable[];
}

/** People shown of one group while somebody types; a longer word leaves fewer. */
const MOST_OF_A_GROUP = 6;

/**
 * People and lists as they are offered: by group, and first whoever has a name, and each group with
 * somebody, that begins with what was typed. `own` are the names of the viewer's classes.
 */
export function inGroups(
  people: readonly Reachable[],
  { text, own, most = MOST_OF_A_GROUP }: Asked,
): readonly Suggestions[] {
  const word = folded(text.trim());
  const begins = ({ name }: Reachable): number =>
    folded(name)
      .split(/[\s'’-]+/)
      .some((one) => one.startsWith(word))
      ? 0
      : 1;
  return GROUPS.map((group, order) => {
    const found = people
      .filter((one) => groupOf(one, own) === group)
      .map((one, at) => ({ one, at, late: begins(one) }))
      .sort((a, b) => a.late - b.late || a.at - b.at)
      .slice(0, most);
    return { group, order, late: found[0]?.late ?? 1, people: found.map(({ one }) => one) };
  })
    .filter((found) => found.people.length > 0)
    .sort((a, b) => a.late - b.late || a.order - b.order)
    .map(({ group, people: members }) => ({ group, people: members }));
}

interface Asked {
  readonly text: string;
  readonly own: readonly string[];
  readonly most?: number;
}

function groupOf({ group, classes }: Reachable, own: readonly string[]): SuggestionGroup {
  if (group === 'families' && classes.some((name) => own.includes(name))) return 'own-families';
  return group === 'classmates' ? 'pupils' : group;
}

/** One character stays one, so that a place in the folded text is one in the text. */
function folded(text: string): string {
  return Array.from(text.normalize('NFC'))
    .map((sign) => sign.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().charAt(0) || sign)
    .join('');
}

/** A name with what was typed marked in it, accents folded. */
export function marked(name: string, text: string): Html {
  const whole = name.normalize('NFC');
  const word = folded(text.trim());
  const at = word === '' ? -1 : folded(whole).indexOf(word);
  if (at < 0)
    return html`
      ${whole}
    `;
  const signs = Array.from(whole);
  const end = at + Array.from(word).length;
  return html`
    ${signs.slice(0, at).join('')}
    <mark>${signs.slice(at, end).join('')}</mark>
    ${signs.slice(end).join('')}
  `;
}

/** What a field of recipients holds: addresses, and what is none. */
interface Typed {
  readonly addresses: readonly string[];
  /** A name to look for, or nothing. */
  readonly rest: string;
}

/** Addresses that are read out of one paste. */
const MOST_PASTED = 1000;
const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"][^\s@<>,;".]*\.[^\s@<>,;"]+$/;

/**
 * Reads what was typed or pasted: « a@b.fr; Claire <c@d.fr> » or one address a line (RFC 5322
 * §3.4, as people copy it).
 */
export function typedRecipients(text: string): Typed {
  const pieces = text
    .split(/[,;\n\t]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .slice(0, MOST_PASTED);
  const read = pieces.flatMap((piece) => {
    const inner = /<([^<>]+)>\s*$/.exec(piece)?.[1]?.trim() ?? piece;
    const several = inner.split(/\s+/);
    const words = several.every((word) => ADDRESS.test(word)) ? several : [inner];
    return words.map((word) => ({ piece, word, isAddress: ADDRESS.test(word) }));
  });
  return {
    addresses: [
      ...new Set(read.flatMap(({ word, isAddress }) => (isAddress ? word.toLowerCase() : []))),
    ],
    rest: read
      .filter(({ isAddress }) => !isAddress)
      .map(({ piece }) => piece)
      .join(', '),
  };
}
