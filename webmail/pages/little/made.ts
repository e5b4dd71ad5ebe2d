import { newLetterId } from '../../../core/ground/ids.ts';
import type { WithPhrases } from '../../../core/mail/phrases/contract.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { DraftOutcome, Upload, Writing } from '../../../core/mail/writing/contract.ts';
import { leftOutSentence } from '../../components/left-out.ts';
import { windowIn } from '../../components/letter-hand.ts';
import type { Visit } from '../../frame/visit.ts';
import type { Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { MAKINGS, type MakingKind } from './says.ts';
import { askedIn, meantBy, type Addressee, type TowardsPart } from './towards.ts';
import { unsentPage } from './unsent.ts';
import { waveIn } from './wave.ts';

/** What a letter holds: said by its address, so that one step back leads where it was made. */
export type LetterKind = MakingKind | 'phrase';

/** What was made, by the address of a page; a phrase where it says nothing. */
export const madeBy = (asked: unknown): LetterKind =>
  MAKINGS.find((making) => making === asked) ?? 'phrase';

/**
 * POST /write of a little one: somebody is chosen and what they get; a phrase is a whole letter,
 * anything else is made on its own page.
 */
export async function beginLittle(
  visit: Visit<TowardsPart & WithPhrases>,
  form: Form,
): Promise<Answer> {
  const meant = await meantBy(visit, askedIn(form));
  if (meant === null) return { kind: 'go', to: '/write' };
  const making = MAKINGS.find((one) => one === field(form, 'act'));
  if (making !== undefined) return { kind: 'go', to: `/write/${making}?${meant.query}` };
  const phrase = await visit.core.phrases.letter(visit.viewer, field(form, 'phrase'));
  if (phrase === null) return { kind: 'go', to: `/write?${meant.query}` };
  const { words, picture } = phrase;
  const thing = { subject: words, text: words, file: picture };
  return looked(visit, meant, { saved: await keep(visit, { meant, form, thing }), made: 'phrase' });
}

/**
 * POST /write/draw, /write/voice and /write/photo: what was made, or a file in its place. While it
 * is being drawn the page keeps it at each pause, and is told what became of it.
 */
export async function keepMade(
  visit: Visit<TowardsPart & WithMail<'erase'>>,
  making: MakingKind,
  form: Form,
): Promise<Answer> {
  const meant = await meantBy(visit, askedIn(form));
  if (meant === null) return { kind: 'go', to: '/write' };
  const isPause = field(form, 'pause') !== '';
  const [given] = form.files;
  const isEmpty = given === undefined || given.bytes.length === 0;
  if (isEmpty && isPause) return emptied(visit, meant);
  const words = visit.texts.littleWrite;
  const back = `/write/${making}?${meant.query}`;
  if (form.leftOut.length > 0) return unsentPage(visit, { say: words.unsent.tooBig, back });
  if (isEmpty) return unsentPage(visit, { say: words.unsent.empty, back });
  const file = MARKED[making](visit, given);
  const { subject, text } = LETTERS[making](visit);
  const saved = await keep(visit, { meant, form, thing: { subject, text, file } });
  const wave = waveIn(field(form, 'wave'));
  if (!isPause || !isWhole(saved)) return looked(visit, meant, { saved, made: making, wave });
  return { kind: 'told', words: { letter: saved.letter } };
}

/** A fresh sheet: the draft of it goes, so that nothing empty lies at home. */
async function emptied(
  { core, viewer }: Visit<WithMail<'erase'>>,
  { draft }: Addressee,
): Promise<Answer> {
  if (draft !== null) await core.mail.erase(viewer, draft.ref.mailbox, [draft.ref.uid]);
  return { kind: 'told', words: {} };
}

/** What our own paper and recorder have made is known by a mark. */
const MARKED: Readonly<Record<MakingKind, (visit: Visit<TowardsPart>, given: Upload) => Upload>> = {
  draw: ({ core }, given) => core.writings.drawing(given),
  voice: ({ core }, given) => core.writings.recording(given),
  photo: (_visit, given) => given,
};

const LETTERS: Readonly<Record<MakingKind, (visit: Visit) => Pick<Writing, 'subject' | 'text'>>> = {
  draw: ({ texts }) => texts.littleWrite.studio,
  voice: ({ texts }) => texts.littleWrite.booth,
  photo: ({ texts }) => texts.littleWrite.camera,
};

interface Thing extends Pick<Writing, 'subject' | 'text'> {
  readonly file: Upload;
}

interface MadeLetter {
  readonly meant: Addressee;
  readonly form: Form;
  readonly thing: Thing;
}

/**
 * Keeps it as a draft, which one looks at before anybody gets it; also where the rules have changed
 * while it was made, as when the charter is to be said yes to first: nothing is lost by that.
 */
function keep(
  visit: Visit<TowardsPart>,
  { meant, form, thing: { subject, text, file } }: MadeLetter,
): Promise<DraftOutcome> {
  const { draft, answerTo } = meant;
  const letter = meant.letter ?? newLetterId();
  return visit.core.writings.keep(
    visit.viewer,
    {
      to: [meant.to],
      cc: [],
      subject: meant.subject ?? subject,
      text,
      answers: 'sender',
      answerTo,
      ...(field(form, 'on') === '' ? {} : { drawnOn: field(form, 'on') }),
    },
    {
      hand: { letter, previous: draft?.ref ?? null, ...windowIn(form) },
      add: [file],
      drop: draft?.attachments.map(({ path }) => path) ?? [],
    },
  );
}

type Kept = Exclude<DraftOutcome, { readonly kind: 'sent' }>;
const isWhole = (saved: DraftOutcome): saved is Kept =>
  saved.kind !== 'sent' && saved.leftOut.length === 0;

interface SavedLetter {
  readonly saved: DraftOutcome;
  readonly made: LetterKind;
  readonly wave?: string | null;
}

/** To the page where one looks at it, or what is wrong with it. */
function looked(
  visit: Visit<TowardsPart>,
  meant: Addressee,
  { saved, made, wave = null }: SavedLetter,
): Answer {
  if (saved.kind === 'sent') return { kind: 'go', to: `/write/sent/${meant.letter ?? ''}` };
  const [refused] = saved.leftOut;
  if (refused !== undefined)
    return unsentPage(visit, {
      say: leftOutSentence(visit, refused.outcome),
      back: `/write/${made === 'phrase' ? '' : made}?${meant.query}`,
    });
  const shown = wave === null ? '' : `&wave=${wave}`;
  return { kind: 'go', to: `/write/letter/${saved.letter}?made=${made}${shown}` };
}
