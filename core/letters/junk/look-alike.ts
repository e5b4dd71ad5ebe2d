/**
 * What looks like something else on a screen: a domain like ours, a link that leads to another site
 * than the one written on it.
 */
import { domainToUnicode } from 'node:url';
import { getDomain } from 'tldts';
import unhomoglyph from 'unhomoglyph';
import type { Anchor } from '../message/anchors.ts';

/** A shorter name has too many honest neighbours. */
const LEAST_ALIKE = 5;

/** As an eye sees it (Unicode UTS 39 §4, skeleton): `еcоles.ville.fr` is `ecoles.ville.fr`. */
function skeleton(name: string): string {
  return unhomoglyph(unhomoglyph(name.normalize('NFKC').toLowerCase()).toLowerCase());
}

/** The name that somebody has bought: `a.b.example.co.uk` is `example.co.uk`; null for none. */
export const siteOf = (host: string): string | null => getDomain(host);

/**
 * Whether a domain is not ours and is taken for ours: the same to the eye, or one letter more, less
 * or other, or two that changed places. Our very name at another ending is some firm's.
 */
export function looksLikeOurs(domain: string, ours: readonly string[]): boolean {
  const theirs = siteOf(domain) ?? domain;
  return ours.some((one) => isTakenFor(theirs, siteOf(one) ?? one));
}

function isTakenFor(theirs: string, own: string): boolean {
  if (theirs === own) return false;
  const written = domainToUnicode(theirs);
  const [seen, ownSeen] = [skeleton(written), skeleton(own)];
  const [seenName, ownSeenName] = [nameOf(seen), nameOf(ownSeen)];
  if (nameOf(theirs) === nameOf(own) || ownSeenName.length < LEAST_ALIKE) return seen === ownSeen;
  return (
    seenName === ownSeenName ||
    isOneOff(seenName, ownSeenName) ||
    isOneOff(nameOf(written), nameOf(own))
  );
}

/** Without its ending. */
const nameOf = (site: string): string => site.split('.')[0] ?? '';

/** Whether two words differ by one letter, or by two that changed places. */
function isOneOff(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  const isOther = short.slice(at + 1) === long.slice(at + 1);
  const isSwapped = short.slice(at, at + 2) === `${long[at + 1] ?? ''}${long[at] ?? ''}`;
  return isOther || (isSwapped && short.slice(at + 2) === long.slice(at + 2));
}

/** A site written as one: `www.banque.fr`, `https://banque.fr/espace`, not « cliquez ici ». */
const WRITTEN = /^(?:https?:\/\/)?((?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24})(?:[/?#:].*)?$/u;

/** Whether a link leads to another site than the one that is written on it. */
export function leadsElsewhere({ href, text }: Anchor): boolean {
  const [, written = ''] = WRITTEN.exec(text.trim()) ?? [];
  const target = URL.parse(href);
  if (target === null || !/^https?:$/.test(target.protocol)) return false;
  const seen = siteOf(written);
  return seen !== null && seen !== siteOf(target.hostname);
}
