import type { OwnBoard } from '../../directory/own-boards.ts';
import type { Language } from '../../ground/ids.ts';
import type { BoardReaders } from '../../store/boards/contract.ts';

const READERS: Readonly<Record<Language, Readonly<Record<BoardReaders, string>>>> = {
  fr: { pupils: 'élèves', families: 'familles', team: 'équipe' },
  en: { pupils: 'pupils', families: 'families', team: 'staff' },
};

/** Of a class its name, of the school the school's. */
export const boardName = ({ ref: { classId }, roster }: Pick<OwnBoard, 'ref' | 'roster'>): string =>
  (classId === null ? undefined : roster.classes.get(classId)?.name) ?? roster.school.name;

/**
 * What those are called whom a notice is for: « CE1 A, élèves et familles ». A mail program shows
 * it in place of lists, whose addresses are nothing to who reads of another.
 */
export function readersCalled(
  board: Pick<OwnBoard, 'ref' | 'roster'>,
  readers: readonly BoardReaders[],
  language: Language,
): string {
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const words = list.format(readers.map((one) => READERS[language][one]));
  return `${boardName(board)}, ${words}`;
}
