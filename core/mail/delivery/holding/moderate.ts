import { COUNTED_MS } from '../../../directory/directory.ts';
import { openFaces } from '../../../directory/faces.ts';
import { namesakeOf } from '../../../directory/namesake.ts';
import type { ClassId, MessageId } from '../../../ground/ids.ts';
import { mapInTurns } from '../../../ground/map-in-turns.ts';
import { bodyTexts, readBodyOf } from '../../../letters/message/body.ts';
import type { HeaderAddress, Part } from '../../../letters/message/message.ts';
import { doubtfulWords, type LetterWords } from '../../../letters/second-look/letter.ts';
import { wordsShown } from '../../../letters/second-look/shown.ts';
import type { Roster } from '../../../roster/snapshot.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { countWaiting, waitingHolds, wordKey } from '../../../store/mail/holds-to-decide.ts';
import { letGoFromOutside, type HoldRow } from '../../../store/mail/holds.ts';
import { rangesOf, storedHeads, type StoredHead } from '../../../store/mail/stored-messages.ts';
import type { SchoolTx, Store } from '../../../store/store.ts';
import type { ReleaseParts } from '../parts.ts';
import type { HeldLetter, Moderation, Stranger } from './contract.ts';
import { decide, decided, history, takeBack, type DecisionParts } from './decisions.ts';
import { textOf } from './give-back.ts';
import { heldFile } from './held-file.ts';
import { headOf } from './letter-head.ts';
import { isPutBefore, moderatedBy, type ModerationRights } from './moderated.ts';
import { stopPupilMail } from './stop-pupil-mail.ts';

/** A page shows no more; who has more decides these first. */
const MAX_WAITING = 100;
const NO_BYTES = Buffer.alloc(0);

/**
 * What a teacher, a head or an agent decides about other people's mail. Each act asks first whose
 * right it is.
 */
export function openModeration(parts: DecisionParts): Moderation {
  return {
    waiting: (viewer) => waiting(parts, viewer),
    file: (viewer, name, path) => heldFile(parts, viewer, { ...name, path }),
    waitingCount: (viewer) => waitingCount(parts, viewer),
    decide: (viewer, chosen, choice) => decide({ parts, viewer }, chosen, choice),
    decided: (viewer, decision) => decided(parts, viewer, decision),
    takeBack: (viewer, decision) => takeBack(parts, viewer, decision),
    history: (viewer) => history(parts, viewer),
    stopPupilMail: (viewer, place, wish) => stopPupilMail(parts, viewer, { place, wish }),
  };
}

async function waiting(parts: ReleaseParts, viewer: Viewer): Promise<HeldLetter[]> {
  const held: HeldLetter[] = [];
  for (const [school, moderated] of await moderatedBy(parts, viewer)) {
    const { isHead } = moderated;
    const who = {
      classes: [...moderated.taught, ...moderated.headed],
      headed: [],
      isHead,
      ofOthers: isHead,
      recipient: viewer.addressId,
    };
    const { rows, messages } = await parts.store.read(school, async (tx) => {
      const found = await waitingHolds(tx, who, MAX_WAITING);
      return {
        rows: found,
        messages: await readTexts(
          tx,
          await storedHeads(tx, [...new Set(found.map(({ message }) => message))]),
        ),
      };
    });
    const correspondents = new Map<ClassId, readonly HeaderAddress[]>();
    for (const group of Map.groupBy(rows, wordKey).values())
      held.push(...(await heldOf(parts, viewer, { moderated, group, messages, correspondents })));
  }
  return held.sort((one, other) => one.at.getTime() - other.at.getTime()).slice(0, MAX_WAITING);
}

/** How many of what `waiting` has are put before the viewer by now, without the messages. */
async function waitingCount(parts: ReleaseParts, viewer: Viewer): Promise<number> {
  let count = 0;
  const moderated = await moderatedBy(parts, viewer, COUNTED_MS);
  for (const [school, { taught, headed, isHead }] of moderated)
    count += await parts.store.read(school, (tx) =>
      countWaiting(
        tx,
        { classes: taught, headed, isHead, ofOthers: false, recipient: viewer.addressId },
        MAX_WAITING,
      ),
    );
  return Math.min(count, MAX_WAITING);
}

/** A message as it is put before somebody: its text, and what it says wherever it is shown. */
type Shown = StoredHead & { readonly text: string; readonly words: () => LetterWords };

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
  const shown = await mapInTurns(heads, ([id, head]) => {
    const read = (part: Part): Buffer => bytesOf.get(part) ?? NO_BYTES;
    const text = textOf(readBodyOf(read, head.structure));
    return [id, { ...head, text, words: () => wordsShown(read, head) }] as const;
  });
  return new Map(shown);
}

interface Group {
  readonly moderated: ModerationRights;
  readonly group: readonly HoldRow[];
  readonly messages: ReadonlyMap<MessageId, Shown>;
  /** What was asked so far of who wrote to a class from outside. */
  readonly correspondents: Map<ClassId, readonly HeaderAddress[]>;
}

async function heldOf(
  parts: ReleaseParts,
  viewer: Viewer,
  { moderated, group, messages, correspondents }: Group,
): Promise<HeldLetter[]> {
  const [first] = group;
  const message = first && messages.get(first.message);
  if (!first || !message) return [];
  const { directory, clock } = parts;
  const { roster } = moderated;
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
      otherSchool: roster.school.id === viewer.school ? null : roster.school.name,
      rule: first.rule,
      at: first.createdAt,
      askAt: first.askAt,
      isPutBefore: isPutBefore(moderated, viewer, first),
      until: first.until,
      text: message.text,
      site: first.site,
      doubtfulWords: first.rule === 'doubtful-words' ? doubtfulWords(message.words()) : [],
      attachments: message.attachments,
      ...headOf(message, schoolClass, faces),
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

interface Strange extends Pick<Group, 'correspondents'> {
  readonly roster: Roster;
  readonly message: Shown;
  readonly classId: ClassId | null;
}

async function strangerOf({ store }: ReleaseParts, about: Strange): Promise<Stranger> {
  const [from] = about.message.envelope.from;
  const provedBy = about.message.handed?.provedBy ?? null;
  if (from === undefined) return { provedBy, namesake: null };
  const known = await correspondentsOf(store, about);
  return { provedBy, namesake: namesakeOf(from, about.roster.people, { correspondents: known }) };
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
