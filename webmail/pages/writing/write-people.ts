import type { WithWritings } from '../../../core/mail/writing/contract.ts';
import { foundFor, inWords } from '../../frame/called.ts';
import { recipientsOf } from '../../frame/recipients.ts';
import type { Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import { type Answer, page } from '../../http/answer.ts';
import { LONG_FIELD_CHARS } from '../../http/fields.ts';
import { field, type Form } from '../../http/forms.ts';
import { chip, type Into } from './chips.ts';
import { familiesOf } from './chosen-families.ts';
import { writingIn, isAddressable } from './letter-form.ts';
import { optionsFor } from './people-field.ts';
import { withFirstTimes } from './recipients.ts';
import { typedRecipients } from './suggestions.ts';

/** Longest text that people are looked for by. */
const MAX_TEXT = 120;

/**
 * POST /write/people: what the field of recipients asks while somebody types, of what was pasted
 * into it, or for the families of the children in it. A form and no address of a page, so that no
 * log on the way has a name. Children pick
 * from faces that their page has.
 */
export async function writePeople(visit: Visit<WithWritings>, form: Form): Promise<Answer> {
  if (visit.audience === 'child') return { kind: 'missing' };
  const into: Into = field(form, 'into') === 'cc' ? 'cc' : 'to';
  const pasted = field(form, 'pasted', LONG_FIELD_CHARS);
  if (pasted !== '') return pastedChips(visit, pasted, into);
  const children = field(form, 'children', LONG_FIELD_CHARS);
  if (children !== '') return familyChips(visit, typedRecipients(children).addresses);
  const text = field(form, 'q').slice(0, MAX_TEXT);
  const people = await peopleFor(visit, text);
  if (people.length > 0) return page(optionsFor(visit, people, { text, into }));
  return page(html`
    <p class="grp" data-nobody>${visit.texts.write.foundNothing(text.trim())}</p>
  `);
}

/**
 * Those within reach, then adults of the town and correspondents outside, by what was typed;
 * everybody within reach for nothing.
 */
export async function peopleFor(visit: Visit<WithWritings>, text: string) {
  const { writings } = visit.core;
  if (text.trim() === '') return inWords(visit, await writings.reach(visit.viewer));
  const [near, elsewhere] = await Promise.all([
    writings.reach(visit.viewer),
    writings.find(visit.viewer, text),
  ]);
  return foundFor(text, inWords(visit, near), inWords(visit, elsewhere));
}

async function pastedChips(visit: Visit<WithWritings>, text: string, into: Into): Promise<Answer> {
  const { addresses, rest } = typedRecipients(text);
  const { shown } = await recipientsOf(visit, [], addresses.filter(isAddressable));
  const chosen = await withFirstTimes(visit, shown);
  return page(html`
    <ul data-rest="${rest}">
      ${chosen.map((one) => chip(visit, one, into))}
    </ul>
  `);
}

async function familyChips(
  visit: Visit<WithWritings>,
  children: readonly string[],
): Promise<Answer> {
  const families = await familiesOf(visit, children);
  return page(html`
    <ul>
      ${families.map((one) => chip(visit, one, 'to'))}
    </ul>
  `);
}

/**
 * POST /write/count: how many people the letter in the form goes to, where its page can't know: a
 * list and somebody beside it, or two lists.
 */
export async function writeCount(
  visit: Visit<WithWritings<'headcount'>>,
  form: Form,
): Promise<Answer> {
  const letter = writingIn(form);
  if (letter === null) return { kind: 'wrong' };
  const people = await visit.core.writings.headcount(visit.viewer, letter);
  return { kind: 'told', words: { people: String(people) } };
}
