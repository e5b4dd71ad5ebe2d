import {
  firstLines,
  isFormatted,
  plainOf,
  withoutPictures,
} from '../../letters/message/format/words.ts';
import { htmlFragment } from '../../letters/message/format/write-html.ts';
import { formattedIn } from '../parsing/letters.ts';
import type { Template, TemplateWish } from './contract.ts';

export type TemplateWords = Pick<Template, 'html' | 'text'>;

/** The words of a template as they are kept, without the signature that stands below them. */
export async function wordsOf({
  html,
  text,
  signature = '',
}: Pick<TemplateWish, 'html' | 'text' | 'signature'>): Promise<TemplateWords> {
  const whole = html === undefined ? [] : withoutPictures(await formattedIn(html));
  const plain = unsigned(whole.length > 0 ? plainOf(whole) : text, signature.trim());
  const formatted = firstLines(whole, plain.split('\n').length);
  const words = { text: plain.trim() };
  return isFormatted(formatted) ? { ...words, html: htmlFragment(formatted) } : words;
}

function unsigned(text: string, signature: string): string {
  const end = text.trimEnd();
  const isSigned = signature !== '' && end.endsWith(signature);
  return (isSigned ? end.slice(0, -signature.length) : end).trimEnd();
}
