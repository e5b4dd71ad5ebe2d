import type { AccountId, ClassId } from '../../../core/ground/ids.ts';
import type {
  ClassChild,
  ClassPupil,
  OwnClassDetails,
  WithTeaching,
} from '../../../core/school/teaching/contract.ts';
import { childPath, tabPath } from '../../components/class-paths.ts';
import { tick } from '../../components/field.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, fieldsOf, type Form } from '../../http/forms.ts';
import { accountIdOf } from '../../ids.ts';
import { drawFamilyPapers } from '../../sheets/draw-sheet.ts';
import { sheetFileName } from '../../sheets/file-name.ts';
import type { SettingLine } from './setting-line.ts';

/** Who has accepted the charter and whose family has said yes; and the papers that came back. */
export function familiesLine(visit: Visit, details: OwnClassDetails): readonly SettingLine[] {
  const { asks, children } = details;
  if ((!asks.charter && !asks.families) || children.length === 0) return [];
  const words = visit.texts.charter.desk;
  const line: SettingLine = {
    id: 'families',
    drawing: 'people',
    title: words.title,
    now: nowOf(visit, details),
    inside: html`
      ${asks.charter ? charterLine(visit, children) : NOTHING}
      ${asks.families ? families(visit, details) : NOTHING}
      <div class="row">
        <a class="btn quiet" href="/charter">${icon(visit, 'eye')}${visit.texts.charter.read}</a>
      </div>
    `,
  };
  return [line];
}

/** How many have said yes, and who is missing where that is few. */
function nowOf({ texts }: Visit, { asks, children }: OwnClassDetails): string {
  const words = texts.charter.desk.now;
  const missing = children.filter((one) =>
    asks.families ? one.family !== 'yes' : one.due.includes('charter'),
  );
  const yes = children.length - missing.length;
  const counted = asks.families ? words.families : words.charter;
  return missing.length > 0 && missing.length <= FEW
    ? words.missing(counted(yes, children.length), texts.list(namesOf(missing)))
    : counted(yes, children.length);
}

/** So many are named on one line. */
const FEW = 3;

function charterLine({ texts }: Visit, children: readonly ClassPupil[]): Html {
  const words = texts.charter.desk;
  const missing = children.filter(({ due }) => due.includes('charter'));
  if (missing.length === 0)
    return html`
      <p>${words.charterAll}</p>
    `;
  return html`
    <p>
      ${words.charter(children.length - missing.length, children.length)}${' '}
      ${words.missing(texts.list(namesOf(missing)))}
    </p>
  `;
}

function families(visit: Visit, { id, children }: OwnClassDetails): Html {
  const { texts } = visit;
  const words = texts.charter.desk;
  const yes = children.filter(({ family }) => family === 'yes').length;
  const refused = children.filter(({ family }) => family === 'no');
  const open = children.filter(({ family }) => family === 'nothing');
  const said = yes === children.length ? words.familiesAll : words.families(yes, children.length);
  return html`
    <p>${said} ${refused.length === 0 ? NOTHING : words.refused(texts.list(namesOf(refused)))}</p>
    ${open.length === 0 ? NOTHING : paperForm(visit, id, open)}
    <div class="row">
      <a class="btn" href="/classes/${id}/paper.pdf">${icon(visit, 'print')}${words.paper}</a>
    </div>
  `;
}

const namesOf = (children: readonly ClassPupil[]): string[] =>
  children.map(({ face }) => face.name);

/** The papers that came back, ticked one by one, or the whole class at one press. */
function paperForm(visit: Visit, id: ClassId, open: readonly ClassPupil[]): Html {
  const words = visit.texts.charter.desk;
  return html`
    <form class="stack tight" method="post" action="/classes/${id}/paper">
      ${token(visit)}
      <fieldset>
        <legend class="lab">${words.whose}</legend>
        <div class="ticks">
          ${open.map(({ account, face }) =>
            tick({ type: 'checkbox', name: 'child', value: account, words: face.name }),
          )}
        </div>
      </fieldset>
      <div class="row">
        <button class="btn main" name="whose" value="ticked">
          ${icon(visit, 'check')}${words.note}
        </button>
        <button class="btn" name="whose" value="all">${words.noteAll}</button>
      </div>
    </form>
  `;
}

/** On the card of one child: what was said, by whom and when; the paper's yes, and back. */
export function familyForm(
  visit: Visit,
  { id, asks }: OwnClassDetails,
  { pupil, child }: { readonly pupil: ClassPupil; readonly child: ClassChild },
): Html {
  if (!asks.charter && !asks.families) return NOTHING;
  const words = visit.texts.charter.child;
  const said = [
    ...(asks.charter ? [charterSaid(visit, child.charterAt)] : []),
    ...(asks.families ? familySaid(visit, child) : []),
  ];
  const paper = html`
    <form method="post" action="/classes/${id}/child/${pupil.account}/paper">
      ${token(visit)}
      <button class="btn full" name="says" value="${child.paperAt === null ? 'yes' : 'back'}">
        ${icon(visit, child.paperAt === null ? 'check' : 'undo')}${
          child.paperAt === null ? words.note : words.takeBack
        }
      </button>
    </form>
  `;
  return html`
    <div class="reads">
      <p class="lab">${icon(visit, 'people')}${' '}${words.title}</p>
      ${said.map(
        (line) => html`
          <p class="small">${line}</p>
        `,
      )}
      ${asks.families ? paper : NOTHING}
    </div>
  `;
}

function charterSaid({ texts, clock }: Visit, at: Date | null): string {
  const words = texts.charter.child;
  return at === null ? words.noCharter : words.charter(wholeDay(clock, at));
}

function familySaid({ texts, clock }: Visit, child: ClassChild): string[] {
  const words = texts.charter.child;
  const on = (at: Date): string => wholeDay(clock, at);
  const said = [
    ...(child.paperAt === null ? [] : [words.paper(on(child.paperAt))]),
    ...child.answers.map(({ name, agrees, at }) => words[agrees ? 'yes' : 'no'](name, on(at))),
  ];
  return said.length === 0 ? [words.nothing] : said;
}

/** POST /classes/:class/paper: the yes of the families whose papers came back. */
export async function notePapers(
  visit: Visit<WithTeaching>,
  id: ClassId,
  form: Form,
): Promise<Answer> {
  const named = fieldsOf(form, 'child').map(accountIdOf);
  const children = field(form, 'whose') === 'all' ? 'all' : named.filter((one) => one !== null);
  const ruling = await visit.core.teaching.notePaper(visit.viewer, {
    class: id,
    children,
    agrees: true,
  });
  return ruling.kind === 'done'
    ? { kind: 'go', to: `${tabPath(id, 'settings')}?said=paperNoted` }
    : MISSING;
}

interface PaperNote {
  readonly class: ClassId;
  readonly child: AccountId;
  readonly form: Form;
}

/** POST /classes/:class/child/:child/paper: one family's yes, or that it holds no longer. */
export async function notePaper(
  visit: Visit<WithTeaching>,
  { class: id, child, form }: PaperNote,
): Promise<Answer> {
  const agrees = field(form, 'says') === 'yes';
  const ruling = await visit.core.teaching.notePaper(visit.viewer, {
    class: id,
    children: [child],
    agrees,
  });
  const said = agrees ? 'paperNoted' : 'paperBack';
  return ruling.kind === 'done'
    ? { kind: 'go', to: `${childPath(id, child)}?said=${said}` }
    : MISSING;
}

/** GET /classes/:class/paper.pdf: a page for each family that hasn't answered, or for all. */
export async function familyPapers(visit: Visit<WithTeaching>, id: ClassId): Promise<Answer> {
  const details = await visit.core.teaching.classDetails(visit.viewer, id);
  if (details === null || details.children.length === 0) return MISSING;
  const words = visit.texts.charter.paper;
  const open = details.children.filter(({ family }) => family !== 'yes');
  const bytes = await drawFamilyPapers({
    language: visit.viewer.language,
    about: namesOf(open.length === 0 ? details.children : open).map((name) =>
      words.about(name, details.name, details.schoolName),
    ),
  });
  const name = `${sheetFileName(words.fileName(details.name))}.pdf`;
  return { kind: 'download', file: { name, mediaType: 'application/pdf', bytes } };
}
