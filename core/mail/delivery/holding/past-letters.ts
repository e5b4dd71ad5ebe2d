import { openFaces } from '../../../directory/faces.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import type { Roster } from '../../../roster/snapshot.ts';
import type { Refusal } from '../../../rules/outcome.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { DecidedRow } from '../../../store/mail/hold-decisions.ts';
import { storedHeads } from '../../../store/mail/stored-messages.ts';
import type { ReleaseParts } from '../parts.ts';
import type { DecidedLetter, LetGo } from './contract.ts';
import { headOf } from './letter-head.ts';

interface Rows {
  readonly school: SchoolId;
  readonly roster: Roster;
  readonly rows: readonly DecidedRow[];
  readonly keyOf: KeyOf;
}

/** Rows with one key are told as one letter. */
type KeyOf = (row: DecidedRow) => string;

/** All that one decision is about: what waits on has another reason by now, and is still of it. */
export const byMessage: KeyOf = ({ message }) => String(message);

/** Of all that was ever decided, what was decided at once. */
export const byMoment: KeyOf = ({ message, classId, rule, at }) =>
  `${message} ${classId} ${rule} ${at?.getTime() ?? ''}`;

/** Letters that somebody has decided about, as they are told; in the order of their first rows. */
export async function pastLetters(
  parts: ReleaseParts,
  viewer: Viewer,
  { school, roster, rows, keyOf }: Rows,
): Promise<DecidedLetter[]> {
  const messages = await parts.store.read(school, (tx) =>
    storedHeads(tx, [...new Set(rows.map(({ message }) => message))]),
  );
  const senders = [...messages.values()].flatMap(({ senderAddressId: id }) => id ?? []);
  const people = [
    ...new Set(rows.flatMap(({ named, recipient, by }) => [named, recipient, by ?? []].flat())),
  ];
  const entries = await parts.directory.byId(people, { maxAgeMs: 1_000 });
  const faces = await openFaces(parts.directory, viewer, {
    addresses: [...entries.values()].map(({ address }) => address),
    ids: senders,
    now: parts.clock(),
  });
  const faceOf = (id: DecidedRow['by']) => {
    const entry = id === null ? undefined : entries.get(id);
    return entry ? faces.known(entry.address) : null;
  };
  return [...grouped(rows, keyOf)].flatMap(([first, group]): DecidedLetter[] => {
    const message = messages.get(first.message);
    if (!message) return [];
    const schoolClass = first.classId === null ? undefined : roster.classes.get(first.classId);
    const named = [...new Set(group.map((row) => row.named))];
    return [
      {
        id: first.id,
        school,
        otherSchool: school === viewer.school ? null : roster.school.name,
        kind: kindOf(group),
        by: faceOf(first.by),
        at: first.at ?? message.receivedAt,
        note: first.note,
        rule: first.rule,
        ...headOf(message, schoolClass, faces),
        to: named.flatMap((id) => faceOf(id) ?? []),
        came: cameOf(group, (id) => faceOf(id)?.name ?? ''),
      },
    ];
  });
}

/** By the first row of each. */
function grouped(
  rows: readonly DecidedRow[],
  keyOf: KeyOf,
): Map<DecidedRow, readonly DecidedRow[]> {
  const groups = [...Map.groupBy(rows, keyOf).values()];
  return new Map(groups.flatMap((group) => (group[0] ? [[group[0], group]] : [])));
}

function kindOf(rows: readonly DecidedRow[]): DecidedLetter['kind'] {
  if (rows.some(({ wish }) => wish !== null)) return 'pending';
  if (rows.some(({ state }) => state === 'withdrawn')) return 'withdrawn';
  const isBack = rows.every(({ state, outcome }) => state === 'given-back' && outcome === null);
  return isBack ? 'given-back' : 'released';
}

function cameOf(
  rows: readonly DecidedRow[],
  nameOf: (id: DecidedRow['recipient']) => string,
): LetGo {
  const refusals = (kind: 'waits' | 'refused'): Refusal[] =>
    rows.flatMap(({ outcome, outcomeRule, recipient }): Refusal[] => {
      const name = nameOf(recipient);
      const words: Record<string, string> = name === '' ? {} : { name };
      return outcome === kind ? [{ address: '', rule: outcomeRule ?? 'fault', words }] : [];
    });
  return {
    // Rows from before outcomes were kept say that they were let go, and no more.
    sent: rows.filter(
      ({ state, outcome }) => outcome === 'sent' || (state === 'released' && outcome === null),
    ).length,
    left: rows.filter(({ outcome }) => outcome === 'left').length,
    waiting: refusals('waits'),
    refused: refusals('refused'),
  };
}
