import { openFaces } from '../directory/faces.ts';
import { namesakeOf } from '../directory/namesake.ts';
import {
  TOWN,
  type AddressId,
  type ClassId,
  type HoldId,
  type MessageId,
  type SchoolId,
} from '../ids.ts';
import { bodyTexts, readBodyOf } from '../message/body.ts';
import type { HeaderAddress } from '../message/message.ts';
import type { Roster } from '../roster/snapshot.ts';
import { standingOf } from '../roster/standing.ts';
import { setPupilMailStopped, writeAgentAct, writeAudit } from '../store/audit.ts';
import {
  countWaiting,
  decideHolds,
  heldTogether,
  letGoFromOutside,
  lockTogether,
  waitingHolds,
  type HoldRow,
} from '../store/mail/holds.ts';
import {
  rangesOf,
  storedHeads,
  storedMessages,
  type StoredHead,
  type StoredMessage,
} from '../store/mail/stored-messages.ts';
import type { SchoolTx, Store } from '../store/store.ts';
import { openedSchools, sendersOf } from '../store/trail.ts';
import type { Viewer } from '../viewer.ts';
import type { Held, Moderation, Stranger } from './contract.ts';
import { tellSender, textOf } from './give-back.ts';
import type { ReleaseParts } from './parts.ts';
import { releaseHold } from './release.ts';
import { tellSent } from './sent-state.ts';
import { tellDeciders } from './tell-deciders.ts';

/** A page shows no more; who has more decides these first. */
const MAX_WAITING = 100;
/** A teacher's word to a child. */
const MAX_NOTE = 1_000;
const NO_BYTES = Buffer.alloc(0);

/**
 * What a teacher, a head or an agent decides about other people's mail. Each act asks first whose
 * right it is.
 */
export function openModeration(parts: ReleaseParts): Moderation {
  return {
    waiting: (viewer) => waiting(parts, viewer),
    waitingCount: (viewer) => waitingCount(parts, viewer),
    async release(viewer, school, hold) {
      if (!(await mayDecide(parts, viewer, school, hold))) return null;
      return releaseHold(parts, school, hold, { by: viewer.addressId });
    },
    giveBack: (viewer, school, hold, note) => giveBack(parts, viewer, { school, hold, note }),
    stopPupilMail: (viewer, school, wish) => stopPupilMail(parts, viewer, school, wish),
  };
}

/**
 * What somebody decides, by school: the held mail of the classes that they teach; as its head, of
 * all its classes.
 */
async function classesDecided(
  { directory, clock }: ReleaseParts,
  viewer: Viewer,
): Promise<Map<SchoolId, { classes: ClassId[]; isHead: boolean; roster: Roster }>> {
  const fresh = { since: performance.now() };
  const own = (await directory.byId([viewer.addressId], fresh)).get(viewer.addressId);
  const rosters = await directory.rosters([viewer.school, ...(own?.presentIn ?? [])], fresh);
  const person = rosters.get(viewer.school)?.people.get(viewer.addressId);
  if (!person) return new Map();
  const standing = standingOf(person, viewer.school, [...rosters.values()], clock());
  return new Map(
    [...rosters].map(([school, roster]) => {
      const isHead = standing.posts.get(school) === 'head';
      const classes = [...roster.classes.keys()].filter(
        (id) => isHead || standing.teacherOf.has(id),
      );
      return [school, { classes, isHead, roster }];
    }),
  );
}

async function waiting(parts: ReleaseParts, viewer: Viewer): Promise<Held[]> {
  const held: Held[] = [];
  for (const [school, { classes, roster }] of await classesDecided(parts, viewer)) {
    const { rows, messages } = await parts.store.read(school, async (tx) => {
      const found = await waitingHolds(tx, { classes, recipient: viewer.addressId }, MAX_WAITING);
      return {
        rows: found,
        messages: await readTexts(
          tx,
          await storedHeads(tx, [...new Set(found.map(({ message }) => message))]),
        ),
      };
    });
    const together = Map.groupBy(rows, (row) => `${row.message} ${row.classId} ${row.rule}`);
    const correspondents = new Map<ClassId, readonly HeaderAddress[]>();
    for (const group of together.values())
      held.push(...(await heldOf(parts, viewer, { roster, group, messages, correspondents })));
  }
  return held.sort((one, other) => one.at.getTime() - other.at.getTime()).slice(0, MAX_WAITING);
}

/** What `waiting` has, without the messages. */
async function waitingCount(parts: ReleaseParts, viewer: Viewer): Promise<number> {
  let count = 0;
  for (const [school, { classes }] of await classesDecided(parts, viewer))
    count += await parts.store.read(school, (tx) =>
      countWaiting(tx, { classes, recipient: viewer.addressId }, MAX_WAITING),
    );
  return Math.min(count, MAX_WAITING);
}

type Shown = StoredHead & { readonly text: string };

/** What stands in messages, without the files between, which may be big. */
async function readTexts(
  tx: SchoolTx,
  heads: ReadonlyMap<MessageId, StoredHead>,
): Promise<Map<MessageId, Shown>> {
  const wanted = [...heads.values()].flatMap(({ id, structure }) =>
    bodyTexts(structure).map((part) => ({
      message: id,
      part,
      start: part.bodyStart,
      end: part.bodyEnd,
    })),
  );
  const bytes = await rangesOf(tx, wanted);
  const bytesOf = new Map(wanted.map(({ part }, index) => [part, bytes[index] ?? NO_BYTES]));
  return new Map(
    [...heads].map(([id, head]) => [
      id,
      {
        ...head,
        text: textOf(readBodyOf((part) => bytesOf.get(part) ?? NO_BYTES, head.structure)),
      },
    ]),
  );
}

interface Group {
  readonly roster: Roster;
  readonly group: readonly HoldRow[];
  readonly messages: ReadonlyMap<MessageId, Shown>;
  /** What was asked so far of who wrote to a class from outside. */
  readonly correspondents: Map<ClassId, readonly HeaderAddress[]>;
}

async function heldOf(
  parts: ReleaseParts,
  viewer: Viewer,
  { roster, group, messages, correspondents }: Group,
): Promise<Held[]> {
  const [first] = group;
  const message = first && messages.get(first.message);
  if (!first || !message) return [];
  const { directory, clock } = parts;
  const named = [...new Set(group.map((row) => row.named))];
  const entries = await directory.byId(named, { maxAgeMs: 1_000 });
  const faces = await openFaces(directory, viewer, {
    addresses: [...entries.values()].map(({ address }) => address),
    ids: message.senderAddressId === null ? [] : [message.senderAddressId],
    now: clock(),
  });
  const schoolClass = first.classId === null ? undefined : roster.classes.get(first.classId);
  return [
    {
      id: first.id,
      school: roster.school.id,
      rule: first.rule,
      at: first.createdAt,
      until: first.until,
      subject: message.envelope.subject ?? '',
      text: message.text,
      attachments: message.attachments,
      className: schoolClass?.name ?? '',
      cover: schoolClass?.cover ?? 8,
      from: faces.sender({
        addressId: message.senderAddressId,
        role: message.senderRole,
        from: message.envelope.from,
      }),
      to: [...entries.values()].flatMap(({ address }) => faces.known(address) ?? []),
      stranger:
        message.senderRole === 'outside'
          ? await strangerOf(parts, { roster, message, classId: first.classId, correspondents })
          : null,
    },
  ];
}

/** Names of correspondents that a stranger's is compared with. */
const MAX_CORRESPONDENTS = 200;

interface Strange extends Pick<Group, 'roster' | 'correspondents'> {
  readonly message: Shown;
  readonly classId: ClassId | null;
}

async function strangerOf({ store }: ReleaseParts, about: Strange): Promise<Stranger> {
  const [from] = about.message.envelope.from;
  const provedBy = about.message.handed?.provedBy ?? null;
  if (from === undefined) return { provedBy, namesake: null };
  const known = await correspondentsOf(store, about);
  return { provedBy, namesake: namesakeOf(from, about.roster.people.values(), known) };
}

/** Asked once a class, however many of its letters wait. */
async function correspondentsOf(
  store: Store,
  { roster, classId, correspondents }: Strange,
): Promise<readonly HeaderAddress[]> {
  if (classId === null) return [];
  const known =
    correspondents.get(classId) ??
    (await store.read(roster.school.id, (tx) => letGoFromOutside(tx, classId, MAX_CORRESPONDENTS)));
  correspondents.set(classId, known);
  return known;
}

/**
 * A teacher of the class that holds it, the head of its school, or the grown-up whom it waits for.
 */
async function mayDecide(
  parts: ReleaseParts,
  viewer: Viewer,
  school: SchoolId,
  id: HoldId,
): Promise<boolean> {
  const decided = (await classesDecided(parts, viewer)).get(school);
  if (!decided) return false;
  const rows = await parts.store.read(school, (tx) => heldTogether(tx, id));
  const row = rows.find((one) => one.id === id);
  if (!row || row.until !== null) return false;
  return row.classId === null
    ? row.recipient === viewer.addressId
    : decided.classes.includes(row.classId);
}

async function giveBack(
  parts: ReleaseParts,
  viewer: Viewer,
  { school, hold, note }: { school: SchoolId; hold: HoldId; note: string },
): Promise<boolean> {
  if (!(await mayDecide(parts, viewer, school, hold))) return false;
  const home = await homeOfSender(parts, school, hold);
  const given = await parts.store.town(async (tx) => {
    const here = await tx.in(school);
    const rows = await lockTogether(here, hold);
    const [first] = rows;
    if (!first) return null;
    await decideHolds(
      here,
      rows.map(({ id }) => id),
      { state: 'given-back', by: viewer.addressId, note: note.slice(0, MAX_NOTE) },
    );
    await writeAudit(here, viewer.addressId, 'give-back', {
      message: first.message,
      withWord: note !== '',
    });
    const held = (await storedMessages(here, [first.message])).get(first.message) ?? null;
    await tellSent(tx, home, { school, message: first.message });
    return { held, first };
  });
  if (given === null) return false;
  await tellDeciders(parts, [{ ...given.first, school }]);
  const message = given.held;
  if (message?.senderAddressId)
    await tellTheSender(parts, message, message.senderAddressId, {
      by: viewer.displayName,
      note: note.slice(0, MAX_NOTE),
      missed: [],
    });
  return message !== null;
}

/** Where the sender of a held message has their Sent; null for a stranger. */
async function homeOfSender(
  { store, directory }: ReleaseParts,
  school: SchoolId,
  hold: HoldId,
): Promise<SchoolId | null> {
  const senders = await store.read(school, async (tx) =>
    sendersOf(
      tx,
      (await heldTogether(tx, hold)).map(({ message }) => message),
    ),
  );
  const [entry] = (await directory.byId([...senders.values()], { maxAgeMs: 0 })).values();
  return entry?.school ?? null;
}

async function tellTheSender(
  parts: ReleaseParts,
  message: StoredMessage,
  sender: AddressId,
  word: Parameters<typeof tellSender>[3],
): Promise<void> {
  const home = (await parts.directory.byId([sender], { maxAgeMs: 0 })).get(sender)?.school;
  if (home === undefined) return;
  const roster = (await parts.directory.rosters([home], { maxAgeMs: 0 })).get(home);
  const person = roster?.people.get(sender);
  if (roster && person)
    await tellSender(parts, message, standingOf(person, home, [roster], parts.clock()), word);
}

async function stopPupilMail(
  parts: ReleaseParts,
  viewer: Viewer,
  school: SchoolId,
  { stopped, reason }: { readonly stopped: boolean; readonly reason: string },
): Promise<boolean> {
  const { store } = parts;
  const act = stopped ? 'stop-pupil-mail' : 'let-pupil-mail-run';
  if (viewer.role === 'agent') {
    return store.town(async (tx) => {
      const why =
        school === TOWN
          ? reason.trim()
          : ((await openedSchools(tx, viewer.addressId)).get(school) ?? '');
      if (why === '') return false;
      await setPupilMailStopped(tx, school, stopped);
      await writeAgentAct(tx, viewer.addressId, act, school, why);
      await writeAudit(await tx.in(school), viewer.addressId, act, {});
      return true;
    });
  }
  if (!(await classesDecided(parts, viewer)).get(school)?.isHead) return false;
  await store.town(async (tx) => {
    await setPupilMailStopped(tx, school, stopped);
    await writeAudit(await tx.in(school), viewer.addressId, act, {});
  });
  return true;
}
