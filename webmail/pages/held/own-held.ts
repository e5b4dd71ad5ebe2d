import type { OwnHeld, WithSent } from '../../../core/mail/sent/contract.ts';
import { isGrownUp } from '../../components/held-tabs.ts';
import { reasonField } from '../../components/release-reason.ts';
import { icon, namesOf, token } from '../../frame/parts.ts';
import { subjectOf } from '../../frame/subject.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { messageIdOf } from '../../ids.ts';

/** Names of those for whom a letter waits that are written out. */
const NAMED = 6;

/** What one has written oneself and what waits for somebody's word: for whose, and the way back. */
export function ownHeldList(visit: Visit, letters: readonly OwnHeld[]): Html {
  const { own: words } = visit.texts.held;
  return html`
    <section class="stack" aria-labelledby="own-held">
      <h2 id="own-held">${words.title(letters.length)}</h2>
      <ol class="sheet past">
        ${letters.map((one) => ownHeld(visit, one))}
      </ol>
    </section>
  `;
}

function ownHeld(visit: Visit, one: OwnHeld): Html {
  const { texts, clock } = visit;
  const since = longDate(clock, one.since);
  const by =
    one.isOwn || one.by.length === 0
      ? NOTHING
      : texts.sent.decidedBy.adult(namesOf(visit, one.by, NAMED));
  return html`
    <li>
      ${icon(visit, 'hold')}
      <div class="grow stack tight">
        <p><b>${subjectOf(visit, one)}</b></p>
        <p>${texts.sent.heldFor.adult(namesOf(visit, one.to, NAMED), since)}${' '}${by}</p>
        <form class="stack tight" method="post" action="/held/own" novalidate>
          ${token(visit)}
          <input type="hidden" name="letter" value="${one.letter}" />
          ${one.isOwn ? reasonField(visit, `reason-${one.letter}`) : NOTHING}
          <div class="row">
            ${one.isOwn ? letGo(visit) : NOTHING}
            <button class="btn" name="do" value="withdraw">
              ${icon(visit, 'undo')}${texts.sent.withdraw.adult}
            </button>
          </div>
        </form>
      </div>
    </li>
  `;
}

const letGo = (visit: Visit): Html => html`
  <button class="btn main" name="do" value="release">
    ${icon(visit, 'check')}${visit.texts.sent.letGo}
  </button>
`;

/** POST /held/own: takes a letter of one's own back, or lets it go with a reason. */
export async function decideOwn(visit: Visit<WithSent>, form: Form): Promise<Answer> {
  if (!isGrownUp(visit)) return MISSING;
  const letter = messageIdOf(field(form, 'letter'));
  if (letter === null) return said('already');
  const { core, viewer } = visit;
  if (field(form, 'do') !== 'release') {
    const withdrawn = await core.sent.withdrawLetter(viewer, letter);
    return said(withdrawn === 0 ? 'already' : 'withdrawn');
  }
  const reason = field(form, 'reason').trim();
  if (reason === '') return said('reasonMissing');
  return said((await core.sent.releaseLetter(viewer, letter, reason)) ? 'released' : 'already');
}

const said = (what: string): Answer => ({ kind: 'go', to: `/held?said=${what}` });
