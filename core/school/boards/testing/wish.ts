import { randomUUID } from 'node:crypto';
import type { LetterId } from '../../../ground/ids.ts';
import type { NoticeWish } from '../contract.ts';

/** A notice for pupils and families, two days from the town's morning. */
export const wish = (some: Partial<NoticeWish> = {}): NoticeWish => ({
  letter: randomUUID() as LetterId,
  title: 'On cherche des bouchons',
  text: 'Pour la fresque, chaque enfant apporte dix bouchons de couleur.',
  readers: ['pupils', 'families'],
  untilDay: '2026-11-26',
  day: '',
  add: [],
  draft: null,
  keep: [],
  edition: 0,
  ...some,
});
