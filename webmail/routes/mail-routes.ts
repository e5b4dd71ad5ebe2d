import { hereOf } from '../here.ts';
import { field } from '../http/forms.ts';
import type { UntrustedFields } from '../http/route.ts';
import { everything } from '../pages/about/everything.ts';
import { guide } from '../pages/about/guide.ts';
import { classMail } from '../pages/class/classes.ts';
import { decideChosen, giveBack, release, takeBack } from '../pages/held/held-acts.ts';
import { heldFile } from '../pages/held/held-files.ts';
import { heldPast } from '../pages/held/held-past.ts';
import { heldRefused } from '../pages/held/held-refused.ts';
import { held } from '../pages/held/held.ts';
import { decideOwn } from '../pages/held/own-held.ts';
import { actOn, undoAct } from '../pages/mail/acts.ts';
import { wantPictures } from '../pages/mail/afar-pictures.ts';
import { album } from '../pages/mail/album.ts';
import { body, file } from '../pages/mail/files.ts';
import { changeFolder, folders, makeFolder, removeFolder } from '../pages/mail/folders.ts';
import { notJunk } from '../pages/mail/junk.ts';
import { keys, saveKeys } from '../pages/mail/keys.ts';
import { leave } from '../pages/mail/leave.ts';
import { mailbox } from '../pages/mail/mailbox.ts';
import { emptyTrash } from '../pages/mail/message-acts.ts';
import { message, messagePane, seen } from '../pages/mail/message.ts';
import { allFiles, headers, original } from '../pages/mail/original.ts';
import { actOnDay } from '../pages/mail/own-day-acts.ts';
import { ownDay } from '../pages/mail/own-day.ts';
import { pdfPages, pdfPicture } from '../pages/mail/pdf-pages.ts';
import { pdf, pdfInside } from '../pages/mail/pdf.ts';
import { seenByChild } from '../pages/mail/seen-by-child.ts';
import {
  acknowledge,
  awaitAnswer,
  recall,
  releaseOwn,
  remind,
  withdraw,
} from '../pages/mail/sent-acts.ts';
import { bringsSlip, keepPaper } from '../pages/papers/keep.ts';
import { comfort, saveComfort } from '../pages/preferences/comfort.ts';
import { closeElsewhere } from '../pages/preferences/elsewhere.ts';
import { saveEvening } from '../pages/preferences/hours.ts';
import { saveDailyWord, saveNotices } from '../pages/preferences/notices.ts';
import { preferences, savePreferences } from '../pages/preferences/preferences.ts';
import {
  saveAbsence,
  saveHours,
  savePortrait,
  saveSignature,
  stopAbsence,
} from '../pages/preferences/saving.ts';
import { search } from '../pages/search/search.ts';
import { acceptCharter, charter } from '../pages/sign-in/charter.ts';
import { chooseFormat, formatStrip } from '../pages/writing/format.ts';
import { forward } from '../pages/writing/forward.ts';
import { group, newGroup, saveGroup } from '../pages/writing/group.ts';
import { groupMail, groups, removeGroup } from '../pages/writing/groups.ts';
import { callForHelp } from '../pages/writing/help.ts';
import { keepWriting } from '../pages/writing/keep.ts';
import { quickReply, send } from '../pages/writing/send.ts';
import { newTemplate, saveTemplate, template } from '../pages/writing/template.ts';
import {
  beginTemplates,
  removeTemplate,
  templateMail,
  templates,
} from '../pages/writing/templates.ts';
import { undoSending, writeLater } from '../pages/writing/write-later.ts';
import { writeCount, writePeople } from '../pages/writing/write-people.ts';
import { reply, write, writeDraft, writeHelp, writeLetter } from '../pages/writing/write.ts';
import { loads, posts, type CorePages } from './table.ts';

/** What the address of a message may say besides. */
const messageQuery = ({ q, pictures, who, unread, act, said }: UntrustedFields) => ({
  found: q,
  pictures,
  who,
  unread,
  act,
  said,
});

const LOADS = loads({
  '/mail/:mailbox': (visit, { mailbox: slug }, query) =>
    mailbox(visit, slug, {
      before: query['before'],
      after: query['after'],
      who: query['who'],
      unread: query['unread'],
      m: query['m'],
      act: query['act'],
      said: query['said'],
    }),
  '/mail/:mailbox/:uid': (visit, { mailbox, uid }, query) =>
    message(visit, mailbox, { uid, ...messageQuery(query) }),
  '/mail/:mailbox/:uid/pane': (visit, { mailbox, uid }, query) =>
    messagePane(visit, mailbox, { uid, ...messageQuery(query) }),
  '/mail/:mailbox/:uid/original': (visit, { mailbox, uid }) => original(visit, mailbox, uid),
  '/mail/:mailbox/:uid/headers': (visit, { mailbox, uid }) => headers(visit, mailbox, uid),
  '/mail/:mailbox/:uid/files.zip': (visit, { mailbox, uid }) => allFiles(visit, mailbox, uid),
  '/mail/:mailbox/:uid/body': (visit, { mailbox, uid }, { pictures }) =>
    body(visit, mailbox, { uid, pictures }),
  '/mail/:mailbox/:uid/file/:part': file('download'),
  '/mail/:mailbox/:uid/picture/:part': file('picture'),
  '/mail/:mailbox/:uid/sound/:part': file('sound'),
  '/mail/:mailbox/:uid/film/:part': file('film'),
  '/mail/:mailbox/:uid/pdf/:part': (visit, { mailbox, uid, part }) =>
    pdf(visit, mailbox, { uid, part }),
  '/mail/:mailbox/:uid/pdf/:part/inside': (visit, { mailbox, uid, part }) =>
    pdfInside(visit, mailbox, { uid, part }),
  '/mail/:mailbox/:uid/pdf/:part/pages': (visit, { mailbox, uid, part }, { page }) =>
    pdfPages(visit, mailbox, { uid, part, page }),
  '/mail/:mailbox/:uid/pdf/:part/picture': (visit, { mailbox, uid, part }, { page }) =>
    pdfPicture(visit, mailbox, { uid, part, page }),
  '/mail/:mailbox/:uid/reply': (visit, { mailbox, uid }, query) =>
    reply(visit, mailbox, { uid, whom: 'writer', on: query['on'] }),
  '/mail/:mailbox/:uid/reply-all': (visit, { mailbox, uid }) =>
    reply(visit, mailbox, { uid, whom: 'everyone' }),
  '/folders': (visit, _params, query) => folders(visit, query['said']),
  '/charter': (visit, _params, query) => charter(visit, query['back']),
  '/album': (visit) => album(visit),
  '/comfort': (visit, _params, query) => comfort(visit, query['said']),
  '/settings': (visit, _params, query) => preferences(visit, query['said']),
  '/keys': (visit) => keys(visit),
  '/own-day': (visit, _params, query) => ownDay(visit, { act: query['act'], said: query['said'] }),
  '/more': (visit) => everything(visit),
  '/help': (visit, _params, query) => guide(visit, query['for']),
  '/search': (visit, _params, query) => search(visit, query['q']),
  '/write': (visit, _params, query) => write(visit, query['to']),
  '/write/help': (visit) => writeHelp(visit),
  '/write/format': (visit, _params, query) => formatStrip(visit, query['of']),
  '/write/later': (visit) => writeLater(visit),
  '/write/letter/:letter': (visit, { letter }) => writeLetter(visit, letter),
  '/write/letter/:letter/seen': (visit, { letter }) => seenByChild(visit, letter),
  '/write/:uid': (visit, { uid }, { find, into }) =>
    writeDraft(
      visit,
      uid,
      typeof find === 'string'
        ? { text: find.slice(0, 120), into: into === 'cc' ? 'cc' : 'to' }
        : null,
    ),
  '/groups': (visit, _params, query) => groups(visit, query['said']),
  '/groups/new': (visit) => newGroup(visit),
  '/groups/:group': (visit, params) => group(visit, params.group),
  '/groups/:group/write': (visit, params) => groupMail(visit, params.group),
  '/templates': (visit, _params, query) => templates(visit, query['said']),
  '/templates/new': (visit) => newTemplate(visit),
  '/templates/:template': (visit, params) => template(visit, params.template),
  '/templates/:template/write': (visit, params) => templateMail(visit, params.template),
  '/held': (visit, _params, query) => held(visit, query),
  '/held/decided': (visit) => heldPast(visit),
  '/held/refused': (visit) => heldRefused(visit),
  '/held/:school/:hold/picture/:part': (visit, { part, ...name }) =>
    heldFile(visit, name, { part, as: 'picture' }),
  '/held/:school/:hold/sound/:part': (visit, { part, ...name }) =>
    heldFile(visit, name, { part, as: 'sound' }),
  '/classes/:class/write': (visit, params) => classMail(visit, params.class, 'write'),
  '/classes/:class/families': (visit, params) => classMail(visit, params.class, 'families'),
  '/leave': (visit, _params, query) => leave(visit, query['to']),
});

const POSTS = posts({
  '/mail/trash/empty': (visit) => emptyTrash(visit),
  '/charter': (visit, _params, form) => acceptCharter(visit, form),
  '/comfort': (visit, _params, form) => saveComfort(visit, form),
  '/settings': (visit, _params, form) => savePreferences(visit, form),
  '/settings/portrait': (visit, _params, form) => savePortrait(visit, form),
  '/settings/signature': (visit, _params, form) => saveSignature(visit, form),
  '/settings/absence': (visit, _params, form) => saveAbsence(visit, form),
  '/settings/absence/stop': (visit, _params, form) => stopAbsence(visit, form),
  '/settings/others': (visit, _params, form) => closeElsewhere(visit, form),
  '/settings/evening': (visit, _params, form) => saveEvening(visit, form),
  '/settings/hours': (visit, _params, form) => saveHours(visit, form),
  '/settings/notices': (visit, _params, form) => saveNotices(visit, form),
  '/settings/daily-word': (visit, _params, form) => saveDailyWord(visit, form),
  '/keys': (visit, _params, form) => saveKeys(visit, form),
  '/own-day': (visit, _params, form) => actOnDay(visit, form),
  '/mail/undo': (visit, _params, form) => undoAct(visit, form),
  '/mail/:mailbox/act': (visit, { mailbox }, form) => actOn(visit, mailbox, form),
  '/mail/:mailbox/:uid/forward': (visit, { mailbox, uid }) => forward(visit, mailbox, uid),
  '/mail/:mailbox/:uid/not-junk': (visit, { mailbox, uid }) => notJunk(visit, mailbox, uid),
  '/mail/:mailbox/:uid/recall': (visit, { mailbox, uid }) => recall(visit, mailbox, uid),
  '/mail/:mailbox/:uid/release': (visit, { mailbox, uid }, form) =>
    releaseOwn(visit, mailbox, { uid, reason: field(form, 'reason') }),
  '/mail/:mailbox/:uid/withdraw': (visit, { mailbox, uid }) => withdraw(visit, mailbox, uid),
  '/mail/:mailbox/:uid/remind': (visit, { mailbox, uid }) => remind(visit, mailbox, uid),
  '/mail/:mailbox/:uid/await': (visit, { mailbox, uid }, form) =>
    awaitAnswer(visit, mailbox, { uid, form }),
  '/mail/:mailbox/:uid/read': (visit, { mailbox, uid }) => acknowledge(visit, mailbox, uid),
  '/mail/:mailbox/:uid/seen': (visit, { mailbox, uid }) => seen(visit, mailbox, uid),
  '/mail/:mailbox/:uid/pictures': (visit, { mailbox, uid }, form) =>
    wantPictures(visit, mailbox, { uid, form }),
  '/mail/:mailbox/:uid/reply': (visit, { mailbox, uid }, form) =>
    quickReply(visit, mailbox, { uid, form }),
  '/folders': (visit, _params, form) => makeFolder(visit, form),
  '/folders/:mailbox/change': (visit, { mailbox }, form) => changeFolder(visit, mailbox, form),
  '/folders/:mailbox/remove': (visit, { mailbox }) => removeFolder(visit, mailbox),
  '/groups': (visit, _params, form) => saveGroup(visit, null, form),
  '/groups/:group/change': (visit, params, form) => saveGroup(visit, params.group, form),
  '/groups/:group/remove': (visit, params) => removeGroup(visit, params.group),
  '/templates': (visit, _params, form) => saveTemplate(visit, null, form),
  '/templates/begin': (visit, _params, form) => beginTemplates(visit, form),
  '/templates/:template/change': (visit, params, form) =>
    saveTemplate(visit, params.template, form),
  '/templates/:template/remove': (visit, params) => removeTemplate(visit, params.template),
  '/write': (visit, _params, form) => send(visit, form),
  '/write/undo': (visit, _params, form) => undoSending(visit, form),
  '/write/people': (visit, _params, form) => writePeople(visit, form),
  '/write/count': (visit, _params, form) => writeCount(visit, form),
  '/write/format': (visit, _params, form) => chooseFormat(visit, form),
  '/write/keep': (visit, _params, form) =>
    bringsSlip(form) ? keepPaper(visit, form) : keepWriting(visit, form),
  '/write/help': (visit) => callForHelp(visit),
  '/held/act': (visit, _params, form) => decideChosen(visit, form),
  '/held/own': (visit, _params, form) => decideOwn(visit, form),
  '/held/undo': (visit, _params, form) => takeBack(visit, form),
  '/held/:school/:hold/release': (visit, { school, hold }) => release(visit, school, hold),
  '/held/:school/:hold/give-back': (visit, { school, hold }, form) =>
    giveBack(visit, [{ school, hold }], form),
  '/language': async (visit, _params, form) => {
    await visit.core.accounts.setLanguage(
      visit.viewer,
      field(form, 'language') === 'en' ? 'en' : 'fr',
    );
    return { kind: 'go', to: hereOf(field(form, 'here')) };
  },
});

/** One's own mail: reading, writing, and what waits for a teacher's word. */
export const MAIL_PAGES: CorePages = { loads: LOADS, posts: POSTS };
