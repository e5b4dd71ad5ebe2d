import { isKeyOf } from '../../../core/ground/keys.ts';
import type {
  OpenReport,
  ReportAct,
  ReportRef,
  WithReports,
} from '../../../core/mail/reports/contract.ts';
import { fileAs, type FileUse } from '../../components/file-answer.ts';
import { framedMail } from '../../components/framed-mail.ts';
import { paragraphs } from '../../components/linked.ts';
import { surroundingsOf, framed, type FramePart, mayHelp } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import {
  backLink,
  calledOf,
  faceOf,
  icon,
  isPicture,
  isSound,
  namesOf,
  player,
} from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay, fileSize, longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { formPage, MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { ACT_FORM, actForms, blankActs, type FilledActs } from './report-forms.ts';
import { stateOf } from './report-parts.ts';
import { classLabel, reportSaid } from './reports.ts';

/** From so many characters on a formatted text has a tall frame. */
const SHORT = 1_000;

/** GET /reports/:school/:report: the letter, who it is about, and what can be done. */
export async function report(
  visit: Visit<FramePart & WithReports<'open'>>,
  ref: ReportRef,
  { said, filled }: ActsSoFar,
): Promise<Answer> {
  if (!mayHelp(visit)) return MISSING;
  const { core, viewer } = visit;
  const open = await core.reports.open(viewer, ref);
  if (open === null) return MISSING;
  const shown = { open, said, filled: filled ?? blankActs(visit) };
  const view = reportView(visit, await surroundingsOf(visit), shown);
  return formPage(view, { refused: filled?.wrong !== undefined });
}

/** What became of the act before, and what is filled in for the next one; null: nothing yet. */
interface ActsSoFar {
  readonly said: unknown;
  readonly filled: FilledActs | null;
}

interface ShownReport {
  readonly open: OpenReport;
  readonly said: unknown;
  readonly filled: FilledActs;
}

function reportView(
  visit: Visit,
  surroundings: PageSurroundings,
  { open, said, filled }: ShownReport,
): Html {
  const { texts, clock } = visit;
  const words = texts.reports;
  const title = words.one.title(calledOf(open.child));
  const closed = open.closedAt === null ? null : words.state.closed(longDate(clock, open.closedAt));
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        ${backLink(visit, '/reports', words.one.back)}
        <div class="split">
          <div>
            <h1>${title}</h1>
            <p class="soft small">${classLabel(open)}${words.when(longDate(clock, open.at))}</p>
          </div>
          ${stateOf(visit, open, closed)}
        </div>
        ${saysAtField(open, filled) ? NOTHING : reportSaid(visit, said)}
        <div class="case">
          <div class="stack wide">${letterSheet(visit, open)} ${stepsSheet(visit, open)}</div>
          <div class="stack wide">${actForms(visit, open, filled)} ${dutySheet(visit, open)}</div>
        </div>
      </div>
    </main>
  `;
  return framed(visit, surroundings, {
    title,
    section: 'held',
    shelf: null,
    main,
    styles: ['letter.css', 'reports.css'],
  });
}

/** Whether the field is there at which it is said what is wrong: it isn’t where the child rests. */
const saysAtField = ({ may, restsUntil }: OpenReport, { wrong }: FilledActs): boolean =>
  wrong?.back !== undefined && restsUntil === null && may.rest !== null;

const pathOf = ({ school, id }: ReportRef): string => `/reports/${school}/${id}`;

/** Safe to look at: nothing from afar, no link that opens, files that clamd has seen. */
function letterSheet(visit: Visit, open: OpenReport): Html {
  const { texts, clock } = visit;
  const words = texts.reports.one;
  const { evidence } = open;
  const subject = evidence.subject.trim() === '' ? words.noSubject : evidence.subject;
  return html`
    <article class="sheet margin" aria-labelledby="letter">
      <header class="in rim">
        ${faceOf(visit, open.writer)}
        <h2 class="h3" id="letter">${subject}</h2>
        <p class="soft small">
          ${words.wrote(calledOf(open.writer))}${' '}
          ${evidence.to.length === 0 ? NOTHING : words.to(namesOf(visit, evidence.to))},${' '}
          ${longDate(clock, evidence.at)}
        </p>
      </header>
      ${
        evidence.isAdded
          ? html`
              <p class="in tone wait small">${icon(visit, 'warning')}${' '}${words.added}</p>
            `
          : NOTHING
      }
      <div class="in letter read">${textOf(visit, open)} ${picturesOf(visit, open)}</div>
      ${filesOf(visit, open)}
    </article>
  `;
}

function textOf(visit: Visit, open: OpenReport): Html | Html[] {
  const { text, formattedCharacters } = open.evidence;
  if (formattedCharacters === null) return paragraphs(text ?? '', { links: false });
  return html`
    <div class="dressed">
      <iframe
        class="mail-html${formattedCharacters < SHORT ? ' short' : ''}"
        src="${pathOf(open)}/body"
        sandbox=""
        title="${visit.texts.message.formatted}"
        referrerpolicy="no-referrer"
      ></iframe>
    </div>
  `;
}

function picturesOf(visit: Visit, open: OpenReport): Html[] {
  return open.evidence.attachments.filter(isPicture).map(
    (file) => html`
      <figure class="stack tight" role="figure" aria-label="${file.name}">
        <img
          class="art"
          src="${pathOf(open)}/picture/${file.path}"
          alt="${visit.texts.message.picture(file.name)}"
          loading="lazy"
        />
        <figcaption class="soft small">${file.name}</figcaption>
      </figure>
    `,
  );
}

function filesOf(visit: Visit, open: OpenReport): Html {
  const { texts, viewer } = visit;
  const words = texts.reports.one;
  const sounds = open.evidence.attachments.filter(isSound);
  const files = open.evidence.attachments.filter((file) => !isPicture(file) && !isSound(file));
  return html`
    <footer class="in foot-in stack tight">
      ${sounds.map((file) => player(visit, file, pathOf(open)))}
      ${files.map(
        (file) => html`
          <p class="file">
            ${icon(visit, 'file')}
            <a href="${pathOf(open)}/file/${file.path}" download>
              ${file.name}${' '}
              <span class="small soft">
                ${fileSize(viewer.language, file.sizeBytes)}, ${texts.message.scanned}
              </span>
            </a>
          </p>
        `,
      )}
      <p>
        <a class="btn" href="${pathOf(open)}/original" download>
          ${icon(visit, 'download')}${words.original}
        </a>
      </p>
      <p class="soft small">${words.originalHint}</p>
    </footer>
  `;
}

function stepsSheet(visit: Visit, { steps, word }: OpenReport): Html {
  const { texts, viewer, clock } = visit;
  const words = texts.reports;
  const lines = steps.map(({ kind, at, by, until }) => {
    const day = until === null ? '' : ` (${calendarDay(viewer.language, until)})`;
    return html`
      <li>
        <b>${by ?? words.one.service}</b>
        ${' '}${words.step[kind]}${day}${' '}
        <span class="soft small">${longDate(clock, at)}</span>
      </li>
    `;
  });
  return html`
    <section class="sheet pad stack tight" aria-labelledby="steps">
      <h2 class="h3" id="steps">${words.one.steps}</h2>
      ${
        lines.length === 0
          ? html`
              <p class="soft">${words.one.noSteps}</p>
            `
          : html`
              <ol class="plain stack tight">
                ${lines}
              </ol>
            `
      }
      ${
        word === null || word === ''
          ? NOTHING
          : html`
              <p class="soft small">${words.one.wordSaid}</p>
              <blockquote class="read body-text">${word}</blockquote>
            `
      }
    </section>
  `;
}

/** What the law asks of who reads this. */
function dutySheet(visit: Visit, open: OpenReport): Html {
  const words = visit.texts.reports.one;
  if (open.closedAt !== null) return NOTHING;
  return html`
    <section class="sheet pad stack tight duty" aria-labelledby="duty">
      <h2 class="h3" id="duty">${icon(visit, 'phone')}${' '}${words.duty}</h2>
      <p><b>${words.duty119}</b></p>
      <p class="small">${words.duty40}</p>
      <p class="small">${words.dutyHead}</p>
      <p class="small">${words.duty3018}</p>
    </section>
  `;
}

/** GET /reports/:school/:report/body: the inside of the frame. */
export async function reportBody(
  visit: Visit<WithReports<'formatted'>>,
  ref: ReportRef,
): Promise<Answer> {
  const found = await visit.core.reports.formatted(visit.viewer, ref);
  return found === null ? MISSING : framedMail(visit, found, 'left-out');
}

/** GET …/file/:part, …/picture/:part and …/sound/:part. */
export async function reportFile(
  visit: Visit<WithReports<'file'>>,
  ref: ReportRef,
  { part, as }: { readonly part: string; readonly as: FileUse },
): Promise<Answer> {
  const found = await visit.core.reports.file(visit.viewer, ref, part);
  return found === null ? MISSING : fileAs(found, as);
}

/** GET …/original: the letter byte for byte. */
export async function reportOriginal(
  visit: Visit<WithReports<'original'>>,
  ref: ReportRef,
): Promise<Answer> {
  const bytes = await visit.core.reports.original(visit.viewer, ref);
  if (bytes === null) return MISSING;
  const name = `${visit.texts.message.originalName}-${ref.id}.eml`;
  return { kind: 'download', file: { name, mediaType: 'message/rfc822', bytes } };
}

/**
 * POST /reports/:school/:report: one of the acts of its page. Where a word for the child is typed
 * and isn't sent by it, it stands there still.
 */
export async function actOnReport(
  visit: Visit<FramePart & WithReports<'act' | 'open'>>,
  ref: ReportRef,
  form: Form,
): Promise<Answer> {
  const typed = ACT_FORM.typedIn(form);
  const act = actOf(field(form, 'do'), typed);
  if (act === null)
    return (await visit.core.reports.open(visit.viewer, ref)) === null
      ? MISSING
      : { kind: 'wrong' };
  const done = await visit.core.reports.act(visit.viewer, ref, act);
  if (done.kind === 'missing') return MISSING;
  if (done.kind === 'refused') {
    const { said } = visit.texts.reports;
    const wrong = { back: said[isKeyOf(said, done.why) ? done.why : 'not-a-day'] };
    return report(visit, ref, { said: done.why, filled: { typed, wrong } });
  }
  if (typed.word === '' || (act.kind === 'closed' && done.kind === 'done'))
    return { kind: 'go', to: `${pathOf(ref)}?said=${done.kind}` };
  return report(visit, ref, { said: done.kind, filled: { typed } });
}

function actOf(kind: string, { back, word, letter }: FilledActs['typed']): ReportAct | null {
  switch (kind) {
    case 'taken':
    case 'talked':
    case 'family':
    case 'apart':
    case 'together':
      return { kind };
    case 'rest':
      return { kind, back };
    case 'closed':
      return { kind, word, letter: letter === 'given-back' ? 'given-back' : 'kept' };
    default:
      return null;
  }
}
