import type { ChargedSchool, SchoolId } from '../../core/core.ts';
import { MISSING, page, type Answer } from '../answer.ts';
import { field, type Form } from '../forms.ts';
import { around, framed, type FramePart } from '../frame.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { icon, token } from '../parts.ts';
import { troubleOf } from '../school-parts.ts';
import type { Visit } from '../visit.ts';

export const MAX_REASON = 500;

/** GET /school: a head's own school; for an agent, or the head of several, the choice. */
export async function schools(
  visit: Visit<FramePart | 'classes' | 'settings.townStopped'>,
  wanted: unknown,
  said: unknown,
): Promise<Answer> {
  const all = await visit.core.classes.schools(visit.viewer);
  const [only, ...others] = all;
  if (only === undefined) return MISSING;
  const town = visit.viewer.role === 'agent';
  if (others.length === 0 && !town) return { kind: 'go', to: `/school/${only.id}` };
  const find = typeof wanted === 'string' ? wanted.slice(0, 80) : '';
  const words = visit.texts.school.schools;
  const [title, lead] = town ? [words.titleTown, words.leadTown] : [words.title, words.lead];
  const shown = all.filter(({ name }) => plain(name).includes(plain(find)));
  const agentsTrail = html`
    <a class="btn nb" href="/agents/trail">${icon(visit, 'eye')}${words.agents}</a>
  `;
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        <div class="split">
          <div>
            <h1>${title}</h1>
            <p class="soft">${lead}</p>
          </div>
          ${town ? agentsTrail : NOTHING}
        </div>
        <form class="row" method="get" action="/school">
          <label class="lab" for="find">${words.filter}</label>
          <input class="input finding" id="find" name="find" value="${find}" />
          <button class="btn">${icon(visit, 'search')}${words.find}</button>
        </form>
        <ul class="sheet lines pad">
          ${shown.map((one) => schoolLine(visit, one))}
        </ul>
        ${town ? await townSwitch(visit, said) : NOTHING}
      </div>
    </main>
  `;
  return page(
    framed(visit, await around(visit), {
      title,
      section: 'school',
      shelf: null,
      styles: ['school.css'],
      main,
    }),
  );
}

/** Stops the mail of the pupils of every school, for the town's agents. */
async function townSwitch(visit: Visit<'settings.townStopped'>, said: unknown): Promise<Html> {
  const stopped = (await visit.core.settings.townStopped(visit.viewer)) ?? false;
  const words = visit.texts.settings.town;
  const { reason } = visit.texts.school.schools;
  return html`
    <section class="sheet pad stack" aria-labelledby="stop">
      <h2 class="h3" id="stop">${words.title}</h2>
      ${said === 'reason' ? troubleOf(visit, 'reason-missing') : NOTHING}
      <p>${stopped ? visit.texts.settings.townStopped : words.lead}</p>
      <form class="stack" method="post" action="/school/0/pupil-mail">
        <div class="field">
          <label for="why">${reason}</label>
          <input
            class="input"
            id="why"
            name="reason"
            maxlength="${MAX_REASON}"
            required
            aria-describedby="why-hint"
          />
          <p class="hint" id="why-hint">${words.reasonHint}</p>
        </div>
        <div class="row">${stopButton(visit, stopped)}</div>
      </form>
    </section>
  `;
}

/** The button of both switches for the mail of all pupils: a school's and the town's. */
export function stopButton(visit: Visit, stopped: boolean): Html {
  const words = visit.texts.school.stop;
  return html`
    ${token(visit)}
    <button class="btn${stopped ? '' : ' no'}" name="stopped" value="${stopped ? '0' : '1'}">
      ${icon(visit, stopped ? 'play' : 'hold')}${stopped ? words.run : words.stop}
    </button>
  `;
}

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

function schoolLine(visit: Visit, { id, name, open }: ChargedSchool): Html {
  return html`
    <li class="line">
      <a class="grow" href="/school/${id}">${name}</a>
      ${
        visit.viewer.role === 'agent' && open
          ? html`
              <span class="badge ok">
                ${icon(visit, 'check')}${visit.texts.school.schools.open}
              </span>
            `
          : NOTHING
      }
    </li>
  `;
}

/**
 * What an agent sees of a school that they haven't opened: the question why. Null for anybody else.
 */
export async function askWhy(
  visit: Visit<FramePart | 'classes'>,
  school: SchoolId,
  why: string | null = null,
): Promise<Answer> {
  if (visit.viewer.role !== 'agent') return MISSING;
  const one = (await visit.core.classes.schools(visit.viewer)).find(({ id }) => id === school);
  if (one === undefined) return MISSING;
  const words = visit.texts.school.schools;
  const title = words.why(one.name);
  const main = html`
    <main id="main" class="body narrow">
      <form class="stack wide" method="post" action="/school/${school}/open">
        <h1>${title}</h1>
        ${troubleOf(visit, why)}
        <div class="sheet pad stack">
          <div class="field">
            <label for="why">${words.reason}</label>
            <input class="input" id="why" name="reason" maxlength="${MAX_REASON}" required />
            <p class="hint">${words.reasonHint}</p>
          </div>
          <div class="row">
            ${token(visit)}
            <button class="btn main">${icon(visit, 'gate')}${words.enter}</button>
            <a class="btn quiet" href="/school">${words.other}</a>
          </div>
        </div>
      </form>
    </main>
  `;
  return {
    kind: 'page',
    status: why === null ? 200 : 422,
    body: framed(visit, await around(visit), {
      title,
      section: 'school',
      shelf: null,
      styles: ['school.css'],
      main,
    }),
  };
}

/** POST /school/:school/open: an agent says why. */
export async function openSchool(
  visit: Visit<FramePart | 'classes'>,
  school: SchoolId,
  form: Form,
): Promise<Answer> {
  const acted = await visit.core.classes.open(
    visit.viewer,
    school,
    field(form, 'reason').slice(0, MAX_REASON),
  );
  if (acted.kind === 'trouble') return askWhy(visit, school, acted.why);
  return acted.kind === 'done' ? { kind: 'go', to: `/school/${school}?said=opened` } : MISSING;
}
