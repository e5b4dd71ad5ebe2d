import { keysOf, recordOf } from '../ground/keys.ts';

/** What a head says yes or no to for their school, and what each is about. */
export const SCHOOL_SWITCHES = {
  /** Pupils may write to every teacher of the school, not only to their own. */
  pupilsReachAllTeachers: 'who',
  /** Adults of the school may write outside the town. */
  adultsReachOutside: 'who',
  /** Pupils may read and write with a mail program. */
  pupilPrograms: 'programs',
  /** Pupils accept the charter before they write. */
  hasCharter: 'before',
  /** Families say yes before their children write. */
  asksFamilies: 'before',
} as const;

type SchoolSwitch = keyof typeof SCHOOL_SWITCHES;
export type SchoolSwitches = Readonly<Record<SchoolSwitch, boolean>>;

export const SCHOOL_SWITCH_NAMES = keysOf(SCHOOL_SWITCHES);

/** All of them, each as it is asked for. */
export const schoolSwitches = (isOn: (name: SchoolSwitch) => boolean): SchoolSwitches =>
  recordOf(SCHOOL_SWITCH_NAMES, isOn);
