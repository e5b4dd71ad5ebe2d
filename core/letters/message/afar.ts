/**
 * Pictures that a formatted text has from elsewhere: which a reader may be shown, and how many wait
 * for their word. Who sent the letter learns that it was opened, when, and from which network: so
 * none is asked for until a grown-up says so (core/decisions/0048-writers.md).
 */
import { LINK_CHARACTERS } from './limits.ts';
import { normaliseLink } from './links.ts';

/** What becomes of pictures from elsewhere: left out, or asked for by the reader's browser. */
export type Afar = 'left-out' | 'shown';

/** Pictures that are counted of one letter. */
export const MOST_COUNTED = 99;
/** Characters of a tag that are looked at. */
const TAG_CHARACTERS = 4_096;
/** A picture of a point shows nothing: it is there to report. */
const POINT = /^\s*[012](?:px)?\s*$/i;
/** Names that lead to a machine of the network that one sits in (RFC 6761, 6762, 8375). */
const NEAR_BY =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa|test)$/;

/**
 * The address of a picture elsewhere, where it may ever be asked for: over TLS, of a host with a
 * name of the Internet. A device of the school's own network has no certificate for such a name, so
 * a letter can't make the reader's browser speak to it. Null for any other.
 */
export function afarPicture(
  src: string,
  { width = '', height = '' }: { readonly width?: string; readonly height?: string },
): string | null {
  if (POINT.test(width) || POINT.test(height) || src.length > LINK_CHARACTERS) return null;
  const link = normaliseLink(src);
  const url = link === null ? null : URL.parse(link);
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '')
    return null;
  const isName = /^[a-z0-9.-]+\.[a-z][a-z0-9-]+$/.test(url.hostname) && url.port === '';
  return isName && !NEAR_BY.test(url.hostname) ? url.href : null;
}

/** How many pictures a formatted text would show from elsewhere, up to 99. */
export function countAfar(html: string): number {
  let count = 0;
  for (const [tag] of html.matchAll(IMAGE)) {
    const of = (name: string): string => attributeOf(tag, name);
    if (afarPicture(of('src'), { width: of('width'), height: of('height') }) !== null) count += 1;
    if (count === MOST_COUNTED) break;
  }
  return count;
}

const IMAGE = new RegExp(`<img\\b[^>]{0,${TAG_CHARACTERS}}`, 'gi');

/** As HTML is written: quoted or not; entities in an address are its ampersands. */
function attributeOf(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(
    tag,
  );
  return (found?.[1] ?? found?.[2] ?? found?.[3] ?? '').replaceAll('&amp;', '&').trim();
}
