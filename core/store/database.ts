import type { ColumnType, Generated } from 'kysely';
import type {
  AccountId,
  AddressId,
  AppPasswordId,
  ClassId,
  HoldId,
  MailboxId,
  MessageId,
  SchoolId,
  Uid,
} from '../ids.ts';
import type { Attachment, Envelope, Part } from '../message/message.ts';
import type { ListKind, Moderation, Role } from '../rules/facts.ts';
import type { ProvedBy } from './mail/contract.ts';

/**
 * The tables as Kysely sees them (migrations/ makes them, migrations/schema.sql shows them). Names
 * are the database's; nothing outside core/store knows them. Big integers come as numbers: ids stay
 * far below 2^53.
 */
export interface Database {
  commune: { id: number; slug: string; name: string };
  school: {
    id: SchoolId;
    commune_id: number | null;
    slug: string;
    name: string;
    domain: string | null;
    time_zone: Generated<string>;
    roster_version: Generated<number>;
    pupil_mail_stopped: Generated<boolean>;
    outside_forbidden: Generated<boolean>;
    pupils_reach_all_teachers: Generated<boolean>;
    opening: ColumnType<Opening | null, string | null, string | null>;
    pupil_imap: Generated<boolean>;
  };
  address: {
    id: Generated<AddressId>;
    domain: string;
    local: string;
    kind: 'account' | ListKind;
    school_id: SchoolId;
    target_id: number | null;
    present_in: Generated<SchoolId[]>;
  };
  throttle: {
    key: Buffer;
    failures: number;
    blocked_until: Date;
    updated_at: Date;
    told_at: Generated<Date | null>;
  };
  known_place: { key: Buffer; seen_at: Date };
  due: { kind: DueKind; school_id: SchoolId; row_id: number; at: Date };
  identity: { kind: IdentityKind; key: Buffer; address_id: AddressId };
  agent_act: {
    id: Generated<number>;
    at: Generated<Date>;
    agent_address_id: AddressId | null;
    act: string;
    school_id: SchoolId | null;
    reason: string;
  };

  class: {
    school_id: SchoolId;
    id: Generated<ClassId>;
    name: string;
    levels: string[];
    cover: number;
    moderation: Generated<Moderation>;
    address_id: AddressId;
    ends_on: Day | null;
  };
  membership: {
    school_id: SchoolId;
    class_id: ClassId;
    address_id: AddressId;
    role: MembershipRole;
    from_date: Day;
    until_date: Day | null;
  };
  post: {
    school_id: SchoolId;
    address_id: AddressId;
    role: 'teacher' | 'head' | 'staff';
    reachable_by_pupils: Generated<boolean>;
    from_date: Day;
    until_date: Day | null;
  };
  guardianship: {
    school_id: SchoolId;
    child_address_id: AddressId;
    guardian_address_id: AddressId;
    blocked: Generated<boolean>;
  };
  accompaniment: {
    school_id: SchoolId;
    pupil_address_id: AddressId;
    aide_address_id: AddressId;
    from_date: Day;
    until_date: Day | null;
  };
  class_link: {
    school_id: SchoolId;
    class_id: ClassId;
    other_class_address_id: AddressId;
    agreed: Generated<boolean>;
    moderated: Generated<boolean>;
    from_date: Day;
    until_date: Day;
  };
  correspondent: {
    school_id: SchoolId;
    class_id: ClassId;
    address: string;
    approved_by: AddressId;
    until_date: Day;
  };

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

  account: {
    school_id: SchoolId;
    id: Generated<AccountId>;
    address_id: AddressId;
    role: Exclude<Role, 'outside' | 'system'>;
    given_name: string;
    family_name: string;
    display_name: string;
    face: string;
    language: Generated<'fr' | 'en'>;
    password_hash: string | null;
    state: Generated<AccountState>;
    paused_until: Date | null;
    quota_bytes: number;
    full_since: Date | null;
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

  message: {
    school_id: SchoolId;
    id: Generated<MessageId>;
    sender_address_id: AddressId | null;
    sender_role: Role;
    origin: Origin;
    header_id: string | null;
    in_reply_to: string | null;
    refs: string[];
    subject: string;
    preview: string;
    envelope: Json<Envelope>;
    structure: Json<Part>;
    attachments: Json<readonly Attachment[]>;
    search: ColumnType<string, string, never>;
    automatic: boolean;
    size_bytes: number;
    received_at: Generated<Date>;
    sha256: Buffer;
    raw: Buffer;
    wire_envelope: string | null;
    wire_body: string | null;
    wire_structure: string | null;
    header_bytes: number | null;
    folded: readonly (string | null)[] | null;
    sent_at: Date | null;
    sent_on: Day | null;
    is_reply: boolean | null;
    recipients: string[] | null;
    proved_by: ProvedBy | null;
  };
  brought_message: { school_id: SchoolId; account_id: AccountId; source: Buffer };
  mailbox: {
    school_id: SchoolId;
    id: Generated<MailboxId>;
    account_id: AccountId;
    name: string;
    use: MailboxUse | null;
    uid_validity: number;
    uid_next: Generated<number>;
    modseq: Generated<number>;
    total: Generated<number>;
    unseen: Generated<number>;
    bytes: Generated<number>;
    subscribed: Generated<boolean>;
    keywords: string[] | null;
    tombstones_from: number | null;
    flags_modseq: number | null;
    wished_use: string | null;
  };
  /** `uids` is a multirange in its text form: `{[1,4),[7,8)}`. */
  expunged: {
    school_id: SchoolId;
    mailbox_id: MailboxId;
    modseq: number;
    uids: string;
    at: Generated<Date>;
  };
  gone_subscription: { school_id: SchoolId; account_id: AccountId; path: string };
  mailbox_right: {
    school_id: SchoolId;
    mailbox_id: MailboxId;
    account_id: AccountId;
    rights: string;
    subscribed: Generated<boolean>;
  };
  annotation: {
    school_id: SchoolId;
    id: Generated<number>;
    account_id: AccountId | null;
    mailbox_id: MailboxId | null;
    name: string;
    value: Buffer;
  };
  entry: {
    school_id: SchoolId;
    mailbox_id: MailboxId;
    uid: Uid;
    message_id: MessageId;
    seen: Generated<boolean>;
    flagged: Generated<boolean>;
    answered: Generated<boolean>;
    draft: Generated<boolean>;
    deleted: Generated<boolean>;
    keywords: string[] | null;
    modseq: number;
    internal_date: Generated<Date>;
    saved_at: Generated<Date>;
    size_bytes: number;
  };
  hold: {
    school_id: SchoolId;
    id: Generated<HoldId>;
    message_id: MessageId;
    class_id: ClassId | null;
    named_address_id: AddressId;
    recipient_address_id: AddressId;
    rule: string;
    until: Date | null;
    lifted: Generated<string[]>;
    state: Generated<'waiting' | 'released' | 'given-back'>;
    decided_by: AddressId | null;
    decided_at: Date | null;
    note: string | null;
    created_at: Generated<Date>;
  };
  /** The sender's side of what another school holds. */
  held_elsewhere: {
    school_id: SchoolId;
    at_school_id: SchoolId;
    at_message_id: MessageId;
    message_id: MessageId;
    state: 'waiting' | 'released' | 'given-back';
    rule: string;
    until: Date | null;
    note: string | null;
  };
  outbox: {
    school_id: SchoolId;
    id: Generated<number>;
    message_id: MessageId;
    account_id: AccountId;
    sender: string;
    recipient: string;
    state: Generated<'due' | 'sent' | 'failed'>;
    attempts: Generated<number>;
    last_reply: string | null;
    created_at: Generated<Date>;
    finished_at: Date | null;
  };
  waiting_draft: {
    school_id: SchoolId;
    id: Generated<number>;
    account_id: AccountId;
    mailbox_id: MailboxId;
    uid: Uid;
    created_at: Generated<Date>;
  };
  sending: {
    school_id: SchoolId;
    id: Generated<number>;
    account_id: AccountId;
    at: Generated<Date>;
    recipients: number;
  };
  contact: {
    school_id: SchoolId;
    from_address_id: AddressId;
    to_address_id: AddressId;
    first_at: Generated<Date>;
  };
  report: {
    school_id: SchoolId;
    id: Generated<number>;
    message_id: MessageId;
    account_id: AccountId;
    created_at: Generated<Date>;
    closed_by: AddressId | null;
    closed_at: Date | null;
  };
}

/** A day as `YYYY-MM-DD`, in the school's time zone: a class has no hour. */
export type Day = string;
/**
 * By what a file's person is known again: national number, name and birth date, name and mail
 * address, name and mobile phone, name alone (adults), a source's own id.
 */
export type IdentityKind = 'ine' | 'born' | 'mail' | 'phone' | 'name' | 'sourced';
export type BatchState = 'reading' | 'open' | 'applying' | 'over';
export type ImportState = 'applied' | 'undone' | 'rehearsed' | 'replaced';
/**
 * Onto what codes went: a sheet, a file for a mail merge, or the page of a teacher who made one
 * anew.
 */
export type SheetFormat = 'pdf' | 'csv' | 'screen' | 'import';
/** What the sweeper looks for. */
export type DueKind =
  | 'outbox'
  | 'hold'
  | 'draft'
  | 'rollover'
  | 'leaver'
  | 'pictures'
  | 'roster-draft';
export type MembershipRole = 'pupil' | 'teacher' | 'aide';
export type AccountState = 'active' | 'suspended' | 'archived';
export type MailboxUse = 'inbox' | 'drafts' | 'sent' | 'trash' | 'junk' | 'archive';
/**
 * How a message came: a person wrote it (`web`, `submission`), a stranger sent it (`mx`), the
 * service did (`system`), or its owner brought it along (`added`).
 */
export type Origin = 'web' | 'submission' | 'mx' | 'system' | 'added' | 'brought';
/**
 * When a school's pupils may send: days are 1 (Monday) to 7, hours `HH:MM` in the school's time
 * zone.
 */
export interface Opening {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

type Json<T> = ColumnType<T, string, string>;
