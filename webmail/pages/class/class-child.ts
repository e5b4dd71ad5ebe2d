import { animalOf } from '../../../core/ground/animals.ts';
import type { AccountId, ClassId } from '../../../core/ground/ids.ts';
import { type Why, dayAfter } from '../../../core/roster/days.ts';
import type {
  ClassChild,
  ClassPupil,
  OwnClassDetails,
  WithTeaching,
} from '../../../core/school/teaching/contract.ts';
import { backOn } from '../../components/back-on.ts';
import { childPath, tabPath } from '../../components/class-paths.ts';
import { formOf } from '../../components/form.ts';
import { coverClass, faceOf, icon, token, commas } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay, longDate, nearDaysBack } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { begin, type WritePart } from '../writing/write.ts';
import { familyForm } from './class-families.ts';
import { photoForm } from './class-photos.ts';

/** The day until which a child rests, where it is none of the near ones. */
export const REST_FORM = formOf({ day: { as: { type: 'date' } } });

/** How far ahead the date field lets one choose; core refuses what is further. */
const AHEAD_DAYS = 100;

/** One child whose card is open, with what was typed wrongly in it. */
interface OpenChild {
  readonly pupil: ClassPupil;
  readonly child: ClassChild;
  readonly wrong: Why | null;
}

/** The card of one child: to write, to the family, a new code, rest; and how they are called. */
export function childCard(visit: Visit, details: OwnClassDetails, open: OpenChild): Html {
  const { pupil, child } = open;
  const words = visit.texts.teaching.child;
  const path = childPath(details.id, pupil.account);
  const family = html`
    <a class="btn" href="${path}/family">${icon(visit, 'people')}${words.family}</a>
  `;
  return html`
    <aside class="sheet child-card ${coverClass(details.cover)}" aria-labelledby="ch">
      <div class="id">
        ${faceOf(visit, pupil.face)}
        <div>
          <h2 id="ch">${pupil.face.name}</h2>
          <p class="soft">${details.name}</p>
        </div>
        <a
          class="btn quiet only"
          href="${tabPath(details.id, 'class')}"
          aria-label="${words.close}"
        >
          ${icon(visit, 'close')}
        </a>
      </div>
      <div class="card-acts">
        <a class="btn main" href="${path}/write">
          ${icon(visit, 'write')}${words.write(pupil.givenName)}
        </a>
        ${child.family.length === 0 ? NOTHING : family} ${codeForm(visit, details, open)}
      </div>
      ${facts(visit, open)} ${familyForm(visit, details, open)} ${photoForm(visit, details, open)}
      ${readsForm(visit, details, open)} ${rest(visit, details, open)}
    </aside>
  `;
}

function codeForm(visit: Visit, { id }: OwnClassDetails, { pupil, child }: OpenChild): Html {
  return html`
    <form method="post" action="/codes/${id}/${pupil.account}">
      ${token(visit)}
      <input type="hidden" name="kind" value="${child.code?.kind ?? child.advised}" />
      <input type="hidden" name="back" value="class" />
      <button class="btn full">${icon(visit, 'lock')}${visit.texts.teaching.child.code}</button>
    </form>
  `;
}

/** What their classmates see of them, what waits, who is at home, how they come in. */
function facts(visit: Visit, { pupil, child }: OpenChild): Html {
  const { texts } = visit;
  const words = texts.teaching.child;
  const { animal } = animalOf(pupil.face.face);
  const line = (term: string, said: Html | string) => html`
    <dt>${term}</dt>
    <dd>${said}</dd>
  `;
  const held = html`
    <a href="/held">${texts.teaching.marks.waits(pupil.heldLetters)}</a>
  `;
  return html`
    <dl>
      ${line(words.called, commas(child.calledByClassmates, texts.codes.animals[animal] ?? ''))}
      ${pupil.heldLetters === 0 ? NOTHING : line(words.held, held)}
      ${line(
        words.home,
        child.family.length === 0
          ? words.nobodyHome
          : texts.list(child.family.map(({ name }) => name)),
      )}
      ${line(words.comesIn, comesIn(visit, pupil, child))}
      ${line(
        words.address,
        html`
          <span class="small">${child.address}</span>
        `,
      )}
    </dl>
  `;
}

/** How a child comes in, and since when: never what they read or when they last came. */
function comesIn({ texts, clock }: Visit, pupil: ClassPupil, { code }: ClassChild): string {
  const words = texts.codes.page;
  if (!pupil.hasComeIn) return texts.teaching.child.never;
  if (code === null) return texts.teaching.child.hasComeIn;
  return commas(words.kindShort[code.kind], words.madeAt(longDate(clock, code.madeAt)));
}

/** Pages of large pictures, or those of the older ones: the one that holds is pressed. */
function readsForm(visit: Visit, { id }: OwnClassDetails, { pupil, child }: OpenChild): Html {
  const words = visit.texts.teaching.reads;
  const choice = (reads: ClassChild['reads']) => html`
    <button
      name="reads"
      value="${reads}"
      aria-pressed="${child.reads === reads ? 'true' : 'false'}"
    >
      ${words[reads]}
    </button>
  `;
  return html`
    <form class="reads" method="post" action="/classes/${id}/child/${pupil.account}/reads">
      ${token(visit)}
      <p class="lab" id="rds">${icon(visit, 'picture')}${' '}${words.title}</p>
      <div class="seg" role="group" aria-labelledby="rds">
        ${choice('pictures')} ${choice('words')}
      </div>
    </form>
  `;
}

/** Rest until a near day at one press, or any other; and its end. */
function rest(visit: Visit, details: OwnClassDetails, { pupil, wrong }: OpenChild): Html {
  const { texts } = visit;
  const words = texts.teaching.rest;
  const act = `/classes/${details.id}/rest/${pupil.account}`;
  const until = pupil.restsUntil;
  return html`
    <div class="resting">
      ${
        until === null
          ? html`
              <p class="lab">${icon(visit, 'moon')}${' '}${words.untilTitle}</p>
            `
          : html`
              <form class="row" method="post" action="${act}/end">
                ${token(visit)}
                <p class="grow lab">
                  ${icon(visit, 'moon')}${' '}${words.badge(backOn(visit, until))}
                </p>
                <button class="btn">${icon(visit, 'sun')}${words.end}</button>
              </form>
            `
      }
      ${wrongWord(visit, wrong)} ${days(visit, details, { act, pupil, isWrong: wrong !== null })}
      <p class="small soft">${words.means(pupil.givenName)}</p>
    </div>
  `;
}

function wrongWord(visit: Visit, wrong: Why | null): Html {
  return wrong === null
    ? NOTHING
    : html`
        <p class="err" id="rw" role="alert">
          ${icon(visit, 'warning')}${visit.texts.teaching.why[wrong]}
        </p>
      `;
}

/** Enter in the field of a day presses the first button: this one, which takes that day. */
const BY_ENTER = html`
  <button class="vh" name="back" value="" tabindex="-1" aria-hidden="true"></button>
`;

interface RestDays {
  readonly act: string;
  readonly pupil: ClassPupil;
  readonly isWrong: boolean;
}

function days(visit: Visit, { today }: OwnClassDetails, { act, pupil, isWrong }: RestDays): Html {
  const { texts, viewer } = visit;
  const words = texts.teaching.rest;
  const tomorrow = dayAfter(today, 1);
  const { typed } = REST_FORM.blank();
  const otherDay = REST_FORM.shown(visit, { typed, wrongBy: { day: isWrong ? 'rw' : null } });
  const button = (day: string) => html`
    <button name="back" value="${day}">
      ${day === tomorrow ? words.tomorrow : words.at(calendarDay(viewer.language, day))}
    </button>
  `;
  return html`
    <form method="post" action="${act}" aria-label="${words.question(pupil.givenName)}" novalidate>
      ${token(visit)} ${BY_ENTER}
      <div class="seg">${nearDaysBack(today).map(button)}</div>
      <details ${attributes({ open: isWrong })}>
        <summary>${words.other}</summary>
        <p class="other-day">
          <label class="vh" for="rd">${words.other}</label>
          ${otherDay.bare('day', {
            id: 'rd',
            as: { min: tomorrow, max: dayAfter(today, AHEAD_DAYS) },
          })}
          <button class="btn" name="back" value="">${words.choose}</button>
        </p>
      </details>
    </form>
  `;
}

/** GET /classes/:class/child/:child/write and …/family: a letter to one child or their family. */
export async function childMail(
  visit: Visit<WritePart & WithTeaching<'classChild'>>,
  whose: { readonly class: ClassId; readonly child: AccountId },
  whom: 'child' | 'family',
): Promise<Answer> {
  const child = await visit.core.teaching.classChild(visit.viewer, whose);
  if (child === null) return MISSING;
  const to = whom === 'child' ? [child.address] : child.family.map(({ address }) => address);
  if (to.length === 0) return MISSING;
  return begin(visit, { to });
}
