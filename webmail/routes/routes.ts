import { askForCopies, confirmCopies, copies, endCopies } from '../pages/preferences/copies.ts';
import { addDevice, devices, stopDevice } from '../pages/preferences/devices.ts';
import { agreeForChild, familyNames, saveFamilyName } from '../pages/preferences/family-names.ts';
import { ownMail, takeOwnMail } from '../pages/preferences/own-mail.ts';
import { changePassword, password } from '../pages/preferences/password.ts';
import { beginProtection, endProtection, protect } from '../pages/preferences/protect.ts';
import { keptSheet, newRecoveryCodes, recoveryPdf } from '../pages/preferences/recovery.ts';
import { outside } from '../pages/town/outside.ts';
import { writeToTeachers } from '../pages/writing/own-teachers.ts';
import { BOARD_PAGES } from './board-routes.ts';
import { CUPBOARD_PAGES } from './cupboard-routes.ts';
import { forEachReader, HEARD_PAGES, LITTLE_PAGES } from './little-routes.ts';
import { MAIL_PAGES } from './mail-routes.ts';
import { PAPER_PAGES } from './paper-routes.ts';
import { REPORT_PAGES } from './report-routes.ts';
import { ROSTER_PAGES } from './roster-routes.ts';
import { SCHOOL_PAGES } from './school-routes.ts';
import { SETUP_PAGES } from './setup-routes.ts';
import { joined, loads, posts, type CorePages } from './table.ts';
import { TOWN_SCHOOL_PAGES } from './town-school-routes.ts';
import { WALL_PAGES } from './wall-routes.ts';
import { WEEK_PAGES } from './week-routes.ts';

const ACCOUNT_PAGES: CorePages = {
  loads: loads({
    '/my-mail': (visit) => ownMail(visit),
    '/family': (visit, _params, query) => familyNames(visit, query['said']),
    '/family/:child/write': (visit, { child }) => writeToTeachers(visit, child),
    '/devices': (visit, _params, query) => devices(visit, query['said']),
    '/copies': (visit, _params, query) => copies(visit, query['said']),
    '/password': (visit, _params, query) => password(visit, query['said']),
    '/protect': (visit, _params, query) => protect(visit, query['said']),
  }),
  posts: posts({
    '/my-mail': (visit) => takeOwnMail(visit),
    '/family': (visit, _params, form) => saveFamilyName(visit, form),
    '/family/agree': (visit, _params, form) => agreeForChild(visit, form),
    '/devices': (visit, _params, form) => addDevice(visit, form),
    '/devices/:device/stop': (visit, { device }, form) => stopDevice(visit, device, form),
    '/copies': (visit, _params, form) => askForCopies(visit, form),
    '/copies/confirm': (visit, _params, form) => confirmCopies(visit, form),
    '/copies/end': (visit) => endCopies(visit),
    '/password': (visit, _params, form) => changePassword(visit, form),
    '/protect': (visit, _params, form) => beginProtection(visit, form),
    '/protect/codes': (visit) => newRecoveryCodes(visit),
    '/protect/codes.pdf': (visit, _params, form) => recoveryPdf(visit, form),
    '/protect/codes/kept': (visit) => keptSheet(visit),
    '/protect/end': (visit, _params, form) => endProtection(visit, form),
  }),
};

/** Every page for whoever reads: one's own mail and account, a school and its rosters. */
const READERS_PAGES = joined(
  SCHOOL_PAGES,
  TOWN_SCHOOL_PAGES,
  ROSTER_PAGES,
  MAIL_PAGES,
  REPORT_PAGES,
  PAPER_PAGES,
  BOARD_PAGES,
  WALL_PAGES,
  CUPBOARD_PAGES,
  WEEK_PAGES,
  SETUP_PAGES,
  ACCOUNT_PAGES,
  HEARD_PAGES,
);

/** Every page there is, each reader's at its address. */
export const PAGES = forEachReader({ readers: READERS_PAGES, little: LITTLE_PAGES });

/** Besides, while the demo runs: what left for outside. */
export const DEMO_PAGES = joined(PAGES, {
  loads: loads({ '/demo/outside': (visit) => outside(visit) }),
  posts: {},
});
