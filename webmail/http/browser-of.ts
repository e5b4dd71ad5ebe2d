import type { IncomingHttpHeaders } from 'node:http';
import type { Browser } from '../../core/entry/accounts/contract.ts';

/** In this order: each of the first ones names those below it, too. */
const BROWSERS = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;
const PLATFORMS = [
  [/\bWindows\b/, 'Windows'],
  [/\biPad\b/, 'iPad'],
  [/\biPhone\b/, 'iPhone'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
] as const;
/** What a browser says of itself is short; the rest isn't looked at. */
const MAX_LOOKED_AT = 512;

/**
 * What a browser says that it is (RFC 9110 §10.1.5), in two words for its owner. Nothing is decided
 * by it, and no version is kept: it says only which computer that was.
 */
export function browserOf(headers: IncomingHttpHeaders): Browser {
  const said = (headers['user-agent'] ?? '').slice(0, MAX_LOOKED_AT);
  const firstOf = (known: readonly (readonly [RegExp, string])[]): string =>
    known.find(([sign]) => sign.test(said))?.[1] ?? '';
  return { name: firstOf(BROWSERS), platform: firstOf(PLATFORMS) };
}
