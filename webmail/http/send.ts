import type { FastifyReply } from 'fastify';
import type { Exchange, Site } from '../site.ts';
import type { Answer } from './answer.ts';
import { sendBroken, UNREAD } from './broken.ts';
import { COOKIE, KEPT_COOKIE, SESSION_COOKIE } from './guard.ts';
import {
  hasKept,
  letFile,
  letKeep,
  letMicrophone,
  sendFile,
  sendInline,
  sendMailHtml,
  sendPage,
  sendPdf,
  sendServed,
  sendSound,
  sendStream,
  sendTold,
} from './reply.ts';
import { BUSY } from './uploads.ts';

export function send(
  site: Site,
  exchange: Exchange,
  answer: Answer,
): FastifyReply | Promise<FastifyReply> {
  const { request, reply } = exchange;
  switch (answer.kind) {
    case 'page':
      if (answer.microphone === true) letMicrophone(reply);
      if (answer.holdsFile === true) letFile(reply);
      return sendPage(request, reply, answer);
    case 'told':
      return sendTold(reply, answer.words);
    case 'go':
      return reply.redirect(answer.to, 303);
    case 'renewed':
      return reply.setCookie(SESSION_COOKIE, answer.session, COOKIE).redirect(answer.to, 303);
    case 'missing':
      return sendBroken(site, exchange, { what: 'missing', status: 404 });
    case 'wrong':
      return sendBroken(site, exchange, { what: 'wrong', status: 400 });
    case 'pause':
      return sendBroken(site, exchange, UNREAD[BUSY]);
    case 'sound':
      return sendSound(request, reply, answer.audio);
    case 'download':
      return sendFile(reply, answer.file);
    case 'inline':
      return sendInline(request, reply, answer.file);
    case 'served':
      return sendServed(request, reply, answer);
    case 'kept':
      return sendKept(site, exchange, answer);
    case 'pdf':
      return sendPdf(request, reply, answer.file);
    case 'stream':
      return sendStream(reply, answer);
    case 'mail-html':
      return sendMailHtml(reply, answer);
  }
}

/** Sends what a browser keeps until its owner signs out; nothing of it where it has it by now. */
async function sendKept(
  site: Site,
  { request, reply }: Exchange,
  { mark, load }: Extract<Answer, { kind: 'kept' }>,
): Promise<FastifyReply> {
  const isThere = hasKept(request, mark);
  const file = isThere ? null : await load();
  if (!isThere && file === null)
    return sendBroken(site, { request, reply }, { what: 'missing', status: 404 });
  if (request.cookies[KEPT_COOKIE] === undefined) void reply.setCookie(KEPT_COOKIE, '1', COOKIE);
  letKeep(reply, mark);
  return file === null ? reply.code(304).send() : sendInline(request, reply, file);
}
