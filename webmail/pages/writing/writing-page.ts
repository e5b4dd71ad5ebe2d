import type { ClassId } from '../../../core/ground/ids.ts';
import type { Colleagues } from '../../../core/mail/groups/contract.ts';
import type { MessageView } from '../../../core/mail/reading/contract.ts';
import type { OfferedTemplates, TemplateSaved } from '../../../core/mail/templates/contract.ts';
import type {
  Draft,
  Reachable,
  SecondLooked,
  Writing,
} from '../../../core/mail/writing/contract.ts';
import type { Refusal } from '../../../core/rules/outcome.ts';
import type { ClassLetter } from '../../../core/school/teaching/contract.ts';
import type { DrawnOn } from '../../components/drawing-pad.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import type { Recipient } from '../../frame/recipients.ts';
import type { Into } from './chips.ts';
import type { LetterPage } from './letter-form.ts';

/** Everything the writing page shows. */
export interface WritingPage {
  readonly surroundings: PageSurroundings;
  readonly writing: Writing;
  /** The draft behind it, once it was kept. */
  readonly draft: Draft | null;
  readonly page: LetterPage;
  /** Whom a child may pick from; nobody for adults, who ask for people. */
  readonly reach: readonly Reachable[];
  /** What an adult writes to most, offered in one touch. */
  readonly quick: readonly Reachable[];
  readonly recipients: readonly Recipient[];
  readonly copies: readonly Recipient[];
  /** It goes to those who have not read the last letter to their class. */
  readonly isReminder: boolean;
  /** How many people get the letter, each counted once. */
  readonly people: number;
  /** Recipients of the draft who may no longer be written to, left out of a child's page. */
  readonly gone: number;
  /** Who was looked for without a script, for which field; everybody for an empty text. */
  readonly search: {
    readonly text: string;
    readonly into: Into;
    readonly found: readonly Reachable[];
  } | null;
  /** How many bytes of files fit into the letter. */
  readonly roomBytes: number;
  /** When what a child writes now leaves, where the school is closed. */
  readonly opensAt: Date | null;
  /** When what an adult writes to families and pupils leaves, where it waits for their hours. */
  readonly evening: Date | null;
  /** The drawing that the answer is drawn on; null where nobody asked for that. */
  readonly drawnOn: DrawnOn | null;
  /** What a child answers, to have it in view. */
  readonly answered: MessageView | null;
  readonly complaints: readonly Complaint[];
  /** What a pupil is asked to read again before the letter goes. */
  readonly second: SecondLooked | null;
  /** Whom a family or a pupil may write to, and when they answer. */
  readonly hours: readonly {
    readonly address: string;
    readonly name: string;
    /** « Répond du lundi au vendredi, de 8 h à 18 h ». */
    readonly sentence: string;
  }[];
  /** What was last written to the class that this goes to. */
  readonly letter: { readonly class: ClassId; readonly last: ClassLetter } | null;
  /** Who else teaches the viewer's classes, and may have a copy; nobody for children. */
  readonly colleagues: Colleagues | null;
  /** Letters to begin with; null for pupils and families. */
  readonly templates: OfferedTemplates | null;
}

/** What the page says went wrong, each with its sentence in the texts. */
export type Complaint =
  | { readonly kind: 'nobody' }
  /** What became of a template that was to be made of the letter. */
  | {
      readonly kind: 'template';
      readonly title: string;
      readonly outcome: TemplateSaved['kind'];
    }
  /** The day or the hour is none, or is over. */
  | { readonly kind: 'when' }
  /** No day to come by which an answer is wanted. */
  | { readonly kind: 'await' }
  /** Another window has changed the draft: this one's words are a draft of their own by now. */
  | { readonly kind: 'apart' }
  | { readonly kind: 'left-out'; readonly name: string; readonly sentence: string }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** A writing with nothing in it yet. */
export const EMPTY: Writing = {
  to: [],
  cc: [],
  subject: '',
  text: '',
  answers: 'sender',
  answerTo: null,
};
