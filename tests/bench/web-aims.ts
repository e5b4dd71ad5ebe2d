import { print, rounded } from './figures.ts';
import type { WebFound } from './web-load.ts';
import type { PageName, WebSite } from './web-site.ts';

/** Processor time of our own a page, in milliseconds. */
const OWN_CPU_MS: Readonly<Partial<Record<PageName, number>>> = { inbox: 2, writing: 4 };
/** Pages a second beside the version before, on the inbox. */
const FASTER_THAN_BEFORE = 2;

/** Prints the ratios and every aim with what was found. */
export function judgeWeb(found: readonly WebFound[]): void {
  const of = (site: WebSite['name'], page: PageName) =>
    found.find((one) => one.site === site && one.page === page);
  for (const { site, page, perSecond } of found) {
    const ours = of('ours', page);
    if (site === 'ours' || ours === undefined) continue;
    const ratio = rounded(ours.perSecond / perSecond);
    print({ figure: 'ratio', page, pages_ours_to: site, ratio });
    if (site === 'before' && page === 'inbox')
      aim('inbox: twice the pages of the version before', ratio, ratio >= FASTER_THAN_BEFORE);
    if (site === 'roundcube') aim(`${page}: more pages than Roundcube`, ratio, ratio > 1);
  }
  for (const { site, page, ownCpuMs } of found) {
    const most = OWN_CPU_MS[page];
    if (site === 'ours' && most !== undefined)
      aim(`${page}: at most ${most} ms of our processor time`, ownCpuMs, ownCpuMs <= most);
  }
}

/** One line: what was aimed at, what was found, whether that is enough. */
export function aim(what: string, value: number, met: boolean): void {
  print({ figure: 'aim', aim: what, value: rounded(value), met });
}
