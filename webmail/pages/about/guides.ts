import type { Language } from '../../../core/ground/ids.ts';
import type { Viewer } from '../../../core/rules/viewer.ts';
import type { Texts } from '../../texts/fr.ts';

/** Who has a page of help of their own. */
export type GuideRole = keyof Texts['guide']['roles'];
export type GuidePartName = 'first' | 'second' | 'third';

/** Where each part leads, and so what its picture shows (`npm run shots -- help` takes it). */
export const GUIDES = {
  pupil: { first: '/mail/inbox', second: '/write', third: '/write/help' },
  teacher: { first: '/mail/inbox', second: '/write', third: '/held' },
  head: { first: '/school', second: '/roster', third: '/people' },
  guardian: { first: '/mail/inbox', second: '/write', third: '/family' },
  agent: { first: '/home', second: '/school', third: '/roster' },
} as const satisfies Record<GuideRole, Record<GuidePartName, string>>;

/** All pictures have the shape of a small screen. */
export const PICTURE = { width: 960, height: 600 } as const;

/** The file of a picture, below `assets/help/`. */
export const pictureName = (role: GuideRole, part: GuidePartName, language: Language): string =>
  `help-${role}-${part}-${language}.webp`;

/** The page of help that somebody sees first: a head's own, where they head a school. */
export function guideRoleOf({ role, heads }: Pick<Viewer, 'role' | 'heads'>): GuideRole {
  if (role === 'pupil' || role === 'guardian' || role === 'agent') return role;
  return heads ? 'head' : 'teacher';
}
