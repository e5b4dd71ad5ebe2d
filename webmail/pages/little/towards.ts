import { hash } from 'node:crypto';
import type { LetterId, Uid } from '../../../core/ground/ids.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type {
  Draft,
  Reachable,
  WithWritings,
  Writing,
} from '../../../core/mail/writing/contract.ts';
import { inWords } from '../../frame/called.ts';
import type { Visit } from '../../frame/visit.ts';
import { charterPath } from '../../here.ts';
import type { Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { letterOf, uidOf } from '../../ids.ts';

/** What these pages ask of core to know whom a letter goes to. */
export type TowardsPart = WithMail<'mailboxes'> & WithWritings;

/** Whom a letter is meant for, whether the rules let it go there today or not. */
export interface Addressee {
  /** An address. */
  readonly to: string;
  readonly answerTo: Writing['answerTo'];
  /** The title of an answer; what is made has its own. */
  readonly subject: string | null;
  /** The letter that it is, where the page said so; and its draft, with which it goes on. */
  readonly letter: LetterId | null;
  readonly draft: Draft | null;
  /** How the address of a page says it again: the letter that is answered, a key for a person. */
  readonly query: string;
}

/** Whom a letter goes to. */
export interface Towards extends Omit<Addressee, 'to'> {
  readonly to: Reachable;
}

/** Where a page says whom it is for: a draft, a letter of the inbox that is answered, a person. */
interface Asked {
  readonly letter: LetterId | null;
  readonly uid: Uid | null;
  /** In an address of a page the key of a person, in a form their own address. */
  readonly who: string;
}

/** Out of the address of a page. */
export const askedBy = (query: Readonly<Record<string, unknown>>): Asked => ({
  letter: letterOf(query['letter']),
  uid: uidOf(query['uid']),
  who: typeof query['who'] === 'string' ? query['who'] : '',
});

/** Out of a form. */
export const askedIn = (form: Pick<Form, 'fields'>): Asked => ({
  letter: letterOf(field(form, 'letter')),
  uid: uidOf(field(form, 'uid')),
  who: field(form, 'who'),
});

/**
 * A person's name in the address of a page: nothing of whom a child writes to stays to be read in a
 * shared browser.
 */
export function personKey({ address }: Pick<Reachable, 'address'>): string {
  return hash('sha256', address, 'base64url').slice(0, 16);
}

/** Null: nobody, or nobody that the rules let this child write to today. */
export async function towards(visit: Visit<TowardsPart>, asked: Asked): Promise<Towards | null> {
  const meant = await meantBy(visit, asked);
  return meant && reached(visit, meant);
}

/** Of a draft: it says whom it is for. */
export const towardsOf = (visit: Visit<TowardsPart>, draft: Draft): Promise<Towards | null> => {
  const meant = meantOf(draft);
  return meant === null ? Promise.resolve(null) : reached(visit, meant);
};

/** Whom it is meant for; who is asked by a key is among those that the rules allow today. */
export async function meantBy(
  visit: Visit<TowardsPart>,
  { letter, uid, who }: Asked,
): Promise<Addressee | null> {
  const { writings } = visit.core;
  const draft = letter === null ? null : await writings.draftOfLetter(visit.viewer, letter);
  if (draft !== null) return meantOf(draft);
  const isAddress = who.includes('@');
  if (uid !== null) return meantByAnswer(visit, uid, { letter, writer: isAddress ? who : null });
  const to = isAddress
    ? who
    : (await peopleOf(visit)).find((one) => personKey(one) === who)?.address;
  return to === undefined
    ? null
    : meantFor(to, { answerTo: null, subject: null, letter, draft: null });
}

function meantOf(draft: Draft): Addressee | null {
  const [to] = draft.to;
  const { answerTo, letter } = draft;
  const subject = answerTo === null ? null : draft.subject;
  return to === undefined ? null : meantFor(to, { answerTo, subject, letter, draft });
}

/** `writer` is who is answered where the rules name nobody any more. */
async function meantByAnswer(
  visit: Visit<TowardsPart>,
  uid: Uid,
  { letter, writer }: { readonly letter: LetterId | null; readonly writer: string | null },
): Promise<Addressee | null> {
  const { mail, writings } = visit.core;
  const inbox = (await mail.mailboxes(visit.viewer)).find(({ use }) => use === 'inbox');
  const start =
    inbox && (await writings.answer(visit.viewer, { mailbox: inbox.id, uid }, 'writer'));
  const [to = writer] = start?.writing.to ?? [];
  if (!start || to === null) return null;
  const { answerTo, subject } = start.writing;
  return meantFor(to, { answerTo, subject, letter, draft: null });
}

function meantFor(to: string, rest: Omit<Addressee, 'to' | 'query'>): Addressee {
  const { answerTo } = rest;
  const query = answerTo === null ? `who=${personKey({ address: to })}` : `uid=${answerTo.uid}`;
  return { to, ...rest, query };
}

async function reached(visit: Visit<TowardsPart>, meant: Addressee): Promise<Towards | null> {
  const [to] = inWords(visit, await visit.core.writings.among(visit.viewer, [meant.to]));
  return to === undefined ? null : { ...meant, to };
}

/**
 * Where one is led who can write to nobody there today: to the charter where it has not been said
 * yes to, and from it back to this page; else to the faces.
 */
export function ledFrom(visit: Visit, faces: string): Answer {
  const isDue = visit.viewer.writesAfter === 'charter';
  return { kind: 'go', to: isDue ? charterPath(visit.here) : faces };
}

/**
 * The same from a page where something is made. What is made already is looked at, which says why
 * it stays; it is never left behind without a word.
 */
export async function ledFromMaking(
  visit: Visit<TowardsPart>,
  making: string,
  { letter }: Asked,
): Promise<Answer> {
  const { writings } = visit.core;
  const draft = letter === null ? null : await writings.draftOfLetter(visit.viewer, letter);
  const faces = `/write?make=${making}`;
  return ledFrom(visit, draft === null ? faces : `/write/letter/${draft.letter}?made=${making}`);
}

/** Adults that one page of faces shows. */
const MOST_ADULTS = 10;

/**
 * Whom a child of this age writes to: those who teach or help their class, their family, the
 * children of their class; of them those alone whom the rules allow.
 */
export async function peopleOf(visit: Visit<TowardsPart>): Promise<readonly Reachable[]> {
  const reach = inWords(visit, await visit.core.writings.reach(visit.viewer));
  const own = new Set(visit.viewer.classes.map(({ name }) => name));
  const adults = reach.filter(
    ({ group, classes }) =>
      group === 'families' || (group === 'teachers' && classes.some((name) => own.has(name))),
  );
  return [...adults.slice(0, MOST_ADULTS), ...reach.filter(({ group }) => group === 'classmates')];
}
