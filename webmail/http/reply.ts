import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { create } from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../core/ground/config.ts';
import { shortened } from '../../core/ground/file-name.ts';
import { frameDocument, framePolicy } from '../../core/letters/message/html.ts';
import type { Download } from '../../core/mail/reading/contract.ts';
import type { Asset } from '../assets.ts';
import type { Html } from '../html.ts';
import type { Answer } from './answer.ts';
import { byteRange } from './byte-range.ts';

/**
 * No inline script or style (but one, see `letScript`), nothing from elsewhere;
 * `connect-src` is for new mail, `frame-src` for mail HTML, `blob:` for what a script of ours
 * plays: a spoken name, a recording.
 */
const PAGE_POLICY =
  "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";
/**
 * The frame's own policy, and its sandbox once more for whoever opens the address alone; its links
 * may only open another tab.
 */
const MAIL_SANDBOX = 'sandbox allow-popups allow-popups-to-escape-sandbox allow-same-origin';
const FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";
/** Of a stylesheet, a script, a drawing, which load nothing: their page has its own. */
const ASSET_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * Of a PDF in a page of ours. A sandbox would stop the browser's viewer; nothing is loaded, run or
 * sent by it, and nobody else's page holds it. The viewer styles itself.
 */
const PDF_POLICY =
  "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

/** Types a file is served as; everything else is bytes. None of them runs in a browser. */
const SERVED: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/mp4',
  'audio/webm',
  'video/mp4',
  'video/webm',
  'application/zip',
  'application/x-apple-aspen-config',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
]);
/** Below this many bytes compressing costs more than it saves. */
const WORTH_COMPRESSING_BYTES = 800;
const YEAR_S = 31_536_000;

/** RFC 6797. */
export const HSTS = 'strict-transport-security';
/**
 * Labels of a host below which a policy for subdomains may be set: above a town's own name there
 * are sites of others.
 */
const OWN_HOST_LABELS = 3;

/** What no page may ask a browser for. */
const PERMISSIONS =
  'browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), serial=(), usb=()';

/**
 * Headers of every answer. `same-origin` and not `no-referrer`: with the latter browsers send
 * `Origin: null` with our own forms. Over https browsers are told to come by https for a year (RFC
 * 6797 §6.1).
 */
export function commonHeaders({
  publicUrl,
}: Pick<Config, 'publicUrl'>): Readonly<Record<string, string>> {
  const { protocol, hostname } = new URL(publicUrl);
  const below = hostname.split('.').length >= OWN_HOST_LABELS ? '; includeSubDomains' : '';
  return {
    ...(protocol === 'https:' ? { [HSTS]: `max-age=${YEAR_S}${below}` } : {}),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': PERMISSIONS,
    'x-permitted-cross-domain-policies': 'none',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
    'content-security-policy': PAGE_POLICY,
  };
}

/** Lets the page of this answer ask for the microphone; asking itself is the browser's. */
export function letMicrophone(reply: FastifyReply): void {
  void reply.header(
    'permissions-policy',
    PERMISSIONS.replace('microphone=()', 'microphone=(self)'),
  );
}

/** Lets a file of ours stand in the page of this answer. */
export function letFile(reply: FastifyReply): void {
  void reply.header('content-security-policy', `${PAGE_POLICY}; object-src 'self'`);
}

/**
 * Lets one script stand in the page of this answer itself, known by its hash (Content Security
 * Policy Level 3 §6.7.2.5): no other text between its tags runs.
 */
export function letScript(reply: FastifyReply, script: string): void {
  const digest = hash('sha256', script, 'base64');
  void reply.header(
    'content-security-policy',
    PAGE_POLICY.replace("script-src 'self'", `script-src 'self' 'sha256-${digest}'`),
  );
}

/** Sends a page, compressed where the browser can read it. */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: { readonly status: number; readonly body: Html },
): Promise<FastifyReply> {
  const bytes = Buffer.from(String(page.body));
  void reply
    .code(page.status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('vary', 'accept-encoding');
  const way = bytes.length < WORTH_COMPRESSING_BYTES ? null : encodingFor(request);
  if (way === null) return reply.send(bytes);
  return reply.header('content-encoding', way).send(packed(bytes, way));
}

/**
 * A page is compressed while somebody waits, on the one thread there is: measured on inboxes, two
 * levels more take twice as long and save a twentieth of the bytes. To hand it to another thread
 * costs more than it takes.
 */
function packed(bytes: Buffer, way: 'br' | 'gzip'): Buffer {
  if (way === 'gzip') return gzipSync(bytes, { level: 3 });
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 3,
      [constants.BROTLI_PARAM_LGWIN]: 18,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/** Tells a script of ours something. */
export function sendTold(
  reply: FastifyReply,
  words: Readonly<Record<string, string>>,
): FastifyReply {
  return reply
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify(words));
}

/** `br` or `gzip` where accepted without a zero quality (RFC 9110 §12.5.3). */
function encodingFor(request: FastifyRequest): 'br' | 'gzip' | null {
  const accepted = String(request.headers['accept-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => !/;\s*q=0(\.0+)?$/.test(one))
    .map((one) => one.split(';')[0]);
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : null;
}

/** Sends an asset whose address names its content: kept for a year, never asked for again. */
export async function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  { mediaType, plain, packed: packedAs }: Asset,
): Promise<FastifyReply> {
  const way = packedAs === null ? null : encodingFor(request);
  const bytes = packedAs === null || way === null ? plain : await packedAs(way);
  if (way !== null) void reply.header('content-encoding', way);
  // Pages alone ask for anything (Permissions Policy §5.1), and a first one comes with six assets.
  void reply.removeHeader('permissions-policy');
  return reply
    .headers({
      'content-type': mediaType,
      'content-security-policy': ASSET_POLICY,
      'cache-control': `public, max-age=${YEAR_S}, immutable`,
      vary: 'accept-encoding',
    })
    .send(bytes);
}

/**
 * Sends a calendar to a program that asks for it every few hours: nothing, where it has this one
 * already (RFC 9110 §13.1.2). No cache but its own may keep it.
 */
export async function sendCalendar(
  request: FastifyRequest,
  reply: FastifyReply,
  { etag, body }: { readonly etag: string; readonly body: () => Promise<Buffer> },
): Promise<FastifyReply> {
  void reply.headers({
    etag,
    'content-type': 'text/calendar; charset=utf-8',
    'content-security-policy': FILE_POLICY,
    'cache-control': 'private, no-cache',
    vary: 'accept-encoding',
  });
  const known = String(request.headers['if-none-match'] ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) return reply.code(304).send();
  const bytes = await body();
  const way = encodingFor(request);
  if (way === null) return reply.send(bytes);
  // What is compressed is another representation of the same (RFC 9110 §8.8.3.3).
  return reply.headers({ 'content-encoding': way, etag: `W/${etag}` }).send(packed(bytes, way));
}

/** Sends the sanitised HTML of a mail, to be shown in a sandboxed frame. */
export function sendMailHtml(
  reply: FastifyReply,
  { html: sanitised, afar }: Extract<Answer, { kind: 'mail-html' }>,
): FastifyReply {
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${framePolicy(afar)}; ${MAIL_SANDBOX}`,
      'x-frame-options': 'SAMEORIGIN',
    })
    .send(frameDocument(sanitised, afar));
}

/** Sends a file to keep. */
export function sendFile(reply: FastifyReply, file: Download): FastifyReply {
  return reply
    .headers({ ...headersOf(file, 'attachment'), 'content-length': file.bytes.length })
    .send(file.bytes);
}

/** Name and type are made anew, never copied from the mail. */
function headersOf(
  { name, mediaType }: Pick<Download, 'name' | 'mediaType'>,
  way: 'attachment' | 'inline',
) {
  return {
    'content-type': SERVED.has(mediaType) ? mediaType : 'application/octet-stream',
    'content-disposition': disposition(name, way),
    'content-security-policy': FILE_POLICY,
  };
}

/** Sends a picture or a sound of a known kind that stands in a page. */
export function sendInline(
  request: FastifyRequest,
  reply: FastifyReply,
  file: Download,
): FastifyReply {
  return sendPart(request, reply.headers(headersOf(file, 'inline')), file.bytes);
}

/** Whether a browser says that it has what bears this mark (RFC 9110 §13.1.2). */
export function hasKept({ headers }: FastifyRequest, mark: string): boolean {
  const known = headers['if-none-match']?.split(',') ?? [];
  return known.some((one) => one.trim().replace(/^W\//, '') === tagOf(mark));
}

/**
 * Lets a browser keep what is sent for whoever it is shown to: no cache between us does, and each
 * time it asks whether they may still see it (RFC 9111 §5.2.2.4, §5.2.2.7).
 */
export function letKeep(reply: FastifyReply, mark: string): void {
  void reply.headers({ 'cache-control': 'private, no-cache', etag: tagOf(mark) });
}

const tagOf = (mark: string): string => `"${mark}"`;

/** Sends a PDF that stands in a page; to whoever opens its address alone it is the same. */
export function sendPdf(
  request: FastifyRequest,
  reply: FastifyReply,
  file: Download,
): FastifyReply {
  const headers = {
    ...headersOf(file, 'inline'),
    'content-security-policy': PDF_POLICY,
    'x-frame-options': 'SAMEORIGIN',
  };
  return sendPart(request, reply.headers(headers), file.bytes);
}

/** Sends speech. */
export function sendSound(
  request: FastifyRequest,
  reply: FastifyReply,
  audio: Buffer,
): FastifyReply {
  const headers = { 'content-type': 'audio/wav', 'content-security-policy': FILE_POLICY };
  return sendPart(request, reply.headers(headers), audio);
}

/** Sends a file as it is read, or the part of it that is asked for; nobody holds all of it. */
export function sendServed(
  request: FastifyRequest,
  reply: FastifyReply,
  { file, way }: Pick<Extract<Answer, { kind: 'served' }>, 'file' | 'way'>,
): FastifyReply {
  const within = openPart(request, reply.headers(headersOf(file, way)), file.sizeBytes);
  if (within === 'outside') return reply.send();
  const { first, last } = within;
  return reply.header('content-length', last - first + 1).send(Readable.from(file.read(within)));
}

/** All of it, or the part that is asked for: some players ask for parts alone. */
function sendPart(request: FastifyRequest, reply: FastifyReply, bytes: Buffer): FastifyReply {
  const within = openPart(request, reply, bytes.length);
  if (within === 'outside') return reply.send();
  const part = bytes.subarray(within.first, within.last + 1);
  return reply.header('content-length', part.length).send(part);
}

/** Says which part of so many bytes follows (RFC 9110 §15.3.7), all of them where none is meant. */
function openPart(
  request: FastifyRequest,
  reply: FastifyReply,
  size: number,
): Exclude<ReturnType<typeof byteRange>, null> {
  const range = byteRange(request.headers.range, size);
  void reply.header('accept-ranges', 'bytes');
  if (range === null) return { first: 0, last: size - 1 };
  if (range === 'outside') void reply.code(416).header('content-range', `bytes */${size}`);
  else void reply.code(206).header('content-range', `bytes ${range.first}-${range.last}/${size}`);
  return range;
}

interface StreamReply {
  readonly name: string;
  readonly mediaType: string;
  readonly body: Readable;
}

/** Sends a file while it is made; when the browser goes, so does what makes it. */
export function sendStream(reply: FastifyReply, file: StreamReply): FastifyReply {
  reply.raw.once('close', () => {
    file.body.destroy();
  });
  return reply
    .headers({
      'content-type': file.mediaType,
      'content-disposition': disposition(file.name, 'attachment'),
      'content-security-policy': FILE_POLICY,
    })
    .send(file.body);
}

/**
 * Content-Disposition, with a fallback of ASCII beside a name that isn’t (RFC 6266 §5, RFC 8187).
 */
export function disposition(name: string, way: 'attachment' | 'inline'): string {
  const clean =
    shortened(name.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}/\\]/gu, '_')) || 'file';
  const ascii = clean
    .normalize('NFD')
    .replace(/[^\x20-\x7e]|["%]/g, (one) => (/\p{M}/u.test(one) ? '' : '_'));
  return create(clean, { type: way, fallback: ascii });
}
