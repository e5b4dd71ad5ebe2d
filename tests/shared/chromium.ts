import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';

/**
 * Debian's build without a window draws the same pages for a quarter of the processor's time; the
 * whole browser serves where it alone is installed.
 */
const PROGRAMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // No process is kept ready for the next page, nor begun for a frame that may do nothing.
  '--disable-site-isolation-trials',
];
/** Without a locale in UTF-8 every file with an accent is called « download ». */
const ENVIRONMENT = { LC_ALL: 'C.UTF-8', PATH: '/usr/local/bin:/usr/bin:/bin', HOME: homedir() };

const program = (): string | undefined => PROGRAMS.find((path) => existsSync(path));

export const hasChromium = (): boolean => program() !== undefined;

/** The whole browser, which has a viewer of PDFs: the build without a window has none. */
const WHOLE = '/usr/bin/chromium';
export const hasWholeChromium = (): boolean => existsSync(WHOLE);
export const launchWholeChromium = (): Promise<Browser> => launch(WHOLE, []);

/** A browser without a window, with flags of one's own beside ours; throws where there is none. */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return launch(program() ?? 'chromium', more);
}

function launch(executablePath: string, more: readonly string[]): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [...FLAGS, ...more],
    env: ENVIRONMENT,
  });
}

/** A browser as tests use it. */
export interface OpenBrowser {
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Ends what was opened here. */
  close(): Promise<void>;
}

/**
 * Makes a click that leads to another page end once that page stands to its last element: by
 * itself a click ends when the answer begins, and who then counts rows counts half a page.
 */
function endWithItsPage(page: Page): void {
  const frame = page.mainFrame();
  const click = frame.click.bind(frame);
  frame.click = async (selector, options) => {
    await click(selector, options);
    if (!page.isClosed()) await frame.waitForLoadState('domcontentloaded');
  };
}

let ofThisWorker: Promise<Browser> | null = null;

/**
 * The browser that the files of a worker share one after the other, since each start of one costs
 * seconds; it ends with the worker. Throws where there is none.
 */
export async function openBrowser(): Promise<OpenBrowser> {
  ofThisWorker ??= launchChromium();
  const browser = await ofThisWorker;
  const contexts: BrowserContext[] = [];
  return {
    async newContext(options) {
      const context = await browser.newContext(options);
      context.on('page', endWithItsPage);
      contexts.push(context);
      return context;
    },
    async close() {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    },
  };
}
