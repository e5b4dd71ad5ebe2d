import { expect, it } from 'vitest';
import { noticeOf, type ReportNews } from './notices.ts';

it.each<ReportNews>(['new', 'now', 'still-open', 'town'])(
  'a notice leads to the page of reports: %s',
  (telling) => {
    const about = { child: 'Lina', school: 'Les Tilleuls', page: 'https://a.fr/reports' };
    for (const language of ['fr', 'en'] as const)
      expect(noticeOf(telling, about, language).text).toMatch(/ https:\/\/a\.fr\/reports(?:\n|$)/);
  },
);
