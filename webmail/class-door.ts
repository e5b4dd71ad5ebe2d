import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BrowserClass, CameBy, ClassBrowser, CoreWith, Viewer } from '../core/core.ts';
import type { Answer } from './answer.ts';
import type { Assets } from './assets.ts';
import { brokenPage } from './failures.ts';
import { field, fieldsOf, readForm, type Form } from './forms.ts';
import {
  CLASS_COOKIE,
  CLASS_LANGUAGE_COOKIE,
  COOKIE,
  DEVICE_COOKIE,
  DOOR_COOKIE,
  doorOf,
  masked,
  newDoor,
  SESSION_COOKIE,
  unmasks,
} from './guard.ts';
import { accountIdOf, classIdOf } from './ids.ts';
import { paperPage, passwordPage, type Paper, type PaperTrouble } from './pages/activate.ts';
import {
  classesPage,
  namesPage,
  picturesPage,
  type Picking,
  type Yard,
} from './pages/class-signin.ts';
import { classLanguageOf, languageOf, readerOf } from './reader.ts';
import { sendPage } from './reply.ts';
import { asked } from './route.ts';
import type { Visit } from './visit.ts';

const MAX_TOKEN = 300;
const MAX_TYPED = 300;
const PICTURES_A_CODE = 3;

/** What the doors of children ask of core. */
export type ClassDoorPart =
  | 'accounts'
  | 'codes.activate'
  | 'codes.browser'
  | 'codes.checkCode'
  | 'codes.openBrowser'
  | 'codes.signInByPictures';

interface Place {
  readonly core: CoreWith<ClassDoorPart>;
  readonly assets: Assets;
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * The doors of who has no password yet: /class on a computer of the class, /activate with a code on
 * paper.
 */
export function openClassDoor(
  app: FastifyInstance,
  core: CoreWith<ClassDoorPart>,
  assets: Assets,
): void {
  const place = { core, assets };
  app.get('/class', (request, reply) => chooseClass(place, { request, reply }));
  app.get('/class/:class', (request, reply) => chooseName(place, { request, reply }));
  app.get('/class/:class/:child', (request, reply) => pickPictures(place, { request, reply }));
  app.post('/class/:class/:child', (request, reply) => picked(place, { request, reply }));
  app.get('/activate', (request, reply) =>
    sendPaper(
      place,
      { request, reply },
      {
        status: 200,
        paper: { address: '', code: '' },
        trouble: null,
        chosen: asked(request).query['language'],
      },
    ),
  );
  app.post('/activate', (request, reply) => activated(place, { request, reply }));
}

const classToken = (request: FastifyRequest): string | null => {
  const token = request.cookies[CLASS_COOKIE];
  return token === undefined || token.length > MAX_TOKEN ? null : token;
};

const classYard = ({ assets }: Place, request: FastifyRequest): Yard => ({
  language: classLanguageOf(request),
  asset: assets.address,
});
const paperYard = ({ assets }: Place, request: FastifyRequest, chosen: unknown): Yard => ({
  language: languageOf(request, chosen),
  asset: assets.address,
});

async function openClasses({ core }: Place, request: FastifyRequest): Promise<ClassBrowser> {
  const token = classToken(request);
  return (token === null ? null : await core.codes.browser(token)) ?? { classes: [] };
}

async function chooseClass(place: Place, { request, reply }: Exchange): Promise<FastifyReply> {
  const { classes } = await openClasses(place, request);
  const [only, ...more] = classes;
  if (only !== undefined && more.length === 0) return reply.redirect(`/class/${only.id}`, 303);
  return sendPage(request, reply, {
    status: 200,
    body: classesPage(classYard(place, request), classes),
  });
}

async function chooseName(place: Place, { request, reply }: Exchange): Promise<FastifyReply> {
  const { classes } = await openClasses(place, request);
  const own = classOf(classes, asked(request).params['class']);
  if (own === undefined) return reply.redirect('/class', 303);
  return sendPage(request, reply, {
    status: 200,
    body: namesPage(classYard(place, request), own, classes.length),
  });
}

const classOf = (classes: readonly BrowserClass[], id: unknown): BrowserClass | undefined =>
  classes.find((one) => one.id === classIdOf(id));

/** The class and the child that an address names, where they are open on this browser. */
async function childOf(
  place: Place,
  request: FastifyRequest,
): Promise<Pick<Picking, 'class' | 'child'> | null> {
  const { params } = asked(request);
  const own = classOf((await openClasses(place, request)).classes, params['class']);
  const child = own?.children.find(({ account }) => account === accountIdOf(params['child']));
  return own === undefined || child === undefined ? null : { class: own, child };
}

async function pickPictures(place: Place, { request, reply }: Exchange): Promise<FastifyReply> {
  const who = await childOf(place, request);
  if (who === null) return reply.redirect('/class', 303);
  return sendPictures(place, { request, reply }, { ...who, picked: [], trouble: null });
}

function sendPictures(
  place: Place,
  { request, reply }: Exchange,
  picking: Omit<Picking, 'csrf'>,
): Promise<FastifyReply> {
  const status = picking.trouble === null ? 200 : picking.trouble === 'slow' ? 429 : 422;
  return sendPage(request, reply, {
    status,
    body: picturesPage(classYard(place, request), {
      ...picking,
      csrf: doorToken({ request, reply }),
    }),
  });
}

/**
 * A touch: the third asks whether these are the pictures, the first two come back with one square
 * filled.
 */
async function picked(place: Place, { request, reply }: Exchange): Promise<FastifyReply> {
  const who = await childOf(place, request);
  const read = await readForm(request);
  if (who === null) return reply.redirect('/class', 303);
  if (read.kind !== 'form') return sendWrong(place, { request, reply });
  if (!isOurs(request, read))
    return sendPictures(place, { request, reply }, { ...who, picked: [], trouble: 'too-old' });
  const known = (picture: string) => who.child.pictures.includes(picture);
  const before = fieldsOf(read, 'picked')
    .filter(known)
    .slice(0, PICTURES_A_CODE - 1);
  const pick = field(read, 'pick');
  const now = pick === 'undo' ? before.slice(0, -1) : [...before, ...[pick].filter(known)];
  const token = classToken(request);
  if (now.length < PICTURES_A_CODE || token === null)
    return sendPictures(place, { request, reply }, { ...who, picked: now, trouble: null });
  const result = await place.core.codes.signInByPictures(token, {
    class: who.class.id,
    child: who.child.account,
    pictures: now,
  });
  switch (result.kind) {
    case 'welcome': {
      const entered = await enter(place, { request, reply }, result);
      return (
        entered ?? sendPictures(place, { request, reply }, { ...who, picked: [], trouble: 'wrong' })
      );
    }
    case 'not-here':
      return reply.redirect('/class', 303);
    case 'wrong':
    case 'slow':
      return sendPictures(place, { request, reply }, { ...who, picked: [], trouble: result.kind });
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
  { core }: Place,
  { request, reply }: Exchange,
  { viewer, cameBy }: Welcome,
): Promise<FastifyReply | null> {
  const token = await core.accounts.openSession(viewer, cameBy);
  if (token === null) return null;
  const before = request.cookies[SESSION_COOKIE];
  if (before !== undefined) await core.accounts.closeSession(before);
  void reply.setCookie(SESSION_COOKIE, token, COOKIE);
  void reply.clearCookie(DOOR_COOKIE, COOKIE);
  return reply.redirect('/mail/inbox', 303);
}

function doorToken({ request, reply }: Exchange): string {
  const secret = doorOf(request.cookies[DOOR_COOKIE]) ?? newDoor();
  void reply.setCookie(DOOR_COOKIE, secret, COOKIE);
  return masked(secret);
}

function isOurs(request: FastifyRequest, form: Pick<Form, 'fields'>): boolean {
  const secret = doorOf(request.cookies[DOOR_COOKIE]);
  return secret !== null && unmasks(field(form, 'csrf'), secret);
}

function sendWrong({ assets }: Place, { request, reply }: Exchange): Promise<FastifyReply> {
  return sendPage(request, reply, {
    status: 400,
    body: brokenPage({ ...readerOf(request), asset: assets.address }, 'wrong'),
  });
}

interface Told {
  readonly status: number;
  readonly paper: Omit<Paper, 'csrf'>;
  readonly trouble: PaperTrouble;
  readonly chosen: unknown;
}

function sendPaper(
  place: Place,
  exchange: Exchange,
  { status, paper, trouble, chosen }: Told,
): Promise<FastifyReply> {
  return sendPage(exchange.request, exchange.reply, {
    status,
    body: paperPage(
      paperYard(place, exchange.request, chosen),
      { ...paper, csrf: doorToken(exchange) },
      trouble,
    ),
  });
}

async function activated(place: Place, exchange: Exchange): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const read = await readForm(request);
  if (read.kind !== 'form') return sendWrong(place, exchange);
  const form = read;
  const typed = (name: string) => field(form, name).slice(0, MAX_TYPED);
  const paper = { address: typed('address').trim().toLowerCase(), code: typed('code').trim() };
  const chosen = field(form, 'language');
  const again = (status: number, trouble: PaperTrouble) =>
    sendPaper(place, exchange, { status, paper, trouble, chosen });
  if (!isOurs(request, form)) return again(403, 'too-old');
  if (paper.address === '' || paper.code === '') return again(422, 'empty');
  const from = { ip: request.ip };
  const password = field(form, 'step') === 'password' ? typed('password') : null;
  const answer =
    password === null
      ? await place.core.codes.checkCode(paper.address, paper.code, from)
      : await place.core.codes.activate({ ...paper, password }, from);
  const choose = (status: number, choosing: Parameters<typeof passwordPage>[2]) =>
    sendPage(request, reply, {
      status,
      body: passwordPage(
        paperYard(place, request, chosen),
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
      return (await enter(place, exchange, answer)) ?? again(422, { kind: 'used' });
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
  visit: Visit<'accounts.closeSession' | 'codes.openBrowser'>,
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
  await visit.core.accounts.closeSession(visit.token);
  void reply.clearCookie(SESSION_COOKIE, COOKIE);
  return { kind: 'go', to: '/class' };
}
