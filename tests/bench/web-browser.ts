/**
 * What pages cost an old computer on a slow line: Chromium with a processor six times slower, as
 * DSL is at the edge of a town. From the act until what one came for is seen, on the page's own
 * clock; bytes as they came over the line. Where one clicks, the act is the click that the page
 * hears, at the end of a press as long as a person's: what the driver needs before is nobody's.
 */
import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../shared/chromium.ts';
import { slowDown } from '../shared/slow-computer.ts';
import { median, print, rounded } from './figures.ts';
import { aim } from './web-aims.ts';
import type { DemoLogin } from './web-ours.ts';

const RUNS = 3;
const SEEN_MS = 20_000;
/** Nothing more is loaded once it was quiet for so long. */
const QUIET_MS = 400;

/** How long the button of a mouse is down as one clicks. */
const PRESS_MS = 80;
/** Somebody reads: until then a page has fetched what the next one needs. */
const READING_MS = 3_000;

const STEPS = [
  'sign-in',
  'cold inbox',
  'at rest',
  'warm inbox',
  'message by key',
  'message',
  'writing',
] as const;
type Step = (typeof STEPS)[number];

/** What each step is to take at most, in milliseconds. */
const USABLE_MS: Readonly<Partial<Record<Step, number>>> = {
  'cold inbox': 1_200,
  'warm inbox': 500,
  message: 250,
  writing: 400,
};
/** The steps that begin with the click that the page hears. */
const ACT: Readonly<Partial<Record<Step, string>>> = {
  'cold inbox': 'the click',
  'message by key': 'the click',
  message: 'the click',
  writing: 'the click',
};
const FIRST_VISIT_BYTES = 40_000;
const WARM_BYTES = 5_000;
const WRITING_DOCUMENT_BYTES = 8_000;
const SCRIPT_BYTES = 15_000;

/** Something that is there once the page is of use, for both kinds of readers. */
const SIGNS: Readonly<Record<Step, string>> = {
  'sign-in': '#a',
  'cold inbox': '.msg',
  'at rest': '.msg',
  'warm inbox': '.msg',
  'message by key': '.read',
  message: '.read',
  writing: 'textarea:not(#rp)',
};

interface Cost {
  readonly step: Step;
  readonly usableMs: number;
  readonly bytes: number;
  readonly requests: number;
  readonly documentBytes: number;
  readonly scriptBytes: number;
  readonly layoutShift: number;
}

/** Measures a pupil's and a teacher's visit, prints figures and aims. */
export async function browse(port: number, demoFile: string): Promise<void> {
  const { accounts } = JSON.parse(readFileSync(demoFile, 'utf8')) as {
    readonly accounts: readonly DemoLogin[];
  };
  const browser = await launchChromium();
  try {
    for (const role of ['pupil', 'teacher'] as const) {
      const account = accounts.find((one) => one.role === role);
      if (account === undefined) throw new Error(`the town has no ${role}`);
      const runs: (readonly Cost[])[] = [];
      for (let run = 0; run < RUNS; run += 1) runs.push(await visit(browser, port, account));
      judge(role, medians(runs));
    }
  } finally {
    await browser.close();
  }
}

/** From an empty cache to a letter of one's own. */
async function visit(browser: Browser, port: number, account: DemoLogin): Promise<Cost[]> {
  const context = await browser.newContext();
  await context.addInitScript(watch, Object.values(SIGNS));
  const page = await context.newPage();
  const wire = await slowWire(await context.newCDPSession(page));
  const at = (path: string) =>
    page.goto(`http://127.0.0.1:${port}${path}`, { waitUntil: 'commit' });
  const costs: Cost[] = [];
  const step = async (name: Step, act: () => Promise<unknown>): Promise<void> => {
    wire.reset();
    const begun = Date.now();
    const [usableAt] = await Promise.all([seenAt(page, SIGNS[name], begun), act()]);
    const clicked = await page.evaluate(() => Number(sessionStorage.getItem('benchClicked')));
    const since = Math.max(begun, clicked);
    await wire.quiet();
    const { shift, documentBytes } = await page.evaluate(inspect);
    costs.push({
      step: name,
      usableMs: usableAt - since,
      layoutShift: shift,
      documentBytes,
      ...wire.taken(),
    });
  };
  try {
    await step('sign-in', () => at('/signin?adult=1'));
    await page.fill('#a', account.address);
    await page.fill('#p', account.password);
    await step('cold inbox', () => page.click('button.main', { noWaitAfter: true }));
    wire.reset();
    await page.waitForTimeout(READING_MS);
    costs.push({ step: 'at rest', usableMs: 0, layoutShift: 0, documentBytes: 0, ...wire.taken() });
    await step('warm inbox', () => at('/mail/inbox'));
    await page.focus('.msg >> nth=2');
    await step('message by key', () => page.keyboard.press('Enter'));
    await at('/mail/inbox');
    await page.waitForLoadState();
    await wire.quiet();
    await step('message', () => press(page, '.msg >> nth=1'));
    await step('writing', () => press(page, 'a[href="/write"]:visible'));
    return costs;
  } finally {
    await context.close();
  }
}

/** A click as a person does it. */
const press = (page: Page, selector: string): Promise<void> =>
  page.click(selector, { delay: PRESS_MS, noWaitAfter: true });

/** When a sign was seen first on a document that began after `since`, or that was there then. */
async function seenAt(page: Page, sign: string, since: number): Promise<number> {
  for (const deadline = Date.now() + SEEN_MS; Date.now() < deadline;) {
    const at = await page
      .evaluate((selector) => window.benchSeen?.[selector] ?? 0, sign)
      .catch(() => 0); // between two documents
    if (at > since) return at;
    await page.waitForTimeout(20);
  }
  throw new Error(`${sign} was not seen`);
}

interface Wire {
  reset(): void;
  quiet(): Promise<void>;
  taken(): Pick<Cost, 'bytes' | 'requests' | 'scriptBytes'>;
}

async function slowWire(session: CDPSession): Promise<Wire> {
  await slowDown(session);
  const scripts = new Set<string>();
  const cached = new Set<string>();
  let taken = { bytes: 0, requests: 0, scriptBytes: 0 };
  let heardAt = Date.now();
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => cached.add(requestId));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    heardAt = Date.now();
    if (cached.has(requestId)) return;
    taken = {
      bytes: taken.bytes + encodedDataLength,
      requests: taken.requests + 1,
      scriptBytes: taken.scriptBytes + (scripts.has(requestId) ? encodedDataLength : 0),
    };
  });
  return {
    reset: () => {
      taken = { bytes: 0, requests: 0, scriptBytes: 0 };
    },
    async quiet() {
      heardAt = Date.now();
      while (Date.now() - heardAt < QUIET_MS)
        await new Promise((resolve) => setTimeout(resolve, QUIET_MS / 4));
    },
    taken: () => taken,
  };
}

declare global {
  interface Window {
    benchSeen?: Record<string, number>;
    benchShift?: number;
  }
}

/** Runs in each page: when each sign was first to be seen, and how much was moved about. */
function watch(signs: readonly string[]): void {
  const seen: Record<string, number> = {};
  window.benchSeen = seen;
  window.benchShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      readonly value: number;
      readonly hadRecentInput: boolean;
    })[])
      if (!entry.hadRecentInput) window.benchShift = (window.benchShift ?? 0) + entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  document.addEventListener(
    'click',
    ({ timeStamp }) =>
      sessionStorage.setItem('benchClicked', String(performance.timeOrigin + timeStamp)),
    { capture: true },
  );
  const look = (): void => {
    for (const sign of signs) {
      const isThere = (document.querySelector(sign)?.getClientRects().length ?? 0) > 0;
      if (isThere) seen[sign] ??= performance.timeOrigin + performance.now();
      else delete seen[sign];
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function inspect(): { readonly shift: number; readonly documentBytes: number } {
  const [entry] = performance.getEntriesByType('navigation');
  return {
    shift: window.benchShift ?? 0,
    documentBytes: entry instanceof PerformanceNavigationTiming ? entry.encodedBodySize : NaN,
  };
}

function medians(runs: readonly (readonly Cost[])[]): readonly Cost[] {
  return STEPS.map((step, index) => {
    const of = (value: (cost: Cost) => number): number =>
      median(runs.flatMap((costs) => (costs[index] ? [value(costs[index])] : [])));
    return {
      step,
      usableMs: of(({ usableMs }) => usableMs),
      bytes: of(({ bytes }) => bytes),
      requests: of(({ requests }) => requests),
      documentBytes: of(({ documentBytes }) => documentBytes),
      scriptBytes: of(({ scriptBytes }) => scriptBytes),
      layoutShift: of(({ layoutShift }) => layoutShift),
    };
  });
}

function judge(role: 'pupil' | 'teacher', costs: readonly Cost[]): void {
  const of = (step: Step): Cost | undefined => costs.find((one) => one.step === step);
  for (const { step, usableMs, bytes, requests, documentBytes, scriptBytes, layoutShift } of costs)
    print({
      figure: 'browser',
      role,
      step,
      usable_ms: Math.round(usableMs),
      bytes,
      requests,
      document_bytes: documentBytes,
      script_bytes: scriptBytes,
      layout_shift: rounded(layoutShift),
    });
  const atMost = (what: string, value: number, most: number): void =>
    aim(`${role}, ${what}: at most ${most}`, value, value <= most);
  for (const { step, usableMs } of costs) {
    const most = USABLE_MS[step];
    if (most !== undefined)
      atMost(`${step} of use after, ms from ${ACT[step] ?? 'the address'}`, usableMs, most);
  }
  if (role === 'pupil') {
    const first = (of('sign-in')?.bytes ?? NaN) + (of('cold inbox')?.bytes ?? NaN);
    atMost('first visit, bytes', first, FIRST_VISIT_BYTES);
  }
  atMost('warm inbox, bytes', of('warm inbox')?.bytes ?? NaN, WARM_BYTES);
  atMost(
    'writing, bytes of the document',
    of('writing')?.documentBytes ?? NaN,
    WRITING_DOCUMENT_BYTES,
  );
  atMost(
    'scripts of a page, bytes',
    Math.max(...costs.map((one) => one.scriptBytes)),
    SCRIPT_BYTES,
  );
  atMost('layout shift', Math.max(...costs.map((one) => one.layoutShift)), 0);
}
