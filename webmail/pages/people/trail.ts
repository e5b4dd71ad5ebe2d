import type { SchoolId } from '../../../core/ground/ids.ts';
import type {
  AgentTrailEntry,
  TrailEntry,
  WithClasses,
  WithTrails,
} from '../../../core/school/classes/contract.ts';
import { askWhy } from '../../components/ask-why.ts';
import { pathOf, schoolPage } from '../../components/school-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { backLink, icon } from '../../frame/parts.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { hour, wholeDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { uidOf } from '../../ids.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MAX_NAME = 80;

/** GET /school/:school/trail: who did what, newest first; by person, by day. */
export async function trail(
  visit: Visit<FramePart & WithClasses & WithTrails>,
  school: SchoolId,
  query: { readonly before: unknown; readonly person: unknown; readonly day: unknown },
): Promise<Answer> {
  const person = typeof query.person === 'string' ? query.person.slice(0, MAX_NAME) : '';
  const day = typeof query.day === 'string' && isDay(query.day) ? query.day : null;
  const before = uidOf(query.before);
  const found = await visit.core.trails.ofSchool(visit.viewer, school, { before, person, day });
  if (found === null) return askWhy(visit, school);
  const words = visit.texts.trail;
  const path = `${pathOf(school)}/trail`;
  const content = html`
    ${backLink(visit, pathOf(school), visit.texts.school.back)}
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${found.schoolName}. ${words.lead}</p>
    </div>
    ${filterForm(visit, path, { person, day })}
    ${byDay(visit, found.entries, (one) => sentence(visit, one))}
    ${pager(visit, found, { path, query: { person, day: day ?? '' }, isFirst: before === null })}
  `;
  return schoolPage(visit, { title: words.title, content });
}

/** By person, by day; and back to all of it. */
function filterForm(
  visit: Visit,
  path: string,
  { person, day }: { readonly person: string; readonly day: string | null },
): Html {
  const words = visit.texts.trail;
  const all = html`
    <a class="btn quiet low" href="${path}">${words.all}</a>
  `;
  return html`
    <form class="sheet pad row filter" method="get" action="${path}" novalidate>
      <span class="field">
        <label for="person">${words.person}</label>
        <input
          class="input"
          id="person"
          name="person"
          value="${person}"
          placeholder="${words.personHint}"
        />
      </span>
      <span class="field">
        <label for="day">${words.day}</label>
        <input class="input date" id="day" type="date" name="day" value="${day ?? ''}" />
      </span>
      <button class="btn low">${icon(visit, 'search')}${words.filter}</button>
      ${person === '' && day === null ? NOTHING : all}
    </form>
  `;
}

/** A day that the calendar has; PostgreSQL would refuse any other. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return (
    DAY.test(text) && !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text
  );
}

/** What an agent did to the town, or in a school and why. */
function agentLine({ texts }: Visit, one: AgentTrailEntry): Html {
  const words = texts.trail;
  const ofTown = own(words.townActs, one.act);
  const reason = html`
    <br />
    <span class="small soft">${words.reason(one.reason)}</span>
  `;
  return html`
    <b>${one.by === '' ? words.commandLine : one.by}</b>
    ${' '}${ofTown?.(one.reason) ?? own(words.agentActs, one.act) ?? words.unknown(one.act)} ${' '}
    <span class="badge">${one.schoolName === '' ? words.wholeTown : one.schoolName}</span>
    ${ofTown === undefined ? reason : NOTHING}
  `;
}

/** GET /agents/trail: what agents did across schools, and why. */
export async function agentTrail(
  visit: Visit<FramePart & WithTrails>,
  query: { readonly before: unknown },
): Promise<Answer> {
  const before = uidOf(query.before);
  const found = await visit.core.trails.ofAgents(visit.viewer, { before });
  if (found === null) return MISSING;
  const words = visit.texts.trail;
  const line = (one: AgentTrailEntry): Html => agentLine(visit, one);
  const content = html`
    ${backLink(visit, '/school', visit.texts.school.schools.titleTown)}
    <div>
      <h1>${words.agents}</h1>
      <p class="soft">${words.agentsLead}</p>
    </div>
    ${byDay(visit, found.entries, line)}
    ${pager(visit, found, { path: '/agents/trail', query: {}, isFirst: before === null })}
  `;
  return schoolPage(visit, { title: words.agents, content });
}

function sentence(visit: Visit, one: TrailEntry): Html {
  const words = visit.texts.trail;
  return html`
    <b>${one.by === '' ? (one.byTown ? words.service : words.somebody) : one.by}</b>
    ${
      one.byTown && one.by !== ''
        ? html`
            ${' '}
            <span class="badge">${words.town}</span>
          `
        : NOTHING
    }${' '}${said(visit, one)}
  `;
}

function said({ texts }: Visit, { act, words }: Pick<TrailEntry, 'act' | 'words'>): string {
  const say = own(texts.trail.acts, act);
  return say === undefined ? texts.trail.unknown(act) : say(words);
}

/** What a list of words has under a name, and not what every object has. */
function own<Word>(words: Readonly<Record<string, Word>>, name: string): Word | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

function byDay<Entry extends { readonly id: number; readonly at: Date }>(
  visit: Visit,
  entries: readonly Entry[],
  line: (one: Entry) => Html,
): Html {
  if (entries.length === 0) return nothingHere('notebook', visit.texts.trail.empty);
  const { clock } = visit;
  const days = Map.groupBy(entries, ({ at }) => wholeDay(clock, at));
  return html`
    ${[...days].map(
      ([day, some]) => html`
        <section class="sheet pad">
          <h2>${day}</h2>
          <ol class="lines trail">
            ${some.map(
              (one) => html`
                <li class="line">
                  <time class="soft small" datetime="${one.at.toISOString()}">
                    ${hour(clock, one.at)}
                  </time>
                  <span class="grow">${line(one)}</span>
                </li>
              `,
            )}
          </ol>
        </section>
      `,
    )}
  `;
}

/** To the entries before these, and back to the newest. */
function pager(
  visit: Visit,
  {
    entries,
    more,
  }: { readonly entries: readonly { readonly id: number }[]; readonly more: boolean },
  {
    path,
    query,
    isFirst,
  }: {
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
    readonly isFirst: boolean;
  },
): Html {
  const words = visit.texts.trail;
  const last = more ? entries.at(-1) : undefined;
  const to = (before: Readonly<Record<string, string>>): string =>
    `${path}?${new URLSearchParams({ ...query, ...before }).toString()}`;
  return html`
    <p class="row">
      ${
        isFirst
          ? NOTHING
          : html`
              <a class="btn" href="${to({})}">${words.newest}</a>
            `
      }
      ${
        last === undefined
          ? NOTHING
          : html`
              <a class="btn" href="${to({ before: String(last.id) })}">${words.older}</a>
            `
      }
    </p>
  `;
}
