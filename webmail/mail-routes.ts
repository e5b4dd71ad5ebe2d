import { field } from './forms.ts';
import type { FramePart } from './frame.ts';
import { hereOf } from './here.ts';
import { classMail } from './pages/classes.ts';
import { done } from './pages/done.ts';
import { body, file } from './pages/files.ts';
import { giveBack, held, release } from './pages/held.ts';
import { callForHelp } from './pages/help.ts';
import { keepWriting } from './pages/keep.ts';
import { leave } from './pages/leave.ts';
import { mailbox } from './pages/mailbox.ts';
import { emptyTrash, mark, move, report } from './pages/message-acts.ts';
import { message } from './pages/message.ts';
import { search } from './pages/search.ts';
import { quickReply, send } from './pages/send.ts';
import { reply, write, writeDraft, writeHelp, writeLetter } from './pages/write.ts';
import { pagesWith, type Pages } from './route.ts';

/** What these pages ask of core. */
export type MailPart =
  | FramePart
  | 'accounts.setLanguage'
  | 'mail'
  | 'moderation'
  | 'teaching.callForHelp'
  | 'teaching.letter'
  | 'writings';

const { loads, posts } = pagesWith<MailPart>();

const LOADS = loads({
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
  '/classes/:class/write': (visit, params) => classMail(visit, params.class, 'write'),
  '/classes/:class/families': (visit, params) => classMail(visit, params.class, 'families'),
  '/leave': (visit, _params, query) => leave(visit, query['to']),
});

const POSTS = posts({
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
  '/language': async (visit, _params, form) => {
    await visit.core.accounts.setLanguage(
      visit.viewer,
      field(form, 'language') === 'en' ? 'en' : 'fr',
    );
    return { kind: 'go', to: hereOf(field(form, 'here')) };
  },
});

/** One's own mail: reading, writing, and what waits for a teacher's word. */
export const MAIL_PAGES: Pages<MailPart> = { loads: LOADS, posts: POSTS };
