import type { BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import type { Core } from '../../core/core.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import { openBrowser, type OpenBrowser } from '../../tests/shared/chromium.ts';
import { openPlainPage, type PlainPage } from '../../tests/shared/plain/page.ts';
import {
  PATIENCE_MS,
  USUAL,
  putBack,
  takeWindow,
  type Window,
  type WindowClock,
} from '../../tests/shared/windows.ts';
import { SESSION_COOKIE } from '../http/guard.ts';
import { DEMO_PAGES } from '../routes/routes.ts';
import { startWebmail } from '../server.ts';

/** The pages of a real town, in a real browser or without one. */
export interface Visits {
  readonly base: string;
  /**
   * Somebody who is signed in, at their inbox or the page at another address, with cookies of their
   * own, as a browser without script has it. Core makes the session: the door has tests of its own.
   */
  read(local: string, at?: string): Promise<PlainPage>;
  /** The same in a real browser, for scripts, sizes and keys. */
  enter(local: string, options?: EnterOptions): Promise<Page>;
  /** A page of nobody, nothing open yet. */
  readStranger(): PlainPage;
  /** The same in a real browser. */
  stranger(options?: StrangerOptions): Promise<Page>;
  /** Wipes or closes all pages of the browser: between tests. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

interface StrangerOptions extends Omit<BrowserContextOptions, 'reducedMotion'> {
  /** Whether the browser has nothing yet of what pages are made of. */
  readonly isNew?: boolean;
}

interface EnterOptions extends StrangerOptions {
  readonly at?: string;
  /** Whether their clock goes on by itself until the test moves it. */
  readonly clock?: WindowClock;
}

const INBOX = '/mail/inbox';

/** Serves the pages of a town on a port of their own; a browser starts when one is asked for. */
export async function openVisits(
  town: {
    readonly core: Core;
    viewer(local: string): Promise<Viewer>;
    enter(viewer: Viewer): Promise<string>;
  },
  clock: () => Date = () => new Date(),
): Promise<Visits> {
  const { core } = town;
  const web = await startWebmail(
    { ...core, config: { ...core.config, webPort: 0, publicUrl: 'http://127.0.0.1:0' } },
    DEMO_PAGES,
    { clock },
  );
  const base = `http://127.0.0.1:${web.port}`;
  const contexts: BrowserContext[] = [];
  const windows: Window[] = [];
  let browser: Promise<OpenBrowser> | null = null;

  /** A size and a colour are given to a window that others had; anything else it is begun with. */
  async function open(
    { isNew = false, viewport, colorScheme, ...more }: StrangerOptions,
    clock: WindowClock = 'machine',
  ): Promise<{ readonly page: Page; readonly wire?: CDPSession }> {
    if (!isNew && viewport !== null) {
      const window = await takeWindow(clock, more);
      windows.push(window);
      if (viewport !== undefined) await window.page.setViewportSize(viewport);
      if (colorScheme !== undefined) await window.page.emulateMedia({ colorScheme });
      return window;
    }
    browser ??= openBrowser();
    const look = { ...(viewport && { viewport }), ...(colorScheme && { colorScheme }) };
    const context = await (await browser).newContext({ ...USUAL, ...look, ...more });
    context.setDefaultTimeout(PATIENCE_MS);
    contexts.push(context);
    const page = await context.newPage();
    if (clock === 'moved') await page.clock.install();
    return { page };
  }
  const session = async (local: string): Promise<string> => town.enter(await town.viewer(local));

  return {
    base,
    async read(local, at = INBOX) {
      const page = openPlainPage(base, { kept: { [SESSION_COOKIE]: await session(local) } });
      await page.goto(at);
      return page;
    },
    async enter(local, { at = INBOX, clock: theirs, ...options } = {}) {
      const { page, wire = await page.context().newCDPSession(page) } = await open(options, theirs);
      // addCookies names a domain, which a cookie `__Host-…` may not have
      await wire.send('Network.setCookie', {
        name: SESSION_COOKIE,
        value: await session(local),
        url: base,
        path: '/',
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
      });
      await page.goto(new URL(at, base).href);
      return page;
    },
    readStranger: () => openPlainPage(base),
    stranger: async (options = {}) => (await open(options)).page,
    async leave() {
      await Promise.all([
        ...windows.splice(0).map((window) => putBack(window, base)),
        ...contexts.splice(0).map((context) => context.close()),
      ]);
    },
    async close() {
      await Promise.all(windows.splice(0).map((window) => putBack(window, base)));
      await (await browser)?.close();
      await web.close();
    },
  };
}
