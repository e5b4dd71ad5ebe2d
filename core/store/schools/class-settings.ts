import { sql } from 'kysely';
import type { ClassId } from '../../ground/ids.ts';
import type { ClassSwitchValue, ClassSwitch } from '../../roster/class-switches.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/** The column of each switch of a class. */
const COLUMNS = {
  photosOpen: 'photos_open',
  secondLook: 'second_look',
  teachersCalled: 'teachers_called',
} as const satisfies Record<ClassSwitch, string>;

/** Those columns, as a class is read. */
export const SWITCHES_OF_A_CLASS = [
  'c.photos_open as photosOpen',
  'c.second_look as secondLook',
  'c.teachers_called as teachersCalled',
] as const;

/** Sets one of them; false where it is so already. */
export async function setClassSwitch(
  tx: SchoolTx,
  classId: ClassId,
  { name, value }: Pick<ClassSwitchValue, 'name' | 'value'>,
): Promise<boolean> {
  const column = COLUMNS[name];
  const { numUpdatedRows } = await own(tx)
    .updateTable('class', { id: classId })
    .set({ [column]: value })
    .where(sql.ref(column), '<>', value)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
