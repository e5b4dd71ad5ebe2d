import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../../core/ground/ids.ts';
import type { Audience } from '../../core/rules/reasons.ts';
import type { Viewer } from '../../core/rules/viewer.ts';
import { audienceOf } from '../frame/visit.ts';
import { CLASS_COOKIE, CLASS_LANGUAGE_COOKIE, COOKIE, LANGUAGE_COOKIE } from './guard.ts';

/**
 * Who reads an answer, as far as a request tells: also one of which no page came, and one of
 * somebody not signed in.
 */
export interface AnswerReader {
  readonly language: Language;
  readonly audience: Audience;
}

/** Longer than what browsers send; what comes after is not looked at. */
const MAX_HEADER = 300;
/** Who turned out to be signed in, for the answer should their page break. */
const signedIn = new WeakMap<FastifyRequest, AnswerReader>();

/** The language that was asked for by name. */
export const chosenOf = (asked: unknown): Language | null =>
  asked === 'en' || asked === 'fr' ? asked : null;

/**
 * Notes who is signed in, and in the browser in which language they read: it is known then when
 * their session is over.
 */
export function remember(request: FastifyRequest, reply: FastifyReply, viewer: Viewer): void {
  signedIn.set(request, { language: viewer.language, audience: audienceOf(viewer) });
  rememberLanguage(request, reply, viewer.language);
}

/** Until the browser is closed. */
export function rememberLanguage(
  request: FastifyRequest,
  reply: FastifyReply,
  language: Language,
): void {
  if (request.cookies[LANGUAGE_COOKIE] !== language)
    void reply.setCookie(LANGUAGE_COOKIE, language, COOKIE);
}

/**
 * The language of a door: what was chosen, here or lately, else French, since old PCs seldom say
 * what their school speaks.
 */
export function languageOf(request: FastifyRequest, chosen?: unknown): Language {
  return chosenOf(chosen) ?? rememberedOf(request) ?? 'fr';
}

/** The language of a page of a class: that in which it was opened on this computer. */
export function classLanguageOf(request: FastifyRequest): Language {
  return chosenOf(request.cookies[CLASS_LANGUAGE_COOKIE]) ?? languageOf(request);
}

/**
 * Who reads a page that says what went wrong. Nobody chose anything there, so that the browser's
 * word is better than none.
 */
export function readerOf(request: FastifyRequest): AnswerReader {
  const known = signedIn.get(request);
  if (known !== undefined) return known;
  const language = rememberedOf(request) ?? acceptedOf(request.headers['accept-language']) ?? 'fr';
  return { language, audience: cookieOf(request, CLASS_COOKIE) === undefined ? 'adult' : 'child' };
}

function rememberedOf(request: FastifyRequest): Language | null {
  return (
    chosenOf(cookieOf(request, LANGUAGE_COOKIE)) ??
    chosenOf(cookieOf(request, CLASS_LANGUAGE_COOKIE))
  );
}

/** An address that no router can read is refused before cookies are. */
function cookieOf(request: FastifyRequest, name: string): string | undefined {
  const cookies: FastifyRequest['cookies'] | null = request.cookies;
  return cookies?.[name];
}

/**
 * French or English, whichever a browser would rather have (RFC 9110 §12.5.4); null where it asks
 * for neither.
 */
export function acceptedOf(header: string | undefined): Language | null {
  const wanted = (header ?? '')
    .slice(0, MAX_HEADER)
    .toLowerCase()
    .split(',')
    .flatMap((one) => {
      const [range = '', ...rest] = one.split(';').map((part) => part.trim());
      const language = chosenOf(range.split('-')[0]);
      const weight = Number(rest.find((part) => part.startsWith('q='))?.slice(2) ?? 1);
      return language !== null && weight > 0 ? [{ language, weight }] : [];
    });
  return wanted.sort((one, other) => other.weight - one.weight)[0]?.language ?? null;
}
