-- What the migrations make, read back from the catalogue. Made by a test (npx vitest run core/store/schema.test.ts -u); never edited.

create table absence (
  school_id integer not null,
  account_id bigint not null,
  is_on boolean not null,
  from_date date not null,
  until_date date not null,
  words text not null,
  outside text not null,
  outside_words text not null
);
alter table absence enable row level security;
alter table absence force row level security;
create table absence_reply (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint not null,
  correspondent text not null,
  is_outside boolean not null,
  message_id bigint not null,
  queued_at timestamp with time zone not null,
  replied_at timestamp with time zone
);
alter table absence_reply enable row level security;
alter table absence_reply force row level security;
create table accompaniment (
  school_id integer not null,
  pupil_address_id bigint not null,
  aide_address_id bigint not null,
  from_date date not null,
  until_date date
);
alter table accompaniment enable row level security;
alter table accompaniment force row level security;
create table account (
  school_id integer not null,
  id bigint generated always as identity not null,
  address_id bigint not null,
  role text not null,
  given_name text not null,
  family_name text not null,
  display_name text not null,
  face text not null,
  language text default 'fr'::text not null,
  password_hash text,
  state text default 'active'::text not null,
  paused_until timestamp with time zone,
  quota_bytes bigint not null,
  full_since timestamp with time zone,
  by_conversation boolean default true not null,
  shortcuts boolean default true not null,
  civility text,
  comfort jsonb default '{}'::jsonb not null,
  signature text default ''::text not null,
  hours jsonb,
  notices text default 'none'::text not null,
  copy_colleagues boolean default false not null,
  reads text,
  evening_waits boolean default false not null,
  notices_of text[] default '{held,families,pupils,team,others}'::text[] not null,
  level text,
  outside_stopped_at timestamp with time zone,
  outside_stop_why text,
  outside_resumed_at timestamp with time zone,
  pupils_gathered boolean default false not null,
  portrait text,
  charter_at timestamp with time zone,
  paper_at timestamp with time zone,
  photo_allowed boolean,
  own_quota_bytes bigint,
  room_warned_at timestamp with time zone,
  communes integer[],
  daily_word boolean default false not null,
  daily_word_at timestamp with time zone,
  formats boolean default false not null,
  own_day boolean default true not null,
  signature_html text
);
alter table account enable row level security;
alter table account force row level security;
create table acknowledgement (
  school_id integer not null,
  message_id bigint not null,
  account_id bigint not null,
  at timestamp with time zone default now() not null
);
alter table acknowledgement enable row level security;
alter table acknowledgement force row level security;
create table activation_code (
  school_id integer not null,
  account_id bigint not null,
  sheet_id bigint not null,
  code_hash bytea not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone
);
alter table activation_code enable row level security;
alter table activation_code force row level security;
create table address (
  id bigint generated always as identity not null,
  domain text not null,
  local text not null,
  kind text not null,
  school_id integer not null,
  target_id bigint,
  present_in integer[] default '{}'::integer[] not null
);
create table agent_act (
  id bigint generated always as identity not null,
  at timestamp with time zone default now() not null,
  agent_address_id bigint,
  act text not null,
  school_id integer,
  reason text not null
);
create table annotation (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint,
  mailbox_id bigint,
  name text not null,
  value bytea not null
);
alter table annotation enable row level security;
alter table annotation force row level security;
create table app_password (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint not null,
  name text not null,
  secret_hash bytea not null,
  made_at timestamp with time zone not null,
  last_used_at timestamp with time zone
);
alter table app_password enable row level security;
alter table app_password force row level security;
create table audit (
  school_id integer not null,
  id bigint generated always as identity not null,
  at timestamp with time zone default now() not null,
  actor_address_id bigint,
  act text not null,
  subject jsonb not null
);
alter table audit enable row level security;
alter table audit force row level security;
create table awaited_answer (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint not null,
  message_id bigint not null,
  until timestamp with time zone not null
);
alter table awaited_answer enable row level security;
alter table awaited_answer force row level security;
create table away_body (
  school_id integer not null,
  object text not null,
  message_id bigint,
  sha256 text,
  size_bytes integer not null,
  head bytea not null,
  wrapped_key bytea not null,
  wrapped_by text not null,
  moved_at timestamp with time zone not null
);
alter table away_body enable row level security;
alter table away_body force row level security;
create table board (
  school_id integer not null,
  mailbox_id bigint not null,
  class_id bigint,
  readers text not null
);
alter table board enable row level security;
alter table board force row level security;
create table brought_message (
  school_id integer not null,
  account_id bigint not null,
  source bytea not null
);
alter table brought_message enable row level security;
alter table brought_message force row level security;
create table chain_link (
  school_id integer not null,
  n bigint not null,
  at timestamp with time zone not null,
  kind text not null,
  row_id bigint not null,
  salt bytea,
  digest bytea not null,
  hash bytea not null
);
alter table chain_link enable row level security;
alter table chain_link force row level security;
create table class (
  school_id integer not null,
  id bigint generated always as identity not null,
  name text not null,
  levels text[] not null,
  cover smallint not null,
  moderation text default 'open'::text not null,
  address_id bigint not null,
  ends_on date,
  teachers_called text default 'name'::text not null,
  second_look text default 'suggests'::text not null,
  photos_open boolean default false not null
);
alter table class enable row level security;
alter table class force row level security;
create table class_browser (
  school_id integer not null,
  id uuid not null,
  secret_hash bytea not null,
  opened_at timestamp with time zone not null,
  expires_at timestamp with time zone not null
);
alter table class_browser enable row level security;
alter table class_browser force row level security;
create table class_browser_class (
  school_id integer not null,
  browser_id uuid not null,
  class_id bigint not null,
  opened_by bigint not null,
  opened_at timestamp with time zone not null
);
alter table class_browser_class enable row level security;
alter table class_browser_class force row level security;
create table class_link (
  school_id integer not null,
  class_id bigint not null,
  other_class_address_id bigint not null,
  agreed boolean default false not null,
  moderated boolean default false not null,
  from_date date not null,
  until_date date not null,
  travels boolean default false not null
);
alter table class_link enable row level security;
alter table class_link force row level security;
create table class_phrase (
  school_id integer not null,
  id bigint generated always as identity not null,
  class_id bigint not null,
  words text not null,
  drawing text,
  media_type text,
  picture bytea
);
alter table class_phrase enable row level security;
alter table class_phrase force row level security;
create table class_week (
  school_id integer not null,
  class_id bigint not null,
  school_year text not null,
  morning_from text not null,
  morning_to text not null,
  afternoon_from text not null,
  afternoon_to text not null,
  wednesday_to text,
  week_a date,
  edition integer default 1 not null,
  changed_at timestamp with time zone not null
);
alter table class_week enable row level security;
alter table class_week force row level security;
create table code_sheet (
  school_id integer not null,
  id bigint generated always as identity not null,
  class_id bigint,
  printed_by bigint,
  printed_at timestamp with time zone not null,
  format text not null,
  codes integer not null
);
alter table code_sheet enable row level security;
alter table code_sheet force row level security;
create table coming_file (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint not null,
  upload uuid not null,
  came_at timestamp with time zone not null,
  sha256 text
);
alter table coming_file enable row level security;
alter table coming_file force row level security;
create table commune (
  id integer not null,
  slug text not null,
  name text not null,
  code text,
  pupil_mail_stopped boolean default false not null,
  pupil_mail_stopped_until timestamp with time zone
);
create table contact (
  school_id integer not null,
  from_address_id bigint not null,
  to_address_id bigint not null,
  first_at timestamp with time zone default now() not null
);
alter table contact enable row level security;
alter table contact force row level security;
create table copy_address (
  school_id integer not null,
  account_id bigint not null,
  address text not null,
  confirmed_at timestamp with time zone,
  stopped_at timestamp with time zone,
  code_hash bytea,
  code_made_at timestamp with time zone,
  code_tries smallint default 0 not null
);
alter table copy_address enable row level security;
alter table copy_address force row level security;
create table correspondent (
  school_id integer not null,
  class_id bigint not null,
  address text not null,
  approved_by bigint not null,
  until_date date not null
);
alter table correspondent enable row level security;
alter table correspondent force row level security;
create table cupboard (
  school_id integer not null,
  id bigint generated always as identity not null,
  place text not null,
  class_id bigint,
  account_id bigint
);
alter table cupboard enable row level security;
alter table cupboard force row level security;
create table cupboard_item (
  school_id integer not null,
  id bigint generated always as identity not null,
  cupboard_id bigint not null,
  kind text not null,
  parent_id bigint,
  path bigint[] not null,
  name text not null,
  name_key text not null,
  folded text not null,
  sees text not null,
  is_open boolean default false not null,
  author_address_id bigint,
  made_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  sha256 text,
  media_type text,
  size_bytes integer default 0 not null,
  thrown_at timestamp with time zone,
  thrown_with bigint,
  folder_key bigint generated always as (COALESCE(parent_id, (0)::bigint)) stored not null,
  came_from bigint,
  came_sees text,
  came_open boolean
);
alter table cupboard_item enable row level security;
alter table cupboard_item force row level security;
create table cupboard_version (
  school_id integer not null,
  item_id bigint not null,
  version integer not null,
  sha256 text not null,
  media_type text not null,
  size_bytes integer not null,
  replaced_at timestamp with time zone not null
);
alter table cupboard_version enable row level security;
alter table cupboard_version force row level security;
create table due (
  kind text not null,
  school_id integer not null,
  row_id bigint not null,
  at timestamp with time zone not null
);
create table entry (
  school_id integer not null,
  mailbox_id bigint not null,
  uid bigint not null,
  message_id bigint not null,
  seen boolean default false not null,
  flagged boolean default false not null,
  answered boolean default false not null,
  draft boolean default false not null,
  deleted boolean default false not null,
  keywords text[],
  modseq bigint not null,
  internal_date timestamp with time zone default now() not null,
  saved_at timestamp with time zone default now() not null,
  size_bytes integer not null,
  sender_role text,
  first_time boolean default false not null,
  first_at timestamp with time zone,
  returned text
);
alter table entry enable row level security;
alter table entry force row level security;
create table expunged (
  school_id integer not null,
  mailbox_id bigint not null,
  modseq bigint not null,
  uids int8multirange not null,
  at timestamp with time zone default now() not null
);
alter table expunged enable row level security;
alter table expunged force row level security;
create table gone_body (
  object text not null,
  at timestamp with time zone not null
);
create table gone_subscription (
  school_id integer not null,
  account_id bigint not null,
  path text not null
);
alter table gone_subscription enable row level security;
alter table gone_subscription force row level security;
create table guardianship (
  school_id integer not null,
  child_address_id bigint not null,
  guardian_address_id bigint not null,
  blocked boolean default false not null,
  called text,
  agrees boolean,
  answered_at timestamp with time zone,
  silent boolean default false not null
);
alter table guardianship enable row level security;
alter table guardianship force row level security;
create table hand_in (
  school_id integer not null,
  box_id bigint not null,
  pupil_address_id bigint not null,
  handed_at timestamp with time zone not null,
  given_back_at timestamp with time zone,
  given_back_by bigint,
  stamp text,
  word text default ''::text not null
);
alter table hand_in enable row level security;
alter table hand_in force row level security;
create table hand_in_box (
  school_id integer not null,
  id bigint generated always as identity not null,
  class_id bigint not null,
  name text not null,
  asks text not null,
  until_day date not null,
  made_by bigint not null,
  made_at timestamp with time zone not null,
  closed_at timestamp with time zone
);
alter table hand_in_box enable row level security;
alter table hand_in_box force row level security;
create table hand_in_file (
  school_id integer not null,
  id bigint generated always as identity not null,
  box_id bigint not null,
  pupil_address_id bigint not null,
  name text not null,
  sha256 text not null,
  media_type text not null,
  size_bytes integer not null
);
alter table hand_in_file enable row level security;
alter table hand_in_file force row level security;
create table heartbeat (
  role text not null,
  at timestamp with time zone not null,
  version text not null
);
create table held_elsewhere (
  school_id integer not null,
  at_school_id integer not null,
  at_message_id bigint not null,
  message_id bigint not null,
  state text not null,
  rule text not null,
  until timestamp with time zone,
  note text
);
alter table held_elsewhere enable row level security;
alter table held_elsewhere force row level security;
create table hold (
  school_id integer not null,
  id bigint generated always as identity not null,
  message_id bigint not null,
  class_id bigint,
  named_address_id bigint not null,
  recipient_address_id bigint not null,
  rule text not null,
  until timestamp with time zone,
  lifted text[] default '{}'::text[] not null,
  state text default 'waiting'::text not null,
  decided_by bigint,
  decided_at timestamp with time zone,
  note text,
  created_at timestamp with time zone default now() not null,
  asked smallint default 0 not null,
  ask_at timestamp with time zone,
  decision uuid,
  wish text,
  effect_at timestamp with time zone,
  outcome text,
  outcome_rule text,
  decider text,
  site text
);
alter table hold enable row level security;
alter table hold force row level security;
create table identity (
  kind text not null,
  key bytea not null,
  address_id bigint not null
);
create table isolation_proof (
  id integer generated always as identity not null,
  begun_at timestamp with time zone not null,
  seconds integer not null,
  pupils integer not null,
  doors jsonb not null,
  differences jsonb not null,
  faults text[] not null
);
create table kept_apart (
  school_id integer not null,
  one_address_id bigint not null,
  other_address_id bigint not null,
  by_address_id bigint not null,
  at timestamp with time zone not null
);
alter table kept_apart enable row level security;
alter table kept_apart force row level security;
create table known_place (
  key bytea not null,
  seen_at timestamp with time zone not null
);
create table known_writer (
  school_id integer not null,
  account_id bigint not null,
  writer bytea not null,
  shows_pictures boolean default false not null,
  trusted boolean default false not null
);
alter table known_writer enable row level security;
alter table known_writer force row level security;
create table last_act (
  school_id integer not null,
  account_id bigint not null,
  id uuid default gen_random_uuid() not null,
  at timestamp with time zone not null,
  deed text not null,
  by text not null,
  rows integer not null,
  changes jsonb not null
);
alter table last_act enable row level security;
alter table last_act force row level security;
create table leaver (
  school_id integer not null,
  account_id bigint not null,
  left_on date not null
);
alter table leaver enable row level security;
alter table leaver force row level security;
create table letter_copy (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint not null,
  kind text not null,
  message_id bigint,
  token text default replace((gen_random_uuid())::text, '-'::text, ''::text) not null,
  queued_at timestamp with time zone not null,
  left_at timestamp with time zone,
  returned_at timestamp with time zone
);
alter table letter_copy enable row level security;
alter table letter_copy force row level security;
create table letter_template (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint,
  title text not null,
  subject text not null,
  text text not null,
  html text
);
alter table letter_template enable row level security;
alter table letter_template force row level security;
create table mailbox (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint,
  name text not null,
  use text,
  uid_validity bigint not null,
  uid_next bigint default 1 not null,
  modseq bigint default 1 not null,
  total integer default 0 not null,
  unseen integer default 0 not null,
  bytes bigint default 0 not null,
  subscribed boolean default true not null,
  keywords text[],
  tombstones_from bigint,
  flags_modseq bigint,
  wished_use text
);
alter table mailbox enable row level security;
alter table mailbox force row level security;
create table mailbox_right (
  school_id integer not null,
  mailbox_id bigint not null,
  account_id bigint not null,
  rights text not null,
  subscribed boolean default true not null
);
alter table mailbox_right enable row level security;
alter table mailbox_right force row level security;
create table membership (
  school_id integer not null,
  class_id bigint not null,
  address_id bigint not null,
  role text not null,
  from_date date not null,
  until_date date
);
alter table membership enable row level security;
alter table membership force row level security;
create table message (
  school_id integer not null,
  id bigint generated always as identity not null,
  sender_address_id bigint,
  sender_role text not null,
  origin text not null,
  header_id text,
  in_reply_to text,
  refs text[] default '{}'::text[] not null,
  subject text not null,
  preview text not null,
  envelope jsonb not null,
  structure jsonb not null,
  attachments jsonb not null,
  search tsvector not null,
  automatic boolean not null,
  size_bytes integer not null,
  received_at timestamp with time zone default now() not null,
  sha256 bytea not null,
  raw bytea storage external,
  wire_envelope text storage main,
  wire_body text,
  wire_structure text,
  header_bytes integer,
  folded text[] storage main,
  sent_at timestamp with time zone,
  sent_on date,
  is_reply boolean,
  twin_of bigint,
  recipients text[],
  proved_by text,
  recalled_at timestamp with time zone,
  recalled_copies integer,
  recalled_read integer,
  reminded_at timestamp with time zone,
  junk_signs text[]
);
alter table message enable row level security;
alter table message force row level security;
create table move_wish (
  school_id integer not null,
  id bigint generated always as identity not null,
  asking_school_id integer not null,
  address_id bigint not null,
  import_id bigint not null,
  asked_by bigint,
  asked_at timestamp with time zone not null,
  lines jsonb not null,
  refused_at timestamp with time zone,
  reason text
);
alter table move_wish enable row level security;
alter table move_wish force row level security;
create table night_job (
  name text not null,
  known_at timestamp with time zone not null,
  begun_at timestamp with time zone,
  ended_at timestamp with time zone,
  result text,
  counts jsonb default '{}'::jsonb not null,
  done_at timestamp with time zone,
  next_at timestamp with time zone,
  checkpoint text
);
create table notebook_page (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint not null,
  box_school integer not null,
  box_id bigint not null,
  box_name text not null,
  class_name text not null,
  school_year text not null,
  teacher_name text not null,
  stamp text not null,
  word text not null,
  given_back_at timestamp with time zone not null,
  name text not null,
  sha256 text not null,
  media_type text not null,
  size_bytes integer not null
);
alter table notebook_page enable row level security;
alter table notebook_page force row level security;
create table notice (
  school_id integer not null,
  id bigint generated always as identity not null,
  class_id bigint,
  author_address_id bigint not null,
  author_name text not null,
  edition integer default 0 not null,
  pinned boolean default false not null,
  made_at timestamp with time zone not null,
  posted_at timestamp with time zone,
  until_at timestamp with time zone not null,
  taken_down_at timestamp with time zone,
  gone_at timestamp with time zone not null,
  idea text,
  answer text default ''::text not null,
  answered_by bigint,
  reminded_edition integer default 0 not null
);
alter table notice enable row level security;
alter table notice force row level security;
create table notice_place (
  school_id integer not null,
  notice_id bigint not null,
  mailbox_id bigint not null,
  uid bigint not null
);
alter table notice_place enable row level security;
alter table notice_place force row level security;
create table notice_reminder (
  school_id integer not null,
  notice_id bigint not null,
  address_id bigint not null,
  at timestamp with time zone not null
);
alter table notice_reminder enable row level security;
alter table notice_reminder force row level security;
create table notice_seen (
  school_id integer not null,
  notice_id bigint not null,
  address_id bigint not null,
  edition integer not null,
  at timestamp with time zone not null
);
alter table notice_seen enable row level security;
alter table notice_seen force row level security;
create table notice_words (
  school_id integer not null,
  notice_id bigint not null,
  edition integer not null,
  letter uuid not null,
  title text not null,
  text text not null,
  readers text[] not null,
  message_id bigint,
  made_at timestamp with time zone not null,
  day date
);
alter table notice_words enable row level security;
alter table notice_words force row level security;
create table outbox (
  school_id integer not null,
  id bigint generated always as identity not null,
  message_id bigint not null,
  account_id bigint not null,
  sender text,
  recipient text not null,
  state text default 'due'::text not null,
  attempts integer default 0 not null,
  last_reply text,
  created_at timestamp with time zone default now() not null,
  finished_at timestamp with time zone,
  stands_still boolean default false not null,
  delay_told_at timestamp with time zone,
  ret text,
  envid text,
  notify text[],
  orcpt text,
  is_copy boolean default false not null,
  domain text generated always as (split_part(recipient, '@'::text, 2)) stored not null
);
alter table outbox enable row level security;
alter table outbox force row level security;
create table own_group (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint not null,
  name text not null,
  whom text not null,
  pupils bigint[] not null
);
alter table own_group enable row level security;
alter table own_group force row level security;
create table paper (
  school_id integer not null,
  id bigint generated always as identity not null,
  author_address_id bigint not null,
  author_name text not null,
  class_id bigint,
  about text not null,
  recipient text not null,
  version integer default 0 not null,
  made_at timestamp with time zone not null,
  asked_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  remind_at timestamp with time zone,
  numbers_gone_at timestamp with time zone,
  gone_at timestamp with time zone not null
);
alter table paper enable row level security;
alter table paper force row level security;
create table paper_answer (
  school_id integer not null,
  id bigint generated always as identity not null,
  paper_id bigint not null,
  version integer not null,
  pupil_address_id bigint not null,
  signer_address_id bigint,
  signer_name text not null,
  says text not null,
  option integer,
  words text,
  note text not null,
  at timestamp with time zone not null,
  way text not null,
  by_address_id bigint not null,
  slip_hash text not null,
  hash text not null
);
alter table paper_answer enable row level security;
alter table paper_answer force row level security;
create table paper_child (
  school_id integer not null,
  paper_id bigint not null,
  pupil_address_id bigint not null,
  name text not null
);
alter table paper_child enable row level security;
alter table paper_child force row level security;
create table paper_file (
  school_id integer not null,
  paper_id bigint not null,
  version integer not null,
  place integer not null,
  name text not null,
  media_type text not null,
  size_bytes integer not null,
  sha256 text not null,
  bytes bytea not null
);
alter table paper_file enable row level security;
alter table paper_file force row level security;
create table paper_number (
  school_id integer not null,
  paper_id bigint not null,
  pupil_address_id bigint not null,
  guardian_address_id bigint not null,
  number text not null
);
alter table paper_number enable row level security;
alter table paper_number force row level security;
create table paper_photo (
  school_id integer not null,
  answer_id bigint not null,
  paper_id bigint not null,
  name text not null,
  media_type text not null,
  size_bytes integer not null,
  sha256 text not null,
  bytes bytea not null
);
alter table paper_photo enable row level security;
alter table paper_photo force row level security;
create table paper_reminder (
  school_id integer not null,
  paper_id bigint not null,
  guardian_address_id bigint not null,
  at timestamp with time zone not null
);
alter table paper_reminder enable row level security;
alter table paper_reminder force row level security;
create table paper_version (
  school_id integer not null,
  paper_id bigint not null,
  version integer not null,
  letter uuid not null,
  letter_hash text not null,
  subject text not null,
  body text not null,
  text text not null,
  place text not null,
  price text not null,
  day date,
  last_day date,
  from_time text,
  to_time text,
  question text not null,
  options text[] not null,
  needed text not null,
  until_at timestamp with time zone not null,
  asks_number boolean not null,
  made_at timestamp with time zone not null,
  remind_at timestamp with time zone,
  numbers_gone_at timestamp with time zone,
  gone_at timestamp with time zone not null
);
alter table paper_version enable row level security;
alter table paper_version force row level security;
create table picture_code (
  school_id integer not null,
  account_id bigint not null,
  sheet_id bigint not null,
  code_hash bytea not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone
);
alter table picture_code enable row level security;
alter table picture_code force row level security;
create table post (
  school_id integer not null,
  address_id bigint not null,
  role text not null,
  reachable_by_pupils boolean default false not null,
  from_date date not null,
  until_date date
);
alter table post enable row level security;
alter table post force row level security;
create table put_off_letter (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint not null,
  mailbox_id bigint not null,
  uid bigint not null,
  back_to bigint,
  returns_at timestamp with time zone not null
);
alter table put_off_letter enable row level security;
alter table put_off_letter force row level security;
create table recovery_code (
  school_id integer not null,
  account_id bigint not null,
  code_hash bytea not null,
  made_at timestamp with time zone not null,
  used_at timestamp with time zone
);
alter table recovery_code enable row level security;
alter table recovery_code force row level security;
create table refused_letter (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint not null,
  sender text not null,
  subject text not null,
  why text not null,
  detail text not null,
  at timestamp with time zone default now() not null,
  told_at timestamp with time zone
);
alter table refused_letter enable row level security;
alter table refused_letter force row level security;
create table report (
  school_id integer not null,
  id bigint generated always as identity not null,
  message_id bigint not null,
  account_id bigint not null,
  created_at timestamp with time zone default now() not null,
  closed_by bigint,
  closed_at timestamp with time zone,
  child_address_id bigint,
  child_name text default ''::text not null,
  class_ids bigint[] default '{}'::bigint[] not null,
  writer_address_id bigint,
  writer_role text default 'outside'::text not null,
  writer_name text default ''::text not null,
  told_from timestamp with time zone default now() not null,
  level smallint default 0 not null,
  told bigint[] default '{}'::bigint[] not null,
  called_at timestamp with time zone,
  taken_by bigint,
  read_by bigint[] default '{}'::bigint[] not null,
  word text,
  came_from jsonb default '[]'::jsonb not null,
  seen_by_child boolean default false not null
);
alter table report enable row level security;
alter table report force row level security;
create table report_mark (
  school_id integer not null,
  report_id bigint not null,
  at timestamp with time zone not null,
  closed_at timestamp with time zone,
  for_town boolean default false not null
);
create table report_step (
  school_id integer not null,
  id bigint generated always as identity not null,
  report_id bigint not null,
  at timestamp with time zone not null,
  by_address_id bigint,
  kind text not null,
  until_date date
);
alter table report_step enable row level security;
alter table report_step force row level security;
create table reported_source (
  reporter text not null,
  report text not null,
  line integer not null,
  begins_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  ip text not null,
  from_domain text not null,
  messages integer not null,
  by_dkim boolean not null,
  by_spf boolean not null,
  disposition text not null
);
create table reported_tls (
  reporter text not null,
  report text not null,
  line integer not null,
  begins_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  policy text not null,
  result text not null,
  mx text,
  sessions integer not null
);
create table restoration (
  at timestamp with time zone not null,
  data_until timestamp with time zone
);
create table roster_batch (
  school_id integer not null,
  id bigint generated always as identity not null,
  by_address_id bigint not null,
  created_at timestamp with time zone not null,
  school_year text not null,
  file_name text not null,
  unknown jsonb not null,
  reason text,
  state text not null,
  beat_at timestamp with time zone not null
);
alter table roster_batch enable row level security;
alter table roster_batch force row level security;
create table roster_batch_school (
  school_id integer not null,
  batch_id bigint not null,
  of_school_id integer not null,
  draft_id bigint,
  outcome jsonb
);
alter table roster_batch_school enable row level security;
alter table roster_batch_school force row level security;
create table roster_change (
  school_id integer not null,
  import_school_id integer not null,
  import_id bigint not null,
  changes jsonb not null
);
alter table roster_change enable row level security;
alter table roster_change force row level security;
create table roster_draft (
  school_id integer not null,
  id bigint generated always as identity not null,
  by_address_id bigint not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  school_year text not null,
  batch_id bigint,
  choices jsonb not null,
  content bytea,
  import_id bigint
);
alter table roster_draft enable row level security;
alter table roster_draft force row level security;
create table roster_import (
  school_id integer not null,
  id bigint generated always as identity not null,
  actor_address_id bigint,
  created_at timestamp with time zone default now() not null,
  format text not null,
  file_hash bytea not null,
  school_year text not null,
  state text not null,
  holds_from date not null,
  applied_at timestamp with time zone,
  undone_at timestamp with time zone,
  summary jsonb not null,
  lines jsonb,
  stopped_by jsonb,
  report jsonb
);
alter table roster_import enable row level security;
alter table roster_import force row level security;
create table roster_mapping (
  school_id integer not null,
  header_hash bytea not null,
  mapping jsonb not null,
  used_at timestamp with time zone default now() not null
);
alter table roster_mapping enable row level security;
alter table roster_mapping force row level security;
create table roster_question (
  school_id integer not null,
  id bigint generated always as identity not null,
  import_id bigint not null,
  doubt bytea not null,
  kind text not null,
  state text not null,
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  answer text,
  address_id bigint,
  answered_by bigint,
  answered_at timestamp with time zone,
  answer_import_id bigint
);
alter table roster_question enable row level security;
alter table roster_question force row level security;
create table roster_remainder (
  school_id integer not null,
  import_id bigint not null,
  digest bytea not null,
  content bytea not null
);
alter table roster_remainder enable row level security;
alter table roster_remainder force row level security;
create table roster_source (
  school_id integer not null,
  hint text not null
);
alter table roster_source enable row level security;
alter table roster_source force row level security;
create table school (
  id integer not null,
  commune_id integer,
  slug text not null,
  name text not null,
  domain text,
  time_zone text default 'Europe/Paris'::text not null,
  roster_version bigint default 1 not null,
  pupil_mail_stopped boolean default false not null,
  outside_forbidden boolean default false not null,
  pupils_reach_all_teachers boolean default false not null,
  opening jsonb,
  pupil_imap boolean default false not null,
  uai text,
  closes_on date,
  sites jsonb,
  charter boolean default true not null,
  family_first boolean default false not null,
  closed_ways jsonb default '[]'::jsonb not null,
  quotas jsonb default '{}'::jsonb not null,
  pupil_mail_stopped_until timestamp with time zone
);
create table school_holiday (
  id bigint generated always as identity not null,
  zone text not null,
  name text not null,
  from_date date not null,
  until_date date not null,
  by_hand boolean not null
);
create table school_import (
  school_id integer not null,
  id bigint generated always as identity not null,
  by_address_id bigint,
  created_at timestamp with time zone not null,
  file_name text not null,
  file bytea,
  content jsonb,
  choices jsonb not null,
  applied_at timestamp with time zone,
  undone_at timestamp with time zone,
  done jsonb
);
alter table school_import enable row level security;
alter table school_import force row level security;
create table second_factor (
  school_id integer not null,
  account_id bigint not null,
  secret bytea not null,
  confirmed_at timestamp with time zone not null,
  last_step bigint not null,
  sheet_kept_at timestamp with time zone
);
alter table second_factor enable row level security;
alter table second_factor force row level security;
create table secret_mark (
  of_town boolean default true not null,
  mark bytea not null
);
create table sending (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint not null,
  at timestamp with time zone default now() not null,
  recipients integer not null
);
alter table sending enable row level security;
alter table sending force row level security;
create table session (
  school_id integer not null,
  id uuid not null,
  account_id bigint not null,
  secret_hash bytea not null,
  csrf text not null,
  created_at timestamp with time zone default now() not null,
  seen_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  browser text default ''::text not null,
  platform text default ''::text not null,
  proved_at timestamp with time zone default now() not null,
  by_code boolean default false not null
);
alter table session enable row level security;
alter table session force row level security;
create table setup_link (
  code_hash bytea not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone
);
create table signing_key (
  id bigint generated always as identity not null,
  domain text not null,
  selector text not null,
  algorithm text not null,
  public_key text not null,
  private_key bytea,
  made_at timestamp with time zone not null,
  used_from timestamp with time zone,
  followed_at timestamp with time zone
);
create table site_block (
  list_id integer not null,
  bucket integer not null,
  records bytea not null
);
create table site_list (
  id integer generated always as identity not null,
  source text not null,
  version text,
  loaded_at timestamp with time zone not null,
  entries integer default 0 not null,
  categories text[] default '{}'::text[] not null,
  counts integer[] default '{}'::integer[] not null,
  is_current boolean default false not null
);
create table site_update (
  one boolean default true not null,
  begun_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  trouble text
);
create table stored_body (
  school_id integer not null,
  sha256 text not null,
  size_bytes integer not null,
  kept_at timestamp with time zone not null,
  small bytea storage external
);
alter table stored_body enable row level security;
alter table stored_body force row level security;
create table stored_body_piece (
  school_id integer not null,
  sha256 text,
  place integer not null,
  bytes bytea not null storage external,
  coming_id bigint
);
alter table stored_body_piece enable row level security;
alter table stored_body_piece force row level security;
create table throttle (
  key bytea not null,
  failures double precision not null,
  blocked_until timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  told_at timestamp with time zone
);
create table town (
  one boolean default true not null,
  name text not null,
  holiday_zone text not null,
  postmaster text,
  contacts jsonb default '{}'::jsonb not null,
  steps_done text[] default '{}'::text[] not null,
  agents_need_second_factor boolean default true not null,
  opened_at timestamp with time zone,
  ready_at timestamp with time zone,
  report_contact_address_id bigint,
  takes_large_films boolean default false not null
);
create table town_hour (
  begins_at timestamp with time zone not null,
  letters integer not null,
  handed integer not null,
  sign_ins integer not null
);
create table trouble_notice (
  school_id integer not null,
  account_id bigint not null,
  is_red boolean not null,
  about text not null
);
alter table trouble_notice enable row level security;
alter table trouble_notice force row level security;
create table unreadable_letter (
  sha256 bytea not null,
  at timestamp with time zone not null
);
create table waiting_draft (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint not null,
  mailbox_id bigint not null,
  uid bigint not null,
  created_at timestamp with time zone default now() not null,
  reason text default 'scanner'::text not null,
  leaves_at timestamp with time zone,
  begun_at timestamp with time zone
);
alter table waiting_draft enable row level security;
alter table waiting_draft force row level security;
create table wall_book (
  school_id integer not null,
  class_id bigint not null,
  school_year text not null,
  for_families boolean not null,
  asked_at timestamp with time zone not null,
  made_at timestamp with time zone,
  edition integer default 0 not null,
  items bigint[] default '{}'::bigint[] not null,
  size_bytes integer default 0 not null
);
alter table wall_book enable row level security;
alter table wall_book force row level security;
create table wall_book_piece (
  school_id integer not null,
  class_id bigint not null,
  school_year text not null,
  edition integer not null,
  place integer not null,
  bytes bytea not null storage external
);
alter table wall_book_piece enable row level security;
alter table wall_book_piece force row level security;
create table wall_item (
  school_id integer not null,
  id bigint generated always as identity not null,
  class_id bigint not null,
  school_year text not null,
  author_address_id bigint not null,
  given_name text not null,
  kind text not null,
  media_type text not null,
  sha256 text not null,
  bytes bytea not null storage external,
  width integer,
  height integer,
  asked_at timestamp with time zone not null,
  hung_at timestamp with time zone,
  refused_at timestamp with time zone,
  refused_word text,
  small bytea
);
alter table wall_item enable row level security;
alter table wall_item force row level security;
create table wall_wish (
  school_id integer not null,
  class_id bigint not null,
  school_year text not null,
  author_address_id bigint not null,
  sha256 text not null,
  by_address_id bigint not null,
  asked_at timestamp with time zone not null,
  declined_at timestamp with time zone
);
alter table wall_wish enable row level security;
alter table wall_wish force row level security;
create table week_feed (
  school_id integer not null,
  id bigint generated always as identity not null,
  account_id bigint not null,
  secret_hash bytea not null,
  says text[] not null,
  made_at timestamp with time zone not null,
  read_at timestamp with time zone,
  ended_at timestamp with time zone
);
alter table week_feed enable row level security;
alter table week_feed force row level security;
create table week_lesson (
  school_id integer not null,
  id bigint generated always as identity not null,
  class_id bigint not null,
  school_year text not null,
  weekday smallint not null,
  from_time text not null,
  to_time text not null,
  kind text not null,
  title text not null,
  weeks text not null,
  teacher_address_id bigint,
  place text not null,
  bring text not null,
  edition integer default 1 not null
);
alter table week_lesson enable row level security;
alter table week_lesson force row level security;
create table week_need (
  school_id integer not null,
  id bigint generated always as identity not null,
  class_id bigint not null,
  school_year text not null,
  day date not null,
  kind text not null,
  words text not null
);
alter table week_need enable row level security;
alter table week_need force row level security;
create table week_special (
  school_id integer not null,
  id bigint generated always as identity not null,
  class_id bigint not null,
  school_year text not null,
  from_date date not null,
  until_date date not null,
  from_time text,
  to_time text,
  kind text not null,
  title text not null,
  place text not null,
  edition integer default 1 not null
);
alter table week_special enable row level security;
alter table week_special force row level security;
create table week_tick (
  school_id integer not null,
  id bigint generated always as identity not null,
  class_id bigint not null,
  pupil_address_id bigint not null,
  day date not null,
  week_need_id bigint,
  week_lesson_id bigint
);
alter table week_tick enable row level security;
alter table week_tick force row level security;

comment on table absence is 'Somebody is away, and these words answer for them.
roster | jours d’absence d’un adulte et les mots qui répondent pour lui | adultes';
comment on table absence_reply is 'Whom somebody''s absence was told, and at which message.
letters | à qui l’absence a été dite, pour ne pas la redire avant 7 jours | toutes, extérieurs';
comment on table accompaniment is 'roster | quel élève est accompagné par quelle aide | élèves, aides';
comment on table account is 'roster | nom, prénom, civilité d’un adulte, niveau d’un élève, rôle, communes d’un agent, place de la boîte, langue, si un élève lit des images ou des mots, quel jour il a accepté la charte et quel jour un enseignant a noté l’accord de sa famille rendu sur papier, ce que la liste de l’école dit de son autorisation photo, comment les pages se montrent à cette personne (taille, lettres, papier, avis à l’arrivée d’un message et de qui, si ses messages du soir attendent le matin, si un responsable veut un mot par jour de ce qui attend et quand il a eu le dernier ; personne d’autre ne le voit), portrait dessiné, signature et heures de réponse d’un adulte (les familles et les élèves voient ses heures), si ses collègues reçoivent une copie, empreinte du mot de passe | toutes';
comment on column account.quota_bytes is 'What follows from the quotas of person, school and town.';
comment on column account.charter_at is 'When a pupil accepted the charter.';
comment on column account.paper_at is 'When an adult of the class noted the family''s yes, given on paper.';
comment on column account.photo_allowed is 'What a roster file says of a pupil''s photo authorisation.';
comment on column account.own_quota_bytes is 'Said of this person alone.';
comment on column account.room_warned_at is 'When they were last told that their mail is nearly at its quota.';
comment on column account.communes is 'Of an agent of these communes alone; null: of the whole town, and for everybody else.';
comment on column account.daily_word is 'A guardian wants one word a day of what waits.';
comment on column account.formats is 'An adult writes with a little formatting.';
comment on column account.own_day is 'A teacher wants to be offered what is left of the day.';
comment on column account.signature_html is 'The same lines with their formatting; null where they have none.';
comment on table acknowledgement is '« Bien lu », as its reader tapped it.
letters | lettres qu’une personne a marquées « Bien lu » elle-même | tous';
comment on table activation_code is 'own | codes imprimés (empreinte) | adultes';
comment on table address is 'roster | adresses de courrier de la ville et à qui elles mènent | toutes';
comment on table agent_act is 'adults | journal des agents : quoi, dans quelle école, pourquoi | agents';
comment on table annotation is 'letters | notes qu’un programme met sur un dossier | adultes';
comment on table app_password is 'own | mots de passe d’appareils (empreinte), leur nom, leur dernier usage | adultes, élèves selon l’école';
comment on table audit is 'adults | journal de l’école : qui a fait quoi, à qui | toutes';
comment on table awaited_answer is 'By when somebody wants an answer to a letter of theirs.
letters | lettres auxquelles un adulte attend une réponse, et jusqu’à quand | adultes';
comment on table away_body is 'letters | où est rangé un grand message ou fichier ancien hors de la base, scellé, et la clé scellée qui l’ouvre ; l’en-tête du message | toutes, extérieurs';
comment on column away_body.head is 'What stands before the body of a letter: lists ask for it.';
comment on column away_body.wrapped_by is 'By what the key is known that the body''s key is wrapped by.';
comment on table board is 'Whose mailbox it is: of a class or, where that is null, of the school; and who reads it.
boards | panneaux d’une classe ou d’une école, et pour qui | aucune';
comment on table brought_message is 'letters | empreintes des messages apportés d’un ancien serveur | toutes';
comment on table chain_link is 'Row n of a school''s chain: which row of which journal, and what it is held to.
adults | empreinte salée de chaque ligne des journaux, qui montre ce qui serait changé à la main | toutes, sans les nommer';
comment on column chain_link.salt is 'Null: erased, and the row with it; nobody can guess it from its digest any more.';
comment on column chain_link.digest is 'Of the salt and the row.';
comment on column chain_link.hash is 'Of the hash before it, the digest, n and at.';
comment on table class is 'roster | les classes d’une école : nom, niveaux, carnet, et ce que leurs enseignants y ont réglé | aucune';
comment on table class_browser is 'adults | ordinateurs ouverts à une classe (empreinte) | aucune seule';
comment on table class_browser_class is 'adults | pour quelle classe, ouvert par qui | enseignants';
comment on table class_link is 'roster | classes qui correspondent, et qui l’a voulu | enseignants';
comment on column class_link.travels is 'What this class''s pupils receive over it is brought at 8 h of their next day of school.';
comment on table class_phrase is 'adults | phrases en images qu’un enseignant fait pour les élèves de sa classe | aucune';
comment on column class_phrase.drawing is 'A drawing of ours; null where the picture is the class''s own.';
comment on table class_week is 'weeks | les heures de la semaine d’une classe, dans une année scolaire (effacées avec l’année d’après) | aucune';
comment on column class_week.wednesday_to is 'Null: four days of class.';
comment on column class_week.week_a is 'A day of a week A; null: all weeks are alike.';
comment on column class_week.edition is 'One more at each change of anything in it.';
comment on table code_sheet is 'adults | quelle feuille de codes a été imprimée, par qui | adultes';
comment on table coming_file is 'own | fichiers en route vers un casier, un jour au plus | celles dont ils parlent';
comment on column coming_file.upload is 'The name that its page gave it.';
comment on column coming_file.sha256 is 'Of one that has come whole and is kept; its pieces are the body''s.';
comment on table commune is 'town | les communes de la ville, et si le courrier de leurs élèves est arrêté | aucune';
comment on column commune.pupil_mail_stopped_until is 'When its mail runs again by itself; null: when somebody says so.';
comment on table contact is 'roster | qui a déjà écrit à qui (premier contact ; l’album de timbres d’un élève, montré à lui seul) | toutes';
comment on table copy_address is 'Where somebody wants copies of class mail.
own | adresse extérieure où quelqu’un reçoit une copie des messages de classe, à sa demande, confirmée par un code (empreinte) | adultes, familles';
comment on table correspondent is 'roster | adresses extérieures qu’un enseignant accepte pour sa classe | extérieurs';
comment on table cupboard is 'cupboards | casiers : de quelle classe, de qui, de l’équipe ou de l’école | toutes';
comment on table cupboard_item is 'cupboards | fichiers et dossiers d’un casier : leur nom, qui les a mis, qui les voit, la corbeille de 30 jours | élèves, enseignants, personnels, familles';
comment on column cupboard_item.path is 'The folders around it, the outermost first.';
comment on column cupboard_item.sees is 'Who sees it besides its author, who sees the folders around it.';
comment on column cupboard_item.is_open is 'Pupils put files into this folder.';
comment on column cupboard_item.thrown_with is 'What was thrown away with it in it, or itself.';
comment on column cupboard_item.folder_key is 'The folder in which it lies; 0: the top.';
comment on column cupboard_item.came_from is 'The cupboard from which it was moved here last.';
comment on column cupboard_item.came_sees is 'Who saw it there.';
comment on column cupboard_item.came_open is 'Whether pupils put files into it there.';
comment on table cupboard_version is 'cupboards | ce qu’un fichier d’un casier était avant, 30 jours | élèves, enseignants, personnels, familles';
comment on table due is 'town | ce qui est à faire à une heure donnée, par numéros | aucune';
comment on table entry is 'letters | quel message est dans quel dossier, lu, suivi, écrit par quelqu’un de quel rôle | toutes';
comment on column entry.sender_role is 'Of who wrote it; null for what was never received.';
comment on column entry.first_time is 'Whether it is the first letter of somebody who isn''t of the school.';
comment on column entry.first_at is 'When it first came, of what was put off and has come back: internal_date is its return.';
comment on table expunged is 'mailboxes | numéros de ce qui a été effacé d’un dossier | toutes';
comment on column expunged.uids is 'A multirange in its text form: {[1,4),[7,8)}.';
comment on table gone_body is 'Objects that may have no use: deleted after 45 days, where no school has them.
town | objets scellés qui ne servent plus, jusqu’à leur effacement après 45 jours | aucune';
comment on table gone_subscription is 'mailboxes | dossiers effacés auxquels un programme était abonné | toutes';
comment on table guardianship is 'roster | qui est responsable de quel enfant, s’il est bloqué, si rien n’est dit de lui à l’autre, comment l’enfant l’appelle, et son oui ou son non au courrier de l’enfant, avec le jour | élèves, familles';
comment on column guardianship.called is 'What the child calls them.';
comment on column guardianship.agrees is 'Whether they agree that the child writes; null: they haven''t said.';
comment on column guardianship.silent is 'What the other guardians of the child answer, and that they did, is said to nobody.';
comment on table hand_in is 'cupboards | ce qu’un élève a rendu, quand, le tampon et le mot de l’enseignant | élèves, enseignants';
comment on column hand_in.stamp is 'again: it is to be handed in once more.';
comment on table hand_in_box is 'cupboards | boîtes à rendre d’une classe : ce qui est demandé, jusqu’à quand | enseignants';
comment on table hand_in_file is 'cupboards | les fichiers rendus | élèves';
comment on table heartbeat is 'town | si chaque programme du service tourne, et sa version | aucune';
comment on table held_elsewhere is 'The sender''s side of what another school holds.
letters | le même message retenu dans une autre école | toutes';
comment on table hold is 'letters | messages retenus, pour qui, par quelle règle et pour quel site interdit, à qui la décision revient, qui a décidé quoi et ce qui en est venu | toutes, extérieurs';
comment on table identity is 'roster | empreintes à clé par lesquelles une liste reconnaît quelqu’un | toutes';
comment on table isolation_proof is 'How each night''s proof ended that nobody reaches a child who may not.
town | comment la preuve de chaque nuit a fini : des nombres, et les numéros d’adresses qui diffèrent, gardés treize mois | aucune';
comment on table kept_apart is 'roster | deux élèves qui ne s’écrivent pas, par décision d’un adulte, jusqu’à ce qu’il la lève | élèves';
comment on column kept_apart.one_address_id is 'The smaller of the two numbers.';
comment on table known_place is 'own | empreinte à clé d’un compte et d’un lieu de connexion | toutes, sans les nommer';
comment on table known_writer is 'roster | empreintes des correspondants qu’un adulte connaît hors de son école, s’il veut les images de leurs lettres, et à qui il a écrit ou dont il a dit que ce n’est pas un indésirable | adultes, extérieurs (sans les nommer)';
comment on table last_act is 'mailboxes | ce que quelqu’un vient de faire de ses messages, pour l’annuler (le dernier geste) | toutes';
comment on table leaver is 'roster | qui part, quel jour | toutes';
comment on table letter_copy is 'What is to leave for a copy address, or has.
letters | copie qui va partir ou qui est partie, et si elle est revenue (30 jours) | adultes, familles';
comment on table letter_template is 'own | modèles de lettres d’une personne, ou de l’école pour ses adultes | adultes';
comment on column letter_template.account_id is 'Null: of the school, for all its adults.';
comment on column letter_template.html is 'The same words with their formatting; null where they have none.';
comment on table mailbox is 'mailboxes | les dossiers de chacun et leurs comptes | toutes';
comment on column mailbox.account_id is 'Null: a board''s, whose readers are told by the roster of the moment.';
comment on table mailbox_right is 'mailboxes | qui partage un dossier avec qui | adultes';
comment on table membership is 'roster | qui est dans quelle classe, de quand à quand | élèves, enseignants, aides';
comment on table message is 'letters | les messages entiers, leur objet, leurs premiers mots, de quoi les chercher, ce qui parle contre ceux de l’extérieur | toutes, extérieurs';
comment on column message.raw is 'Null: its bytes lie elsewhere, as a row of away_body says.';
comment on table move_wish is 'roster | enfants qu’une école attend d’une autre | élèves';
comment on table night_job is 'When each piece of heavy work was last begun and ended, how, and when it comes next.
town | quand chaque travail de la nuit a été fait, et combien | aucune';
comment on table notebook_page is 'own | le cahier d’un élève : ce qui lui a été redonné, qui le suit d’une école à l’autre | élèves';
comment on column notebook_page.box_school is 'Where the box was, which may be another school than the child''s today.';
comment on table notice is 'boards | annonces d’un panneau : qui les a punaisées ou proposées, jusqu’à quand, et le mot d’une réponse | enseignants, élèves';
comment on column notice.edition is 'Which of its words hang; 0: none yet.';
comment on column notice.taken_down_at is 'Its day was over, or it was taken off.';
comment on column notice.idea is 'Whether a pupil''s proposal waits for a word, was refused, or hangs; null: a grown-up''s.';
comment on column notice.answer is 'The word with which it was refused, for its author to read.';
comment on column notice.reminded_edition is 'The last words of which those who had not seen them were reminded; 0: of none.';
comment on table notice_place is 'boards | où une annonce est punaisée | aucune';
comment on table notice_reminder is 'Who has asked to be told of a notice once more, and when.
boards | qui veut qu’on lui rappelle une annonce, et quand | élèves, familles, enseignants';
comment on table notice_seen is 'boards | qui a vu une annonce, et quand | élèves, familles, enseignants';
comment on column notice_seen.edition is 'The words that were seen, the last of them.';
comment on table notice_words is 'boards | les mots d’une annonce, pour qui ils sont, et la lettre qu’ils sont | celles dont ils parlent';
comment on column notice_words.message_id is 'The letter that they are; null: it hasn''t left.';
comment on column notice_words.day is 'The day that it is about, on which it stands in the week; null: none.';
comment on table outbox is 'letters | lettres vers l’extérieur, leur destinataire, la réponse reçue | adultes, extérieurs';
comment on column outbox.sender is 'The reverse-path; null: none, since nobody wrote it (RFC 3834 §3.3).';
comment on column outbox.ret is 'What was asked to be told (RFC 3461 §4): RET, ENVID, NOTIFY and ORCPT.';
comment on column outbox.is_copy is 'A copy, or a code for one, which nobody of the town wrote.';
comment on table own_group is 'own | groupes d’élèves qu’un enseignant se fait dans ses classes, sous un nom que lui seul voit | enseignants, élèves';
comment on table paper is 'papers | papiers que les familles signent : qui demande, à quelle classe ou quel groupe, jusqu’à quand | enseignants';
comment on table paper_answer is 'papers | ce qui a été signé : par qui, pour quel enfant, quoi, quand, par quel moyen, et l’empreinte du tout | familles, élèves, enseignants';
comment on table paper_child is 'papers | pour quel enfant un papier est demandé, et le nom qui est signé | élèves';
comment on table paper_file is 'papers | fichiers joints à ce qui est signé, entiers | celles dont ils parlent';
comment on table paper_number is 'papers | numéros de téléphone donnés pour le jour même, effacés le lendemain | familles';
comment on table paper_photo is 'papers | photo ou copie d’une feuille signée rendue sur papier, gardée avec sa réponse et effacée avec elle | familles, élèves';
comment on table paper_reminder is 'papers | quel responsable a reçu un rappel, et quand | familles';
comment on table paper_version is 'papers | les mots d’un papier, chaque fois qu’ils ont changé, et la lettre qui les a portés | enseignants';
comment on table picture_code is 'own | codes d’images (empreinte) | élèves';
comment on table post is 'roster | qui a quelle fonction dans quelle école | adultes';
comment on table put_off_letter is 'When a letter of the folder for later comes back.
letters | lettres qu’un adulte veut revoir plus tard, et quand | adultes';
comment on column put_off_letter.back_to is 'The mailbox that it came from; null where that is gone: then the inbox.';
comment on table recovery_code is 'own | codes de secours (empreinte) | adultes';
comment on table refused_letter is 'Letters from outside that were refused for what is in them; never the letters.
letters | messages de l’extérieur refusés pour ce qu’ils contenaient : de qui, l’objet, pour qui, pourquoi ; jamais le message (30 jours) | adultes, extérieurs';
comment on table report is 'evidence | lettres qu’un élève a signalées, gardées entières : qui, de qui, qui s’en occupe, le mot de la fin | élèves, adultes des écoles, familles, extérieurs';
comment on column report.message_id is 'The letter, kept whole: no road takes a message that a report names.';
comment on column report.account_id is 'The child''s account then; it may have moved or gone since.';
comment on column report.child_address_id is 'Null: from before reports were more than a notice.';
comment on column report.writer_address_id is 'Null: somebody outside, or nobody knows.';
comment on column report.told_from is 'Until then the child may take it back, and nobody sees it.';
comment on column report.level is 'Who is told: 0 nobody yet, 1 its adults, 2 co-teachers, 3 the head, 4 the town.';
comment on column report.told is 'Who has had a notice; of the level as it is now.';
comment on column report.word is 'What the child is told at the end.';
comment on column report.came_from is 'Where its copies lay, for a way back.';
comment on table report_mark is 'Of each report that there is one, when, and whether it is over; for numbers, of nobody.
evidence | qu’il y eut un signalement, et s’il est clos | aucune';
comment on table report_step is 'evidence | ce que les adultes ont fait d’un signalement : quoi, quand, par qui | élèves, adultes des écoles';
comment on table reported_source is 'town | les machines qui ont écrit au nom du domaine, d’après ceux qui reçoivent | aucune';
comment on table reported_tls is 'town | combien de connexions vers nous étaient chiffrées, d’après ceux qui envoient | aucune';
comment on table restoration is 'Each time that the database was restored from a backup.
town | chaque fois que la base a été remise d’une sauvegarde, et jusqu’à quand vont ses données | aucune';
comment on table roster_batch is 'adults | un dépôt de toute la ville : par qui, quand, son nom de fichier | agents';
comment on table roster_batch_school is 'adults | ce que ce dépôt a donné pour chaque école | aucune seule';
comment on table roster_change is 'adults | ce qu’un import a changé, pour l’annuler | toutes';
comment on table roster_draft is 'adults | un fichier déposé, scellé, avant d’être appliqué | toutes';
comment on table roster_import is 'adults | imports faits : quand, par qui, leurs nombres, leur compte rendu | agents, direction, élèves';
comment on table roster_mapping is 'adults | quelle colonne d’une liste veut dire quoi, par l’empreinte de ses titres | aucune';
comment on table roster_question is 'adults | lignes en doute d’une liste : posée quand, répondue par qui, sans ce qui est demandé | élèves, responsables, adultes des écoles';
comment on table roster_remainder is 'adults | ce que ces lignes disent (noms, enfants, courriel, téléphone, adresse postale, naissance), scellé jusqu’à la réponse | élèves, responsables, adultes des écoles';
comment on table roster_source is 'adults | comment une liste de la ville nomme une école | aucune';
comment on table school is 'town | les écoles : nom, adresse, commune, et ce que leur direction y a réglé | aucune';
comment on column school.quotas is 'Bytes of mail by role, where it isn''t the product''s number; of school 0: in the whole town.';
comment on column school.pupil_mail_stopped_until is 'When its mail runs again by itself; null: when somebody says so.';
comment on table school_holiday is 'town | les vacances scolaires de chaque zone | aucune';
comment on table school_import is 'adults | listes d’écoles déposées : le fichier, par qui, ce qui en a été fait | agents';
comment on table second_factor is 'own | clé scellée du second facteur | adultes';
comment on table secret_mark is 'town | à quoi se reconnaît la clé du service, sans la clé | aucune';
comment on table sending is 'letters | combien quelqu’un a envoyé, et quand (limites d’envoi) | toutes';
comment on table session is 'own | sessions ouvertes (empreinte du jeton), quand le mot de passe y a été donné, nom du navigateur et du système | toutes';
comment on column session.proved_at is 'When its password was given last.';
comment on column session.by_code is 'A code on paper opened it, and no password has been given since.';
comment on table setup_link is 'adults | le lien par lequel le premier agent entre (empreinte), 24 heures | aucune';
comment on table signing_key is 'town | les clés qui signent le courrier du domaine | aucune';
comment on table site_block is 'town | les sites de la liste des sites interdits, que personne d’ici n’a écrite | aucune';
comment on table site_list is 'town | de quand est la liste des sites interdits, et ses catégories | aucune';
comment on table site_update is 'town | quand cette liste a été lue, et ce qui l’a empêché | aucune';
comment on table stored_body is 'cupboards | fichiers des casiers, chacun une fois par école, par leur empreinte | aucune';
comment on column stored_body.kept_at is 'When somebody last brought it; what nobody has is erased a day later.';
comment on column stored_body.small is 'Of a picture: a PNG for lists; null where there is none.';
comment on table stored_body_piece is 'cupboards | leur contenu, par morceaux, effacé quand plus rien ne s’en sert | élèves, enseignants, celles dont ils parlent';
comment on column stored_body_piece.sha256 is 'Of the whole file, once it has come.';
comment on column stored_body_piece.place is 'From 0 on.';
comment on column stored_body_piece.coming_id is 'Of the file on its way, until then.';
comment on table throttle is 'town | compteurs d’essais manqués, sous empreinte à clé | toutes, sans les nommer';
comment on table town is 'town | nom de la ville, qui la représente, délégué, adresse de secours | représentants';
comment on column town.report_contact_address_id is 'Whom a report of a teacher''s or a head''s letter goes to; null: the agents.';
comment on table town_hour is 'town | des nombres par heure, pour toute la ville | aucune';
comment on table trouble_notice is 'Of which trouble an agent was last told, and whether it is over.
own | quel agent a été averti que les sauvegardes vont mal, ou qu’un enfant peut être joint sans droit | agents';
comment on table unreadable_letter is 'town | l’empreinte de lettres que personne n’a pu lire, gardée sept jours | aucune';
comment on table waiting_draft is 'letters | brouillons qui attendent l’antivirus, ou leur heure de départ | toutes';
comment on table wall_book is 'walls | le cahier de l’année d’un mur : demandé, imprimé, pour qui | aucune';
comment on column wall_book.items is 'What is in it: once one of them no longer hangs, the book is made anew.';
comment on table wall_book_piece is 'walls | le même, tel qu’il est imprimé | élèves';
comment on table wall_item is 'walls | dessins et voix donnés au mur de la classe, le oui de l’enfant, le geste de l’enseignant | élèves';
comment on column wall_item.asked_at is 'The child''s yes.';
comment on column wall_item.hung_at is 'The teacher''s tap; null: it isn''t on the wall.';
comment on column wall_item.small is 'The drawing as a wall shows it, a PNG; null: the whole one is small, or of a voice.';
comment on table wall_wish is 'walls | ce qu’un enseignant demande à un enfant d’accrocher, et le non de l’enfant | élèves';
comment on column wall_wish.sha256 is 'Of the drawing or the voice, without our mark.';
comment on column wall_wish.declined_at is 'The child''s no; who says yes gives it.';
comment on table week_feed is 'own | le lien privé d’un adulte vers la semaine, par son empreinte : ce qu’il contient, quand il a été lu | familles, enseignants';
comment on column week_feed.says is 'What is in it, besides what always is.';
comment on column week_feed.ended_at is 'Its owner has changed or stopped it: its address answers that it is gone.';
comment on table week_lesson is 'weeks | les cours de cette semaine : quand, quoi, avec qui, où, quoi apporter | enseignants';
comment on table week_need is 'weeks | ce qu’il faut apporter, faire ou rendre pour un jour | aucune';
comment on table week_special is 'weeks | ce qui est spécial à une date : sortie, photo, jour sans école | aucune';
comment on table week_tick is 'weeks | ce qu’un élève a coché pour lui-même dans son sac (30 jours) | élèves';
comment on column week_tick.week_lesson_id is 'What this lesson wants brought along each time.';

alter table absence add constraint absence_check CHECK ((from_date <= until_date));
alter table absence add constraint absence_check1 CHECK (((outside <> 'own'::text) OR (outside_words <> ''::text)));
alter table absence add constraint absence_outside_check CHECK ((outside = ANY (ARRAY['nobody'::text, 'same'::text, 'own'::text])));
alter table absence add constraint absence_outside_words_check CHECK ((length(outside_words) <= 2000));
alter table absence add constraint absence_pkey PRIMARY KEY (school_id, account_id);
alter table absence add constraint absence_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table absence add constraint absence_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table absence add constraint absence_words_check CHECK (((length(words) >= 1) AND (length(words) <= 2000)));
alter table absence_reply add constraint absence_reply_pkey PRIMARY KEY (school_id, id);
alter table absence_reply add constraint absence_reply_school_id_account_id_correspondent_key UNIQUE (school_id, account_id, correspondent);
alter table absence_reply add constraint absence_reply_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table absence_reply add constraint absence_reply_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table accompaniment add constraint accompaniment_pkey PRIMARY KEY (school_id, pupil_address_id, aide_address_id, from_date);
alter table accompaniment add constraint accompaniment_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table account add constraint account_check CHECK (((communes IS NULL) OR ((role = 'agent'::text) AND (cardinality(communes) > 0))));
alter table account add constraint account_civility_check CHECK ((civility = ANY (ARRAY['M'::text, 'Mme'::text])));
alter table account add constraint account_comfort_check CHECK ((jsonb_typeof(comfort) = 'object'::text));
alter table account add constraint account_hours_check CHECK (((jsonb_typeof(hours) = 'array'::text) AND (jsonb_array_length(hours) = 7)));
alter table account add constraint account_language_check CHECK ((language = ANY (ARRAY['fr'::text, 'en'::text])));
alter table account add constraint account_level_check CHECK (((length(level) >= 1) AND (length(level) <= 40)));
alter table account add constraint account_notices_check CHECK ((notices = ANY (ARRAY['none'::text, 'name'::text, 'subject'::text])));
alter table account add constraint account_notices_of_check CHECK ((notices_of <@ '{held,families,pupils,team,others}'::text[]));
alter table account add constraint account_outside_stop_why_check CHECK ((outside_stop_why = ANY (ARRAY['rate'::text, 'domains'::text, 'refusals'::text])));
alter table account add constraint account_own_quota_bytes_check CHECK ((own_quota_bytes > 0));
alter table account add constraint account_pkey PRIMARY KEY (school_id, id);
alter table account add constraint account_portrait_check CHECK (((length(portrait) >= 1) AND (length(portrait) <= 40)));
alter table account add constraint account_reads_check CHECK ((reads = ANY (ARRAY['pictures'::text, 'words'::text])));
alter table account add constraint account_role_check CHECK ((role = ANY (ARRAY['pupil'::text, 'teacher'::text, 'head'::text, 'staff'::text, 'guardian'::text, 'agent'::text])));
alter table account add constraint account_school_id_address_id_key UNIQUE (school_id, address_id);
alter table account add constraint account_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table account add constraint account_signature_check CHECK ((length(signature) <= 1000));
alter table account add constraint account_signature_html_check CHECK ((length(signature_html) <= 20000));
alter table account add constraint account_state_check CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'archived'::text])));
alter table acknowledgement add constraint acknowledgement_pkey PRIMARY KEY (school_id, message_id, account_id);
alter table acknowledgement add constraint acknowledgement_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table acknowledgement add constraint acknowledgement_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table acknowledgement add constraint acknowledgement_school_id_message_id_fkey FOREIGN KEY (school_id, message_id) REFERENCES message(school_id, id) ON DELETE CASCADE;
alter table activation_code add constraint activation_code_pkey PRIMARY KEY (school_id, account_id);
alter table activation_code add constraint activation_code_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table activation_code add constraint activation_code_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table activation_code add constraint activation_code_school_id_sheet_id_fkey FOREIGN KEY (school_id, sheet_id) REFERENCES code_sheet(school_id, id);
alter table address add constraint address_domain_local_key UNIQUE (domain, local);
alter table address add constraint address_kind_check CHECK ((kind = ANY (ARRAY['account'::text, 'class'::text, 'class-families'::text, 'team'::text, 'pupils'::text, 'families'::text, 'headship'::text, 'office'::text, 'town'::text, 'support'::text, 'postmaster'::text])));
alter table address add constraint address_pkey PRIMARY KEY (id);
alter table address add constraint address_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table agent_act add constraint agent_act_pkey PRIMARY KEY (id);
alter table agent_act add constraint join_chain TRIGGER DEFERRABLE INITIALLY DEFERRED;
alter table annotation add constraint annotation_pkey PRIMARY KEY (school_id, id);
alter table annotation add constraint annotation_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table annotation add constraint annotation_school_id_account_id_mailbox_id_name_key UNIQUE NULLS NOT DISTINCT (school_id, account_id, mailbox_id, name);
alter table annotation add constraint annotation_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table annotation add constraint annotation_school_id_mailbox_id_fkey FOREIGN KEY (school_id, mailbox_id) REFERENCES mailbox(school_id, id) ON DELETE CASCADE;
alter table app_password add constraint app_password_pkey PRIMARY KEY (school_id, id);
alter table app_password add constraint app_password_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table app_password add constraint app_password_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table app_password add constraint app_password_school_id_secret_hash_key UNIQUE (school_id, secret_hash);
alter table audit add constraint audit_pkey PRIMARY KEY (school_id, id);
alter table audit add constraint audit_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table audit add constraint join_chain TRIGGER DEFERRABLE INITIALLY DEFERRED;
alter table awaited_answer add constraint awaited_answer_pkey PRIMARY KEY (school_id, id);
alter table awaited_answer add constraint awaited_answer_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id);
alter table awaited_answer add constraint awaited_answer_school_id_account_id_message_id_key UNIQUE (school_id, account_id, message_id);
alter table awaited_answer add constraint awaited_answer_school_id_message_id_fkey FOREIGN KEY (school_id, message_id) REFERENCES message(school_id, id) ON DELETE CASCADE;
alter table away_body add constraint away_body_check CHECK ((num_nonnulls(message_id, sha256) = 1));
alter table away_body add constraint away_body_pkey PRIMARY KEY (school_id, object);
alter table away_body add constraint away_body_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table away_body add constraint away_body_school_id_message_id_fkey FOREIGN KEY (school_id, message_id) REFERENCES message(school_id, id) ON DELETE CASCADE;
alter table away_body add constraint away_body_school_id_sha256_fkey FOREIGN KEY (school_id, sha256) REFERENCES stored_body(school_id, sha256) ON DELETE CASCADE;
alter table board add constraint board_pkey PRIMARY KEY (school_id, mailbox_id);
alter table board add constraint board_readers_check CHECK ((readers = ANY (ARRAY['pupils'::text, 'families'::text, 'team'::text])));
alter table board add constraint board_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id) ON DELETE CASCADE;
alter table board add constraint board_school_id_class_id_readers_key UNIQUE NULLS NOT DISTINCT (school_id, class_id, readers);
alter table board add constraint board_school_id_mailbox_id_fkey FOREIGN KEY (school_id, mailbox_id) REFERENCES mailbox(school_id, id);
alter table brought_message add constraint brought_message_pkey PRIMARY KEY (school_id, account_id, source);
alter table brought_message add constraint brought_message_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table brought_message add constraint brought_message_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table chain_link add constraint chain_link_kind_check CHECK ((kind = ANY (ARRAY['audit'::text, 'agent_act'::text])));
alter table chain_link add constraint chain_link_pkey PRIMARY KEY (school_id, n);
alter table chain_link add constraint chain_link_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table chain_link add constraint chain_link_school_id_kind_row_id_key UNIQUE (school_id, kind, row_id);
alter table class add constraint class_cover_check CHECK (((cover >= 1) AND (cover <= 8)));
alter table class add constraint class_moderation_check CHECK ((moderation = ANY (ARRAY['open'::text, 'first-contact'::text, 'all'::text])));
alter table class add constraint class_pkey PRIMARY KEY (school_id, id);
alter table class add constraint class_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table class add constraint class_second_look_check CHECK ((second_look = ANY (ARRAY['off'::text, 'suggests'::text, 'holds'::text])));
alter table class add constraint class_teachers_called_check CHECK ((teachers_called = ANY (ARRAY['name'::text, 'title'::text])));
alter table class_browser add constraint class_browser_pkey PRIMARY KEY (school_id, id);
alter table class_browser add constraint class_browser_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table class_browser_class add constraint class_browser_class_pkey PRIMARY KEY (school_id, browser_id, class_id);
alter table class_browser_class add constraint class_browser_class_school_id_browser_id_fkey FOREIGN KEY (school_id, browser_id) REFERENCES class_browser(school_id, id) ON DELETE CASCADE;
alter table class_browser_class add constraint class_browser_class_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id);
alter table class_browser_class add constraint class_browser_class_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table class_link add constraint class_link_pkey PRIMARY KEY (school_id, class_id, other_class_address_id);
alter table class_link add constraint class_link_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id);
alter table class_link add constraint class_link_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table class_phrase add constraint class_phrase_check CHECK (((drawing IS NULL) = (picture IS NOT NULL)));
alter table class_phrase add constraint class_phrase_check1 CHECK (((media_type IS NULL) = (picture IS NULL)));
alter table class_phrase add constraint class_phrase_drawing_check CHECK ((length(drawing) <= 20));
alter table class_phrase add constraint class_phrase_media_type_check CHECK ((media_type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text])));
alter table class_phrase add constraint class_phrase_picture_check CHECK ((length(picture) <= 200000));
alter table class_phrase add constraint class_phrase_pkey PRIMARY KEY (school_id, id);
alter table class_phrase add constraint class_phrase_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id) ON DELETE CASCADE;
alter table class_phrase add constraint class_phrase_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table class_phrase add constraint class_phrase_words_check CHECK (((length(words) >= 1) AND (length(words) <= 60)));
alter table class_week add constraint class_week_pkey PRIMARY KEY (school_id, class_id, school_year);
alter table class_week add constraint class_week_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id) ON DELETE CASCADE;
alter table code_sheet add constraint code_sheet_format_check CHECK ((format = ANY (ARRAY['pdf'::text, 'csv'::text, 'screen'::text, 'import'::text])));
alter table code_sheet add constraint code_sheet_pkey PRIMARY KEY (school_id, id);
alter table code_sheet add constraint code_sheet_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id);
alter table code_sheet add constraint code_sheet_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table coming_file add constraint coming_file_pkey PRIMARY KEY (school_id, id);
alter table coming_file add constraint coming_file_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table coming_file add constraint coming_file_school_id_account_id_upload_key UNIQUE (school_id, account_id, upload);
alter table coming_file add constraint coming_file_school_id_sha256_fkey FOREIGN KEY (school_id, sha256) REFERENCES stored_body(school_id, sha256) ON DELETE CASCADE;
alter table commune add constraint commune_code_check CHECK ((code ~ '^([0-9]{2}|2[AB])[0-9]{3}$'::text));
alter table commune add constraint commune_code_key UNIQUE (code);
alter table commune add constraint commune_pkey PRIMARY KEY (id);
alter table commune add constraint commune_slug_key UNIQUE (slug);
alter table contact add constraint contact_pkey PRIMARY KEY (school_id, from_address_id, to_address_id);
alter table contact add constraint contact_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table copy_address add constraint copy_address_address_check CHECK ((length(address) <= 254));
alter table copy_address add constraint copy_address_pkey PRIMARY KEY (school_id, account_id);
alter table copy_address add constraint copy_address_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table copy_address add constraint copy_address_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table correspondent add constraint correspondent_pkey PRIMARY KEY (school_id, class_id, address);
alter table correspondent add constraint correspondent_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id);
alter table correspondent add constraint correspondent_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table cupboard add constraint cupboard_check CHECK (((place = 'class'::text) = (class_id IS NOT NULL)));
alter table cupboard add constraint cupboard_check1 CHECK (((place = 'own'::text) = (account_id IS NOT NULL)));
alter table cupboard add constraint cupboard_pkey PRIMARY KEY (school_id, id);
alter table cupboard add constraint cupboard_place_check CHECK ((place = ANY (ARRAY['class'::text, 'own'::text, 'team'::text, 'school'::text])));
alter table cupboard add constraint cupboard_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table cupboard add constraint cupboard_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id) ON DELETE CASCADE;
alter table cupboard add constraint cupboard_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table cupboard_item add constraint cupboard_item_came_sees_check CHECK ((came_sees = ANY (ARRAY['author'::text, 'team'::text, 'pupils'::text, 'families'::text])));
alter table cupboard_item add constraint cupboard_item_check CHECK (((kind = 'file'::text) = ((sha256 IS NOT NULL) AND (media_type IS NOT NULL))));
alter table cupboard_item add constraint cupboard_item_check1 CHECK (((kind = 'file'::text) OR (cardinality(path) < 4)));
alter table cupboard_item add constraint cupboard_item_check2 CHECK ((NOT (parent_id IS DISTINCT FROM path[cardinality(path)])));
alter table cupboard_item add constraint cupboard_item_check3 CHECK (((thrown_at IS NULL) = (thrown_with IS NULL)));
alter table cupboard_item add constraint cupboard_item_check4 CHECK (((came_from IS NULL) = (came_sees IS NULL)));
alter table cupboard_item add constraint cupboard_item_check5 CHECK (((came_from IS NULL) = (came_open IS NULL)));
alter table cupboard_item add constraint cupboard_item_kind_check CHECK ((kind = ANY (ARRAY['folder'::text, 'file'::text])));
alter table cupboard_item add constraint cupboard_item_path_check CHECK ((cardinality(path) <= 4));
alter table cupboard_item add constraint cupboard_item_pkey PRIMARY KEY (school_id, id);
alter table cupboard_item add constraint cupboard_item_school_id_cupboard_id_fkey FOREIGN KEY (school_id, cupboard_id) REFERENCES cupboard(school_id, id) ON DELETE CASCADE;
alter table cupboard_item add constraint cupboard_item_school_id_parent_id_fkey FOREIGN KEY (school_id, parent_id) REFERENCES cupboard_item(school_id, id);
alter table cupboard_item add constraint cupboard_item_school_id_sha256_fkey FOREIGN KEY (school_id, sha256) REFERENCES stored_body(school_id, sha256);
alter table cupboard_item add constraint cupboard_item_sees_check CHECK ((sees = ANY (ARRAY['author'::text, 'team'::text, 'pupils'::text, 'families'::text])));
alter table cupboard_version add constraint cupboard_version_pkey PRIMARY KEY (school_id, item_id, version);
alter table cupboard_version add constraint cupboard_version_school_id_item_id_fkey FOREIGN KEY (school_id, item_id) REFERENCES cupboard_item(school_id, id) ON DELETE CASCADE;
alter table cupboard_version add constraint cupboard_version_school_id_sha256_fkey FOREIGN KEY (school_id, sha256) REFERENCES stored_body(school_id, sha256);
alter table due add constraint due_kind_check CHECK ((kind = ANY (ARRAY['closing'::text, 'outbox'::text, 'hold'::text, 'draft'::text, 'rollover'::text, 'leaver'::text, 'pictures'::text, 'roster-draft'::text, 'roster-questions'::text, 'absence'::text, 'report'::text, 'moderation'::text, 'copy'::text, 'paper'::text, 'erasure'::text, 'notice'::text, 'daily-word'::text, 'put-off'::text, 'answer'::text])));
alter table due add constraint due_pkey PRIMARY KEY (kind, school_id, row_id);
alter table due add constraint due_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table entry add constraint entry_pkey PRIMARY KEY (school_id, mailbox_id, uid);
alter table entry add constraint entry_returned_check CHECK ((returned = ANY (ARRAY['later'::text, 'unanswered'::text])));
alter table entry add constraint entry_school_id_mailbox_id_fkey FOREIGN KEY (school_id, mailbox_id) REFERENCES mailbox(school_id, id);
alter table entry add constraint entry_school_id_message_id_fkey FOREIGN KEY (school_id, message_id) REFERENCES message(school_id, id);
alter table expunged add constraint expunged_pkey PRIMARY KEY (school_id, mailbox_id, modseq);
alter table expunged add constraint expunged_school_id_mailbox_id_fkey FOREIGN KEY (school_id, mailbox_id) REFERENCES mailbox(school_id, id) ON DELETE CASCADE;
alter table gone_body add constraint gone_body_pkey PRIMARY KEY (object);
alter table gone_subscription add constraint gone_subscription_pkey PRIMARY KEY (school_id, account_id, path);
alter table gone_subscription add constraint gone_subscription_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table gone_subscription add constraint gone_subscription_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table guardianship add constraint guardianship_called_check CHECK (((length(called) >= 1) AND (length(called) <= 30)));
alter table guardianship add constraint guardianship_check CHECK (((agrees IS NULL) = (answered_at IS NULL)));
alter table guardianship add constraint guardianship_pkey PRIMARY KEY (school_id, child_address_id, guardian_address_id);
alter table guardianship add constraint guardianship_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table hand_in add constraint hand_in_check CHECK (((given_back_at IS NULL) = (stamp IS NULL)));
alter table hand_in add constraint hand_in_pkey PRIMARY KEY (school_id, box_id, pupil_address_id);
alter table hand_in add constraint hand_in_school_id_box_id_fkey FOREIGN KEY (school_id, box_id) REFERENCES hand_in_box(school_id, id) ON DELETE CASCADE;
alter table hand_in add constraint hand_in_stamp_check CHECK ((stamp = ANY (ARRAY['bravo'::text, 'done'::text, 'again'::text])));
alter table hand_in_box add constraint hand_in_box_pkey PRIMARY KEY (school_id, id);
alter table hand_in_box add constraint hand_in_box_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id) ON DELETE CASCADE;
alter table hand_in_file add constraint hand_in_file_pkey PRIMARY KEY (school_id, id);
alter table hand_in_file add constraint hand_in_file_school_id_box_id_pupil_address_id_fkey FOREIGN KEY (school_id, box_id, pupil_address_id) REFERENCES hand_in(school_id, box_id, pupil_address_id) ON DELETE CASCADE;
alter table hand_in_file add constraint hand_in_file_school_id_sha256_fkey FOREIGN KEY (school_id, sha256) REFERENCES stored_body(school_id, sha256);
alter table heartbeat add constraint heartbeat_pkey PRIMARY KEY (role);
alter table held_elsewhere add constraint held_elsewhere_pkey PRIMARY KEY (school_id, at_school_id, at_message_id);
alter table held_elsewhere add constraint held_elsewhere_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table held_elsewhere add constraint held_elsewhere_school_id_message_id_fkey FOREIGN KEY (school_id, message_id) REFERENCES message(school_id, id) ON DELETE CASCADE;
alter table held_elsewhere add constraint held_elsewhere_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'released'::text, 'given-back'::text, 'withdrawn'::text])));
alter table hold add constraint hold_asked_check CHECK (((asked >= 0) AND (asked <= 2)));
alter table hold add constraint hold_decider CHECK (((decider IS NULL) OR ((class_id IS NULL) AND (until IS NULL))));
alter table hold add constraint hold_decider_check CHECK ((decider = ANY (ARRAY['head'::text, 'writer'::text])));
alter table hold add constraint hold_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'left'::text, 'refused'::text, 'waits'::text])));
alter table hold add constraint hold_pkey PRIMARY KEY (school_id, id);
alter table hold add constraint hold_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id);
alter table hold add constraint hold_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table hold add constraint hold_school_id_message_id_fkey FOREIGN KEY (school_id, message_id) REFERENCES message(school_id, id);
alter table hold add constraint hold_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'released'::text, 'given-back'::text, 'withdrawn'::text])));
alter table hold add constraint hold_wish_check CHECK ((wish = ANY (ARRAY['release'::text, 'give-back'::text])));
alter table hold add constraint hold_wish_effect CHECK (((wish IS NULL) = (effect_at IS NULL)));
alter table identity add constraint identity_address_id_fkey FOREIGN KEY (address_id) REFERENCES address(id);
alter table identity add constraint identity_kind_check CHECK ((kind = ANY (ARRAY['ine'::text, 'born'::text, 'mail'::text, 'phone'::text, 'name'::text, 'sourced'::text, 'home'::text])));
alter table identity add constraint identity_pkey PRIMARY KEY (kind, key, address_id);
alter table isolation_proof add constraint isolation_proof_pkey PRIMARY KEY (id);
alter table kept_apart add constraint kept_apart_check CHECK ((one_address_id < other_address_id));
alter table kept_apart add constraint kept_apart_pkey PRIMARY KEY (school_id, one_address_id, other_address_id);
alter table kept_apart add constraint kept_apart_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table known_place add constraint known_place_pkey PRIMARY KEY (key);
alter table known_writer add constraint known_writer_pkey PRIMARY KEY (school_id, account_id, writer);
alter table known_writer add constraint known_writer_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table known_writer add constraint known_writer_writer_check CHECK ((length(writer) = 16));
alter table last_act add constraint last_act_pkey PRIMARY KEY (school_id, account_id);
alter table last_act add constraint last_act_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table leaver add constraint leaver_pkey PRIMARY KEY (school_id, account_id);
alter table leaver add constraint leaver_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id);
alter table leaver add constraint leaver_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table letter_copy add constraint letter_copy_kind_check CHECK ((kind = ANY (ARRAY['letter'::text, 'code'::text])));
alter table letter_copy add constraint letter_copy_pkey PRIMARY KEY (school_id, id);
alter table letter_copy add constraint letter_copy_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table letter_copy add constraint letter_copy_school_id_account_id_message_id_key UNIQUE (school_id, account_id, message_id);
alter table letter_copy add constraint letter_copy_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table letter_copy add constraint letter_copy_school_id_message_id_fkey FOREIGN KEY (school_id, message_id) REFERENCES message(school_id, id) ON DELETE CASCADE;
alter table letter_copy add constraint letter_copy_school_id_token_key UNIQUE (school_id, token);
alter table letter_template add constraint letter_template_html_check CHECK ((length(html) <= 100000));
alter table letter_template add constraint letter_template_pkey PRIMARY KEY (school_id, id);
alter table letter_template add constraint letter_template_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table letter_template add constraint letter_template_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table letter_template add constraint letter_template_subject_check CHECK ((length(subject) <= 255));
alter table letter_template add constraint letter_template_text_check CHECK ((length(text) <= 20000));
alter table letter_template add constraint letter_template_title_check CHECK (((length(title) >= 1) AND (length(title) <= 60)));
alter table mailbox add constraint mailbox_of_nobody_has_no_use CHECK (((account_id IS NOT NULL) OR ((use IS NULL) AND (wished_use IS NULL))));
alter table mailbox add constraint mailbox_pkey PRIMARY KEY (school_id, id);
alter table mailbox add constraint mailbox_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id);
alter table mailbox add constraint mailbox_school_id_account_id_name_key UNIQUE (school_id, account_id, name);
alter table mailbox add constraint mailbox_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table mailbox add constraint mailbox_use_check CHECK ((use = ANY (ARRAY['inbox'::text, 'drafts'::text, 'sent'::text, 'trash'::text, 'junk'::text, 'archive'::text, 'later'::text])));
alter table mailbox add constraint mailbox_wished_use_check CHECK ((wished_use = ANY (ARRAY['drafts'::text, 'sent'::text, 'trash'::text, 'junk'::text, 'archive'::text])));
alter table mailbox_right add constraint mailbox_right_pkey PRIMARY KEY (school_id, mailbox_id, account_id);
alter table mailbox_right add constraint mailbox_right_rights_check CHECK ((rights ~ '^[lrswipkxtea]+$'::text));
alter table mailbox_right add constraint mailbox_right_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table mailbox_right add constraint mailbox_right_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table mailbox_right add constraint mailbox_right_school_id_mailbox_id_fkey FOREIGN KEY (school_id, mailbox_id) REFERENCES mailbox(school_id, id) ON DELETE CASCADE;
alter table membership add constraint membership_pkey PRIMARY KEY (school_id, class_id, address_id, role, from_date);
alter table membership add constraint membership_role_check CHECK ((role = ANY (ARRAY['pupil'::text, 'teacher'::text, 'aide'::text])));
alter table membership add constraint membership_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id);
alter table membership add constraint membership_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table message add constraint message_origin_check CHECK ((origin = ANY (ARRAY['web'::text, 'submission'::text, 'mx'::text, 'system'::text, 'automatic'::text, 'added'::text, 'brought'::text])));
alter table message add constraint message_pkey PRIMARY KEY (school_id, id);
alter table message add constraint message_proved_by_check CHECK ((proved_by = ANY (ARRAY['dmarc'::text, 'dkim'::text, 'spf'::text])));
alter table move_wish add constraint move_wish_address_id_fkey FOREIGN KEY (address_id) REFERENCES address(id);
alter table move_wish add constraint move_wish_asking_school_id_fkey FOREIGN KEY (asking_school_id) REFERENCES school(id);
alter table move_wish add constraint move_wish_pkey PRIMARY KEY (school_id, id);
alter table move_wish add constraint move_wish_school_id_asking_school_id_address_id_key UNIQUE (school_id, asking_school_id, address_id);
alter table move_wish add constraint move_wish_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table night_job add constraint night_job_pkey PRIMARY KEY (name);
alter table night_job add constraint night_job_result_check CHECK ((result = ANY (ARRAY['done'::text, 'stopped'::text, 'failed'::text])));
alter table notebook_page add constraint notebook_page_pkey PRIMARY KEY (school_id, id);
alter table notebook_page add constraint notebook_page_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id);
alter table notebook_page add constraint notebook_page_school_id_sha256_fkey FOREIGN KEY (school_id, sha256) REFERENCES stored_body(school_id, sha256);
alter table notebook_page add constraint notebook_page_stamp_check CHECK ((stamp = ANY (ARRAY['bravo'::text, 'done'::text, 'again'::text])));
alter table notice add constraint notice_idea_check CHECK ((idea = ANY (ARRAY['waits'::text, 'refused'::text, 'hung'::text])));
alter table notice add constraint notice_pkey PRIMARY KEY (school_id, id);
alter table notice add constraint notice_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id) ON DELETE CASCADE;
alter table notice add constraint notice_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table notice_place add constraint notice_place_pkey PRIMARY KEY (school_id, mailbox_id, uid);
alter table notice_place add constraint notice_place_school_id_notice_id_fkey FOREIGN KEY (school_id, notice_id) REFERENCES notice(school_id, id) ON DELETE CASCADE;
alter table notice_reminder add constraint notice_reminder_pkey PRIMARY KEY (school_id, notice_id, address_id);
alter table notice_reminder add constraint notice_reminder_school_id_notice_id_fkey FOREIGN KEY (school_id, notice_id) REFERENCES notice(school_id, id) ON DELETE CASCADE;
alter table notice_seen add constraint notice_seen_pkey PRIMARY KEY (school_id, notice_id, address_id);
alter table notice_seen add constraint notice_seen_school_id_notice_id_fkey FOREIGN KEY (school_id, notice_id) REFERENCES notice(school_id, id) ON DELETE CASCADE;
alter table notice_words add constraint notice_words_edition_check CHECK ((edition > 0));
alter table notice_words add constraint notice_words_pkey PRIMARY KEY (school_id, notice_id, edition);
alter table notice_words add constraint notice_words_readers_check CHECK ((readers <@ '{pupils,families,team}'::text[]));
alter table notice_words add constraint notice_words_school_id_letter_key UNIQUE (school_id, letter);
alter table notice_words add constraint notice_words_school_id_notice_id_fkey FOREIGN KEY (school_id, notice_id) REFERENCES notice(school_id, id) ON DELETE CASCADE;
alter table outbox add constraint outbox_pkey PRIMARY KEY (school_id, id);
alter table outbox add constraint outbox_ret_check CHECK ((ret = ANY (ARRAY['FULL'::text, 'HDRS'::text])));
alter table outbox add constraint outbox_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id);
alter table outbox add constraint outbox_school_id_message_id_fkey FOREIGN KEY (school_id, message_id) REFERENCES message(school_id, id);
alter table outbox add constraint outbox_school_id_message_id_recipient_key UNIQUE (school_id, message_id, recipient);
alter table outbox add constraint outbox_state_check CHECK ((state = ANY (ARRAY['due'::text, 'sent'::text, 'failed'::text])));
alter table own_group add constraint own_group_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60)));
alter table own_group add constraint own_group_pkey PRIMARY KEY (school_id, id);
alter table own_group add constraint own_group_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table own_group add constraint own_group_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table own_group add constraint own_group_whom_check CHECK ((whom = ANY (ARRAY['pupils'::text, 'families'::text, 'both'::text])));
alter table paper add constraint paper_pkey PRIMARY KEY (school_id, id);
alter table paper add constraint paper_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table paper_answer add constraint paper_answer_check CHECK (((says = 'option'::text) = (option IS NOT NULL)));
alter table paper_answer add constraint paper_answer_check1 CHECK (((says = 'words'::text) = (words IS NOT NULL)));
alter table paper_answer add constraint paper_answer_pkey PRIMARY KEY (school_id, id);
alter table paper_answer add constraint paper_answer_says_check CHECK ((says = ANY (ARRAY['signed'::text, 'yes'::text, 'no'::text, 'option'::text, 'words'::text])));
alter table paper_answer add constraint paper_answer_school_id_paper_id_version_fkey FOREIGN KEY (school_id, paper_id, version) REFERENCES paper_version(school_id, paper_id, version) ON DELETE CASCADE;
alter table paper_answer add constraint paper_answer_way_check CHECK ((way = ANY (ARRAY['password'::text, 'second-factor'::text, 'code-sheet'::text, 'paper'::text])));
alter table paper_child add constraint paper_child_pkey PRIMARY KEY (school_id, paper_id, pupil_address_id);
alter table paper_child add constraint paper_child_school_id_paper_id_fkey FOREIGN KEY (school_id, paper_id) REFERENCES paper(school_id, id) ON DELETE CASCADE;
alter table paper_file add constraint paper_file_pkey PRIMARY KEY (school_id, paper_id, version, place);
alter table paper_file add constraint paper_file_school_id_paper_id_version_fkey FOREIGN KEY (school_id, paper_id, version) REFERENCES paper_version(school_id, paper_id, version) ON DELETE CASCADE;
alter table paper_number add constraint paper_number_pkey PRIMARY KEY (school_id, paper_id, pupil_address_id, guardian_address_id);
alter table paper_number add constraint paper_number_school_id_paper_id_fkey FOREIGN KEY (school_id, paper_id) REFERENCES paper(school_id, id) ON DELETE CASCADE;
alter table paper_photo add constraint paper_photo_pkey PRIMARY KEY (school_id, answer_id);
alter table paper_photo add constraint paper_photo_school_id_paper_id_fkey FOREIGN KEY (school_id, paper_id) REFERENCES paper(school_id, id) ON DELETE CASCADE;
alter table paper_reminder add constraint paper_reminder_pkey PRIMARY KEY (school_id, paper_id, guardian_address_id);
alter table paper_reminder add constraint paper_reminder_school_id_paper_id_fkey FOREIGN KEY (school_id, paper_id) REFERENCES paper(school_id, id) ON DELETE CASCADE;
alter table paper_version add constraint paper_version_needed_check CHECK ((needed = ANY (ARRAY['one'::text, 'each'::text])));
alter table paper_version add constraint paper_version_pkey PRIMARY KEY (school_id, paper_id, version);
alter table paper_version add constraint paper_version_question_check CHECK ((question = ANY (ARRAY['sign'::text, 'yes-no'::text, 'choice'::text, 'words'::text])));
alter table paper_version add constraint paper_version_school_id_paper_id_fkey FOREIGN KEY (school_id, paper_id) REFERENCES paper(school_id, id) ON DELETE CASCADE;
alter table paper_version add constraint paper_version_version_check CHECK ((version > 0));
alter table picture_code add constraint picture_code_pkey PRIMARY KEY (school_id, account_id);
alter table picture_code add constraint picture_code_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table picture_code add constraint picture_code_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table picture_code add constraint picture_code_school_id_sheet_id_fkey FOREIGN KEY (school_id, sheet_id) REFERENCES code_sheet(school_id, id);
alter table post add constraint post_pkey PRIMARY KEY (school_id, address_id, role, from_date);
alter table post add constraint post_role_check CHECK ((role = ANY (ARRAY['teacher'::text, 'head'::text, 'staff'::text])));
alter table post add constraint post_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table put_off_letter add constraint put_off_letter_pkey PRIMARY KEY (school_id, id);
alter table put_off_letter add constraint put_off_letter_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id);
alter table put_off_letter add constraint put_off_letter_school_id_back_to_fkey FOREIGN KEY (school_id, back_to) REFERENCES mailbox(school_id, id) ON DELETE SET NULL (back_to);
alter table put_off_letter add constraint put_off_letter_school_id_mailbox_id_uid_fkey FOREIGN KEY (school_id, mailbox_id, uid) REFERENCES entry(school_id, mailbox_id, uid) ON DELETE CASCADE;
alter table put_off_letter add constraint put_off_letter_school_id_mailbox_id_uid_key UNIQUE (school_id, mailbox_id, uid);
alter table recovery_code add constraint recovery_code_pkey PRIMARY KEY (school_id, account_id, code_hash);
alter table recovery_code add constraint recovery_code_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table recovery_code add constraint recovery_code_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table refused_letter add constraint refused_letter_detail_check CHECK ((length(detail) <= 200));
alter table refused_letter add constraint refused_letter_pkey PRIMARY KEY (school_id, id);
alter table refused_letter add constraint refused_letter_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table refused_letter add constraint refused_letter_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table refused_letter add constraint refused_letter_sender_check CHECK ((length(sender) <= 400));
alter table refused_letter add constraint refused_letter_subject_check CHECK ((length(subject) <= 200));
alter table refused_letter add constraint refused_letter_why_check CHECK ((length(why) <= 40));
alter table report add constraint report_level_check CHECK (((level >= 0) AND (level <= 4)));
alter table report add constraint report_pkey PRIMARY KEY (school_id, id);
alter table report add constraint report_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table report add constraint report_school_id_message_id_account_id_key UNIQUE (school_id, message_id, account_id);
alter table report add constraint report_school_id_message_id_fkey FOREIGN KEY (school_id, message_id) REFERENCES message(school_id, id);
alter table report_mark add constraint report_mark_pkey PRIMARY KEY (school_id, report_id);
alter table report_mark add constraint report_mark_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table report_step add constraint report_step_kind_check CHECK ((kind = ANY (ARRAY['read'::text, 'taken'::text, 'talked'::text, 'rest'::text, 'apart'::text, 'together'::text, 'family'::text, 'up'::text, 'closed'::text])));
alter table report_step add constraint report_step_pkey PRIMARY KEY (school_id, id);
alter table report_step add constraint report_step_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table report_step add constraint report_step_school_id_report_id_fkey FOREIGN KEY (school_id, report_id) REFERENCES report(school_id, id) ON DELETE CASCADE;
alter table reported_source add constraint reported_source_disposition_check CHECK ((disposition = ANY (ARRAY['none'::text, 'quarantine'::text, 'reject'::text])));
alter table reported_source add constraint reported_source_from_domain_check CHECK ((length(from_domain) <= 255));
alter table reported_source add constraint reported_source_pkey PRIMARY KEY (reporter, report, line);
alter table reported_source add constraint reported_source_report_check CHECK ((length(report) <= 255));
alter table reported_source add constraint reported_source_reporter_check CHECK ((length(reporter) <= 255));
alter table reported_tls add constraint reported_tls_mx_check CHECK ((length(mx) <= 253));
alter table reported_tls add constraint reported_tls_pkey PRIMARY KEY (reporter, report, line);
alter table reported_tls add constraint reported_tls_policy_check CHECK ((policy = ANY (ARRAY['sts'::text, 'tlsa'::text, 'no-policy-found'::text])));
alter table reported_tls add constraint reported_tls_report_check CHECK ((length(report) <= 255));
alter table reported_tls add constraint reported_tls_reporter_check CHECK ((length(reporter) <= 255));
alter table reported_tls add constraint reported_tls_result_check CHECK ((length(result) <= 60));
alter table restoration add constraint restoration_pkey PRIMARY KEY (at);
alter table roster_batch add constraint roster_batch_pkey PRIMARY KEY (school_id, id);
alter table roster_batch add constraint roster_batch_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table roster_batch add constraint roster_batch_state_check CHECK ((state = ANY (ARRAY['reading'::text, 'open'::text, 'applying'::text, 'over'::text])));
alter table roster_batch_school add constraint roster_batch_school_of_school_id_fkey FOREIGN KEY (of_school_id) REFERENCES school(id);
alter table roster_batch_school add constraint roster_batch_school_pkey PRIMARY KEY (school_id, batch_id, of_school_id);
alter table roster_batch_school add constraint roster_batch_school_school_id_batch_id_fkey FOREIGN KEY (school_id, batch_id) REFERENCES roster_batch(school_id, id) ON DELETE CASCADE;
alter table roster_batch_school add constraint roster_batch_school_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table roster_change add constraint roster_change_import_school_id_fkey FOREIGN KEY (import_school_id) REFERENCES school(id);
alter table roster_change add constraint roster_change_pkey PRIMARY KEY (school_id, import_school_id, import_id);
alter table roster_change add constraint roster_change_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table roster_draft add constraint roster_draft_pkey PRIMARY KEY (school_id, id);
alter table roster_draft add constraint roster_draft_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table roster_import add constraint roster_import_pkey PRIMARY KEY (school_id, id);
alter table roster_import add constraint roster_import_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table roster_import add constraint roster_import_state_check CHECK ((state = ANY (ARRAY['applied'::text, 'undone'::text, 'rehearsed'::text, 'replaced'::text])));
alter table roster_mapping add constraint roster_mapping_pkey PRIMARY KEY (school_id, header_hash);
alter table roster_mapping add constraint roster_mapping_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table roster_question add constraint roster_question_answer_check CHECK ((answer = ANY (ARRAY['person'::text, 'new'::text, 'skip'::text])));
alter table roster_question add constraint roster_question_kind_check CHECK ((kind = ANY (ARRAY['pupil'::text, 'guardian'::text, 'adult'::text])));
alter table roster_question add constraint roster_question_pkey PRIMARY KEY (school_id, id);
alter table roster_question add constraint roster_question_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table roster_question add constraint roster_question_state_check CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'lapsed'::text, 'replaced'::text, 'undone'::text])));
alter table roster_remainder add constraint roster_remainder_pkey PRIMARY KEY (school_id, import_id);
alter table roster_remainder add constraint roster_remainder_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table roster_source add constraint roster_source_pkey PRIMARY KEY (school_id, hint);
alter table roster_source add constraint roster_source_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table school add constraint school_commune_id_fkey FOREIGN KEY (commune_id) REFERENCES commune(id);
alter table school add constraint school_pkey PRIMARY KEY (id);
alter table school add constraint school_slug_key UNIQUE (slug);
alter table school add constraint school_uai_check CHECK ((uai ~ '^[0-9]{7}[A-HJ-NPR-Z]$'::text));
alter table school add constraint school_uai_key UNIQUE (uai);
alter table school_holiday add constraint school_holiday_check CHECK ((until_date >= from_date));
alter table school_holiday add constraint school_holiday_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)));
alter table school_holiday add constraint school_holiday_pkey PRIMARY KEY (id);
alter table school_holiday add constraint school_holiday_zone_check CHECK ((zone = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'corse'::text, 'guadeloupe'::text, 'martinique'::text, 'guyane'::text, 'reunion'::text, 'mayotte'::text, 'nouvelle-caledonie'::text, 'polynesie'::text, 'saint-pierre-et-miquelon'::text, 'wallis-et-futuna'::text])));
alter table school_holiday add constraint school_holiday_zone_from_date_until_date_name_key UNIQUE (zone, from_date, until_date, name);
alter table school_import add constraint school_import_pkey PRIMARY KEY (school_id, id);
alter table school_import add constraint school_import_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table second_factor add constraint second_factor_pkey PRIMARY KEY (school_id, account_id);
alter table second_factor add constraint second_factor_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table second_factor add constraint second_factor_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table secret_mark add constraint secret_mark_of_town_check CHECK (of_town);
alter table secret_mark add constraint secret_mark_pkey PRIMARY KEY (of_town);
alter table sending add constraint sending_pkey PRIMARY KEY (school_id, id);
alter table sending add constraint sending_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id);
alter table session add constraint session_browser_check CHECK ((length(browser) <= 20));
alter table session add constraint session_pkey PRIMARY KEY (school_id, id);
alter table session add constraint session_platform_check CHECK ((length(platform) <= 20));
alter table session add constraint session_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id);
alter table session add constraint session_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table setup_link add constraint setup_link_pkey PRIMARY KEY (code_hash);
alter table signing_key add constraint signing_key_algorithm_check CHECK ((algorithm = ANY (ARRAY['rsa'::text, 'ed25519'::text])));
alter table signing_key add constraint signing_key_check CHECK (((private_key IS NOT NULL) OR (followed_at IS NOT NULL)));
alter table signing_key add constraint signing_key_domain_selector_key UNIQUE (domain, selector);
alter table signing_key add constraint signing_key_pkey PRIMARY KEY (id);
alter table site_block add constraint site_block_list_id_fkey FOREIGN KEY (list_id) REFERENCES site_list(id) ON DELETE CASCADE;
alter table site_block add constraint site_block_pkey PRIMARY KEY (list_id, bucket);
alter table site_list add constraint site_list_pkey PRIMARY KEY (id);
alter table site_update add constraint site_update_one_check CHECK (one);
alter table site_update add constraint site_update_pkey PRIMARY KEY (one);
alter table stored_body add constraint stored_body_pkey PRIMARY KEY (school_id, sha256);
alter table stored_body add constraint stored_body_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table stored_body_piece add constraint stored_body_piece_check CHECK ((num_nonnulls(sha256, coming_id) = 1));
alter table stored_body_piece add constraint stored_body_piece_school_id_coming_id_fkey FOREIGN KEY (school_id, coming_id) REFERENCES coming_file(school_id, id) ON DELETE CASCADE;
alter table stored_body_piece add constraint stored_body_piece_school_id_sha256_fkey FOREIGN KEY (school_id, sha256) REFERENCES stored_body(school_id, sha256) ON DELETE CASCADE;
alter table stored_body_piece add constraint stored_body_piece_school_id_sha256_place_key UNIQUE (school_id, sha256, place);
alter table throttle add constraint throttle_pkey PRIMARY KEY (key);
alter table town add constraint town_holiday_zone_check CHECK ((holiday_zone = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'corse'::text, 'guadeloupe'::text, 'martinique'::text, 'guyane'::text, 'reunion'::text, 'mayotte'::text, 'nouvelle-caledonie'::text, 'polynesie'::text, 'saint-pierre-et-miquelon'::text, 'wallis-et-futuna'::text])));
alter table town add constraint town_one_check CHECK (one);
alter table town add constraint town_pkey PRIMARY KEY (one);
alter table town_hour add constraint town_hour_pkey PRIMARY KEY (begins_at);
alter table trouble_notice add constraint backup_notice_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table trouble_notice add constraint backup_notice_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table trouble_notice add constraint trouble_notice_about_check CHECK ((about = ANY (ARRAY['backups'::text, 'isolation'::text])));
alter table trouble_notice add constraint trouble_notice_pkey PRIMARY KEY (school_id, account_id, about);
alter table unreadable_letter add constraint unreadable_letter_pkey PRIMARY KEY (sha256);
alter table unreadable_letter add constraint unreadable_letter_sha256_check CHECK ((length(sha256) = 32));
alter table waiting_draft add constraint waiting_draft_check CHECK (((reason = 'scanner'::text) = (leaves_at IS NULL)));
alter table waiting_draft add constraint waiting_draft_pkey PRIMARY KEY (school_id, id);
alter table waiting_draft add constraint waiting_draft_reason_check CHECK ((reason = ANY (ARRAY['scanner'::text, 'undo'::text, 'later'::text])));
alter table waiting_draft add constraint waiting_draft_school_id_fkey FOREIGN KEY (school_id) REFERENCES school(id);
alter table waiting_draft add constraint waiting_draft_school_id_mailbox_id_uid_fkey FOREIGN KEY (school_id, mailbox_id, uid) REFERENCES entry(school_id, mailbox_id, uid) ON DELETE CASCADE;
alter table waiting_draft add constraint waiting_draft_school_id_mailbox_id_uid_key UNIQUE (school_id, mailbox_id, uid);
alter table wall_book add constraint wall_book_pkey PRIMARY KEY (school_id, class_id, school_year);
alter table wall_book add constraint wall_book_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id) ON DELETE CASCADE;
alter table wall_book_piece add constraint wall_book_piece_pkey PRIMARY KEY (school_id, class_id, school_year, edition, place);
alter table wall_book_piece add constraint wall_book_piece_school_id_class_id_school_year_fkey FOREIGN KEY (school_id, class_id, school_year) REFERENCES wall_book(school_id, class_id, school_year) ON DELETE CASCADE;
alter table wall_item add constraint wall_item_check CHECK (((kind = 'drawing'::text) = ((width IS NOT NULL) AND (height IS NOT NULL))));
alter table wall_item add constraint wall_item_check1 CHECK (((hung_at IS NULL) OR (refused_at IS NULL)));
alter table wall_item add constraint wall_item_check2 CHECK (((refused_at IS NULL) = (refused_word IS NULL)));
alter table wall_item add constraint wall_item_kind_check CHECK ((kind = ANY (ARRAY['drawing'::text, 'voice'::text])));
alter table wall_item add constraint wall_item_pkey PRIMARY KEY (school_id, id);
alter table wall_item add constraint wall_item_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id) ON DELETE CASCADE;
alter table wall_item add constraint wall_item_school_id_class_id_school_year_author_address_id__key UNIQUE (school_id, class_id, school_year, author_address_id, sha256);
alter table wall_wish add constraint wall_wish_pkey PRIMARY KEY (school_id, class_id, school_year, author_address_id, sha256);
alter table wall_wish add constraint wall_wish_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id) ON DELETE CASCADE;
alter table week_feed add constraint week_feed_pkey PRIMARY KEY (school_id, id);
alter table week_feed add constraint week_feed_school_id_account_id_fkey FOREIGN KEY (school_id, account_id) REFERENCES account(school_id, id) ON DELETE CASCADE;
alter table week_feed add constraint week_feed_school_id_secret_hash_key UNIQUE (school_id, secret_hash);
alter table week_lesson add constraint week_lesson_check CHECK ((from_time < to_time));
alter table week_lesson add constraint week_lesson_kind_check CHECK ((kind = ANY (ARRAY['rituals'::text, 'french'::text, 'maths'::text, 'world'::text, 'language'::text, 'sport'::text, 'music'::text, 'arts'::text, 'break'::text, 'rest'::text, 'other'::text])));
alter table week_lesson add constraint week_lesson_pkey PRIMARY KEY (school_id, id);
alter table week_lesson add constraint week_lesson_school_id_class_id_school_year_fkey FOREIGN KEY (school_id, class_id, school_year) REFERENCES class_week(school_id, class_id, school_year) ON DELETE CASCADE;
alter table week_lesson add constraint week_lesson_weekday_check CHECK (((weekday >= 1) AND (weekday <= 5)));
alter table week_lesson add constraint week_lesson_weeks_check CHECK ((weeks = ANY (ARRAY['every'::text, 'A'::text, 'B'::text])));
alter table week_need add constraint week_need_kind_check CHECK ((kind = ANY (ARRAY['bring'::text, 'do'::text, 'hand-in'::text])));
alter table week_need add constraint week_need_pkey PRIMARY KEY (school_id, id);
alter table week_need add constraint week_need_school_id_class_id_school_year_fkey FOREIGN KEY (school_id, class_id, school_year) REFERENCES class_week(school_id, class_id, school_year) ON DELETE CASCADE;
alter table week_special add constraint week_special_check CHECK ((from_date <= until_date));
alter table week_special add constraint week_special_check1 CHECK (((from_time IS NULL) = (to_time IS NULL)));
alter table week_special add constraint week_special_kind_check CHECK ((kind = ANY (ARRAY['outing'::text, 'pool'::text, 'photo'::text, 'party'::text, 'visit'::text, 'no-class'::text])));
alter table week_special add constraint week_special_pkey PRIMARY KEY (school_id, id);
alter table week_special add constraint week_special_school_id_class_id_school_year_fkey FOREIGN KEY (school_id, class_id, school_year) REFERENCES class_week(school_id, class_id, school_year) ON DELETE CASCADE;
alter table week_tick add constraint week_tick_check CHECK (((week_need_id IS NULL) <> (week_lesson_id IS NULL)));
alter table week_tick add constraint week_tick_pkey PRIMARY KEY (school_id, id);
alter table week_tick add constraint week_tick_school_id_class_id_fkey FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id) ON DELETE CASCADE;
alter table week_tick add constraint week_tick_school_id_pupil_address_id_day_week_need_id_week__key UNIQUE NULLS NOT DISTINCT (school_id, pupil_address_id, day, week_need_id, week_lesson_id);
alter table week_tick add constraint week_tick_school_id_week_lesson_id_fkey FOREIGN KEY (school_id, week_lesson_id) REFERENCES week_lesson(school_id, id) ON DELETE CASCADE;
alter table week_tick add constraint week_tick_school_id_week_need_id_fkey FOREIGN KEY (school_id, week_need_id) REFERENCES week_need(school_id, id) ON DELETE CASCADE;

CREATE INDEX acknowledgement_account ON public.acknowledgement USING btree (school_id, account_id);
CREATE INDEX address_homonym ON public.address USING btree (domain, rtrim(local, '0123456789'::text));
CREATE INDEX address_present_elsewhere ON public.address USING btree (id) WHERE (cardinality(present_in) > 0);
CREATE INDEX address_target ON public.address USING btree (school_id, kind, target_id);
CREATE INDEX app_password_account ON public.app_password USING btree (school_id, account_id);
CREATE INDEX awaited_answer_message ON public.awaited_answer USING btree (school_id, message_id);
CREATE INDEX chain_link_by_time ON public.chain_link USING btree (school_id, at) WHERE (salt IS NOT NULL);
CREATE INDEX class_browser_class_class ON public.class_browser_class USING btree (school_id, class_id);
CREATE INDEX class_phrase_class ON public.class_phrase USING btree (school_id, class_id);
CREATE INDEX code_sheet_class ON public.code_sheet USING btree (school_id, class_id, printed_at);
CREATE INDEX cupboard_item_author ON public.cupboard_item USING btree (school_id, author_address_id) WHERE (author_address_id IS NOT NULL);
CREATE INDEX cupboard_item_body ON public.cupboard_item USING btree (school_id, sha256) WHERE (sha256 IS NOT NULL);
CREATE INDEX cupboard_item_listed ON public.cupboard_item USING btree (school_id, cupboard_id, folder_key, kind DESC, name_key) WHERE (thrown_at IS NULL);
CREATE INDEX cupboard_item_parent ON public.cupboard_item USING btree (school_id, parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX cupboard_item_size ON public.cupboard_item USING btree (school_id, cupboard_id) INCLUDE (size_bytes) WHERE (thrown_at IS NULL);
CREATE INDEX cupboard_item_thrown ON public.cupboard_item USING btree (school_id, cupboard_id, thrown_at) WHERE (thrown_at IS NOT NULL);
CREATE INDEX cupboard_version_body ON public.cupboard_version USING btree (school_id, sha256);
CREATE INDEX due_at ON public.due USING btree (at);
CREATE INDEX entry_by_date ON public.entry USING btree (school_id, mailbox_id, internal_date, uid, sender_role);
CREATE INDEX entry_of_message ON public.entry USING btree (school_id, message_id, mailbox_id);
CREATE INDEX hand_in_box_class ON public.hand_in_box USING btree (school_id, class_id);
CREATE INDEX hand_in_file_body ON public.hand_in_file USING btree (school_id, sha256);
CREATE INDEX hand_in_file_of ON public.hand_in_file USING btree (school_id, box_id, pupil_address_id);
CREATE INDEX held_elsewhere_message ON public.held_elsewhere USING btree (school_id, message_id);
CREATE INDEX held_elsewhere_waiting ON public.held_elsewhere USING btree (school_id) WHERE (state = 'waiting'::text);
CREATE INDEX hold_decided ON public.hold USING btree (school_id, class_id, decided_at) WHERE (decided_at IS NOT NULL);
CREATE INDEX hold_decision ON public.hold USING btree (school_id, decision) WHERE (decision IS NOT NULL);
CREATE INDEX hold_for_head ON public.hold USING btree (school_id) WHERE ((decider = 'head'::text) AND (state = 'waiting'::text));
CREATE INDEX hold_message ON public.hold USING btree (school_id, message_id);
CREATE INDEX hold_waiting ON public.hold USING btree (school_id, class_id) WHERE (state = 'waiting'::text);
CREATE INDEX identity_of_address ON public.identity USING btree (address_id);
CREATE INDEX isolation_proof_by_time ON public.isolation_proof USING btree (begun_at);
CREATE INDEX known_place_seen ON public.known_place USING btree (seen_at);
CREATE INDEX letter_copy_message ON public.letter_copy USING btree (school_id, message_id);
CREATE INDEX letter_template_account ON public.letter_template USING btree (school_id, account_id);
CREATE INDEX mailbox_right_account ON public.mailbox_right USING btree (school_id, account_id);
CREATE INDEX membership_person ON public.membership USING btree (school_id, address_id);
CREATE INDEX message_conversation ON public.message USING btree (school_id, (
CASE
    WHEN (refs[1] IS NOT NULL) THEN refs[1]
    WHEN (in_reply_to IS NOT NULL) THEN in_reply_to
    ELSE header_id
END), id);
CREATE INDEX message_header_id ON public.message USING btree (school_id, header_id) WHERE (header_id IS NOT NULL);
CREATE INDEX message_large ON public.message USING btree (school_id, id) WHERE ((raw IS NOT NULL) AND (size_bytes >= 65536));
CREATE INDEX message_search ON public.message USING gin (search);
CREATE INDEX message_sender ON public.message USING btree (school_id, sender_address_id, received_at) WHERE (sender_address_id IS NOT NULL);
CREATE INDEX notebook_page_account ON public.notebook_page USING btree (school_id, account_id);
CREATE INDEX notebook_page_body ON public.notebook_page USING btree (school_id, sha256);
CREATE INDEX notice_class ON public.notice USING btree (school_id, class_id);
CREATE INDEX notice_ideas ON public.notice USING btree (school_id, author_address_id) WHERE (idea IS NOT NULL);
CREATE INDEX notice_place_notice ON public.notice_place USING btree (school_id, notice_id);
CREATE INDEX notice_reminder_of ON public.notice_reminder USING btree (school_id, address_id);
CREATE INDEX notice_seen_by ON public.notice_seen USING btree (school_id, address_id);
CREATE INDEX notice_words_message ON public.notice_words USING btree (school_id, message_id);
CREATE INDEX outbox_by_account ON public.outbox USING btree (school_id, account_id, created_at);
CREATE INDEX outbox_by_domain ON public.outbox USING btree (school_id, account_id, domain, created_at) WHERE (NOT is_copy);
CREATE INDEX own_group_account ON public.own_group USING btree (school_id, account_id);
CREATE INDEX paper_answer_paper ON public.paper_answer USING btree (school_id, paper_id, pupil_address_id);
CREATE INDEX paper_author ON public.paper USING btree (school_id, author_address_id);
CREATE INDEX paper_child_pupil ON public.paper_child USING btree (school_id, pupil_address_id);
CREATE INDEX paper_class ON public.paper USING btree (school_id, class_id);
CREATE INDEX paper_photo_paper ON public.paper_photo USING btree (school_id, paper_id);
CREATE INDEX paper_reminder_guardian ON public.paper_reminder USING btree (school_id, guardian_address_id);
CREATE INDEX put_off_letter_account ON public.put_off_letter USING btree (school_id, account_id);
CREATE INDEX put_off_letter_back ON public.put_off_letter USING btree (school_id, back_to);
CREATE INDEX refused_letter_account ON public.refused_letter USING btree (school_id, account_id, at);
CREATE INDEX report_child ON public.report USING btree (child_address_id, school_id);
CREATE INDEX report_mark_for_town ON public.report_mark USING btree (school_id) WHERE for_town;
CREATE INDEX report_step_report ON public.report_step USING btree (school_id, report_id);
CREATE INDEX reported_source_ends_at ON public.reported_source USING btree (ends_at);
CREATE INDEX reported_tls_ends_at ON public.reported_tls USING btree (ends_at);
CREATE INDEX roster_import_state ON public.roster_import USING btree (school_id, state);
CREATE INDEX roster_question_open ON public.roster_question USING btree (school_id) WHERE (state = 'open'::text);
CREATE INDEX sending_lately ON public.sending USING btree (school_id, account_id, at);
CREATE INDEX session_account ON public.session USING btree (school_id, account_id);
CREATE INDEX throttle_updated ON public.throttle USING btree (updated_at);
CREATE INDEX wall_item_author ON public.wall_item USING btree (school_id, author_address_id);
CREATE INDEX wall_wish_author ON public.wall_wish USING btree (school_id, author_address_id) WHERE (declined_at IS NULL);
CREATE INDEX week_feed_account ON public.week_feed USING btree (school_id, account_id);
CREATE INDEX week_lesson_class ON public.week_lesson USING btree (class_id, school_year);
CREATE INDEX week_lesson_teacher ON public.week_lesson USING btree (teacher_address_id) WHERE (teacher_address_id IS NOT NULL);
CREATE INDEX week_need_day ON public.week_need USING btree (class_id, school_year, day);
CREATE INDEX week_special_class ON public.week_special USING btree (class_id, school_year, until_date);
CREATE INDEX week_tick_lesson ON public.week_tick USING btree (school_id, week_lesson_id);
CREATE INDEX week_tick_need ON public.week_tick USING btree (school_id, week_need_id);
CREATE UNIQUE INDEX account_by_id ON public.account USING btree (school_id, id);
CREATE UNIQUE INDEX away_body_file ON public.away_body USING btree (school_id, sha256) WHERE (sha256 IS NOT NULL);
CREATE UNIQUE INDEX away_body_message ON public.away_body USING btree (school_id, message_id) WHERE (message_id IS NOT NULL);
CREATE UNIQUE INDEX cupboard_item_name ON public.cupboard_item USING btree (school_id, cupboard_id, folder_key, name_key) WHERE (thrown_at IS NULL);
CREATE UNIQUE INDEX cupboard_place ON public.cupboard USING btree (school_id, place, class_id, account_id) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX mailbox_by_id ON public.mailbox USING btree (school_id, id);
CREATE UNIQUE INDEX mailbox_by_use ON public.mailbox USING btree (school_id, account_id, use) WHERE (use IS NOT NULL);
CREATE UNIQUE INDEX paper_version_letter ON public.paper_version USING btree (school_id, letter) WHERE (version > 0);
CREATE UNIQUE INDEX report_by_id ON public.report USING btree (school_id, id);
CREATE UNIQUE INDEX roster_import_one_rehearsal ON public.roster_import USING btree (school_id) WHERE (state = 'rehearsed'::text);
CREATE UNIQUE INDEX site_list_current ON public.site_list USING btree (is_current) WHERE is_current;
CREATE UNIQUE INDEX stored_body_piece_coming ON public.stored_body_piece USING btree (school_id, coming_id, place) WHERE (coming_id IS NOT NULL);
CREATE UNIQUE INDEX week_feed_open ON public.week_feed USING btree (school_id, account_id) WHERE (ended_at IS NULL);

create policy tenant on absence using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on absence_reply using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on accompaniment for select to preau_isolation using true;
create policy tenant on accompaniment using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on account for select to preau_isolation using true;
create policy tenant on account using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on acknowledgement using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on activation_code using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on annotation using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on app_password using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on audit using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on awaited_answer using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on away_body using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on board for select to preau_isolation using true;
create policy tenant on board using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on brought_message using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on chain_link using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on class for select to preau_isolation using true;
create policy tenant on class using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on class_browser using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on class_browser_class using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on class_link for select to preau_isolation using true;
create policy tenant on class_link using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on class_phrase using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on class_week using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on code_sheet using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on coming_file using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on contact using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on copy_address using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on correspondent for select to preau_isolation using true;
create policy tenant on correspondent using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on cupboard for select to preau_isolation using true;
create policy tenant on cupboard using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on cupboard_item for select to preau_isolation using true;
create policy tenant on cupboard_item using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on cupboard_version using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on entry using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on expunged using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on gone_subscription using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on guardianship for select to preau_isolation using true;
create policy tenant on guardianship using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on hand_in for select to preau_isolation using true;
create policy tenant on hand_in using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on hand_in_box for select to preau_isolation using true;
create policy tenant on hand_in_box using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on hand_in_file using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on held_elsewhere using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on hold using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on kept_apart for select to preau_isolation using true;
create policy tenant on kept_apart using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on known_writer using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on last_act using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on leaver using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on letter_copy using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on letter_template using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on mailbox for select to preau_isolation using true;
create policy tenant on mailbox using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on mailbox_right for select to preau_isolation using true;
create policy tenant on mailbox_right using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on membership for select to preau_isolation using true;
create policy tenant on membership using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on message using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on move_wish using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on notebook_page using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on notice for select to preau_isolation using true;
create policy tenant on notice using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on notice_place for select to preau_isolation using true;
create policy tenant on notice_place using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on notice_reminder using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on notice_seen using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on notice_words for select to preau_isolation using true;
create policy tenant on notice_words using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on outbox using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on own_group using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on paper for select to preau_isolation using true;
create policy tenant on paper using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on paper_answer for select to preau_isolation using true;
create policy tenant on paper_answer using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on paper_child for select to preau_isolation using true;
create policy tenant on paper_child using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on paper_file using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on paper_number using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on paper_photo using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on paper_reminder using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on paper_version using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on picture_code using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on post for select to preau_isolation using true;
create policy tenant on post using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on put_off_letter using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on recovery_code using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on refused_letter using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on report using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on report_step using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on roster_batch using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on roster_batch_school using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on roster_change using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on roster_draft using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on roster_import using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on roster_mapping using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on roster_question using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on roster_remainder using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on roster_source using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on school_import using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on second_factor using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on sending using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on session using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on stored_body using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on stored_body_piece using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on trouble_notice using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on waiting_draft using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on wall_book for select to preau_isolation using true;
create policy tenant on wall_book using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on wall_book_piece using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on wall_item for select to preau_isolation using true;
create policy tenant on wall_item using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on wall_wish using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on week_feed using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on week_lesson for select to preau_isolation using true;
create policy tenant on week_lesson using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on week_need for select to preau_isolation using true;
create policy tenant on week_need using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy tenant on week_special using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);
create policy isolation_proof on week_tick for select to preau_isolation using true;
create policy tenant on week_tick using (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer) with check (school_id = (NULLIF(current_setting('preau.school'::text, true), ''::text))::integer);

CREATE OR REPLACE FUNCTION public.bump_own_roster()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    new.roster_version := old.roster_version + 1;
    return new;
  end $function$
;
CREATE OR REPLACE FUNCTION public.bump_roster()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    update school set roster_version = roster_version + 1 where id = nullif(current_setting('preau.school', true), '')::integer;
    return null;
  end $function$
;
CREATE OR REPLACE FUNCTION public.bump_roster_of_address()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    update school set roster_version = roster_version + 1 where id in (select school_id from changed);
    return null;
  end $function$
;
CREATE OR REPLACE FUNCTION public.bump_rosters_of_commune()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      update school set roster_version = roster_version + 1 where commune_id = new.id;
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.bump_town_roster()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      update school set roster_version = roster_version + 1 where id = 0;
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.chain_digest(salt bytea, content jsonb)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
AS $function$
      select sha256(salt || convert_to(content::text, 'UTF8'))
    $function$
;
CREATE OR REPLACE FUNCTION public.chain_hash(before bytea, digest bytea, n bigint, at timestamp with time zone)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
AS $function$
      select sha256(coalesce(before, '') || digest || int8send(n)
        || int8send((extract(epoch from at) * 1000000)::bigint))
    $function$
;
CREATE OR REPLACE FUNCTION public.chained(journal agent_act)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
      select jsonb_build_object('kind', 'agent_act', 'school', journal.school_id, 'id', journal.id,
        'at', extract(epoch from journal.at), 'agent', journal.agent_address_id,
        'act', journal.act, 'reason', journal.reason)
    $function$
;
CREATE OR REPLACE FUNCTION public.chained(journal audit)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
      select jsonb_build_object('kind', 'audit', 'school', journal.school_id, 'id', journal.id,
        'at', extract(epoch from journal.at), 'actor', journal.actor_address_id,
        'act', journal.act, 'subject', journal.subject)
    $function$
;
CREATE OR REPLACE FUNCTION public.join_chain()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    declare
      chain constant integer := case tg_argv[0] when 'town' then 0 else new.school_id end;
      entered constant text := current_setting('preau.school', true);
      content jsonb;
    begin
      perform pg_advisory_xact_lock(7326002, c.chain) from (
        select unnest(string_to_array(current_setting('preau.chains'), ','))::integer as chain
        order by 1
      ) c;
      perform set_config('preau.school', chain::text, true);
      execute 'select chained($1)' into content using new;
      perform link_to_chain(chain, tg_table_name, new.id, content, clock_timestamp());
      perform set_config('preau.school', coalesce(entered, ''), true);
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.leaver_is_due()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    insert into due (kind, school_id, row_id, at) select 'leaver', school_id, account_id, left_on - interval '14 hours' from changed
    on conflict (kind, school_id, row_id) do update set at = excluded.at;
    return null;
  end $function$
;
CREATE OR REPLACE FUNCTION public.link_to_chain(chain integer, kind text, row_id bigint, content jsonb, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
    declare
      before record;
      next bigint;
      salt constant bytea := uuid_send(gen_random_uuid());
      digest constant bytea := chain_digest(salt, content);
    begin
      select l.n, l.hash into before from chain_link l where l.school_id = chain
        order by l.n desc limit 1;
      next := coalesce(before.n, 0) + 1;
      insert into chain_link (school_id, n, at, kind, row_id, salt, digest, hash)
      values (chain, next, at, kind, row_id, salt, digest,
        chain_hash(before.hash, digest, next, at));
    end $function$
;
CREATE OR REPLACE FUNCTION public.note_gone_body()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        insert into gone_body (object, at) values (old.object, now())
        on conflict (object) do update set at = excluded.at;
        return null;
      end
    $function$
;
CREATE OR REPLACE FUNCTION public.pictures_are_due()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      insert into due (kind, school_id, row_id, at)
      select 'pictures', c.school_id, c.class_id, greatest(now(), max(c.from_date)::timestamptz) from changed c
      cross join lateral (select a.id from account a where a.school_id = c.school_id and a.address_id = c.address_id limit 1) who
      cross join lateral (select from picture_code p where p.school_id = c.school_id and p.account_id = who.id limit 1) code
      where c.role = 'pupil' and (c.until_date is null or c.until_date >= current_date)
      group by c.school_id, c.class_id
      on conflict (kind, school_id, row_id) do update set at = case when excluded.at <= now() then now() else least(due.at, excluded.at) end;
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.put_off_no_more()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      delete from due d using gone g
      where d.kind = 'put-off' and d.school_id = g.school_id and d.row_id = g.id;
      return null;
    end $function$
;
CREATE OR REPLACE FUNCTION public.require_room(accounts bigint[], bytes bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
    declare
      of_school integer := nullif(current_setting('preau.school', true), '')::integer;
      too_full bigint;
    begin
      select account.id into too_full
      from (
          select mailbox.account_id, sum(mailbox.bytes)::bigint as used
          from mailbox
          where mailbox.school_id = of_school and mailbox.account_id = any(accounts)
          group by mailbox.account_id
        ) held
        join account on account.school_id = of_school and account.id = held.account_id
      where held.used + require_room.bytes > account.quota_bytes
      limit 1;
      if too_full is not null then
        raise exception using errcode = 'PR002', message = 'account ' || too_full;
      end if;
    end $function$
;
CREATE OR REPLACE FUNCTION public.require_rosters(schools integer[], versions bigint[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
    declare moved integer;
    begin
      select wanted.id into moved from unnest(schools, versions) as wanted (id, version) left join school using (id)
        where coalesce(school.roster_version, 0) <> wanted.version limit 1;
      if moved is not null then
        raise exception using errcode = 'PR001', message = 'school ' || moved;
      end if;
    end $function$
;
CREATE OR REPLACE FUNCTION public.school_journals(schools integer[], before bigint, most integer, who bigint[], acts text[], first_at timestamp with time zone, end_at timestamp with time zone, accounts jsonb, addresses jsonb)
 RETURNS TABLE(school integer, id bigint, at timestamp with time zone, actor bigint, act text, subject jsonb)
 LANGUAGE plpgsql
AS $function$
    declare
      seen text := coalesce(current_setting('preau.school', true), '');
    begin
      foreach school in array schools loop
        perform set_config('preau.school', school::text, true);
        return query
          select a.school_id, a.id, a.at, a.actor_address_id, a.act, a.subject
          from audit a
          where a.school_id = school_journals.school
            and a.id < before
            and a.act not like 'report%'
            and (who is null or a.actor_address_id = any(who))
            and (acts is null or a.act = any(acts))
            and (first_at is null or a.at >= first_at)
            and (end_at is null or a.at < end_at)
            and (accounts is null or accounts @> (a.subject -> 'account') or exists (
              select
              from jsonb_path_query(a.subject, '$.people[*]') as p (id)
              where addresses @> p.id
            ))
          order by a.id desc
          limit most;
      end loop;
      perform set_config('preau.school', seen, true);
    end $function$
;
CREATE OR REPLACE FUNCTION public.school_states(at timestamp with time zone)
 RETURNS TABLE(id integer, pupils integer, people integer, without_code integer, heads integer, heads_never_in integer, head_seen_at timestamp with time zone, listed_at timestamp with time zone, questions integer)
 LANGUAGE plpgsql
AS $function$
    declare
      seen text := coalesce(current_setting('preau.school', true), '');
    begin
      for id in select school.id from school where school.id > 0 order by school.id loop
        perform set_config('preau.school', id::text, true);
        select count(*) filter (where a.role = 'pupil'),
          count(*) filter (where a.role <> 'guardian'),
          count(*) filter (where a.role <> 'guardian' and a.password_hash is null
            and p.account_id is null and c.account_id is null),
          count(*) filter (where a.role = 'head'),
          count(*) filter (where a.role = 'head' and a.password_hash is null)
        into pupils, people, without_code, heads, heads_never_in
        from account a
          left join picture_code p on p.school_id = a.school_id and p.account_id = a.id
          and p.expires_at > at
          left join activation_code c on c.school_id = a.school_id and c.account_id = a.id
          and c.expires_at > at and c.used_at is null
        where a.school_id = school_states.id and a.state = 'active';
        select max(s.seen_at) into head_seen_at
        from account a join session s on s.school_id = a.school_id and s.account_id = a.id
        where a.school_id = school_states.id and a.role = 'head' and a.state = 'active';
        select max(i.applied_at) into listed_at
        from roster_import i
        where i.school_id = school_states.id and i.state = 'applied';
        select count(*) into questions
        from roster_question q
        where q.school_id = school_states.id and q.state = 'open';
        return next;
      end loop;
      perform set_config('preau.school', seen, true);
    end $function$
;
CREATE OR REPLACE FUNCTION public.take_sign_in(account bytea, place bytea, network bytea, service bytea, known bytea, is_known boolean, limits jsonb, at timestamp with time zone)
 RETURNS TABLE(may boolean, seconds double precision, why text, tries double precision, holds boolean)
 LANGUAGE plpgsql
AS $function$
    declare
      a throttle; p throttle; n throttle; s throttle;
      spent double precision;
      free double precision;
      is_guarded boolean;
    begin
      perform set_config('synchronous_commit', 'off', true);
      is_known := is_known or exists (select from known_place k where k.key = known and k.seen_at > at - (limits->>'knownDays')::integer * interval '1 day');
      select * into s from throttle where key = service;
      is_guarded := throttle_left(s.failures, s.updated_at, (limits->>'serviceDrain')::float8, at) > (limits->>'serviceFree')::float8;
      free := (case when is_guarded then limits->>'networkGuarded' else limits->>'networkFree' end)::float8;
      holds := false;
      for attempt in 1 .. 2 loop
        if attempt = 2 then
          -- Whoever holds the account's counter has its places to themselves: they are touched by nobody else.
          insert into throttle (key, failures, blocked_until, updated_at) values (account, 0, at - interval '1 hour', at) on conflict do nothing;
          perform from throttle where key = account for update;
          insert into throttle (key, failures, blocked_until, updated_at) values (place, 0, at - interval '1 hour', at) on conflict do nothing;
          if holds then
            perform from throttle where key = network for update;
          end if;
        end if;
        select * into a from throttle where key = account;
        select * into p from throttle where key = place;
        select * into n from throttle where key = network;
        spent := throttle_left(n.failures, n.updated_at, (limits->>'networkDrain')::float8, at);
        select w.wait, w.reason into seconds, why from (values
          (extract(epoch from a.blocked_until - at), 'account'),
          (extract(epoch from n.blocked_until - at), 'network'),
          (case when is_guarded and spent > free then extract(epoch from n.updated_at - at) + (limits->>'networkMost')::float8 end, 'whole')
        ) w (wait, reason) where w.wait > 0 order by w.wait desc limit 1;
        seconds := coalesce(seconds, 0);
        may := seconds = 0 or (is_known and (p.key is null or p.blocked_until <= at));
        holds := seconds = 0 and coalesce(spent > free, false);
        tries := throttle_left(p.failures, p.updated_at, 0, at) + 1;
        if not may then
          return next;
          return;
        end if;
      end loop;
      if seconds = 0 then
        update throttle set failures = h.height, updated_at = at,
          blocked_until = throttle_until(h.height, (limits->>'accountFree')::float8, (limits->>'accountMost')::float8, at)
          from (select least(throttle_left(a.failures, a.updated_at, 0, at) + 1, 1000) as height) h where key = account;
      end if;
      update throttle set failures = least(tries, 1000), updated_at = at,
        blocked_until = throttle_until(tries, (limits->>'placeFree')::float8, (limits->>'placeMost')::float8, at) where key = place;
      if holds then
        update throttle set failures = spent, updated_at = at, blocked_until = throttle_until(spent, free, (limits->>'networkMost')::float8, at)
          where key = network;
      end if;
      return next;
    end $function$
;
CREATE OR REPLACE FUNCTION public.throttle_add(counter bytea, cost double precision, free double precision, drain double precision, most double precision, at timestamp with time zone)
 RETURNS TABLE(height double precision, told boolean)
 LANGUAGE plpgsql
AS $function$
  declare
    was throttle;
  begin
    perform set_config('synchronous_commit', 'off', true);
    insert into throttle (key, failures, blocked_until, updated_at) values (counter, 0, at - interval '1 hour', at) on conflict do nothing;
    select * into was from throttle where key = counter for update;
    height := greatest(0, least(throttle_left(was.failures, was.updated_at, drain, at) + cost, free + 10));
    told := cost > 0 and height > free and (was.told_at is null or was.told_at < at - interval '1 hour');
    update throttle set failures = height, updated_at = at,
      blocked_until = case when cost > 0 then greatest(was.blocked_until, throttle_until(height, free, most, at)) else was.blocked_until end,
      told_at = case when told then at else was.told_at end where key = counter;
    return next;
  end $function$
;
CREATE OR REPLACE FUNCTION public.throttle_left(failures double precision, updated_at timestamp with time zone, drain double precision, at timestamp with time zone)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE
AS $function$
    select case when updated_at is null or updated_at < at - interval '1 hour' then 0
      else greatest(0, failures - drain * extract(epoch from at - updated_at)) end
  $function$
;
CREATE OR REPLACE FUNCTION public.throttle_until(height double precision, free double precision, most double precision, at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE
AS $function$
    select case when height <= free then at - interval '1 hour' else at + make_interval(secs => least(most, power(2, least(height - free, 20)))) end
  $function$
;
CREATE OR REPLACE FUNCTION public.will_join_chain()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    declare
      chain constant text := case tg_argv[0] when 'town' then '0' else new.school_id::text end;
      chains constant text[] :=
        string_to_array(nullif(current_setting('preau.chains', true), ''), ',');
    begin
      if chain = any(chains) then return new; end if;
      perform set_config('preau.chains', array_to_string(chains || chain, ','), true);
      return new;
    end $function$
;

CREATE CONSTRAINT TRIGGER join_chain AFTER INSERT ON public.agent_act DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION join_chain('town');
CREATE CONSTRAINT TRIGGER join_chain AFTER INSERT ON public.audit DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION join_chain('school');
CREATE TRIGGER bump_on_arrive AFTER UPDATE ON public.address REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION bump_roster_of_address();
CREATE TRIGGER bump_on_communes AFTER UPDATE OF communes ON public.account FOR EACH STATEMENT EXECUTE FUNCTION bump_roster();
CREATE TRIGGER bump_on_insert AFTER INSERT ON public.address REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION bump_roster_of_address();
CREATE TRIGGER bump_on_leave AFTER UPDATE ON public.address REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION bump_roster_of_address();
CREATE TRIGGER bump_roster AFTER INSERT OR DELETE OR UPDATE OF role, display_name, given_name, family_name, civility, face, portrait, state, paused_until, hours, reads, level, charter_at, paper_at, photo_allowed ON public.account FOR EACH STATEMENT EXECUTE FUNCTION bump_roster();
CREATE TRIGGER bump_roster AFTER INSERT OR DELETE OR UPDATE ON public.absence FOR EACH STATEMENT EXECUTE FUNCTION bump_roster();
CREATE TRIGGER bump_roster AFTER INSERT OR DELETE OR UPDATE ON public.accompaniment FOR EACH STATEMENT EXECUTE FUNCTION bump_roster();
CREATE TRIGGER bump_roster AFTER INSERT OR DELETE OR UPDATE ON public.class FOR EACH STATEMENT EXECUTE FUNCTION bump_roster();
CREATE TRIGGER bump_roster AFTER INSERT OR DELETE OR UPDATE ON public.class_link FOR EACH STATEMENT EXECUTE FUNCTION bump_roster();
CREATE TRIGGER bump_roster AFTER INSERT OR DELETE OR UPDATE ON public.correspondent FOR EACH STATEMENT EXECUTE FUNCTION bump_roster();
CREATE TRIGGER bump_roster AFTER INSERT OR DELETE OR UPDATE ON public.guardianship FOR EACH STATEMENT EXECUTE FUNCTION bump_roster();
CREATE TRIGGER bump_roster AFTER INSERT OR DELETE OR UPDATE ON public.kept_apart FOR EACH STATEMENT EXECUTE FUNCTION bump_roster();
CREATE TRIGGER bump_roster AFTER INSERT OR DELETE OR UPDATE ON public.membership FOR EACH STATEMENT EXECUTE FUNCTION bump_roster();
CREATE TRIGGER bump_roster AFTER INSERT OR DELETE OR UPDATE ON public.post FOR EACH STATEMENT EXECUTE FUNCTION bump_roster();
CREATE TRIGGER bump_rosters AFTER UPDATE OF pupil_mail_stopped, pupil_mail_stopped_until ON public.commune FOR EACH ROW EXECUTE FUNCTION bump_rosters_of_commune();
CREATE TRIGGER bump_settings BEFORE UPDATE OF slug, name, domain, time_zone, pupil_mail_stopped, outside_forbidden, pupils_reach_all_teachers, opening, closes_on, sites, charter, family_first ON public.school FOR EACH ROW EXECUTE FUNCTION bump_own_roster();
CREATE TRIGGER bump_stop BEFORE UPDATE OF pupil_mail_stopped_until, commune_id ON public.school FOR EACH ROW EXECUTE FUNCTION bump_own_roster();
CREATE TRIGGER bump_town_roster AFTER INSERT OR DELETE OR UPDATE ON public.school_holiday FOR EACH STATEMENT EXECUTE FUNCTION bump_town_roster();
CREATE TRIGGER bump_town_roster AFTER INSERT OR UPDATE OF holiday_zone ON public.town FOR EACH STATEMENT EXECUTE FUNCTION bump_town_roster();
CREATE TRIGGER bump_ways BEFORE UPDATE OF closed_ways ON public.school FOR EACH ROW EXECUTE FUNCTION bump_own_roster();
CREATE TRIGGER due_no_more AFTER DELETE ON public.put_off_letter REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION put_off_no_more();
CREATE TRIGGER due_on_insert AFTER INSERT ON public.leaver REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION leaver_is_due();
CREATE TRIGGER due_on_update AFTER UPDATE ON public.leaver REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION leaver_is_due();
CREATE TRIGGER gone_body AFTER DELETE ON public.away_body FOR EACH ROW EXECUTE FUNCTION note_gone_body();
CREATE TRIGGER pictures_on_insert AFTER INSERT ON public.membership REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pictures_are_due();
CREATE TRIGGER pictures_on_update AFTER UPDATE ON public.membership REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pictures_are_due();
CREATE TRIGGER will_join_chain BEFORE INSERT ON public.agent_act FOR EACH ROW EXECUTE FUNCTION will_join_chain('town');
CREATE TRIGGER will_join_chain BEFORE INSERT ON public.audit FOR EACH ROW EXECUTE FUNCTION will_join_chain('school');

create extension unaccent;
