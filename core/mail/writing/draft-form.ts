import {
  type ClassId,
  idIn,
  isUuid,
  type LetterId,
  letterIdIn,
  type MailboxId,
  type NoticeId,
  schoolIdIn,
  type Uid,
} from '../../ground/ids.ts';
import { ANSWERS_FIELD, fieldOf } from '../../letters/message/answers.ts';
import { isDay } from '../../roster/days.ts';
import type { DraftRef } from '../../store/mail/contract.ts';
import type { LetterWindow, NoticePlan, Writing } from './contract.ts';

const ANSWER_TO_FIELD = 'X-Preau-Answer-To';
const WINDOW_FIELD = 'X-Preau-Window';
/** What goes with a draft besides, in words of the room that put it there. */
export const SLIP_FIELD = 'X-Preau-Slip';
/** Words of a header that can be folded between them (RFC 5322 §2.2.3). */
const SLIP_WORD = /.{1,64}/g;
/** By which day an answer is wanted. */
const AWAIT_FIELD = 'X-Preau-Await';
/** On which drawing of the answered letter a drawing lies. */
const DRAWN_ON_FIELD = 'X-Preau-Drawn-On';
const PART = /^[\d.]{1,20}$/;
/** On which board a draft is to hang. */
export const NOTICE_FIELD = 'X-Preau-Notice';

/** The fields that a draft carries. */
export function draftFields(
  { answers, answerTo, notice, awaitUntil = '', drawnOn = '' }: Writing,
  { window, turn }: LetterWindow,
  slip: string | null,
): Record<string, string> {
  return {
    [ANSWERS_FIELD]: answers,
    [WINDOW_FIELD]: `${window} ${turn}`,
    ...(answerTo ? { [ANSWER_TO_FIELD]: `${answerTo.mailbox}:${answerTo.uid}` } : {}),
    ...(slip === null ? {} : { [SLIP_FIELD]: inWords(slip) }),
    ...(isDay(awaitUntil) ? { [AWAIT_FIELD]: awaitUntil } : {}),
    ...(PART.test(drawnOn) ? { [DRAWN_ON_FIELD]: drawnOn } : {}),
    ...(notice ? { [NOTICE_FIELD]: asField(notice) } : {}),
  };
}

const asField = ({ of, edition, ...plan }: NoticePlan): string =>
  [
    plan.school,
    plan.classId ?? '',
    of === null ? '' : `${of}.${edition}`,
    plan.untilDay,
    plan.readers,
    plan.keep,
    plan.day,
  ].join(';');

const NOTICE =
  /^(\d{1,9});(\d{0,15});(?:(\d{1,15})\.(\d{1,9}))?;([\d-]{0,10});([a-z,]{0,40});([\d.,]{0,200})(?:;([\d-]{0,10}))?$/;
const READERS = ['pupils', 'families', 'team'] as const;

/**
 * The board on which a draft is to hang; null: it is a letter like any other, as where its school,
 * its class or the notice it changes isn't spelt as we spell it. Without a class it is the
 * school's board, so a class that can't be read is never left out.
 */
export function noticeOf(raw: Buffer): NoticePlan | null {
  const found = NOTICE.exec(fieldOf(raw, NOTICE_FIELD) ?? '');
  if (found === null) return null;
  const [, school = '', classId = '', of, edition = '0', untilDay = ''] = found;
  const [readers = '', keep = '', day = ''] = found.slice(6);
  const ofSchool = schoolIdIn(school);
  const [ofClass, changed] = [idIn<ClassId>(classId), idIn<NoticeId>(of)];
  const unread = (classId !== '' && ofClass === null) || (of !== undefined && changed === null);
  if (ofSchool === null || unread) return null;
  return {
    school: ofSchool,
    classId: ofClass,
    of: changed,
    edition: Number(edition),
    untilDay,
    day,
    readers: READERS.filter((one) => readers.split(',').includes(one)),
    keep: keep === '' ? [] : keep.split(','),
  };
}

const inWords = (text: string): string =>
  (Buffer.from(text).toString('base64').match(SLIP_WORD) ?? []).join(' ');

/** What goes with a draft, as whoever put it there wrote it; null: nothing does. */
export function slipIn(raw: Buffer): string | null {
  const value = fieldOf(raw, SLIP_FIELD);
  return value === null ? null : Buffer.from(value, 'base64').toString('utf8');
}

/** By which day its writer wants an answer; null: by none. */
export function awaitUntilOf(raw: Buffer): string | null {
  const day = fieldOf(raw, AWAIT_FIELD) ?? '';
  return isDay(day) ? day : null;
}

/** The file of the answered letter that a drawing lies on; null: none. */
export function drawnOnOf(raw: Buffer): string | null {
  const part = fieldOf(raw, DRAWN_ON_FIELD) ?? '';
  return PART.test(part) ? part : null;
}

export function answerToOf(raw: Buffer): DraftRef | null {
  const [, mailbox, uid] =
    /^(\d{1,15}):(\d{1,15})$/.exec(fieldOf(raw, ANSWER_TO_FIELD) ?? '') ?? [];
  const [at, number] = [idIn<MailboxId>(mailbox), idIn<Uid>(uid)];
  return at === null || number === null ? null : { mailbox: at, uid: number };
}

/** From which window a draft was kept last; null where a mail program did it. */
export function windowOf(raw: Buffer): LetterWindow | null {
  const [window = '', turn = ''] = (fieldOf(raw, WINDOW_FIELD) ?? '').split(' ');
  return isUuid(window) && /^\d{1,9}$/.test(turn) ? { window, turn: Number(turn) } : null;
}

/**
 * A letter's Message-ID (RFC 5322 §3.6.4), the same from its first draft until it is sent: it says
 * of a draft which letter it is of, and of a letter that it has gone.
 */
export function letterMessageId(letter: LetterId, domain: string): string {
  return `<${letter}@${domain}>`;
}

/** The letter that a Message-ID names; null for one that isn't ours. */
export function letterIn(messageId: string | null, domain: string): LetterId | null {
  const end = `@${domain}>`;
  return messageId?.startsWith('<') && messageId.endsWith(end)
    ? letterIdIn(messageId.slice(1, -end.length))
    : null;
}
