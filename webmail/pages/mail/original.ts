import type { Uid } from '../../../core/ground/ids.ts';
import { traceIdOf } from '../../../core/letters/message/trace-id.ts';
import type { MessageView, WithMail } from '../../../core/mail/reading/contract.ts';
import { surroundingsOf, framedSheet, type FramePart } from '../../frame/frame.ts';
import { chosenMailbox } from '../../frame/mailboxes.ts';
import { backLink, icon } from '../../frame/parts.ts';
import { subjectOf } from '../../frame/subject.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { page, MISSING, type Answer } from '../../http/answer.ts';
import { fileArchive, type ZippedFile } from '../../sheets/archive.ts';

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
  return {
    kind: 'stream',
    name: `${subjectOf(visit, shown)}.zip`,
    mediaType: 'application/zip',
    body: fileArchive(filesOf(visit, shown)),
  };
}

async function* filesOf(
  { core, viewer }: Visit<WithMail>,
  { mailbox, uid, at, attachments }: MessageView,
): AsyncGenerator<ZippedFile> {
  const names = new Set<string>();
  for (const { path: part, name } of attachments) {
    const read = async function* (): AsyncGenerator<Buffer> {
      const file = await core.mail.download(viewer, { mailbox, uid, part });
      if (file === null) throw new Error('a letter has gone while its files were sent');
      yield file.bytes;
    };
    yield { path: freeName(name, names), at, file: { sizeBytes: null, read } };
  }
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
