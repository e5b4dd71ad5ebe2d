import type { FastifyRequest } from 'fastify';
import { isKeyOf } from '../../core/ground/keys.ts';
import type { Visit } from '../frame/visit.ts';
import {
  accountIdOf,
  addressIdOf,
  appPasswordIdOf,
  boxIdOf,
  classIdOf,
  cupboardItemIdOf,
  cupboardPlaceOf,
  handedFileIdOf,
  holdIdOf,
  letterOf,
  notebookPageIdOf,
  noticeIdOf,
  countOf,
  numberOf,
  ownGroupIdOf,
  paperIdOf,
  partPathOf,
  phraseIdOf,
  schoolIdOf,
  slugOf,
  templateIdOf,
  uidOf,
  uuidOf,
  wallItemIdOf,
} from '../ids.ts';
import { MISSING, type Answer } from './answer.ts';
import type { Form } from './forms.ts';

/** What a path may name, and how it is read. A name means the same in every path. */
const READERS = {
  mailbox: slugOf,
  uid: uidOf,
  part: partPathOf,
  hold: holdIdOf,
  school: schoolIdOf,
  class: classIdOf,
  child: accountIdOf,
  account: accountIdOf,
  /** The other class's list, by which a link is named. */
  other: addressIdOf,
  device: appPasswordIdOf,
  group: ownGroupIdOf,
  template: templateIdOf,
  phrase: phraseIdOf,
  letter: letterOf,
  draft: numberOf,
  paper: paperIdOf,
  notice: noticeIdOf,
  /** What a child gave to a wall. */
  gift: wallItemIdOf,
  /** A cupboard, by its class, or `own`, `team`, `school`. */
  cupboard: cupboardPlaceOf,
  /** A file or a folder of a cupboard. */
  item: cupboardItemIdOf,
  /** A file that comes in pieces, by the name that its page gave it. */
  upload: uuidOf,
  /** A hand-in box, a file in it, a page of a child's notebook. */
  box: boxIdOf,
  handed: handedFileIdOf,
  leaf: notebookPageIdOf,
  /** The words of a paper, by their number; a file of theirs, by its place from 1. */
  version: countOf,
  sheet: countOf,
  place: countOf,
  /** A child, by their address: of whatever school, for their guardians. */
  pupil: addressIdOf,
  import: numberOf,
  batch: numberOf,
  report: numberOf,
  holiday: numberOf,
  /** Of what is read aloud of a letter, from 1. */
  piece: countOf,
  /** What the ear of a page says. */
  saying: slugOf,
};

type Name = keyof typeof READERS;
type Named<Path extends string> = Path extends `${string}:${infer One}/${infer Rest}`
  ? One | Named<`/${Rest}`>
  : Path extends `${string}:${infer Last}`
    ? Last
    : never;

/** What a path names, read: `/held/:school/:hold` gives a `SchoolId` and a `HoldId`. */
type ParamsOf<Path extends string> = {
  readonly [One in Named<Path> & Name]: NonNullable<ReturnType<(typeof READERS)[One]>>;
};

/** A path or a query as it came: nothing in it is believed. */
export type UntrustedFields = Readonly<Record<string, unknown>>;

/** Shows something. A GET changes nothing but the bead of the message it shows. */
export type Load<Part extends object> = (
  visit: Visit<Part>,
  params: UntrustedFields,
  query: UntrustedFields,
) => Promise<Answer>;
/** Changes something. The session, the form's token and where it comes from are checked before. */
export type Post<Part extends object> = (
  visit: Visit<Part>,
  params: UntrustedFields,
  form: Form,
) => Promise<Answer>;

/** The pages of a server by their paths, and the acts by the paths that their forms are sent to. */
export interface Pages<Part extends object> {
  readonly loads: Readonly<Record<string, Load<Part>>>;
  readonly posts: Readonly<Record<string, Post<Part>>>;
}

type Table<Part extends object, Path extends string, Rest> = {
  readonly [One in Path]: (
    visit: Visit<Part>,
    params: ParamsOf<One>,
    rest: Rest,
  ) => Promise<Answer>;
};

/**
 * Makes tables of pages that use `Part` of core. Where a path doesn't spell what it names, there is
 * nothing (`MISSING`).
 */
export function pagesWith<Part extends object>() {
  return {
    loads: <Path extends string>(table: Table<Part, Path, UntrustedFields>) =>
      reading<Part, UntrustedFields>(table),
    posts: <Path extends string>(table: Table<Part, Path, Form>) => reading<Part, Form>(table),
  };
}

type Raw<Part extends object, Rest> = (
  visit: Visit<Part>,
  params: UntrustedFields,
  rest: Rest,
) => Promise<Answer>;

function reading<Part extends object, Rest>(
  table: Readonly<
    Record<string, (visit: Visit<Part>, params: never, rest: Rest) => Promise<Answer>>
  >,
): Readonly<Record<string, Raw<Part, Rest>>> {
  return Object.fromEntries(
    Object.entries(table).map(([path, answer]): [string, Raw<Part, Rest>] => [
      path,
      async (visit, given, rest) => {
        const params = paramsOf(given);
        return params === null ? MISSING : answer(visit, params as never, rest);
      },
    ]),
  );
}

function paramsOf(given: UntrustedFields): UntrustedFields | null {
  const read = Object.entries(given).map(([name, text]): [string, unknown] => [
    name,
    isKeyOf(READERS, name) ? READERS[name](text) : null,
  ]);
  return read.some(([, value]) => value === null) ? null : Object.fromEntries(read);
}

/** The query and the parameters of a request, whatever a framework put there. */
export function asked(request: FastifyRequest): {
  readonly params: UntrustedFields;
  readonly query: UntrustedFields;
} {
  const plain = (value: unknown): UntrustedFields =>
    typeof value === 'object' && value !== null ? { ...value } : {};
  return { params: plain(request.params), query: plain(request.query) };
}
