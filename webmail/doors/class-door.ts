import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type {
  BrowserClass,
  CameBy,
  ClassBrowser,
  WithAccounts,
  WithCodes,
} from '../../core/entry/accounts/contract.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import type { Assets } from '../assets.ts';
import type { Visit } from '../frame/visit.ts';
import type { Yard } from '../frame/yard.ts';
import { firstPageOf } from '../here.ts';
import type { Answer } from '../http/answer.ts';
import { browserOf } from '../http/browser-of.ts';
import { field, fieldsOf, readForm } from '../http/forms.ts';
import {
  CLASS_COOKIE,
  CLASS_LANGUAGE_COOKIE,
  COOKIE,
  DEVICE_COOKIE,
  DOOR_COOKIE,
  SESSION_COOKIE,
} from '../http/guard.ts';
import { classLanguageOf, languageOf } from '../http/reader.ts';
import { sendPage, sendSound } from '../http/reply.ts';
import { asked } from '../http/route.ts';
import { accountIdOf, classIdOf } from '../ids.ts';
import {
  PAPER_FORM,
  paperPage,
  passwordPage,
  type Paper,
  type PaperTrouble,
} from '../pages/sign-in/activate.ts';
import {
  classesPage,
  namesPage,
  picturesPage,
  type PicturesQuestion,
} from '../pages/sign-in/class-signin.ts';
import { doorSayingOf, doorSentence } from '../pages/sign-in/door-says.ts';
import type { ClassDoorPart, Exchange, Site } from '../site.ts';
import { doorToken, hasDoorToken, sendUnread } from './door-form.ts';

const MAX_TOKEN = 300;
const PICTURES_A_CODE = 3;

interface DoorParts extends Pick<Site, 'assets'> {
  readonly core: ClassDoorPart;
}

/**
 * The doors of who has no password yet: /class on a computer of the class, /activate with a code on
 * paper.
 */
export function openClassDoor(app: FastifyInstance, core: ClassDoorPart, assets: Assets): void {
  const site = { core, assets };
  app.get('/class', (request, reply) => chooseClass(site, { request, reply }));
  app.get('/class/says/:saying', (request, reply) => says(site, { request, reply }));
  app.get('/class/:class', (request, reply) => chooseName(site, { request, reply }));
  app.get('/class/:class/:child', (request, reply) => pickPictures(site, { request, reply }));
  app.post('/class/:class/:child', (request, reply) => picked(site, { request, reply }));
  app.get('/activate', (request, reply) =>
    sendPaper(
      site,
      { request, reply },
      {
        status: 200,
        paper: { address: '', code: '' },
        trouble: null,
        chosen: asked(request).query['language'],
      },
    ),
  );
  app.post('/activate', (request, reply) => activated(site, { request, reply }));
}

const classToken = (request: FastifyRequest): string | null => {
  const token = request.cookies[CLASS_COOKIE];
  return token === undefined || token.length > MAX_TOKEN ? null : token;
};

const classYard = ({ assets }: DoorParts, request: FastifyRequest): Yard => ({
  language: classLanguageOf(request),
  asset: assets.address,
});
const paperYard = ({ assets }: DoorParts, request: FastifyRequest, chosen: unknown): Yard => ({
  language: languageOf(request, chosen),
  asset: assets.address,
});

async function openClasses({ core }: DoorParts, request: FastifyRequest): Promise<ClassBrowser> {
  const token = classToken(request);
  return (token === null ? null : await core.codes.browser(token)) ?? { classes: [] };
}

async function chooseClass(site: DoorParts, { request, reply }: Exchange): Promise<FastifyReply> {
  const { classes } = await openClasses(site, request);
  const [only, ...more] = classes;
  if (only !== undefined && more.length === 0) return reply.redirect(`/class/${only.id}`, 303);
  return sendPage(request, reply, {
    status: 200,
    body: classesPage(classYard(site, request), classes),
  });
}

/** What one can do at the door, read aloud: a file, which is everybody's. */
async function says(
  { core, assets }: DoorParts,
  { request, reply }: Exchange,
): Promise<FastifyReply> {
  const saying = doorSayingOf(asked(request).params['saying']);
  const { language } = classYard({ core, assets }, request);
  const said = saying && (await core.voice.sentence(doorSentence(saying, language), language));
  return said?.kind === 'speech'
    ? sendSound(request, reply, said.audio)
    : reply.status(404).send('');
}

async function chooseName(site: DoorParts, { request, reply }: Exchange): Promise<FastifyReply> {
  const { classes } = await openClasses(site, request);
  const own = classOf(classes, asked(request).params['class']);
  if (own === undefined) return reply.redirect('/class', 303);
  return sendPage(request, reply, {
    status: 200,
    body: namesPage(classYard(site, request), own, classes.length),
  });
}

const classOf = (classes: readonly BrowserClass[], id: unknown): BrowserClass | undefined =>
  classes.find((one) => one.id === classIdOf(id));

/** The class and the child that an address names, where they are open on this browser. */
async function childOf(
  site: DoorParts,
  request: FastifyRequest,
): Promise<Pick<PicturesQuestion, 'class' | 'child'> | null> {
  const { params } = asked(request);
  const own = classOf((await openClasses(site, request)).classes, params['class']);
  const child = own?.children.find(({ account }) => account === accountIdOf(params['child']));
  return own === undefined || child === undefined ? null : { class: own, child };
}

async function pickPictures(site: DoorParts, { request, reply }: Exchange): Promise<FastifyReply> {
  const who = await childOf(site, request);
  if (who === null) return reply.redirect('/class', 303);
  return sendPictures(site, { request, reply }, { ...who, picked: [], trouble: null });
}

const STATUS_OF = {
  none: 200,
  wrong: 422,
  slow: 429,
  'too-old': 422,
} as const satisfies Record<NonNullable<PicturesQuestion['trouble']> | 'none', number>;

function sendPictures(
  site: DoorParts,
  { request, reply }: Exchange,
  picking: Omit<PicturesQuestion, 'csrf'>,
): Promise<FastifyReply> {
  return sendPage(request, reply, {
    status: STATUS_OF[picking.trouble ?? 'none'],
    body: picturesPage(classYard(site, request), {
      ...picking,
      csrf: doorToken({ request, reply }),
    }),
  });
}

/**
 * A touch: the third asks whether these are the pictures, the first two come back with one square
 * filled.
 */
async function picked(site: DoorParts, { request, reply }: Exchange): Promise<FastifyReply> {
  const who = await childOf(site, request);
  const read = await readForm(request);
  if (who === null) return reply.redirect('/class', 303);
  if (read.kind !== 'form') return sendUnread(site, { request, reply });
  if (!hasDoorToken(request, read))
    return sendPictures(site, { request, reply }, { ...who, picked: [], trouble: 'too-old' });
  const known = (picture: string) => who.child.pictures.includes(picture);
  const before = fieldsOf(read, 'picked')
    .filter(known)
    .slice(0, PICTURES_A_CODE - 1);
  const pick = field(read, 'pick');
  const now = pick === 'undo' ? before.slice(0, -1) : [...before, ...[pick].filter(known)];
  const token = classToken(request);
  if (now.length < PICTURES_A_CODE || token === null)
    return sendPictures(site, { request, reply }, { ...who, picked: now, trouble: null });
  const result = await site.core.codes.signInByPictures(token, {
    class: who.class.id,
    child: who.child.account,
    pictures: now,
  });
  switch (result.kind) {
    case 'welcome': {
      const entered = await enter(site, { request, reply }, result);
      return (
        entered ?? sendPictures(site, { request, reply }, { ...who, picked: [], trouble: 'wrong' })
      );
    }
    case 'not-here':
      return reply.redirect('/class', 303);
    case 'wrong':
    case 'slow':
      return sendPictures(site, { request, reply }, { ...who, picked: [], trouble: result.kind });
  }
}

interface Welcome {
  readonly viewer: Viewer;
  readonly cameBy: CameBy;
}

/**
 * The session gets a new id at each sign-in; what was open before is closed. Null: what they came
 * in by has ended meanwhile.
 */
async function enter(
  { core }: DoorParts,
  { request, reply }: Exchange,
  { viewer, cameBy }: Welcome,
): Promise<FastifyReply | null> {
  const token = await core.accounts.openSession(viewer, cameBy, browserOf(request.headers));
  if (token === null) return null;
  const before = request.cookies[SESSION_COOKIE];
  if (before !== undefined) await core.accounts.closeSession(before);
  void reply.setCookie(SESSION_COOKIE, token, COOKIE);
  void reply.clearCookie(DOOR_COOKIE, COOKIE);
  return reply.redirect(firstPageOf(viewer), 303);
}

interface PaperShown {
  readonly status: number;
  readonly paper: Omit<Paper, 'csrf'>;
  readonly trouble: PaperTrouble;
  readonly chosen: unknown;
}

function sendPaper(
  site: DoorParts,
  exchange: Exchange,
  { status, paper, trouble, chosen }: PaperShown,
): Promise<FastifyReply> {
  return sendPage(exchange.request, exchange.reply, {
    status,
    body: paperPage(
      paperYard(site, exchange.request, chosen),
      { ...paper, csrf: doorToken(exchange) },
      trouble,
    ),
  });
}

async function activated(site: DoorParts, exchange: Exchange): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const read = await readForm(request);
  if (read.kind !== 'form') return sendUnread(site, exchange);
  const form = read;
  const typed = PAPER_FORM.typedIn(form);
  const paper = { address: typed.address.toLowerCase(), code: typed.code };
  const chosen = field(form, 'language');
  const again = (status: number, trouble: PaperTrouble) =>
    sendPaper(site, exchange, { status, paper, trouble, chosen });
  if (!hasDoorToken(request, form)) return again(403, 'too-old');
  if (paper.address === '' || paper.code === '') return again(422, 'empty');
  const from = { ip: request.ip };
  const password = field(form, 'step') === 'password' ? typed.password : null;
  const answer =
    password === null
      ? await site.core.codes.checkCode(paper.address, paper.code, from)
      : await site.core.codes.activate({ ...paper, password }, from);
  const choose = (status: number, choosing: Parameters<typeof passwordPage>[2]) =>
    sendPage(request, reply, {
      status,
      body: passwordPage(
        paperYard(site, request, chosen),
        { ...paper, csrf: doorToken(exchange) },
        choosing,
      ),
    });
  switch (answer.kind) {
    case 'right':
      return choose(200, { audience: answer.audience, fault: null });
    case 'password':
      return choose(422, { audience: answer.audience, fault: answer.why });
    case 'welcome':
      // A code was made anew since this one was used: it is void.
      return (await enter(site, exchange, answer)) ?? again(422, { kind: 'used' });
    case 'wait':
      void reply.header('retry-after', String(answer.seconds));
      return again(429, answer);
    case 'no-match':
    case 'expired':
    case 'used':
      return again(422, answer);
  }
}

/**
 * POST /codes/:class/open: this browser shows the class from now on, and the teacher is signed out
 * of it.
 */
export async function openClassHere(
  visit: Visit<WithAccounts<'closeSession'> & WithCodes<'openBrowser'>>,
  { request, reply }: Exchange,
): Promise<Answer> {
  const id = classIdOf(asked(request).params['class']);
  const opened =
    id === null ? null : await visit.core.codes.openBrowser(visit.viewer, id, classToken(request));
  if (opened === null) return { kind: 'missing' };
  void reply.setCookie(CLASS_COOKIE, opened.token, { ...COOKIE, expires: opened.expiresAt });
  void reply.setCookie(CLASS_LANGUAGE_COOKIE, visit.viewer.language, {
    ...COOKIE,
    expires: opened.expiresAt,
  });
  void reply.clearCookie(DEVICE_COOKIE, COOKIE); // a class's computer is nobody's own
  await visit.core.accounts.closeSession(visit.sessionToken);
  void reply.clearCookie(SESSION_COOKIE, COOKIE);
  return { kind: 'go', to: '/class' };
}
