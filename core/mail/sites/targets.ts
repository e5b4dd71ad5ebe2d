/**
 * Where a link leads in the end, as far as it says so itself: `google.com/url?q=…`,
 * `/out?url=https%3A%2F%2F…`, an address after an address (`web.archive.org/web/2020/http://…`), a
 * site in the name of a translator. What is hidden in base64 or behind a short address isn't seen.
 */
import { linksIn, normaliseLink } from '../../letters/message/links.ts';

/** Links within links. */
const MOST_WITHIN = 4;
/** Links that one leads to in all, itself counted. */
const MOST_TARGETS = 20;
/** How often percents lie in percents. */
const MOST_DECODED = 3;

/** A link and those in it. */
export function targetsOf(link: string): string[] {
  const found = new Set<string>([link]);
  let layer = [link];
  for (let depth = 0; depth < MOST_WITHIN && layer.length > 0; depth++) {
    layer = layer.flatMap(within).filter((target) => !found.has(target));
    for (const target of layer) if (found.size < MOST_TARGETS) found.add(target);
  }
  return [...found];
}

function within(link: string): string[] {
  const url = URL.parse(link);
  if (!url) return [];
  const rest = undone(`${url.pathname}${url.search}${url.hash}`);
  const targets = [...rest.matchAll(ADDRESS)].map(([address]) => address);
  // a=b&url=site.example : a name alone counts where it is all that is given
  const given = [...rest.matchAll(GIVEN)].flatMap(([, value = '']) => [...linksIn(value)]);
  return [...targets, ...given, ...translated(url)].flatMap(
    (target) => normaliseLink(target) ?? [],
  );
}

/** As its own program wrote it: some write `https:/x` where two slashes became one. */
const ADDRESS = /https?:\/{1,2}[^\s<>"'&]{1,2048}/gi;
const GIVEN =
  /[?&#;][\w.-]{1,40}=((?:[\w-]{1,63}\.){1,10}[a-z][\w-]{1,62}(?:\/[^&#;\s]{0,2048})?)/gi;

function undone(text: string): string {
  let source = text;
  for (let times = 0; times < MOST_DECODED && /%[\da-f]{2}/i.test(source); times++) {
    const next = decodedOnce(source);
    if (next === source) break;
    source = next;
  }
  return source;
}

const decodedOnce = (source: string): string =>
  source.replace(/%[\da-f]{2}/gi, (percent) => {
    const code = Number.parseInt(percent.slice(1), 16);
    return code > 32 && code < 127 ? String.fromCharCode(code) : percent;
  });

/** `site-example.translate.goog` is `site.example`; two hyphens are one of its own. */
function translated({ hostname }: URL): string[] {
  const [, label] = /^([a-z0-9-]{3,63})\.translate\.goog$/.exec(hostname) ?? [];
  if (label === undefined) return [];
  const host = label.replaceAll('--', '\n').replaceAll('-', '.').replaceAll('\n', '-');
  return [`http://${host}`];
}
