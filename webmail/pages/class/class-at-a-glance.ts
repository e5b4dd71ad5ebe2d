import type { ClassLetter, OwnClassDetails } from '../../../core/school/teaching/contract.ts';
import { coverClass } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate, weekdayAt } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';

/** Three short sheets below the faces: what waits, with whom one writes, what was written last. */
export function atAGlance(
  visit: Visit,
  details: OwnClassDetails,
  letter: ClassLetter | null,
): Html {
  return html`
    <div class="trio">
      ${heldSheet(visit, details)}${linkedSheet(visit, details)}${letterSheet(visit, details, letter)}
    </div>
  `;
}

function heldSheet(visit: Visit, { held }: OwnClassDetails): Html {
  const { texts, clock } = visit;
  const words = texts.teaching.glance;
  const some =
    held === null
      ? html`
          <li><span class="soft">${words.nothingHeld}</span></li>
        `
      : html`
          <li>
            <span>
              <b>${held.letters}</b>
              ${' '} ${words.toRead(held.letters)}
            </span>
            <a class="btn mini" href="/held">${words.open}</a>
          </li>
          <li>
            <span class="soft small">${words.oldest(longDate(clock, held.since))}</span>
          </li>
        `;
  return html`
    <section class="sheet" aria-labelledby="gh">
      <h2 id="gh">${texts.frame.held}</h2>
      <ul>
        ${some}
      </ul>
    </section>
  `;
}

function linkedSheet(visit: Visit, details: OwnClassDetails): Html {
  const words = visit.texts.teaching.glance;
  const running = details.links.filter(({ state }) => state === 'running');
  return html`
    <section class="sheet" aria-labelledby="gl">
      <h2 id="gl">${words.linked}</h2>
      <ul>
        ${running.map(
          (link) => html`
            <li>
              <span class="spine ${coverClass(link.cover)}"></span>
              <span>${link.className}, ${link.schoolName}</span>
            </li>
          `,
        )}
        ${
          running.length > 0
            ? NOTHING
            : html`
                <li><span class="soft">${words.noneLinked}</span></li>
              `
        }
        <li><a href="#li">${words.seeLinks}</a></li>
      </ul>
    </section>
  `;
}

/** The viewer's own last word to the class: who read it is between the two. */
function letterSheet(visit: Visit, { id }: OwnClassDetails, letter: ClassLetter | null): Html {
  const words = visit.texts.teaching.glance;
  const remind =
    letter === null || letter.unread.length === 0
      ? NOTHING
      : html`
          <a class="btn mini" href="/classes/${id}/remind">${words.remind(letter.unread.length)}</a>
        `;
  return html`
    <section class="sheet" aria-labelledby="gw">
      <h2 id="gw">${words.lastWord}</h2>
      <ul>
        ${
          letter === null
            ? html`
                <li><span class="soft">${words.noWord}</span></li>
              `
            : html`
                <li>
                  <span>
                    <b>${letter.pupils - letter.unread.length}</b>
                    ${' '} ${words.haveRead(letter.pupils)}
                  </span>
                  ${remind}
                </li>
                <li>
                  <span class="soft small">
                    ${words.letter(letter.subject, weekdayAt(visit.clock, letter.at))}
                  </span>
                </li>
              `
        }
      </ul>
    </section>
  `;
}
