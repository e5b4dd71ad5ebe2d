import type { Core } from '../../core/core.ts';
import type { Visit } from '../frame/visit.ts';
import { MISSING, type Answer } from '../http/answer.ts';
import { field } from '../http/forms.ts';
import type { UntrustedFields } from '../http/route.ts';
import { noticeFile } from '../pages/boards/notice.ts';
import { boardRefOf } from '../pages/boards/parts.ts';
import { notebookContent } from '../pages/cupboard/box-acts.ts';
import { fileContent } from '../pages/cupboard/file.ts';
import { littleAlbum } from '../pages/little/album.ts';
import { littleBoard, noticeHeard, noticePieceHeard, noticeWords } from '../pages/little/board.ts';
import { littleBooth } from '../pages/little/booth.ts';
import { littleCamera } from '../pages/little/camera.ts';
import { littleCharter } from '../pages/little/charter.ts';
import { littleDay } from '../pages/little/day.ts';
import { dictation, writeDown } from '../pages/little/dictation.ts';
import {
  letterHeard,
  nameHeard,
  pieceHeard,
  sayingHeard,
  wordsHeard,
} from '../pages/little/hearing.ts';
import { littleHelped } from '../pages/little/helped.ts';
import { littleHome } from '../pages/little/home.ts';
import { littleIdeas, proposeLittle } from '../pages/little/ideas.ts';
import { littleLetter } from '../pages/little/letter.ts';
import { littleLook, sendLittle } from '../pages/little/look.ts';
import { beginLittle, keepMade } from '../pages/little/made.ts';
import { littleQuit } from '../pages/little/quit.ts';
import { littlePhrasePicture } from '../pages/little/says.ts';
import { littleSent, takeBackLittle } from '../pages/little/sent.ts';
import { handLittle, littleFile, littleShelf } from '../pages/little/shelf.ts';
import { littleStudio } from '../pages/little/studio.ts';
import { littleUnfinished } from '../pages/little/unfinished.ts';
import { giveLittle, littleMine } from '../pages/little/wall/mine.ts';
import { littleWall, littleWalls } from '../pages/little/wall/wall.ts';
import { littleReply, littleWhom } from '../pages/little/whom.ts';
import { file } from '../pages/mail/files.ts';
import { report } from '../pages/mail/message-acts.ts';
import { callNow, putAway, takeBack } from '../pages/reports/helped.ts';
import { acceptCharter } from '../pages/sign-in/charter.ts';
import { giftFile, takeGiftBack } from '../pages/wall/gift.ts';
import { makingFile } from '../pages/wall/mine.ts';
import { wallRefOf } from '../pages/wall/parts.ts';
import { joined, loads, posts, type CorePages } from './table.ts';

/** What is heard of one's own letters, by whoever reads them; an adult hears how one sounds. */
export const HEARD_PAGES: CorePages = {
  loads: loads({
    '/mail/:mailbox/:uid/voice': (visit, letter) => letterHeard(visit, letter),
    '/mail/:mailbox/:uid/voice/words': (visit, letter) => wordsHeard(visit, letter),
    '/mail/:mailbox/:uid/voice/:piece': (visit, { piece, ...letter }, query) =>
      pieceHeard(visit, letter, { piece, marks: query['marks'] }),
    '/notices/:school/:notice/voice': (visit, ref) => noticeHeard(visit, ref),
    '/notices/:school/:notice/voice/words': (visit, ref) => noticeWords(visit, ref),
    '/notices/:school/:notice/voice/:piece': (visit, { piece, ...ref }) =>
      noticePieceHeard(visit, ref, piece),
    '/says/:saying': (visit, params) => sayingHeard(visit, params.saying),
  }),
  posts: posts({ '/says': (visit, _params, form) => nameHeard(visit, form) }),
};

/**
 * All that those have who don't read yet. Where an older child has a page at the same address, this
 * one stands in its place: an address that somebody gives them, or that they come back to, is right
 * for them.
 */
export const LITTLE_PAGES = joined(HEARD_PAGES, {
  loads: loads({
    '/mail/:mailbox': (visit, { mailbox }, query) =>
      littleHome(visit, mailbox, { before: query['before'], after: query['after'] }),
    '/mail/:mailbox/:uid': (visit, { mailbox, uid }) => littleLetter(visit, mailbox, uid),
    '/mail/:mailbox/:uid/file/:part': file('download'),
    '/mail/:mailbox/:uid/picture/:part': file('picture'),
    '/mail/:mailbox/:uid/sound/:part': file('sound'),
    '/mail/:mailbox/:uid/reply': (_visit, { mailbox, uid }) => littleReply(mailbox, uid),
    '/write': (visit, _params, query) =>
      littleWhom(visit, { make: query['make'], who: query['who'] }),
    '/write/:uid': (visit, { uid }) => littleUnfinished(visit, uid),
    '/write/draw': (visit, _params, query) => littleStudio(visit, query),
    '/write/voice': (visit, _params, query) => littleBooth(visit, query),
    '/write/voice/:letter': (visit, { letter }) => dictation(visit, letter),
    '/write/photo': (visit, _params, query) => littleCamera(visit, query),
    '/write/phrase/:phrase': (visit, { phrase }) => littlePhrasePicture(visit, phrase),
    '/write/letter/:letter': (visit, { letter }, query) =>
      littleLook(visit, letter, { made: query['made'], wave: query['wave'] }),
    '/write/sent/:letter': (visit, { letter }, query) =>
      littleSent(visit, letter, { made: query['made'] }),
    '/boards': (visit) => littleBoard(visit),
    '/boards/:school/:class/propose': (visit, names) => littleIdeas(visit, boardRefOf(names)),
    '/notices/:school/:notice/files/:part': (visit, { part, ...ref }, query) =>
      noticeFile(visit, ref, { part, as: query['as'] }),
    '/week': (visit) => littleDay(visit),
    '/cupboards': (visit) => littleShelf(visit),
    '/stored/:school/:item': (visit, ref) => littleFile(visit, ref),
    '/stored/:school/:item/content': (visit, ref, query) => fileContent(visit, ref, query),
    '/notebook/:leaf/content': (visit, { leaf }, query) =>
      notebookContent(visit, leaf, query['as']),
    '/walls': (visit) => littleWalls(visit),
    '/walls/:school/:class': (visit, names, query) =>
      littleWall(visit, wallRefOf(names), { before: query['before'] }),
    '/walls/:school/:class/mine': (visit, names) => littleMine(visit, wallRefOf(names)),
    '/gifts/:school/:gift/file': (visit, { school, gift: item }, query) =>
      giftFile(visit, { school, item }, query['as']),
    '/makings/:letter/:part': (visit, which) => makingFile(visit, which),
    '/album': (visit) => littleAlbum(visit),
    '/quit': (visit) => littleQuit(visit),
    '/charter': (visit, _params, query) => littleCharter(visit, query['back']),
    '/helped': (visit) => littleHelped(visit),
  }),
  posts: posts({
    '/write': (visit, _params, form) => beginLittle(visit, form),
    '/charter': (visit, _params, form) => acceptCharter(visit, form),
    '/write/draw': (visit, _params, form) => keepMade(visit, 'draw', form),
    '/write/voice': (visit, _params, form) => keepMade(visit, 'voice', form),
    '/write/voice/:letter': (visit, { letter }, form) => writeDown(visit, letter, form),
    '/write/photo': (visit, _params, form) => keepMade(visit, 'photo', form),
    '/write/letter/:letter': (visit, { letter }, form) => sendLittle(visit, letter, form),
    '/write/sent/:letter': (visit, { letter }, form) =>
      takeBackLittle(visit, letter, field(form, 'made')),
    '/boards/:school/:class/propose': (visit, names, form) =>
      proposeLittle(visit, boardRefOf(names), form),
    '/walls/:school/:class/mine': (visit, names, form) => giveLittle(visit, wallRefOf(names), form),
    '/boxes/:school/:box/hand': (visit, ref, form) => handLittle(visit, ref, form),
    '/gifts/:school/:gift/back': (visit, { school, gift: item }) =>
      takeGiftBack(visit, { school, item }),
    '/mail/:mailbox/:uid/report': (visit, { mailbox, uid }) => report(visit, mailbox, uid),
    '/helped/:report/undo': (visit, { report: id }) => takeBack(visit, id),
    '/helped/:report/now': (visit, { report: id }) => callNow(visit, id),
    '/helped/:report/seen': (visit, { report: id }) => putAway(visit, id),
  }),
});

const HOME: Answer = { kind: 'go', to: '/mail/inbox' };

/**
 * `readers` for whoever reads words, `little` for those who don't: what isn't named there they
 * don't have. An address leads them home, a form does nothing.
 */
export function forEachReader({
  readers,
  little,
}: {
  readonly readers: CorePages;
  readonly little: CorePages;
}): CorePages {
  return {
    loads: eachReader(readers.loads, little.loads, HOME),
    posts: eachReader(readers.posts, little.posts, MISSING),
  };
}

type Handlers<Rest> = Readonly<
  Record<string, (visit: Visit<Core>, params: UntrustedFields, rest: Rest) => Promise<Answer>>
>;

function eachReader<Rest>(
  readers: Handlers<Rest>,
  little: Handlers<Rest>,
  unless: Answer,
): Handlers<Rest> {
  const answers =
    (path: string): Handlers<Rest>[string] =>
    async (visit, params, rest) =>
      visit.viewer.reads === 'pictures'
        ? ((await little[path]?.(visit, params, rest)) ?? unless)
        : ((await readers[path]?.(visit, params, rest)) ?? MISSING);
  const paths = [...new Set([...Object.keys(readers), ...Object.keys(little)])];
  return Object.fromEntries(paths.map((path) => [path, answers(path)]));
}
