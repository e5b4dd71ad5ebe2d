/**
 * Under which names a page may stand on a list of sites. A list of UT1's layout has names of sites,
 * which mean all that is below them too (`example.org`: `www.example.org`), and addresses, which
 * mean what begins with them (`example.org/club`). Links come as `normaliseLink` gives them: a
 * browser's own reading of Punycode, percents, full stops of other scripts and of 2130706433,
 * 0x7f.1 and 017700000001.
 */

/** Labels of a name that are asked about, from its end. */
const MOST_LABELS = 10;
/** Folders of an address. */
const MOST_FOLDERS = 16;
/** A longer entry is none: no name has as much (RFC 1035 §2.3.4), no list such an address. */
const MOST_ENTRY = 1_024;

/** The names under which a page is on a list; empty for what is no http(s) address. */
export function siteKeys(link: string): string[] {
  const url = URL.parse(link);
  if (!url) return [];
  const host = hostOf(url);
  if (host === '') return [];
  return [...hostKeys(host), ...addressKeys(host, url)];
}

/** An entry of a list in the form that `siteKeys` gives; null for what names no site. */
export function entryKey(line: string): string | null {
  const entry = line.trim();
  // Nearly all of them: read by the million.
  if (PLAIN.test(entry) && !entry.includes('xn--')) return entry;
  if (entry === '' || entry.length > MOST_ENTRY || entry.startsWith('#')) return null;
  const url = URL.parse(/^https?:\/\//i.test(entry) ? entry : `http://${entry}`);
  const host = url === null ? '' : hostOf(url);
  if (url === null || (isName(host) && !host.includes('.'))) return null;
  const page = pageOf(url);
  return page === '' ? host : `${withoutWww(host)}${page}`;
}

const PLAIN = /^(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{0,62}$/;

const isName = (host: string): boolean => host !== '' && !/^[\d.]+$|:/.test(host);

/** Without the full stop at its end, brackets, and the IPv6 around an IPv4 (RFC 4291 §2.5.5.2). */
function hostOf({ hostname }: URL): string {
  const host = hostname.replace(/^\[|\]$|(?<!\.)\.+$/g, '');
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(host) ?? [];
  if (high === undefined || low === undefined) return host;
  const bytes = Buffer.from(high.padStart(4, '0') + low.padStart(4, '0'), 'hex');
  return [...bytes].join('.');
}

/** A name and those above it, but not a country or `com` alone; of a number just itself. */
function hostKeys(host: string): string[] {
  if (!isName(host)) return [host];
  const labels = host.split('.');
  const above = labels.slice(-MOST_LABELS);
  const names = above.slice(0, -1).map((_label, at) => above.slice(at).join('.'));
  return labels.length > MOST_LABELS ? [host, ...names] : names;
}

/** `example.org/a`, `example.org/a/b`, and with what was asked. */
function addressKeys(host: string, url: URL): string[] {
  const site = withoutWww(host);
  const [path = '', search] = pageOf(url).split('?', 2);
  if (path === '' && search === undefined) return [];
  const folders = path.split('/').slice(1, MOST_FOLDERS + 1);
  const pages = folders.map((_folder, at) => `${site}/${folders.slice(0, at + 1).join('/')}`);
  return search === undefined ? pages : [...pages, `${site}${path}?${search}`];
}

/** Path and question in lower case, percents undone, without a slash at its end. */
function pageOf({ pathname, search }: URL): string {
  const path = decoded(pathname)
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '');
  return `${path}${search === '?' ? '' : decoded(search)}`.toLowerCase();
}

/** Of letters, digits and the like, which mean the same either way (RFC 3986 §2.3). */
const decoded = (source: string): string =>
  source.replace(/%([2-7][\da-f])/gi, (whole, digits: string) => {
    const sign = String.fromCharCode(Number.parseInt(digits, 16));
    return /[\w.~-]/.test(sign) ? sign : whole;
  });

const withoutWww = (host: string): string => host.replace(/^(?:www\d{0,2}|web|m)\.(?=.*\.)/, '');
