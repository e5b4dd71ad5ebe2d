import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { hasChromium } from './chromium.ts';
import { putBack, takeWindow } from './windows.ts';

/** With which cookies pages said something as they went. */
const lastWords: string[] = [];
const server = createServer(({ url, headers }, answer) => {
  if (url === '/last') lastWords.push(headers.cookie ?? '');
  answer.setHeader('content-type', 'text/html');
  answer.end('<title>A page</title>');
}).listen(0, '127.0.0.1');
const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** All that one who had the window before could have left for the next. */
const found = (page: Page) =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return {
      kept: [document.cookie, localStorage.length, sessionStorage.length, window.name],
      databases: databases.length,
      isTouched: navigator.maxTouchPoints > 0,
      isScripted: 'theirs' in window,
      answered: await (await fetch('/answer')).text(),
      shelves: await caches.keys(),
      pagesBefore: history.length - 1,
      size: [window.innerWidth, window.innerHeight],
      isDark: matchMedia('(prefers-color-scheme: dark)').matches,
      isPrinted: matchMedia('print').matches,
    };
  });

/** Leaves something of each kind. */
async function leavesAll(page: Page): Promise<void> {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  await page.addInitScript(() => Object.assign(window, { theirs: true }));
  await page.route('**/answer', (route) => route.fulfill({ body: 'theirs' }));
  await page.goto(`${origin()}/other`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.evaluate(async () => {
    document.cookie = 'session=theirs';
    localStorage.setItem('text', 'theirs');
    sessionStorage.setItem('text', 'theirs');
    window.name = 'theirs';
    await caches.open('theirs');
    await new Promise((resolve) => {
      indexedDB.open('theirs').onsuccess = resolve;
    });
    addEventListener('pagehide', () => {
      localStorage.setItem('last', 'theirs');
      navigator.sendBeacon('/last');
    });
  });
}

describe.skipIf(!hasChromium())('a window used again (skipped without chromium)', () => {
  afterAll(() => {
    server.close();
  });

  it('has nothing in it of who had it before, nor listens for them', async () => {
    const first = await takeWindow('machine');
    await first.page.goto(origin());
    const untouched = await found(first.page);
    const heard: string[] = [];
    first.page.on('request', (request) => heard.push(request.url()));
    await leavesAll(first.page);
    expect(await found(first.page)).not.toEqual(untouched);
    const beside = await first.context.newPage();
    heard.length = 0;
    await putBack(first, origin());
    const second = await takeWindow('machine');
    expect(second).toBe(first);
    expect(beside.isClosed()).toBe(true);
    await second.page.goto(origin());
    expect(await found(second.page)).toEqual(untouched);
    expect(heard).toEqual([]);
    await expect.poll(() => lastWords).toEqual(['']);
    await putBack(second, origin());
  });

  it('is one that was begun alike: who has fingers, or no script, gets nobody else’s', async () => {
    const fingers = { hasTouch: true, isMobile: true } as const;
    const first = await takeWindow('machine', fingers);
    await first.page.setViewportSize({ width: 390, height: 844 });
    await putBack(first, origin());
    const plain = await takeWindow('machine', { javaScriptEnabled: false });
    await putBack(plain, origin());
    const usual = await takeWindow('machine');
    await usual.page.goto(origin());
    expect(await found(usual.page)).toMatchObject({ isTouched: false });
    const second = await takeWindow('machine', fingers);
    expect(second).toBe(first);
    await second.page.goto(origin());
    expect(await found(second.page)).toMatchObject({ isTouched: true });
    const script = await takeWindow('machine', { javaScriptEnabled: false });
    expect(script).toBe(plain);
    await script.page.setContent('<noscript>No script</noscript>');
    expect(await script.page.innerText('body')).toBe('No script');
    for (const window of [usual, second, script]) await putBack(window, origin());
  });

  it.each([
    ['what pages can call', ({ page }) => page.exposeFunction('theirs', () => {})],
    ['what they may do', ({ context }) => context.grantPermissions(['clipboard-read'])],
    ['a cut line', ({ context }) => context.setOffline(true)],
    ['a clock that is moved', ({ page }) => page.clock.install()],
  ] as const satisfies readonly (readonly [
    string,
    (window: Awaited<ReturnType<typeof takeWindow>>) => Promise<unknown>,
  ])[])('is closed instead where %s would stay in it', async (_, leave) => {
    const window = await takeWindow('machine');
    await leave(window);
    await putBack(window, origin());
    expect(window.page.isClosed()).toBe(true);
  });
});
