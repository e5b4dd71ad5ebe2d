import { linesOf, plainOf, type FormattedText } from '../../letters/message/format/words.ts';
import { htmlFragment } from '../../letters/message/format/write-html.ts';
import { formattedIn } from '../parsing/letters.ts';
import type { FilledWords, Template } from './contract.ts';

/** A letter with a template in it: formatted where either is. */
export async function filled(letter: FilledWords, template: Template): Promise<FilledWords> {
  const subject = letter.subject.trim() === '' ? template.subject : letter.subject;
  const below = letter.text.trim() === '' ? '' : letter.text.replace(/^\n+/, '');
  if (template.html === undefined && letter.html === undefined)
    return { subject, text: below === '' ? template.text : `${template.text}\n\n${below}` };
  const above = await formatted(template.html, template.text);
  const rest = below === '' ? [] : [EMPTY_LINE, ...(await formatted(letter.html, below))];
  const whole = [...above, ...rest];
  return { subject, text: plainOf(whole), html: htmlFragment(whole) };
}

const EMPTY_LINE = { kind: 'line', runs: [] } as const;

/**
 * As its HTML says, or in plain lines where it has none that can be read within limits; it begins
 * with its first words.
 */
async function formatted(html: string | undefined, text: string): Promise<FormattedText> {
  const read = html === undefined ? [] : await formattedIn(html);
  const begin = read.findIndex((block) => block.kind === 'list' || block.runs.length > 0);
  return begin === -1 ? linesOf(text) : read.slice(begin);
}
