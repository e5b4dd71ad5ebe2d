import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Core, Viewer } from '../core/core.ts';
import type { Assets } from './assets.ts';
import { yardDrawing } from './assets.ts';
import { brokenPage } from './failures.ts';
import { field, readForm } from './forms.ts';
import { CLASS_COOKIE, COOKIE, DOOR_COOKIE, doorOf, masked, newDoor, SESSION_COOKIE, unmasks } from './guard.ts';
import { secondStepPage, type StepTrouble } from './pages/second-step.ts';
import { signInPage, type Complaint } from './pages/signin.ts';
import { chosenOf, languageOf, readerOf, rememberLanguage } from './reader.ts';
import { sendPage } from './reply.ts';

const MAX_ADDRESS = 254;
const MAX_PASSWORD = 1000;
const MAX_TICKET = 300;

interface Place {
  readonly core: Core;
  readonly assets: Assets;
  readonly yard: string;
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Told {
  readonly complaint: Complaint;
  readonly status: number;
  readonly address: string;
  readonly chosen: unknown;
}

/** GET and POST /signin, and the code that may follow at /signin/code. */
export async function openDoor(app: FastifyInstance, core: Core, assets: Assets): Promise<void> {
  const place = { core, assets, yard: await yardDrawing() };

  app.get('/signin', async (request, reply) => {
    const query = request.query;
    // A computer of a class belongs to its children; a grown-up comes by their link.
    if (request.cookies[CLASS_COOKIE] !== undefined && !request.url.includes('?')) return reply.redirect('/class', 303);
    const chosen = typeof query === 'object' && query !== null && 'language' in query ? query.language : undefined;
    return show(place, { request, reply }, { complaint: { kind: 'none' }, status: 200, address: '', chosen });
  });
  app.post('/signin', (request, reply) => signedIn(place, { request, reply }));
  app.get('/signin/code', (_request, reply) => reply.redirect('/signin?adult=1', 303));
  app.post('/signin/code', (request, reply) => codeGiven(place, { request, reply }));
}

function doorToken({ request, reply }: Exchange): string {
  const secret = doorOf(request.cookies[DOOR_COOKIE]) ?? newDoor();
  void reply.setCookie(DOOR_COOKIE, secret, COOKIE);
  return masked(secret);
}

function show({ core, assets, yard }: Place, exchange: Exchange, told: Told): Promise<FastifyReply> {
  const chosen = chosenOf(told.chosen);
  if (chosen !== null) rememberLanguage(exchange.request, exchange.reply, chosen);
  const door = { language: languageOf(exchange.request, chosen), chosen, asset: assets.address, config: core.config, csrf: doorToken(exchange), yard };
  return sendPage(exchange.request, exchange.reply, { status: told.status, body: signInPage(door, told.complaint, told.address) });
}

async function signedIn(place: Place, exchange: Exchange): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const read = await readForm(request);
  if (read.kind !== 'form') return sendPage(request, reply, { status: 400, body: brokenPage({ ...readerOf(request), asset: place.assets.address }, 'wrong') });
  const form = read;
  const chosen = field(form, 'language');
  const address = field(form, 'address').trim().toLowerCase().slice(0, MAX_ADDRESS);
  const password = field(form, 'password');
  const secret = doorOf(request.cookies[DOOR_COOKIE]);
  if (secret === null || !unmasks(field(form, 'csrf'), secret)) return show(place, exchange, { complaint: { kind: 'too-old' }, status: 403, address, chosen });
  if (address === '' || password === '' || password.length > MAX_PASSWORD) return show(place, exchange, { complaint: { kind: 'empty' }, status: 422, address, chosen });
  const result = await place.core.accounts.signIn(address, password, { ip: request.ip, way: 'web' });
  switch (result.kind) {
    case 'welcome': return enter(place, exchange, { viewer: result.viewer, chosen });
    case 'second-factor': return askCode(place, exchange, { ticket: result.ticket, trouble: { kind: 'none' }, status: 200, chosen });
    case 'no-match': case 'device-password': return show(place, exchange, { complaint: { kind: 'no-match' }, status: 422, address, chosen });
    case 'wait': {
      const seconds = waiting(reply, result.seconds);
      return show(place, exchange, { complaint: { kind: 'wait', seconds }, status: 429, address, chosen });
    }
  }
}

async function codeGiven(place: Place, exchange: Exchange): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const read = await readForm(request);
  if (read.kind !== 'form') return sendPage(request, reply, { status: 400, body: brokenPage({ ...readerOf(request), asset: place.assets.address }, 'wrong') });
  const form = read;
  const chosen = field(form, 'language');
  const ticket = field(form, 'ticket').slice(0, MAX_TICKET);
  const code = field(form, 'code');
  const secret = doorOf(request.cookies[DOOR_COOKIE]);
  if (secret === null || !unmasks(field(form, 'csrf'), secret)) return show(place, exchange, { complaint: { kind: 'too-old' }, status: 403, address: '', chosen });
  if (code.trim() === '') return askCode(place, exchange, { ticket, trouble: { kind: 'empty' }, status: 422, chosen });
  const result = await place.core.accounts.secondStep(ticket, code, { ip: request.ip });
  switch (result.kind) {
    case 'welcome': return enter(place, exchange, { viewer: result.viewer, chosen });
    case 'no-match': return askCode(place, exchange, { ticket, trouble: { kind: 'no-match' }, status: 422, chosen });
    case 'too-old': return show(place, exchange, { complaint: { kind: 'code-too-late' }, status: 403, address: '', chosen });
    case 'wait': {
      const seconds = waiting(reply, result.seconds);
      return askCode(place, exchange, { ticket, trouble: { kind: 'wait', seconds }, status: 429, chosen });
    }
  }
}

function askCode({ assets }: Place, exchange: Exchange, asked: { readonly ticket: string; readonly trouble: StepTrouble; readonly status: number; readonly chosen: unknown }): Promise<FastifyReply> {
  const door = { language: languageOf(exchange.request, asked.chosen), chosen: chosenOf(asked.chosen), asset: assets.address, csrf: doorToken(exchange) };
  return sendPage(exchange.request, exchange.reply, { status: asked.status, body: secondStepPage(door, asked.ticket, asked.trouble) });
}

function waiting(reply: FastifyReply, given: number): number {
  const seconds = Math.ceil(given);
  void reply.header('retry-after', String(seconds));
  return seconds;
}

/** The session gets a new id at each sign-in; what was open before is closed. */
async function enter({ core }: Place, { request, reply }: Exchange, { viewer, chosen }: { readonly viewer: Viewer; readonly chosen: string }): Promise<FastifyReply> {
  const language = chosenOf(chosen);
  if (language !== null && language !== viewer.language) await core.accounts.setLanguage(viewer, language);
  const before = request.cookies[SESSION_COOKIE];
  if (before !== undefined) await core.accounts.closeSession(before);
  void reply.setCookie(SESSION_COOKIE, await core.accounts.openSession(viewer), COOKIE);
  void reply.clearCookie(DOOR_COOKIE, COOKIE);
  return reply.redirect('/mail/inbox', 303);
}
