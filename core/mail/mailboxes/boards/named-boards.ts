import { boardsOf, type OwnBoard } from '../../../directory/own-boards.ts';
import type { SchoolId } from '../../../ground/ids.ts';
import { keysOf } from '../../../ground/keys.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { BoardName } from '../../../store/boards/boards.ts';
import { levelOf } from '../access.ts';
import { SHARED } from '../contract/listed.ts';
import type { MailboxParts } from '../parts.ts';

/** Where boards lie, without its separator. */
export const BOARDS = `${SHARED}/Panneau`;

/** A board that somebody reads as one of its readers, and under which path. */
export interface NamedBoard extends BoardName {
  readonly school: SchoolId;
  readonly path: string;
}

/** Readers in their order: of several boards of one class the first has its name alone. */
const ADDED = { pupils: '', families: ' familles', team: ' équipe' } as const;
const READERS = keysOf(ADDED);

/** The boards that somebody reads today, those of their home school first. */
export async function namedBoards(
  parts: Pick<MailboxParts, 'directory' | 'clock'>,
  viewer: Viewer,
): Promise<readonly NamedBoard[]> {
  const isAway = ({ ref }: OwnBoard): number => Number(ref.school !== viewer.school);
  const boards = await boardsOf(parts, viewer);
  return named(boards.toSorted((one, other) => isAway(one) - isAway(other)));
}

function named(boards: readonly OwnBoard[]): readonly NamedBoard[] {
  const all = boards.flatMap(({ ref: { school, classId }, roster, reads }) => {
    const name = classId === null ? roster.school.name : (roster.classes.get(classId)?.name ?? '');
    return READERS.filter((one) => reads.has(one)).map((readers, at) => ({
      school,
      classId,
      readers,
      name: `${levelOf(name) || classId}${at === 0 ? '' : ADDED[readers]}`,
    }));
  });
  const sameName = Map.groupBy(all, ({ name }) => name);
  return all.map(({ name, ...one }) => {
    const isOne = sameName.get(name)?.length === 1;
    const path = isOne ? name : `${name} (${one.classId ?? one.school})`;
    return { ...one, path: `${BOARDS}/${path}` };
  });
}
