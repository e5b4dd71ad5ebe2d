import type { Answers, DraftRef, MailboxId, Uid, Writing } from '../core.ts';
import { fieldValue, readHeader } from '../message/header.ts';

/**
 * A draft is a message in Brouillons, so that any program can show it; what only we know of it stands in fields of our own.
 * Of these, what leaves bears only who gets the answers.
 */
export const ANSWERS_FIELD = 'X-Preau-Answers';
const ANSWER_TO_FIELD = 'X-Preau-Answer-To';

/** The fields that a draft carries. */
export function draftFields({ answers, answerTo }: Writing): Record<string, string> {
  return { [ANSWERS_FIELD]: answers, ...(answerTo ? { [ANSWER_TO_FIELD]: `${answerTo.mailbox}:${answerTo.uid}` } : {}) };
}

/** Who gets the answers to a message, as its writer chose; null where nothing is said. */
export function answersOf(raw: Buffer): Answers | null {
  const value = fieldOf(raw, ANSWERS_FIELD);
  return value === 'everyone' || value === 'none' || value === 'sender' ? value : null;
}

export function answerToOf(raw: Buffer): DraftRef | null {
  const [, mailbox, uid] = /^(\d{1,15}):(\d{1,15})$/.exec(fieldOf(raw, ANSWER_TO_FIELD) ?? '') ?? [];
  return mailbox && uid ? { mailbox: Number(mailbox) as MailboxId, uid: Number(uid) as Uid } : null;
}

function fieldOf(raw: Buffer, name: string): string | null {
  const read = readHeader(raw, 0, raw.length);
  return read.kind === 'header' ? fieldValue(read.header, name.toLowerCase())?.trim() ?? null : null;
}
