/**
 * What NOTIFY (RFC 5465) asked for, and what has changed since it was last told: mailboxes, names,
 * annotations. Pure.
 */
import type { MailboxId } from '../core/ground/ids.ts';
import type { ListedName, ListedMailbox } from '../core/mail/mailboxes/contract/listed.ts';
import type { AnnotatedMailbox, AnnotationMark } from '../core/store/mail/contract.ts';
import { attributesOf } from './list-names.ts';
import type { View } from './view.ts';
import type { NotifyEvent, NotifyGroup } from './wire/command.ts';
import { encodeName } from './wire/names.ts';
import { entryText, mailboxList } from './wire/write.ts';

export interface MailboxWatch {
  /** None after NOTIFY NONE: nothing is told unasked, in IDLE neither (§4). */
  readonly groups: readonly NotifyGroup[];
  /** Names and counts as the client knows them. */
  known: readonly ListedName[];
  /** Annotations as the client knows them; of nothing where it didn't ask for them. */
  marks: readonly AnnotationMark[];
}

/** What is asked of the selected mailbox; null: nothing of its messages (§3.1). */
export function selectedGroup(groups: readonly NotifyGroup[]): NotifyGroup | null {
  return (
    groups.find(
      ({ mailboxes }) => mailboxes.kind === 'selected' || mailboxes.kind === 'selected-delayed',
    ) ?? null
  );
}

/**
 * What is asked of a mailbox by its name: of all groups that have it (§6), up to one that says
 * NONE.
 */
export function eventsOf(
  groups: readonly NotifyGroup[],
  mailbox: ListedMailbox,
): ReadonlySet<NotifyEvent> {
  const events = new Set<NotifyEvent>();
  const levels = levelsOf(mailbox.path);
  for (const group of groups) {
    if (!isIn(group.mailboxes, mailbox, levels)) continue;
    if (group.events.length === 0) break;
    for (const event of group.events) events.add(event);
  }
  return events;
}

function isIn(
  of: NotifyGroup['mailboxes'],
  { path, isOwn, subscribed, use }: ListedMailbox,
  levels: readonly string[],
): boolean {
  switch (of.kind) {
    case 'selected':
    case 'selected-delayed':
      return false;
    case 'inboxes':
      return isOwn && use === 'inbox';
    case 'personal':
      return isOwn;
    case 'subscribed':
      return subscribed;
    case 'subtree':
      return levels.some((level) => of.names.has(level));
    case 'mailboxes':
      return of.names.has(path);
    default:
      return of satisfies never;
  }
}

/** A path, and every name that it lies below. */
function levelsOf(path: string): string[] {
  const levels = [path];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    levels.push(path.slice(0, end));
  return levels;
}

/** Those whose mailboxes are watched, the client's own aside: changes are heard by their events. */
export function ownersOf(
  groups: readonly NotifyGroup[],
  listed: readonly ListedName[],
): ListedMailbox['news'][] {
  const watched = mailboxesOf(listed).filter((one) => !one.isOwn && eventsOf(groups, one).size > 0);
  return watched.map(({ news }) => news);
}

/** Whose annotations are watched (§5.6, §5.7); null is the server. */
export function annotatedOf(
  groups: readonly NotifyGroup[],
  listed: readonly ListedName[],
): AnnotatedMailbox[] {
  const server: AnnotatedMailbox[] = groups.some(({ events }) =>
    events.includes('ServerMetadataChange'),
  )
    ? [null]
    : [];
  return [
    ...server,
    ...mailboxesOf(listed)
      .filter(
        (one) => one.rights.includes('r') && eventsOf(groups, one).has('MailboxMetadataChange'),
      )
      .map(({ id }) => id),
  ];
}

const mailboxesOf = (listed: readonly ListedName[]): ListedMailbox[] =>
  listed.filter((one) => one.kind === 'mailbox');

interface Wire {
  readonly utf8: boolean;
  readonly selected: number | null;
  readonly statusOf: (mailbox: ListedMailbox) => string;
}

/** Whole response lines for what has changed from `watch.known` to `now` (§5.1 to §5.5). */
export function changesOf(
  { groups, known }: MailboxWatch,
  now: readonly ListedName[],
  wire: Wire,
): string[] {
  const before = new Map(mailboxesOf(known).map((one) => [one.id, one] as const));
  const after = new Map(mailboxesOf(now).map((one) => [one.id, one] as const));
  const renamed = new Map(
    [...before.values()].flatMap((was) => {
      const is = after.get(was.id);
      return is && is.path !== was.path && eventsOf(groups, is).has('MailboxName')
        ? [[was.path, is.path] as const]
        : [];
    }),
  );
  return [
    ...[...before.values()].flatMap((was) =>
      !after.has(was.id) && eventsOf(groups, was).has('MailboxName')
        ? [mailboxList('LIST', was.path, { attributes: ['\\NonExistent'], utf8: wire.utf8 })]
        : [],
    ),
    ...[...after.values()].flatMap((is) =>
      changesOfOne(groups, { was: before.get(is.id) ?? null, is, renamed }, wire),
    ),
  ];
}

interface One {
  readonly was: ListedMailbox | null;
  readonly is: ListedMailbox;
  readonly renamed: ReadonlyMap<string, string>;
}

function changesOfOne(
  groups: readonly NotifyGroup[],
  one: One,
  { utf8, selected, statusOf }: Wire,
): string[] {
  const { was, is } = one;
  const events = eventsOf(groups, is);
  const lines: string[] = [];
  const subscribed =
    events.has('SubscriptionChange') && was !== null && was.subscribed !== is.subscribed;
  if (subscribed || (events.has('MailboxName') && hasOtherName(one))) {
    const old =
      was !== null && was.path !== is.path
        ? { extended: `"OLDNAME" (${encodeName(was.path, { utf8 })})` }
        : {};
    lines.push(mailboxList('LIST', is.path, { attributes: attributesOf(is), utf8, ...old }));
  }
  if (is.id !== selected && was !== null && is.rights.includes('r') && hasNews(events, was, is))
    lines.push(statusOf(is));
  return lines;
}

/**
 * §5.4: made, renamed (not with what it lies under, which is told), or come to have mailboxes below
 * it, or none any more.
 */
function hasOtherName({ was, is, renamed }: One): boolean {
  if (was === null || was.path === is.path) return was?.hasChildren !== is.hasChildren;
  const levels = was.path.split('/');
  return !levels.slice(1).some((_, at) => {
    const above = levels.slice(0, at + 1).join('/');
    const to = renamed.get(above);
    return to !== undefined && is.path === to + was.path.slice(above.length);
  });
}

function hasNews(events: ReadonlySet<NotifyEvent>, was: ListedMailbox, is: ListedMailbox): boolean {
  if (events.has('FlagChange') && was.highestModseq !== is.highestModseq) return true;
  return events.has('MessageNew') && (was.uidNext !== is.uidNext || was.total !== is.total);
}

interface AnnotatedFolders {
  readonly annotated: readonly AnnotatedMailbox[];
  readonly listed: readonly ListedName[];
  readonly utf8: boolean;
}

/**
 * Names of annotations that changed, came or went, by their mailbox (§5.6, §5.7; without values:
 * RFC 5464 §4.4.2).
 */
export function annotationsOf(
  { marks: before }: MailboxWatch,
  now: readonly AnnotationMark[],
  { annotated, listed, utf8 }: AnnotatedFolders,
): string[] {
  const paths = new Map<AnnotatedMailbox, string>([
    [null, ''],
    ...mailboxesOf(listed).map(({ id, path }) => [id, path] as const),
  ]);
  return annotated.flatMap((mailbox) => {
    const ofIt = (marks: readonly AnnotationMark[]): ReadonlyMap<string, string> =>
      new Map(marks.flatMap((one) => (one.mailbox === mailbox ? [[one.entry, one.mark]] : [])));
    const [old, fresh] = [ofIt(before), ofIt(now)];
    const entries = [...new Set([...old.keys(), ...fresh.keys()])].filter(
      (entry) => old.get(entry) !== fresh.get(entry),
    );
    return entries.length === 0
      ? []
      : [
          `* METADATA ${encodeName(paths.get(mailbox) ?? '', { utf8 })} ${entries.map(entryText).join(' ')}\r\n`,
        ];
  });
}

/**
 * A client isn't told of what it does itself (§5): names and subscriptions at these paths, above
 * and below them, are known as they are now.
 */
export function learnNames(
  watch: MailboxWatch,
  now: readonly ListedName[],
  paths: readonly string[],
): void {
  const concerns = (path: string): boolean =>
    paths.some((own) => path === own || path.startsWith(`${own}/`) || own.startsWith(`${path}/`));
  const after = new Map(mailboxesOf(now).map((one) => [one.id, one] as const));
  const before = mailboxesOf(watch.known);
  const known = new Set(before.map(({ id }) => id));
  watch.known = [
    ...before.flatMap((was) => {
      const is = after.get(was.id);
      if (!concerns(was.path) && !(is && concerns(is.path))) return [was];
      return is
        ? [{ ...was, path: is.path, subscribed: is.subscribed, hasChildren: is.hasChildren }]
        : [];
    }),
    ...[...after.values()].filter(({ id, path }) => !known.has(id) && concerns(path)),
  ];
}

/**
 * The same of messages that it puts into a mailbox, at once. Where somebody else's change came
 * between, all of it is still to be told.
 */
export function learnMessages(
  watch: MailboxWatch,
  own: { readonly path: string; readonly uids: readonly number[] },
): void {
  const [first] = own.uids;
  watch.known = watch.known.map((one) =>
    one.kind === 'mailbox' && one.path === own.path && one.uidNext === first
      ? {
          ...one,
          uidNext: one.uidNext + own.uids.length,
          total: one.total + own.uids.length,
          highestModseq: one.highestModseq + 1,
        }
      : one,
  );
}

/** Of the mailbox that it leaves it knows what its view has told. */
export function learnLeft(
  watch: MailboxWatch,
  { id, view }: { readonly id: MailboxId; readonly view: View },
): void {
  if (view.hasGhosts) return;
  watch.known = watch.known.map((one) =>
    one.kind === 'mailbox' && one.id === id
      ? {
          ...one,
          total: view.uids.length,
          uidNext: Math.max(one.uidNext, (view.uids.at(-1) ?? 0) + 1),
          highestModseq: one.highestModseq === 0 ? 0 : view.modseq,
        }
      : one,
  );
}

/** The same of annotations that it sets, which are a step of their mailbox. */
export function learnMarks(
  watch: MailboxWatch,
  now: readonly AnnotationMark[],
  own: { readonly mailbox: AnnotatedMailbox; readonly entries: readonly string[] },
): void {
  watch.known = watch.known.map((one) =>
    one.kind === 'mailbox' && one.id === own.mailbox
      ? { ...one, highestModseq: one.highestModseq + 1 }
      : one,
  );
  const isOwn = ({ mailbox, entry }: AnnotationMark): boolean =>
    mailbox === own.mailbox && own.entries.includes(entry);
  watch.marks = [...watch.marks.filter((one) => !isOwn(one)), ...now.filter(isOwn)];
}
