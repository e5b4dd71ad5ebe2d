import type { ColumnType, Generated } from 'kysely';
import type { AccountId, AddressId, ClassId, MessageId, SchoolId } from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';
import type { Role } from '../../rules/facts.ts';
import type { StepKind } from '../town/contract.ts';

/** What a child has reported, and what adults did about it. */
export interface ReportTables {
  report: {
    school_id: SchoolId;
    id: Generated<number>;
    /** The letter, kept whole: no road takes a message that a report names. */
    message_id: MessageId;
    /** The child's account then; it may have moved or gone since. */
    account_id: AccountId;
    /** Null: from before reports were more than a notice. */
    child_address_id: AddressId | null;
    child_name: Generated<string>;
    class_ids: Generated<ClassId[]>;
    /** Null: somebody outside, or nobody knows. */
    writer_address_id: AddressId | null;
    writer_role: Generated<Role>;
    writer_name: Generated<string>;
    created_at: Generated<Date>;
    /** Until then the child may take it back, and nobody sees it. */
    told_from: Generated<Date>;
    /** Who is told: 0 nobody yet, 1 its adults, 2 co-teachers, 3 the head, 4 the town. */
    level: Generated<number>;
    /** Who has had a notice; of the level as it is now. */
    told: Generated<AddressId[]>;
    called_at: Date | null;
    taken_by: AddressId | null;
    read_by: Generated<AddressId[]>;
    /** What the child is told at the end. */
    word: string | null;
    /** Where its copies lay, for a way back. */
    came_from: ColumnType<readonly CameFrom[], string | undefined, string>;
    seen_by_child: Generated<boolean>;
    closed_by: AddressId | null;
    closed_at: Date | null;
  };
  report_step: {
    school_id: SchoolId;
    id: Generated<number>;
    report_id: number;
    at: Date;
    by_address_id: AddressId | null;
    kind: StepKind;
    until_date: Day | null;
  };
  /** Of each report that there is one, when, and whether it is over; for numbers, of nobody. */
  report_mark: {
    school_id: SchoolId;
    report_id: number;
    at: Date;
    closed_at: Date | null;
    for_town: Generated<boolean>;
  };
}

/** A copy of the letter in the child's mail, as it was. */
export interface CameFrom {
  readonly mailbox: number;
  readonly uid: number;
  readonly message: number;
  readonly seen: boolean;
  readonly flagged: boolean;
  readonly answered: boolean;
  readonly at: string;
}
