import type { ColumnType, Generated } from 'kysely';
import type {
  AccountId,
  AddressId,
  AppPasswordId,
  ClassId,
  OwnGroupId,
  Reads,
  SchoolId,
  TemplateId,
} from '../../ground/ids.ts';
import type { Portrait } from '../../ground/portraits.ts';
import type { Civility } from '../../roster/civility.ts';
import type { Day } from '../../roster/days.ts';
import type { OwnHours } from '../../roster/own-hours.ts';
import type { AccountState } from '../../roster/snapshot.ts';
import type { Role } from '../../rules/facts.ts';
import type { Comfort, NoticeKind, NoticeDetail } from '../../rules/viewer.ts';
import type { SheetFormat, Json } from '../columns.ts';

/** Accounts, and the ways into them. */
export interface AccountTables {
  account: {
    school_id: SchoolId;
    id: Generated<AccountId>;
    address_id: AddressId;
    role: Exclude<Role, 'outside' | 'system'>;
    given_name: string;
    family_name: string;
    display_name: string;
    civility: Civility | null;
    level: string | null;
    face: string;
    language: Generated<'fr' | 'en'>;
    reads: Reads | null;
    /** When a pupil accepted the charter. */
    charter_at: Date | null;
    /** When an adult of the class noted the family's yes, given on paper. */
    paper_at: Date | null;
    /** What a roster file says of a pupil's photo authorisation. */
    photo_allowed: boolean | null;
    password_hash: string | null;
    state: Generated<AccountState>;
    paused_until: Date | null;
    quota_bytes: number;
    full_since: Date | null;
    by_conversation: Generated<boolean>;
    shortcuts: Generated<boolean>;
    notices: Generated<NoticeDetail>;
    notices_of: Generated<NoticeKind[]>;
    evening_waits: Generated<boolean>;
    pupils_gathered: Generated<boolean>;
    copy_colleagues: Generated<boolean>;
    comfort: ColumnType<Comfort, string | undefined, string>;
    portrait: ColumnType<Portrait | null, undefined, Portrait>;
    signature: Generated<string>;
    hours: ColumnType<OwnHours | null, undefined, string | null>;
    outside_stopped_at: Generated<Date | null>;
    outside_stop_why: Generated<'rate' | 'domains' | 'refusals' | null>;
    outside_resumed_at: Generated<Date | null>;
  };
  /** Somebody is away, and these words answer for them. */
  absence: {
    school_id: SchoolId;
    account_id: AccountId;
    is_on: boolean;
    from_date: Day;
    until_date: Day;
    words: string;
    outside: 'nobody' | 'same' | 'own';
    outside_words: string;
  };
  own_group: {
    school_id: SchoolId;
    id: Generated<OwnGroupId>;
    account_id: AccountId;
    name: string;
    whom: 'pupils' | 'families' | 'both';
    pupils: AddressId[];
  };
  letter_template: {
    school_id: SchoolId;
    id: Generated<TemplateId>;
    /** Null: of the school, for all its adults. */
    account_id: AccountId | null;
    title: string;
    subject: string;
    text: string;
  };
  session: {
    school_id: SchoolId;
    id: string;
    account_id: AccountId;
    secret_hash: Buffer;
    csrf: string;
    created_at: Generated<Date>;
    seen_at: Generated<Date>;
    expires_at: Date;
    browser: Generated<string>;
    platform: Generated<string>;
  };
  app_password: {
    school_id: SchoolId;
    id: Generated<AppPasswordId>;
    account_id: AccountId;
    name: string;
    secret_hash: Buffer;
    made_at: Date;
    last_used_at: Date | null;
  };
  second_factor: {
    school_id: SchoolId;
    account_id: AccountId;
    secret: Buffer;
    confirmed_at: Date;
    last_step: number;
    sheet_kept_at: Date | null;
  };
  /** What an agent was last told of the backups. */
  backup_notice: { school_id: SchoolId; account_id: AccountId; is_red: boolean };
  recovery_code: {
    school_id: SchoolId;
    account_id: AccountId;
    code_hash: Buffer;
    made_at: Date;
    used_at: Date | null;
  };
  audit: {
    school_id: SchoolId;
    id: Generated<number>;
    at: Generated<Date>;
    actor_address_id: AddressId | null;
    act: string;
    subject: Json<unknown>;
  };
  code_sheet: {
    school_id: SchoolId;
    id: Generated<number>;
    class_id: ClassId | null;
    printed_by: AddressId | null;
    printed_at: Date;
    format: SheetFormat;
    codes: number;
  };
  activation_code: {
    school_id: SchoolId;
    account_id: AccountId;
    sheet_id: number;
    code_hash: Buffer;
    made_at: Date;
    expires_at: Date;
    used_at: Date | null;
  };
  picture_code: {
    school_id: SchoolId;
    account_id: AccountId;
    sheet_id: number;
    code_hash: Buffer;
    made_at: Date;
    expires_at: Date;
    last_used_at: Date | null;
  };
  class_browser: {
    school_id: SchoolId;
    id: string;
    secret_hash: Buffer;
    opened_at: Date;
    expires_at: Date;
  };
  class_browser_class: {
    school_id: SchoolId;
    browser_id: string;
    class_id: ClassId;
    opened_by: AddressId;
    opened_at: Date;
  };
}
