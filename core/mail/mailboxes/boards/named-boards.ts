import { boardsOf, type OwnBoard } from '../../../directory/own-boards.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import type { BoardName, BoardReaders } from '../../../store/boards/boards.ts';
import { levelOf, SHARED } from '../access.ts';
import type { MailboxParts } from '../parts.ts';

/** Where boards lie, without its separator. */
export const BOARDS = `${SHARED}/Panneau`;

/** A board that somebody reads as one of its readers, and under which path. */
export interface NamedBoard extends BoardName {
  readonly path: string;
}

/** Readers in their order: of several boards of one class the first has its name alone. */
const ADDED = { pupils: '', families: ' familles', team: ' équipe' } as const;
const READERS = Object.keys(ADDED) as readonly BoardReaders[];

/** The boards of their home school that somebody reads today. */
export async function namedBoards(
  parts: Pick<MailboxParts, 'directory' | 'clock'>,
  viewer: Viewer,
): Promise<readonly NamedBoard[]> {
  const own = await boardsOf(parts, viewer);
  return named(own.filter(({ ref }) => ref.school === viewer.school));
}

function named(boards: readonly OwnBoard[]): readonly NamedBoard[] {
  const all = boards.flatMap(({ ref: { classId }, roster, reads }) => {
    const name = classId === null ? roster.school.name : (roster.classes.get(classId)?.name ?? '');
    return READERS.filter((one) => reads.has(one)).map((readers, at) => ({
      classId,
      readers,
      name: `${levelOf(name) || classId}${at === 0 ? '' : ADDED[readers]}`,
    }));
  });
  const sameName = Map.groupBy(all, ({ name }) => name);
  return all.map(({ classId, readers, name }) => {
    const isOne = sameName.get(name)?.length === 1;
    return { classId, readers, path: `${BOARDS}/${isOne ? name : `${name} (${classId ?? 0})`}` };
  });
}
