import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type {
  Applied,
  Preview,
  Previewed,
  Question,
  ColumnMapping,
  RosterFile,
  Rosters,
  RosterWish,
  SchoolId,
  Undone,
} from '../../core/core.ts';
import { Fault } from '../../core/fault.ts';
import { COMMAND_LINE } from '../../core/imports/contract.ts';
import { reportCsv, reportRows } from '../../core/imports/report.ts';
import { importSentence } from '../../core/roster/reasons.ts';
import { drawReport } from '../../webmail/sheets/draw-sheet.ts';
import { readySheetsFolder, writeSheets } from './sheets.ts';

/** What the command was asked. */
export interface RosterOrder {
  /** A file or a folder; with `all`, a folder of folders named by school. */
  readonly path: string;
  readonly schools: { readonly kind: 'one'; readonly slug: string } | { readonly kind: 'all' };
  readonly year: string;
  readonly act: 'dry-run' | 'apply';
  readonly retyped: number | null;
  readonly decisions: Readonly<Record<string, string>>;
  /** Which column of a table of no known header is what; null takes what the school used last. */
  readonly columns: ColumnMapping | null;
  /** Where the report goes, a `.csv` or a `.pdf`; null: nowhere. */
  readonly report: string | null;
  /** Where the codes of those without a way in go, as sheets; null: no codes are made. */
  readonly sheets: {
    readonly folder: string;
    /** Where the pages are seen from, as it stands on paper. */
    readonly place: string;
  } | null;
}

/**
 * What scripts see: 0 done (or previewed, and could be done), 1 refused or broken, 2 nothing to
 * change, 3 stopped until somebody says more.
 */
export const EXIT = { done: 0, refused: 1, nothing: 2, stopped: 3 } as const;

export interface SchoolOutcome {
  readonly school: string;
  readonly outcome: Applied['kind'] | Previewed['kind'] | 'unreadable';
  readonly preview: Preview | null;
  /** Codes that were made and written down. */
  readonly codes: number;
  /** One sentence for a person, in French and English. */
  readonly sentence: string;
  readonly exit: (typeof EXIT)[keyof typeof EXIT];
}

const MOST_FILES = 300;
const MOST_BYTES = 100_000_000;

/**
 * Previews or applies the files of one school, or of all schools one after another, each in its own
 * transaction. Throws a `Fault` 'configuration' with a sentence where the path or the school isn't
 * there. `progress` is told each school that is done.
 */
export async function runRoster(
  rosters: Rosters,
  order: RosterOrder,
  progress: (done: number, of: number, outcome: SchoolOutcome) => void,
): Promise<readonly SchoolOutcome[]> {
  const sets = setsOf(order);
  if (order.sheets !== null) readySheetsFolder(order.sheets.folder);
  const schools: { readonly slug: string; readonly path: string; readonly id: SchoolId }[] = [];
  for (const { slug, path } of sets) {
    const id = await rosters.schoolOf(slug);
    if (id === null)
      throw refused(`Il n’y a pas d’école « ${slug} ». / There is no school “${slug}”.`);
    schools.push({ slug, path, id });
  }
  const outcomes: SchoolOutcome[] = [];
  for (const { slug, path, id } of schools) {
    const wish: RosterWish = {
      school: id,
      files: filesIn(path),
      mapping: order.columns,
      exported: null,
      year: order.year,
      decisions: order.decisions,
      retyped: order.retyped,
      by: COMMAND_LINE,
    };
    outcomes.push(
      order.act === 'apply'
        ? await applied(rosters, order, { slug, wish })
        : outcomeOf(slug, await rosters.preview(wish), 0),
    );
    progress(outcomes.length, schools.length, outcomes.at(-1) as SchoolOutcome);
  }
  if (order.report !== null) await writeReport(order.report, outcomes);
  return outcomes;
}

async function writeReport(path: string, outcomes: readonly SchoolOutcome[]): Promise<void> {
  const schools = outcomes.map(({ school, sentence, preview }) => ({
    school,
    sentence,
    rows: preview === null ? [] : reportRows(preview, 'fr'),
  }));
  if (!path.toLowerCase().endsWith('.pdf')) return writeFileSync(path, reportCsv(schools, 'fr'));
  const many = schools.length > 1;
  const rows = schools.flatMap(({ school, rows: own }) =>
    own.map((row) => (many ? { ...row, said: `${school} : ${row.said}` } : row)),
  );
  const lead = schools.map(({ school, sentence }) => `${school} : ${sentence}`).join('\n');
  writeFileSync(
    path,
    await drawReport({
      title: `Import des listes, ${many ? `${schools.length} écoles` : (schools[0]?.school ?? '')}`,
      lead,
      language: 'fr',
      rows,
    }),
  );
}

/**
 * The exit code of several schools: the worst that happened; nothing to change only where no school
 * had anything.
 */
export function exitOf(outcomes: readonly SchoolOutcome[]): number {
  const exits = outcomes.map(({ exit }) => exit);
  if (exits.includes(EXIT.refused)) return EXIT.refused;
  if (exits.includes(EXIT.stopped)) return EXIT.stopped;
  return exits.length > 0 && exits.every((exit) => exit === EXIT.nothing)
    ? EXIT.nothing
    : EXIT.done;
}

function setsOf({
  path,
  schools,
}: RosterOrder): { readonly slug: string; readonly path: string }[] {
  const isFolder = statOf(path).isDirectory();
  if (schools.kind === 'one') return [{ slug: schools.slug, path }];
  if (!isFolder)
    throw refused(
      `--all : « ${path} » n’est pas un dossier de dossiers d’écoles. / is not a folder of schools’ folders.`,
    );
  const found = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
  if (found.length === 0)
    throw refused(`« ${path} » ne contient aucun dossier d’école. / holds no school’s folder.`);
  return found.map((name) => ({ slug: name.toLowerCase(), path: join(path, name) }));
}

/** The files of a folder, not those of its folders; or the one file. */
function filesIn(path: string): RosterFile[] {
  if (!statOf(path).isDirectory()) return [{ name: basename(path), bytes: readFileSync(path) }];
  const names = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
  const bytes = names.reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
  if (names.length > MOST_FILES || bytes > MOST_BYTES)
    throw refused(
      `« ${path} » : trop de fichiers pour une école. / too many files for one school.`,
    );
  return names.map((name) => ({ name, bytes: readFileSync(join(path, name)) }));
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch {
    throw refused(
      `« ${path} » ne se lit pas : le chemin est-il juste ? / can’t be read: is the path right?`,
    );
  }
}

async function applied(
  rosters: Rosters,
  { sheets }: RosterOrder,
  { slug, wish }: { readonly slug: string; readonly wish: RosterWish },
): Promise<SchoolOutcome> {
  const answer = await rosters.apply(wish, sheets === null ? 'without-codes' : 'with-codes');
  const made = 'sheets' in answer ? answer.sheets : [];
  return outcomeOf(
    slug,
    answer,
    sheets === null ? 0 : await writeSheets(made, { ...sheets, school: slug }),
  );
}

function outcomeOf(school: string, answer: Applied | Previewed, codes: number): SchoolOutcome {
  const preview = 'preview' in answer ? answer.preview : null;
  const said =
    codes === 0
      ? ''
      : ` ${codes} codes sont dans le dossier des feuilles, et nulle part ailleurs. / ${codes} codes are in the folder of sheets, and nowhere else.`;
  return {
    school,
    outcome: answer.kind,
    preview,
    codes,
    sentence: `${sentenceOf(answer)}${said}`,
    exit: exitFor(answer),
  };
}

function exitFor(answer: Applied | Previewed): SchoolOutcome['exit'] {
  if (answer.kind === 'applied' || answer.kind === 'rehearsed') return EXIT.done;
  if (answer.kind === 'nothing') return EXIT.nothing;
  if (answer.kind !== 'stopped' && answer.kind !== 'preview') return EXIT.refused;
  if (answer.preview.stops.some(isRefusal)) return EXIT.refused;
  if (answer.preview.stops.length > 0) return EXIT.stopped;
  return answer.preview.nothingToDo ? EXIT.nothing : EXIT.done;
}

const NOTHING_CHANGES =
  'Rien ne change : le fichier dit ce que l’école sait déjà. / Nothing changes: the file says what the school knows already.';

/** A file that no answer makes right. */
function isRefusal({ kind }: Preview['stops'][number]): boolean {
  return kind === 'other-school' || kind === 'nobody';
}

function sentenceOf(answer: Applied | Previewed): string {
  const counts = 'preview' in answer ? countsOf(answer.preview) : { fr: '', en: '' };
  switch (answer.kind) {
    case 'unreadable':
      return `${importSentence(answer, 'fr')} / ${importSentence(answer, 'en')}`;
    case 'no-school':
      return 'Cette école n’existe pas. / There is no such school.';
    case 'wrong-year':
      return `--year : ${answer.running} ou ${answer.next} est attendu. / ${answer.running} or ${answer.next} is expected.`;
    case 'nothing':
      return NOTHING_CHANGES;
    case 'stopped':
      return stopSentence(answer.preview);
    case 'rehearsed':
      return `Prêt pour le ${answer.day} ; rien ne change d’ici là. ${counts.fr} / Ready for ${answer.day}; nothing changes until then. ${counts.en}`;
    case 'applied':
      return `Fait. ${counts.fr} / Done. ${counts.en}`;
    case 'preview':
      return answer.preview.nothingToDo && !answer.rehearsal
        ? NOTHING_CHANGES
        : answer.preview.stops.length > 0
          ? `${counts.fr} / ${counts.en}\n${stopSentence(answer.preview)}`
          : `${counts.fr} Rien n’est encore fait. / ${counts.en} Nothing is done yet.`;
    default:
      return answer satisfies never;
  }
}

function countsOf(preview: Preview): { readonly fr: string; readonly en: string } {
  const {
    arrives,
    leaves,
    movesClass,
    changesSchool,
    joins,
    refused: lines,
    kept,
    unchanged,
  } = preview;
  const stay =
    kept.length === 0
      ? { fr: '', en: '' }
      : {
          fr: `${kept.length} restent malgré une ligne refusée, `,
          en: `${kept.length} stay in spite of a refused line, `,
        };
  return {
    fr: `+${arrives.length} arrivées, -${leaves.length} départs, ${movesClass.length} changements de classe, ${changesSchool.length} d’école, ${joins.length} rattachés, ${lines.length} lignes refusées, ${stay.fr}${unchanged} inchangées.`,
    en: `+${arrives.length} arrive, -${leaves.length} leave, ${movesClass.length} change class, ${changesSchool.length} school, ${joins.length} join, ${lines.length} lines refused, ${stay.en}${unchanged} unchanged.`,
  };
}

function stopSentence({ stops, questions }: Preview): string {
  // Whoever is told that it is another school's file isn't asked to type the number of those who
  // leave.
  return (stops.some(isRefusal) ? stops.filter(isRefusal) : stops)
    .map((stop) => {
      switch (stop.kind) {
        case 'many-leave': {
          const [people, ties] = [stop.leaving - stop.parted, stop.parted];
          const [fr, en] =
            ties === 0
              ? ['', '']
              : [`, ${ties} liens de famille qui cessent`, `, ${ties} family ties end`];
          return `${people} départs sur ${stop.of}${fr} : est-ce bien la liste complète ? Si oui, ajoutez --retype ${stop.leaving}. / ${people} of ${stop.of} leave${en}: is this the whole list? If so, add --retype ${stop.leaving}.`;
        }
        case 'other-school':
          return 'Ce fichier est celui d’une autre école : rien n’en est pris. / This file is another school’s: nothing of it is used.';
        case 'nobody':
          return 'Aucune ligne de ce fichier ne peut servir. / No line of this file can be used.';
        case 'undecided':
          return `${stop.count} personnes sont à reconnaître (--decide FICHIER.json) : / people are to be told apart: ${questions
            .filter(({ preset }) => preset === null)
            .map(questionText)
            .join(' ; ')}`;
        default:
          return stop satisfies never;
      }
    })
    .join('\n');
}

function questionText({ key, about, options }: Question): string {
  return `"${key}" ${about.name} = ${[...options.map(({ address }) => address), 'new', 'skip'].join(' | ')}`;
}

/** What undoing came to, as a sentence, with its exit code. */
export function undoSentence(undone: Undone): { readonly sentence: string; readonly exit: number } {
  switch (undone.kind) {
    case 'undone':
      return {
        sentence: 'Annulé : tout est comme avant l’import. / Undone: all is as before the import.',
        exit: EXIT.done,
      };
    case 'nothing-to-undo':
      return {
        sentence: 'Il n’y a rien à annuler. / There is nothing to undo.',
        exit: EXIT.nothing,
      };
    case 'too-late':
      return {
        sentence:
          'L’import a plus de 30 jours : il ne s’annule plus. / The import is more than 30 days old: it can’t be undone.',
        exit: EXIT.refused,
      };
    case 'mail-would-be-lost':
      return {
        sentence: `Rien n’est annulé : ${undone.addresses.length} boîtes créées par cet import ont déjà du courrier. / Nothing is undone: ${undone.addresses.length} boxes that it made have mail.`,
        exit: EXIT.refused,
      };
    case 'changed-since':
      return {
        sentence: `Rien n’est annulé : ${undone.rows} lignes ont changé depuis. / Nothing is undone: ${undone.rows} rows have changed since.`,
        exit: EXIT.refused,
      };
    default:
      return undone satisfies never;
  }
}

/**
 * Reads the answers to questions: `{"eleves.csv:12": "lina.moreau@…"}`. Throws a `Fault`
 * 'configuration' for anything else.
 */
export function readDecisions(path: string): Readonly<Record<string, string>> {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (
      typeof read === 'object' &&
      read !== null &&
      Object.values(read).every((value) => typeof value === 'string')
    )
      return { ...read } as Record<string, string>;
  } catch {
    // said below
  }
  throw refused(
    `--decide : « ${path} » doit être un objet JSON comme {"eleves.csv:12": "new"}. / must be a JSON object such as {"eleves.csv:12": "new"}.`,
  );
}

function refused(sentence: string): Fault {
  return new Fault('configuration', sentence, { transient: false });
}
