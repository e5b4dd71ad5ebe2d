import type {
  SignaturePlace,
  SignedWords,
  WithWritings,
} from '../../../core/mail/writing/contract.ts';
import type { Visit } from '../../frame/visit.ts';

/**
 * Words with the viewer's signature between them: with its formatting where they write with some,
 * in plain lines where they don't.
 */
export async function signedWords(
  visit: Visit<WithWritings<'signature'>>,
  place: SignaturePlace = {},
): Promise<SignedWords> {
  return asWritten(visit, await visit.core.writings.signature(visit.viewer, place));
}

/** What begins without words of one's own: with no formatting where one writes with none. */
export function asWritten<Begun extends SignedWords>(
  { habits }: Visit,
  begun: Begun,
): Omit<Begun, 'html'> & Pick<SignedWords, 'html'> {
  if (habits.formats === true) return begun;
  const { html: _, ...plain } = begun;
  return plain;
}
