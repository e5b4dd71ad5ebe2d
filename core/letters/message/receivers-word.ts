import { readHeader } from './header.ts';

/** What a receiver found of a letter (RFC 8601 §2.7): `pass`, `fail`, `none` and their kin. */
export interface ReceiversWord {
  /** Who says so: the authserv-id (RFC 8601 §2.5); null: it doesn't say, as Outlook's don't. */
  readonly receiver: string | null;
  /** Null: nothing is said of it. */
  readonly spf: string | null;
  readonly dkim: string | null;
  readonly dmarc: string | null;
}

const METHODS = ['spf', 'dkim', 'dmarc'] as const;
type Method = (typeof METHODS)[number];

interface Result {
  readonly method: Method;
  readonly result: string;
  /** The domains that it is about, each in one spelling. */
  readonly domains: readonly string[];
}

/** Looked at in one letter; an honest one has a handful. */
const MOST_FIELDS = 50;
/** A field starts a line, wherever the letter that came back stands in the one that brings it. */
const FIELD = /^authentication-results:/gim;
const RESULT = /^\s*(spf|dkim|dmarc)\s*(?:\/\s*\d+\s*)?=\s*([a-z]+)/i;
const ABOUT = /\b(?:header\.(?:d|i|from)|smtp\.(?:mailfrom|helo))\s*=\s*(?:"([^"]*)"|([^\s;"]+))/gi;

/**
 * What receivers found of letters of `domain`, as an answer that brings one of them back tells: in
 * its own header, or in the header of the letter that it quotes or bears along. The server that had
 * it last comes first, as the fields stand there. What `ours`, our own server, says is about the
 * answer itself, and left out.
 */
export function receiversWordsIn(
  answer: Buffer,
  { domain, ours }: { readonly domain: string; readonly ours: string },
): readonly ReceiversWord[] {
  const text = answer.toString('latin1');
  return [...text.matchAll(FIELD)]
    .slice(0, MOST_FIELDS)
    .flatMap(({ index }) => wordIn(fieldAt(answer, index), domain))
    .filter(({ receiver }) => receiver !== ours.toLowerCase());
}

/** The value of the field that starts here, unfolded. */
function fieldAt(raw: Buffer, start: number): string {
  const read = readHeader(raw, start, raw.length);
  return read.kind === 'header' ? (read.header.fields[0]?.value ?? '') : '';
}

/** Nothing where nothing in it is about this domain: then it is about somebody else's letter. */
function wordIn(value: string, domain: string): ReceiversWord[] {
  const said = withoutComments(value).split(';');
  const [first = ''] = said;
  const named = RESULT.test(first) ? undefined : /^[\s"]*([^\s";]+)/.exec(first)?.[1];
  const all = said.flatMap(resultIn);
  if (!all.some(({ domains }) => domains.includes(domain))) return [];
  // What found no signature names nobody's.
  const results = all.filter(({ domains }) => domains.length === 0 || domains.includes(domain));
  const receiver = named?.toLowerCase() ?? null;
  const [spf, dkim, dmarc] = METHODS.map((method) => bestOf(results, method));
  return [{ receiver, spf: spf ?? null, dkim: dkim ?? null, dmarc: dmarc ?? null }];
}

function resultIn(words: string): Result[] {
  const found = RESULT.exec(words);
  const method = METHODS.find((one) => one === found?.[1]?.toLowerCase());
  if (method === undefined || found?.[2] === undefined) return [];
  const domains = [...words.matchAll(ABOUT)]
    .map(([, quoted, plain]) => domainIn(quoted ?? plain ?? ''))
    .filter((domain) => domain.includes('.'));
  return [{ method, result: found[2].toLowerCase(), domains }];
}

/** Of an address or a domain. */
const domainIn = (value: string): string =>
  value
    .slice(value.lastIndexOf('@') + 1)
    .replace(/(?<!\.)\.+$/, '')
    .toLowerCase();

/** Of two signatures one that holds is enough: few know Ed25519 (RFC 8463) yet. */
function bestOf(results: readonly Result[], method: Method): string | undefined {
  const found = results.filter((one) => one.method === method).map(({ result }) => result);
  return found.includes('pass') ? 'pass' : found[0];
}

/** Comments within comments that are looked into. */
const MOST_NESTED = 4;

/** Comments hold what anybody likes, and may hold one another (RFC 5322 §3.2.2). */
function withoutComments(value: string): string {
  let left = value;
  for (let nested = 0; nested < MOST_NESTED; nested += 1) left = left.replace(/\([^()]*\)/g, ' ');
  return left;
}
