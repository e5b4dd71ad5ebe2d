import type { ClassId } from '../../../core/ground/ids.ts';
import type { Reachable, WithWritings } from '../../../core/mail/writing/contract.ts';
import type { ClassLabel } from '../../../core/rules/viewer.ts';
import type { WithPendingImports } from '../../../core/school/imports/pending/contract.ts';
import type { OwnClassSummary, WithTeaching } from '../../../core/school/teaching/contract.ts';
import { narrowAnswer } from '../../components/narrow-page.ts';
import { nextYearBanner } from '../../components/next-year.ts';
import { surroundingsOf, type FramePart } from '../../frame/frame.ts';
import { coverClass, faceOf, icon } from '../../frame/parts.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { begin, type WritePart } from '../writing/write.ts';

/** GET /classes: the books of this adult's classes, each with its one step to a class mail. */
export async function classes(
  visit: Visit<FramePart & WithPendingImports<'rollOverDay'> & WithTeaching & WithWritings>,
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const { texts, viewer } = visit;
  const [surroundings, reach, summaries, nextDay] = await Promise.all([
    surroundingsOf(visit),
    visit.core.writings.reach(viewer),
    visit.core.teaching.classes(viewer),
    visit.core.pendingImports.rollOverDay(viewer, viewer.school),
  ]);
  // Whoever has one class comes for it: a page with one book would be one touch more.
  const [only] = summaries;
  if (only?.teaches === true && summaries.length === 1 && viewer.classes.length === 1 && !nextDay)
    return { kind: 'go', to: `/classes/${only.id}` };
  const content = html`
    <div class="split">
      <h1>${texts.classes.title}</h1>
      ${summaries.length === 0 ? NOTHING : codesLink(visit)}
    </div>
    ${nextYearBanner(visit, viewer.school, nextDay)}${ownBooks(visit, { reach, summaries })}
    ${otherBooks(visit, summaries)}
  `;
  return narrowAnswer(visit, surroundings, {
    title: texts.classes.title,
    section: 'classes',
    content,
  });
}

const codesLink = (visit: Visit): Html => html`
  <a class="btn" href="/codes">${icon(visit, 'lock')}${visit.texts.codes.page.link}</a>
`;

/** The classes of one's own; a head without any sees those of the school alone. */
function ownBooks(
  visit: Visit,
  {
    reach,
    summaries,
  }: { readonly reach: readonly Reachable[]; readonly summaries: readonly OwnClassSummary[] },
): Html {
  const { classes: own } = visit.viewer;
  if (own.length === 0)
    return summaries.length > 0 ? NOTHING : nothingHere('bench', visit.texts.classes.empty);
  const books = own.map((one) =>
    ownBook(visit, one, {
      details: summaries.find(({ id }) => id === one.id),
      hasFamilies: families(reach, one.name) !== undefined,
    }),
  );
  return html`
    <ul class="books">
      ${books}
    </ul>
  `;
}

/** A book with the ways to write to the class and to its families. */
function ownBook(
  visit: Visit,
  one: ClassLabel,
  {
    details,
    hasFamilies,
  }: { readonly details: OwnClassSummary | undefined; readonly hasFamilies: boolean },
): Html {
  const words = visit.texts.classes;
  const toFamilies = html`
    <a class="btn full" href="/classes/${one.id}/families">
      ${icon(visit, 'people')}${words.families}
    </a>
  `;
  return html`
    <li class="stack tight">
      ${book(visit, one, details)}
      <a class="btn full" href="/classes/${one.id}/write">${icon(visit, 'write')}${words.write}</a>
      ${hasFamilies ? toFamilies : NOTHING}
    </li>
  `;
}

/** A class's book opens its page; an aide, who decides nothing there, writes at once. */
function book(visit: Visit, one: ClassLabel, details: OwnClassSummary | undefined): Html {
  const words = visit.texts.teaching;
  const waits =
    details !== undefined && details.proposals > 0
      ? html`
          <p>
            <a class="badge wait" href="/classes/${one.id}">
              ${icon(visit, 'hold')}${words.proposals(details.proposals)}
            </a>
          </p>
        `
      : NOTHING;
  return html`
    <a
      class="cahier ${coverClass(one.cover)}"
      href="/classes/${one.id}${details === undefined ? '/write' : ''}"
    >
      <span class="label">
        ${one.name}
        <small>${details?.schoolName ?? visit.viewer.schoolName}</small>
      </span>
      ${details === undefined ? NOTHING : lookOut(visit, details)}
    </a>
    ${waits}
    ${
      details === undefined
        ? NOTHING
        : html`
            <a class="btn full" href="/classes/${one.id}">${icon(visit, 'class')}${words.open}</a>
          `
    }
  `;
}

/** Who is in the book: some faces, and how many there are. */
function lookOut(visit: Visit, { faces, pupils }: OwnClassSummary): Html {
  return html`
    <span class="look-out">
      ${faces.map((face) => faceOf(visit, face))}
      <small>${visit.texts.teaching.pupils(pupils)}</small>
    </span>
  `;
}

/** What a head sees besides: the school's classes that somebody else teaches. */
function otherBooks(visit: Visit, summaries: readonly OwnClassSummary[]): Html {
  const others = summaries.filter(({ teaches }) => !teaches);
  if (others.length === 0) return NOTHING;
  const words = visit.texts.teaching;
  return html`
    <section class="stack" aria-labelledby="ot">
      <h2 id="ot">${others.length === summaries.length ? words.all : words.others}</h2>
      <ul class="books">
        ${others.map(
          (one) => html`
            <li class="stack tight">
              <a class="cahier ${coverClass(one.cover)}" href="/classes/${one.id}">
                <span class="label">
                  ${one.name}
                  <small>${one.schoolName}</small>
                </span>
                ${lookOut(visit, one)}
              </a>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}

function families(reach: readonly Reachable[], className: string): Reachable | undefined {
  return reach.find(
    (one) =>
      one.listKind === 'class-families' &&
      (one.classes.includes(className) || one.name === className),
  );
}

/**
 * GET /classes/:id/write and …/families: a new message to the whole class, or to its families. Only
 * a class of one's own.
 */
export async function classMail(
  visit: Visit<WritePart>,
  id: ClassId,
  whom: 'write' | 'families',
): Promise<Answer> {
  const own = visit.viewer.classes.find((one) => one.id === id);
  if (own === undefined || visit.audience === 'child') return MISSING;
  if (whom === 'write') return begin(visit, { to: [own.address] });
  const within = await visit.core.writings.lists(visit.viewer);
  const list = families(within, own.name);
  if (list === undefined) return MISSING;
  return begin(visit, { to: [list.address] }, { within });
}

/**
 * GET /classes/:id/remind: a message to those who have not opened the last letter to the class,
 * under its title.
 */
export async function remind(visit: Visit<WritePart>, id: ClassId): Promise<Answer> {
  const last =
    visit.audience === 'child' ? null : await visit.core.teaching.letter(visit.viewer, id);
  if (last === null || last.unread.length === 0) return MISSING;
  const to = last.unread.map(({ address }) => address);
  return begin(visit, { to, subject: last.subject }, { isReminder: true });
}
