import type { FastifyRequest } from 'fastify';
import { MISSING, type Answer } from './answer.ts';
import { field, type Form } from './forms.ts';
import { accountIdOf, addressIdOf, appPasswordIdOf, classIdOf, holdIdOf, partPathOf, schoolIdOf, uidOf } from './ids.ts';
import { approve, answerLink, endLink, endRest, moderateLink, remove, rest } from './pages/class-acts.ts';
import { linkPage, propose } from './pages/class-link.ts';
import { classPage } from './pages/class.ts';
import { classes, classMail } from './pages/classes.ts';
import { classCodes, close, codes, print, redo } from './pages/codes.ts';
import { addDevice, devices, stopDevice } from './pages/devices.ts';
import { done } from './pages/done.ts';
import { body, file } from './pages/files.ts';
import { giveBack, held, release } from './pages/held.ts';
import { mailbox } from './pages/mailbox.ts';
import { leave } from './pages/leave.ts';
import { emptyTrash, mark, move, report } from './pages/message-acts.ts';
import { message } from './pages/message.ts';
import { outside } from './pages/outside.ts';
import { search } from './pages/search.ts';
import { ownMail, takeOwnMail } from './pages/own-mail.ts';
import { people, peopleSchools } from './pages/people.ts';
import { personAddress, personCode, personLeave, personMail, personPage, personStay } from './pages/person.ts';
import { beginProtection, endProtection, protect } from './pages/protect.ts';
import { quickReply, send } from './pages/send.ts';
import { board, pupilMail, spread, undo } from './pages/school-board.ts';
import { change, create, end, endClass, newClass, placeAdult, removeAdult, schoolClass } from './pages/school-class.ts';
import { openSchool, schools } from './pages/schools.ts';
import { agentTrail, trail } from './pages/trail.ts';
import { callForHelp } from './pages/help.ts';
import { reply, write, writeDraft, writeHelp } from './pages/write.ts';
import { ROSTER_LOADS, ROSTER_POSTS } from './roster-routes.ts';
import { saveSettings, settings } from './pages/school-settings.ts';
import type { Visit } from './visit.ts';

type Params = Readonly<Record<string, unknown>>;
export type Load = (visit: Visit, params: Params, query: Params) => Promise<Answer>;
export type Post = (visit: Visit, params: Params, form: Form) => Promise<Answer>;

const slug = (params: Params): string => String(params['place'] ?? '');

/** Runs a page that needs an UID, or says that there is none. */
async function withUid(params: Params, page: (uid: NonNullable<ReturnType<typeof uidOf>>) => Promise<Answer>): Promise<Answer> {
  const uid = uidOf(params['uid']);
  return uid === null ? MISSING : page(uid);
}

async function withHold(params: Params, page: (school: NonNullable<ReturnType<typeof schoolIdOf>>, hold: NonNullable<ReturnType<typeof holdIdOf>>) => Promise<Answer>): Promise<Answer> {
  const school = schoolIdOf(params['school']);
  const hold = holdIdOf(params['hold']);
  return school === null || hold === null ? MISSING : page(school, hold);
}

async function part(visit: Visit, params: Params, as: 'download' | 'picture'): Promise<Answer> {
  const path = partPathOf(params['part']);
  return path === null ? MISSING : withUid(params, (uid) => file(visit, slug(params), { uid, part: path, as }));
}

async function ofClass(visit: Visit, params: Params, whom: 'write' | 'families'): Promise<Answer> {
  const id = classIdOf(params['class']);
  return id === null ? MISSING : classMail(visit, id, whom);
}

async function withClass(params: Params, page: (id: NonNullable<ReturnType<typeof classIdOf>>) => Promise<Answer>): Promise<Answer> {
  const id = classIdOf(params['class']);
  return id === null ? MISSING : page(id);
}

async function withChild(params: Params, page: (id: NonNullable<ReturnType<typeof classIdOf>>, child: NonNullable<ReturnType<typeof accountIdOf>>) => Promise<Answer>): Promise<Answer> {
  const id = classIdOf(params['class']);
  const child = accountIdOf(params['child']);
  return id === null || child === null ? MISSING : page(id, child);
}

async function withSchool(params: Params, page: (school: NonNullable<ReturnType<typeof schoolIdOf>>) => Promise<Answer>): Promise<Answer> {
  const school = schoolIdOf(params['school']);
  return school === null ? MISSING : page(school);
}

async function withPerson(params: Params, page: (whose: { readonly school: NonNullable<ReturnType<typeof schoolIdOf>>; readonly account: NonNullable<ReturnType<typeof accountIdOf>> }) => Promise<Answer>): Promise<Answer> {
  const account = accountIdOf(params['account']);
  return account === null ? MISSING : withSchool(params, (school) => page({ school, account }));
}

/** A link of a class is named by the id of the other class's list. */
async function withLink(params: Params, page: (id: NonNullable<ReturnType<typeof classIdOf>>, other: NonNullable<ReturnType<typeof addressIdOf>>) => Promise<Answer>): Promise<Answer> {
  const id = classIdOf(params['class']);
  const other = addressIdOf(params['other']);
  return id === null || other === null ? MISSING : page(id, other);
}

type SchoolClassPage = (school: NonNullable<ReturnType<typeof schoolIdOf>>, id: NonNullable<ReturnType<typeof classIdOf>>) => Promise<Answer>;
const withSchoolClass = (params: Params, page: SchoolClassPage): Promise<Answer> => withSchool(params, (school) => withClass(params, (id) => page(school, id)));

/** Every address that shows something. A GET changes nothing but the bead of the message it shows. */
export const LOADS: Readonly<Record<string, Load>> = {
  ...ROSTER_LOADS,
  '/mail/:place': (visit, params, query) => mailbox(visit, slug(params), { before: query['before'], thrown: query['thrown'] === '1', emptied: query['emptied'] === '1' }),
  '/mail/:place/:uid': (visit, params, query) => withUid(params, (uid) => message(visit, slug(params), { uid, reported: query['reported'] === '1' })),
  '/mail/:place/:uid/body': (visit, params) => withUid(params, (uid) => body(visit, slug(params), uid)),
  '/mail/:place/:uid/file/:part': (visit, params) => part(visit, params, 'download'),
  '/mail/:place/:uid/picture/:part': (visit, params) => part(visit, params, 'picture'),
  '/mail/:place/:uid/reply': (visit, params) => withUid(params, (uid) => reply(visit, slug(params), { uid, everyone: false })),
  '/mail/:place/:uid/reply-all': (visit, params) => withUid(params, (uid) => reply(visit, slug(params), { uid, everyone: true })),
  '/search': (visit, _params, query) => search(visit, query['q']),
  '/write': (visit) => write(visit),
  '/write/help': (visit) => writeHelp(visit),
  '/write/done': (visit) => done(visit),
  '/write/:uid': (visit, params, query) => withUid(params, (uid) => writeDraft(visit, uid, typeof query['find'] === 'string' ? query['find'].slice(0, 120) : '')),
  '/classes': (visit) => classes(visit),
  '/classes/:class': (visit, params, query) => withClass(params, (id) => classPage(visit, id, query['said'])),
  '/classes/:class/link': (visit, params, query) => withClass(params, (id) => linkPage(visit, id, query['school'])),
  '/classes/:class/write': (visit, params) => ofClass(visit, params, 'write'),
  '/classes/:class/families': (visit, params) => ofClass(visit, params, 'families'),
  '/codes': (visit) => codes(visit),
  '/codes/:class': (visit, params, query) => withClass(params, (id) => classCodes(visit, id, query['said'])),
  '/people': (visit) => peopleSchools(visit),
  '/people/:school': (visit, params, query) => withSchool(params, (school) => people(visit, school, { text: query['q'], role: query['role'] })),
  '/people/:school/:account': (visit, params, query) => withPerson(params, (whose) => personPage(visit, whose, query['said'])),
  '/my-mail': (visit) => ownMail(visit),
  '/school': (visit, _params, query) => schools(visit, query['find'], query['said']),
  '/school/:school': (visit, params, query) => withSchool(params, (school) => board(visit, school, { said: query['said'], trouble: query['trouble'] })),
  '/school/:school/settings': (visit, params, query) => withSchool(params, (school) => settings(visit, school, query['said'])),
  '/school/:school/new': (visit, params) => withSchool(params, (school) => newClass(visit, school)),
  '/school/:school/trail': (visit, params, query) => withSchool(params, (school) => trail(visit, school, { before: query['before'], person: query['person'], day: query['day'] })),
  '/school/:school/class/:class': (visit, params, query) => withSchoolClass(params, (school, id) => schoolClass(visit, school, { id, told: { said: query['said'], trouble: null } })),
  '/school/:school/class/:class/end': (visit, params) => withSchoolClass(params, (school, id) => endClass(visit, school, { id })),
  '/agents/trail': (visit, _params, query) => agentTrail(visit, { before: query['before'] }),
  '/leave': (visit, _params, query) => leave(visit, query['to']),
  '/devices': (visit, _params, query) => devices(visit, query['said']),
  '/protect': (visit, _params, query) => protect(visit, query['said']),
  '/held': (visit, _params, query) => held(visit, query['said']),
};

/** Only while the demo runs. */
export const DEMO_LOADS: Readonly<Record<string, Load>> = { '/demo/outside': (visit) => outside(visit) };

/** Every address that changes something. The session, the form's token and where it comes from are checked before. */
export const POSTS: Readonly<Record<string, Post>> = {
  ...ROSTER_POSTS,
  '/mail/trash/empty': (visit) => emptyTrash(visit),
  '/mail/:place/:uid/mark': (visit, params, form) => withUid(params, (uid) => mark(visit, slug(params), { uid, mark: field(form, 'mark') })),
  '/mail/:place/:uid/move': (visit, params, form) => withUid(params, (uid) => move(visit, slug(params), { uid, to: field(form, 'to') })),
  '/mail/:place/:uid/report': (visit, params) => withUid(params, (uid) => report(visit, slug(params), uid)),
  '/mail/:place/:uid/reply': (visit, params, form) => withUid(params, (uid) => quickReply(visit, slug(params), { uid, text: field(form, 'text') })),
  '/write': (visit, _params, form) => send(visit, form),
  '/write/help': (visit) => callForHelp(visit),
  '/held/:school/:hold/release': (visit, params) => withHold(params, (school, hold) => release(visit, school, hold)),
  '/held/:school/:hold/give-back': (visit, params, form) => withHold(params, (school, hold) => giveBack(visit, school, { hold, note: field(form, 'note') })),
  '/classes/:class/rest/:child': (visit, params, form) => withChild(params, (id, child) => rest(visit, id, { child, form })),
  '/classes/:class/rest/:child/end': (visit, params) => withChild(params, (id, child) => endRest(visit, id, child)),
  '/classes/:class/link': (visit, params, form) => withClass(params, (id) => propose(visit, id, form)),
  '/classes/:class/link/:other/answer': (visit, params, form) => withLink(params, (id, other) => answerLink(visit, id, { other, form })),
  '/classes/:class/link/:other/moderate': (visit, params, form) => withLink(params, (id, other) => moderateLink(visit, id, { other, form })),
  '/classes/:class/link/:other/end': (visit, params) => withLink(params, (id, other) => endLink(visit, id, other)),
  '/classes/:class/outside': (visit, params, form) => withClass(params, (id) => approve(visit, id, form)),
  '/classes/:class/outside/remove': (visit, params, form) => withClass(params, (id) => remove(visit, id, form)),
  '/codes/:class/print': (visit, params, form) => withClass(params, (id) => print(visit, id, form)),
  '/codes/:class/close': (visit, params) => withClass(params, (id) => close(visit, id)),
  '/codes/:class/:child': (visit, params, form) => withClass(params, async (id) => {
    const account = accountIdOf(params['child']);
    return account === null ? MISSING : redo(visit, id, { account, form });
  }),
  '/people/:school/:account/code': (visit, params, form) => withPerson(params, (whose) => personCode(visit, whose, form)),
  '/people/:school/:account/address': (visit, params, form) => withPerson(params, (whose) => personAddress(visit, whose, form)),
  '/people/:school/:account/leave': (visit, params, form) => withPerson(params, (whose) => personLeave(visit, whose, form)),
  '/people/:school/:account/stay': (visit, params) => withPerson(params, (whose) => personStay(visit, whose)),
  '/people/:school/:account/mail': (visit, params) => withPerson(params, (whose) => personMail(visit, whose)),
  '/my-mail': (visit) => takeOwnMail(visit),
  '/devices': (visit, _params, form) => addDevice(visit, form),
  '/devices/:device/stop': async (visit, params) => {
    const id = appPasswordIdOf(params['device']);
    return id === null ? MISSING : stopDevice(visit, id);
  },
  '/school/:school/settings': (visit, params, form) => withSchool(params, (school) => saveSettings(visit, school, form)),
  '/protect': (visit, _params, form) => beginProtection(visit, form),
  '/protect/end': (visit, _params, form) => endProtection(visit, form),
  '/school/:school/open': (visit, params, form) => withSchool(params, (school) => openSchool(visit, school, form)),
  '/school/:school/new': (visit, params, form) => withSchool(params, (school) => create(visit, school, form)),
  '/school/:school/spread': (visit, params, form) => withSchool(params, (school) => spread(visit, school, form)),
  '/school/:school/pupil-mail': (visit, params, form) => withSchool(params, (school) => pupilMail(visit, school, form)),
  '/school/:school/undo': (visit, params) => withSchool(params, (school) => undo(visit, school)),
  '/school/:school/class/:class': (visit, params, form) => withSchoolClass(params, (school, id) => change(visit, school, { id, form })),
  '/school/:school/class/:class/adult': (visit, params, form) => withSchoolClass(params, (school, id) => placeAdult(visit, school, { id, form })),
  '/school/:school/class/:class/adult/remove': (visit, params, form) => withSchoolClass(params, (school, id) => removeAdult(visit, school, { id, form })),
  '/school/:school/class/:class/end': (visit, params, form) => withSchoolClass(params, (school, id) => end(visit, school, { id, form })),
  '/language': async (visit, _params, form) => {
    await visit.core.accounts.setLanguage(visit.viewer, field(form, 'language') === 'en' ? 'en' : 'fr');
    return { kind: 'go', to: '/mail/inbox' };
  },
};

/** The query and the parameters of a request, whatever a framework put there. */
export function asked(request: FastifyRequest): { readonly params: Params; readonly query: Params } {
  const plain = (value: unknown): Params => (typeof value === 'object' && value !== null ? { ...value } : {});
  return { params: plain(request.params), query: plain(request.query) };
}
