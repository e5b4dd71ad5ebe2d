import type { ARCResult } from 'mailauth';
import { domainOf } from '../core/ground/address.ts';

/** What an ARC chain that holds (RFC 8617 §5.2) says of the message as it was before it. */
export interface ArcWord {
  /** Who sealed it, from the first hand to the last, lower case. */
  readonly sealers: readonly string[];
  /** The domain in From for which DMARC passed at the first sealer; null: it says so of none. */
  readonly dmarcPassed: string | null;
}

/** Null where there is no chain, or one that doesn't hold. */
export function arcWordOf(arc: ARCResult | false): ArcWord | null {
  if (!arc || arc.status.result !== 'pass' || !arc.chain) return null;
  return {
    sealers: arc.chain.map((each) =>
      String(each['arc-seal']?.parsed?.d?.value ?? '').toLowerCase(),
    ),
    dmarcPassed: dmarcPassedIn(
      String(arc.chain[0]?.['arc-authentication-results']?.original ?? ''),
    ),
  };
}

/**
 * Whether sealers whom the town has named saw this domain's DMARC pass before they changed the
 * message, as a list does that puts its name into the subject. All of the chain must be named:
 * whoever adds the last seal could have written the first.
 */
export function isVouchedFor(
  word: ArcWord | null,
  domain: string,
  named: readonly string[],
): boolean {
  if (word === null || word.sealers.length === 0 || domain === '') return false;
  return word.dmarcPassed === domain && word.sealers.every((sealer) => named.includes(sealer));
}

/** Comments hold what anybody likes (RFC 8601 §2.2). */
const COMMENT = /\([^()]*\)/g;
const PASSED = /^\s*dmarc\s*=\s*pass\b/i;
const FROM = /\bheader\.from\s*=\s*"?([^\s;"]+)/i;

/** Of one method there is one result in a set (RFC 8617 §4.1.1): with two, none counts. */
function dmarcPassedIn(results: string): string | null {
  const words = results.replace(COMMENT, ' ').split(';');
  const about = words.filter((each) => /^\s*dmarc\s*=/i.test(each));
  const [only = ''] = about;
  if (about.length !== 1 || !PASSED.test(only)) return null;
  const domain = domainOf(`@${FROM.exec(only)?.[1] ?? ''}`);
  return domain === '' ? null : domain;
}
