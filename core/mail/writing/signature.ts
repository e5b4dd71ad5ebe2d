import { isFormatted, linesOf } from '../../letters/message/format/words.ts';
import { htmlFragment } from '../../letters/message/format/write-html.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { signatureOf } from '../../store/people/presence.ts';
import type { SignaturePlace, SignedWords } from './contract.ts';
import type { ReachParts } from './parts.ts';

/** RFC 3676 §4.3: two hyphens, a space, the end of the line. */
const SEPARATOR = '-- ';

/**
 * What stands below the words of a new letter: the signature of an adult who has one, after the
 * line by which mail programs know it. Empty for everybody else. A letter gets it once, when it is
 * begun; from there on it is the letter's text, to be changed or thrown away.
 */
export async function signatureBelow(
  { store }: ReachParts,
  viewer: Viewer,
  { above = '', below = '', formatted = linesOf(below) }: SignaturePlace = {},
): Promise<SignedWords> {
  const unsigned = { text: `${above}${below}` };
  if (viewer.role === 'pupil') return unsigned;
  const { plain, html } = await store.read(viewer.school, (tx) => signatureOf(tx, viewer.account));
  const hasFormatting = html !== null || isFormatted(formatted);
  if (plain === '') {
    const lines = above === '' ? formatted : [...linesOf(above), ...formatted];
    return hasFormatting ? { ...unsigned, html: htmlFragment(lines) } : unsigned;
  }
  const begun = `${above}\n\n${SEPARATOR}`;
  const text = `${begun}\n${plain}${below}`;
  if (!hasFormatting) return { text };
  // The first line end of what is below ends the signature's last line.
  const rest = below === '' ? [] : formatted.slice(below.startsWith('\n') ? 1 : 0);
  const signed = html ?? htmlFragment(linesOf(plain));
  return { text, html: `${htmlFragment(linesOf(begun))}${signed}${htmlFragment(rest)}` };
}
