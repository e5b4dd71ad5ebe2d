import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Uid } from '../../../core/ground/ids.ts';
import { traceIdOf } from '../../../core/letters/message/trace-id.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import { surroundingsOf, framedSheet, type FramePart } from '../../frame/frame.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import { backLink, icon } from '../../frame/parts.ts';
import { subjectOf } from '../../frame/subject.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { page, MISSING, type Answer } from '../../http/answer.ts';

/** A header that is longer is cut: nobody reads on. */
const MAX_HEADER = 200_000;

/** GET /mail/:mailbox/:uid/original: the message as it came, as a file; for adults. */
export async function original(visit: Visit<WithMail>, slug: string, uid: Uid): Promise<Answer> {
  const raw = await rawOf(visit, slug, uid);
  if (raw === null) return MISSING;
  const name = `${visit.texts.message.originalName}-${uid}.eml`;
  return { kind: 'download', file: { name, mediaType: 'message/rfc822', bytes: raw } };
}

/** GET /mail/:mailbox/:uid/headers: what stands above its text, as it came; for adults. */
export async function headers(
  visit: Visit<FramePart & WithMail>,
  slug: string,
  uid: Uid,
): Promise<Answer> {
  const raw = await rawOf(visit, slug, uid);
  if (raw === null) return MISSING;
  const surroundings = await surroundingsOf(visit);
  const { texts } = visit;
  const content = html`
    ${backLink(visit, `/mail/${slug}/${uid}`, texts.message.backToIt)}
    <div class="split">
      <h1 id="t">${texts.message.headers}</h1>
      <a class="btn" href="/mail/${slug}/${uid}/original" download>
        ${icon(visit, 'download')}${texts.message.original}
      </a>
    </div>
    ${traceOf(visit, raw)}
    <pre class="sheet pad mono raw whole" tabindex="0" aria-labelledby="t">${headerOf(raw)}</pre>
  `;
  return page(
    framedSheet(visit, surroundings, {
      title: texts.message.headers,
      section: 'messages',
      content,
    }),
  );
}

/** Under which id the log of the service has it. */
function traceOf({ texts }: Visit, raw: Buffer): Html {
  const trace = traceIdOf(raw);
  if (trace === null) return NOTHING;
  return html`
    <p class="soft">
      ${texts.held.trace}${' '}
      <span class="mono">${trace}</span>
    </p>
  `;
}

/** Up to the first empty line (RFC 5322 §2.1). */
function headerOf(raw: Buffer): string {
  const end = raw.indexOf('\r\n\r\n');
  return raw.toString('utf8', 0, Math.min(end === -1 ? raw.length : end, MAX_HEADER));
}

async function rawOf(visit: Visit<WithMail>, slug: string, uid: Uid): Promise<Buffer | null> {
  if (visit.audience === 'child') return null;
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  return chosen === null ? null : visit.core.mail.original(visit.viewer, chosen.mailbox.id, uid);
}

/** GET /mail/:mailbox/:uid/files.zip: all its files in one, each read when its turn comes. */
export async function allFiles(visit: Visit<WithMail>, slug: string, uid: Uid): Promise<Answer> {
  const chosen = chosenMailbox(visit, await visit.core.mail.mailboxes(visit.viewer), slug);
  const shown =
    chosen === null ? null : await visit.core.mail.read(visit.viewer, chosen.mailbox.id, uid);
  if (shown === null || shown.attachments.length === 0) return MISSING;
  const zip = new ZipFile();
  const names = new Set<string>();
  for (const { path, name } of shown.attachments)
    zip.addReadStreamLazy(freeName(name, names), { mtime: shown.at }, (give) => {
      visit.core.mail.download(visit.viewer, { mailbox: shown.mailbox, uid, part: path }).then(
        (file) => give(null, Readable.from([file?.bytes ?? Buffer.alloc(0)])),
        (error: Error) => give(error, Readable.from([])),
      );
    });
  zip.end();
  return {
    kind: 'stream',
    name: `${subjectOf(visit, shown)}.zip`,
    mediaType: 'application/zip',
    body: Readable.from(zip.outputStream),
  };
}

/** A name that no other file of the archive has, and that leads nowhere. */
function freeName(name: string, taken: Set<string>): string {
  const safe = name.replace(/[\\/:\0]/g, '_').replace(/^\.+/, '_');
  const [, base = safe, end = ''] = /^(.*?)(\.[^.]*)?$/s.exec(safe) ?? [];
  let free = safe;
  for (let count = 2; taken.has(free); count += 1) free = `${base} (${count})${end}`;
  taken.add(free);
  return free;
}
