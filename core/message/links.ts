/**
 * Addresses of pages in texts, as a browser would go there: for the list of forbidden sites, and
 * for what a formatted text may lead to.
 */
import { LINK_CHARACTERS } from './limits.ts';

const WITH_SCHEME = /\b(?:https?:\/\/|www\.)[^\s<>"'`{}|\\^]{1,2048}/gi;
/**
 * `site.example/page` alone: many a mail program makes a link of it. Not what follows an @, which
 * is a mailbox.
 */
const BARE =
  /(?<![\p{L}\p{N}@._/:-])(?:[\p{L}\p{N}_-]{1,63}\.){1,10}(?:xn--[a-z0-9-]{1,59}|\p{L}{2,24})(?![\p{L}\p{N}@_-])(?:[/?#:][^\s<>"'`{}|\\^]{0,2048})?/giu;
/** What each of those has; most letters have none, and are searched in a tenth of the time. */
const DOT_WITHIN = /\.[\p{L}\p{N}_-]/u;
const AFTER = /[.,;:!?)\]»’]{1,20}$/u;

/** What a text shows as links: with a scheme or `www.`, and names of sites alone. */
export function* linksIn(text: string): Generator<string> {
  if (/https?:|www\./i.test(text))
    for (const [match] of text.matchAll(WITH_SCHEME)) yield match.replace(AFTER, '');
  if (DOT_WITHIN.test(text))
    for (const [match] of text.matchAll(BARE)) yield `http://${match.replace(AFTER, '')}`;
}

/** Those with a scheme or `www.` in what is no text to be read: a source, a file. */
export function* spelledLinksIn(source: string): Generator<string> {
  for (const [match] of source.matchAll(WITH_SCHEME)) yield match.replace(AFTER, '');
}

/**
 * The address that a browser makes of a target: tabs and line ends in it are dropped, `//x` is a
 * host. Null for what isn't http(s).
 */
export function normaliseLink(target: string): string | null {
  const trimmed = target
    .slice(0, LINK_CHARACTERS * 2)
    .replace(/[\t\r\n]/g, '')
    .trim();
  const absolute = withScheme(trimmed);
  if (!/^https?:/i.test(absolute)) return null;
  const url = URL.parse(absolute);
  return url && url.hostname !== '' ? url.href.slice(0, LINK_CHARACTERS) : null;
}

function withScheme(target: string): string {
  if (/^[\\/]{2}/.test(target)) return `https:${target}`;
  return /^www\./i.test(target) ? `http://${target}` : target;
}
