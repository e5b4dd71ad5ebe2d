import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PROGRAM = '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'];

export const hasChromium = (): boolean => existsSync(PROGRAM);

/** Debian's browser without a window. With a locale in UTF-8: without one it calls files with accents « download ». */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: PROGRAM, args: FLAGS, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
}
