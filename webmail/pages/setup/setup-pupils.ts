import type {
  SetupProgress,
  TownSchool,
  WithSetup,
  WithTown,
} from '../../../core/town/town/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { todayOn } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { onward, progressOf, stepPage } from './setup-parts.ts';

/** Schools without anybody that the page names; the others are counted. */
const NAMED = 12;

/** GET /setup/pupils: which schools have their people, and where files are given. */
export async function setupPupils(
  visit: Visit<FramePart & WithSetup<'progress'> & WithTown<'schools'>>,
): Promise<Answer> {
  const { core, viewer } = visit;
  const [progress, schools, inDoubt] = await Promise.all([
    core.setup.progress(viewer),
    core.town.schools(viewer),
    core.pendingImports.countQuestions(viewer),
  ]);
  if (progress === null || schools === null) return MISSING;
  const today = todayOn(visit.clock);
  const missing = schools.filter(
    ({ people, closesOn }) => people === 0 && (closesOn === null || closesOn > today),
  );
  return stepPage(visit, {
    step: 'pupils',
    states: progressOf(progress),
    title: visit.texts.setup.pupils.title(missing.length, schools.length),
    content: html`
      ${pupilsSheet(visit, progress, { missing, inDoubt })}${missingSchools(visit, missing)}
    `,
  });
}

/** One filled button: the files while a school has nobody, the next step from then on. */
function pupilsSheet(
  visit: Visit,
  { schools, schoolsWithPeople, people }: SetupProgress,
  left: { readonly missing: readonly TownSchool[]; readonly inDoubt: number },
): Html {
  const words = visit.texts.setup.pupils;
  const ready = schools > 0 && left.missing.length === 0;
  const number = new Intl.NumberFormat(visit.viewer.language);
  return html`
    <section class="sheet" aria-labelledby="pu">
      <div class="pad stack">
        <h2 id="pu">${words.heading}</h2>
        <p>${words.lead}</p>
        <div class="row">
          <a class="btn${ready ? '' : ' main'}" href="/roster">
            ${icon(visit, 'file')}${words.give}
          </a>
        </div>
      </div>
      <div class="figures num">
        <div>
          <b>${words.of(schoolsWithPeople, schools)}</b>
          <span>${words.served(schools)}</span>
        </div>
        <div>
          <b>${number.format(people)}</b>
          <span>${words.people(people)}</span>
        </div>
        <a href="/roster/questions">
          <b>${left.inDoubt}</b>
          <span>${words.questions(left.inDoubt)}</span>
        </a>
      </div>
      <div class="pad">
        ${onward(visit, 'pupils', { words: null, look: ready ? 'main' : 'plain' })}
      </div>
    </section>
  `;
}

function missingSchools(visit: Visit, missing: readonly TownSchool[]): Html {
  if (missing.length === 0) return NOTHING;
  const words = visit.texts.setup.pupils;
  const others = missing.length - NAMED;
  return html`
    <section class="sheet pad stack" aria-labelledby="ms">
      <h2 id="ms">${words.missing}</h2>
      <ul class="gather">
        ${missing.slice(0, NAMED).map(
          ({ id, listName }) => html`
            <li><a href="/roster/${id}">${listName}</a></li>
          `,
        )}
      </ul>
      ${
        others <= 0
          ? NOTHING
          : html`
              <p class="soft">${words.missingMore(others)}</p>
            `
      }
    </section>
  `;
}
