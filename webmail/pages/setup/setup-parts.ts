import type { SetupProgress, SetupStep } from '../../../core/town/town/contract.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';

/** The steps by which a town is put into service, in their order. */
const STEPS = ['town', 'domain', 'schools', 'pupils', 'trial'] as const satisfies SetupStep[];
/** Which of them are done. */
type StepStates = Readonly<Record<SetupStep, boolean>>;

export const stepPath = (step: SetupStep): string => `/setup/${step}`;

/** A step is done when an agent went on from it; one that needs something, once it has that. */
export function progressOf({
  done,
  schools,
  schoolsWithPeople,
  openedAt,
}: SetupProgress): StepStates {
  return {
    town: done.has('town'),
    domain: done.has('domain'),
    schools: done.has('schools') && schools > 0,
    pupils: done.has('pupils') && schoolsWithPeople > 0,
    trial: openedAt !== null,
  };
}

/** The step that follows; after the last, itself. */
export const stepAfter = (step: SetupStep): SetupStep => STEPS[STEPS.indexOf(step) + 1] ?? 'trial';

/** The first step that isn't done; the last one where all are. */
export function nextStep(states: StepStates): SetupStep {
  return STEPS.find((step) => !states[step]) ?? 'trial';
}

/** The steps on top of each page, each a link: done, here, to do. */
function stepList({ texts }: Visit, here: SetupStep, done: StepStates): Html {
  const words = texts.setup;
  const states = STEPS.map((step) => {
    const look = [done[step] ? 'did' : '', step === here ? 'here' : ''].join(' ').trim();
    const state = done[step] ? words.state.did : words.state.todo;
    return html`
      <li ${attributes({ class: look === '' ? null : look })}>
        <a
          href="${stepPath(step)}"
          ${attributes({ 'aria-current': step === here ? 'step' : null })}
        >
          <span class="vh">${state}</span>
          ${words.steps[step].name}
          <small>${words.steps[step].holds}</small>
        </a>
      </li>
    `;
  });
  return html`
    <nav aria-label="${words.stepsLabel}">
      <ol class="stages">
        ${states}
      </ol>
    </nav>
  `;
}

interface StepSheet {
  readonly step: SetupStep;
  readonly states: StepStates;
  readonly title: string;
  readonly refused?: boolean;
  readonly content: Html;
}

/** A page of one step: its title says what is next, and the steps stand above its sheets. */
export async function stepPage(visit: Visit<FramePart>, page: StepSheet): Promise<Answer> {
  const words = visit.texts.setup;
  const at = STEPS.indexOf(page.step) + 1;
  return narrowPage(visit, {
    title: page.title,
    section: 'setup',
    styles: ['setup.css'],
    refused: page.refused ?? false,
    content: html`
      <div>
        <h1>${page.title}</h1>
        <p class="soft">${words.under(at, STEPS.length)}</p>
      </div>
      ${stepList(visit, page.step, page.states)}${page.content}
    `,
  });
}

/**
 * Under a step's sheet: back to the one before, and the form that notes this one as done. Without
 * words it names the step that follows; `plain` where another button is the sheet's filled one.
 */
export function onward(
  visit: Visit,
  from: Exclude<SetupStep, 'town' | 'trial'>,
  { words, look }: { readonly words: string | null; readonly look: 'main' | 'plain' },
): Html {
  const { steps, next } = visit.texts.setup;
  const before = STEPS[STEPS.indexOf(from) - 1] ?? 'town';
  const after = stepAfter(from);
  return html`
    <div class="split">
      <a class="btn quiet" href="${stepPath(before)}">
        ${icon(visit, 'back')}${steps[before].name}
      </a>
      <form method="post" action="${stepPath(from)}">
        ${token(visit)}
        <button class="btn${look === 'main' ? ' main' : ''}">
          ${words ?? next(steps[after].name)}${icon(visit, 'arrow', 'tail')}
        </button>
      </form>
    </div>
  `;
}

type Tone = 'ok' | 'wait' | 'stop' | 'later';
const TONE_ICONS = { ok: 'check', wait: 'hold', stop: 'warning', later: 'more' } as const;

/** One line of what is looked at: a mark, what it is, what to do, and the act that ends it. */
export interface CheckLine {
  readonly tone: Tone;
  readonly what: string;
  readonly detail: string;
  /** What is to be done about it. */
  readonly todo?: string;
  readonly act?: Html;
}

export function checkList(visit: Visit, lines: readonly CheckLine[]): Html {
  const words = visit.texts.setup.tone;
  return html`
    <ul class="checks">
      ${lines.map(
        ({ tone, what, detail, todo = '', act = NOTHING }) => html`
          <li class="${tone}">
            ${icon(visit, TONE_ICONS[tone])}
            <div class="grow">
              <p>
                <span class="vh">${words[tone]}</span>
                <b>${what}</b>
              </p>
              ${smallLine(detail, 'soft')}${smallLine(todo, '')}
            </div>
            ${act}
          </li>
        `,
      )}
    </ul>
  `;
}

const smallLine = (text: string, look: string): Html =>
  text === ''
    ? NOTHING
    : html`
        <p class="small ${look}">${text}</p>
      `;
