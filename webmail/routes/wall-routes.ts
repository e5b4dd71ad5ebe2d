import { askFor } from '../pages/wall/asking.ts';
import { askBook, bookFile, shareBook } from '../pages/wall/book.ts';
import { gift, giftFile, takeGiftBack } from '../pages/wall/gift.ts';
import { giveMine, makingFile, mine } from '../pages/wall/mine.ts';
import { tap } from '../pages/wall/tap.ts';
import { wall } from '../pages/wall/wall.ts';
import { walls } from '../pages/wall/walls.ts';
import { loads, posts, type CorePages } from './table.ts';

const LOADS = loads({
  '/walls': (visit) => walls(visit),
  '/walls/:school/:class': (visit, names, query) => wall(visit, names, query),
  '/walls/:school/:class/mine': (visit, names, query) => mine(visit, names, query['said']),
  '/walls/:school/:class/book': (visit, names) => bookFile(visit, names),
  '/gifts/:school/:gift': (visit, { school, gift: item }) => gift(visit, { school, item }),
  '/gifts/:school/:gift/file': (visit, { school, gift: item }, query) =>
    giftFile(visit, { school, item }, query['as']),
  '/makings/:letter/:part': (visit, which) => makingFile(visit, which),
});

const POSTS = posts({
  '/walls/:school/:class/mine': (visit, names, form) => giveMine(visit, names, form),
  '/walls/:school/:class/book': (visit, names) => askBook(visit, names),
  '/walls/:school/:class/ask': (visit, names, form) => askFor(visit, names, form),
  '/walls/:school/:class/tap': (visit, names, form) => tap(visit, names, form),
  '/walls/:school/:class/share': (visit, names, form) => shareBook(visit, names, form),
  '/gifts/:school/:gift/back': (visit, { school, gift: item }) =>
    takeGiftBack(visit, { school, item }),
});

/** Walls of classes: what children give, what hangs, and the book of the year. */
export const WALL_PAGES: CorePages = { loads: LOADS, posts: POSTS };
