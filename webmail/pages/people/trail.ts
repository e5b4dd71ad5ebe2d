import type { SchoolId } from '../../../core/ground/ids.ts';
import { isDay } from '../../../core/roster/days.ts';
import type { WithClasses, WithTrails } from '../../../core/school/classes/contract.ts';
import { askWhy } from '../../components/ask-why.ts';
import { byDay, sentenceOf } from '../../components/journal-lines.ts';
import { pathOf, schoolPage } from '../../components/school-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { backLink, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { uidOf } from '../../ids.ts';

const MAX_NAME = 80;

interface TrailQuery {
  readonly before: unknown;
  readonly person: unknown;
  readonly day: unknown;
}

/** GET /school/:school/trail: who did what, newest first; by person, by day. */
export async function trail(
  visit: Visit<FramePart & WithClasses & WithTrails>,
  school: SchoolId,
  query: TrailQuery,
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
    ${byDay(visit, found.entries, (one) => sentenceOf(visit, one))}
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

interface TrailPlace {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly isFirst: boolean;
}

/** To the entries before these, and back to the newest. */
function pager(
  visit: Visit,
  {
    entries,
    more,
  }: { readonly entries: readonly { readonly id: number }[]; readonly more: boolean },
  { path, query, isFirst }: TrailPlace,
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
