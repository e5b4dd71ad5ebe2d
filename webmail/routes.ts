import { field } from './forms.ts';
import { hereOf } from './here.ts';
import { addDevice, devices, stopDevice } from './pages/devices.ts';
import { done } from './pages/done.ts';
import { body, file } from './pages/files.ts';
import { giveBack, held, release } from './pages/held.ts';
import { callForHelp } from './pages/help.ts';
import { keepWriting } from './pages/keep.ts';
import { leave } from './pages/leave.ts';
import { mailbox } from './pages/mailbox.ts';
import { emptyTrash, mark, move, report } from './pages/message-acts.ts';
import { message } from './pages/message.ts';
import { outside } from './pages/outside.ts';
import { ownMail, takeOwnMail } from './pages/own-mail.ts';
import { beginProtection, endProtection, protect } from './pages/protect.ts';
import { search } from './pages/search.ts';
import { quickReply, send } from './pages/send.ts';
import { reply, write, writeDraft, writeHelp, writeLetter } from './pages/write.ts';
import { ROSTER_LOADS, ROSTER_POSTS } from './roster-routes.ts';
import { loads, posts } from './route.ts';
import { SCHOOL_LOADS, SCHOOL_POSTS } from './school-routes.ts';

/** Every address that shows something: one's own mail here, a school and its rosters beside. */
export const LOADS = {
  ...SCHOOL_LOADS,
  ...ROSTER_LOADS,
  ...loads({
    '/mail/:place': (visit, { place }, query) =>
      mailbox(visit, place, { before: query['before'], said: query['said'] }),
    '/mail/:place/:uid': (visit, { place, uid }, query) =>
      message(visit, place, { uid, reported: query['reported'] === '1' }),
    '/mail/:place/:uid/body': (visit, { place, uid }) => body(visit, place, uid),
    '/mail/:place/:uid/file/:part': (visit, { place, uid, part }) =>
      file(visit, place, { uid, part, as: 'download' }),
    '/mail/:place/:uid/picture/:part': (visit, { place, uid, part }) =>
      file(visit, place, { uid, part, as: 'picture' }),
    '/mail/:place/:uid/reply': (visit, { place, uid }) =>
      reply(visit, place, { uid, everyone: false }),
    '/mail/:place/:uid/reply-all': (visit, { place, uid }) =>
      reply(visit, place, { uid, everyone: true }),
    '/search': (visit, _params, query) => search(visit, query['q']),
    '/write': (visit) => write(visit),
    '/write/help': (visit) => writeHelp(visit),
    '/write/done': (visit) => done(visit),
    '/write/letter/:letter': (visit, { letter }) => writeLetter(visit, letter),
    '/write/:uid': (visit, { uid }, query) =>
      writeDraft(visit, uid, typeof query['find'] === 'string' ? query['find'].slice(0, 120) : ''),
    '/held': (visit, _params, query) => held(visit, query),
    '/my-mail': (visit) => ownMail(visit),
    '/leave': (visit, _params, query) => leave(visit, query['to']),
    '/devices': (visit, _params, query) => devices(visit, query['said']),
    '/protect': (visit, _params, query) => protect(visit, query['said']),
  }),
};

/** Only while the demo runs. */
export const DEMO_LOADS = loads({ '/demo/outside': (visit) => outside(visit) });

/** Every address that changes something. */
export const POSTS = {
  ...SCHOOL_POSTS,
  ...ROSTER_POSTS,
  ...posts({
    '/mail/trash/empty': (visit) => emptyTrash(visit),
    '/mail/:place/:uid/mark': (visit, { place, uid }, form) =>
      mark(visit, place, { uid, mark: field(form, 'mark') }),
    '/mail/:place/:uid/move': (visit, { place, uid }, form) =>
      move(visit, place, { uid, to: field(form, 'to') }),
    '/mail/:place/:uid/report': (visit, { place, uid }) => report(visit, place, uid),
    '/mail/:place/:uid/reply': (visit, { place, uid }, form) =>
      quickReply(visit, place, { uid, form }),
    '/write': (visit, _params, form) => send(visit, form),
    '/write/keep': (visit, _params, form) => keepWriting(visit, form),
    '/write/help': (visit) => callForHelp(visit),
    '/held/:school/:hold/release': (visit, { school, hold }) => release(visit, school, hold),
    '/held/:school/:hold/give-back': (visit, { school, hold }, form) =>
      giveBack(visit, school, { hold, note: field(form, 'note') }),
    '/my-mail': (visit) => takeOwnMail(visit),
    '/devices': (visit, _params, form) => addDevice(visit, form),
    '/devices/:device/stop': (visit, { device }) => stopDevice(visit, device),
    '/protect': (visit, _params, form) => beginProtection(visit, form),
    '/protect/end': (visit, _params, form) => endProtection(visit, form),
    '/language': async (visit, _params, form) => {
      await visit.core.accounts.setLanguage(
        visit.viewer,
        field(form, 'language') === 'en' ? 'en' : 'fr',
      );
      return { kind: 'go', to: hereOf(field(form, 'here')) };
    },
  }),
};
