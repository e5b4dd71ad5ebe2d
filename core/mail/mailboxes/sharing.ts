import { viewerOf } from '../../directory/viewer-of.ts';
import type { AccountId, MailboxId } from '../../ground/ids.ts';
import type { RoomVisit, Viewer } from '../../rules/viewer.ts';
import type { Annotation, AnnotationMark, AnnotatedMailbox } from '../../store/mail/contract.ts';
import { seenMailbox, type SeenMailbox } from '../../store/mail/mailbox-access.ts';
import {
  addressOfAccount,
  annotationMarksOf,
  annotationsOf,
  countAnnotated,
  grantsOf,
  setAnnotation,
  setRights,
} from '../../store/mail/rights.ts';
import { keepRights, lacks, ownRights, READER_RIGHTS, RIGHTS } from './access.ts';
import { act, Undo } from './acts.ts';
import type { Mailboxes } from './contract.ts';
import type { Grant } from './contract/changes.ts';
import type { Seer } from './contract/seer.ts';
import type { MailboxOutcome, MailboxStop } from './contract/stop.ts';
import type { GrantWish, RightsChange } from './contract/wishes.ts';
import {
  MAX_ANNOTATION_BYTES,
  MAX_ANNOTATION_NAME,
  MAX_ANNOTATIONS,
  MAX_GRANTS,
} from './limits.ts';
import { done, treeOf, type MailboxParts } from './parts.ts';
import { isReader, verdictOf } from './todays-reach.ts';

/** The owner first; told to who may administer the mailbox. */
export function rights(
  { store }: MailboxParts,
  viewer: Seer,
  mailbox: MailboxId,
): Promise<MailboxOutcome<readonly Grant[]>> {
  return store.read(viewer.school, async (tx): Promise<MailboxOutcome<readonly Grant[]>> => {
    const seen = await seenMailbox(tx, viewer.account, mailbox);
    const stop = seen?.granted === null ? null : lacks(seen, viewer, 'a');
    if (!seen || stop) return stop ?? { kind: 'nonexistent' };
    const grants = await grantsOf(tx, mailbox);
    const owner = {
      identifier: (await addressOfAccount(tx, seen.owner)) ?? '',
      rights: keepRights((right) => !(right === 'x' && seen.use !== null)),
    };
    return done([
      owner,
      ...grants.map(({ identifier, rights: given }) => ({ identifier, rights: given })),
    ]);
  });
}

/** Somebody of the viewer's school by their address; `null` for whoever isn't. */
async function personAt(
  { directory, clock }: MailboxParts,
  viewer: Seer,
  identifier: string,
): Promise<Viewer | null> {
  const address = identifier.trim().toLowerCase();
  const entry = (await directory.resolve([address], { maxAgeMs: 0 })).get(address);
  return entry?.kind === 'account' && entry.school === viewer.school
    ? viewerOf(directory, { home: entry.school, addressId: entry.id }, clock())
    : null;
}

export async function grant(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  mailbox: MailboxId,
  { identifier, change }: GrantWish,
): Promise<MailboxOutcome<null>> {
  if (isReader(viewer.role)) return { kind: 'cannot', why: 'pupil' };
  const person = await personAt(parts, viewer, identifier);
  if (!person) return { kind: 'cannot', why: 'not-in-town' };
  const allowed =
    change.how === 'remove' || (await verdictOf(parts, viewer, person.address)) === 'allow';
  const result = await act(
    { parts, viewer },
    { mailboxes: [mailbox] },
    async (tx, all): Promise<MailboxOutcome<AccountId>> => {
      const seen = all.get(mailbox);
      const stop = lacks(seen, viewer, 'a') ?? grantStop(seen, person, change);
      if (!seen || stop) return stop ?? { kind: 'nonexistent' };
      const grants = await grantsOf(tx, mailbox);
      const old = grants.find(({ account }) => account === person.account)?.rights ?? '';
      if (old === '' && grants.length >= MAX_GRANTS)
        return { kind: 'limit', what: 'grants', limit: MAX_GRANTS };
      const next = keepRights((right) =>
        change.rights.includes(right)
          ? change.how !== 'remove'
          : change.how !== 'set' && old.includes(right),
      );
      if (next !== '' && !allowed) return { kind: 'cannot', why: 'rules' };
      await setRights(tx, { mailbox, account: person.account }, next);
      return done(person.account);
    },
  );
  if (result.kind !== 'done') return result;
  parts.mailEvents.announce(viewer.school, [result.value]);
  return done(null);
}

function grantStop(
  seen: SeenMailbox | undefined,
  person: Viewer,
  { how, rights: asked }: RightsChange,
): MailboxStop | null {
  if (seen?.owner === person.account) return { kind: 'cannot', why: 'own-rights' };
  if (how === 'remove') return null;
  // A mailbox of the system's is its owner's: nobody else makes, removes or gives away anything
  // there.
  if (seen?.use !== null && /[kxa]/.test(asked)) return { kind: 'cannot', why: 'system-mailbox' };
  return isReader(person.role) &&
    [...asked].some((right) => RIGHTS.includes(right) && !READER_RIGHTS.includes(right))
    ? { kind: 'cannot', why: 'pupil' }
    : null;
}

export async function grantable(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  mailbox: MailboxId,
  identifier: string,
): Promise<MailboxOutcome<{ readonly always: string; readonly maybe: readonly string[] }>> {
  const person = await personAt(parts, viewer, identifier);
  return parts.store.read(
    viewer.school,
    async (
      tx,
    ): Promise<MailboxOutcome<{ readonly always: string; readonly maybe: readonly string[] }>> => {
      const seen = await seenMailbox(tx, viewer.account, mailbox);
      const stop = lacks(seen, viewer, 'a');
      if (!seen || stop) return stop ?? { kind: 'nonexistent' };
      if (!person) return { kind: 'cannot', why: 'not-in-town' };
      if (seen.owner === person.account)
        return done({ always: ownRights(person.role, seen.use), maybe: [] });
      const possible = keepRights(
        (right) =>
          (!isReader(person.role) || READER_RIGHTS.includes(right)) &&
          !(seen.use !== null && 'kxa'.includes(right)),
      );
      return done({ always: '', maybe: [...possible] });
    },
  );
}

export function annotations(
  { store }: MailboxParts,
  viewer: Seer,
  mailbox: AnnotatedMailbox,
): Promise<MailboxOutcome<readonly Annotation[]>> {
  return store.read(viewer.school, async (tx): Promise<MailboxOutcome<readonly Annotation[]>> => {
    if (mailbox !== null) {
      const stop = lacks(await seenMailbox(tx, viewer.account, mailbox), viewer, 'r');
      if (stop) return stop;
    }
    return done(await annotationsOf(tx, viewer.account, mailbox));
  });
}

export function annotationMarks(
  { store }: MailboxParts,
  viewer: Seer,
  annotated: readonly AnnotatedMailbox[],
): Promise<readonly AnnotationMark[]> {
  return store.read(viewer.school, async (tx) => {
    const asked = new Set(annotated);
    const readable = (await treeOf(tx, viewer)).mailboxes
      .filter(({ id, rights: has }) => asked.has(id) && has.includes('r'))
      .map(({ id }) => id);
    return annotationMarksOf(tx, viewer.account, { mailboxes: readable, own: asked.has(null) });
  });
}

export async function annotate(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  mailbox: AnnotatedMailbox,
  entries: Parameters<Mailboxes['annotate']>[2],
): Promise<MailboxOutcome<null>> {
  const set = await annotateAll({ parts, viewer }, mailbox, entries);
  if (set.kind === 'done' && mailbox === null)
    parts.mailEvents.announce(viewer.school, [viewer.account]);
  return set;
}

function annotateAll(
  { parts, viewer }: RoomVisit<MailboxParts, Seer>,
  mailbox: AnnotatedMailbox,
  entries: Parameters<Mailboxes['annotate']>[2],
): Promise<MailboxOutcome<null>> {
  return act(
    { parts, viewer },
    { mailboxes: mailbox === null ? [] : [mailbox] },
    async (tx, all): Promise<MailboxOutcome<null>> => {
      const seen = mailbox === null ? null : all.get(mailbox);
      const stop = annotationStop(entries) ?? (mailbox === null ? null : lacks(seen, viewer, 'r'));
      if (stop) return stop;
      const shared = entries.some(({ entry }) => entry.startsWith('/shared/'));
      if (shared && mailbox === null) return { kind: 'no-permission', right: null };
      const notMine = shared ? lacks(seen, viewer, 'w') : null;
      if (notMine) return notMine;
      const known = new Set(
        (await annotationsOf(tx, viewer.account, mailbox)).map(({ entry }) => entry),
      );
      for (const { entry, value } of entries) {
        await setAnnotation(
          tx,
          { account: entry.startsWith('/shared/') ? null : viewer.account, mailbox },
          { name: entry, value },
        );
        if (value === null) known.delete(entry);
        else known.add(entry);
      }
      if (mailbox !== null) await countAnnotated(tx, mailbox);
      if (known.size > MAX_ANNOTATIONS)
        throw new Undo({ kind: 'limit', what: 'annotations', limit: MAX_ANNOTATIONS });
      return done(null);
    },
  );
}

/** RFC 5464 §3.2: an entry's name, below `/private` or `/shared`. */
function annotationStop(entries: Parameters<Mailboxes['annotate']>[2]): MailboxStop | null {
  for (const { entry, value } of entries) {
    const named =
      /^\/(?:private|shared)(?:\/[^/*%\p{Cc}]+)+$/u.test(entry) &&
      entry.length <= MAX_ANNOTATION_NAME &&
      entry === entry.toLowerCase();
    if (!named) return { kind: 'cannot', why: 'annotation' };
    if (value !== null && value.length > MAX_ANNOTATION_BYTES)
      return { kind: 'limit', what: 'annotation-size', limit: MAX_ANNOTATION_BYTES };
  }
  return null;
}
