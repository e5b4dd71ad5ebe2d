import type { ClassId, NoticeId } from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';

/** A notice on the day that it is about. */
export interface DayNotice {
  readonly notice: NoticeId;
  /** Null: of the school's board. */
  readonly classId: ClassId | null;
  readonly day: Day;
  readonly title: string;
}
