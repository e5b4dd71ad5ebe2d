import type { Viewer } from '../../rules/viewer.ts';
import { signatureOf } from '../../store/people/presence.ts';
import type { ReachParts } from './parts.ts';

/** RFC 3676 §4.3: two hyphens, a space, the end of the line. */
const SEPARATOR = '-- ';

/**
 * What stands below the words of a new letter: the signature of an adult who has one, after the
 * line by which mail programs know it. Empty for everybody else. A letter gets it once, when it is
 * begun; from there on it is the letter's text, to be changed or thrown away.
 */
export async function signatureBelow({ store }: ReachParts, viewer: Viewer): Promise<string> {
  if (viewer.role === 'pupil') return '';
  const signature = await store.read(viewer.school, (tx) => signatureOf(tx, viewer.account));
  return signature === '' ? '' : `\n\n${SEPARATOR}\n${signature}`;
}
