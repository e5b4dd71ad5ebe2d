import type { OwnReport, WithReports } from '../../../core/mail/reports/contract.ts';
import type { Face } from '../../../core/rules/viewer.ts';
import { surroundingsOf, framedSheet, type FramePart } from '../../frame/frame.ts';
import { pathOf } from '../../frame/mailboxes.ts';
import { calledOf, faceOf, icon, namesOf, token } from '../../frame/parts.ts';
import { banner } from '../../frame/said.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Toast } from '../../frame/toast.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';

/** For children and families: against bullying and violence online, every day. */
const NUMBER = '3018';

/** GET /helped: what a child has reported, who looks after it, and whom to talk to now. */
export async function helped(
  visit: Visit<FramePart & WithReports<'own'>>,
  said: unknown,
): Promise<Answer> {
  if (visit.audience !== 'child') return MISSING;
  const [surroundings, own] = await Promise.all([
    surroundingsOf(visit),
    visit.core.reports.own(visit.viewer),
  ]);
  const words = visit.texts.reports.child;
  const content = html`
    <h1 id="t">${own.length === 0 ? words.empty : words.thanks}</h1>
    ${said === 'late' ? banner(visit, 'wait', words.late) : NOTHING}
    ${own.length === 0 ? nothingHere('sunrise', visit.texts.reports.child.emptyHow) : own.map((one) => oneReport(visit, one))}
    ${own.length === 0 || own.some(({ done }) => done === null) ? talk(visit) : NOTHING}
  `;
  const toast = undoToast(visit, own);
  return page(
    framedSheet(visit, surroundings, { title: words.title, section: 'none', content, toast }),
  );
}

/** Step by step, in the order in which things happen; the last one says how it stands. */
function oneReport(visit: Visit, own: OwnReport): Html {
  const words = visit.texts.reports.child;
  const { clock } = visit;
  return html`
    <article class="sheet margin helped">
      <header class="in rim">
        ${faceOf(visit, own.takenBy ?? own.asked[0] ?? own.writer)}
        <h2 class="h3">${words.letterOf(calledOf(own.writer))}</h2>
        <p class="soft">${longDate(clock, own.at)}</p>
      </header>
      <ul class="in plain stack read">
        ${stepsOf(visit, own).map(
          ({ icon: name, said }) => html`
            <li>${icon(visit, name)}${' '}${said}</li>
          `,
        )}
      </ul>
      ${own.done === null ? callForm(visit, own) : doneForm(visit, own, own.done)}
    </article>
  `;
}

function stepsOf(visit: Visit, own: OwnReport): { readonly icon: string; readonly said: string }[] {
  const words = visit.texts.reports.child;
  const read = own.readBy.map((face) => ({ icon: 'eye', said: words.reads(calledOf(face)) }));
  const asked =
    read.length > 0 || own.done !== null || own.asked.length === 0
      ? []
      : [{ icon: 'people', said: words.asked(namesOf(visit, own.asked)) }];
  const taken =
    own.takenBy === null ? [] : [{ icon: 'person', said: words.takes(calledOf(own.takenBy)) }];
  const over = own.done === null ? [] : [{ icon: 'check', said: words.done(nameOf(own.done.by)) }];
  return [
    { icon: 'lock', said: words.gone },
    ...asked,
    ...read,
    ...(own.done === null ? taken : over),
  ];
}

const nameOf = (face: Face | null): string => (face === null ? '' : calledOf(face));

/** One press, and no question: who looks after it comes. */
function callForm(visit: Visit, { id, called }: OwnReport): Html {
  const words = visit.texts.reports.child;
  if (called)
    return html`
      <p class="in foot-in tone ok">${icon(visit, 'check')}${' '}${words.called}</p>
    `;
  return html`
    <form class="in foot-in" method="post" action="/helped/${id}/now">
      ${token(visit)}
      <button class="btn big">${icon(visit, 'help')}${words.now}</button>
    </form>
  `;
}

function doneForm(
  visit: Visit,
  { id }: OwnReport,
  { by, word }: NonNullable<OwnReport['done']>,
): Html {
  const words = visit.texts.reports.child;
  const said = html`
    <p><b>${words.says(nameOf(by))}</b></p>
    <blockquote class="read body-text">${word}</blockquote>
  `;
  return html`
    <div class="in foot-in stack">
      ${word === '' ? NOTHING : said}
      <form method="post" action="/helped/${id}/seen">
        ${token(visit)}
        <button class="btn main big">${icon(visit, 'check')}${words.seen}</button>
      </form>
    </div>
  `;
}

/** Somebody to talk to now, for who reads. */
function talk(visit: Visit): Html {
  const words = visit.texts.reports.child;
  return html`
    <section class="sheet pad stack tight" aria-labelledby="talk">
      <h2 class="h3" id="talk">${words.talk}</h2>
      <p>${words.talkWho}</p>
      <p>
        ${icon(visit, 'phone')}${' '}${words.number}${' '}
        <a href="tel:${NUMBER}">${NUMBER}</a>
        .${' '}${words.numberWhat}
      </p>
    </section>
  `;
}

/** What the child is shown of the time that the service waits. */
const SHOWN_SECONDS = 10;

/** Ten seconds for a tap by mistake; nobody has been told by then. Without script it stays. */
function undoToast(visit: Visit, own: readonly OwnReport[]): Toast | null {
  const fresh = own.find(({ undoSeconds }) => undoSeconds > 0);
  if (fresh === undefined) return null;
  const words = visit.texts.reports.child;
  const seconds = Math.min(SHOWN_SECONDS, fresh.undoSeconds);
  return {
    kind: 'reported',
    report: fresh.id,
    words: words.undo(seconds),
    gone: words.sent,
    seconds,
  };
}

/** POST /helped/:report/undo: the letter comes back, and is opened. */
export async function takeBack(
  visit: Visit<FramePart & WithReports<'takeBack'>>,
  id: number,
): Promise<Answer> {
  const done = await visit.core.reports.takeBack(visit.viewer, id);
  if (done.kind === 'missing') return MISSING;
  if (done.kind === 'too-late') return { kind: 'go', to: '/helped?said=late' };
  const mailboxes = await visit.core.mail.mailboxes(visit.viewer);
  const to = `${pathOf(mailboxes, done.mailbox)}/${done.uid}?said=taken-back`;
  return { kind: 'go', to };
}

/** POST /helped/:report/now: a child who can't wait. */
export async function callNow(visit: Visit<WithReports<'callNow'>>, id: number): Promise<Answer> {
  const heard = await visit.core.reports.callNow(visit.viewer, id);
  return heard ? { kind: 'go', to: '/helped' } : MISSING;
}

/** POST /helped/:report/seen: the end has been read. */
export async function putAway(visit: Visit<WithReports<'putAway'>>, id: number): Promise<Answer> {
  const done = await visit.core.reports.putAway(visit.viewer, id);
  return done ? { kind: 'go', to: '/mail/inbox' } : MISSING;
}
