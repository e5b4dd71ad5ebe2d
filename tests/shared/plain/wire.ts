/** How a browser asks a server for pages: with the cookies that it keeps, through redirects. */

/** What a server answered. */
export interface PlainAnswer {
  status(): number;
  headers(): Readonly<Record<string, string>>;
  /** Where the redirects led. */
  url(): string;
  body(): Promise<Buffer>;
  text(): Promise<string>;
}

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly body?: FormData | URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  /** The page that leads there; null for an address that was typed. */
  readonly from: URL | null;
}

export interface PlainWire {
  readonly home: URL;
  readonly cookies: ReadonlyMap<string, string>;
  /** Throws where it is led to another host, or on and on. */
  ask(asked: Asked): Promise<PlainAnswer>;
}

const MOST_REDIRECTS = 10;
/** Chromium on the computers of a school. */
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';

/** A browser’s side of a server’s wire, in French unless another language is asked for. */
export function openWire(
  base: string,
  {
    kept = {},
    locale = 'fr-FR',
  }: { kept?: Readonly<Record<string, string>>; locale?: string } = {},
): PlainWire {
  const home = new URL(base);
  const cookies = new Map(Object.entries(kept));

  async function once({ method, url, body, headers, from }: Asked): Promise<Response> {
    const answer = await fetch(url, {
      method,
      body: body ?? null,
      redirect: 'manual',
      headers: {
        accept: 'text/html,*/*;q=0.8',
        'accept-encoding': 'identity',
        'accept-language': locale,
        'user-agent': USER_AGENT,
        'sec-fetch-site': from === null ? 'none' : 'same-origin',
        ...(from === null ? {} : { referer: from.href.replace(/#.*/, '') }),
        ...(method === 'POST' ? { origin: home.origin } : {}),
        ...(cookies.size === 0
          ? {}
          : { cookie: [...cookies].map((one) => one.join('=')).join('; ') }),
        ...headers,
      },
    });
    // by the server's clock: a whole may live on another day than its test
    const now = Date.parse(answer.headers.get('date') ?? '') || Date.now();
    for (const line of answer.headers.getSetCookie()) keep(cookies, line, now);
    return answer;
  }

  return {
    home,
    cookies,
    async ask(first) {
      let asked = first;
      for (let turn = 0; turn <= MOST_REDIRECTS; turn++) {
        if (asked.url.origin !== home.origin) throw new Error(`${asked.url.href} isn’t ours`);
        const answer = await once(asked);
        const location = answer.headers.get('location');
        if (answer.status < 300 || answer.status > 399 || location === null)
          return answerOf(answer, asked.url);
        await answer.body?.cancel();
        asked = redirected(asked, answer.status, location);
      }
      throw new Error(`${first.url.href} leads on and on`);
    },
  };
}

/** A form is asked for again as a page, but by 307 and 308 (RFC 9110 §15.4). */
function redirected(asked: Asked, status: number, location: string): Asked {
  const url = new URL(location, asked.url);
  if (url.hash === '') url.hash = asked.url.hash;
  return status > 303 ? { ...asked, url } : { method: 'GET', url, from: asked.from };
}

/** Keeps a cookie as a browser does (RFC 6265bis §5.7), as far as one host’s pages need it. */
function keep(cookies: Map<string, string>, line: string, now: number): void {
  const [, name = '', value = '', rest = ''] = /^([^=;]+)=([^;]*)(.*)$/s.exec(line) ?? [];
  const isHostOnly =
    /;\s*secure/i.test(rest) && /;\s*path=\/\s*(;|$)/i.test(rest) && !/;\s*domain=/i.test(rest);
  if (name.startsWith('__Host-') && !isHostOnly) return;
  const maxAge = /;\s*max-age=(-?\d+)/i.exec(rest)?.[1];
  const expires = /;\s*expires=([^;]+)/i.exec(rest)?.[1];
  const isOver =
    maxAge === undefined
      ? expires !== undefined && Date.parse(expires) <= now
      : Number(maxAge) <= 0;
  if (isOver) cookies.delete(name);
  else cookies.set(name, value);
}

async function answerOf(answer: Response, url: URL): Promise<PlainAnswer> {
  const bytes = Buffer.from(await answer.arrayBuffer());
  return {
    status: () => answer.status,
    headers: () => Object.fromEntries(answer.headers),
    url: () => url.href,
    body: () => Promise.resolve(bytes),
    text: () => Promise.resolve(bytes.toString()),
  };
}
