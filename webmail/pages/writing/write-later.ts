import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { Leaving, WithWritings } from '../../../core/mail/writing/contract.ts';
import { surroundingsOf, framedSheet, type FramePart } from '../../frame/frame.ts';
import { icon, namesOf, token } from '../../frame/parts.ts';
import { recipientsOf } from '../../frame/recipients.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { hereOf } from '../../here.ts';
import { html, type Html } from '../../html.ts';
import { page, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { letterOf } from '../../ids.ts';
import { settled } from './send.ts';
import { withSent } from './sent-path.ts';

/** GET /write/later: what waits for its hour. */
export async function writeLater(visit: Visit<FramePart & WithWritings>): Promise<Answer> {
  const { texts, audience } = visit;
  const [surroundings, letters] = await Promise.all([
    surroundingsOf(visit),
    visit.core.writings.scheduled(visit.viewer),
  ]);
  const rows: Html[] = [];
  for (const one of letters) if (one.kind === 'waits') rows.push(await row(visit, one));
  const title = texts.later.title;
  const list = html`
    <ul class="sheet lines">
      ${rows}
    </ul>
  `;
  const nothing = nothingHere('plane', texts.later.nothing[audience]);
  const content = html`
    <h1 id="t">${title}</h1>
    ${rows.length === 0 ? nothing : list}
  `;
  return page(framedSheet(visit, surroundings, { title, section: 'messages', content }));
}

async function row(
  visit: Visit<WithWritings>,
  { letter, writing, at }: Extract<Leaving, { kind: 'waits' }>,
): Promise<Html> {
  const { texts, clock } = visit;
  const { shown } = await recipientsOf(visit, [], [...writing.to, ...writing.cc]);
  const subject = writing.subject.trim() === '' ? texts.box.noSubject : writing.subject;
  return html`
    <li class="line row">
      <span class="grow">
        <b>${subject}</b>
        <br />
        <span class="soft small">
          ${texts.box.toWhom(namesOf(visit, shown))}, ${longDate(clock, at)}
        </span>
      </span>
      <form class="row" method="post" action="/write/undo">
        ${token(visit)}
        <input type="hidden" name="letter" value="${letter}" />
        <button class="btn">${icon(visit, 'undo')}${texts.later.change}</button>
        <button class="btn" name="act" value="now">${icon(visit, 'send')}${texts.later.now}</button>
      </form>
    </li>
  `;
}

/**
 * POST /write/undo: takes a letter back that hasn't left, and shows it to be written on; or sends
 * it now. Too late: where one was says that it has gone.
 */
export async function undoSending(
  visit: Visit<FramePart & WithMail & WithWritings>,
  form: Form,
): Promise<Answer> {
  const letter = letterOf(field(form, 'letter'));
  if (letter === null) return { kind: 'wrong' };
  const { writings } = visit.core;
  const back = hereOf(field(form, 'back'));
  if (!(await writings.callBack(visit.viewer, letter)))
    return { kind: 'go', to: withSent(back, letter) };
  if (field(form, 'act') !== 'now') return { kind: 'go', to: `/write/letter/${letter}` };
  const draft = await writings.draftOfLetter(visit.viewer, letter);
  if (draft === null) return { kind: 'go', to: withSent('/write/later', letter) };
  return settled(visit, await writings.handIn(visit.viewer, draft.ref, null), {
    ref: draft.ref,
    letter,
    isBare: false,
    back: '/write/later',
  });
}
