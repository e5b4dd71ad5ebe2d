import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Core, Language } from '../core/core.ts';
import type { Assets } from './assets.ts';
import { inlineDrawing } from './assets.ts';
import { field, readForm } from './forms.ts';
import { CLASS_COOKIE, COOKIE, DOOR_COOKIE, doorOf, masked, newDoor, SESSION_COOKIE, unmasks } from './guard.ts';
import { signInPage, type Complaint } from './pages/signin.ts';
import { sendPage } from './reply.ts';

const MAX_ADDRESS = 254;
const MAX_PASSWORD = 1000;

/** The language of somebody who has not signed in: what they chose, else French, since old PCs seldom say what their school speaks. */
export function languageOf(chosen: unknown): Language {
  return chosen === 'en' ? 'en' : 'fr';
}

/** GET and POST /signin. The session gets a new id at each sign-in; what was open before is closed. */
export function openDoor(app: FastifyInstance, core: Core, assets: Assets): void {
  const yard = inlineDrawing(assets.text('scenes.svg'), 'yard', 'pict');

  async function show(request: FastifyRequest, reply: FastifyReply, told: { readonly complaint: Complaint; readonly status: number; readonly address: string; readonly chosen: unknown }): Promise<FastifyReply> {
    const secret = doorOf(request.cookies[DOOR_COOKIE]) ?? newDoor();
    void reply.setCookie(DOOR_COOKIE, secret, COOKIE);
    const door = { language: languageOf(told.chosen), asset: assets.address, config: core.config, csrf: masked(secret), yard };
    return sendPage(request, reply, { status: told.status, body: signInPage(door, told.complaint, told.address) });
  }

  app.get('/signin', async (request, reply) => {
    const query = request.query;
    // A computer of a class belongs to its children; a grown-up comes by their link.
    if (request.cookies[CLASS_COOKIE] !== undefined && !request.url.includes('?')) return reply.redirect('/class', 303);
    const chosen = typeof query === 'object' && query !== null && 'language' in query ? query.language : undefined;
    return show(request, reply, { complaint: { kind: 'none' }, status: 200, address: '', chosen });
  });

  app.post('/signin', async (request, reply) => {
    const read = await readForm(request, 0);
    if (read.kind !== 'form') return reply.code(400).send();
    const { form } = read;
    const chosen = field(form, 'language');
    const address = field(form, 'address').trim().toLowerCase().slice(0, MAX_ADDRESS);
    const password = field(form, 'password');
    const secret = doorOf(request.cookies[DOOR_COOKIE]);
    if (secret === null || !unmasks(field(form, 'csrf'), secret)) return show(request, reply, { complaint: { kind: 'too-old' }, status: 403, address, chosen });
    if (address === '' || password === '' || password.length > MAX_PASSWORD) return show(request, reply, { complaint: { kind: 'empty' }, status: 422, address, chosen });
    const result = await core.accounts.signIn(address, password, { ip: request.ip, way: 'web' });
    if (result.kind === 'no-match') return show(request, reply, { complaint: { kind: 'no-match' }, status: 422, address, chosen });
    if (result.kind === 'wait') {
      void reply.header('retry-after', String(Math.ceil(result.seconds)));
      return show(request, reply, { complaint: { kind: 'wait', seconds: Math.ceil(result.seconds) }, status: 429, address, chosen });
    }
    const before = request.cookies[SESSION_COOKIE];
    if (before !== undefined) await core.accounts.closeSession(before);
    void reply.setCookie(SESSION_COOKIE, await core.accounts.openSession(result.viewer), COOKIE);
    void reply.clearCookie(DOOR_COOKIE, COOKIE);
    return reply.redirect('/mail/inbox', 303);
  });
}
