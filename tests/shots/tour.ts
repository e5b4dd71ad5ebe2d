import type { Browser, Page } from 'playwright-core';
import { DEMO_PAGES } from '../../webmail/routes/routes.ts';
import type { Whole } from '../e2e/whole.ts';
import { LOCALS, SEVERAL, shownTo, STATES, type Who } from './pages.ts';
import { pathOf, valuesOf, type Values } from './values.ts';
import { openClassComputer, signIn, speak, type ShotLanguage } from './visitors.ts';

/** A page that is open before somebody. */
export interface TourStop {
  readonly page: Page;
  readonly who: Who;
  readonly language: ShotLanguage;
  readonly route: string;
  readonly path: string;
}

interface Wish {
  readonly languages: readonly ShotLanguage[];
  /** What a route or a path must begin with; '' for all. */
  readonly only: string;
  /** Told of each route that can't be shown, and of what the server has no page for. */
  readonly lacks: (what: string) => void;
}

/** Opens every page there is, role by role, each in the languages wished for. */
export async function* tour(browser: Browser, whole: Whole, wish: Wish): AsyncGenerator<TourStop> {
  for (const who of [...Object.keys(LOCALS), 'class', 'nobody'] as Who[]) {
    // A class's computer speaks as the teacher did who opened it: one for each language.
    const comer = who === 'class' ? null : await comerFor(browser, whole, who);
    for (const language of languagesOf(who, wish)) {
      const { page, values } = comer ?? (await openClassComputer(browser, whole, language));
      if (comer !== null) await speak(page, whole.base, language);
      for (const { route, path } of pathsFor(who, values, wish)) {
        const answer = await page.goto(whole.base + addressFor(path, { who, language }));
        if (answer === null || answer.status() >= 500) wish.lacks(`${who} ${path}: no page`);
        yield { page, who, language, route, path };
      }
      if (comer === null) await page.context().close();
    }
    await comer?.page.context().close();
  }
}

/** Whoever doesn't read yet hears the language that their class has, and changes it nowhere. */
const languagesOf = (who: Who, { languages }: Wish): readonly ShotLanguage[] =>
  who === 'little' ? languages.filter((one) => one === 'fr') : languages;

/** Who isn't signed in asks for their language in each address. */
function addressFor(path: string, { who, language }: Pick<TourStop, 'who' | 'language'>): string {
  return who === 'nobody' ? `${path}${path.includes('?') ? '&' : '?'}language=${language}` : path;
}

async function comerFor(
  browser: Browser,
  whole: Whole,
  who: Exclude<Who, 'class'>,
): Promise<{ readonly page: Page; readonly values: Values }> {
  if (who === 'nobody')
    return { page: await (await browser.newContext()).newPage(), values: { code: 'XXXX' } };
  const page = await signIn(browser, whole, LOCALS[who]);
  return { page, values: await valuesOf(page, whole.base, who) };
}

/** Those of the server itself stand in the list of who looks at them. */
const ROUTES = [...new Set([...Object.keys(DEMO_PAGES.loads), ...Object.keys(SEVERAL)])];

function pathsFor(
  who: Who,
  values: Values,
  { only, lacks }: Wish,
): readonly { readonly route: string; readonly path: string }[] {
  const routes = ROUTES.filter((route) => shownTo(route).includes(who));
  const pages = routes.flatMap((route) => {
    const path = pathOf(route, values);
    if (typeof path === 'string') return [{ route, path }];
    lacks(`${who} ${route}: nothing for :${path.lacks}`);
    return [];
  });
  const states = STATES.filter((one) => one.who.includes(who));
  return [...pages, ...states.map(({ path }) => ({ route: path, path }))].filter(
    ({ route, path }) => route.startsWith(only) || path.startsWith(only),
  );
}
