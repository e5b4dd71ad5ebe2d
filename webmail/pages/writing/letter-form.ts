import { hash } from 'node:crypto';
import { type LetterId, newLetterId } from '../../../core/ground/ids.ts';
import type { Draft, NoticePlan, Writing } from '../../../core/mail/writing/contract.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';
import { field, fieldsOf, linesOf, type Form } from '../../http/forms.ts';
import { classIdOf, mailboxIdOf, noticeIdOf, countOf, schoolIdOf, uidOf } from '../../ids.ts';
import { awaitedDay } from './wanted-hour.ts';

/** Limits of a writing as a form gives it; core has its own for the message. */
const MAX_RECIPIENTS = 1000;
const MAX_ADDRESS = 254;
/**
 * Control characters have no place in a header line (RFC 5322 §2.2); a browser's one-line field
 * can't hold them.
 */
const CONTROL = /[\u0000-\u001f\u007f]/;
const ANSWERS = ['sender', 'everyone', 'none'] as const;

/** The form as a writing; null when it holds what no form of ours sends. */
export function writingIn(form: Form): Writing | null {
  const to = addressesIn(form, 'to');
  const cc = [...addressesIn(form, 'cc'), ...addressesIn(form, 'copy')].filter(
    (address) => !to.includes(address),
  );
  const subject = field(form, 'subject').replaceAll('\t', ' '); // pasted out of a table
  const text = linesOf(form, 'text', LONG_FIELD_CHARS);
  const html = field(form, 'html', LONG_FIELD_CHARS);
  const isForged =
    to.length + cc.length > MAX_RECIPIENTS ||
    ![...to, ...cc].every(isAddressable) ||
    CONTROL.test(subject) ||
    text.includes('\0');
  if (isForged) return null;
  const answers = ANSWERS.find((one) => one === field(form, 'answers')) ?? 'sender';
  return {
    to,
    cc,
    subject,
    text,
    ...(html === '' ? {} : { html }),
    answers,
    answerTo: answeredBy(field(form, 'answer-mailbox'), field(form, 'answer-uid')),
    ...noticeIn(form),
    ...(awaitedDay(form) === '' ? {} : { awaitUntil: awaitedDay(form) }),
  };
}

/** Where it is to hang, of the form of a notice; nothing of a letter's. */
function noticeIn(form: Form): Pick<Writing, 'notice'> {
  const [school, classId, of, edition] = field(form, 'board').split(' ');
  const at = schoolIdOf(school ?? '');
  if (at === null) return {};
  const chosen = fieldsOf(form, 'readers');
  return {
    notice: {
      school: at,
      classId: classIdOf(classId ?? ''),
      of: noticeIdOf(of ?? ''),
      edition: countOf(edition) ?? 0,
      readers: READERS.filter((one) => chosen.includes(one)),
      untilDay: field(form, 'until').slice(0, DAY_CHARS),
      day: field(form, 'day').slice(0, DAY_CHARS),
      keep: fieldsOf(form, 'keep').filter((path) => /^[\d.]{1,20}$/.test(path)),
    },
  };
}

const READERS = ['pupils', 'families', 'team'] as const;
/** Of `2026-12-04`. */
const DAY_CHARS = 10;

/** What the form of a notice says of itself, for `noticeIn`. */
export const boardField = ({ school, classId, of, edition }: NoticePlan): string =>
  [school, classId ?? 0, of ?? 0, edition].join(' ');

/** Files that go, by their paths: one by its own button. */
export const dropped = (form: Form, act: string): readonly string[] => [
  ...fieldsOf(form, 'drop'),
  ...(act.startsWith(DROP) ? [act.slice(DROP.length)] : []),
];
const DROP = 'drop ';

function addressesIn(form: Form, name: 'to' | 'cc' | 'copy'): readonly string[] {
  const given = fieldsOf(form, name).map((address) => address.trim());
  return [...new Set(given)].filter((address) => address !== '');
}

/** What may stand in a field of recipients. */
export function isAddressable(address: string): boolean {
  return address.length <= MAX_ADDRESS && !CONTROL.test(address);
}

/** The message that a form says it answers; null when it answers none or says nonsense. */
function answeredBy(mailbox: string, uid: string): Writing['answerTo'] {
  const box = mailboxIdOf(mailbox);
  const message = uidOf(uid);
  return box === null || message === null ? null : { mailbox: box, uid: message };
}

/** What a page that writes a letter has in its form besides the letter. */
export interface LetterPage {
  readonly letter: LetterId;
  /** Fingerprint of the words that the page came with, where nobody has written them. */
  readonly start: string | null;
  /** Where one goes once it is sent. */
  readonly back: string;
}

interface LetterPageShown {
  readonly draft: Draft | null;
  readonly letter: LetterId | null;
  readonly back: string;
  /** What stands below what its writer begins; a draft of it alone is one of nothing. */
  readonly signature?: string;
}

/** What a page that is about to be shown has in its form besides the letter. */
export function letterPage(
  writing: Writing,
  { draft, letter, back, signature = '' }: LetterPageShown,
): LetterPage {
  const isSignatureAlone = `${writing.subject}${writing.text}`.trim() === signature.trim();
  return {
    back,
    letter: draft?.letter ?? letter ?? newLetterId(),
    start: draft === null || isSignatureAlone ? wordsMark(writing) : null,
  };
}

/**
 * Whether nobody has written anything yet: no word but those that the page came with. Recipients
 * alone are no letter.
 */
export function isUnwritten(form: Form, { subject, text }: Writing): boolean {
  return `${subject}${text}`.trim() === '' || field(form, 'start') === wordsMark({ subject, text });
}

/** Of the words alone: a browser makes its own line ends. */
export function wordsMark({ subject, text }: Pick<Writing, 'subject' | 'text'>): string {
  const words = `${subject}\n${text}`.replace(/\s+/g, ' ').trim();
  return hash('sha256', words, 'base64url').slice(0, 22);
}
