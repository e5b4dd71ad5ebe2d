import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type {
  AccountId,
  AddressId,
  ClassId,
  HoldId,
  MailboxId,
  MessageId,
  SchoolId,
  Uid,
} from '../../ground/ids.ts';
import type { JunkSign } from '../../letters/junk/signs.ts';
import type { Attachment, Envelope, Part } from '../../letters/message/message.ts';
import type { Day } from '../../roster/days.ts';
import type { Role } from '../../rules/facts.ts';
import type { ReasonName } from '../../rules/reason-names.ts';
import type { RuleName } from '../../rules/verdict.ts';
import type { MailboxUse, Origin, Json } from '../columns.ts';
import type { Notify, ProvedBy } from '../mail/contract.ts';

/** Mail: messages once, entries for each mailbox, what is held and what leaves. */
export interface MailTables {
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
    junk_signs: JunkSign[] | null;
    recalled_at: Generated<Date | null>;
    recalled_copies: Generated<number | null>;
    recalled_read: Generated<number | null>;
    reminded_at: Generated<Date | null>;
  };
  /** « Bien lu », as its reader tapped it. */
  acknowledgement: {
    school_id: SchoolId;
    message_id: MessageId;
    account_id: AccountId;
    at: Generated<Date>;
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
    /** Of who wrote it; null for what was never received. */
    sender_role: Generated<Role | null>;
    /** Whether it is the first letter of somebody who isn't of the school. */
    first_time: Generated<boolean>;
  };
  known_writer: {
    school_id: SchoolId;
    account_id: AccountId;
    writer: Buffer;
    shows_pictures: Generated<boolean>;
    trusted: Generated<boolean>;
  };
  hold: {
    school_id: SchoolId;
    id: Generated<HoldId>;
    message_id: MessageId;
    class_id: ClassId | null;
    named_address_id: AddressId;
    recipient_address_id: AddressId;
    rule: RuleName;
    until: Date | null;
    lifted: Generated<string[]>;
    state: Generated<'waiting' | 'released' | 'given-back' | 'withdrawn'>;
    decided_by: AddressId | null;
    decided_at: Date | null;
    note: string | null;
    created_at: Generated<Date>;
    asked: Generated<0 | 1 | 2>;
    ask_at: Date | null;
    decision: string | null;
    wish: 'release' | 'give-back' | null;
    effect_at: Date | null;
    outcome: 'sent' | 'left' | 'refused' | 'waits' | null;
    outcome_rule: ReasonName | null;
    decider: 'head' | 'writer' | null;
    site: string | null;
  };
  /** Letters from outside that were refused for what is in them; never the letters. */
  refused_letter: {
    school_id: SchoolId;
    id: Generated<number>;
    account_id: AccountId;
    sender: string;
    subject: string;
    why: string;
    detail: string;
    at: Generated<Date>;
    told_at: Generated<Date | null>;
  };
  /** The sender's side of what another school holds. */
  held_elsewhere: {
    school_id: SchoolId;
    at_school_id: SchoolId;
    at_message_id: MessageId;
    message_id: MessageId;
    state: 'waiting' | 'released' | 'given-back' | 'withdrawn';
    rule: RuleName;
    until: Date | null;
    note: string | null;
  };
  outbox: {
    school_id: SchoolId;
    id: Generated<number>;
    message_id: MessageId;
    account_id: AccountId;
    /** The reverse-path; null: none, since nobody wrote it (RFC 3834 §3.3). */
    sender: string | null;
    recipient: string;
    /** Of the recipient; PostgreSQL cuts it out itself. */
    domain: GeneratedAlways<string>;
    state: Generated<'due' | 'sent' | 'failed'>;
    attempts: Generated<number>;
    last_reply: string | null;
    created_at: Generated<Date>;
    finished_at: Date | null;
    stands_still: Generated<boolean>;
    delay_told_at: Generated<Date | null>;
    /** What was asked to be told (RFC 3461 §4): RET, ENVID, NOTIFY and ORCPT. */
    ret: 'FULL' | 'HDRS' | null;
    envid: string | null;
    notify: Notify[] | null;
    orcpt: string | null;
    /** A copy, or a code for one, which nobody of the town wrote. */
    is_copy: Generated<boolean>;
  };
  /** Where somebody wants copies of class mail. */
  copy_address: {
    school_id: SchoolId;
    account_id: AccountId;
    address: string;
    confirmed_at: Date | null;
    stopped_at: Date | null;
    code_hash: Buffer | null;
    code_made_at: Date | null;
    code_tries: Generated<number>;
  };
  /** What is to leave for there, or has. */
  letter_copy: {
    school_id: SchoolId;
    id: Generated<number>;
    account_id: AccountId;
    kind: 'letter' | 'code';
    message_id: MessageId | null;
    token: Generated<string>;
    queued_at: Date;
    left_at: Date | null;
    returned_at: Date | null;
  };
  /** Whom somebody's absence was told, and at which message. */
  absence_reply: {
    school_id: SchoolId;
    id: Generated<number>;
    account_id: AccountId;
    correspondent: string;
    is_outside: boolean;
    message_id: MessageId;
    queued_at: Date;
    replied_at: Date | null;
  };
  last_act: {
    school_id: SchoolId;
    account_id: AccountId;
    id: Generated<string>;
    at: Date;
    deed: string;
    by: 'message' | 'conversation';
    rows: number;
    changes: string;
  };
  waiting_draft: {
    school_id: SchoolId;
    id: Generated<number>;
    account_id: AccountId;
    mailbox_id: MailboxId;
    uid: Uid;
    created_at: Generated<Date>;
    reason: Generated<'scanner' | 'undo' | 'later'>;
    leaves_at: Date | null;
    begun_at: Date | null;
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
}
