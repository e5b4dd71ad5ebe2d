import type { CDPSession } from 'playwright-core';

/** An old school PC beside a fast one. */
const SLOWER = 6;
/** DSL at the edge of a town: 1.6 Mbit/s down, 750 kbit/s up, and 150 ms for each request. */
const LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};

/** Makes the page of a session as slow as the schools' oldest PCs on their slowest line. */
export async function slowDown(session: CDPSession): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', LINE);
  await slowProcessor(session);
}

/** Makes its processor alone that slow. */
export async function slowProcessor(session: CDPSession): Promise<void> {
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}
