import { classesOf, membersNow, type Member } from '../../directory/own-classes.ts';
import type { AccountId } from '../../ground/ids.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import { readersOf, type ReaderRow } from '../../store/mail/readers.ts';
import type { SentLetter } from '../../store/mail/sent-letters.ts';
import type { LetterReadState } from './contract.ts';
import type { SentParts } from './parts.ts';

/** The readers of a letter, as its writer may know them. */
interface KnownReaders {
  /** Children of the writer's own classes. */
  readonly pupils: readonly (ReaderRow & { readonly face: Face })[];
  /** Everybody else: nobody is told who of them has read it, only what they say themselves. */
  readonly others: readonly ReaderRow[];
}

/** Null for what isn't class mail: a letter to one person tells its writer nothing of them. */
export async function readState(
  parts: SentParts,
  viewer: Viewer,
  letter: SentLetter,
): Promise<LetterReadState | null> {
  const known = await knownReaders(parts, viewer, letter);
  if (known === null || letter.recalled !== null) return null;
  const { pupils, others } = known;
  const at = letter.remindedAt;
  return {
    pupils: pupils.length,
    unread: pupils.filter((one) => !hasRead(one)).map(({ face }) => face),
    others: others.length,
    said: others.filter(({ said }) => said).length,
    reminder:
      at === null ? { kind: 'open', readers: waitingFor(known).length } : { kind: 'sent', at },
  };
}

export async function knownReaders(
  parts: SentParts,
  viewer: Viewer,
  letter: SentLetter,
): Promise<KnownReaders | null> {
  if (viewer.role === 'pupil' || viewer.role === 'guardian') return null;
  const readers = await parts.store.read(viewer.school, (tx) =>
    readersOf(tx, letter.message, viewer.account),
  );
  if (readers.length < 2) return null;
  const own = await ownPupils(parts, viewer);
  return {
    pupils: readers.flatMap((one) => {
      const face = own.get(one.account);
      return face ? [{ ...one, face }] : [];
    }),
    others: readers.filter(({ account }) => !own.has(account)),
  };
}

/** A child of one's class who has opened it has read it; of anybody else only their word counts. */
const hasRead = ({ opened, said }: ReaderRow): boolean => opened || said;

/** Whom a reminder is for. */
export function waitingFor({ pupils, others }: KnownReaders): readonly ReaderRow[] {
  return [...pupils.filter((one) => !hasRead(one)), ...others.filter(({ said }) => !said)];
}

async function ownPupils(parts: SentParts, viewer: Viewer): Promise<Map<AccountId, Face>> {
  const faces = new Map<AccountId, Face>();
  for (const own of await classesOf(parts, viewer)) {
    if (!own.teaches) continue;
    for (const member of await membersNow(parts, own))
      faces.set(member.person.account, faceOf(member, own.schoolClass.cover));
  }
  return faces;
}

function faceOf({ person }: Member, cover: number): Face {
  const { displayName: name, address, face } = person;
  return { kind: 'child', name, address, face, cover };
}
