import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../shared/chromium.ts';
import { openPlainPage, type AnyPage, type PlainPage } from '../shared/plain/page.ts';
import { PATIENCE_MS, USUAL, putBack, takeWindow } from '../shared/windows.ts';
import type { DemoAccount } from './whole.ts';

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Closes what they opened, their session with it. */
  leave(): Promise<void>;
}

interface WiredVisitor extends Visitor {
  readonly wire: CDPSession;
}

/** A browser whose consoles are listened to. */
export interface BrowserYard {
  /**
   * Signs in and gives the inbox: the first through the page, the others with what that page gives
   * one who has no browser, which costs a fourth.
   */
  enter(account: DemoAccount): Promise<Visitor>;
  /**
   * What consoles and pages complained of since the last call, refused pages left out: their status
   * is what was asked for.
   */
  complaints(): readonly string[];
  /** Requests that went anywhere but to us, since the last call. */
  strangers(): readonly string[];
  close(): Promise<void>;
}

/** Signs in through the page, without a browser, and gives the inbox. */
export async function readAs(base: string, account: DemoAccount): Promise<PlainPage> {
  const page = openPlainPage(base);
  await signIn(page, base, account);
  return page;
}

/** Somebody who has signed in without a browser goes on with one. */
async function comeInAs({ page, wire }: WiredVisitor, { came, cookies }: PlainPage): Promise<void> {
  const url = came.url();
  await wire.send('Network.setCookies', {
    cookies: Array.from(cookies, ([name, value]) => {
      return { name, value, url, path: '/', secure: true, httpOnly: true, sameSite: 'Lax' };
    }),
  });
  await page.goto(url);
}

async function signIn(
  page: AnyPage,
  base: string,
  { address, password }: DemoAccount,
): Promise<void> {
  await page.goto(`${base}/signin`);
  await page.fill('#a', address);
  await page.fill('#p', password);
  await page.click('button.main');
  await page.waitForURL(/\/(?:mail\/inbox|home)$/); // an agent's home
}

/** With flags of one's own for the browser: its made-up microphone, say. */
export async function openYard(base: string, flags: readonly string[] = []): Promise<BrowserYard> {
  const browser = flags.length === 0 ? null : await launchChromium(flags);
  const visitors = new Set<Visitor>();
  let isFirst = true;
  let complaints: string[] = [];
  let strangers: string[] = [];
  const listen = (page: Page): void => {
    page.on('pageerror', (error) => complaints.push(`${page.url()} ${error.message}`));
    page.on('dialog', (dialog) => {
      complaints.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('console', (message) => {
      // A page that refuses is a page, whether it is gone to or opens in its place.
      const refuses =
        /the server responded with a status of \d+/.test(message.text()) &&
        !message.location().url.startsWith(`${base}/a/`);
      if (message.type() === 'error' && !refuses)
        complaints.push(`${page.url()} ${message.text()}`);
    });
    page.on('requestfinished', (request) => {
      const isOurs = [`${base}/`, `blob:${base}/`, 'data:'].some((own) =>
        request.url().startsWith(own),
      );
      if (!isOurs) strangers.push(request.url());
    });
  };
  return {
    async enter(account) {
      const visitor = await (browser === null ? inWindow(base, listen) : apart(browser, listen));
      visitors.add(visitor);
      if (isFirst) await signIn(visitor.page, base, account);
      else await comeInAs(visitor, await readAs(base, account));
      isFirst = false;
      return {
        ...visitor,
        async leave() {
          if (visitors.delete(visitor)) await visitor.leave();
        },
      };
    },
    complaints() {
      const said = complaints;
      complaints = [];
      return said;
    },
    strangers() {
      const seen = strangers;
      strangers = [];
      return seen;
    },
    async close() {
      for (const visitor of visitors) await visitor.leave();
      await browser?.close();
    },
  };
}

/** In a window that others had and others will have. */
async function inWindow(base: string, listen: (page: Page) => void): Promise<WiredVisitor> {
  const window = await takeWindow('machine');
  const { page, context, wire } = window;
  listen(page);
  context.on('page', listen);
  return {
    page,
    context,
    wire,
    async leave() {
      context.off('page', listen);
      await putBack(window, base);
    },
  };
}

/** In a browser of its own. */
async function apart(browser: Browser, listen: (page: Page) => void): Promise<WiredVisitor> {
  const context = await browser.newContext(USUAL);
  context.setDefaultTimeout(PATIENCE_MS);
  context.on('page', listen);
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  return { page, context, wire, leave: () => context.close() };
}
