import { linesOf } from '../../letters/message/format/words.ts';
import { htmlFragment } from '../../letters/message/format/write-html.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { signatureOf } from '../../store/people/presence.ts';
import type { SignedWords } from './contract.ts';
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
  { above = '', below = '' }: { readonly above?: string; readonly below?: string } = {},
): Promise<SignedWords> {
  if (viewer.role === 'pupil') return { text: `${above}${below}` };
  const { plain, html } = await store.read(viewer.school, (tx) => signatureOf(tx, viewer.account));
  if (plain === '') return { text: `${above}${below}` };
  const begun = `${above}\n\n${SEPARATOR}`;
  const text = `${begun}\n${plain}${below}`;
  if (html === null) return { text };
  const rest = below === '' ? '' : htmlFragment(linesOf(below.replace(/^\n/, '')));
  return { text, html: `${htmlFragment(linesOf(begun))}${html}${rest}` };
}
