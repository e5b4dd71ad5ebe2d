import pg from 'pg';
import { whatTableKeeps } from './what-tables-keep.ts';

/** What PostgreSQL's types are to the store (`typeParser` of store.ts). */
const TYPES: Readonly<Record<string, string>> = {
  bigint: 'number',
  integer: 'number',
  smallint: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  text: 'string',
  uuid: 'string',
  tsvector: 'string',
  int8multirange: 'string',
  bytea: 'Buffer',
  date: 'Day',
  jsonb: 'Json<unknown>',
  'timestamp with time zone': 'Date',
};

/** Numbers that name a row, by the table that they name it of, and so by the column's name. */
const IDS: Readonly<Record<string, string>> = {
  school: 'SchoolId',
  account: 'AccountId',
  address: 'AddressId',
  app_password: 'AppPasswordId',
  class: 'ClassId',
  class_phrase: 'PhraseId',
  hold: 'HoldId',
  letter_template: 'TemplateId',
  mailbox: 'MailboxId',
  message: 'MessageId',
  own_group: 'OwnGroupId',
  notice: 'NoticeId',
  paper: 'PaperId',
  wall_item: 'WallItemId',
  cupboard: 'CupboardId',
  cupboard_item: 'CupboardItemId',
  week_lesson: 'WeekLessonId',
  week_special: 'WeekSpecialId',
  week_need: 'WeekNeedId',
  hand_in_box: 'BoxId',
  hand_in_file: 'HandedFileId',
  notebook_page: 'NotebookPageId',
};

/** What the catalogue doesn't say: what is in a JSON, and words that no check holds to a list. */
const SAID_HERE: Readonly<Record<string, string>> = {
  'account.comfort': 'Json<Comfort>',
  'account.hours': 'Json<OwnHours>',
  'account.portrait': 'Portrait',
  'entry.sender_role': 'Role',
  'held_elsewhere.rule': 'RuleName',
  'address.present_in': 'SchoolId[]',
  'hold.asked': '0 | 1 | 2',
  'hold.outcome_rule': 'ReasonName',
  'hold.rule': 'RuleName',
  'last_act.by': "'message' | 'conversation'",
  'move_wish.lines': 'Json<readonly PupilLine[]>',
  'message.attachments': 'Json<readonly Attachment[]>',
  'message.envelope': 'Json<Envelope>',
  'message.folded': '(string | null)[]',
  'message.junk_signs': 'JunkSign[]',
  'message.sender_role': 'Role',
  'message.structure': 'Json<Part>',
  'night_job.counts': 'Json<NightCounts>',
  'outbox.notify': 'Notify[]',
  'own_group.pupils': 'AddressId[]',
  'isolation_proof.doors': 'Json<Partial<Readonly<Record<Door, DoorTally>>>>',
  'isolation_proof.differences': 'Json<readonly IsolationDifference[]>',
  'roster_batch.unknown': 'Json<readonly string[]>',
  'roster_batch_school.outcome': 'Json<BatchOutcome>',
  'roster_draft.choices': 'Json<KeptChoices>',
  'roster_import.lines': 'Json<ImportLines>',
  'roster_import.report': 'Json<KeptReport>',
  'roster_import.summary': 'Json<Readonly<Record<string, number>>>',
  'roster_mapping.mapping': 'Json<ColumnMapping>',
  'put_off_letter.back_to': 'MailboxId',
  'report.came_from': 'Json<readonly CameFrom[]>',
  'report.read_by': 'AddressId[]',
  'report.told': 'AddressId[]',
  'report.writer_role': 'Role',
  'school.closed_ways': 'Json<readonly ClosedWay[]>',
  'school.opening': 'Json<Opening>',
  'school.quotas': 'Json<RoleQuotas>',
  'school.sites': 'Json<Partial<SiteChoice>>',
  'school_import.content': 'Json<SchoolList>',
  'school_import.choices': 'Json<Partial<SchoolChoices>>',
  'school_import.done': 'Json<SchoolsDone>',
  'site_update.trouble': 'SiteTrouble',
  'town.contacts': 'Json<Contacts>',
  'notice_words.letter': 'LetterId',
  'paper_version.letter': 'LetterId',
  'last_act.deed': 'DeedName',
  'last_act.changes': 'Json<readonly ActChange[]>',
  'wall_book.items': 'WallItemId[]',
  'hand_in.box_id': 'BoxId',
  'hand_in_file.box_id': 'BoxId',
  'notebook_page.box_id': 'BoxId',
  'notebook_page.box_school': 'SchoolId',
  'cupboard_version.item_id': 'CupboardItemId',
  'cupboard_item.path': 'CupboardItemId[]',
  'cupboard_item.parent_id': 'CupboardItemId',
  'cupboard_item.thrown_with': 'CupboardItemId',
};

const HEAD = `/**
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
type GeneratedJson<T> = ColumnType<T, JsonOf<T> | undefined, JsonOf<T>>;`;

const WIDTH = 100;

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly isArray: boolean;
  readonly isNullable: boolean;
  /** Whether PostgreSQL fills it in always, or where nothing is given. */
  readonly filled: 'always' | 'default' | null;
  /** What the table is held to where it looks at this column alone. */
  readonly checks: readonly string[];
  readonly comment: string | null;
  readonly tableComment: string | null;
}

const COLUMNS = `
  select c.relname as "table",
    a.attname as "column",
    format_type(case when a.attndims > 0 then t.typelem else t.oid end, null) as type,
    a.attndims > 0 as "isArray",
    not a.attnotnull as "isNullable",
    case when a.attidentity <> '' or a.attgenerated <> '' then 'always'
      when a.atthasdef then 'default'
    end as filled,
    array(
      select pg_get_constraintdef(k.oid)
      from pg_constraint k
      where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
    ) as checks,
    col_description(c.oid, a.attnum) as comment,
    obj_description(c.oid, 'pg_class') as "tableComment"
  from pg_class c
    join pg_attribute a on a.attrelid = c.oid
    and a.attnum > 0
    and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'public'::regnamespace
    and c.relkind in ('r', 'p')
    and c.relname not like 'kysely%'
  order by c.relname collate "C", a.attnum`;

/**
 * The tables of a migrated database as types: `core/store/tables.ts`. There are generators, and
 * none that takes words from a check and knows one id from another.
 */
export async function schemaTypes(adminUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Column>(COLUMNS);
    const tables = [...Map.groupBy(rows, ({ table }) => table)];
    const lines = tables.flatMap(([, columns]) => tableOf(columns));
    return `${HEAD}\n\nexport interface Database {\n${lines.join('\n')}\n}\n`;
  } finally {
    await client.end();
  }
}

function tableOf(columns: readonly Column[]): string[] {
  const [{ table, tableComment } = { table: '', tableComment: null }] = columns;
  const lines = columns.flatMap((column) => [
    ...commentOf(column.comment),
    `${column.column}: ${typeOf(column)};`,
  ]);
  const short = `  ${table}: { ${lines.join(' ').replace(/;$/, '')} };`;
  const isShort = short.length <= WIDTH && !short.includes('/**');
  return [
    ...commentOf(whatTableKeeps(table, tableComment).sentence).map((comment) => `  ${comment}`),
    isShort ? short : `  ${table}: {\n${filled(lines)}\n  };`,
  ];
}

const commentOf = (comment: string | null): string[] =>
  comment === null ? [] : [`/** ${comment} */`];

function typeOf(column: Column): string {
  const { isArray, isNullable, filled: by } = column;
  const said = SAID_HERE[`${column.table}.${column.column}`];
  const one = said ?? wordsOf(column) ?? idOf(column) ?? TYPES[column.type];
  if (one === undefined) throw new Error(`nobody says what a ${column.type} is`);
  const several = isArray && said === undefined ? `${one.includes("'") ? `(${one})` : one}[]` : one;
  const type = isNullable ? `${several} | null` : several;
  if (by === 'always') return `GeneratedAlways<${type}>`;
  if (by === null) return type;
  return one.startsWith('Json<') ? `Generated${type}` : `Generated<${type}>`;
}

/** The words of a check that lists them. */
function wordsOf({ checks }: Column): string | null {
  const list = checks.find((check) => /= ANY \(ARRAY\[|<@ '\{/.test(check));
  if (list === undefined) return null;
  const words = / <@ '\{(.*)\}'/.exec(list)?.[1]?.split(',') ?? list.match(/'[^']+'(?=::text)/g);
  return (words ?? []).map((word) => `'${word.replaceAll("'", '')}'`).join(' | ');
}

function idOf({ table, column, type }: Column): string | null {
  if (type !== 'bigint' && type !== 'integer') return null;
  if (column === 'uid') return 'Uid';
  if (column === 'id') return IDS[table] ?? null;
  if (/(^|_)by$/.test(column)) return 'AddressId';
  const of =
    /(?:^|_)(school|account|address|class|cupboard|mailbox|message|notice|paper|week_lesson|week_need)_ids?$/.exec(
      column,
    )?.[1];
  return of === undefined ? null : (IDS[of] ?? null);
}

/** As many columns on a line as there is room for. */
function filled(columns: readonly string[]): string {
  const lines: string[] = [];
  for (const column of columns) {
    const last = lines.at(-1);
    const goesOn = last !== undefined && /^ {4}\w/.test(last) && !column.startsWith('/**');
    if (goesOn && last.length + column.length < WIDTH) lines.push(`${lines.pop()} ${column}`);
    else lines.push(...broken(`    ${column}`));
  }
  return lines.join('\n');
}

/** A column that is wider than a line goes on below, indented. */
function broken(line: string): string[] {
  if (line.length <= WIDTH) return [line];
  const at = line.lastIndexOf(' ', WIDTH);
  return [line.slice(0, at), ...broken(`      ${line.slice(at + 1)}`)];
}
