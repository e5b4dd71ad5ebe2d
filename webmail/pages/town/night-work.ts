import type { NightCounts } from '../../../core/ground/night-job.ts';
import type { NightWork, WithNights } from '../../../core/town/nights/contract.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { backLink, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { fileSize, longDate } from '../../frame/when.ts';
import { html, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';

/** GET /agents/nights: the heavy work, when it was last done and comes next. */
export async function nightWork(visit: Visit<FramePart & WithNights<'work'>>): Promise<Answer> {
  const work = await visit.core.nights.work(visit.viewer);
  if (work === null) return MISSING;
  const words = visit.texts.nights;
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        ${backLink(visit, '/home', visit.texts.home.title)} ${verdictSheet(visit, work)}
        ${listSheet(visit, work)}
        <section class="sheet pad">
          <h2>${words.how}</h2>
          <p>${words.howAbout}</p>
        </section>
      </div>
    </main>
  `;
  const body = framed(visit, await surroundingsOf(visit), {
    title: words.title,
    section: 'home',
    shelf: null,
    styles: ['setup.css', 'home.css'],
    main,
  });
  return { kind: 'page', status: 200, body };
}

const VERDICT_TONES = {
  none: 'later',
  well: 'ok',
  running: 'ok',
  failed: 'wait',
  late: 'stop',
} as const;
const TONE_ICONS = { ok: 'check', wait: 'warning', stop: 'warning', later: 'more' } as const;

/** The worst that any of it says. */
function verdictSheet(visit: Visit, work: readonly NightWork[]): Html {
  const words = visit.texts.nights;
  const { kind, says } = verdictOf(visit, work);
  const tone = VERDICT_TONES[kind];
  return html`
    <section class="sheet" aria-labelledby="done">
      <div class="verdict ${tone}">
        <span class="lamp">${icon(visit, TONE_ICONS[tone])}</span>
        <div class="grow">
          <h1 id="done">${says}</h1>
          <p class="soft">${words.about[kind]}</p>
        </div>
      </div>
    </section>
  `;
}

function verdictOf(
  { texts }: Visit,
  work: readonly NightWork[],
): { readonly kind: keyof typeof VERDICT_TONES; readonly says: string } {
  const words = texts.nights.verdict;
  const late = work.filter(({ isLate }) => isLate).length;
  if (late > 0) return { kind: 'late', says: words.late(late) };
  const failed = work.filter(({ result }) => result === 'failed').length;
  if (failed > 0) return { kind: 'failed', says: words.failed(failed) };
  if (work.some(isRunning)) return { kind: 'running', says: words.running };
  if (work.every(({ doneAt }) => doneAt === null)) return { kind: 'none', says: words.none };
  return { kind: 'well', says: words.well };
}

const isRunning = ({ begunAt, endedAt }: NightWork): boolean =>
  begunAt !== null && endedAt === null;

function listSheet(visit: Visit, work: readonly NightWork[]): Html {
  const words = visit.texts.nights;
  return html`
    <section class="sheet pad duty" aria-labelledby="each">
      <h2 id="each">${words.list}</h2>
      <ul>
        ${work.map((one) => {
          const tone = toneOf(one);
          const { name, about } = words.jobs[one.name];
          return html`
            <li class="${tone}">
              ${icon(visit, TONE_ICONS[tone])}
              <span>
                <b>${name}</b>
                <span class="small soft">${about}</span>
                <span class="small num">${standing(visit, one).join(' ')}</span>
              </span>
            </li>
          `;
        })}
      </ul>
    </section>
  `;
}

function toneOf(work: NightWork): keyof typeof TONE_ICONS {
  if (work.isLate) return 'stop';
  if (work.result === 'failed') return 'wait';
  return work.result === 'done' ? 'ok' : 'later';
}

/** How it stands, what came of it, when it comes next: a sentence each. */
function standing(visit: Visit, work: NightWork): readonly string[] {
  const { texts, clock, now } = visit;
  const words = texts.nights;
  const { begunAt, endedAt, result, nextAt, doneAt, counts } = work;
  const soon = words.soon(work.quietFrom && longDate(clock, work.quietFrom));
  if (begunAt === null) return [words.never, soon];
  if (endedAt === null || result === null) return [words.running(longDate(clock, begunAt))];
  const next = nextAt === null || nextAt <= now ? soon : words.next(longDate(clock, nextAt));
  const seconds = Math.max(1, Math.round((endedAt.getTime() - begunAt.getTime()) / 1_000));
  switch (result) {
    case 'done':
      return [
        words.last(longDate(clock, doneAt ?? begunAt), words.took(seconds)),
        ...came(visit, counts),
        next,
      ];
    case 'failed':
      return [words.failed(longDate(clock, endedAt)), next];
    case 'stopped':
      return [words.stopped(longDate(clock, endedAt)), next];
  }
}

/** What came of it, where that can be counted. */
function came(visit: Visit, counts: NightCounts): readonly string[] {
  const words = visit.texts.nights.came;
  const { bytes, pupils, letters, taken = 0, silent = 0, entries, books, people } = counts;
  if (bytes !== undefined) return [words.bytes(fileSize(visit.viewer.language, bytes))];
  if (pupils !== undefined) return [words.pupils(pupils)];
  if (letters !== undefined)
    return [words.letters(letters, taken), ...(silent > 0 ? [words.silent(silent)] : [])];
  if (entries !== undefined) return [words.entries(entries)];
  if (books !== undefined) return [words.books(books)];
  return people === undefined ? [] : [words.people(people)];
}
