import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Core } from '../../core/core.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import { openBrowser, type OpenBrowser } from '../../tests/shared/chromium.ts';
import { openPlainPage, type PlainPage } from '../../tests/shared/plain/page.ts';
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
  stranger(options?: BrowserContextOptions): Promise<Page>;
  /** Closes all pages of the browser: between tests. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

interface EnterOptions extends BrowserContextOptions {
  readonly at?: string;
  /** Whether their clock goes on by itself until the test moves it. */
  readonly clock?: 'moved';
}

const INBOX = '/mail/inbox';
const CONTEXT = { locale: 'fr-FR', acceptDownloads: true } as const;
/** On a busy machine a click may take this long to have its page. */
const PATIENCE_MS = 20_000;

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
  let browser: Promise<OpenBrowser> | null = null;

  async function open(options: BrowserContextOptions): Promise<BrowserContext> {
    browser ??= openBrowser();
    const context = await (await browser).newContext({ ...CONTEXT, ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    contexts.push(context);
    return context;
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
      const context = await open(options);
      const page = await context.newPage();
      // addCookies names a domain, which a cookie `__Host-…` may not have
      const wire = await context.newCDPSession(page);
      await wire.send('Network.setCookie', {
        name: SESSION_COOKIE,
        value: await session(local),
        url: base,
        path: '/',
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
      });
      await wire.detach();
      if (theirs === 'moved') await page.clock.install();
      await page.goto(new URL(at, base).href);
      return page;
    },
    readStranger: () => openPlainPage(base),
    stranger: async (options = {}) => (await open(options)).newPage(),
    async leave() {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    },
    async close() {
      await (await browser)?.close();
      await web.close();
    },
  };
}
