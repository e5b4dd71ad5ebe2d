import { dayInWords } from '../../core/roster/days.ts';
import type { Preview, RosterQuestion } from '../../core/roster/preview.ts';
import { importSentence } from '../../core/roster/reasons.ts';
import type { ApplyOutcome, PreviewOutcome, Undone } from '../../core/school/imports/contract.ts';
import type { OpenQuestion } from '../../core/school/imports/questions/contract.ts';
import { EXIT, isRefusal, type Exit } from '../exits.ts';

/** What is wrong with a command line, or with what it names. */
export const WRONG = {
  noSuchSchool: (slug: string) =>
    `Il n’y a pas d’école « ${slug} ». / There is no school “${slug}”.`,
  schoolFlag: (slug: string) =>
    `--school : il n’y a pas d’école « ${slug} ». / there is no school “${slug}”.`,
  schoolMissing: 'Il faut --school. / --school is needed.',
  schoolOrAll: 'Il faut --school ou --all, pas les deux. / --school or --all is needed, not both.',
  dryRunOrApply:
    'Il faut --dry-run ou --apply, pas les deux. / --dry-run or --apply is needed, not both.',
  yearMissing: 'Il faut --year, par exemple 2026-2027. / --year is needed, such as 2026-2027.',
  sheetsWithoutApply: '--sheets va avec --apply. / --sheets goes with --apply.',
  noSuchDay: (day: string) =>
    `--day : rien n’attend, ou « ${day} » n’est pas un jour à venir entre les vacances d’avant cette année scolaire et sa fin. / nothing waits, or “${day}” is no day to come between the holidays before that school year and its end.`,
  noFolder: (path: string) =>
    `--all : « ${path} » n’est ni un dossier d’écoles, ni un zip. / is neither a folder of schools nor a zip.`,
  emptyFolder: (path: string) => `« ${path} » ne contient aucun fichier. / holds no file.`,
  tooManyFiles: (path: string) =>
    `« ${path} » : trop de fichiers pour une école. / too many files for one school.`,
  noSuchPath: (path: string) =>
    `« ${path} » ne se lit pas : le chemin est-il juste ? / can’t be read: is the path right?`,
  decisions: (path: string) =>
    `--decide : « ${path} » doit être un objet JSON comme {"eleves.csv:12": "new"}. / must be a JSON object such as {"eleves.csv:12": "new"}.`,
  columns: (what: string, known: string) =>
    `--columns : « ${what} » n’est pas compris. Par exemple family=Nom,given=Prénom,class=Classe ; connus : ${known}. / isn’t understood; known: ${known}.`,
} as const;

/** At the head of the report on paper. */
export const reportTitle = (schools: readonly { readonly school: string }[]): string =>
  `Import des listes, ${schools.length > 1 ? `${schools.length} écoles` : (schools[0]?.school ?? '')}`;

interface RollOverFacts {
  readonly year: string;
  readonly day: string;
  readonly classes: number;
  readonly stopped: unknown;
}

/** When next year's roster begins. */
export function rollOverSentence(facts: RollOverFacts | null): string {
  if (facts === null) return 'aucun passage n’attend / no roll-over waits';
  const stopped =
    facts.stopped === null ? '' : ` — arrêté / stopped: ${JSON.stringify(facts.stopped)}`;
  return `${facts.year} : ${facts.day}, ${facts.classes} classes${stopped}`;
}

/** A file of which lines are refused says more than the school knows. */
function nothingSentence({ refused }: Preview): string {
  return refused.length === 0
    ? 'Rien ne change : le fichier dit ce que l’école sait déjà. / Nothing changes: the file says what the school knows already.'
    : 'Rien ne change : des lignes lues, l’école sait déjà tout. / Nothing changes: the school knows already all that the lines say which were read.';
}

/** How many lines are refused, and where each stands with its reason. */
function refusedSentence({ refused }: Preview): string {
  const count = refused.length;
  return count === 0
    ? ''
    : `\n${count} lignes refusées : --report FICHIER.csv dit lesquelles et pourquoi. / ${count} lines refused: --report FILE.csv says which and why.`;
}

/** What came of a school's files; refused lines are named whatever it was. */
export function sentenceOf(answer: ApplyOutcome | PreviewOutcome): string {
  const said = outcomeSentence(answer);
  return 'preview' in answer ? `${said}${refusedSentence(answer.preview)}` : said;
}

function outcomeSentence(answer: ApplyOutcome | PreviewOutcome): string {
  const counts = 'preview' in answer ? countsOf(answer.preview) : { fr: '', en: '' };
  switch (answer.kind) {
    case 'unreadable':
      return `${importSentence(answer, 'fr')} / ${importSentence(answer, 'en')}`;
    case 'no-school':
      return 'Cette école n’existe pas. / There is no such school.';
    case 'school-closed':
      return `Cette école ferme le ${dayInWords(answer.day, 'fr')} : sa liste ne peut plus être importée. / This school closes on ${dayInWords(answer.day, 'en')}: its list can’t be imported any more.`;
    case 'wrong-year':
      return `--year : ${answer.running} ou ${answer.next} est attendu. / ${answer.running} or ${answer.next} is expected.`;
    case 'nothing':
      return `${nothingSentence(answer.preview)}${waitSentence(answer.preview)}`;
    case 'stopped':
      return stopSentence(answer.preview);
    case 'rehearsed':
      return `Prêt pour le ${answer.day} ; rien ne change d’ici là. ${counts.fr} / Ready for ${answer.day}; nothing changes until then. ${counts.en}`;
    case 'applied':
      return `Fait. ${counts.fr} / Done. ${counts.en}${waitSentence(answer.preview)}${asideSentence(answer.preview)}`;
    case 'preview':
      return answer.preview.nothingToDo && !answer.rehearsal
        ? nothingSentence(answer.preview)
        : previewSentence(answer.preview, counts);
    default:
      return answer satisfies never;
  }
}

function previewSentence(preview: Preview, counts: ReturnType<typeof countsOf>): string {
  return preview.stops.length > 0
    ? `${counts.fr} / ${counts.en}\n${stopSentence(preview)}`
    : `${counts.fr} Rien n’est encore fait. / ${counts.en} Nothing is done yet.${asideSentence(preview)}`;
}

/** Where the questions of a school wait. */
function waitSentence({ questions }: Preview): string {
  const asked = questions.filter(({ preset }) => preset === null).length;
  return asked === 0
    ? ''
    : `\n${asked} lignes attendent une réponse sur la page « Qui est qui ? » de l’école, 60 jours au plus (preau roster questions). / ${asked} lines wait for an answer on the school’s page “Who is who?”, 60 days at most.`;
}

/** The columns that are not read, those that seem to say who somebody is first. */
function asideSentence({ leftAside }: Preview): string {
  const named = (about: (typeof leftAside)[number]['about']): string =>
    leftAside
      .filter((one) => one.about === about)
      .map(({ file, column }) => `« ${column} » (${file})`)
      .join(', ');
  const [role, school, others] = [named('role'), named('school'), named(null)];
  return [
    role === ''
      ? ''
      : `\nATTENTION, rôle non lu : ${role}. Chaque ligne entre selon sa liste, quoi que dise cette colonne. / BEWARE, role not read: each row comes in as its list says.`,
    school === ''
      ? ''
      : `\nATTENTION, école non lue : ${school}. Tout entre dans cette école. / BEWARE, school not read: all come into this school.`,
    others === '' ? '' : `\nColonnes laissées de côté / columns left aside: ${others}.`,
  ].join('');
}

/** Files whose school isn't known: who gave them says which. */
export function straySentence({
  schools,
}: {
  readonly schools: readonly { readonly slug: string; readonly name: string }[];
}): string {
  if (schools.length === 0)
    return 'École inconnue : ni son UAI, ni son nom court, ni son nom. Rien n’en est pris ; donnez ces fichiers avec --school. / Unknown school: neither its UAI nor its short name nor its name. Nothing of it is used; give these files with --school.';
  const names = schools.map(({ slug, name }) => `${slug} (${name})`).join(', ');
  return `Plusieurs écoles se nomment ainsi : ${names}. Rien n’en est pris ; donnez ces fichiers avec --school. / Several schools are called so; give these files with --school.`;
}

/** One question of a school, for `preau roster questions`. */
export function openQuestionSentence(question: OpenQuestion): string {
  const { name, evidence, choices, proposed } = question;
  const clues = [evidence?.email, ...(evidence?.phones ?? []), evidence?.home, evidence?.birthDate];
  const told = clues.filter((one) => typeof one === 'string').join(', ');
  const words = choices.map((one) => one.address ?? one.name).join(' | ');
  const proposal = proposed === null ? '' : ` → ${proposedWord(question)}`;
  return `${name}${told === '' ? '' : ` (${told})`} = ${words} | new | skip${proposal}`;
}

function proposedWord({ proposed, choices }: OpenQuestion): string {
  if (proposed === null || proposed.kind !== 'person') return proposed?.kind ?? '';
  const chosen = choices.find(({ id }) => id === proposed.choice);
  return chosen?.address ?? chosen?.name ?? '';
}

export const questionsSentence = (count: number): string =>
  count === 0
    ? 'Aucune question n’attend. / No question waits.'
    : `${count} questions attendent. / ${count} questions wait.`;

/** Said after an answer where codes were made. */
export function codesSentence(codes: number): string {
  return ` ${codes} codes sont dans le dossier des feuilles, et nulle part ailleurs. / ${codes} codes are in the folder of sheets, and nowhere else.`;
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
    questions,
    unchanged,
  } = preview;
  const asked = questions.filter(({ preset }) => preset === null).length;
  const wait =
    asked === 0
      ? { fr: '', en: '' }
      : { fr: `${asked} questions qui attendent, `, en: `${asked} questions that wait, ` };
  const stay =
    kept.length === 0
      ? { fr: '', en: '' }
      : {
          fr: `${kept.length} restent malgré une ligne refusée, `,
          en: `${kept.length} stay in spite of a refused line, `,
        };
  const others = [preview.renamed, preview.levels, preview.civilities, preview.photos];
  const corrected = others.reduce((sum, list) => sum + list.length, 0);
  const other =
    corrected === 0
      ? { fr: '', en: '' }
      : {
          fr: `${corrected} noms, niveaux, civilités ou autorisations photo, `,
          en: `${corrected} names, levels, titles or photo authorisations, `,
        };
  return {
    fr: `+${arrives.length} arrivées, -${leaves.length} départs, ${movesClass.length} changements de classe, ${changesSchool.length} d’école, ${joins.length} rattachés, ${other.fr}${lines.length} lignes refusées, ${wait.fr}${stay.fr}${unchanged} inchangées.`,
    en: `+${arrives.length} arrive, -${leaves.length} leave, ${movesClass.length} change class, ${changesSchool.length} school, ${joins.length} join, ${other.en}${lines.length} lines refused, ${wait.en}${stay.en}${unchanged} unchanged.`,
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
        case 'many-arrive':
          return `${stop.arriving} arrivées dans une école de ${stop.of} personnes : est-ce bien sa liste ? Si oui, ajoutez --arrivals ${stop.arriving}. / ${stop.arriving} people arrive in a school of ${stop.of}: is this its list? If so, add --arrivals ${stop.arriving}.`;
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

function questionText({ key, about, options }: RosterQuestion): string {
  return `"${key}" ${about.name} = ${[...options.map(({ address }) => address), 'new', 'skip'].join(' | ')}`;
}

/** What undoing came to, as a sentence, with its exit code. */
export function undoSentence(undone: Undone): { readonly sentence: string; readonly exit: Exit } {
  switch (undone.kind) {
    case 'undone':
      return {
        sentence: 'Annulé : tout est comme avant l’import. / Undone: all is as before the import.',
        exit: EXIT.done,
      };
    case 'another-since':
      return {
        sentence:
          'Rien n’est annulé : un autre import a été fait depuis. / Nothing is undone: another import was done since.',
        exit: EXIT.refused,
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
        sentence: `Rien n’est annulé : ${undone.addresses.length} boîtes créées par cet import ont déjà du courrier ou des documents. / Nothing is undone: ${undone.addresses.length} boxes that it made have mail or files.`,
        exit: EXIT.refused,
      };
    case 'classes-in-use':
      return {
        sentence: `Rien n’est annulé : ces classes créées par l’import servent déjà : ${undone.classes.join(', ')}. / Nothing is undone: these classes that it made are in use: ${undone.classes.join(', ')}.`,
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
