import type { LineReason } from './reason-names.ts';
import { ENGLISH } from './reasons-en.ts';
import { FRENCH } from './reasons-fr.ts';

const REASONS = { fr: FRENCH, en: ENGLISH } as const;

/** Lines that are no mistake: nothing has to be corrected, they are only shown. */
const HARMLESS: ReadonlySet<string> = new Set<LineReason>([
  'footer',
  'host-organisation',
  'pupil-struck-off',
  'line-twice',
]);

/** Whether a refused line needs nobody's hand. */
export function isHarmless(reason: string): boolean {
  return HARMLESS.has(reason);
}

interface ReasonAt {
  readonly reason: string;
  readonly at: { readonly file: string; readonly line: number; readonly column: string | null };
  readonly cell?: string;
}

/**
 * The sentence for a refused line or an unreadable file, in the reader's language; an unknown name
 * (written by a later version) reads as `csv-broken`. Plain text: whoever puts it into a page
 * escapes it.
 */
export function importSentence(refused: ReasonAt, language: 'fr' | 'en'): string {
  const reasons: Readonly<Record<string, string>> = REASONS[language];
  const words: Readonly<Record<string, string>> = {
    line: String(refused.at.line),
    column: refused.at.column ?? '',
    file: refused.at.file,
    cell: refused.cell ?? '',
  };
  return (reasons[refused.reason] ?? REASONS[language]['csv-broken']).replace(
    /\{(\w+)\}/g,
    (whole, word: string) => words[word] ?? whole,
  );
}
