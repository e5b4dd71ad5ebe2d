import { DAY_MS } from '../../../core/ground/spans.ts';
import type { WithModeration } from '../../../core/mail/delivery/holding/contract.ts';
import type {
  ReadinessLine,
  SeenReport,
  WithReadiness,
} from '../../../core/town/readiness/contract.ts';
import type { DayFigures, WithTown } from '../../../core/town/town/contract.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { icon } from '../../frame/parts.ts';
import { scene } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { hour, weekdayAt } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { keyed, lettersChart, signInsChart, weekAgoIn } from './day-chart.ts';
import {
  leftIn,
  numberIn,
  partsOf,
  placeOf,
  verdictOf,
  type Tone,
  type HomeVerdict,
} from './verdict.ts';

const TONE_ICONS = { ok: 'check', wait: 'warning', stop: 'warning', later: 'more' } as const;
const VERDICT_TONES = { calm: 'ok', waiting: 'wait', stopped: 'stop' } as const;
/** More of them stand on the page that lists all. */
const MOST_DUTIES = 8;

/** What the home of an agent asks of core. */
type HomePart = FramePart &
  WithModeration<'waitingCount'> &
  WithReadiness<'report'> &
  WithTown<'dayFigures'>;

/** One thing that waits for an agent, and the page on which it is done. */
interface Duty {
  readonly tone: Tone;
  readonly drawing: string;
  readonly what: string;
  readonly about: string;
  readonly path: string;
  readonly act: string;
}

/** GET /home: whether the service works and what waits for the agent, at one glance. */
export async function home(visit: Visit<HomePart>, look: unknown): Promise<Answer> {
  const { core, viewer } = visit;
  if (viewer.role !== 'agent') return MISSING;
  const [surroundings, report, figures, held] = await Promise.all([
    surroundingsOf(visit),
    core.readiness.report(viewer, look === 'again' ? 'anew' : 'last'),
    core.town.dayFigures(viewer),
    core.moderation.waitingCount(viewer),
  ]);
  if (report === null || figures === null) return MISSING;
  const words = visit.texts.home;
  const lines = leftIn(report);
  const ofSchools = lines.filter(({ id }) => isOfSchools(id));
  const duties = [
    ...lines.filter(({ id }) => !isOfSchools(id)).map((line) => lineDuty(visit, line)),
    ...waitingDuties(visit, surroundings, held),
  ];
  const things = duties.length + ofSchools.length + Math.min(surroundings.questions, 1);
  const verdict = verdictOf(report, { ...figures, things });
  const main = html`
    <main id="main" class="body">
      ${verdictSheet(visit, report, verdict)}
      <div class="home-grid">
        ${dutySheet(visit, duties)}${schoolSheet(visit, report, surroundings)}
        ${chartSheets(visit, figures)}
      </div>
      ${numbers(visit, figures)}
    </main>
  `;
  return {
    kind: 'page',
    status: 200,
    body: framed(visit, surroundings, {
      title: words.title,
      section: 'home',
      shelf: null,
      styles: ['home.css'],
      main,
    }),
  };
}

const isOfSchools = (id: string): boolean => id.startsWith('people.') && id !== 'people.agents';

/** One sentence, when it was looked at, and the nine parts in one line. */
function verdictSheet(visit: Visit, report: SeenReport, verdict: HomeVerdict): Html {
  const { texts, clock, now } = visit;
  const words = texts.home;
  const tone = VERDICT_TONES[verdict.kind];
  const seconds = Math.max(0, Math.round((now.getTime() - report.at.getTime()) / 1000));
  return html`
    <section class="sheet" aria-label="${words.service}">
      <div class="verdict ${tone}">
        <span class="lamp">${icon(visit, TONE_ICONS[tone])}</span>
        <div class="grow">
          <h1>${sentence(visit, verdict)}</h1>
          <p class="soft num">
            ${words.at(weekdayAt(clock, now), hour(clock, now))}${' '} ${words.looked(seconds)}
          </p>
        </div>
        <a class="btn" href="/home?look=again">${icon(visit, 'search')}${words.again}</a>
      </div>
      <p class="health">
        ${partsOf(report).map(
          ({ part, tone: state }) => html`
            <a class="${state}" href="/setup/trial#rd">
              ${icon(visit, TONE_ICONS[state])}${words.parts[part]}
              <span class="vh">${texts.setup.tone[state]}</span>
            </a>
          `,
        )}
      </p>
    </section>
  `;
}

function sentence({ texts, clock, now }: Visit, verdict: HomeVerdict): string {
  const words = texts.home.verdict;
  switch (verdict.kind) {
    case 'calm':
      return words.calm;
    case 'waiting':
      return words.waiting(verdict.things);
    case 'stopped': {
      const isToday = now.getTime() - verdict.since.getTime() < DAY_MS;
      const at = hour(clock, verdict.since);
      return words.stopped(isToday ? at : `${weekdayAt(clock, verdict.since)}, ${at}`);
    }
  }
}

function lineDuty(visit: Visit, { id, state, found, todo }: ReadinessLine): Duty {
  const { language } = visit.viewer;
  return {
    tone: state === 'red' ? 'stop' : 'wait',
    drawing: 'warning',
    what: found[language],
    about: todo?.[language] ?? '',
    path: placeOf(id),
    act: visit.texts.home.settle,
  };
}

/** Letters that wait for an agent's word. */
function waitingDuties(
  visit: Visit,
  { standing, reports }: PageSurroundings,
  held: number,
): readonly Duty[] {
  const { home: words, reports: help } = visit.texts;
  const duties: Duty[] = [];
  if (reports > 0)
    duties.push({
      tone: 'stop',
      drawing: 'report',
      what: help.banner(reports),
      about: help.homeAbout,
      path: '/reports',
      act: help.open,
    });
  if (held > 0)
    duties.push({
      tone: 'later',
      drawing: 'lock',
      what: words.held(held),
      about: words.heldAbout,
      path: '/held',
      act: words.decide,
    });
  if (standing > 0)
    duties.push({
      tone: 'wait',
      drawing: 'hold',
      what: words.standing(standing),
      about: words.standingAbout,
      path: '/restored',
      act: words.decide,
    });
  return duties;
}

function dutySheet(visit: Visit, duties: readonly Duty[]): Html {
  const words = visit.texts.home;
  const more = duties.length - MOST_DUTIES;
  const rest = html`
    <p class="small"><a class="link" href="/setup/trial#rd">${words.more(more)}</a></p>
  `;
  const calm = html`
    <div class="calm">
      <div>
        <p><b>${words.nothing}</b></p>
        <p class="soft">${words.nothingAbout}</p>
      </div>
      ${scene('bench')}
    </div>
  `;
  const list = html`
    <ol>
      ${duties.slice(0, MOST_DUTIES).map((duty) => dutyLine(visit, duty))}
    </ol>
    ${more > 0 ? rest : NOTHING}
  `;
  return html`
    <section class="sheet duty" aria-labelledby="d1">
      <h2 id="d1">${words.todo}</h2>
      ${duties.length === 0 ? calm : list}
    </section>
  `;
}

function dutyLine(visit: Visit, { tone, drawing, what, about, path, act }: Duty): Html {
  return html`
    <li class="${tone}">
      ${icon(visit, drawing)}
      <span>
        <b>${what}</b>
        <span class="small soft">${about}</span>
      </span>
      <a class="btn mini" href="${path}">
        ${act}
        <span class="vh">${visit.texts.colon}${what}</span>
      </a>
    </li>
  `;
}

/** The schools: their lists, codes and heads, whatever they stand at; and questions to answer. */
function schoolSheet(visit: Visit, { groups }: SeenReport, { questions }: PageSurroundings): Html {
  const words = visit.texts.home;
  const { language } = visit.viewer;
  const lines = groups.flatMap((group) => group.lines).filter(({ id }) => isOfSchools(id));
  const asked: Duty = {
    tone: 'wait',
    drawing: 'help',
    what: words.questions(questions),
    about: words.questionsAbout,
    path: '/roster/questions',
    act: words.answer,
  };
  const duties = lines.map(({ id, state, found, todo }): Duty => {
    const tone = SCHOOL_TONES[state];
    return {
      tone,
      drawing: tone === 'ok' ? 'check' : 'school',
      what: found[language],
      about: todo?.[language] ?? '',
      path: placeOf(id),
      act: words.see,
    };
  });
  return html`
    <section class="sheet duty" aria-labelledby="d2">
      <h2 id="d2">${words.schools}</h2>
      <ul>
        ${questions === 0 ? NOTHING : dutyLine(visit, asked)}
        ${duties.map((duty) => dutyLine(visit, duty))}
      </ul>
    </section>
  `;
}
const SCHOOL_TONES = { red: 'stop', amber: 'wait', green: 'ok', grey: 'later' } as const;

/** The day in two charts, against the same weekday a week ago. */
function chartSheets(visit: Visit, figures: DayFigures): Html {
  const words = visit.texts.home.charts;
  const before = keyed('before', weekAgoIn(visit, figures.at));
  return html`
    <section class="sheet" aria-labelledby="c1">
      <div class="plot-head">
        <h2 id="c1">${words.letters}</h2>
        ${keyed('in', words.taken)}${keyed('out', words.handed)}${before}
      </div>
      ${lettersChart(visit, figures)}
    </section>
    <section class="sheet" aria-labelledby="c2">
      <div class="plot-head">
        <h2 id="c2">${words.signIns}</h2>
        ${keyed('today', words.today)}${before}
      </div>
      ${signInsChart(visit, figures)}
    </section>
  `;
}

function numbers(visit: Visit, figures: DayFigures): Html {
  const words = visit.texts.home.numbers;
  const one = (value: number, said: string, path: string) => html`
    <a href="${path}">
      <b>${numberIn(visit.viewer.language, value)}</b>
      <span>${said}</span>
    </a>
  `;
  const { today, people, schools, outbox, openings } = figures;
  const letters = today.reduce((sum, hours) => sum + hours.letters, 0);
  return html`
    <div class="numbers sheet num">
      ${one(people, words.people(schools), '/school')}
      ${one(letters, words.letters(letters), '/home#c1')}
      ${one(outbox, words.outbox(outbox), '/setup/trial#rd')}
      ${one(openings, words.openings(openings), '/agents/trail')}
    </div>
    <p class="stop-way">
      <a class="btn quiet" href="/agents/nights">
        ${icon(visit, 'moon')}${visit.texts.nights.link}
      </a>
      <a class="btn quiet no" href="/town/stop">${icon(visit, 'hold')}${visit.texts.home.stop}</a>
    </p>
  `;
}
