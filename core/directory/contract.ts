import type { SchoolId } from '../ground/ids.ts';

/** A school whose classes somebody may change: a head's own, any for an agent. */
export interface ChargedSchool {
  readonly id: SchoolId;
  readonly name: string;
  /** An agent has said why they are here; a head needs no reason. */
  readonly open: boolean;
}
