import { expect, it } from 'vitest';
import { LEGAL_PATHS } from '../../webmail/frame/legal-foot.ts';
import { DEMO_PAGES } from '../../webmail/routes/routes.ts';
import { foundInSources } from '../../webmail/testing/words.ts';
import { NOT_SHOWN, SEVERAL } from './pages.ts';

/** The one route that all pages of `DEMO_PAGES` share. */
const OF_ALL_PAGES = '/*';
/** Routes of the server itself, as its sources have them; those by a name are listed here. */
const NAMED: readonly string[] = [...Object.values(LEGAL_PATHS), '/mettre-en-service/:code'];

it('every route is shown by `npm run shots`, or is no page', () => {
  const served = new Set([
    ...Object.keys(DEMO_PAGES.loads),
    ...foundInSources(/app\.get(?:<[^>]*>)?\('([^']+)'/g),
    ...NAMED,
  ]);
  const known = new Set([...Object.keys(SEVERAL), ...Object.keys(NOT_SHOWN)]);
  served.delete(OF_ALL_PAGES);
  const ofServer = [...served].filter((route) => !(route in DEMO_PAGES.loads));
  expect(
    ofServer.filter((route) => !known.has(route)),
    'write who looks at it into SEVERAL, tests/shots/pages.ts',
  ).toEqual([]);
  expect([...known].filter((route) => !served.has(route))).toEqual([]);
});
