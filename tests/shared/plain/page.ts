/**
 * A page as a browser without script has it, without the browser: fetched, parsed, read and used by
 * a person. It is for tests that ask what a page says and what its forms do; how it looks and what
 * its scripts do is asked of Chromium.
 */
import { parse, type ContentDisposition } from 'content-disposition';
import type { Document } from 'domhandler';
import { CannotDo, type PlainFile, type Submission } from './forms.ts';
import { PlainLocator, type AnyLocator, type OptionChoice } from './locator.ts';
import { found, isShown, parsed, written } from './markup.ts';
import { press } from './press.ts';
import { openWire, type PlainAnswer, type PlainWire } from './wire.ts';

/**
 * What a person does on a page, in Playwright’s words, so that a test reads the same with a browser
 * and without one. A selector means the first that it finds.
 */
export interface AnyPage {
  goto(url: string): Promise<Pick<PlainAnswer, 'status'> | null>;
  reload(): Promise<unknown>;
  url(): string;
  title(): Promise<string>;
  content(): Promise<string>;
  click(selector: string): Promise<void>;
  fill(selector: string, value: string): Promise<void>;
  press(selector: string, key: string): Promise<void>;
  check(selector: string): Promise<void>;
  uncheck(selector: string): Promise<void>;
  setChecked(selector: string, isOn: boolean): Promise<void>;
  selectOption(selector: string, wanted: OptionChoice): Promise<unknown>;
  setInputFiles(selector: string, files: PlainFile | readonly PlainFile[]): Promise<void>;
  textContent(selector: string): Promise<string | null>;
  inputValue(selector: string): Promise<string>;
  getAttribute(selector: string, name: string): Promise<string | null>;
  isChecked(selector: string): Promise<boolean>;
  isVisible(selector: string): Promise<boolean>;
  locator(selector: string): AnyLocator;
  /** Without a browser: throws where it isn’t shown. */
  waitForSelector(selector: string): Promise<unknown>;
  /** Without a browser: throws where the page is another. `**` and `*` stand for anything. */
  waitForURL(wanted: string | RegExp): Promise<void>;
}

/** A file that a page gave. */
interface Download {
  readonly name: string;
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** A page, and how to open more with its cookies. */
export class PlainPage implements AnyPage {
  readonly #wire: PlainWire;
  readonly #past: URL[] = [];
  #here: URL;
  #came: PlainAnswer | null = null;
  #markup: Document = parsed('');

  constructor(wire: PlainWire) {
    this.#wire = wire;
    this.#here = wire.home;
  }

  /** The answer that is open. */
  get came(): PlainAnswer {
    if (this.#came === null) throw new CannotDo('no page is open');
    return this.#came;
  }
  /** Its markup, with what was opened and filled in since it came. */
  async content(): Promise<string> {
    return written(this.#markup);
  }
  get cookies(): ReadonlyMap<string, string> {
    return this.#wire.cookies;
  }

  /** Another page with the same cookies. */
  beside(): PlainPage {
    return new PlainPage(this.#wire);
  }

  async goto(url: string): Promise<PlainAnswer> {
    return this.#open({ method: 'GET', url: new URL(url, this.#here) }, null);
  }
  async reload(): Promise<void> {
    await this.#show(await this.#wire.ask({ method: 'GET', url: this.#here, from: null }));
  }
  async goBack(): Promise<void> {
    const url = this.#past.pop();
    if (url === undefined) throw new CannotDo('there is no page before');
    await this.#show(await this.#wire.ask({ method: 'GET', url, from: null }));
  }

  async #open(asked: Submission, from: URL | null = this.#here): Promise<PlainAnswer> {
    if (isBelow(asked, this.#here) && this.#came !== null) {
      this.#here = asked.url;
      return this.#came;
    }
    const came = await this.#wire.ask({ ...asked, from });
    if (isFile(came)) throw new CannotDo(`${came.url()} gives a file: it is to be downloaded`);
    if (this.#came !== null) this.#past.push(this.#here);
    return this.#show(came);
  }

  async #show(came: PlainAnswer): Promise<PlainAnswer> {
    this.#came = came;
    this.#here = new URL(came.url());
    const isHtml = (came.headers()['content-type'] ?? '').startsWith('text/html');
    this.#markup = parsed(isHtml ? await came.text() : '');
    for (const one of found(this.#markup, 'link[href], [src]')) this.#mustBeOurs(one.attribs);
    return came;
  }

  /** No page of ours asks anybody else for what it is made of. */
  #mustBeOurs({ src, href = '' }: Readonly<Record<string, string>>): void {
    const { protocol, origin, href: asked } = new URL(src ?? href, this.#here);
    if (origin !== this.#here.origin && protocol !== 'data:')
      throw new Error(`${this.#here.href} asks for ${asked}`);
  }

  /** Presses what gives a file, and stays on the page. */
  async download(selector: string): Promise<Download> {
    const [one] = found(this.#markup, selector);
    const led = one === undefined ? null : press(one, this.#here);
    if (led === null) throw new CannotDo(`${selector} gives no file`);
    const came = await this.#wire.ask({ ...led, from: this.#here });
    if (!isFile(came)) throw new CannotDo(`${came.url()} is no file`);
    return { name: fileName(came), bytes: await came.body(), headers: came.headers() };
  }

  /** Asks for something beside the page. */
  get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<PlainAnswer> {
    const asked = { method: 'GET', url: new URL(url, this.#here), headers } as const;
    return this.#wire.ask({ ...asked, from: this.#here });
  }
  /** Sends something beside the page. */
  post(
    url: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<PlainAnswer> {
    const body = new URLSearchParams(fields);
    const asked = { method: 'POST', url: new URL(url, this.#here), body, headers } as const;
    return this.#wire.ask({ ...asked, from: this.#here });
  }

  /** What no visitor does: writes attributes into the page, to send what it doesn’t offer. */
  tamper(selector: string, attributes: Readonly<Record<string, string>>): void {
    const [one] = found(this.#markup, selector);
    if (one === undefined) throw new CannotDo(`nothing is ${selector} on ${this.#here.href}`);
    Object.assign(one.attribs, attributes);
  }

  url(): string {
    return this.#here.href;
  }
  async title(): Promise<string> {
    return (await this.textContent('title')).trim();
  }
  locator(selector: string): PlainLocator {
    const ground = {
      markup: () => this.#markup,
      url: () => this.#here,
      follow: async (led: Submission) => void (await this.#open(led)),
    };
    return new PlainLocator(ground, selector);
  }
  #first(selector: string): PlainLocator {
    return this.locator(selector).first();
  }

  click(selector: string): Promise<void> {
    return this.#first(selector).click();
  }
  fill(selector: string, value: string): Promise<void> {
    return this.#first(selector).fill(value);
  }
  press(selector: string, key: string): Promise<void> {
    return this.#first(selector).press(key);
  }
  check(selector: string): Promise<void> {
    return this.setChecked(selector, true);
  }
  uncheck(selector: string): Promise<void> {
    return this.setChecked(selector, false);
  }
  setChecked(selector: string, isOn: boolean): Promise<void> {
    return this.#first(selector).setChecked(isOn);
  }
  selectOption(selector: string, wanted: OptionChoice): Promise<void> {
    return this.#first(selector).selectOption(wanted);
  }
  setInputFiles(selector: string, files: PlainFile | readonly PlainFile[]): Promise<void> {
    return this.#first(selector).setInputFiles(files);
  }
  textContent(selector: string): Promise<string> {
    return this.#first(selector).textContent();
  }
  inputValue(selector: string): Promise<string> {
    return this.#first(selector).inputValue();
  }
  getAttribute(selector: string, name: string): Promise<string | null> {
    return this.#first(selector).getAttribute(name);
  }
  isChecked(selector: string): Promise<boolean> {
    return this.#first(selector).isChecked();
  }
  isVisible(selector: string): Promise<boolean> {
    return this.#first(selector).isVisible();
  }
  async waitForSelector(selector: string): Promise<void> {
    if (!found(this.#markup, selector).some(isShown))
      throw new CannotDo(`nothing is ${selector} on ${this.#here.href}`);
  }
  async waitForURL(wanted: string | RegExp): Promise<void> {
    if (!patternOf(wanted).test(this.#here.href))
      throw new CannotDo(`${this.#here.href} isn’t ${String(wanted)}`);
  }
}

/** What the first that a selector finds says, its white space as it is seen. */
export async function text(page: Pick<AnyPage, 'textContent'>, selector = 'main'): Promise<string> {
  return ((await page.textContent(selector)) ?? '').replace(/\s+/g, ' ').trim();
}

/** A page on which nothing is open yet. */
export function openPlainPage(...wire: Parameters<typeof openWire>): PlainPage {
  return new PlainPage(openWire(...wire));
}

/** Whether it leads to a place on the page that is open. */
function isBelow({ method, url }: Submission, here: URL): boolean {
  const page = ({ href }: URL): string => href.replace(/#.*/s, '');
  return method === 'GET' && url.hash !== '' && page(url) === page(here);
}

const isFile = (came: PlainAnswer): boolean => offered(came).type === 'attachment';

/** Under which name a browser keeps it (RFC 6266 §4.3). */
const fileName = (came: PlainAnswer): string => offered(came).parameters['filename'] ?? '';

const offered = (came: PlainAnswer): ContentDisposition =>
  parse(came.headers()['content-disposition'] ?? '');

function patternOf(wanted: string | RegExp): RegExp {
  if (wanted instanceof RegExp) return wanted;
  return new RegExp(`^${wanted.split(/\*+/).map(escaped).join('.*')}$`);
}
const escaped = (text: string): string => text.replace(/[^\w/]/g, '\\$&');
