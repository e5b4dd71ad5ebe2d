import { report as reportLetter } from '../pages/mail/message-acts.ts';
import { callNow, helped, putAway, takeBack } from '../pages/reports/helped.ts';
import {
  actOnReport,
  report,
  reportBody,
  reportFile,
  reportOriginal,
} from '../pages/reports/report.ts';
import { letTogether, nameContact, reports } from '../pages/reports/reports.ts';
import { loads, posts, type CorePages } from './table.ts';

/** A child who needs help: what they say, and what adults do about it. */
export const REPORT_PAGES: CorePages = {
  loads: loads({
    '/helped': (visit, _params, query) => helped(visit, query['said']),
    '/reports': (visit, _params, query) => reports(visit, query['said']),
    '/reports/:school/:report': (visit, { school, report: id }, query) =>
      report(visit, { school, id }, { said: query['said'], filled: null }),
    '/reports/:school/:report/body': (visit, { school, report: id }) =>
      reportBody(visit, { school, id }),
    '/reports/:school/:report/original': (visit, { school, report: id }) =>
      reportOriginal(visit, { school, id }),
    '/reports/:school/:report/file/:part': (visit, { school, report: id, part }) =>
      reportFile(visit, { school, id }, { part, as: 'download' }),
    '/reports/:school/:report/picture/:part': (visit, { school, report: id, part }) =>
      reportFile(visit, { school, id }, { part, as: 'picture' }),
    '/reports/:school/:report/sound/:part': (visit, { school, report: id, part }) =>
      reportFile(visit, { school, id }, { part, as: 'sound' }),
  }),
  posts: posts({
    '/mail/:mailbox/:uid/report': (visit, { mailbox, uid }) => reportLetter(visit, mailbox, uid),
    '/helped/:report/undo': (visit, { report: id }) => takeBack(visit, id),
    '/helped/:report/now': (visit, { report: id }) => callNow(visit, id),
    '/helped/:report/seen': (visit, { report: id }) => putAway(visit, id),
    '/reports/together': (visit, _params, form) => letTogether(visit, form),
    '/reports/contact': (visit, _params, form) => nameContact(visit, form),
    '/reports/:school/:report': (visit, { school, report: id }, form) =>
      actOnReport(visit, { school, id }, form),
  }),
};
