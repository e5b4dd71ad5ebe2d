import type { CDPSession, Page } from 'playwright-core';
import { openBrowser } from '../chromium.ts';
import type { PlainPage } from './page.ts';

interface Window {
  readonly page: Page;
  readonly wire: CDPSession;
}
let ofThisWorker: Promise<Window> | null = null;

/** The window in which a worker looks at one page after the other; it ends with the worker. */
async function openWindow(): Promise<Window> {
  const context = await (await openBrowser()).newContext({ locale: 'fr-FR' });
  const page = await context.newPage();
  return { page, wire: await context.newCDPSession(page) };
}

/** Headers that say how the answer came, not what it is. */
const OF_THE_WAY = /^(?:connection|content-length|keep-alive|set-cookie|transfer-encoding)$/;

/**
 * Shows in a browser what a page without one has by now, so that nothing is asked twice; its
 * sheets, pictures and scripts come from where it came. It stands there until another is shown.
 */
export async function showInBrowser(
  plain: PlainPage,
  { script }: { readonly script: boolean },
): Promise<Page> {
  ofThisWorker ??= openWindow();
  const { page, wire } = await ofThisWorker;
  const { came, cookies } = plain;
  const body = Buffer.from(await plain.content()).toString('base64');
  const url = came.url().replace(/#.*/s, '');
  await wire.send('Emulation.setScriptExecutionDisabled', { value: !script });
  await wire.send('Network.clearBrowserCookies');
  await wire.send('Network.setCookies', {
    cookies: Array.from(cookies, ([name, value]) => {
      return { name, value, url, path: '/', secure: true, httpOnly: true };
    }),
  });
  // Not by `page.route`, with which the browser would ask for each sheet and script again.
  wire.once('Fetch.requestPaused', ({ requestId }) => {
    const responseHeaders = Object.entries(came.headers())
      .filter(([name]) => !OF_THE_WAY.test(name))
      .map(([name, value]) => ({ name, value }));
    const answer = { requestId, responseCode: came.status(), responseHeaders, body };
    void wire.send('Fetch.fulfillRequest', answer);
  });
  await wire.send('Fetch.enable', { patterns: [{ urlPattern: url, resourceType: 'Document' }] });
  await page.goto(url);
  await wire.send('Fetch.disable');
  return page;
}
