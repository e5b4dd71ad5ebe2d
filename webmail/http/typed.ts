import type { FastifyRequest } from 'fastify';
import type { Fields } from './fields.ts';

/** What somebody typed into a form, to be given back where it can't be dealt with. */
export interface TypedLetter {
  readonly title: string;
  readonly text: string;
}

/**
 * The fields of our forms in which people write more than a word: all that are a `textarea`, as
 * `tests/house/typed.test.ts` holds.
 */
export const TEXTS: readonly string[] = [
  'text',
  'note',
  'word',
  'words',
  'outside-words',
  'asks',
  'signature',
  'options',
  'oath',
  'reason',
  'names',
  'allowed',
  'postalAddress',
  'host',
];

const noted = new WeakMap<FastifyRequest, TypedLetter>();

/**
 * Notes what a form brought: whatever page its answer will be, if it isn't the form again it holds
 * this.
 */
export function noteTyped(request: FastifyRequest, fields: Fields): void {
  const text = TEXTS.map((name) => fields.first(name, Infinity))
    .filter((one) => one.trim() !== '')
    .join('\n\n');
  const title = fields.first('subject', Infinity).trim();
  if (text !== '' || title !== '') noted.set(request, { title, text });
}

/** What was typed into the form of a request; null where there was nothing. */
export function typedIn(request: FastifyRequest): TypedLetter | null {
  return noted.get(request) ?? null;
}
