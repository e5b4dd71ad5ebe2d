import { personFace } from '../../directory/faces.ts';
import { mapInTurns } from '../../ground/map-in-turns.ts';
import { readBodyOf } from '../../letters/message/body.ts';
import {
  excerptOf,
  hasHit,
  hasPhrase,
  plainWord,
  plainWords,
  type Sought,
} from '../../letters/message/hits.ts';
import { readHtml } from '../../letters/message/html-text.ts';
import type { Part } from '../../letters/message/message.ts';
import type { Roster } from '../../roster/snapshot.ts';
import type { Face, Viewer } from '../../rules/viewer.ts';
import {
  beginningsOf,
  countThrown,
  foundRows,
  recentWriters,
  type MessageCondition,
  type MessageQuery,
} from '../../store/mail/found.ts';
import { conversationsIn } from '../../store/mail/list-page.ts';
import type { ListedRow } from '../../store/mail/listing.ts';
import { textQueryOf, type TextQuery, type TypedWord } from '../../store/mail/text-query.ts';
import type { SchoolTx } from '../../store/store.ts';
import type { FoundMail, SearchQuery, SearchTerm } from './contract.ts';
import { facesOf, rowOf, type ReadingParts } from './rows.ts';

/** FoundMail messages on one page. */
const MAX_FOUND = 60;
/** Nobody types more; what goes beyond changes nothing of what is found. */
const MAX_TERMS = 20;
const MAX_TERM_CHARACTERS = 200;
/** Counted in the trash. */
const MAX_THROWN = 99;
/** Messages that are read for a phrase, which the index can't answer: the newest with its words. */
const MAX_READ = 200;
/** Bytes read of each, and rows whose text around the hit is shown. */
const READ_BYTES = 65_536;
const SHOWN_BYTES = 8_192;
const MAX_EXCERPTS = 20;
/** People suggested. */
const MAX_WRITERS = 5;

/** The viewer's messages that fit a query, with what is to be marked in them. */
export async function search(
  parts: ReadingParts,
  viewer: Viewer,
  { terms: typed, within, by }: SearchQuery,
): Promise<FoundMail> {
  const terms = typed.slice(0, MAX_TERMS).map(fitForTheDatabase).flatMap(elisionsApart);
  if (terms.length === 0 && within === null)
    return { rows: [], more: false, thrown: 0, sought: { words: [], phrases: [] } };
  const conditions = await conditionsOf(parts, viewer, terms);
  const found = await parts.store.readAside(viewer.school, async (tx) => {
    const words = await textQueryOf(tx, indexedWords(terms));
    const wanted: MessageQuery = { words, conditions, within: within ?? 'everywhere' };
    const sought = soughtBy(terms, words);
    const rows = isAnswerable(terms, wanted) ? await fitting(tx, viewer, { wanted, terms }) : [];
    const shown = rows.slice(0, MAX_FOUND);
    const stand = by === 'message' ? shown.map(alone) : await onceEach(tx, shown);
    return {
      rows: await withExcerpts(tx, stand, sought),
      more: rows.length > MAX_FOUND,
      sought,
      thrown:
        within === null && isAnswerable(terms, wanted)
          ? await countThrown(tx, viewer.account, { wanted, limit: MAX_THROWN })
          : 0,
    };
  });
  const faces = await facesOf(parts, viewer, found.rows);
  return {
    ...found,
    rows: found.rows.map((row) => ({ ...rowOf(row, faces, viewer), hits: row.hits })),
  };
}

/** A row that was found, and how many it stands for. */
type Hit = ListedRow & { readonly hits: number };

const alone = (row: ListedRow): Hit => ({ ...row, hits: 1 });

/** The newest of each conversation stands for all that was found of it. */
async function onceEach(tx: SchoolTx, rows: readonly ListedRow[]): Promise<readonly Hit[]> {
  const roots = await conversationsIn(
    tx,
    rows.map(({ message }) => message),
  );
  const hits = new Map<string | ListedRow, Hit>();
  for (const row of rows) {
    const key = roots.get(row.message) ?? row;
    const newest = hits.get(key);
    hits.set(key, newest === undefined ? alone(row) : { ...newest, hits: newest.hits + 1 });
  }
  return [...hits.values()];
}

/** What the database can't hold stands in no message. */
function fitForTheDatabase(term: SearchTerm): SearchTerm {
  return 'text' in term
    ? {
        ...term,
        text: term.text.slice(0, MAX_TERM_CHARACTERS).replaceAll('\0', ' ').toWellFormed(),
      }
    : term;
}

/** « l’école » is two words to the index, the last of which may go on. */
function elisionsApart(term: SearchTerm): SearchTerm[] {
  if (term.kind !== 'word') return [term];
  const words = term.text.split(/['’ʼ]/u).filter((word) => word.trim() !== '');
  return words.map((text, at) => ({
    ...term,
    text,
    isBeginning: term.isBeginning && at === words.length - 1,
  }));
}

/** Something but words of no meaning (« de la ») was asked. */
function isAnswerable(terms: readonly SearchTerm[], { words, within }: MessageQuery): boolean {
  return words.hasWords || within !== 'everywhere' || terms.some(({ kind }) => kind !== 'word');
}

/** The index has roots, each once: of a phrase it says which messages have all its words. */
function indexedWords(terms: readonly SearchTerm[]): (TypedWord & Pick<SearchTerm, 'kind'>)[] {
  return terms.flatMap((term): (TypedWord & Pick<SearchTerm, 'kind'>)[] => {
    if (term.kind === 'word') return [term];
    return term.kind === 'phrase' && !term.not ? [{ ...term, isBeginning: false }] : [];
  });
}

function soughtBy(terms: readonly SearchTerm[], { roots }: TextQuery): Sought {
  const words = indexedWords(terms).flatMap((term, at) =>
    term.not || term.kind === 'phrase'
      ? []
      : plainWords(term.text).map((typed) => ({
          typed,
          root: roots[at] ?? null,
          isBeginning: term.isBeginning,
        })),
  );
  const inSubject = terms.flatMap((term) =>
    term.kind === 'subject' && !term.not ? plainWords(term.text) : [],
  );
  return {
    words: [...words, ...inSubject.map((typed) => ({ typed, root: null, isBeginning: true }))],
    phrases: terms.flatMap((term) =>
      term.kind === 'phrase' && !term.not ? [plainWords(term.text)] : [],
    ),
  };
}

/** One more than a page shows; phrases are looked for in the texts themselves. */
async function fitting(
  tx: SchoolTx,
  viewer: Viewer,
  { wanted, terms }: { readonly wanted: MessageQuery; readonly terms: readonly SearchTerm[] },
): Promise<ListedRow[]> {
  const phrases = terms.filter((term) => term.kind === 'phrase');
  const limit = phrases.length === 0 ? MAX_FOUND + 1 : MAX_READ;
  const rows = await foundRows(tx, viewer.account, { wanted, limit });
  if (phrases.length === 0) return rows;
  const bodies = await beginningsOf(
    tx,
    rows.map(({ message }) => message),
    READ_BYTES,
  );
  const fit = await mapInTurns(rows, (row) => {
    const text = `${row.subject}\n${textOf(bodies.get(row.message))}`;
    return phrases.every(({ text: phrase, not }) => hasPhrase(text, plainWords(phrase)) !== not);
  });
  return rows.filter((_, index) => fit[index]);
}

function textOf(body: { readonly raw: Buffer; readonly structure: Part } | undefined): string {
  if (body === undefined) return '';
  const { raw, structure } = body;
  const { text, html } = readBodyOf(
    (part) => raw.subarray(part.bodyStart, part.bodyEnd),
    structure,
  );
  return text ?? readHtml(html ?? '').text;
}

/** The first words of each row, or where they have nothing of it the text around the first hit. */
async function withExcerpts(
  tx: SchoolTx,
  rows: readonly Hit[],
  sought: Sought,
): Promise<readonly Hit[]> {
  const hidden = rows
    .filter(({ preview }) => excerptOf(preview, sought) === null)
    .slice(0, sought.words.length + sought.phrases.length === 0 ? 0 : MAX_EXCERPTS);
  const bodies = await beginningsOf(
    tx,
    hidden.map(({ message }) => message),
    SHOWN_BYTES,
  );
  return mapInTurns(rows, (row) => {
    const body = bodies.get(row.message);
    const text = body === undefined ? row.preview : textOf(body);
    const excerpt = hasHit(text, sought) ? excerptOf(text, sought) : null;
    return excerpt === null ? row : { ...row, preview: excerpt };
  });
}

async function conditionsOf(
  { directory, clock }: ReadingParts,
  viewer: Viewer,
  terms: readonly SearchTerm[],
): Promise<MessageCondition[]> {
  const roster = (await directory.rosters([viewer.school], { maxAgeMs: 1_000 })).get(viewer.school);
  const timeZone = roster?.school.timeZone ?? 'UTC';
  return terms.flatMap((term): MessageCondition[] => {
    switch (term.kind) {
      case 'word':
      case 'phrase':
        return [];
      case 'from':
      case 'to':
        return [
          {
            ...term,
            people: roster ? peopleNamed(roster, viewer, { text: term.text, now: clock() }) : [],
          },
        ];
      case 'since':
        return [{ ...term, timeZone }];
      default:
        return [term];
    }
  });
}

/** People of the reader's school whose name, as the reader is shown it, has all these words. */
function peopleNamed(
  roster: Roster,
  viewer: Viewer,
  { text, now }: { readonly text: string; readonly now: Date },
) {
  return [...roster.people.values()]
    .filter((person) => bears(personFace(person, roster, { viewer, roster, now }), text))
    .map(({ addressId, address }) => ({ id: addressId, address }));
}

function bears({ name, address }: Pick<Face, 'name' | 'address'>, text: string): boolean {
  const own = [...plainWords(name), address];
  const wanted = plainWord(text)
    .split(/[\s'’]+/u)
    .filter((word) => word !== '');
  return wanted.every((word) => own.some((one) => one.startsWith(word)));
}

/** Who wrote to the viewer lately and bears these words in their name. */
export async function writers(
  parts: ReadingParts,
  viewer: Viewer,
  words: string,
): Promise<readonly Face[]> {
  const rows = await parts.store.read(viewer.school, (tx) => recentWriters(tx, viewer.account));
  const faces = await facesOf(
    parts,
    viewer,
    rows.map((row) => ({ ...row, to: [], cc: [], recipients: null })),
  );
  const known = rows.map(({ senderAddressId: addressId, senderRole: role, from }) =>
    faces.sender({ addressId, role, from }),
  );
  return known
    .filter((face) => face.address !== viewer.address && bears(face, words))
    .slice(0, MAX_WRITERS);
}
