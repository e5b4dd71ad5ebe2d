import type { Uid } from '../../../core/ground/ids.ts';
import { isKeyOf } from '../../../core/ground/keys.ts';
import { partAtQuote } from '../../../core/letters/message/quoted.ts';
import { chunksOf, heardPart, piecesOf } from '../../../core/letters/message/spoken.ts';
import type { SpeechAnswer, WithVoice } from '../../../core/letters/voice/contract.ts';
import type { MessageView, WithMail } from '../../../core/mail/reading/contract.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import { calledOf } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, withLines, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';

/** A sentence of ours is no longer, and a name much shorter. */
const SAID_CHARACTERS = 300;
const ANSWER_MARK = /^\s*(re|rép|ré|aw|fwd?|tr)\s*:\s*/i;

/** What is read of a letter, as far as a reader sees it. */
type Readable = Pick<MessageView, 'from' | 'subject' | 'text' | 'preview'>;

/** All that is heard of a letter, in pieces: who wrote it, its title, its words. */
function heardOf(letter: Readable): readonly string[] {
  return [calledOf(letter.from), ...piecesOf(textOf(letter))];
}

/** Its title and its words, without those of the letter that it answers. */
function textOf({ subject, text, preview }: Readable): string {
  const title = ANSWER_MARK.test(subject) ? '' : subject.trim();
  return `${title}\n\n${partAtQuote(heardPart(text ?? preview)).said}`;
}

/** What stands in it behind that, which is shown alone. */
function restOf({ text, preview }: Readable): string {
  const words = text ?? preview;
  return words.slice(heardPart(words).length).trim();
}

/** Pieces are counted from 1, which is the name of who wrote. */
const AFTER_NAME = 2;

/** The words of a letter, each piece marked by its number, so that what is said can be lit. */
export function litWords(letter: Readable): Html[] {
  let next = AFTER_NAME;
  const rest = restOf(letter);
  const lit = textOf(letter)
    .split(/\n\s*\n/u)
    .map((paragraph) => {
      const chunks = chunksOf(paragraph, next);
      next = chunks.reduce((last, { piece }) => (piece === null ? last : piece + 1), next);
      return chunks;
    })
    .filter((chunks) => chunks.length > 0)
    .map(
      (chunks) => html`
        <p>
          ${chunks.map(({ text, piece }) =>
            piece === null
              ? html`
                  ${text}${' '}
                `
              : html`
                  <span data-piece="${piece}">${text}</span>
                  ${' '}
                `,
          )}
        </p>
      `,
    );
  if (rest === '') return lit;
  return [
    ...lit,
    html`
      <p>${withLines(rest)}</p>
    `,
  ];
}

/** Has the server begin a letter that lies open: a finger then finds its first words there. */
export function prepareHearing(
  { core, viewer }: Visit<WithVoice<'prepare'>>,
  letter: Readable,
): void {
  const [, words] = heardOf(letter);
  if (words !== undefined) core.voice.prepare(viewer, words, 'fr');
}

type LetterPart = WithMail<'mailboxes' | 'read' | 'markRead'> & WithVoice;
interface OneLetter {
  readonly mailbox: string;
  readonly uid: Uid;
}

/**
 * GET /mail/:mailbox/:uid/voice/:piece: a piece of the letter, read aloud; with ?marks=1 when each
 * word begins. Letters are in French, in any language of the pages.
 */
export async function pieceHeard(
  visit: Visit<LetterPart>,
  letter: OneLetter,
  { piece, marks }: { readonly piece: number; readonly marks: unknown },
): Promise<Answer> {
  const words = (await hear(visit, letter))?.[piece - 1];
  if (words === undefined) return MISSING;
  const { voice } = visit.core;
  if (marks !== '1') return heard(await voice.speak(visit.viewer, words, 'fr'));
  return marked(await voice.marks(visit.viewer, words, 'fr'));
}

/** GET /mail/:mailbox/:uid/voice: all of a letter in one, for a browser without scripts. */
export async function letterHeard(visit: Visit<LetterPart>, letter: OneLetter): Promise<Answer> {
  const pieces = await hear(visit, letter);
  return pieces === null ? MISSING : heard(await visit.core.voice.read(visit.viewer, pieces, 'fr'));
}

/** GET /mail/:mailbox/:uid/voice/words: the same in words, for a voice of the browser's own. */
export async function wordsHeard(visit: Visit<LetterPart>, letter: OneLetter): Promise<Answer> {
  const pieces = await hear(visit, letter);
  if (pieces === null) return MISSING;
  const counted = pieces.map((words, at) => [String(at + 1), words] as const);
  return { kind: 'told', words: Object.fromEntries(counted) };
}

/** The pieces of a letter that is the reader's; null for any other. Hearing it is reading it. */
async function hear(
  visit: Visit<LetterPart>,
  { mailbox, uid }: OneLetter,
): Promise<readonly string[] | null> {
  const { mail } = visit.core;
  const chosen = chosenMailbox(visit, await mail.mailboxes(visit.viewer), mailbox);
  const letter = chosen && (await mail.read(visit.viewer, chosen.mailbox.id, uid));
  if (!chosen || !letter) return null;
  if (!letter.seen)
    await mail.markRead(visit.viewer, { mailbox: chosen.mailbox.id, uid, by: 'message' });
  return heardOf(letter);
}

/** GET /says/:saying: what one can do on a page, read aloud in the language of the pages. */
export async function sayingHeard(visit: Visit<WithVoice>, name: string): Promise<Answer> {
  if (!isKeyOf(visit.texts.little.says, name)) return MISSING;
  const { viewer, texts, core } = visit;
  return heard(await core.voice.speak(viewer, texts.little.says[name], viewer.language));
}

/**
 * POST /says: a name that stands on the page under a face, why a letter didn’t go, a sentence that
 * a reader has read aloud; with `marks` when each word of it begins.
 */
export async function nameHeard(visit: Visit<WithVoice>, form: Form): Promise<Answer> {
  const name = field(form, 'name').trim();
  if (name === '' || name.length > SAID_CHARACTERS) return { kind: 'wrong' };
  // A name is French; a sentence is in the language of the pages.
  const language = field(form, 'language') === 'en' ? 'en' : 'fr';
  const { core, viewer } = visit;
  if (field(form, 'marks') === '') return heard(await core.voice.speak(viewer, name, language));
  return marked(await core.voice.marks(viewer, name, language));
}

const marked = (starts: readonly number[]): Answer => ({
  kind: 'told',
  words: { marks: starts.join(' ') },
});

/** What was said, or why nothing was. */
export function heard(spoken: SpeechAnswer): Answer {
  switch (spoken.kind) {
    case 'speech':
      return { kind: 'sound', audio: spoken.audio };
    case 'voiceless':
      return MISSING;
    case 'busy':
      return { kind: 'pause' };
  }
}
