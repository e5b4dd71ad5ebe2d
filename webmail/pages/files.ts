import type { Download, MailboxId, Uid } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { isPicture } from '../parts.ts';
import { chosenPlace } from '../places.ts';
import type { Visit } from '../visit.ts';

/** Pictures set into a mail's HTML: so many, and so many bytes in all; the others stay as attachments below it. */
const MAX_INLINE = 20;
const MAX_INLINE_BYTES = 3_000_000;
const CID = /(<img[^>]*\ssrc=")cid:([^"]{1,300})(")/gi;

/** GET /mail/:place/:uid/file/:part and …/picture/:part. Only a picture of a known kind is ever shown in the page. */
export async function file(visit: Visit, slug: string, of: { readonly uid: Uid; readonly part: string; readonly as: 'download' | 'picture' }): Promise<Answer> {
  const chosen = chosenPlace(visit, await visit.core.mail.places(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const found = await visit.core.mail.download(visit.viewer, chosen.place.id, of.uid, of.part);
  if (found === null || (of.as === 'picture' && !isPicture(found))) return MISSING;
  return { kind: of.as, file: found };
}

/**
 * GET /mail/:place/:uid/body: the sanitised HTML, for the sandboxed frame alone.
 * Its pictures are put inside as data, since a frame without an origin of its own sends no cookie to fetch them with.
 */
export async function body(visit: Visit, slug: string, uid: Uid): Promise<Answer> {
  const chosen = chosenPlace(visit, await visit.core.mail.places(visit.viewer), slug);
  if (chosen === null) return MISSING;
  const found = await visit.core.mail.read(visit.viewer, chosen.place.id, uid);
  if (found === null || found.html === null) return MISSING;
  const wanted = new Set([...found.html.matchAll(CID)].map((match) => match[2] ?? ''));
  const inside = found.attachments.filter((one) => one.contentId !== null && wanted.has(one.contentId) && isPicture(one)).slice(0, MAX_INLINE);
  const pictures = await fetchWithin(visit, { mailbox: chosen.place.id, uid, paths: inside.map((one) => ({ path: one.path, id: one.contentId ?? '' })) });
  const html = found.html.replace(CID, (_all, before: string, id: string, after: string) => `${before}${pictures.get(id) ?? ''}${after}`);
  return { kind: 'mail-html', html, popups: visit.audience === 'adult' };
}

async function fetchWithin(visit: Visit, of: { readonly mailbox: MailboxId; readonly uid: Uid; readonly paths: readonly { readonly path: string; readonly id: string }[] }): Promise<Map<string, string>> {
  const pictures = new Map<string, string>();
  let left = MAX_INLINE_BYTES;
  for (const { path, id } of of.paths) {
    const found: Download | null = await visit.core.mail.download(visit.viewer, of.mailbox, of.uid, path);
    if (found === null || found.bytes.length > left || !isPicture(found)) continue;
    left -= found.bytes.length;
    pictures.set(id, `data:${found.mediaType};base64,${found.bytes.toString('base64')}`);
  }
  return pictures;
}
