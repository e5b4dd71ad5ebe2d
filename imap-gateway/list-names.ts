/**
 * Which names LIST gives and what it says of each (RFC 9051 §6.3.9, RFC 5258, RFC 6154; LSUB of RFC
 * 3501 §6.3.9). The names come from core, the patterns from the client.
 */
import { keysOf } from '../core/ground/keys.ts';
import { mapInTurns } from '../core/ground/map-in-turns.ts';
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
export async function listLines(
  names: readonly ListedName[],
  question: ListQuestion,
): Promise<ListLine[]> {
  const { select, patterns } = question;
  const selects = select.subscribed || select.specialUse;
  const met = new Set(names.filter((name) => meets(name, select)).map(({ path }) => path));
  const known = new Set(names.map(({ path }) => path));
  const matched = new Set(await matching(patterns, [...known]));
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
  const missing = await matching(
    patterns,
    [...above].filter((path) => !known.has(path)),
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
export async function lsubLines(
  names: readonly ListedName[],
  pattern: string,
): Promise<Pick<ListLine, 'path' | 'attributes'>[]> {
  const subscribed = names.filter((name) =>
    meets(name, { subscribed: true, specialUse: false, remote: false, recursiveMatch: false }),
  );
  const known = new Set(subscribed.map(({ path }) => path));
  const matched = new Set(await matching([pattern], [...known]));
  const above = ancestorsOf([...known].filter((path) => !matched.has(path)));
  const named = await matching(
    [pattern],
    [...above].filter((path) => !known.has(path)),
  );
  return [
    ...subscribed
      .filter(({ path }) => matched.has(path))
      .map(({ path, kind }) => ({ path, attributes: kind === 'gone' ? ['\\Noselect'] : [] })),
    ...named.map((path) => ({ path, attributes: ['\\Noselect'] })),
  ];
}

/** Those that one of the patterns names; others have the event loop in between. */
async function matching(
  patterns: readonly string[],
  paths: readonly string[],
): Promise<readonly string[]> {
  const isNamed = await mapInTurns(paths, (path) =>
    patterns.some((pattern) => matches(pattern, path)),
  );
  return paths.filter((_, index) => isNamed[index]);
}

/**
 * Whether a name matches a pattern: `*` is anything, `%` anything but `/` (§6.3.9); INBOX in any
 * case. A wildcard takes as little as it can, and one character more where the rest doesn't match:
 * to look again at the last `%`, then at the last `*`, is enough, so that no pattern costs more
 * than its length times the name's.
 */
export function matches(pattern: string, path: string): boolean {
  const inboxEnd = /^INBOX(?:\/|$)/.test(path) ? 5 : 0;
  const isSame = (wanted: string | undefined, at: number): boolean =>
    wanted === path[at] || (at < inboxEnd && wanted?.toUpperCase() === path[at]);
  let [position, at] = [0, 0];
  let star: Wildcard | null = null;
  let percent: Wildcard | null = null;
  while (at < path.length) {
    const wanted = pattern[position];
    if (wanted === '*') {
      position += 1;
      star = { behind: position, upTo: at };
      percent = null;
    } else if (wanted === '%') {
      position += 1;
      percent = { behind: position, upTo: at };
    } else if (isSame(wanted, at)) {
      position += 1;
      at += 1;
    } else {
      if (percent !== null && path[percent.upTo] === '/') percent = null;
      const last: Wildcard | null = percent ?? star;
      if (last === null) return false;
      if (last === star) percent = null;
      last.upTo += 1;
      [position, at] = [last.behind, last.upTo];
    }
  }
  return /^[*%]*$/.test(pattern.slice(position));
}

/** A wildcard that has been met: where the pattern goes on behind it, and how far it reaches. */
interface Wildcard {
  readonly behind: number;
  upTo: number;
}
