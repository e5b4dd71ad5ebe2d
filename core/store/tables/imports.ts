import type { ColumnType, Generated } from 'kysely';
import type { AccountId, AddressId, SchoolId } from '../../ground/ids.ts';
import type { Day } from '../../roster/days.ts';
import type { BatchState, ImportState, Json } from '../columns.ts';

/** Rosters that were imported, and those that wait for an answer. */
export interface ImportTables {
  roster_import: {
    school_id: SchoolId;
    id: Generated<number>;
    actor_address_id: AddressId | null;
    created_at: Generated<Date>;
    format: string;
    file_hash: Buffer;
    school_year: string;
    state: ImportState;
    holds_from: Day;
    applied_at: Date | null;
    undone_at: Date | null;
    summary: Json<unknown>;
    lines: ColumnType<unknown, string | null, string | null>;
    stopped_by: ColumnType<unknown, string | null, string | null>;
    report: ColumnType<unknown, string | null | undefined, string | null>;
  };
  roster_draft: {
    school_id: SchoolId;
    id: Generated<number>;
    by_address_id: AddressId;
    created_at: Date;
    expires_at: Date;
    school_year: string;
    batch_id: number | null;
    choices: Json<unknown>;
    content: Buffer | null;
    import_id: number | null;
  };
  roster_batch: {
    school_id: SchoolId;
    id: Generated<number>;
    by_address_id: AddressId;
    created_at: Date;
    school_year: string;
    file_name: string;
    unknown: Json<unknown>;
    reason: string | null;
    state: BatchState;
    beat_at: Date;
  };
  roster_batch_school: {
    school_id: SchoolId;
    batch_id: number;
    of_school_id: SchoolId;
    draft_id: number | null;
    outcome: ColumnType<unknown, string | null, string | null>;
  };
  school_import: {
    school_id: SchoolId;
    id: Generated<number>;
    by_address_id: AddressId | null;
    created_at: Date;
    file_name: string;
    file: Buffer | null;
    content: ColumnType<unknown, string | null, string | null>;
    choices: Json<unknown>;
    applied_at: Date | null;
    undone_at: Date | null;
    done: ColumnType<unknown, string | null, string | null>;
  };
  move_wish: {
    school_id: SchoolId;
    id: Generated<number>;
    asking_school_id: SchoolId;
    address_id: AddressId;
    import_id: number;
    asked_by: AddressId | null;
    asked_at: Date;
    lines: Json<unknown>;
    refused_at: Date | null;
    reason: string | null;
  };
  roster_remainder: {
    school_id: SchoolId;
    import_id: number;
    digest: Buffer;
    content: Buffer;
  };
  roster_question: {
    school_id: SchoolId;
    id: Generated<number>;
    import_id: number;
    doubt: Buffer;
    kind: 'pupil' | 'guardian' | 'adult';
    state: 'open' | 'answered' | 'lapsed' | 'replaced' | 'undone';
    asked_at: Date;
    expires_at: Date;
    answer: 'person' | 'new' | 'skip' | null;
    address_id: AddressId | null;
    answered_by: AddressId | null;
    answered_at: Date | null;
    answer_import_id: number | null;
  };
  roster_change: {
    school_id: SchoolId;
    import_school_id: SchoolId;
    import_id: number;
    changes: Json<unknown>;
  };
  roster_mapping: {
    school_id: SchoolId;
    header_hash: Buffer;
    mapping: Json<unknown>;
    used_at: Generated<Date>;
  };
  roster_source: { school_id: SchoolId; hint: string };
  leaver: { school_id: SchoolId; account_id: AccountId; left_on: Day };
}
