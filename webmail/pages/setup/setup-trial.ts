import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithWritings } from '../../../core/mail/writing/contract.ts';
import type {
  ReadinessLine,
  ReadinessReport,
  WithReadiness,
} from '../../../core/town/readiness/contract.ts';
import type { SetupProgress, WithSetup } from '../../../core/town/town/contract.ts';
import { formOf } from '../../components/form.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { doneBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate, wholeDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { checkList, progressOf, type CheckLine, stepPage, stepPath } from './setup-parts.ts';
import { lastTrial, sendTrial, type Trial, type TrialPart } from './trial-letter.ts';

type SetupTrialPart = FramePart &
  TrialPart &
  WithMail<'erase'> &
  WithReadiness<'report' | 'sendTestLetter'> &
  WithSetup<'open' | 'progress'> &
  WithWritings<'save' | 'send'>;

const TRIAL_FORM = formOf({
  to: {
    most: 254,
    isCut: true,
    isRequired: true,
    as: { type: 'text', inputmode: 'email', autocapitalize: 'none', spellcheck: 'false' },
  },
});

interface Shown {
  readonly said: unknown;
  readonly typed: string;
  readonly wrong: string | null;
  readonly wish: 'kept' | 'anew';
}

/** GET /setup/trial: a letter that goes and comes back, the list of what is ready, the opening. */
export async function setupTrial(
  visit: Visit<SetupTrialPart>,
  query: { readonly said: unknown; readonly look: unknown },
): Promise<Answer> {
  return show(visit, {
    said: query.said,
    typed: visit.viewer.address,
    wrong: null,
    wish: query.look === 'again' ? 'anew' : 'kept',
  });
}

async function show(visit: Visit<SetupTrialPart>, shown: Shown): Promise<Answer> {
  const { core, viewer } = visit;
  const progress = await core.setup.progress(viewer);
  if (progress === null) return MISSING;
  const [report, trial] = await Promise.all([
    core.readiness.report(viewer, shown.wish),
    lastTrial(visit),
  ]);
  if (report === null) return MISSING;
  const words = visit.texts.setup.trial;
  const left = leftOf(report).length;
  return stepPage(visit, {
    step: 'trial',
    states: progressOf(progress),
    title: progress.openedAt === null ? words.title : words.titleOpen(left),
    refused: shown.wrong !== null,
    content: html`
      ${shown.said === 'open' ? doneBanner(visit, words.openNow) : NOTHING}
      ${letterSheet(visit, trial, shown)}${readySheet(visit, report)}
      ${openSheet(visit, progress, left)}
    `,
  });
}

function letterSheet(visit: Visit, trial: Trial | null, { typed, wrong }: Shown): Html {
  const words = visit.texts.setup.trial;
  const fields = TRIAL_FORM.shown(visit, {
    typed: { to: typed },
    wrong: wrong === null ? {} : { to: wrong },
  });
  return html`
    <section class="sheet pad stack" aria-labelledby="tl">
      <h2 id="tl">${words.letter}</h2>
      <p>${words.letterLead}</p>
      ${trial === null ? NOTHING : trialLine(visit, trial)}
      <form class="row trial" method="post" action="${stepPath('trial')}/letter" novalidate>
        ${fields.line('to', { label: words.to, hint: words.toHint, box: 'grow' })} ${token(visit)}
        <button class="btn${trial === null ? ' main' : ''}">
          ${icon(visit, 'send')}${trial === null ? words.send : words.sendAgain}
        </button>
      </form>
    </section>
  `;
}

/** What became of the letter: gone, and handed over or come back. */
function trialLine(visit: Visit, trial: Trial): Html {
  const words = visit.texts.setup.trial;
  const when = (day: Date) => longDate(visit.clock, day);
  const look = html`
    <a class="btn mini" href="${stepPath('trial')}">${words.look}</a>
  `;
  const gone: CheckLine = { tone: 'ok', what: words.gone(trial.to), detail: when(trial.at) };
  if (trial.kind === 'handed')
    return checkList(visit, [gone, { tone: 'ok', what: words.handed, detail: '' }]);
  return checkList(visit, [
    gone,
    trial.back === null
      ? { tone: 'wait', what: words.notBack, detail: words.notBackHint, act: look }
      : { tone: 'ok', what: words.back, detail: when(trial.back) },
  ]);
}

/** What isn't as it must be yet; grey counts for nothing. */
function leftOf({ groups }: ReadinessReport): readonly ReadinessLine[] {
  return groups.flatMap(({ lines }) =>
    lines.filter(({ state }) => state === 'red' || state === 'amber'),
  );
}

const TONES = { red: 'stop', amber: 'wait', green: 'ok', grey: 'later' } as const;

/** The same list as `preau doctor`: what is left first, what is in order in a fold. */
function readySheet(visit: Visit, report: ReadinessReport): Html {
  const words = visit.texts.setup.trial;
  const left = leftOf(report);
  const lines = report.groups.flatMap((group) => group.lines);
  const inOrder = lines.filter(({ state }) => state === 'green').length;
  return html`
    <section class="sheet pad stack" aria-labelledby="rd">
      <div class="split">
        <div>
          <h2 id="rd">${words.ready(inOrder)}</h2>
          <p class="soft">${words.looked(longDate(visit.clock, report.at))}</p>
        </div>
        <a class="btn" href="${stepPath('trial')}?look=again">
          ${icon(visit, 'search')}${words.lookAgain}
        </a>
      </div>
      ${groupsOf(visit, report, (line) => left.includes(line))}
      <details>
        <summary>${words.others(lines.length - left.length)}</summary>
        <div class="stack">${groupsOf(visit, report, (line) => !left.includes(line))}</div>
      </details>
    </section>
  `;
}

/** The lines that are wanted, under the names of their subjects. */
function groupsOf(
  visit: Visit,
  { groups }: ReadinessReport,
  wanted: (line: ReadinessLine) => boolean,
): readonly Html[] {
  const { language } = visit.viewer;
  return groups.flatMap(({ title, lines }) => {
    const some = lines.filter(wanted).map(({ asked, found, todo, state }) => ({
      tone: TONES[state],
      what: asked[language],
      detail: found[language],
      ...(todo === null ? {} : { todo: todo[language] }),
    }));
    if (some.length === 0) return [];
    const isBackups = lines.some(({ id }) => id.startsWith('backup.'));
    return html`
      <div>
        <h3>${title[language]}</h3>
        ${checkList(visit, some)} ${isBackups ? nightsLink(visit) : NOTHING}
      </div>
    `;
  });
}

/** Backups are made by night, with other heavy work. */
const nightsLink = ({ texts }: Visit): Html => html`
  <p class="small"><a class="link" href="/agents/nights">${texts.nights.link}</a></p>
`;

function openSheet(visit: Visit, { openedAt }: SetupProgress, left: number): Html {
  const words = visit.texts.setup.trial;
  if (openedAt !== null)
    return html`
      <section class="sheet pad stack" aria-labelledby="op">
        <h2 id="op">${words.opened(wholeDay(visit.clock, openedAt))}</h2>
        <p>${left === 0 ? words.allGreen : words.stays}</p>
      </section>
    `;
  return html`
    <form class="sheet pad stack" method="post" action="${stepPath('trial')}" aria-labelledby="op">
      <h2 id="op">${words.open}</h2>
      <p>${words.openLead}</p>
      ${
        left === 0
          ? NOTHING
          : html`
              <p class="soft">${words.notYet(left)}</p>
            `
      }
      <div class="split">
        <a class="btn quiet" href="${stepPath('pupils')}">
          ${icon(visit, 'back')}${visit.texts.setup.steps.pupils.name}
        </a>
        ${token(visit)}
        <button class="btn main">${icon(visit, 'gate')}${words.openNowButton}</button>
      </div>
    </form>
  `;
}

/** POST /setup/trial/letter: to somebody of the town by the rules, to outside by fixed words. */
export async function sendLetter(visit: Visit<SetupTrialPart>, form: Form): Promise<Answer> {
  const { core, viewer } = visit;
  const to = TRIAL_FORM.typedIn(form).to.toLowerCase();
  const words = visit.texts.setup.trial.trouble;
  const again = (wrong: string) => show(visit, { said: null, typed: to, wrong, wish: 'kept' });
  const outside = await core.readiness.sendTestLetter(viewer, to);
  if (outside === null) return MISSING;
  if (outside === 'sent') return { kind: 'go', to: stepPath('trial') };
  if (outside !== 'of-the-town') return again(words[outside]);
  const outcome = await sendTrial(visit, to);
  switch (outcome.kind) {
    case 'accepted':
    case 'held':
      return { kind: 'go', to: stepPath('trial') };
    case 'scanner-silent':
      return again(words.scanner);
    case 'mailbox-full':
      return again(words.full);
    default:
      return again(words.nobody);
  }
}

/** POST /setup/trial: the town is open from now on. */
export async function openTheTown(visit: Visit<SetupTrialPart>): Promise<Answer> {
  const progress = await visit.core.setup.progress(visit.viewer);
  if (progress === null) return MISSING;
  return (await visit.core.setup.open(visit.viewer))
    ? { kind: 'go', to: `${stepPath('trial')}?said=open` }
    : { kind: 'go', to: stepPath('town') };
}
