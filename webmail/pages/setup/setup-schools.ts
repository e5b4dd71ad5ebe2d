import type { SetupProgress, WithSetup } from '../../../core/town/town/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { onward, progressOf, stepPage } from './setup-parts.ts';

/** GET /setup/schools: how many there are, and the two ways to bring them. */
export async function setupSchools(
  visit: Visit<FramePart & WithSetup<'progress'>>,
): Promise<Answer> {
  const progress = await visit.core.setup.progress(visit.viewer);
  if (progress === null) return MISSING;
  return stepPage(visit, {
    step: 'schools',
    states: progressOf(progress),
    title: visit.texts.setup.schools.title(progress.schools),
    content: schoolsSheet(visit, progress),
  });
}

/** One filled button: the file while there is no school, the next step from then on. */
function schoolsSheet(visit: Visit, { schools, communes }: SetupProgress): Html {
  const words = visit.texts.setup.schools;
  const none = schools === 0;
  const figures = html`
    <div class="figures num">
      <a href="/school">
        <b>${schools}</b>
        <span>${words.count(schools)}</span>
      </a>
      <div>
        <b>${communes}</b>
        <span>${words.communes(communes)}</span>
      </div>
    </div>
  `;
  return html`
    <section class="sheet" aria-labelledby="sc">
      <div class="pad stack">
        <h2 id="sc">${words.heading}</h2>
        <p>${words.lead}</p>
        <div class="row">
          <a class="btn${none ? ' main' : ''}" href="/schools/file">
            ${icon(visit, 'file')}${words.file}
          </a>
          <a class="btn" href="/schools/new">${icon(visit, 'plus')}${words.one}</a>
        </div>
      </div>
      ${none ? NOTHING : figures}
      <div class="pad">
        ${onward(visit, 'schools', { words: null, look: none ? 'plain' : 'main' })}
      </div>
    </section>
  `;
}
