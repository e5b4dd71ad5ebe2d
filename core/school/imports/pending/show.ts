import { createHmac } from 'node:crypto';
import type { Language, SchoolId } from '../../../ground/ids.ts';
import { dayInWords } from '../../../roster/days.ts';
import type { Preview, RosterQuestion } from '../../../roster/preview.ts';
import { importSentence, isHarmless } from '../../../roster/reasons.ts';
import type { DraftChoices } from '../../../store/schools/contract.ts';
import type { Unusable } from '../contract.ts';
import type { RosterSchool, ShownPreview } from './contract.ts';

/** Who reads: an agent sees all schools, a head nothing of another one. */
interface Reader {
  readonly language: Language;
  /** Names of schools that may be named. */
  readonly schools: ReadonlyMap<SchoolId, string>;
  readonly isAgent: boolean;
  /** Of the service: what stands for a hidden address tells nothing of it. */
  readonly secret: Buffer;
}

/** Before what stands for an address that the reader is not shown. */
export const ELSEWHERE = 'elsewhere-';

/** What stands for a child of another school in a head's answers. */
function veilOf({ secret }: Reader, address: string): string {
  return `${ELSEWHERE}${createHmac('sha256', secret).update(`veil\0${address}`).digest('hex').slice(0, 24)}`;
}

/**
 * A preview as this reader may see it: sentences for what was refused; for a head no child of
 * another school, nor which school it is.
 */
export function shownTo(reader: Reader, preview: Preview): ShownPreview {
  return {
    ...preview,
    refused: preview.refused.map((one) => ({
      ...one,
      sentence: importSentence(one, reader.language),
      harmless: isHarmless(one.reason),
    })),
    changesSchool: preview.changesSchool.map((one) =>
      reader.isAgent
        ? { ...one, fromSchool: reader.schools.get(one.fromSchool) ?? null }
        : { ...one, fromSchool: null, address: null },
    ),
    questions: reader.isAgent
      ? preview.questions
      : preview.questions.map((one) => veiled(reader, one)),
  };
}

function veiled(reader: Reader, question: RosterQuestion): RosterQuestion {
  if (question.about.kind !== 'pupil') return question;
  return {
    ...question,
    options: question.options.map((one) =>
      one.here
        ? one
        : {
            address: veilOf(reader, one.address),
            name: '',
            className: null,
            here: false,
            sameAs: null,
          },
    ),
  };
}

/**
 * Answers with the addresses that a head was not shown. An answer that none of the questions offers
 * is left out.
 */
export function unveiled(
  reader: Reader,
  questions: readonly RosterQuestion[],
  decisions: DraftChoices['decisions'],
): DraftChoices['decisions'] {
  const byKey = new Map(questions.map((question) => [question.key, question]));
  return Object.fromEntries(
    Object.entries(decisions).flatMap(([key, word]) => {
      const question = byKey.get(key);
      if (question === undefined) return [];
      const hidden = word.startsWith(ELSEWHERE)
        ? question.options.find(({ address }) => veilOf(reader, address) === word)
        : undefined;
      return [[key, hidden?.address ?? word]];
    }),
  );
}

/** The same answers as this reader may see them. */
export function veiledDecisions(
  reader: Reader,
  questions: readonly RosterQuestion[],
  decisions: DraftChoices['decisions'],
): DraftChoices['decisions'] {
  if (reader.isAgent) return decisions;
  const byKey = new Map(questions.map((question) => [question.key, question]));
  return Object.fromEntries(
    Object.entries(decisions).map(([key, word]) => {
      const question = byKey.get(key);
      const hidden =
        question?.about.kind === 'pupil'
          ? question.options.find(({ address, here }) => !here && address === word)
          : undefined;
      return [key, hidden === undefined ? word : veilOf(reader, hidden.address)];
    }),
  );
}

/** Questions of two looks, each once: those that are answered don't show in the second. */
export function allQuestions(
  one: readonly RosterQuestion[],
  other: readonly RosterQuestion[],
): RosterQuestion[] {
  const keys = new Set(one.map(({ key }) => key));
  return [...one, ...other.filter(({ key }) => !keys.has(key))];
}

export function readerOf(
  viewer: { readonly language: Language; readonly role: string },
  schools: readonly RosterSchool[],
  secret: Buffer,
): Reader {
  return {
    secret,
    language: viewer.language,
    isAgent: viewer.role === 'agent',
    schools: new Map(schools.map(({ id, name }) => [id, name])),
  };
}

const UNUSABLE = {
  fr: {
    'no-school': 'Cette école n’existe pas.',
    'school-closed': (day: string) =>
      `Cette école ferme le ${day} : sa liste ne peut plus être importée. Si elle reste ouverte, retirez d’abord sa fermeture.`,
    'wrong-year': (running: string, next: string) =>
      `Choisissez l’année en cours (${running}) ou la suivante (${next}).`,
  },
  en: {
    'no-school': 'There is no such school.',
    'school-closed': (day: string) =>
      `This school closes on ${day}: its list can’t be imported any more. If it stays open, take its closing back first.`,
    'wrong-year': (running: string, next: string) =>
      `Choose the running school year (${running}) or the next (${next}).`,
  },
} as const;

/** Why nothing can be made of files, in the reader's language. */
export function unusableSentence(why: Unusable, language: Language): string {
  switch (why.kind) {
    case 'unreadable':
      return importSentence(why, language);
    case 'no-school':
      return UNUSABLE[language]['no-school'];
    case 'school-closed':
      return UNUSABLE[language]['school-closed'](dayInWords(why.day, language));
    case 'wrong-year':
      return UNUSABLE[language]['wrong-year'](why.running, why.next);
    default:
      return why satisfies never;
  }
}
