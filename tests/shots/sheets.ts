import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Who } from './pages.ts';
import type { ShotLanguage } from './visitors.ts';

/** One picture, and what it shows. */
export interface Shot {
  readonly name: string;
  readonly who: Who;
  readonly language: ShotLanguage;
  readonly route: string;
  readonly path: string;
  readonly size: string;
  readonly theme: string;
}

/** Pictures on one sheet: more are too small to be judged. */
const ON_A_SHEET = 12;

const figure = ({ name, who, route, language, size, theme }: Shot): string =>
  `<figure><a href="${name}"><img src="${name}" loading="lazy" alt=""></a><figcaption>${who} ${route} ${language} ${size} ${theme}</figcaption></figure>`;

const documentWith = (figures: string): string =>
  `<!doctype html><meta charset="utf-8"><style>body{font:13px sans-serif;margin:12px;background:#888}main{display:grid;grid-template-columns:repeat(4,1fr);grid-gap:12px}figure{margin:0;background:#fff;overflow:hidden}img{display:block;width:100%;max-height:460px;object-fit:cover;object-position:top}figcaption{padding:4px}</style><main>${figures}</main>`;

/** All pictures on one page, and by a few on sheets, which are pictures themselves. */
export async function contactSheets(
  browser: Browser,
  folder: string,
  shots: readonly Shot[],
): Promise<void> {
  writeFileSync(join(folder, 'index.html'), documentWith(shots.map(figure).join('')));
  const groups = Map.groupBy(shots, ({ who, size, theme, language }) =>
    [who, language, size, theme].join('.'),
  );
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  for (const [name, group] of groups)
    for (let at = 0; at < group.length; at += ON_A_SHEET) {
      const file = `sheet.${name}.${at / ON_A_SHEET + 1}`;
      const figures = group
        .slice(at, at + ON_A_SHEET)
        .map(figure)
        .join('');
      writeFileSync(
        join(folder, `${file}.html`),
        documentWith(figures.replaceAll(' loading="lazy"', '')),
      );
      await page.goto(`file://${join(folder, `${file}.html`)}`);
      await page.screenshot({
        path: join(folder, `${file}.jpg`),
        type: 'jpeg',
        quality: 70,
        fullPage: true,
      });
    }
  await page.close();
}
