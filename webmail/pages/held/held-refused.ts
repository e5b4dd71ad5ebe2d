import type { Refused } from '../../../core/core.ts';
import { around, framed, type FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import { nothingHere } from '../../frame/scenes.ts';
import { subjectOf } from '../../frame/subject.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { page, MISSING, type Answer } from '../../http/answer.ts';
import { heldTabs, isGrownUp } from './held-tabs.ts';

/** GET /held/refused: mail from outside that was refused for what is in it, and why. */
export async function heldRefused(visit: Visit<FramePart | 'quarantine.refused'>): Promise<Answer> {
  if (!isGrownUp(visit)) return MISSING;
  const [near, refused] = await Promise.all([
    around(visit),
    visit.core.quarantine.refused(visit.viewer),
  ]);
  const { refused: words } = visit.texts.held;
  const list =
    refused.length === 0
      ? nothingHere('shelves', words.empty)
      : html`
          <ol class="sheet past">
            ${refused.map((one) => refusedLetter(visit, one))}
          </ol>
        `;
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        <div>
          <h1>${words.title}</h1>
          <p class="soft">${words.lead}</p>
        </div>
        ${heldTabs(visit, { here: 'refused', ...near })} ${list}
      </div>
    </main>
  `;
  return page(
    framed(visit, near, {
      title: words.title,
      section: 'held',
      shelf: null,
      main,
      styles: ['held.css'],
    }),
  );
}

/** Words of its header alone, as plain text: the letter is nowhere. */
function refusedLetter(visit: Visit, { sender, subject, to, why, detail, at }: Refused): Html {
  const { texts, viewer, now } = visit;
  const { language } = viewer;
  const { refused: words } = texts.held;
  const found =
    detail === ''
      ? NOTHING
      : html`
          ${' '}
          <span class="mono any">${detail}</span>
        `;
  return html`
    <li>
      ${icon(visit, 'warning')}
      <div class="grow">
        <p class="split">
          <b class="any">${sender === '' ? words.nobody : sender}</b>
          <span class="soft small nb">${longDate(language, at, now)}</span>
        </p>
        <p class="any">${subjectOf(visit, { subject })}</p>
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
