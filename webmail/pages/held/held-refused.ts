import type { RefusedMail, WithQuarantine } from '../../../core/mail/quarantine/contract.ts';
import { isGrownUp } from '../../components/held-tabs.ts';
import { surroundingsOf, type FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import { subjectOf } from '../../frame/subject.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { schoolLine } from './held-letter.ts';
import { heldPage } from './held-page.ts';

/** GET /held/refused: mail from outside that was refused for what is in it, and why. */
export async function heldRefused(
  visit: Visit<FramePart & WithQuarantine<'refused'>>,
): Promise<Answer> {
  if (!isGrownUp(visit)) return MISSING;
  const [surroundings, refused] = await Promise.all([
    surroundingsOf(visit),
    visit.core.quarantine.refused(visit.viewer),
  ]);
  return heldPage(visit, surroundings, {
    here: 'refused',
    words: visit.texts.held.refused,
    letters: refused.map((one) => refusedLetter(visit, one)),
  });
}

/** Words of its header alone, as plain text: the letter is nowhere. */
function refusedLetter(visit: Visit, one: RefusedMail): Html {
  const { sender, subject, to, why, detail, at } = one;
  const { texts, clock } = visit;
  const { refused: words } = texts.held;
  const found =
    detail === ''
      ? NOTHING
      : html`
          ${' '}
          <span class="mono">${detail}</span>
        `;
  return html`
    <li>
      ${icon(visit, 'warning')}
      <div class="grow">
        <p class="split">
          <b>${sender === '' ? words.nobody : sender}</b>
          <span class="soft small nb">${longDate(clock, at)}</span>
        </p>
        <p>${subjectOf(visit, { subject })}</p>
        ${schoolLine(visit, one)}
        <p class="soft small">${words.to(to)}</p>
        <p class="tone stop small">${whyOf(words.why, why)}${found}</p>
      </div>
    </li>
  `;
}

/** A name that a later version wrote says nothing. */
function whyOf(words: Readonly<Record<string, string>>, why: string): string {
  return (Object.hasOwn(words, why) && words[why]) || '';
}
