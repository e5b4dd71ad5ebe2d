import type { Page } from 'playwright-core';

/** From now on, whether a page makes addresses of blobs, and how many it holds. */
export async function watchBlobAddresses(page: Page): Promise<() => Promise<BlobAddresses>> {
  const kept = await page.evaluateHandle(() => {
    const addresses = { made: 0, held: new Set<string>() };
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      const address = createObjectURL(blob);
      addresses.made += 1;
      addresses.held.add(address);
      return address;
    };
    URL.revokeObjectURL = (address) => {
      addresses.held.delete(address);
      revokeObjectURL(address);
    };
    return addresses;
  });
  return () => kept.evaluate(({ made, held }) => ({ made: made > 0, held: held.size }));
}

interface BlobAddresses {
  readonly made: boolean;
  readonly held: number;
}
