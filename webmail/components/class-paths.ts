import type { AccountId, ClassId } from '../../core/ground/ids.ts';
import { keysOf } from '../../core/ground/keys.ts';

/** Where the tabs of a class lie, below its address. */
const TABS = {
  class: '',
  week: '/week',
  cupboard: '/cupboard',
  board: '/board',
  links: '/links',
  settings: '/settings',
} as const;
export type ClassTab = keyof typeof TABS;

/** In the order in which they stand. */
export const CLASS_TABS = keysOf(TABS);

/** The address of a tab of a class. */
export const tabPath = (id: ClassId, tab: ClassTab): string => `/classes/${id}${TABS[tab]}`;

/** The page of one child of a class: the class with this child's card beside it. */
export const childPath = (id: ClassId, child: AccountId): string => `/classes/${id}/child/${child}`;
