import { folded } from '../../ground/folding.ts';
import { bodyTexts, readTexts } from '../message/body.ts';
import type { HeaderAddress, Part, ReadMessage } from '../message/message.ts';
import { wordsOfHtml } from './html-words.ts';
import type { LetterWords } from './letter.ts';

/** Formatted text that is read, in characters; behind it as much counts as too long to look at. */
const MOST_HTML = 131_072;

type Kept = Pick<ReadMessage, 'envelope' | 'structure' | 'attachments'>;
type BytesOf = Parameters<typeof readTexts>[0];

/**
 * All that a reader of a letter may be shown of it: its title, each of its texts, for programs
 * differ in which of two alternatives they show, the names of its files, and those that it gives
 * whom it is for. `bytesOf` gives the bytes of a part as they stand in the letter. Pure.
 */
export function wordsShown(
  bytesOf: BytesOf,
  { envelope, structure, attachments }: Kept,
): LetterWords {
  const names = [
    ...attachments.map(({ name }) => withoutEnding(name)),
    ...[...envelope.to, ...envelope.cc].filter(isMadeUp).map(({ name }) => name),
  ];
  return { subject: envelope.subject ?? '', texts: textsShown(bytesOf, structure), names };
}

/** All wordings of a letter's text, each once: two alternatives mostly say the same. */
export function textsShown(bytesOf: BytesOf, structure: Part): readonly string[] {
  const textOf = readTexts(bytesOf);
  const texts = bodyTexts(structure).map((part) => {
    const { text } = textOf(part);
    return part.subtype === 'html' ? htmlWords(text) : text;
  });
  return [...new Map(texts.map((text) => [text.replace(/\s+/g, ' ').trim(), text])).values()];
}

function htmlWords(html: string): string {
  const words = wordsOfHtml(html.slice(0, MOST_HTML));
  return html.length > MOST_HTML ? `${words}\n${html.slice(MOST_HTML)}` : words;
}

const withoutEnding = (name: string): string =>
  name.replace(/\.\p{L}{1,5}$/u, '').replace(/_/g, ' ');

/** Whether somebody is called otherwise than their address says: that of a person is their name. */
function isMadeUp({ name, address }: HeaderAddress): boolean {
  const own = new Set(folded(address).split('-'));
  return folded(name)
    .split('-')
    .some((word) => word !== '' && !own.has(word));
}
