import { fieldValue, readHeader } from './header.ts';

/** The field of ours that a message bears when it leaves: who gets the answers to it. */
export const ANSWERS_FIELD = 'X-Preau-Answers';

/** Who gets the answers to a message, as its writer chose; null where nothing is said. */
export function answersOf(raw: Buffer): AnswerAudience | null {
  const value = fieldOf(raw, ANSWERS_FIELD);
  return value === 'everyone' || value === 'none' || value === 'sender' ? value : null;
}

/** The value of a header field, without the white space around it; null where there is none. */
export function fieldOf(raw: Buffer, name: string): string | null {
  const read = readHeader(raw, 0, raw.length);
  return read.kind === 'header'
    ? (fieldValue(read.header, name.toLowerCase())?.trim() ?? null)
    : null;
}

/** Who gets the answers to a message; `none` asks for no answer. */
export type AnswerAudience = 'sender' | 'everyone' | 'none';
