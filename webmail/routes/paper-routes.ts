import { enterSlip, extendPaper, remindFamilies, withdrawPaper } from '../pages/papers/acts.ts';
import { answerSlip, question } from '../pages/papers/answer.ts';
import { papers } from '../pages/papers/desk.ts';
import {
  busList,
  familySheet,
  paperFile,
  proofSheet,
  sheetPhoto,
  slipSheets,
} from '../pages/papers/sheets.ts';
import { slipPage } from '../pages/papers/slip.ts';
import { paperPage } from '../pages/papers/state.ts';
import { changePaper, newPaper, sendPaper } from '../pages/papers/write.ts';
import { loads, posts, type CorePages } from './table.ts';

const LOADS = loads({
  '/papers': (visit, _params, query) => papers(visit, query['before']),
  '/papers/new': (visit, _params, query) =>
    newPaper(visit, { to: query['to'], letter: query['letter'], ready: query['ready'] }),
  '/papers/:school/:paper': (visit, ref, query) =>
    paperPage(visit, ref, { said: query['said'], reminded: query['reminded'] }),
  '/papers/:school/:paper/change': (visit, ref, query) => changePaper(visit, ref, query['letter']),
  '/papers/:school/:paper/bus.pdf': (visit, ref) => busList(visit, ref, 'pdf'),
  '/papers/:school/:paper/bus.csv': (visit, ref) => busList(visit, ref, 'csv'),
  '/papers/:school/:paper/sheets.pdf': (visit, ref, query) =>
    slipSheets(visit, ref, query['pupil']),
  '/papers/:school/:paper/proof.pdf': (visit, ref) => proofSheet(visit, ref),
  '/papers/:school/:paper/files/:version/:place': (visit, { version, place, ...ref }) =>
    paperFile(visit, ref, { version, place }),
  '/papers/:school/:paper/photos/:sheet': (visit, { sheet, ...ref }) =>
    sheetPhoto(visit, ref, sheet),
  '/papers/:school/:paper/:pupil': (visit, names, query) => slipPage(visit, names, query['said']),
  '/papers/:school/:paper/:pupil/question': (visit, names) => question(visit, names),
  '/papers/:school/:paper/:pupil/sheet.pdf': (visit, names) => familySheet(visit, names),
});

const POSTS = posts({
  '/papers/new': (visit, _params, form) => sendPaper(visit, null, form),
  '/papers/:school/:paper/change': (visit, ref, form) => sendPaper(visit, ref, form),
  '/papers/:school/:paper/remind': (visit, ref, form) => remindFamilies(visit, ref, form),
  '/papers/:school/:paper/slip': (visit, ref, form) => enterSlip(visit, ref, form),
  '/papers/:school/:paper/until': (visit, ref, form) => extendPaper(visit, ref, form),
  '/papers/:school/:paper/withdraw': (visit, ref) => withdrawPaper(visit, ref),
  '/papers/:school/:paper/:pupil': (visit, names, form) => answerSlip(visit, names, form),
});

/** Papers that families sign: those who ask, and those who answer. */
export const PAPER_PAGES: CorePages = { loads: LOADS, posts: POSTS };
