import { bin, takeOut } from '../pages/cupboard/bin.ts';
import {
  box,
  closeBox,
  handedContent,
  notebook,
  notebookContent,
  notebookZip,
  takeFileBack,
} from '../pages/cupboard/box-acts.ts';
import { changeBox, makeBox, newBox, saveBox } from '../pages/cupboard/box-form.ts';
import { giveBack, handIn } from '../pages/cupboard/box-hand.ts';
import { changeItem, renameItem, showItem, throwItem } from '../pages/cupboard/change.ts';
import { bringPiece } from '../pages/cupboard/coming.ts';
import { cupboards } from '../pages/cupboard/cupboards.ts';
import { fileContent, smallContent } from '../pages/cupboard/file.ts';
import { find, folderZip } from '../pages/cupboard/find.ts';
import { classCupboard, cupboard, stored } from '../pages/cupboard/folder.ts';
import { storeFile } from '../pages/cupboard/from-letter.ts';
import { attachFiles, pickFiles, pickLayer } from '../pages/cupboard/into-letter.ts';
import { largest } from '../pages/cupboard/largest.ts';
import { moveItem, putElsewhere } from '../pages/cupboard/move.ts';
import { cupboardRefOf } from '../pages/cupboard/parts.ts';
import { pdfPages, pdfPicture } from '../pages/cupboard/pdf-pages.ts';
import { makeFolder, putFiles } from '../pages/cupboard/put.ts';
import { loads, posts, type CorePages } from './table.ts';

const LOADS = loads({
  '/write/letter/:letter/cupboard': (visit, { letter }, query) => pickFiles(visit, letter, query),
  '/write/cupboard': (visit, _names, query) => pickLayer(visit, query),
  '/cupboards': (visit) => cupboards(visit),
  '/cupboards/:school/:cupboard': (visit, names, query) => cupboard(visit, names, query),
  '/cupboards/:school/:cupboard/bin': (visit, names) => bin(visit, names),
  '/cupboards/:school/:cupboard/largest': (visit, names, query) => largest(visit, names, query),
  '/cupboards/:school/:cupboard/find': (visit, names, query) => find(visit, names, query['q']),
  '/cupboards/:school/:cupboard/all.zip': (visit, names) => folderZip(visit, cupboardRefOf(names)),
  '/stored/:school/:item/all.zip': (visit, ref) => folderZip(visit, ref),
  '/cupboards/:school/:class/box': (visit, names) => newBox(visit, names),
  '/boxes/:school/:box': (visit, ref, query) => box(visit, ref, query),
  '/boxes/:school/:box/change': (visit, ref) => changeBox(visit, ref),
  '/boxes/:school/:box/files/:handed': (visit, names, query) =>
    handedContent(visit, names, query['as']),
  '/notebook': (visit) => notebook(visit),
  '/notebook/all.zip': (visit) => notebookZip(visit),
  '/notebook/:leaf/content': (visit, { leaf }, query) => notebookContent(visit, leaf, query['as']),
  '/classes/:class/cupboard': (visit, names, query) => classCupboard(visit, names.class, query),
  '/stored/:school/:item': (visit, ref, query) => stored(visit, ref, query),
  '/stored/:school/:item/change': (visit, ref) => changeItem(visit, ref),
  '/stored/:school/:item/move': (visit, ref, query) => moveItem(visit, ref, query),
  '/stored/:school/:item/small': (visit, ref) => smallContent(visit, ref),
  '/stored/:school/:item/pages': (visit, ref, query) => pdfPages(visit, ref, query['page']),
  '/stored/:school/:item/picture': (visit, ref, query) => pdfPicture(visit, ref, query['page']),
  '/stored/:school/:item/content': (visit, ref, query) => fileContent(visit, ref, query),
});

const POSTS = posts({
  '/coming/:upload/:place': (visit, piece, form) => bringPiece(visit, piece, form),
  '/mail/:mailbox/:uid/file/:part/store': (visit, of) => storeFile(visit, of),
  '/write/letter/:letter/cupboard': (visit, { letter }, form) => attachFiles(visit, letter, form),
  '/cupboards/:school/:cupboard/put': (visit, names, form) =>
    putFiles(visit, cupboardRefOf(names), form),
  '/cupboards/:school/:cupboard/folder': (visit, names, form) =>
    makeFolder(visit, cupboardRefOf(names), form),
  '/cupboards/:school/:class/box': (visit, names, form) => makeBox(visit, names, form),
  '/boxes/:school/:box/change': (visit, ref, form) => saveBox(visit, ref, form),
  '/boxes/:school/:box/close': (visit, ref, form) => closeBox(visit, ref, form),
  '/boxes/:school/:box/hand': (visit, ref, form) => handIn(visit, ref, form),
  '/boxes/:school/:box/take-back': (visit, ref, form) => takeFileBack(visit, ref, form),
  '/boxes/:school/:box/back': (visit, ref, form) => giveBack(visit, ref, form),
  '/stored/:school/:item/put': (visit, ref, form) => putFiles(visit, ref, form),
  '/stored/:school/:item/folder': (visit, ref, form) => makeFolder(visit, ref, form),
  '/stored/:school/:item/name': (visit, ref, form) => renameItem(visit, ref, form),
  '/stored/:school/:item/show': (visit, ref, form) => showItem(visit, ref, form),
  '/stored/:school/:item/move': (visit, ref, form) => putElsewhere(visit, ref, form),
  '/stored/:school/:item/throw': (visit, ref) => throwItem(visit, ref),
  '/stored/:school/:item/out': (visit, ref) => takeOut(visit, ref),
});

/** Cupboards of classes: folders, files, the bin. */
export const CUPBOARD_PAGES: CorePages = { loads: LOADS, posts: POSTS };
