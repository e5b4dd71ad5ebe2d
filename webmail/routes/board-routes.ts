import { letterOf } from '../ids.ts';
import {
  pinNotice,
  prolongNotice,
  remindMe,
  remindUnseen,
  seeNotice,
  takeNoticeDown,
} from '../pages/boards/acts.ts';
import { board } from '../pages/boards/board.ts';
import { boards } from '../pages/boards/boards.ts';
import { hangIdea, refuseIdea } from '../pages/boards/ideas.ts';
import { notice, noticeFile } from '../pages/boards/notice.ts';
import { takenDown } from '../pages/boards/off.ts';
import { proposal, propose } from '../pages/boards/propose.ts';
import { changeNotice, editNotice, newNotice, postNotice } from '../pages/boards/write.ts';
import { loads, posts, type CorePages } from './table.ts';

const LOADS = loads({
  '/boards': (visit) => boards(visit),
  '/boards/:school': (visit, names, { said, wrong }) => board(visit, names, { said, wrong }),
  '/boards/:school/new': (visit, names, { letter }) => newNotice(visit, names, letterOf(letter)),
  '/boards/:school/off': (visit, names) => takenDown(visit, names),
  '/boards/:school/:class': (visit, names, { said, wrong }) => board(visit, names, { said, wrong }),
  '/boards/:school/:class/new': (visit, names, { letter }) =>
    newNotice(visit, names, letterOf(letter)),
  '/boards/:school/:class/propose': (visit, names, { letter, said }) =>
    proposal(visit, names, { letter: letterOf(letter), said }),
  '/boards/:school/:class/off': (visit, names) => takenDown(visit, names),
  '/notices/:school/:notice': (visit, ref) => notice(visit, ref),
  '/notices/:school/:notice/edit': (visit, ref, { letter }) =>
    editNotice(visit, ref, letterOf(letter)),
  '/notices/:school/:notice/files/:part': (visit, { part, ...ref }, query) =>
    noticeFile(visit, ref, { part, as: query['as'] }),
});

const POSTS = posts({
  '/boards/:school/new': (visit, names, form) => postNotice(visit, names, form),
  '/boards/:school/:class/new': (visit, names, form) => postNotice(visit, names, form),
  '/notices/:school/:notice/edit': (visit, ref, form) => changeNotice(visit, ref, form),
  '/boards/:school/:class/propose': (visit, names, form) => propose(visit, names, form),
  '/notices/:school/:notice/hang': (visit, ref) => hangIdea(visit, ref),
  '/notices/:school/:notice/refuse': (visit, ref, form) => refuseIdea(visit, ref, form),
  '/notices/:school/:notice/seen': (visit, ref) => seeNotice(visit, ref),
  '/notices/:school/:notice/pin': (visit, ref, form) => pinNotice(visit, ref, form),
  '/notices/:school/:notice/until': (visit, ref, form) => prolongNotice(visit, ref, form),
  '/notices/:school/:notice/remind-me': (visit, ref, form) => remindMe(visit, ref, form),
  '/notices/:school/:notice/remind': (visit, ref) => remindUnseen(visit, ref),
  '/notices/:school/:notice/off': (visit, ref) => takeNoticeDown(visit, ref),
});

/** Boards of classes and schools: what hangs there, and who hangs it up. */
export const BOARD_PAGES: CorePages = { loads: LOADS, posts: POSTS };
