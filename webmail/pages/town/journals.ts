import { TOWN } from '../../../core/ground/ids.ts';
import { isKeyOf, keysOf } from '../../../core/ground/keys.ts';
import { isDay } from '../../../core/roster/days.ts';
import {
  JOURNAL_KINDS,
  type JournalAsked,
  type JournalEntry,
  type JournalPage,
  type JournalSchool,
  type WithJournals,
} from '../../../core/town/journals/contract.ts';
import { choiceField, lineField } from '../../components/field.ts';
import { actOf, byDay, own, sentenceOf } from '../../components/journal-lines.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { backLink, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { hour, todayOn } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { schoolIdOf } from '../../ids.ts';
import { csvOf } from '../../sheets/csv.ts';

const MAX_NAME = 80;
const FIELDS = ['who', 'whom', 'kind', 'from', 'until', 'school'] as const;

/** What a form asks for, as it came. */
type JournalQuery = Readonly<Record<string, unknown>>;
type Typed = Readonly<Record<(typeof FIELDS)[number], string>>;

const typedIn = (query: JournalQuery): Typed => {
  const text = (name: string): string => {
    const value = query[name];
    return typeof value === 'string' ? value.trim().slice(0, MAX_NAME) : '';
  };
  return {
    who: text('who'),
    whom: text('whom'),
    kind: text('kind'),
    from: text('from'),
    until: text('until'),
    school: text('school'),
  };
};

/** What is meant by it; a day that isn't one means none, and the form says so. */
function askedBy({ who, whom, kind, from, until, school }: Typed): JournalAsked {
  return {
    who,
    whom,
    kind: isKeyOf(JOURNAL_KINDS, kind) ? kind : null,
    from: isDay(from) ? from : null,
    until: isDay(until) ? until : null,
    school: school === String(TOWN) ? TOWN : schoolIdOf(school),
  };
}

/** GET /agents/trail: who did what to whom in all schools and for the town, newest first. */
export async function journals(
  visit: Visit<FramePart & WithJournals<'search'>>,
  query: JournalQuery,
): Promise<Answer> {
  const { core, viewer } = visit;
  const typed = typedIn(query);
  const after = typeof query['after'] === 'string' ? query['after'] : null;
  const found = await core.journals.search(viewer, askedBy(typed), after);
  if (found === null) return MISSING;
  const words = visit.texts.journals;
  const content = html`
    ${backLink(visit, '/school', visit.texts.school.schools.titleTown)}
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${searchForm(visit, typed, found.schools)}
    ${byDay(visit, found.entries, (one) => lineOf(visit, one))}
    ${pager(visit, found, { typed, isFirst: after === null })}
  `;
  const styles = ['school.css', 'setup.css'];
  return narrowPage(visit, { section: 'school', styles, title: words.title, content });
}

function searchForm(visit: Visit, typed: Typed, schools: readonly JournalSchool[]): Html {
  const words = visit.texts.journals;
  const kinds = keysOf(JOURNAL_KINDS);
  const { from, until } = typed;
  const noDay = (day: string): string | null => (day === '' || isDay(day) ? null : words.noDay);
  const isTurned = isDay(from) && isDay(until) && from > until;
  const name = { maxlength: MAX_NAME, autocomplete: 'off' };
  return html`
    <form class="sheet pad stack" method="get" action="/agents/trail" novalidate>
      <div class="fields">
        ${lineField(visit, { name: 'who', label: words.who, value: typed.who, as: name })}
        ${lineField(visit, { name: 'whom', label: words.whom, value: typed.whom, as: name })}
        ${choiceField(visit, { name: 'kind', label: words.what, value: typed.kind }, [
          ['', words.whatever],
          ...kinds.map((kind) => [kind, words.kinds[kind]] as const),
        ])}
        ${choiceField(visit, { name: 'school', label: words.school, value: typed.school }, [
          ['', words.everywhere],
          [TOWN, words.agents],
          ...schools.map(({ id, name: school }) => [id, school] as const),
        ])}
        ${lineField(visit, {
          name: 'from',
          label: words.from,
          value: from,
          wrong: noDay(from),
          as: { type: 'date' },
        })}
        ${lineField(visit, {
          name: 'until',
          label: words.until,
          value: until,
          wrong: isTurned ? words.turned : noDay(until),
          as: { type: 'date' },
        })}
      </div>
      <div class="row">
        <button class="btn main">${icon(visit, 'search')}${words.search}</button>
        <button class="btn" formaction="/agents/trail.csv">
          ${icon(visit, 'file')}${words.csv}
        </button>
        ${
          FIELDS.every((field) => typed[field] === '')
            ? NOTHING
            : html`
                <a class="btn quiet" href="/agents/trail">${words.all}</a>
              `
        }
      </div>
      <p class="small soft">${words.noted}</p>
    </form>
  `;
}

/** One act: who, what, in which school, and why where an agent had to say. */
function lineOf(visit: Visit, one: JournalEntry): Html {
  const { texts } = visit;
  const why = whyOf(visit, one);
  const reason = html`
    <br />
    <span class="small soft">${texts.trail.reason(why)}</span>
  `;
  const badge = html`
    <span class="badge">${placeOf(visit, one)}</span>
  `;
  const words =
    one.of === 'school'
      ? sentenceOf(visit, one)
      : html`
          <b>${whoOf(visit, one)}</b>
          ${' '}${whatOf(visit, one)}
        `;
  return html`
    ${words}${' '}${badge}${why === '' ? NOTHING : reason}
  `;
}

/** What an agent had to say; of the town's affairs the sentence itself says what it was about. */
const whyOf = ({ texts }: Visit, { of, act, reason }: JournalEntry): string =>
  of === 'agents' && own(texts.trail.townActs, act) !== undefined ? '' : (reason ?? '');

const placeOf = ({ texts }: Visit, { schoolName }: JournalEntry): string =>
  schoolName === '' ? texts.trail.wholeTown : schoolName;

function whoOf({ texts }: Visit, one: JournalEntry): string {
  const { commandLine, service, somebody } = texts.trail;
  if (one.by !== '') return one.by;
  if (one.of === 'agents') return commandLine;
  return one.byTown ? service : somebody;
}

function whatOf(visit: Visit, one: JournalEntry): string {
  const { townActs, agentActs, unknown } = visit.texts.trail;
  if (one.of === 'school') return actOf(visit, one);
  return own(townActs, one.act)?.(one.reason) ?? own(agentActs, one.act) ?? unknown(one.act);
}

/** To the entries before these, and back to the newest. */
function pager(
  visit: Visit,
  { next }: JournalPage,
  { typed, isFirst }: { readonly typed: Typed; readonly isFirst: boolean },
): Html {
  const words = visit.texts.trail;
  const to = (after: Readonly<Record<string, string>>): string =>
    `/agents/trail?${new URLSearchParams({ ...typed, ...after }).toString()}`;
  const newest = html`
    <a class="btn" href="${to({})}">${words.newest}</a>
  `;
  const older = html`
    <a class="btn" href="${to({ after: next ?? '' })}">${words.older}</a>
  `;
  return html`
    <p class="row">${isFirst ? NOTHING : newest} ${next === null ? NOTHING : older}</p>
  `;
}

/** GET /agents/trail.csv: the same as a file, the newest lines. */
export async function journalsCsv(
  visit: Visit<WithJournals<'whole'>>,
  query: JournalQuery,
): Promise<Answer> {
  const found = await visit.core.journals.whole(visit.viewer, askedBy(typedIn(query)));
  if (found === null) return MISSING;
  const { clock, texts } = visit;
  const { columns, fileName } = texts.journals;
  const rows = found.entries.map((one) => [
    `${todayOn({ ...clock, now: one.at })} ${hour(clock, one.at)}`,
    whoOf(visit, one),
    whatOf(visit, one),
    placeOf(visit, one),
    whyOf(visit, one),
  ]);
  const name = `${fileName(todayOn(clock))}.csv`;
  const bytes = csvOf([columns, ...rows]);
  return { kind: 'download', file: { name, mediaType: 'text/csv; charset=utf-8', bytes } };
}
