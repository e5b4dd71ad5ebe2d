import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Core, Viewer } from '../../core/core.ts';
import { openBrowser, type OpenBrowser } from '../../tests/shared/chromium.ts';
import { SESSION_COOKIE } from '../http/guard.ts';
import { DEMO_PAGES } from '../routes/routes.ts';
import { startWebmail } from '../server.ts';

/** The pages of a real town in a real browser. */
export interface Visits {
  readonly base: string;
  readonly browser: OpenBrowser;
  /**
   * Somebody who is signed in, at their inbox, with a context of their own. Core makes the session:
   * the door has tests of its own.
   */
  enter(local: string, options?: BrowserContextOptions): Promise<Page>;
  /** A page of nobody. */
  stranger(options?: BrowserContextOptions): Promise<Page>;
  /** Closes all pages: between tests. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

const CONTEXT = { locale: 'fr-FR', acceptDownloads: true } as const;
/** On a busy machine a click may take this long to have its page. */
const PATIENCE_MS = 20_000;

/** Serves the pages of a town on a port of their own and starts a browser. */
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
  const browser = await openBrowser();
  const contexts: BrowserContext[] = [];

  async function open(options: BrowserContextOptions): Promise<BrowserContext> {
    const context = await browser.newContext({ ...CONTEXT, ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    contexts.push(context);
    return context;
  }

  return {
    base,
    browser,
    async enter(local, options = {}) {
      const context = await open(options);
      const value = await town.enter(await town.viewer(local));
      const page = await context.newPage();
      // addCookies names a domain, which a cookie `__Host-…` may not have
      const wire = await context.newCDPSession(page);
      await wire.send('Network.setCookie', {
        name: SESSION_COOKIE,
        value,
        url: base,
        path: '/',
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
      });
      await wire.detach();
      await page.goto(`${base}/mail/inbox`);
      return page;
    },
    stranger: async (options = {}) => (await open(options)).newPage(),
    async leave() {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    },
    async close() {
      await browser.close();
      await web.close();
    },
  };
}
