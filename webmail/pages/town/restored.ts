import { isDay } from '../../../core/roster/days.ts';
import type {
  LogSays,
  StandingList,
  WithStandingMail,
} from '../../../core/town/town/standing-mail/contract.ts';
import { fileField } from '../../components/file-field.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { type FramePart } from '../../frame/frame.ts';
import { icon, token } from '../../frame/parts.ts';
import { alertBanner } from '../../frame/said.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { UntrustedFields } from '../../http/route.ts';
import { droppedLetters, lettersKnown, stoppedWriters } from './restored-letters.ts';

/** What can be decided at once comes first. */
const KINDS: readonly LogSays['kind'][] = ['sent', 'unseen', 'refused', 'no-log'];
const SAID = ['released', 'dropped', 'droppedAndTold', 'undone'] as const;
const TROUBLES = ['missing', 'noLine'] as const;

/** What all of an age may mean, the careful choice first. */
const AGES = [
  { minutes: 10_080, name: 'week' },
  { minutes: 4_320, name: 'days' },
  { minutes: 1_440, name: 'day' },
  { minutes: 360, name: 'hours' },
  { minutes: 60, name: 'hour' },
  { minutes: 0, name: 'all' },
] as const;

/** GET /restored: mail to outside that stands still since a restore, for the town's agents. */
export async function restored(
  visit: Visit<FramePart & WithStandingMail>,
  query: UntrustedFields,
): Promise<Answer> {
  const list = await visit.core.standingMail.list(visit.viewer);
  if (list === null) return MISSING;
  const words = visit.texts.restored;
  const trouble = TROUBLES.find((one) => one === query['trouble']);
  const ofStopped = list.stopped.reduce((sum, { letters: some }) => sum + some, 0);
  const title = words.title(list.letters.length + ofStopped);
  const content = html`
    <div>
      <h1>${title}</h1>
      ${leadOf(visit, list)}
    </div>
    ${trouble === undefined ? NOTHING : alertBanner(visit, 'stop', words.log[trouble])}
    ${decidedBanner(visit, query)} ${stoppedWriters(visit, list.stopped)}
    ${list.letters.length + list.stopped.length === 0 ? nothing(visit, list) : NOTHING}
    ${list.letters.length === 0 ? NOTHING : letters(visit, list, query['show'])}
    ${droppedLetters(visit, list.dropped)}
  `;
  return narrowPage(visit, {
    title,
    section: 'restored',
    styles: ['restored.css'],
    content,
  });
}

function leadOf({ texts, clock }: Visit, { restored: last }: StandingList): Html {
  if (last === null) return NOTHING;
  const [at, asOf] = [longDate(clock, last.at), longDate(clock, last.asOf)];
  return html`
    <p class="soft lead">${texts.restored.lead(at, asOf)}</p>
  `;
}

function nothing(visit: Visit, { restored: last }: StandingList): Html {
  const words = visit.texts.restored;
  return nothingHere('shelves', last === null ? words.never : words.none);
}

function letters(visit: Visit, list: StandingList, show: unknown): Html {
  const byKind = Map.groupBy(list.letters, ({ log }) => log.kind);
  return html`
    ${logSheet(visit, list)}
    ${KINDS.map((says) =>
      lettersKnown(visit, byKind.get(says) ?? [], { says, whole: show === says }),
    )}
    ${ageForm(visit)}
    <p class="soft small">${visit.texts.restored.unread}</p>
  `;
}

/** How far what is known reaches, and a form to give more. */
function logSheet(visit: Visit, { logUntil, restored: last }: StandingList): Html {
  const { texts, clock, now } = visit;
  const words = texts.restored.log;
  const since = (last?.asOf ?? now).toISOString().slice(0, 16).replace('T', ' ');
  return html`
    <section class="sheet pad stack" aria-labelledby="log">
      <div>
        <h2 id="log" class="h3">${words.title}</h2>
        <p>${logUntil === null ? words.none : words.until(longDate(clock, logUntil))}</p>
      </div>
      <details class="unfold">
        <summary class="btn">${icon(visit, 'file')}${words.give}</summary>
        <form
          class="stack tight"
          method="post"
          action="/restored/log"
          enctype="multipart/form-data"
        >
          ${fileField(visit, {
            label: words.label,
            hint: `${words.hint} ${words.how(`${since} UTC`)}`,
            name: 'file',
            accept: '.txt,.log,.json,.jsonl,text/plain',
          })}
          <div class="row">
            ${token(visit)}
            <button class="btn">${icon(visit, 'eye')}${words.read}</button>
          </div>
        </form>
      </details>
    </section>
  `;
}

function ageForm(visit: Visit): Html {
  const words = visit.texts.restored;
  return html`
    <form class="sheet pad stack" method="post" action="/restored/release" aria-labelledby="by-age">
      <h2 id="by-age" class="h3">${words.age.title}</h2>
      <div class="row age">
        ${token(visit)}
        <label class="lab" for="age">${words.age.label}</label>
        <select id="age" name="age">
          ${AGES.map(
            ({ minutes, name }) => html`
              <option value="${minutes}">${words.age.choices[name]}</option>
            `,
          )}
        </select>
        <button class="btn">${icon(visit, 'send')}${words.release}</button>
        <button class="btn" formaction="/restored/drop">
          ${icon(visit, 'close')}${words.drop}
        </button>
      </div>
    </form>
  `;
}

/** What was just decided, and the way back from it; or what a log brought. */
function decidedBanner(visit: Visit, query: UntrustedFields): Html {
  const words = visit.texts.restored;
  if (query['said'] === 'log') return okBanner(visit, logWords(visit, query), NOTHING);
  const said = SAID.find((one) => one === query['said']);
  const count = numberIn(query['count']);
  if (said === undefined || count === null) return NOTHING;
  const at = dateIn(query['at']);
  const undo =
    at === null || count === 0
      ? NOTHING
      : html`
          <form method="post" action="/restored/undo">
            ${token(visit)}
            <input type="hidden" name="at" value="${at.toISOString()}" />
            <button class="btn">${icon(visit, 'undo')}${words.undo}</button>
          </form>
        `;
  return okBanner(visit, words.said[said](count), undo);
}

function logWords({ texts, clock }: Visit, query: UntrustedFields): string {
  const [from, until] = [dateIn(query['from']), dateIn(query['until'])];
  const day = (at: Date | null): string => (at === null ? '?' : longDate(clock, at));
  return texts.restored.log.seen(String(numberIn(query['count']) ?? 0), day(from), day(until));
}

function okBanner(visit: Visit, words: string, act: Html): Html {
  return html`
    <div class="banner ok" role="status">
      ${icon(visit, 'check')}
      <span class="grow">${words}</span>
      ${act}
    </div>
  `;
}

function numberIn(text: unknown): number | null {
  return typeof text === 'string' && /^\d{1,6}$/.test(text) ? Number(text) : null;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** A moment as a page of ours wrote it; null for any other spelling. */
export function dateIn(text: unknown): Date | null {
  if (typeof text !== 'string' || !MOMENT.test(text) || !isDay(text.slice(0, 10))) return null;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? null : at;
}
