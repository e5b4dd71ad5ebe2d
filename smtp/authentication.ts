import { authenticate, type AuthenticateOptions } from 'mailauth';
import { arcWordOf, type ArcWord } from './arc.ts';
import { withFewSignatures } from './signature-limit.ts';

type Whole = Awaited<ReturnType<typeof authenticate>>;

/** What is asked of mailauth's answer: nothing but what JSON can carry from thread to thread. */
export type Results = Pick<Whole, 'dmarc' | 'spf' | 'headers'> & {
  readonly dkim: Pick<Whole['dkim'], 'results'>;
  readonly arc: ArcWord | null;
};

/** mailauth's `authenticate`, of a message whose signatures are not too many. */
export async function authenticateWhole(
  raw: Buffer,
  options: AuthenticateOptions,
): Promise<Results> {
  const { dmarc, dkim, spf, arc, headers } = await authenticate(withFewSignatures(raw), options);
  return { dmarc, dkim: { results: dkim.results }, spf, arc: arcWordOf(arc), headers };
}
