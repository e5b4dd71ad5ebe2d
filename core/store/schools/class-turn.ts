import type { ClassId } from '../../ground/ids.ts';
import { own } from '../own.ts';
import type { SchoolTx } from '../store.ts';

/**
 * Of two who count what a class has and then add to it, the second waits here until the first has
 * committed. What only names the class waits for nobody.
 */
export async function takeTurnInClass(tx: SchoolTx, classId: ClassId): Promise<void> {
  await own(tx).selectFrom('class', { id: classId }).select('id').forNoKeyUpdate().execute();
}
