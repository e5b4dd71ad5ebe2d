import {
  copyWeek,
  keepHours,
  keepLesson,
  keepNeed,
  keepSpecial,
  moveLesson,
  tickNeed,
} from '../pages/week/acts.ts';
import { changeWeek } from '../pages/week/change.ts';
import { classWeek } from '../pages/week/class-week.ts';
import { need, special } from '../pages/week/dated.ts';
import { changeFeed, feed } from '../pages/week/feed.ts';
import { ownWeek } from '../pages/week/own.ts';
import { loads, posts, type CorePages } from './table.ts';

const LOADS = loads({
  '/agenda': (visit, _params, query) => feed(visit, query['said']),
  '/week': (visit, _params, query) => ownWeek(visit, query['day']),
  '/classes/:class/week': (visit, params, { day, said }) =>
    classWeek(visit, params.class, { day, said }),
  '/classes/:class/week/change': (visit, params, { lesson, at, week, said }) =>
    changeWeek(visit, params.class, { lesson, at, week, said }),
  '/classes/:class/week/special': (visit, params, { id, day, ...rest }) =>
    special(visit, params.class, { id, day, ...rest }),
  '/classes/:class/week/need': (visit, params, { day, said }) =>
    need(visit, params.class, { day, said }),
});

const POSTS = posts({
  '/agenda': (visit, _params, form) => changeFeed(visit, form),
  '/week/tick': (visit, _params, form) => tickNeed(visit, form),
  '/classes/:class/week/hours': (visit, params, form) => keepHours(visit, params.class, form),
  '/classes/:class/week/copy': (visit, params, form) => copyWeek(visit, params.class, form),
  '/classes/:class/week/lesson': (visit, params, form) => keepLesson(visit, params.class, form),
  '/classes/:class/week/move': (visit, params, form) => moveLesson(visit, params.class, form),
  '/classes/:class/week/special': (visit, params, form) => keepSpecial(visit, params.class, form),
  '/classes/:class/week/need': (visit, params, form) => keepNeed(visit, params.class, form),
});

/** Weeks of classes: read by pupils and families, changed by who teaches. */
export const WEEK_PAGES: CorePages = { loads: LOADS, posts: POSTS };
