/** What NOTIFY (RFC 5465) asked for, and which mailboxes have changed since it was last told. Pure. */
import type { Listed, ListedMailbox } from '../core/core.ts';
import type { NotifyEvent, NotifyGroup } from './wire/command.ts';
import { encodeName } from './wire/names.ts';
import { mailboxList } from './wire/write.ts';

export interface Watch {
  readonly groups: readonly NotifyGroup[];
  /** Names and counts as the client knows them. */
  known: readonly Listed[];
}

/** RFC 5465 §5: what can be watched here. */
export const WATCHED_EVENTS: readonly NotifyEvent[] = ['MessageNew', 'MessageExpunge', 'FlagChange', 'MailboxName', 'SubscriptionChange'];

/** What is asked of the selected mailbox; null: nothing beyond what every session is told. */
export function selectedGroup(groups: readonly NotifyGroup[]): NotifyGroup | null {
  return groups.find(({ mailboxes }) => mailboxes.kind === 'selected' || mailboxes.kind === 'selected-delayed') ?? null;
}

/** What is asked of another mailbox: the first group that has it decides. */
export function eventsOf(groups: readonly NotifyGroup[], mailbox: ListedMailbox): readonly NotifyEvent[] {
  return groups.find((group) => isIn(group.mailboxes, mailbox))?.events ?? [];
}

function isIn(of: NotifyGroup['mailboxes'], { path, isOwn, subscribed, use }: ListedMailbox): boolean {
  switch (of.kind) {
    case 'selected': case 'selected-delayed': return false;
    case 'inboxes': return isOwn && use === 'inbox';
    case 'personal': return isOwn;
    case 'subscribed': return subscribed;
    case 'subtree': return of.names.some((name) => path === name || path.startsWith(`${name}/`));
    case 'mailboxes': return of.names.includes(path);
    default: return of satisfies never;
  }
}

interface Wire { readonly utf8: boolean; readonly selected: number | null; readonly statusOf: (mailbox: ListedMailbox) => string }

/** Whole response lines for what has changed from `watch.known` to `now` (RFC 5465 §5.2 to §5.5). */
export function changesOf({ groups, known }: Watch, now: readonly Listed[], wire: Wire): string[] {
  const before = new Map(known.flatMap((one) => (one.kind === 'mailbox' ? [[one.id, one] as const] : [])));
  const after = new Set(now.flatMap((one) => (one.kind === 'mailbox' ? [one.id] : [])));
  const gone = [...before.values()].filter(({ id }) => !after.has(id));
  return [
    ...gone.flatMap((was) => (eventsOf(groups, was).includes('MailboxName') ? [mailboxList('LIST', was.path, { attributes: ['\\NonExistent'], utf8: wire.utf8 })] : [])),
    ...now.flatMap((one) => (one.kind === 'mailbox' ? changesOfOne(groups, before.get(one.id) ?? null, one, wire) : [])),
  ];
}

function changesOfOne(groups: readonly NotifyGroup[], was: ListedMailbox | null, is: ListedMailbox, { utf8, selected, statusOf }: Wire): string[] {
  const events = eventsOf(groups, is);
  const lines: string[] = [];
  const renamed = was !== null && was.path !== is.path;
  const named = events.includes('MailboxName') && (was === null || renamed);
  const subscribed = events.includes('SubscriptionChange') && was !== null && was.subscribed !== is.subscribed;
  if (named || subscribed) {
    const old = renamed ? { extended: `"OLDNAME" (${encodeName(was.path, { utf8 })})` } : {};
    lines.push(mailboxList('LIST', is.path, { attributes: [is.hasChildren ? '\\HasChildren' : '\\HasNoChildren', ...(is.subscribed ? ['\\Subscribed'] : [])], utf8, ...old }));
  }
  if (is.id !== selected && was !== null && hasNews(events, was, is)) lines.push(statusOf(is));
  return lines;
}

function hasNews(events: readonly NotifyEvent[], was: ListedMailbox, is: ListedMailbox): boolean {
  if (events.includes('FlagChange') && was.highestModseq !== is.highestModseq) return true;
  return events.includes('MessageNew') && (was.uidNext !== is.uidNext || was.total !== is.total);
}
