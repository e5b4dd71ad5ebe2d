/**
 * Addresses of pages in texts, as a browser would go there: for the list of forbidden sites, and
 * for what a formatted text may lead to.
 */
import { LINK_CHARACTERS } from './limits.ts';

/** Quotes of both languages end one, and so does what no address holds unescaped. */
const WITH_SCHEME = /(?:https?:\/\/|\bwww\.)[^\s<>"'`«»{}|\\^]+/gi;
/**
 * `site.example/page` alone: many a mail program makes a link of it. Not what follows an @, which
 * is a mailbox.
 */
const BARE =
  /(?<![\p{L}\p{N}@._/:-])(?:[\p{L}\p{N}_-]{1,63}\.){1,10}(?:xn--[a-z0-9-]{1,59}|\p{L}{2,24})(?![\p{L}\p{N}@_-])(?:[/?#:][^\s<>"'`{}|\\^]{0,2048})?/giu;
/** What each of these has; most letters have none, and are searched in a tenth of the time. */
const SCHEME_WITHIN = /https?:|www\./i;
const DOT_WITHIN = /\.[\p{L}\p{N}_-]/u;
/** What stands behind an address and is no part of it. */
const AFTER = /(?<![.,;:!?)\]»’])[.,;:!?)\]»’]+$/u;

/** An address as it is written in a text, and where. */
interface WrittenLink {
  readonly at: number;
  readonly target: string;
}

/** Those with a scheme or `www.`. */
function* written(text: string): Generator<WrittenLink> {
  for (const { 0: match, index } of text.matchAll(WITH_SCHEME))
    yield { at: index, target: match.replace(AFTER, '') };
}

/**
 * Those that a page of ours makes a link of: they have a scheme, and are no longer than a link. The
 * rule asks of each of them (`linksIn`), as it is read in the same way.
 */
export function* linkedIn(text: string): Generator<WrittenLink> {
  for (const link of written(text))
    if (link.target.length <= LINK_CHARACTERS && /^http/i.test(link.target)) yield link;
}

/** What a text shows as links: with a scheme or `www.`, and names of sites alone. */
export function* linksIn(text: string): Generator<string> {
  if (SCHEME_WITHIN.test(text)) yield* spelledLinksIn(text);
  if (DOT_WITHIN.test(text))
    for (const [match] of text.matchAll(BARE)) yield `http://${match.replace(AFTER, '')}`;
}

/** Those with a scheme or `www.` in what is no text to be read: a source, a file. */
export function* spelledLinksIn(source: string): Generator<string> {
  for (const { target } of written(source)) yield target;
}

/**
 * The address that a browser makes of a target: tabs and line ends in it are dropped, `//x` is a
 * host. Null for what isn't http(s).
 */
export function normaliseLink(target: string): string | null {
  const absolute = withScheme(target.replace(/[\t\r\n]/g, '').trim());
  if (!/^https?:/i.test(absolute)) return null;
  const url = URL.parse(absolute);
  if (url === null || url.hostname === '') return null;
  if (url.href.length > LINK_CHARACTERS) {
    url.username = ''; // else what is cut off might be the host
    url.password = '';
  }
  return url.href.slice(0, LINK_CHARACTERS);
}

function withScheme(target: string): string {
  if (/^[\\/]{2}/.test(target)) return `https:${target}`;
  return /^www\./i.test(target) ? `http://${target}` : target;
}
