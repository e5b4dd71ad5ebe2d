import type { BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { openBrowser } from './chromium.ts';

/** A page of the browser with cookies and storage of its own. */
export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly wire: CDPSession;
}

/** With the clock of the machine, or one that a test moves. */
export type WindowClock = 'machine' | 'moved';

/** What every window of the tests is opened with. */
export const USUAL = { locale: 'fr-FR', acceptDownloads: true } as const;
const SIZE = { width: 1280, height: 720 } as const;
/** On a busy machine a click may take this long to have its page. */
export const PATIENCE_MS = 20_000;
/** A page that takes longer to go is put away with its window. */
const GOES_WITHIN_MS = 5_000;

/** What leaves something behind that no call takes away: who uses it has had the window last. */
const LASTING = ['exposeFunction', 'exposeBinding'] as const;
const LASTING_FOR_ALL = [...LASTING, 'setOffline', 'grantPermissions'] as const;
const HEARD = [
  ...(['console', 'dialog', 'download', 'filechooser', 'pageerror', 'popup', 'response'] as const),
  ...(['request', 'requestfailed', 'requestfinished', 'load', 'framenavigated'] as const),
];

const EMPTY = 'about:blank';
const spoiled = new WeakSet<Window>();
/** How to take away again what was put into a window. */
const putIn = new WeakMap<Window, (() => Promise<unknown>)[]>();
/** What a window is begun with and keeps, such as fingers or no script. */
type WindowOptions = Omit<BrowserContextOptions, 'viewport' | 'colorScheme' | 'reducedMotion'>;
interface Beginning {
  readonly clock: WindowClock;
  readonly options: WindowOptions;
}
/** By how they are begun. */
const idle = new Map<string, Window[]>();
const beginnings = new WeakMap<Window, Beginning>();

/**
 * A window as good as new, and at the start of its history. A worker's tests use a few one after
 * the other: a new one starts a process, which takes three times as long as its first page.
 */
export async function takeWindow(clock: WindowClock, options: WindowOptions = {}): Promise<Window> {
  const window = likeIt({ clock, options }).pop() ?? (await makeWindow({ clock, options }));
  if (clock === 'moved') await window.page.clock.install();
  return window;
}

function likeIt(beginning: Beginning): Window[] {
  const key = JSON.stringify(beginning);
  const windows = idle.get(key) ?? [];
  idle.set(key, windows);
  return windows;
}

async function makeWindow(beginning: Beginning): Promise<Window> {
  const { clock, options } = beginning;
  const browser = await openBrowser();
  const context = await browser.newContext({ ...USUAL, viewport: SIZE, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const window = { context, page, wire: await context.newCDPSession(page) };
  beginnings.set(window, beginning);
  putIn.set(window, []);
  noteWhatIsPutIn(window);
  const spoil = () => spoiled.add(window);
  for (const name of LASTING) spoils(page, name, spoil);
  for (const name of LASTING_FOR_ALL) spoils(context, name, spoil);
  if (clock === 'machine') spoils(page.clock, 'install', spoil);
  return window;
}

/** Scripts, answers and sessions of the wire, each of which can be taken away by itself. */
function noteWhatIsPutIn(window: Window): void {
  const note = (takeAway: () => Promise<unknown>) => putIn.get(window)?.push(takeAway);
  const { page, context } = window;
  for (const one of [page, context]) {
    const [addInitScript, route] = [one.addInitScript.bind(one), one.route.bind(one)];
    one.addInitScript = async (...all) => {
      const script = await addInitScript(...all);
      note(() => script.dispose());
      return script;
    };
    one.route = async (...all) => {
      const answer = await route(...all);
      note(() => answer.dispose());
      return answer;
    };
  }
  const newCDPSession = context.newCDPSession.bind(context);
  context.newCDPSession = async (of) => {
    const wire = await newCDPSession(of);
    note(() => wire.detach());
    return wire;
  };
}

function spoils<Name extends string, Thing extends Record<Name, (...all: never[]) => unknown>>(
  thing: Thing,
  name: Name,
  spoil: () => void,
): void {
  const call = thing[name];
  Object.defineProperty(thing, name, {
    value(...all: never[]) {
      spoil();
      return call.apply(thing, all);
    },
  });
}

/** Wipes what was opened and kept in a window, for the next one who takes it. */
export async function putBack(window: Window, origin: string): Promise<void> {
  const beginning = beginnings.get(window);
  const isGood =
    beginning !== undefined &&
    !spoiled.has(window) &&
    !window.page.isClosed() &&
    (await isWiped(window, origin).catch(() => false));
  if (isGood) likeIt(beginning).push(window);
  else await window.context.close();
}

async function isWiped(window: Window, origin: string): Promise<boolean> {
  const { context, page, wire } = window;
  for (const other of context.pages()) if (other !== page) await other.close();
  for (const event of HEARD) page.removeAllListeners(event);
  // what a page says as it goes is said by nobody
  await wire.send('Network.clearBrowserCookies');
  if (!(await isLeft(page))) return false;
  for (const takeAway of putIn.get(window)?.splice(0) ?? []) await takeAway().catch(() => {});
  await wire.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await wire.send('Page.resetNavigationHistory');
  await page.mouse.move(-1, -1);
  await page.emulateMedia({ media: null, colorScheme: null, reducedMotion: null });
  const size = page.viewportSize();
  if (size?.width !== SIZE.width || size.height !== SIZE.height) await page.setViewportSize(SIZE);
  return true;
}

/** Goes to an empty page by the page itself, so that its process stays, where it is at another. */
async function isLeft(page: Page): Promise<boolean> {
  try {
    if (page.url() === EMPTY) {
      await page.evaluate(() => {
        window.name = '';
      });
      return true;
    }
    const gone = page.waitForURL(EMPTY, { timeout: GOES_WITHIN_MS });
    const leaves = page.evaluate(() => {
      window.name = '';
      location.replace('about:blank');
    });
    await Promise.all([gone, Promise.race([leaves, gone])]);
    return true;
  } catch {
    return false;
  }
}
