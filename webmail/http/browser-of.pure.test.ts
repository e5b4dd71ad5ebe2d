import { describe, expect, it } from 'vitest';
import { browserOf } from './browser-of.ts';

const NT = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const KIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('what a browser says that it is', () => {
  it.each([
    [`${NT}; rv:128.0) Gecko/20100101 Firefox/128.0`, 'Firefox', 'Windows'],
    [`${NT} ${KIT} Chrome/126.0 Safari/537.36 Edg/126.0`, 'Edge', 'Windows'],
    [`Mozilla/5.0 (X11; Linux x86_64) ${KIT} Chrome/126.0 Safari/537.36`, 'Chrome', 'Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1',
      'Safari',
      'iPhone',
    ],
    [
      `Mozilla/5.0 (Linux; Android 14) ${KIT} Chrome/126.0 Mobile Safari/537.36`,
      'Chrome',
      'Android',
    ],
    ['curl/8.5.0', '', ''],
    ['', '', ''],
  ])('%s', (said, name, platform) => {
    expect(browserOf({ 'user-agent': said })).toEqual({ name, platform });
  });
});
