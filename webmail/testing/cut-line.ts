import type { Page } from 'playwright-core';

/** Cuts a page's own line, or mends it: its window can be given to the next test afterwards. */
export async function lineOf(page: Page): Promise<(now: 'cut' | 'mended') => Promise<void>> {
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  const speed = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
  return async (now) => {
    await wire.send('Network.emulateNetworkConditions', { offline: now === 'cut', ...speed });
  };
}
