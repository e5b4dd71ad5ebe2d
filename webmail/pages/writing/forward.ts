import type { Uid } from '../../../core/ground/ids.ts';
import { linesOf, withoutPictures } from '../../../core/letters/message/format/words.ts';
import type { MessageView, WithMail } from '../../../core/mail/reading/contract.ts';
import type { SignaturePlace, Upload, WithWritings } from '../../../core/mail/writing/contract.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import { calledOf } from '../../frame/parts.ts';
import { subjectOf } from '../../frame/subject.ts';
import type { Visit } from '../../frame/visit.ts';
import { hour, wholeDay } from '../../frame/when.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { signedWords } from './signed.ts';

/**
 * POST /mail/:mailbox/:uid/forward: a draft with the words and the files of a message, for an adult
 * to say to whom. Sending it asks the rules and the scanner as of any letter.
 */
export async function forward(
  visit: Visit<WithMail & WithWritings>,
  slug: string,
  uid: Uid,
): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  if (chosen === null || visit.audience === 'child') return MISSING;
  const shown = await visit.core.mail.read(visit.viewer, chosen.mailbox.id, uid);
  if (shown === null) return MISSING;
  const { ref } = await visit.core.writings.save(
    visit.viewer,
    {
      to: [],
      cc: [],
      subject: forwardSubject(visit, shown),
      ...(await signedWords(visit, wordsOf(visit, shown))),
      answers: 'sender',
      answerTo: null,
    },
    { previous: null, add: await filesOf(visit, shown), drop: [] },
  );
  return { kind: 'go', to: `/write/${ref.uid}` };
}

/** Once, however often it has been forwarded. */
function forwardSubject({ texts }: Visit, { subject }: MessageView): string {
  const prefix = texts.message.forwardPrefix;
  return subject.startsWith(prefix) ? subject : `${prefix}${subject}`;
}

/** Who wrote it, when and to whom, then its words, with their formatting where it is ours. */
function wordsOf(visit: Visit, shown: MessageView): SignaturePlace {
  const words = visit.texts.message.forwarded;
  const { clock } = visit;
  const heading = [
    '',
    '',
    `---------- ${words.title} ----------`,
    `${words.from}${calledOf(shown.from)} <${shown.from.address}>`,
    `${words.date}${wholeDay(clock, shown.at)}, ${hour(clock, shown.at)}`,
    `${words.subject}${subjectOf(visit, shown)}`,
    `${words.to}${shown.to.map(calledOf).join(', ')}`,
    '',
  ].join('\n');
  const below = `${heading}\n${shown.text ?? words.attached}`;
  if (shown.formatted === null) return { below };
  // Its pictures go along as files.
  return { below, formatted: [...linesOf(heading), ...withoutPictures(shown.formatted)] };
}

/** Its files; of a message that has only formatted text, the whole of it as one more. */
async function filesOf(
  { core, viewer, texts }: Visit<WithMail>,
  { mailbox, uid, attachments, text }: MessageView,
): Promise<Upload[]> {
  const files: Upload[] = [];
  for (const { path } of attachments) {
    const file = await core.mail.download(viewer, { mailbox, uid, part: path });
    if (file !== null) files.push(file);
  }
  const original = text === null ? await core.mail.original(viewer, mailbox, uid) : null;
  if (original !== null)
    files.push({
      name: `${texts.message.originalName}.eml`,
      mediaType: 'message/rfc822',
      bytes: original,
    });
  return files;
}
