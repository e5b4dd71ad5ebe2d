import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { chromium, type Browser } from 'playwright-core';

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
];
/** Without a locale in UTF-8 every file with an accent is called « download ». */
const ENVIRONMENT = { LC_ALL: 'C.UTF-8', PATH: '/usr/local/bin:/usr/bin:/bin', HOME: homedir() };

const program = (): string | undefined => PROGRAMS.find((path) => existsSync(path));

export const hasChromium = (): boolean => program() !== undefined;

/** A browser without a window, with flags of one's own beside ours; throws where there is none. */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: program() ?? 'chromium',
    args: [...FLAGS, ...more],
    env: ENVIRONMENT,
  });
}
