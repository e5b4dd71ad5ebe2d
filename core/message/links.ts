/** Links of a message, for the list of forbidden sites. */
import { LINKS, LINK_CHARACTERS } from './limits.ts';

const IN_TEXT = /\b(?:https?:\/\/|www\.)[^\s<>"'`{}|\\^]{1,2048}/gi;

/** Each link once, as the browser would go there (host in lower case, Punycode), http(s) only. */
export function normaliseLinks(texts: readonly string[], targets: readonly string[]): string[] {
  const links = new Set<string>();
  for (const target of [...targets, ...texts.flatMap(linksIn)]) {
    const link = normaliseLink(target);
    if (link !== null) links.add(link);
    if (links.size >= LINKS) break;
  }
  return [...links];
}

/** What a plain text shows as links, without the full stop or bracket after them. */
function linksIn(text: string): string[] {
  if (!/https?:|www\./i.test(text)) return [];
  const found: string[] = [];
  for (const [match] of text.matchAll(IN_TEXT)) {
    if (found.push(match.replace(/[.,;:!?)\]»’]{1,20}$/u, '')) >= LINKS) break;
  }
  return found;
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
