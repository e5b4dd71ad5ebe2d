import type { ClassId } from '../../ground/ids.ts';
import type { SecondLook } from '../../rules/facts.ts';
import type { SchoolTx } from '../store.ts';

/** How a class's children are shown its teachers; false where it is so already. */
export async function setTeachersCalled(
  tx: SchoolTx,
  classId: ClassId,
  by: 'name' | 'title',
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('class')
    .set({ teachers_called: by })
    .where('school_id', '=', tx.school)
    .where('id', '=', classId)
    .where('teachers_called', '<>', by)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** How a class's letters are looked at before they go; false where it is so already. */
export async function setSecondLook(
  tx: SchoolTx,
  classId: ClassId,
  look: SecondLook,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('class')
    .set({ second_look: look })
    .where('school_id', '=', tx.school)
    .where('id', '=', classId)
    .where('second_look', '<>', look)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Whether a class's pupils may send photos; false where it is so already. */
export async function setPhotosOpen(
  tx: SchoolTx,
  classId: ClassId,
  open: boolean,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('class')
    .set({ photos_open: open })
    .where('school_id', '=', tx.school)
    .where('id', '=', classId)
    .where('photos_open', '<>', open)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
