import { TOWN } from '../../core/ground/ids.ts';
import { classBoard } from '../pages/boards/class-board.ts';
import {
  answerLink,
  approve,
  endLink,
  endRest,
  saveReads,
  moderateLink,
  travelLink,
  remove,
  rest,
} from '../pages/class/class-acts.ts';
import { childMail } from '../pages/class/class-child.ts';
import { classLinks } from '../pages/class/class-correspondence.ts';
import { familyPapers, notePaper, notePapers } from '../pages/class/class-families.ts';
import { linkPage, propose } from '../pages/class/class-link.ts';
import { savePhotoWord } from '../pages/class/class-photos.ts';
import {
  classPhrases,
  makePhrase,
  phrasePicture,
  removePhrase,
} from '../pages/class/class-phrases.ts';
import { classSettings } from '../pages/class/class-settings.ts';
import { setSwitch } from '../pages/class/class-switches.ts';
import { classPage } from '../pages/class/class.ts';
import { classes, remind } from '../pages/class/classes.ts';
import { classCodes, close, codes, print, redo } from '../pages/class/codes.ts';
import { people, peopleSchools } from '../pages/people/people.ts';
import {
  personAddress,
  personCode,
  personFamily,
  personLeave,
  personMail,
  personStay,
} from '../pages/people/person-acts.ts';
import { personPage } from '../pages/people/person.ts';
import { trail } from '../pages/people/trail.ts';
import { board, pupilMail, spread, undo } from '../pages/school/school-board.ts';
import { end, endClass } from '../pages/school/school-class-end.ts';
import {
  change,
  create,
  newClass,
  placeAdult,
  removeAdult,
  schoolClass,
} from '../pages/school/school-class.ts';
import { saveSettings, settings } from '../pages/school/school-settings.ts';
import { openSchool, schools } from '../pages/school/schools.ts';
import { readSites, saveSites, sites } from '../pages/school/sites.ts';
import { journals, journalsCsv } from '../pages/town/journals.ts';
import { stopTownMail, townStop } from '../pages/town/town-stop.ts';
import { loads, posts, type CorePages } from './table.ts';

const LOADS = loads({
  '/classes': (visit) => classes(visit),
  '/classes/:class': (visit, params, query) =>
    classPage(visit, { class: params.class, child: null }, query['said']),
  '/classes/:class/child/:child': (visit, whose, query) => classPage(visit, whose, query['said']),
  '/classes/:class/child/:child/write': (visit, whose) => childMail(visit, whose, 'child'),
  '/classes/:class/child/:child/family': (visit, whose) => childMail(visit, whose, 'family'),
  '/classes/:class/board': (visit, params, query) => classBoard(visit, params.class, query['said']),
  '/classes/:class/links': (visit, params, query) => classLinks(visit, params.class, query['said']),
  '/classes/:class/settings': (visit, params, query) =>
    classSettings(visit, params.class, query['said']),
  '/classes/:class/link': (visit, params, query) => linkPage(visit, params.class, query['school']),
  '/classes/:class/phrases': (visit, params, query) =>
    classPhrases(visit, params.class, query['said']),
  '/classes/:class/phrases/:phrase/picture': (visit, params) => phrasePicture(visit, params),
  '/classes/:class/paper.pdf': (visit, params) => familyPapers(visit, params.class),
  '/classes/:class/remind': (visit, params) => remind(visit, params.class),
  '/codes': (visit) => codes(visit),
  '/codes/:class': (visit, params, query) => classCodes(visit, params.class, query['said']),
  '/people': (visit) => peopleSchools(visit),
  '/people/:school': (visit, { school }, query) =>
    people(visit, school, { text: query['q'], role: query['role'], page: query['page'] }),
  '/people/:school/:account': (visit, whose, query) => personPage(visit, whose, query['said']),
  '/school': (visit, _params, query) =>
    schools(visit, { find: query['find'], show: query['show'], page: query['page'] }),
  '/school/:school': (visit, { school }, query) =>
    board(visit, school, { said: query['said'], trouble: query['trouble'] }),
  '/school/:school/settings': (visit, { school }, query) => settings(visit, school, query['said']),
  '/school/:school/sites': (visit, { school }, query) => sites(visit, school, query['said']),
  '/school/:school/new': (visit, { school }) => newClass(visit, school),
  '/school/:school/trail': (visit, { school }, query) =>
    trail(visit, school, { before: query['before'], person: query['person'], day: query['day'] }),
  '/school/:school/class/:class': (visit, { school, class: id }, query) =>
    schoolClass(visit, school, { id, notice: { said: query['said'], trouble: null } }),
  '/school/:school/class/:class/end': (visit, { school, class: id }) =>
    endClass(visit, school, { id }),
  '/town/stop': (visit) => townStop(visit),
  '/agents/trail': (visit, _params, query) => journals(visit, query),
  '/agents/trail.csv': (visit, _params, query) => journalsCsv(visit, query),
});

const POSTS = posts({
  '/classes/:class/rest/:child': (visit, { class: id, child }, form) =>
    rest(visit, id, { child, form }),
  '/classes/:class/rest/:child/end': (visit, whose) => endRest(visit, whose),
  '/classes/:class/child/:child/paper': (visit, { class: id, child }, form) =>
    notePaper(visit, { class: id, child, form }),
  '/classes/:class/child/:child/photo': (visit, { class: id, child }, form) =>
    savePhotoWord(visit, { class: id, child, form }),
  '/classes/:class/paper': (visit, params, form) => notePapers(visit, params.class, form),
  '/classes/:class/child/:child/reads': (visit, { class: id, child }, form) =>
    saveReads(visit, id, { child, form }),
  '/classes/:class/link': (visit, params, form) => propose(visit, params.class, form),
  '/classes/:class/link/:other/answer': (visit, { class: id, other }, form) =>
    answerLink(visit, id, { other, form }),
  '/classes/:class/link/:other/moderate': (visit, { class: id, other }, form) =>
    moderateLink(visit, id, { other, form }),
  '/classes/:class/link/:other/travel': (visit, { class: id, other }, form) =>
    travelLink(visit, id, { other, form }),
  '/classes/:class/link/:other/end': (visit, { class: id, other }) => endLink(visit, id, other),
  '/classes/:class/switches': (visit, params, form) => setSwitch(visit, params.class, form),
  '/classes/:class/phrases': (visit, params, form) => makePhrase(visit, params.class, form),
  '/classes/:class/phrases/:phrase/remove': (visit, params) => removePhrase(visit, params),
  '/classes/:class/outside': (visit, params, form) => approve(visit, params.class, form),
  '/classes/:class/outside/remove': (visit, params, form) => remove(visit, params.class, form),
  '/codes/:class/print': (visit, params, form) => print(visit, params.class, form),
  '/codes/:class/close': (visit, params) => close(visit, params.class),
  '/codes/:class/:child': (visit, { class: id, child }, form) =>
    redo(visit, id, { account: child, form }),
  '/people/:school/:account/code': (visit, whose, form) => personCode(visit, whose, form),
  '/people/:school/:account/address': (visit, whose, form) => personAddress(visit, whose, form),
  '/people/:school/:account/leave': (visit, whose, form) => personLeave(visit, whose, form),
  '/people/:school/:account/family': (visit, whose, form) => personFamily(visit, whose, form),
  '/people/:school/:account/stay': (visit, whose) => personStay(visit, whose),
  '/people/:school/:account/mail': (visit, whose) => personMail(visit, whose),
  '/school/:school/settings': (visit, { school }, form) => saveSettings(visit, school, form),
  '/school/:school/sites': (visit, { school }, form) => saveSites(visit, school, form),
  '/school/:school/sites/read': (visit, { school }) => readSites(visit, school),
  '/school/:school/open': (visit, { school }, form) => openSchool(visit, school, form),
  '/school/:school/new': (visit, { school }, form) => create(visit, school, form),
  '/school/:school/spread': (visit, { school }, form) => spread(visit, school, form),
  '/school/:school/pupil-mail': (visit, { school }, form) =>
    school === TOWN ? stopTownMail(visit, form) : pupilMail(visit, school, form),
  '/school/:school/undo': (visit, { school }) => undo(visit, school),
  '/school/:school/class/:class': (visit, { school, class: id }, form) =>
    change(visit, school, { id, form }),
  '/school/:school/class/:class/adult': (visit, { school, class: id }, form) =>
    placeAdult(visit, school, { id, form }),
  '/school/:school/class/:class/adult/remove': (visit, { school, class: id }, form) =>
    removeAdult(visit, school, { id, form }),
  '/school/:school/class/:class/end': (visit, { school, class: id }, form) =>
    end(visit, school, { id, form }),
});

/** What a teacher has of their classes, a head of their school, an agent of all. */
export const SCHOOL_PAGES: CorePages = { loads: LOADS, posts: POSTS };
