import type {
  WithAccounts,
  WithAppPasswords,
  WithSecondFactor,
} from '../../core/entry/accounts/contract.ts';
import type { WithConfig } from '../../core/ground/config.ts';
import type { WithCopies } from '../../core/mail/copies/contract.ts';
import type { WithPeople } from '../../core/school/people/contract.ts';
import type { WithOutside } from '../../core/town/jobs/contract.ts';
import type { WithSetup } from '../../core/town/town/contract.ts';
import type { FramePart } from '../frame/frame.ts';
import { pagesWith, type Pages } from '../http/route.ts';
import { askForCopies, confirmCopies, copies, endCopies } from '../pages/settings/copies.ts';
import { addDevice, devices, stopDevice } from '../pages/settings/devices.ts';
import { agreeForChild, familyNames, saveFamilyName } from '../pages/settings/family-names.ts';
import { ownMail, takeOwnMail } from '../pages/settings/own-mail.ts';
import { changePassword, password } from '../pages/settings/password.ts';
import { beginProtection, endProtection, protect } from '../pages/settings/protect.ts';
import { keptSheet, newRecoveryCodes, recoveryPdf } from '../pages/settings/recovery.ts';
import { outside } from '../pages/town/outside.ts';
import { forEachReader, HEARD_PAGES, LITTLE_PAGES, type LittlePart } from './little-routes.ts';
import { MAIL_PAGES, type MailPart } from './mail-routes.ts';
import { REPORT_PAGES, type ReportPart } from './report-routes.ts';
import { ROSTER_PAGES, type RosterPart } from './roster-routes.ts';
import { SCHOOL_PAGES, type SchoolPart } from './school-routes.ts';
import { SETUP_PAGES, type SetupPart } from './setup-routes.ts';
import { TOWN_SCHOOL_PAGES, type TownSchoolPart } from './town-school-routes.ts';

type AccountPart = FramePart &
  WithAccounts<'changePassword'> &
  WithAppPasswords &
  WithConfig &
  WithCopies &
  WithPeople<'agreeForOwnChild' | 'nameForOwnChild' | 'ownChildren' | 'takeOwnAlong'> &
  WithSecondFactor &
  WithSetup<'progress'>;
const account = pagesWith<AccountPart>();
const ACCOUNT_PAGES: Pages<AccountPart> = {
  loads: account.loads({
    '/my-mail': (visit) => ownMail(visit),
    '/family': (visit, _params, query) => familyNames(visit, query['said']),
    '/devices': (visit, _params, query) => devices(visit, query['said']),
    '/copies': (visit, _params, query) => copies(visit, query['said']),
    '/password': (visit, _params, query) => password(visit, query['said']),
    '/protect': (visit, _params, query) => protect(visit, query['said']),
  }),
  posts: account.posts({
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

/** What the pages ask of core, all of them. */
type PagePart = MailPart &
  ReportPart &
  SchoolPart &
  TownSchoolPart &
  RosterPart &
  SetupPart &
  AccountPart &
  LittlePart;

/** Every page for whoever reads: one's own mail and account, a school and its rosters. */
const READERS_PAGES: Pages<PagePart> = {
  loads: {
    ...SCHOOL_PAGES.loads,
    ...TOWN_SCHOOL_PAGES.loads,
    ...ROSTER_PAGES.loads,
    ...MAIL_PAGES.loads,
    ...REPORT_PAGES.loads,
    ...SETUP_PAGES.loads,
    ...ACCOUNT_PAGES.loads,
    ...HEARD_PAGES.loads,
  },
  posts: {
    ...SCHOOL_PAGES.posts,
    ...TOWN_SCHOOL_PAGES.posts,
    ...ROSTER_PAGES.posts,
    ...MAIL_PAGES.posts,
    ...REPORT_PAGES.posts,
    ...SETUP_PAGES.posts,
    ...ACCOUNT_PAGES.posts,
    ...HEARD_PAGES.posts,
  },
};

/** Every page there is, each reader's at its address. */
export const PAGES = forEachReader<PagePart>({ readers: READERS_PAGES, little: LITTLE_PAGES });

/** Only while the demo runs: what left for outside. */
const OUTSIDE_LOADS = pagesWith<FramePart & WithOutside<'list'>>().loads({
  '/demo/outside': (visit) => outside(visit),
});
export const DEMO_PAGES: Pages<PagePart & WithOutside<'list'>> = {
  loads: { ...PAGES.loads, ...OUTSIDE_LOADS },
  posts: PAGES.posts,
};
