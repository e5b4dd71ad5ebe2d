import { randomUUID } from 'node:crypto';
import type { WithPhrases } from '../../../core/mail/phrases/contract.ts';
import type { LetterId, Upload, Writing } from '../../../core/mail/writing/contract.ts';
import { leftOutSentence } from '../../components/left-out.ts';
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
  return kept(visit, meant, { made: 'phrase', subject: words, text: words, file: picture });
}

/** POST /write/draw, /write/voice and /write/photo: what was made, or a file in its place. */
export async function keepMade(
  visit: Visit<TowardsPart>,
  making: MakingKind,
  form: Form,
): Promise<Answer> {
  const meant = await meantBy(visit, askedIn(form));
  if (meant === null) return { kind: 'go', to: '/write' };
  const [given] = form.files;
  const words = visit.texts.littleWrite;
  const back = `/write/${making}?${meant.query}`;
  if (form.leftOut.length > 0) return unsentPage(visit, { say: words.unsent.tooBig, back });
  if (given === undefined || given.bytes.length === 0)
    return unsentPage(visit, { say: words.unsent.empty, back });
  const file = making === 'draw' ? visit.core.writings.drawing(given) : given;
  const { subject, text } = LETTERS[making](visit);
  const wave = waveIn(field(form, 'wave'));
  return kept(visit, meant, { made: making, subject, text, file, wave });
}

const LETTERS: Readonly<Record<MakingKind, (visit: Visit) => Pick<Writing, 'subject' | 'text'>>> = {
  draw: ({ texts }) => texts.littleWrite.studio,
  voice: ({ texts }) => texts.littleWrite.booth,
  photo: ({ texts }) => texts.littleWrite.camera,
};

interface Thing extends Pick<Writing, 'subject' | 'text'> {
  readonly made: LetterKind;
  readonly file: Upload;
  readonly wave?: string | null;
}

/**
 * Keeps it as a draft, which one looks at before anybody gets it; also where the rules have changed
 * while it was made, as when the charter is to be said yes to first: nothing is lost by that.
 */
async function kept(
  visit: Visit<TowardsPart>,
  meant: Addressee,
  { made, subject, text, file, wave = null }: Thing,
): Promise<Answer> {
  const { draft } = meant;
  const letter = draft?.letter ?? (randomUUID() as LetterId);
  const saved = await visit.core.writings.keep(
    visit.viewer,
    {
      to: [meant.to],
      cc: [],
      subject: meant.subject ?? subject,
      text,
      answers: 'sender',
      answerTo: meant.answerTo,
    },
    {
      hand: { letter, previous: draft?.ref ?? null, window: randomUUID(), turn: 0 },
      add: [file],
      drop: draft?.attachments.map(({ path }) => path) ?? [],
    },
  );
  if (saved.kind === 'sent') return { kind: 'go', to: `/write/sent/${letter}` };
  const [refused] = saved.leftOut;
  if (refused !== undefined)
    return unsentPage(visit, {
      say: leftOutSentence(visit, refused.outcome),
      back: `/write/${made === 'phrase' ? '' : made}?${meant.query}`,
    });
  const shown = wave === null ? '' : `&wave=${wave}`;
  return { kind: 'go', to: `/write/letter/${saved.letter}?made=${made}${shown}` };
}
