/**
 * Which names LIST gives and what it says of each (RFC 9051 §6.3.9, RFC 5258, RFC 6154; LSUB of RFC
 * 3501 §6.3.9). Pure: the names come from core, the patterns from the client.
 */
import { keysOf } from '../core/ground/keys.ts';
import type { ListedName, ListedMailbox } from '../core/mail/mailboxes/contract/listed.ts';
import type { SpecialUse } from '../core/store/mail/contract.ts';
import type { ListReturns, ListSelect } from './wire/command.ts';

interface ListLine {
  readonly path: string;
  readonly attributes: readonly string[];
  /** RFC 5258 §4: a descendant that the patterns don't name meets the selection. */
  readonly childInfo: boolean;
  /** What STATUS can be told of. */
  readonly mailbox: ListedMailbox | null;
}

export interface ListQuestion {
  /** Reference and pattern joined. */
  readonly patterns: readonly string[];
  readonly extended: boolean;
  readonly select: ListSelect;
  readonly returns: ListReturns;
}

const USE_ATTRIBUTES: Readonly<Record<SpecialUse, string | null>> = {
  inbox: null,
  drafts: '\\Drafts',
  sent: '\\Sent',
  trash: '\\Trash',
  junk: '\\Junk',
  archive: '\\Archive',
  // of draft-ietf-mailmaint-messageflag-mailboxattribute, registered with IANA
  later: '\\Snoozed',
};

/** The special-use attribute of a mailbox (RFC 6154 §2). */
export const attributeOf = (use: SpecialUse | null): string | null =>
  use === null ? null : USE_ATTRIBUTES[use];

/**
 * The special use that an attribute names; null for those that no mailbox has here (\All, \Flagged,
 * \Important, unknown ones).
 */
export function useOf(attribute: string): SpecialUse | null {
  return (
    keysOf(USE_ATTRIBUTES).find(
      (use) => USE_ATTRIBUTES[use]?.toLowerCase() === attribute.toLowerCase(),
    ) ?? null
  );
}

/** LIST's lines, in the order of the names. */
export function listLines(names: readonly ListedName[], question: ListQuestion): ListLine[] {
  const { select } = question;
  const selects = select.subscribed || select.specialUse;
  const met = new Set(names.filter((name) => meets(name, select)).map(({ path }) => path));
  const matched = new Set(
    names.map(({ path }) => path).filter((path) => matchesAny(question.patterns, path)),
  );
  const above = select.recursiveMatch
    ? ancestorsOf([...met].filter((path) => !matched.has(path)))
    : new Set<string>();
  const lines = names
    .filter(
      ({ path }) =>
        matched.has(path) && (selects ? met.has(path) || above.has(path) : met.has(path)),
    )
    .map((name) => ({
      path: name.path,
      attributes: selectedAttributes(name, question),
      childInfo: above.has(name.path),
      mailbox: name.kind === 'mailbox' ? name : null,
    }));
  const known = new Set(names.map(({ path }) => path));
  const missing = [...above].filter(
    (path) => !known.has(path) && matchesAny(question.patterns, path),
  );
  return [
    ...lines,
    ...missing.map((path) => ({
      path,
      attributes: ['\\NonExistent', '\\HasChildren'],
      childInfo: true,
      mailbox: null,
    })),
  ];
}

/** \Subscribed and whether there are mailboxes below, as LIST of one mailbox tells them unasked. */
export function attributesOf({ subscribed, hasChildren }: ListedMailbox): string[] {
  return [
    hasChildren ? '\\HasChildren' : '\\HasNoChildren',
    ...(subscribed ? ['\\Subscribed'] : []),
  ];
}

/** Without selection: everything that is there. A name that is only subscribed is nowhere else. */
function meets(name: ListedName, { subscribed, specialUse }: ListSelect): boolean {
  const isSubscribed = name.kind === 'gone' || (name.kind === 'mailbox' && name.subscribed);
  const hasUse = name.kind === 'mailbox' && attributeOf(name.use) !== null;
  if (!subscribed && !specialUse) return name.kind !== 'gone';
  return (!subscribed || isSubscribed) && (!specialUse || hasUse);
}

function ancestorsOf(paths: readonly string[]): Set<string> {
  const above = new Set<string>();
  for (const path of paths)
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
      above.add(path.slice(0, at));
  return above;
}

/**
 * \NonExistent means \Noselect too (RFC 5258 §3), which clients of the plain form know alone.
 * Children and uses are said unasked.
 */
function selectedAttributes(
  name: ListedName,
  { extended, select, returns }: ListQuestion,
): string[] {
  const subscribed = select.subscribed || returns.subscribed ? ['\\Subscribed'] : [];
  switch (name.kind) {
    case 'branch':
      return [extended ? '\\NonExistent' : '\\Noselect', '\\HasChildren'];
    case 'gone':
      return ['\\NonExistent', ...subscribed];
    case 'mailbox': {
      const use = attributeOf(name.use);
      return [
        name.hasChildren ? '\\HasChildren' : '\\HasNoChildren',
        ...(name.subscribed ? subscribed : []),
        ...(use === null ? [] : [use]),
      ];
    }
    default:
      return name satisfies never;
  }
}

/**
 * LSUB's lines: subscribed names, and with \Noselect those above them that the pattern names
 * instead (RFC 3501 §6.3.9).
 */
export function lsubLines(
  names: readonly ListedName[],
  pattern: string,
): Pick<ListLine, 'path' | 'attributes'>[] {
  const subscribed = names.filter((name) =>
    meets(name, { subscribed: true, specialUse: false, remote: false, recursiveMatch: false }),
  );
  const known = new Set(subscribed.map(({ path }) => path));
  const matched = subscribed.filter(({ path }) => matches(pattern, path));
  const above = ancestorsOf(
    subscribed.filter(({ path }) => !matches(pattern, path)).map(({ path }) => path),
  );
  return [
    ...matched.map(({ path, kind }) => ({
      path,
      attributes: kind === 'gone' ? ['\\Noselect'] : [],
    })),
    ...[...above]
      .filter((path) => !known.has(path) && matches(pattern, path))
      .map((path) => ({ path, attributes: ['\\Noselect'] })),
  ];
}

const matchesAny = (patterns: readonly string[], path: string): boolean =>
  patterns.some((pattern) => matches(pattern, path));

/**
 * Whether a name matches a pattern: `*` is anything, `%` anything but `/` (§6.3.9); INBOX in any
 * case. All positions in the pattern where the name read so far may stand are kept at once, so that
 * `*%*%` costs no more than its length times the name's.
 */
export function matches(pattern: string, path: string): boolean {
  const inbox = /^INBOX(?:\/|$)/.test(path);
  let positions = reach(pattern, [0]);
  for (let at = 0; at < path.length && positions.length > 0; at++) {
    const char = path.charAt(at);
    const next = new Set<number>();
    for (const position of positions) {
      const wanted = pattern[position];
      if (wanted === '*' || (wanted === '%' && char !== '/')) next.add(position);
      else if (wanted === char || (inbox && at < 5 && wanted?.toUpperCase() === char))
        next.add(position + 1);
    }
    positions = reach(pattern, next);
  }
  return positions.includes(pattern.length);
}

/** These positions and those behind wildcards, which may stand for nothing. */
function reach(pattern: string, positions: Iterable<number>): number[] {
  const all = new Set<number>();
  for (const position of positions) {
    all.add(position);
    for (let at = position; pattern[at] === '*' || pattern[at] === '%'; at++) all.add(at + 1);
  }
  return [...all];
}
