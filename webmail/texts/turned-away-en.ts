import type { turnedAwayFr } from './turned-away-fr.ts';

/** What somebody is told who is turned away before a page can be made for them. */
export const turnedAwayEn: typeof turnedAwayFr = {
  'too-slow':
    'The connection is too slow: the request didn’t come in time. Nothing was changed. Try again in a moment.',
  'peer-full': 'Too many connections come from your network at once. Try again in thirty seconds.',
  'all-full': 'The mail service has too many visits at the moment. Try again in thirty seconds.',
  'head-too-big': 'This request is too long. Delete this site’s cookies, then try again.',
  'no-http': 'This request wasn’t understood. Go back to the page, then try again.',
};
