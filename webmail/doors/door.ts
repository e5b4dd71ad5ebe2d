import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WithAccounts } from '../../core/entry/accounts/contract.ts';
import type { WithConfig } from '../../core/ground/config.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import type { Assets } from '../assets.ts';
import { EYE_SCRIPT } from '../components/password-field.ts';
import { firstPageOf } from '../here.ts';
import { browserOf } from '../http/browser-of.ts';
import { field, readForm, type Form } from '../http/forms.ts';
import {
  CLASS_COOKIE,
  COOKIE,
  DEVICE_COOKIE,
  DEVICE_SECONDS,
  DOOR_COOKIE,
  SESSION_COOKIE,
} from '../http/guard.ts';
import { chosenOf, languageOf, rememberLanguage } from '../http/reader.ts';
import { letScript, sendPage } from '../http/reply.ts';
import { asked } from '../http/route.ts';
import { FORGOTTEN_PATH, forgottenPage } from '../pages/sign-in/forgotten.ts';
import {
  secondStepPage,
  STEP_FORMS,
  type StepShown,
  type StepTrouble,
} from '../pages/sign-in/second-step.ts';
import {
  SIGN_IN_FORM,
  signInPage,
  type SignInTrouble,
  type SignInDoor,
} from '../pages/sign-in/signin.ts';
import type { Exchange, Site } from '../site.ts';
import { doorToken, hasDoorToken, sendUnread } from './door-form.ts';

const MAX_PASSWORD = 1000;
const MAX_DEVICES = 300;

interface DoorParts extends Pick<Site, 'assets'> {
  readonly core: WithAccounts & WithConfig;
  /** The drawing on the sign-in page. */
}

/** How somebody who typed is to be taken further. */
interface Choices {
  readonly chosen: string;
  readonly own: SignInDoor['own'];
}

interface SignInShown {
  readonly complaint: SignInTrouble;
  readonly status: number;
  readonly address: string;
  readonly chosen: unknown;
  readonly own: SignInDoor['own'];
}

/** GET and POST /signin, and the code that may follow at /signin/code. */
export function openDoor(
  app: FastifyInstance,
  core: WithAccounts & WithConfig,
  assets: Assets,
): void {
  const site = { core, assets };

  app.get('/signin', async (request, reply) => {
    const query = request.query;
    // A computer of a class belongs to its children; a grown-up comes by their link.
    if (request.cookies[CLASS_COOKIE] !== undefined && !request.url.includes('?'))
      return reply.redirect('/class', 303);
    const chosen =
      typeof query === 'object' && query !== null && 'language' in query
        ? query.language
        : undefined;
    return show(
      site,
      { request, reply },
      { complaint: { kind: 'none' }, status: 200, address: '', chosen, own: ownBefore(request) },
    );
  });
  app.post('/signin', (request, reply) => signedIn(site, { request, reply }));
  app.get(FORGOTTEN_PATH, (request, reply) => {
    const chosen = chosenOf(asked(request).query['language']);
    if (chosen !== null) rememberLanguage(request, reply, chosen);
    const yard = { language: languageOf(request, chosen), asset: assets.address };
    return sendPage(request, reply, { status: 200, body: forgottenPage(yard) });
  });
  app.get('/signin/code', (_request, reply) => reply.redirect('/signin?adult=1', 303));
  app.post('/signin/code', (request, reply) => codeGiven(site, { request, reply }));
}

/** What the browser keeps of accounts at home on it. */
function devicesOf(request: FastifyRequest): string {
  const devices = request.cookies[DEVICE_COOKIE] ?? '';
  return devices.length > MAX_DEVICES ? '' : devices;
}

function ownBefore(request: FastifyRequest): SignInDoor['own'] {
  if (request.cookies[CLASS_COOKIE] !== undefined) return 'class';
  return devicesOf(request) === '' ? 'no' : 'yes';
}

function ownSaid(request: FastifyRequest, form: Pick<Form, 'fields'>): SignInDoor['own'] {
  if (request.cookies[CLASS_COOKIE] !== undefined) return 'class';
  return field(form, 'own') === 'yes' ? 'yes' : 'no';
}

function show(
  { core, assets }: DoorParts,
  exchange: Exchange,
  shown: SignInShown,
): Promise<FastifyReply> {
  const chosen = chosenOf(shown.chosen);
  if (chosen !== null) rememberLanguage(exchange.request, exchange.reply, chosen);
  const door = {
    language: languageOf(exchange.request, chosen),
    chosen,
    asset: assets.address,
    eye: assets.text(EYE_SCRIPT),
    config: core.config,
    csrf: doorToken(exchange),
    own: shown.own,
  };
  letScript(exchange.reply, door.eye);
  return sendPage(exchange.request, exchange.reply, {
    status: shown.status,
    body: signInPage(door, shown.complaint, shown.address),
  });
}

async function signedIn(site: DoorParts, exchange: Exchange): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const read = await readForm(request);
  if (read.kind !== 'form') return sendUnread(site, exchange);
  const form = read;
  const choices = { chosen: field(form, 'language'), own: ownSaid(request, form) };
  const { address: typed, password } = SIGN_IN_FORM.typedIn(form);
  const address = typed.toLowerCase();
  const again = (status: number, complaint: SignInTrouble) =>
    show(site, exchange, { complaint, status, address, ...choices });
  if (!hasDoorToken(request, form)) return again(403, { kind: 'too-old' });
  if (address === '' || password === '' || password.length > MAX_PASSWORD)
    return again(422, { kind: 'empty' });
  const result = await site.core.accounts.signIn(address, password, {
    ip: request.ip,
    way: 'web',
    devices: devicesOf(request),
  });
  switch (result.kind) {
    case 'welcome':
      return enter(site, exchange, { ...result, address, ...choices });
    case 'second-factor':
      return askCode(site, exchange, {
        ticket: result.ticket,
        trouble: { kind: 'none' },
        by: 'phone',
        status: 200,
        ...choices,
      });
    case 'no-match':
    case 'device-password':
    case 'not-admitted':
      return again(422, { kind: 'no-match' });
    case 'wait':
      return again(429, { kind: 'wait', seconds: waiting(reply, result.seconds) });
  }
}

async function codeGiven(site: DoorParts, exchange: Exchange): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const read = await readForm(request);
  if (read.kind !== 'form') return sendUnread(site, exchange);
  const form = read;
  const choices = { chosen: field(form, 'language'), own: ownSaid(request, form) };
  const by = field(form, 'by') === 'recovery' ? 'recovery' : 'phone';
  const { ticket, code } = STEP_FORMS[by].typedIn(form);
  const again = (status: number, trouble: StepTrouble) =>
    askCode(site, exchange, { ticket, trouble, by, status, ...choices });
  if (!hasDoorToken(request, form))
    return show(site, exchange, {
      complaint: { kind: 'too-old' },
      status: 403,
      address: '',
      ...choices,
    });
  if (code === '') return again(422, { kind: 'empty' });
  const result = await site.core.accounts.secondStep(ticket, code, {
    ip: request.ip,
    devices: devicesOf(request),
  });
  switch (result.kind) {
    case 'welcome':
      return enter(site, exchange, { ...result, address: '', ...choices });
    case 'no-match':
      return again(422, { kind: 'no-match' });
    case 'too-old':
      return show(site, exchange, {
        complaint: { kind: 'code-too-late' },
        status: 403,
        address: '',
        ...choices,
      });
    case 'wait':
      return again(429, { kind: 'wait', seconds: waiting(reply, result.seconds) });
  }
}

function askCode(
  { assets }: DoorParts,
  exchange: Exchange,
  asked: Choices & StepShown & { readonly status: number },
): Promise<FastifyReply> {
  const language = languageOf(exchange.request, asked.chosen);
  const door = {
    language,
    chosen: chosenOf(asked.chosen),
    asset: assets.address,
    csrf: doorToken(exchange),
    own: asked.own,
  };
  return sendPage(exchange.request, exchange.reply, {
    status: asked.status,
    body: secondStepPage(door, asked),
  });
}

function waiting(reply: FastifyReply, given: number): number {
  const seconds = Math.ceil(given);
  void reply.header('retry-after', String(seconds));
  return seconds;
}

interface Entering extends Choices {
  readonly viewer: Viewer;
  /** The mark of the password that they gave. */
  readonly ownPassword: string | null;
  /** What stands in the form again where they can't enter after all. */
  readonly address: string;
}

/** The session gets a new id at each sign-in; what was open before is closed. */
async function enter(
  site: DoorParts,
  exchange: Exchange,
  { viewer, ownPassword, address, chosen, own }: Entering,
): Promise<FastifyReply> {
  const { core } = site;
  const { request, reply } = exchange;
  // Their password ended while it was looked at: as if it had been given a moment later.
  const token =
    ownPassword === null
      ? null
      : await core.accounts.openSession(
          viewer,
          { kind: 'password', mark: ownPassword },
          browserOf(request.headers),
        );
  if (token === null)
    return show(site, exchange, {
      complaint: { kind: 'no-match' },
      status: 422,
      address,
      chosen,
      own,
    });
  const language = chosenOf(chosen);
  if (language !== null) await core.accounts.setLanguage(viewer, language);
  const before = request.cookies[SESSION_COOKIE];
  if (before !== undefined) await core.accounts.closeSession(before);
  void reply.setCookie(SESSION_COOKIE, token, COOKIE);
  void reply.clearCookie(DOOR_COOKIE, COOKIE);
  keepDevice(core, exchange, { viewer, own });
  return reply.redirect(firstPageOf(viewer), 303);
}

/**
 * Nothing stays in a browser but where an adult says that the computer is theirs; one who no longer
 * says so has it taken away.
 */
function keepDevice(
  core: WithAccounts,
  { request, reply }: Exchange,
  { viewer, own }: Pick<Choices, 'own'> & { readonly viewer: Viewer },
): void {
  const devices = own === 'yes' ? core.accounts.newDevice(viewer, devicesOf(request)) : null;
  if (devices !== null)
    void reply.setCookie(DEVICE_COOKIE, devices, { ...COOKIE, maxAge: DEVICE_SECONDS });
  else if (viewer.role !== 'pupil' && request.cookies[DEVICE_COOKIE] !== undefined)
    void reply.clearCookie(DEVICE_COOKIE, COOKIE);
}
