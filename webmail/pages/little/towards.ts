import { createHash } from 'node:crypto';
import type { Draft, LetterId, Reachable, Uid, Writing } from '../../../core/core.ts';
import { inWords } from '../../frame/called.ts';
import type { Visit } from '../../frame/visit.ts';
import { field, type Form } from '../../http/forms.ts';
import { letterOf, uidOf } from '../../ids.ts';

/** What these pages ask of core to know whom a letter goes to. */
export type TowardsPart = 'mail.mailboxes' | 'writings';

/** Whom a letter goes to, and what it answers; a draft that it goes on with. */
export interface Towards {
  readonly to: Reachable;
  readonly answerTo: Writing['answerTo'];
  /** The title of an answer; what is made has its own. */
  readonly subject: string | null;
  readonly draft: Draft | null;
  /** How the address of a page says it again: the letter that is answered, a key for a person. */
  readonly query: string;
}

/** Where a page says whom it is for: a draft, a letter of the inbox that is answered, a person. */
interface Asked {
  readonly letter: LetterId | null;
  readonly uid: Uid | null;
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
  return createHash('sha256').update(address).digest('base64url').slice(0, 16);
}

/** Null: nobody, or nobody that the rules let this child write to today. */
export async function towards(visit: Visit<TowardsPart>, asked: Asked): Promise<Towards | null> {
  if (asked.letter !== null) {
    const draft = await visit.core.writings.draftOfLetter(visit.viewer, asked.letter);
    return draft && towardsOf(visit, draft);
  }
  return asked.uid === null ? towardsPerson(visit, asked.who) : towardsWriter(visit, asked.uid);
}

/** Of a draft: it says whom it is for. */
export async function towardsOf(visit: Visit<TowardsPart>, draft: Draft): Promise<Towards | null> {
  const to = await inReach(visit, draft.to);
  if (to === null) return null;
  const { answerTo, subject } = draft;
  const query = answerTo === null ? `who=${personKey(to)}` : `uid=${answerTo.uid}`;
  return { to, answerTo, subject: answerTo === null ? null : subject, draft, query };
}

async function towardsWriter(visit: Visit<TowardsPart>, uid: Uid): Promise<Towards | null> {
  const { mail, writings } = visit.core;
  const inbox = (await mail.mailboxes(visit.viewer)).find(({ use }) => use === 'inbox');
  const start = inbox && (await writings.answer(visit.viewer, { mailbox: inbox.id, uid }, false));
  const to = start && (await inReach(visit, start.writing.to));
  if (!start || !to) return null;
  const { answerTo, subject } = start.writing;
  return { to, answerTo, subject, draft: null, query: `uid=${uid}` };
}

async function towardsPerson(visit: Visit<TowardsPart>, who: string): Promise<Towards | null> {
  const to = (await peopleOf(visit)).find((one) => personKey(one) === who);
  if (to === undefined) return null;
  return { to, answerTo: null, subject: null, draft: null, query: `who=${who}` };
}

async function inReach(
  visit: Visit<TowardsPart>,
  addresses: readonly string[],
): Promise<Reachable | null> {
  const [to] = inWords(visit, await visit.core.writings.among(visit.viewer, addresses));
  return to ?? null;
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
