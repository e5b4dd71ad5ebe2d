import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type {
  Draft,
  Hand,
  DraftOutcome,
  WithWritings,
  Writing,
} from '../../../core/mail/writing/contract.ts';
import type { WithCupboards } from '../../../core/school/cupboard/contract.ts';
import { leftOutSentence } from '../../components/left-out.ts';
import { handOf } from '../../components/letter-hand.ts';
import { storedIn } from '../../components/stored-files.ts';
import type { Visit } from '../../frame/visit.ts';
import { hour } from '../../frame/when.ts';
import type { Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { tray } from './attachments.ts';
import { isUnwritten, writingIn } from './letter-form.ts';
import { filesIn } from './made-here.ts';
import { signedWords } from './signed.ts';

/**
 * POST /write/keep: what a page keeps by itself while somebody writes: the words, and a file that
 * was brought or taken away. The page is told what became of them, and the name of its draft.
 */
export async function keepWriting(
  visit: Visit<WithMail & WithWritings & WithCupboards<'content'>>,
  form: Form,
): Promise<Answer> {
  const written = writingIn(form);
  const writing =
    written === null || field(form, 'quick') === '' ? written : await quickWriting(visit, written);
  if (written === null || writing === null) return { kind: 'wrong' };
  const hand = await handOf(visit, form);
  const drop = fieldsOf(form, 'drop');
  const stored = await storedIn(visit, form, 'stored');
  const come = form.files.length + stored.add.length;
  const left = form.leftOut.length + stored.left.length;
  const touchesFiles = come + left + drop.length > 0;
  const isBare = come === 0 && isUnwritten(form, written);
  if (isBare && (await isEmptied(visit, hand, drop)))
    return {
      kind: 'told',
      words: {
        is: 'empty',
        ...(touchesFiles ? await files(visit, form, { kept: null, left: stored.left }) : {}),
      },
    };
  const kept = await visit.core.writings.keep(visit.viewer, writing, {
    hand,
    add: [...filesIn(visit, form), ...stored.add],
    drop,
  });
  if (await isLeftBare(visit, form, { written, saved: kept }))
    return {
      kind: 'told',
      words: { is: 'empty', ...(await files(visit, form, { kept, left: stored.left })) },
    };
  const words = keptWords(visit, kept);
  const isMore = touchesFiles && kept.kind !== 'sent';
  return {
    kind: 'told',
    words: isMore
      ? { ...words, ...(await files(visit, form, { kept, left: stored.left })) }
      : words,
  };
}

/** What a page is told of what it had kept: by which name, and a sentence. */
export function keptWords(
  { texts, audience, clock, now }: Visit,
  kept: DraftOutcome,
): Readonly<Record<string, string>> {
  if (kept.kind === 'sent') return { is: 'sent', say: texts.write.sentAlready[audience] };
  const say =
    kept.kind === 'apart'
      ? texts.write.apart[audience]
      : texts.write.keptAt[audience](hour(clock, now));
  return { is: kept.kind, say, letter: kept.letter, draft: String(kept.ref.uid) };
}

/** The files as they are now, as the page shows them, and why one was left out. */
async function files(
  visit: Visit<WithWritings>,
  form: Form,
  { kept, left: before }: { readonly kept: DraftOutcome | null; readonly left: readonly string[] },
): Promise<{ readonly tray: string; readonly left: string }> {
  const saved = kept === null || kept.kind === 'sent' ? null : kept;
  const draft = saved && (await visit.core.writings.draft(visit.viewer, saved.ref));
  const roomBytes = visit.core.writings.fileRoom(visit.viewer);
  const left = [
    ...before,
    ...form.leftOut.map(
      ({ name, why }) =>
        `${name}${visit.texts.colon}${visit.texts.write.leftOut[visit.audience][why]}`,
    ),
    ...(saved?.leftOut ?? []).map(
      ({ name, outcome }) => `${name}${visit.texts.colon}${leftOutSentence(visit, outcome)}`,
    ),
  ];
  return { tray: String(tray(visit, { draft, roomBytes })), left: left.join(' ') };
}

/**
 * The few lines under a message as the answer that they are; null where there is nothing to answer.
 * Whoever can't be written to is told when it leaves.
 */
export async function quickWriting(
  visit: Visit<WithWritings>,
  { text, answerTo }: Pick<Writing, 'text' | 'answerTo'>,
): Promise<Writing | null> {
  const { core, viewer } = visit;
  const start = answerTo && (await core.writings.answer(viewer, answerTo, 'writer'));
  if (start === null) return null;
  const to =
    start.writing.to.length > 0 ? start.writing.to : start.refusals.map((one) => one.address);
  const { text: _, html: __, ...writing } = start.writing;
  return { ...writing, to, ...(await signedWords(visit, { above: text.trimEnd() })) };
}

/**
 * The few lines of a draft as they were typed under the message of `writer`; null where it is more
 * than those: it has other readers, files, or what it answers in it.
 */
export async function quickText(
  { core, viewer }: Visit<WithWritings<'signature'>>,
  { to, cc, text, attachments }: Draft,
  writer: string,
): Promise<string | null> {
  const isToWriter = cc.length === 0 && to.length === 1 && to[0] === writer;
  if (!isToWriter || attachments.length > 0 || QUOTED.test(text)) return null;
  const signature = (await core.writings.signature(viewer)).text;
  return text.endsWith(signature) ? text.slice(0, text.length - signature.length) : text;
}
const QUOTED = /^>/m;

/**
 * Whether nothing is left to keep of a page without words. A draft of nothing is in the way, so one
 * that this page knows goes, unless a file is in it; what another window has kept since is that
 * one's.
 */
export async function isEmptied(
  { core, viewer }: Visit<WithMail & WithWritings>,
  { previous }: Pick<Hand, 'previous'>,
  drop: readonly string[],
): Promise<boolean> {
  const draft = previous && (await core.writings.draft(viewer, previous));
  if (draft === null) return true;
  if (draft.attachments.some(({ path }) => !drop.includes(path))) return false;
  await core.mail.erase(viewer, draft.ref.mailbox, [draft.ref.uid]);
  return true;
}

/**
 * Whether a draft that was just kept for the sake of a file holds nothing, since the file was left
 * out and no word was written; it goes then, so that no letter without a name lies in the way.
 */
export async function isLeftBare(
  visit: Visit<WithMail & WithWritings>,
  form: Form,
  { written, saved }: { readonly written: Writing; readonly saved: DraftOutcome },
): Promise<boolean> {
  if (saved.kind === 'sent' || saved.leftOut.length + form.leftOut.length === 0) return false;
  return isUnwritten(form, written) && isEmptied(visit, { previous: saved.ref }, []);
}
