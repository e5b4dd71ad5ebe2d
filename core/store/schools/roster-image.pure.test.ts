import { expect, it } from 'vitest';
import { CHANGE } from './roster-image.ts';

const AIDE = {
  class_id: 3,
  address_id: 7,
  role: 'aide',
  from_date: '2026-09-01',
  until_date: null,
};
const CAME = { table: 'membership', key: '3 7 aide 2026-09-01', before: null, after: AIDE };

it.each([
  { when: 'as it was kept', kept: CAME, isRead: true },
  { when: 'of no table of ours', kept: { ...CAME, table: 'school' }, isRead: false },
  { when: 'of another table', kept: { ...CAME, table: 'post' }, isRead: false },
  {
    when: 'a role that is none',
    kept: { ...CAME, after: { ...AIDE, role: 'cook' } },
    isRead: false,
  },
  { when: 'an id in words', kept: { ...CAME, after: { ...AIDE, class_id: '3' } }, isRead: false },
  { when: 'one column more', kept: { ...CAME, after: { ...AIDE, id: 1 } }, isRead: false },
])('a change of an import: $when', ({ kept, isRead }) => {
  expect(CHANGE.safeParse(kept).success).toBe(isRead);
});
