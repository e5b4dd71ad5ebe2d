/**
 * The tables as Kysely sees them, read back from the catalogue of the migrated database. Made by a
 * test (npx vitest run core/store/schema.test.ts -u); never edited. Names are the database's;
 * nothing outside core/store knows them. Big integers are numbers: ids stay far below 2^53.
 */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Door } from '../ground/doors.ts';
import type {
  AccountId, AddressId, AppPasswordId, BoxId, ClassId, CupboardId, CupboardItemId, HandedFileId,
  HoldId, LetterId, MailboxId, MessageId, NotebookPageId, NoticeId, OwnGroupId, PaperId, PhraseId,
  SchoolId, TemplateId, Uid, WallItemId, WeekLessonId, WeekNeedId, WeekSpecialId,
} from '../ground/ids.ts';
import type { JsonOf } from '../ground/json.ts';
import type { NightCounts } from '../ground/night-job.ts';
import type { Portrait } from '../ground/portraits.ts';
import type { JunkSign } from '../letters/junk/signs.ts';
import type { Attachment, Envelope, Part } from '../letters/message/message.ts';
import type { ClosedWay } from '../roster/closed-ways.ts';
import type { Day } from '../roster/days.ts';
import type { PupilLine } from '../roster/matching/identity.ts';
import type { OwnHours } from '../roster/own-hours.ts';
import type { KeptReport } from '../roster/preview.ts';
import type { RoleQuotas } from '../roster/quotas.ts';
import type { ColumnMapping } from '../roster/reading/contract.ts';
import type { SchoolChoices, SchoolsDone } from '../roster/school-directory/plan.ts';
import type { SchoolList } from '../roster/school-directory/read-schools.ts';
import type { SiteChoice, SiteTrouble } from '../roster/sites.ts';
import type { Opening } from '../roster/snapshot.ts';
import type { Role } from '../rules/facts.ts';
import type { ReasonName } from '../rules/reason-names.ts';
import type { RuleName } from '../rules/verdict.ts';
import type { Comfort } from '../rules/viewer.ts';
import type { ActChange, CameFrom, DeedName, Notify } from './mail/contract.ts';
import type { BatchOutcome, ImportLines, KeptChoices } from './schools/contract.ts';
import type { Contacts, DoorTally, IsolationDifference } from './town/contract.ts';

/** Read as what it says, written as its text. */
type Json<T> = ColumnType<T, JsonOf<T>, JsonOf<T>>;
type GeneratedJson<T> = ColumnType<T, JsonOf<T> | undefined, JsonOf<T>>;

export interface Database {
  /** Somebody is away, and these words answer for them. */
  absence: {
    school_id: SchoolId; account_id: AccountId; is_on: boolean; from_date: Day; until_date: Day;
    words: string; outside: 'nobody' | 'same' | 'own'; outside_words: string;
  };
  /** Whom somebody's absence was told, and at which message. */
  absence_reply: {
    school_id: SchoolId; id: GeneratedAlways<number>; account_id: AccountId; correspondent: string;
    is_outside: boolean; message_id: MessageId; queued_at: Date; replied_at: Date | null;
  };
  accompaniment: {
    school_id: SchoolId; pupil_address_id: AddressId; aide_address_id: AddressId; from_date: Day;
    until_date: Day | null;
  };
  account: {
    school_id: SchoolId; id: GeneratedAlways<AccountId>; address_id: AddressId;
    role: 'pupil' | 'teacher' | 'head' | 'staff' | 'guardian' | 'agent'; given_name: string;
    family_name: string; display_name: string; face: string; language: Generated<'fr' | 'en'>;
    password_hash: string | null; state: Generated<'active' | 'suspended' | 'archived'>;
    paused_until: Date | null;
    /** What follows from the quotas of person, school and town. */
    quota_bytes: number; full_since: Date | null; by_conversation: Generated<boolean>;
    shortcuts: Generated<boolean>; civility: 'M' | 'Mme' | null; comfort: GeneratedJson<Comfort>;
    signature: Generated<string>; hours: Json<OwnHours> | null;
    notices: Generated<'none' | 'name' | 'subject'>; copy_colleagues: Generated<boolean>;
    reads: 'pictures' | 'words' | null; evening_waits: Generated<boolean>;
    notices_of: Generated<('held' | 'families' | 'pupils' | 'team' | 'others')[]>;
    level: string | null; outside_stopped_at: Date | null;
    outside_stop_why: 'rate' | 'domains' | 'refusals' | null; outside_resumed_at: Date | null;
    pupils_gathered: Generated<boolean>; portrait: Portrait | null;
    /** When a pupil accepted the charter. */
    charter_at: Date | null;
    /** When an adult of the class noted the family's yes, given on paper. */
    paper_at: Date | null;
    /** What a roster file says of a pupil's photo authorisation. */
    photo_allowed: boolean | null;
    /** Said of this person alone. */
    own_quota_bytes: number | null;
    /** When they were last told that their mail is nearly at its quota. */
    room_warned_at: Date | null;
    /** Of an agent of these communes alone; null: of the whole town, and for everybody else. */
    communes: number[] | null;
    /** A guardian wants one word a day of what waits. */
    daily_word: Generated<boolean>; daily_word_at: Date | null;
    /** An adult writes with a little formatting. */
    formats: Generated<boolean>;
    /** A teacher wants to be offered what is left of the day. */
    own_day: Generated<boolean>;
    /** The same lines with their formatting; null where they have none. */
    signature_html: string | null;
  };
  /** « Bien lu », as its reader tapped it. */
  acknowledgement: {
    school_id: SchoolId; message_id: MessageId; account_id: AccountId; at: Generated<Date>;
  };
  activation_code: {
    school_id: SchoolId; account_id: AccountId; sheet_id: number; code_hash: Buffer; made_at: Date;
    expires_at: Date; used_at: Date | null;
  };
  address: {
    id: GeneratedAlways<AddressId>; domain: string; local: string;
    kind: 'account' | 'class' | 'class-families' | 'team' | 'pupils' | 'families' | 'headship' |
      'office' | 'town' | 'support' | 'postmaster';
    school_id: SchoolId; target_id: number | null; present_in: Generated<SchoolId[]>;
  };
  agent_act: {
    id: GeneratedAlways<number>; at: Generated<Date>; agent_address_id: AddressId | null;
    act: string; school_id: SchoolId | null; reason: string;
  };
  annotation: {
    school_id: SchoolId; id: GeneratedAlways<number>; account_id: AccountId | null;
    mailbox_id: MailboxId | null; name: string; value: Buffer;
  };
  app_password: {
    school_id: SchoolId; id: GeneratedAlways<AppPasswordId>; account_id: AccountId; name: string;
    secret_hash: Buffer; made_at: Date; last_used_at: Date | null;
  };
  audit: {
    school_id: SchoolId; id: GeneratedAlways<number>; at: Generated<Date>;
    actor_address_id: AddressId | null; act: string; subject: Json<unknown>;
  };
  /** By when somebody wants an answer to a letter of theirs. */
  awaited_answer: {
    school_id: SchoolId; id: GeneratedAlways<number>; account_id: AccountId; message_id: MessageId;
    until: Date;
  };
  away_body: {
    school_id: SchoolId; object: string; message_id: MessageId | null; sha256: string | null;
    size_bytes: number;
    /** What stands before the body of a letter: lists ask for it. */
    head: Buffer; wrapped_key: Buffer;
    /** By what the key is known that the body's key is wrapped by. */
    wrapped_by: string; moved_at: Date;
  };
  /** Whose mailbox it is: of a class or, where that is null, of the school; and who reads it. */
  board: {
    school_id: SchoolId; mailbox_id: MailboxId; class_id: ClassId | null;
    readers: 'pupils' | 'families' | 'team';
  };
  brought_message: { school_id: SchoolId; account_id: AccountId; source: Buffer };
  /** Row n of a school's chain: which row of which journal, and what it is held to. */
  chain_link: {
    school_id: SchoolId; n: number; at: Date; kind: 'audit' | 'agent_act'; row_id: number;
    /** Null: erased, and the row with it; nobody can guess it from its digest any more. */
    salt: Buffer | null;
    /** Of the salt and the row. */
    digest: Buffer;
    /** Of the hash before it, the digest, n and at. */
    hash: Buffer;
  };
  class: {
    school_id: SchoolId; id: GeneratedAlways<ClassId>; name: string; levels: string[];
    cover: number; moderation: Generated<'open' | 'first-contact' | 'all'>; address_id: AddressId;
    ends_on: Day | null; teachers_called: Generated<'name' | 'title'>;
    second_look: Generated<'off' | 'suggests' | 'holds'>; photos_open: Generated<boolean>;
  };
  class_browser: {
    school_id: SchoolId; id: string; secret_hash: Buffer; opened_at: Date; expires_at: Date;
  };
  class_browser_class: {
    school_id: SchoolId; browser_id: string; class_id: ClassId; opened_by: AddressId;
    opened_at: Date;
  };
  class_link: {
    school_id: SchoolId; class_id: ClassId; other_class_address_id: AddressId;
    agreed: Generated<boolean>; moderated: Generated<boolean>; from_date: Day; until_date: Day;
    /** What this class's pupils receive over it is brought at 8 h of their next day of school. */
    travels: Generated<boolean>;
  };
  class_phrase: {
    school_id: SchoolId; id: GeneratedAlways<PhraseId>; class_id: ClassId; words: string;
    /** A drawing of ours; null where the picture is the class's own. */
    drawing: string | null; media_type: 'image/png' | 'image/jpeg' | null; picture: Buffer | null;
  };
  class_week: {
    school_id: SchoolId; class_id: ClassId; school_year: string; morning_from: string;
    morning_to: string; afternoon_from: string; afternoon_to: string;
    /** Null: four days of class. */
    wednesday_to: string | null;
    /** A day of a week A; null: all weeks are alike. */
    week_a: Day | null;
    /** One more at each change of anything in it. */
    edition: Generated<number>; changed_at: Date;
  };
  code_sheet: {
    school_id: SchoolId; id: GeneratedAlways<number>; class_id: ClassId | null;
    printed_by: AddressId | null; printed_at: Date; format: 'pdf' | 'csv' | 'screen' | 'import';
    codes: number;
  };
  coming_file: {
    school_id: SchoolId; id: GeneratedAlways<number>; account_id: AccountId;
    /** The name that its page gave it. */
    upload: string; came_at: Date;
    /** Of one that has come whole and is kept; its pieces are the body's. */
    sha256: string | null;
  };
  commune: {
    id: number; slug: string; name: string; code: string | null;
    pupil_mail_stopped: Generated<boolean>;
    /** When its mail runs again by itself; null: when somebody says so. */
    pupil_mail_stopped_until: Date | null;
  };
  contact: {
    school_id: SchoolId; from_address_id: AddressId; to_address_id: AddressId;
    first_at: Generated<Date>;
  };
  /** Where somebody wants copies of class mail. */
  copy_address: {
    school_id: SchoolId; account_id: AccountId; address: string; confirmed_at: Date | null;
    stopped_at: Date | null; code_hash: Buffer | null; code_made_at: Date | null;
    code_tries: Generated<number>;
  };
  correspondent: {
    school_id: SchoolId; class_id: ClassId; address: string; approved_by: AddressId;
    until_date: Day;
  };
  cupboard: {
    school_id: SchoolId; id: GeneratedAlways<CupboardId>;
    place: 'class' | 'own' | 'team' | 'school'; class_id: ClassId | null;
    account_id: AccountId | null;
  };
  cupboard_item: {
    school_id: SchoolId; id: GeneratedAlways<CupboardItemId>; cupboard_id: CupboardId;
    kind: 'folder' | 'file'; parent_id: CupboardItemId | null;
    /** The folders around it, the outermost first. */
    path: CupboardItemId[]; name: string; name_key: string; folded: string;
    /** Who sees it besides its author, who sees the folders around it. */
    sees: 'author' | 'team' | 'pupils' | 'families';
    /** Pupils put files into this folder. */
    is_open: Generated<boolean>; author_address_id: AddressId | null; made_at: Date;
    changed_at: Date; sha256: string | null; media_type: string | null;
    size_bytes: Generated<number>; thrown_at: Date | null;
    /** What was thrown away with it in it, or itself. */
    thrown_with: CupboardItemId | null;
    /** The folder in which it lies; 0: the top. */
    folder_key: GeneratedAlways<number>;
    /** The cupboard from which it was moved here last. */
    came_from: number | null;
    /** Who saw it there. */
    came_sees: 'author' | 'team' | 'pupils' | 'families' | null;
    /** Whether pupils put files into it there. */
    came_open: boolean | null;
  };
  cupboard_version: {
    school_id: SchoolId; item_id: CupboardItemId; version: number; sha256: string;
    media_type: string; size_bytes: number; replaced_at: Date;
  };
  due: {
    kind: 'closing' | 'outbox' | 'hold' | 'draft' | 'rollover' | 'leaver' | 'pictures' |
      'roster-draft' | 'roster-questions' | 'absence' | 'report' | 'moderation' | 'copy' | 'paper' |
      'erasure' | 'notice' | 'daily-word' | 'put-off' | 'answer';
    school_id: SchoolId; row_id: number; at: Date;
  };
  entry: {
    school_id: SchoolId; mailbox_id: MailboxId; uid: Uid; message_id: MessageId;
    seen: Generated<boolean>; flagged: Generated<boolean>; answered: Generated<boolean>;
    draft: Generated<boolean>; deleted: Generated<boolean>; keywords: string[] | null;
    modseq: number; internal_date: Generated<Date>; saved_at: Generated<Date>; size_bytes: number;
    /** Of who wrote it; null for what was never received. */
    sender_role: Role | null;
    /** Whether it is the first letter of somebody who isn't of the school. */
    first_time: Generated<boolean>;
    /** When it first came, of what was put off and has come back: internal_date is its return. */
    first_at: Date | null; returned: 'later' | 'unanswered' | null;
  };
  expunged: {
    school_id: SchoolId; mailbox_id: MailboxId; modseq: number;
    /** A multirange in its text form: {[1,4),[7,8)}. */
    uids: string; at: Generated<Date>;
  };
  /** Objects that may have no use: deleted after 45 days, where no school has them. */
  gone_body: { object: string; at: Date };
  gone_subscription: { school_id: SchoolId; account_id: AccountId; path: string };
  guardianship: {
    school_id: SchoolId; child_address_id: AddressId; guardian_address_id: AddressId;
    blocked: Generated<boolean>;
    /** What the child calls them. */
    called: string | null;
    /** Whether they agree that the child writes; null: they haven't said. */
    agrees: boolean | null; answered_at: Date | null;
    /** What the other guardians of the child answer, and that they did, is said to nobody. */
    silent: Generated<boolean>;
  };
  hand_in: {
    school_id: SchoolId; box_id: BoxId; pupil_address_id: AddressId; handed_at: Date;
    given_back_at: Date | null; given_back_by: AddressId | null;
    /** again: it is to be handed in once more. */
    stamp: 'bravo' | 'done' | 'again' | null; word: Generated<string>;
  };
  hand_in_box: {
    school_id: SchoolId; id: GeneratedAlways<BoxId>; class_id: ClassId; name: string; asks: string;
    until_day: Day; made_by: AddressId; made_at: Date; closed_at: Date | null;
  };
  hand_in_file: {
    school_id: SchoolId; id: GeneratedAlways<HandedFileId>; box_id: BoxId;
    pupil_address_id: AddressId; name: string; sha256: string; media_type: string;
    size_bytes: number;
  };
  heartbeat: { role: string; at: Date; version: string };
  /** The sender's side of what another school holds. */
  held_elsewhere: {
    school_id: SchoolId; at_school_id: SchoolId; at_message_id: MessageId; message_id: MessageId;
    state: 'waiting' | 'released' | 'given-back' | 'withdrawn'; rule: RuleName; until: Date | null;
    note: string | null;
  };
  hold: {
    school_id: SchoolId; id: GeneratedAlways<HoldId>; message_id: MessageId;
    class_id: ClassId | null; named_address_id: AddressId; recipient_address_id: AddressId;
    rule: RuleName; until: Date | null; lifted: Generated<string[]>;
    state: Generated<'waiting' | 'released' | 'given-back' | 'withdrawn'>;
    decided_by: AddressId | null; decided_at: Date | null; note: string | null;
    created_at: Generated<Date>; asked: Generated<0 | 1 | 2>; ask_at: Date | null;
    decision: string | null; wish: 'release' | 'give-back' | null; effect_at: Date | null;
    outcome: 'sent' | 'left' | 'refused' | 'waits' | null; outcome_rule: ReasonName | null;
    decider: 'head' | 'writer' | null; site: string | null;
  };
  identity: {
    kind: 'ine' | 'born' | 'mail' | 'phone' | 'name' | 'sourced' | 'home'; key: Buffer;
    address_id: AddressId;
  };
  /** How each night's proof ended that nobody reaches a child who may not. */
  isolation_proof: {
    id: GeneratedAlways<number>; begun_at: Date; seconds: number; pupils: number;
    doors: Json<Partial<Readonly<Record<Door, DoorTally>>>>;
    differences: Json<readonly IsolationDifference[]>; faults: string[];
  };
  kept_apart: {
    school_id: SchoolId;
    /** The smaller of the two numbers. */
    one_address_id: AddressId; other_address_id: AddressId; by_address_id: AddressId; at: Date;
  };
  known_place: { key: Buffer; seen_at: Date };
  known_writer: {
    school_id: SchoolId; account_id: AccountId; writer: Buffer; shows_pictures: Generated<boolean>;
    trusted: Generated<boolean>;
  };
  last_act: {
    school_id: SchoolId; account_id: AccountId; id: Generated<string>; at: Date; deed: DeedName;
    by: 'message' | 'conversation'; rows: number; changes: Json<readonly ActChange[]>;
  };
  leaver: { school_id: SchoolId; account_id: AccountId; left_on: Day };
  /** What is to leave for a copy address, or has. */
  letter_copy: {
    school_id: SchoolId; id: GeneratedAlways<number>; account_id: AccountId;
    kind: 'letter' | 'code'; message_id: MessageId | null; token: Generated<string>;
    queued_at: Date; left_at: Date | null; returned_at: Date | null;
  };
  letter_template: {
    school_id: SchoolId; id: GeneratedAlways<TemplateId>;
    /** Null: of the school, for all its adults. */
    account_id: AccountId | null; title: string; subject: string; text: string;
    /** The same words with their formatting; null where they have none. */
    html: string | null;
  };
  mailbox: {
    school_id: SchoolId; id: GeneratedAlways<MailboxId>;
    /** Null: a board's, whose readers are told by the roster of the moment. */
    account_id: AccountId | null; name: string;
    use: 'inbox' | 'drafts' | 'sent' | 'trash' | 'junk' | 'archive' | 'later' | null;
    uid_validity: number; uid_next: Generated<number>; modseq: Generated<number>;
    total: Generated<number>; unseen: Generated<number>; bytes: Generated<number>;
    subscribed: Generated<boolean>; keywords: string[] | null; tombstones_from: number | null;
    flags_modseq: number | null;
    wished_use: 'drafts' | 'sent' | 'trash' | 'junk' | 'archive' | null;
  };
  mailbox_right: {
    school_id: SchoolId; mailbox_id: MailboxId; account_id: AccountId; rights: string;
    subscribed: Generated<boolean>;
  };
  membership: {
    school_id: SchoolId; class_id: ClassId; address_id: AddressId;
    role: 'pupil' | 'teacher' | 'aide'; from_date: Day; until_date: Day | null;
  };
  message: {
    school_id: SchoolId; id: GeneratedAlways<MessageId>; sender_address_id: AddressId | null;
    sender_role: Role;
    origin: 'web' | 'submission' | 'mx' | 'system' | 'automatic' | 'added' | 'brought';
    header_id: string | null; in_reply_to: string | null; refs: Generated<string[]>;
    subject: string; preview: string; envelope: Json<Envelope>; structure: Json<Part>;
    attachments: Json<readonly Attachment[]>; search: string; automatic: boolean;
    size_bytes: number; received_at: Generated<Date>; sha256: Buffer;
    /** Null: its bytes lie elsewhere, as a row of away_body says. */
    raw: Buffer | null; wire_envelope: string | null; wire_body: string | null;
    wire_structure: string | null; header_bytes: number | null; folded: (string | null)[] | null;
    sent_at: Date | null; sent_on: Day | null; is_reply: boolean | null; twin_of: number | null;
    recipients: string[] | null; proved_by: 'dmarc' | 'dkim' | 'spf' | null;
    recalled_at: Date | null; recalled_copies: number | null; recalled_read: number | null;
    reminded_at: Date | null; junk_signs: JunkSign[] | null;
  };
  move_wish: {
    school_id: SchoolId; id: GeneratedAlways<number>; asking_school_id: SchoolId;
    address_id: AddressId; import_id: number; asked_by: AddressId | null; asked_at: Date;
    lines: Json<readonly PupilLine[]>; refused_at: Date | null; reason: string | null;
  };
  /** When each piece of heavy work was last begun and ended, how, and when it comes next. */
  night_job: {
    name: string; known_at: Date; begun_at: Date | null; ended_at: Date | null;
    result: 'done' | 'stopped' | 'failed' | null; counts: GeneratedJson<NightCounts>;
    done_at: Date | null; next_at: Date | null; checkpoint: string | null;
  };
  notebook_page: {
    school_id: SchoolId; id: GeneratedAlways<NotebookPageId>; account_id: AccountId;
    /** Where the box was, which may be another school than the child's today. */
    box_school: SchoolId; box_id: BoxId; box_name: string; class_name: string; school_year: string;
    teacher_name: string; stamp: 'bravo' | 'done' | 'again'; word: string; given_back_at: Date;
    name: string; sha256: string; media_type: string; size_bytes: number;
  };
  notice: {
    school_id: SchoolId; id: GeneratedAlways<NoticeId>; class_id: ClassId | null;
    author_address_id: AddressId; author_name: string;
    /** Which of its words hang; 0: none yet. */
    edition: Generated<number>; pinned: Generated<boolean>; made_at: Date; posted_at: Date | null;
    until_at: Date;
    /** Its day was over, or it was taken off. */
    taken_down_at: Date | null; gone_at: Date;
    /** Whether a pupil's proposal waits for a word, was refused, or hangs; null: a grown-up's. */
    idea: 'waits' | 'refused' | 'hung' | null;
    /** The word with which it was refused, for its author to read. */
    answer: Generated<string>; answered_by: AddressId | null;
    /** The last words of which those who had not seen them were reminded; 0: of none. */
    reminded_edition: Generated<number>;
  };
  notice_place: { school_id: SchoolId; notice_id: NoticeId; mailbox_id: MailboxId; uid: Uid };
  /** Who has asked to be told of a notice once more, and when. */
  notice_reminder: { school_id: SchoolId; notice_id: NoticeId; address_id: AddressId; at: Date };
  notice_seen: {
    school_id: SchoolId; notice_id: NoticeId; address_id: AddressId;
    /** The words that were seen, the last of them. */
    edition: number; at: Date;
  };
  notice_words: {
    school_id: SchoolId; notice_id: NoticeId; edition: number; letter: LetterId; title: string;
    text: string; readers: ('pupils' | 'families' | 'team')[];
    /** The letter that they are; null: it hasn't left. */
    message_id: MessageId | null; made_at: Date;
    /** The day that it is about, on which it stands in the week; null: none. */
    day: Day | null;
  };
  outbox: {
    school_id: SchoolId; id: GeneratedAlways<number>; message_id: MessageId; account_id: AccountId;
    /** The reverse-path; null: none, since nobody wrote it (RFC 3834 §3.3). */
    sender: string | null; recipient: string; state: Generated<'due' | 'sent' | 'failed'>;
    attempts: Generated<number>; last_reply: string | null; created_at: Generated<Date>;
    finished_at: Date | null; stands_still: Generated<boolean>; delay_told_at: Date | null;
    /** What was asked to be told (RFC 3461 §4): RET, ENVID, NOTIFY and ORCPT. */
    ret: 'FULL' | 'HDRS' | null; envid: string | null; notify: Notify[] | null;
    orcpt: string | null;
    /** A copy, or a code for one, which nobody of the town wrote. */
    is_copy: Generated<boolean>; domain: GeneratedAlways<string>;
  };
  own_group: {
    school_id: SchoolId; id: GeneratedAlways<OwnGroupId>; account_id: AccountId; name: string;
    whom: 'pupils' | 'families' | 'both'; pupils: AddressId[];
  };
  paper: {
    school_id: SchoolId; id: GeneratedAlways<PaperId>; author_address_id: AddressId;
    author_name: string; class_id: ClassId | null; about: string; recipient: string;
    version: Generated<number>; made_at: Date; asked_at: Date | null; withdrawn_at: Date | null;
    remind_at: Date | null; numbers_gone_at: Date | null; gone_at: Date;
  };
  paper_answer: {
    school_id: SchoolId; id: GeneratedAlways<number>; paper_id: PaperId; version: number;
    pupil_address_id: AddressId; signer_address_id: AddressId | null; signer_name: string;
    says: 'signed' | 'yes' | 'no' | 'option' | 'words'; option: number | null; words: string | null;
    note: string; at: Date; way: 'password' | 'second-factor' | 'code-sheet' | 'paper';
    by_address_id: AddressId; slip_hash: string; hash: string;
  };
  paper_child: {
    school_id: SchoolId; paper_id: PaperId; pupil_address_id: AddressId; name: string;
  };
  paper_file: {
    school_id: SchoolId; paper_id: PaperId; version: number; place: number; name: string;
    media_type: string; size_bytes: number; sha256: string; bytes: Buffer;
  };
  paper_number: {
    school_id: SchoolId; paper_id: PaperId; pupil_address_id: AddressId;
    guardian_address_id: AddressId; number: string;
  };
  paper_photo: {
    school_id: SchoolId; answer_id: number; paper_id: PaperId; name: string; media_type: string;
    size_bytes: number; sha256: string; bytes: Buffer;
  };
  paper_reminder: {
    school_id: SchoolId; paper_id: PaperId; guardian_address_id: AddressId; at: Date;
  };
  paper_version: {
    school_id: SchoolId; paper_id: PaperId; version: number; letter: LetterId; letter_hash: string;
    subject: string; body: string; text: string; place: string; price: string; day: Day | null;
    last_day: Day | null; from_time: string | null; to_time: string | null;
    question: 'sign' | 'yes-no' | 'choice' | 'words'; options: string[]; needed: 'one' | 'each';
    until_at: Date; asks_number: boolean; made_at: Date; remind_at: Date | null;
    numbers_gone_at: Date | null; gone_at: Date;
  };
  picture_code: {
    school_id: SchoolId; account_id: AccountId; sheet_id: number; code_hash: Buffer; made_at: Date;
    expires_at: Date; last_used_at: Date | null;
  };
  post: {
    school_id: SchoolId; address_id: AddressId; role: 'teacher' | 'head' | 'staff';
    reachable_by_pupils: Generated<boolean>; from_date: Day; until_date: Day | null;
  };
  /** When a letter of the folder for later comes back. */
  put_off_letter: {
    school_id: SchoolId; id: GeneratedAlways<number>; account_id: AccountId; mailbox_id: MailboxId;
    uid: Uid;
    /** The mailbox that it came from; null where that is gone: then the inbox. */
    back_to: MailboxId | null; returns_at: Date;
  };
  recovery_code: {
    school_id: SchoolId; account_id: AccountId; code_hash: Buffer; made_at: Date;
    used_at: Date | null;
  };
  /** Letters from outside that were refused for what is in them; never the letters. */
  refused_letter: {
    school_id: SchoolId; id: GeneratedAlways<number>; account_id: AccountId; sender: string;
    subject: string; why: string; detail: string; at: Generated<Date>; told_at: Date | null;
  };
  report: {
    school_id: SchoolId; id: GeneratedAlways<number>;
    /** The letter, kept whole: no road takes a message that a report names. */
    message_id: MessageId;
    /** The child's account then; it may have moved or gone since. */
    account_id: AccountId; created_at: Generated<Date>; closed_by: AddressId | null;
    closed_at: Date | null;
    /** Null: from before reports were more than a notice. */
    child_address_id: AddressId | null; child_name: Generated<string>;
    class_ids: Generated<ClassId[]>;
    /** Null: somebody outside, or nobody knows. */
    writer_address_id: AddressId | null; writer_role: Generated<Role>;
    writer_name: Generated<string>;
    /** Until then the child may take it back, and nobody sees it. */
    told_from: Generated<Date>;
    /** Who is told: 0 nobody yet, 1 its adults, 2 co-teachers, 3 the head, 4 the town. */
    level: Generated<number>;
    /** Who has had a notice; of the level as it is now. */
    told: Generated<AddressId[]>; called_at: Date | null; taken_by: AddressId | null;
    read_by: Generated<AddressId[]>;
    /** What the child is told at the end. */
    word: string | null;
    /** Where its copies lay, for a way back. */
    came_from: GeneratedJson<readonly CameFrom[]>; seen_by_child: Generated<boolean>;
  };
  /** Of each report that there is one, when, and whether it is over; for numbers, of nobody. */
  report_mark: {
    school_id: SchoolId; report_id: number; at: Date; closed_at: Date | null;
    for_town: Generated<boolean>;
  };
  report_step: {
    school_id: SchoolId; id: GeneratedAlways<number>; report_id: number; at: Date;
    by_address_id: AddressId | null;
    kind: 'read' | 'taken' | 'talked' | 'rest' | 'apart' | 'together' | 'family' | 'up' | 'closed';
    until_date: Day | null;
  };
  reported_source: {
    reporter: string; report: string; line: number; begins_at: Date; ends_at: Date; ip: string;
    from_domain: string; messages: number; by_dkim: boolean; by_spf: boolean;
    disposition: 'none' | 'quarantine' | 'reject';
  };
  reported_tls: {
    reporter: string; report: string; line: number; begins_at: Date; ends_at: Date;
    policy: 'sts' | 'tlsa' | 'no-policy-found'; result: string; mx: string | null; sessions: number;
  };
  /** Each time that the database was restored from a backup. */
  restoration: { at: Date; data_until: Date | null };
  roster_batch: {
    school_id: SchoolId; id: GeneratedAlways<number>; by_address_id: AddressId; created_at: Date;
    school_year: string; file_name: string; unknown: Json<readonly string[]>; reason: string | null;
    state: 'reading' | 'open' | 'applying' | 'over'; beat_at: Date;
  };
  roster_batch_school: {
    school_id: SchoolId; batch_id: number; of_school_id: SchoolId; draft_id: number | null;
    outcome: Json<BatchOutcome> | null;
  };
  roster_change: {
    school_id: SchoolId; import_school_id: SchoolId; import_id: number; changes: Json<unknown>;
  };
  roster_draft: {
    school_id: SchoolId; id: GeneratedAlways<number>; by_address_id: AddressId; created_at: Date;
    expires_at: Date; school_year: string; batch_id: number | null; choices: Json<KeptChoices>;
    content: Buffer | null; import_id: number | null;
  };
  roster_import: {
    school_id: SchoolId; id: GeneratedAlways<number>; actor_address_id: AddressId | null;
    created_at: Generated<Date>; format: string; file_hash: Buffer; school_year: string;
    state: 'applied' | 'undone' | 'rehearsed' | 'replaced'; holds_from: Day;
    applied_at: Date | null; undone_at: Date | null;
    summary: Json<Readonly<Record<string, number>>>; lines: Json<ImportLines> | null;
    stopped_by: Json<unknown> | null; report: Json<KeptReport> | null;
  };
  roster_mapping: {
    school_id: SchoolId; header_hash: Buffer; mapping: Json<ColumnMapping>;
    used_at: Generated<Date>;
  };
  roster_question: {
    school_id: SchoolId; id: GeneratedAlways<number>; import_id: number; doubt: Buffer;
    kind: 'pupil' | 'guardian' | 'adult';
    state: 'open' | 'answered' | 'lapsed' | 'replaced' | 'undone'; asked_at: Date; expires_at: Date;
    answer: 'person' | 'new' | 'skip' | null; address_id: AddressId | null;
    answered_by: AddressId | null; answered_at: Date | null; answer_import_id: number | null;
  };
  roster_remainder: { school_id: SchoolId; import_id: number; digest: Buffer; content: Buffer };
  roster_source: { school_id: SchoolId; hint: string };
  school: {
    id: SchoolId; commune_id: number | null; slug: string; name: string; domain: string | null;
    time_zone: Generated<string>; roster_version: Generated<number>;
    pupil_mail_stopped: Generated<boolean>; outside_forbidden: Generated<boolean>;
    pupils_reach_all_teachers: Generated<boolean>; opening: Json<Opening> | null;
    pupil_imap: Generated<boolean>; uai: string | null; closes_on: Day | null;
    sites: Json<Partial<SiteChoice>> | null; charter: Generated<boolean>;
    family_first: Generated<boolean>; closed_ways: GeneratedJson<readonly ClosedWay[]>;
    /** Bytes of mail by role, where it isn't the product's number; of school 0: in the whole town.
      */
    quotas: GeneratedJson<RoleQuotas>;
    /** When its mail runs again by itself; null: when somebody says so. */
    pupil_mail_stopped_until: Date | null;
  };
  school_holiday: {
    id: GeneratedAlways<number>;
    zone: 'A' | 'B' | 'C' | 'corse' | 'guadeloupe' | 'martinique' | 'guyane' | 'reunion' | 'mayotte'
      | 'nouvelle-caledonie' | 'polynesie' | 'saint-pierre-et-miquelon' | 'wallis-et-futuna';
    name: string; from_date: Day; until_date: Day; by_hand: boolean;
  };
  school_import: {
    school_id: SchoolId; id: GeneratedAlways<number>; by_address_id: AddressId | null;
    created_at: Date; file_name: string; file: Buffer | null; content: Json<SchoolList> | null;
    choices: Json<Partial<SchoolChoices>>; applied_at: Date | null; undone_at: Date | null;
    done: Json<SchoolsDone> | null;
  };
  second_factor: {
    school_id: SchoolId; account_id: AccountId; secret: Buffer; confirmed_at: Date;
    last_step: number; sheet_kept_at: Date | null;
  };
  secret_mark: { of_town: Generated<boolean>; mark: Buffer };
  sending: {
    school_id: SchoolId; id: GeneratedAlways<number>; account_id: AccountId; at: Generated<Date>;
    recipients: number;
  };
  session: {
    school_id: SchoolId; id: string; account_id: AccountId; secret_hash: Buffer; csrf: string;
    created_at: Generated<Date>; seen_at: Generated<Date>; expires_at: Date;
    browser: Generated<string>; platform: Generated<string>;
    /** When its password was given last. */
    proved_at: Generated<Date>;
    /** A code on paper opened it, and no password has been given since. */
    by_code: Generated<boolean>;
  };
  setup_link: { code_hash: Buffer; made_at: Date; expires_at: Date; used_at: Date | null };
  signing_key: {
    id: GeneratedAlways<number>; domain: string; selector: string; algorithm: 'rsa' | 'ed25519';
    public_key: string; private_key: Buffer | null; made_at: Date; used_from: Date | null;
    followed_at: Date | null;
  };
  site_block: { list_id: number; bucket: number; records: Buffer };
  site_list: {
    id: GeneratedAlways<number>; source: string; version: string | null; loaded_at: Date;
    entries: Generated<number>; categories: Generated<string[]>; counts: Generated<number[]>;
    is_current: Generated<boolean>;
  };
  site_update: {
    one: Generated<boolean>; begun_at: Date; ended_at: Date | null; trouble: SiteTrouble | null;
  };
  stored_body: {
    school_id: SchoolId; sha256: string; size_bytes: number;
    /** When somebody last brought it; what nobody has is erased a day later. */
    kept_at: Date;
    /** Of a picture: a PNG for lists; null where there is none. */
    small: Buffer | null;
  };
  stored_body_piece: {
    school_id: SchoolId;
    /** Of the whole file, once it has come. */
    sha256: string | null;
    /** From 0 on. */
    place: number; bytes: Buffer;
    /** Of the file on its way, until then. */
    coming_id: number | null;
  };
  throttle: {
    key: Buffer; failures: number; blocked_until: Date; updated_at: Date; told_at: Date | null;
  };
  town: {
    one: Generated<boolean>; name: string;
    holiday_zone: 'A' | 'B' | 'C' | 'corse' | 'guadeloupe' | 'martinique' | 'guyane' | 'reunion' |
      'mayotte' | 'nouvelle-caledonie' | 'polynesie' | 'saint-pierre-et-miquelon' |
      'wallis-et-futuna';
    postmaster: string | null; contacts: GeneratedJson<Contacts>; steps_done: Generated<string[]>;
    agents_need_second_factor: Generated<boolean>; opened_at: Date | null; ready_at: Date | null;
    /** Whom a report of a teacher's or a head's letter goes to; null: the agents. */
    report_contact_address_id: AddressId | null; takes_large_films: Generated<boolean>;
  };
  town_hour: { begins_at: Date; letters: number; handed: number; sign_ins: number };
  /** Of which trouble an agent was last told, and whether it is over. */
  trouble_notice: {
    school_id: SchoolId; account_id: AccountId; is_red: boolean; about: 'backups' | 'isolation';
  };
  unreadable_letter: { sha256: Buffer; at: Date };
  waiting_draft: {
    school_id: SchoolId; id: GeneratedAlways<number>; account_id: AccountId; mailbox_id: MailboxId;
    uid: Uid; created_at: Generated<Date>; reason: Generated<'scanner' | 'undo' | 'later'>;
    leaves_at: Date | null; begun_at: Date | null;
  };
  wall_book: {
    school_id: SchoolId; class_id: ClassId; school_year: string; for_families: boolean;
    asked_at: Date; made_at: Date | null; edition: Generated<number>;
    /** What is in it: once one of them no longer hangs, the book is made anew. */
    items: Generated<WallItemId[]>; size_bytes: Generated<number>;
  };
  wall_book_piece: {
    school_id: SchoolId; class_id: ClassId; school_year: string; edition: number; place: number;
    bytes: Buffer;
  };
  wall_item: {
    school_id: SchoolId; id: GeneratedAlways<WallItemId>; class_id: ClassId; school_year: string;
    author_address_id: AddressId; given_name: string; kind: 'drawing' | 'voice'; media_type: string;
    sha256: string; bytes: Buffer; width: number | null; height: number | null;
    /** The child's yes. */
    asked_at: Date;
    /** The teacher's tap; null: it isn't on the wall. */
    hung_at: Date | null; refused_at: Date | null; refused_word: string | null;
    /** The drawing as a wall shows it, a PNG; null: the whole one is small, or of a voice. */
    small: Buffer | null;
  };
  wall_wish: {
    school_id: SchoolId; class_id: ClassId; school_year: string; author_address_id: AddressId;
    /** Of the drawing or the voice, without our mark. */
    sha256: string; by_address_id: AddressId; asked_at: Date;
    /** The child's no; who says yes gives it. */
    declined_at: Date | null;
  };
  week_feed: {
    school_id: SchoolId; id: GeneratedAlways<number>; account_id: AccountId; secret_hash: Buffer;
    /** What is in it, besides what always is. */
    says: string[]; made_at: Date; read_at: Date | null;
    /** Its owner has changed or stopped it: its address answers that it is gone. */
    ended_at: Date | null;
  };
  week_lesson: {
    school_id: SchoolId; id: GeneratedAlways<WeekLessonId>; class_id: ClassId; school_year: string;
    weekday: number; from_time: string; to_time: string;
    kind: 'rituals' | 'french' | 'maths' | 'world' | 'language' | 'sport' | 'music' | 'arts' |
      'break' | 'rest' | 'other';
    title: string; weeks: 'every' | 'A' | 'B'; teacher_address_id: AddressId | null; place: string;
    bring: string; edition: Generated<number>;
  };
  week_need: {
    school_id: SchoolId; id: GeneratedAlways<WeekNeedId>; class_id: ClassId; school_year: string;
    day: Day; kind: 'bring' | 'do' | 'hand-in'; words: string;
  };
  week_special: {
    school_id: SchoolId; id: GeneratedAlways<WeekSpecialId>; class_id: ClassId; school_year: string;
    from_date: Day; until_date: Day; from_time: string | null; to_time: string | null;
    kind: 'outing' | 'pool' | 'photo' | 'party' | 'visit' | 'no-class'; title: string;
    place: string; edition: Generated<number>;
  };
  week_tick: {
    school_id: SchoolId; id: GeneratedAlways<number>; class_id: ClassId;
    pupil_address_id: AddressId; day: Day; week_need_id: WeekNeedId | null;
    /** What this lesson wants brought along each time. */
    week_lesson_id: WeekLessonId | null;
  };
}
