import type { FastifyReply, FastifyRequest } from 'fastify';
import { brokenPage } from '../http/failures.ts';
import { field, type Form } from '../http/forms.ts';
import { COOKIE, DOOR_COOKIE, doorOf, masked, newDoor, unmasks } from '../http/guard.ts';
import { readerOf } from '../http/reader.ts';
import { sendPage } from '../http/reply.ts';
import type { Exchange, Site } from '../site.ts';

/** The token for a form of somebody not signed in; the secret behind it stays in a cookie. */
export function doorToken({ request, reply }: Exchange): string {
  const secret = doorOf(request.cookies[DOOR_COOKIE]) ?? newDoor();
  void reply.setCookie(DOOR_COOKIE, secret, COOKIE);
  return masked(secret);
}

/** Whether a form of somebody not signed in came from a page of ours in the same browser. */
export function hasDoorToken(request: FastifyRequest, form: Pick<Form, 'fields'>): boolean {
  const secret = doorOf(request.cookies[DOOR_COOKIE]);
  return secret !== null && unmasks(field(form, 'csrf'), secret);
}

/** What can't be read as a form of ours. */
export function sendUnread(
  { assets }: Pick<Site, 'assets'>,
  { request, reply }: Exchange,
): Promise<FastifyReply> {
  return sendPage(request, reply, {
    status: 400,
    body: brokenPage({ ...readerOf(request), asset: assets.address }, 'wrong'),
  });
}
