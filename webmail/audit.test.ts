/**
 * The criteria of the RGAA 4.1 that a program can look at, on a sample of pages of everybody
 * (`rgaa.ts` says what came of all).
 */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../tests/shared/chromium.ts';
import { SOAKED, sliced } from '../tests/shared/slice.ts';
import { openPages } from './testing/pages.ts';

const SAMPLE: Readonly<Record<string, readonly string[]>> = {
  nobody: ['/signin?adult=1', '/activate', '/class', '/legal', '/accessibility', '/nothing'],
  'lina.moreau': ['/mail/inbox', ':letter', '/write', '/comfort', '/help', '/search?q=a'],
  'tom.moreau': ['/mail/inbox', ':letter', '/write', '/quit'],
  'claire.lefevre': [
    ...['/mail/inbox', ':letter', '/write', '/search?q=a', '/settings', '/help', '/more'],
    ...['/classes/1', '/classes/1/links', '/classes/1/settings', '/codes/1', '/held', '/groups'],
  ],
  'karine.moreau': ['/mail/inbox', '/family', '/write'],
  'mamadou.diallo': ['/classes', '/school/1', '/school/1/settings', '/people/1', '/roster/1'],
  'hugues.armand': ['/home', '/school', '/schools/new', '/agents', '/roster', '/setup'],
};

/** The norm's spacings (criterion 10.12). */
const SPACED = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }`;

/** What is looked at on a page; each gives the criterion and what breaks it. */
const LOOKS: readonly ((source: string) => string[])[] = [
  function images() {
    const all = Array.from(document.querySelectorAll('img, svg, canvas, figure, iframe'));
    return all.flatMap((one) => {
      const named = one.getAttribute('aria-label') ?? one.getAttribute('aria-labelledby');
      const isAside = one.closest('[aria-hidden="true"], [role="img"] > *') !== null;
      const isFine: Record<string, boolean> = {
        img: one.hasAttribute('alt'),
        svg: isAside || named !== null || one.parentElement?.closest('svg') !== null,
        canvas: isAside || named !== null,
        figure: one.querySelector('figcaption') === null || named !== null,
        iframe: (one.getAttribute('title') ?? '') !== '',
      };
      return isFine[one.localName] === true ? [] : [`1, 2: ${one.outerHTML.slice(0, 90)}`];
    });
  },
  function tables() {
    return Array.from(document.querySelectorAll('table')).flatMap((one) => [
      ...(one.caption === null ? ['5.4'] : []),
      ...(one.querySelector('th') === null ? ['5.6'] : []),
      ...(one.querySelector('th:not([scope])') === null ? [] : ['5.7']),
    ]);
  },
  function names() {
    const shown = (one: Element) => one.closest('[aria-hidden="true"]') === null;
    const all = Array.from(document.querySelectorAll('a[href], button, summary')).filter(shown);
    const nameless = all.filter(
      (one) =>
        (one.getAttribute('aria-label') ?? one.textContent).trim() === '' &&
        one.querySelector('[aria-label], img[alt]') === null,
    );
    return nameless.map((one) => `6.2, 11.9: ${one.outerHTML.slice(0, 90)}`);
  },
  function document8() {
    const { documentElement: root, doctype, title } = document;
    const ids = Array.from(document.querySelectorAll('[id]'), ({ id }) => id);
    const refers = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for'];
    const dead = refers.flatMap((name) =>
      Array.from(document.querySelectorAll(`[${name}]`)).flatMap((one) =>
        (one.getAttribute(name) ?? '').split(/\s+/).filter((id) => id !== '' && !ids.includes(id)),
      ),
    );
    return [
      ...(doctype?.name === 'html' ? [] : ['8.1']),
      ...(root.lang === 'fr' ? [] : ['8.3']),
      ...(title.trim() === '' ? ['8.5'] : []),
      ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `8.2: ${id} twice`),
      ...dead.map((id) => `8.2: nothing is ${id}`),
    ];
  },
  function nesting(source) {
    // What a browser makes of elements that don't fit into one another is another tree.
    const implied = new Set(['html', 'head', 'body', 'tbody']);
    const within = (root: ParentNode): string[] =>
      Array.from(root.children).flatMap((one) => [
        one.localName,
        ...within(one instanceof HTMLTemplateElement ? one.content : one),
      ]);
    const tree = within(new DOMParser().parseFromString(source, 'text/html'));
    const opened = Array.from(source.matchAll(/<([a-z][a-z0-9]*)[\s>/]/g), ([, name = '']) => name);
    const [are, were] = [tree, opened].map((all) => all.filter((name) => !implied.has(name)));
    const at = were?.findIndex((name, place) => are?.[place] !== name) ?? -1;
    return at < 0 ? [] : [`8.2: ${were?.slice(Math.max(0, at - 2), at + 2).join(' ')}`];
  },
  function structure() {
    const shown = (one: Element) => one.checkVisibility();
    const headings = Array.from(document.querySelectorAll('h1, h2, h3, h4, h5, h6')).filter(shown);
    const levels = headings.map(({ localName }) => Number(localName.slice(1)));
    const listed = Array.from(document.querySelectorAll('ul > *, ol > *'));
    const outside = document.querySelectorAll('li:not(ul > li):not(ol > li)').length;
    const navs = Array.from(document.querySelectorAll('nav'));
    return [
      ...(levels.filter((level) => level === 1).length === 1 ? [] : ['9.1: one h1']),
      ...levels.flatMap((level, at) =>
        at > 0 && level > (levels[at - 1] ?? 6) + 1 ? ['9.1'] : [],
      ),
      ...(document.querySelectorAll('main').length === 1 ? [] : ['9.2, 12.6: main']),
      ...navs.flatMap((one) => (one.hasAttribute('aria-label') ? [] : ['9.2: a nav without name'])),
      ...listed.flatMap(({ localName: name }) =>
        name === 'li' || name === 'template' ? [] : [`9.3: ${name}`],
      ),
      ...(outside === 0 ? [] : ['9.3: li']),
    ];
  },
  function looks() {
    const old = document.querySelectorAll('font, center, big, tt, [align], [bgcolor], [color]');
    return old.length === 0 && document.querySelectorAll('table table, [onclick]').length === 0
      ? []
      : ['8.9, 10.1'];
  },
  function fields() {
    type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
    const all = Array.from(
      document.querySelectorAll<Field>('input:not([type="hidden"]), select, textarea'),
    ).filter((one) => one.checkVisibility());
    const isNamed = (one: Field) =>
      (one.labels?.length ?? 0) > 0 || one.matches('[aria-label], [aria-labelledby]');
    const radios = all.filter(({ type }) => type === 'radio');
    const alone = radios.filter(
      (one) =>
        !one.matches('[aria-label]') &&
        !one.closest('fieldset, [role="radiogroup"], [role="group"]'),
    );
    const sets = Array.from(document.querySelectorAll('fieldset'));
    return [
      ...all.flatMap((one) => (isNamed(one) ? [] : [`11.1: ${one.outerHTML.slice(0, 90)}`])),
      ...alone.map(({ name }) => `11.5: ${name}`),
      ...sets.flatMap((one) =>
        one.querySelector('legend') !== null || one.matches('[aria-label], [aria-labelledby]')
          ? []
          : ['11.6, 11.7'],
      ),
    ];
  },
  function order() {
    const first = document.querySelector('a[href], button, input:not([type="hidden"])');
    const target = first?.getAttribute('href')?.slice(1) ?? '';
    const isSkip = first?.matches('a.skip') === true && document.getElementById(target) !== null;
    return isSkip ? [] : ['12.7'];
  },
];

const { town, visits } = await openPages();

/** What breaks a criterion on the page that is open; then with the norm's spacings. */
async function faultsOf(page: Page, source: string): Promise<string[]> {
  const faults: string[] = [];
  for (const look of LOOKS) faults.push(...(await page.evaluate(look, source)));
  await page.addStyleTag({ content: SPACED });
  const isWide = () => document.documentElement.scrollWidth > innerWidth;
  if (await page.evaluate(isWide)) faults.push('10.12');
  if (page.context().pages().length > 1) faults.push('13.2');
  return faults;
}

describe.skipIf(!hasChromium())('the sample (skipped where chromium is not installed)', () => {
  beforeAll(async () => {
    for (const local of ['lina.moreau', 'claire.lefevre'])
      await town.send('mamadou.diallo', [local], { subject: 'La fête', text: 'Bonjour.' });
    await town.send('sylvie.caradec', ['tom.moreau'], { subject: 'La mer', text: 'Demain.' });
  });

  it.each(Object.entries(SAMPLE).filter(([who]) => who === 'claire.lefevre'))(
    'of %s, a page in twelve, breaks no criterion',
    (who, paths) => breaksNothing(who, sliced(12, paths).some),
  );
  it.each(Object.entries(SAMPLE))('of %s breaks no criterion', SOAKED, breaksNothing);

  async function breaksNothing(who: string, paths: readonly string[]): Promise<void> {
    // Ours forbids a style in the page: a reader's own is none of the page's.
    const options = { bypassCSP: true };
    const page =
      who === 'nobody' ? await visits.stranger(options) : await visits.enter(who, options);
    const uid = who === 'nobody' ? 0 : ((await town.rows(who))[0]?.uid ?? 0);
    const wrong: string[] = [];
    const titles: string[] = [];
    for (const path of paths) {
      const answer = await page.goto(
        visits.base + (path === ':letter' ? `/mail/inbox/${uid}` : path),
      );
      titles.push(await page.title());
      const faults = await faultsOf(page, (await answer?.text()) ?? '');
      wrong.push(...faults.map((one) => `${path} ${one}`));
    }
    expect(wrong).toEqual([]);
    expect(new Set(titles).size, titles.join(', ')).toBe(paths.length); // 8.6
  }
});
