import type { CodeClass, CodePupil, WithCodes } from '../../../core/entry/accounts/contract.ts';
import type { Card, CodeKind, CodeSheet } from '../../../core/entry/codes/contract.ts';
import type { WithConfig } from '../../../core/ground/config.ts';
import type { AccountId, ClassId } from '../../../core/ground/ids.ts';
import { childPath } from '../../components/class-paths.ts';
import { drawn, untilOf } from '../../components/code-sheet.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { coverClass, faceOf, icon, label, token, commas } from '../../frame/parts.ts';
import { doneBanner, alertBanner } from '../../frame/said.ts';
import { nothingHere } from '../../frame/scenes.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { sheetArchive } from '../../sheets/archive.ts';
import { sheetCsv } from '../../sheets/csv.ts';
import { sheetFileName } from '../../sheets/file-name.ts';
import { groupName } from '../../sheets/group-name.ts';

/** GET /codes: the classes whose codes this adult may make. */
export async function codes(visit: Visit<FramePart & WithCodes>): Promise<Answer> {
  const classes = await visit.core.codes.classes(visit.viewer);
  if (classes.length === 0 && visit.viewer.role !== 'teacher' && !visit.viewer.heads)
    return MISSING;
  // A page with one book would be one touch more.
  const [only] = classes;
  if (only !== undefined && classes.length === 1) return { kind: 'go', to: `/codes/${only.id}` };
  const { texts } = visit;
  const surroundings = await surroundingsOf(visit);
  const books = classes.map(
    (one) => html`
      <li>
        <a class="cahier ${coverClass(one.cover)}" href="/codes/${one.id}">
          <span class="label">
            ${one.name}
            <small>${one.schoolName}</small>
          </span>
          <span class="look-out says">
            <small>${texts.codes.page.pupils(one.pupils)}. ${lastSheet(visit, one)}</small>
          </span>
        </a>
      </li>
    `,
  );
  const content =
    books.length === 0
      ? nothingHere('notebook', texts.codes.page.empty)
      : html`
          <ul class="books">
            ${books}
          </ul>
        `;
  return page(
    codesFrame(visit, surroundings, {
      title: texts.codes.page.title,
      content: html`
        <div>
          <h1>${texts.codes.page.title}</h1>
          <p class="soft">${texts.codes.page.lead}</p>
        </div>
        ${content}
      `,
    }),
  );
}

/** GET /codes/:class: print, open on this computer, one new code for one child. */
export async function classCodes(
  visit: Visit<FramePart & WithCodes>,
  id: ClassId,
  said: unknown,
): Promise<Answer> {
  const own = (await visit.core.codes.classes(visit.viewer)).find((one) => one.id === id);
  const pupils = own && (await visit.core.codes.pupils(visit.viewer, id));
  if (!own || !pupils) return MISSING;
  const words = visit.texts.codes.page;
  const title = `${words.classTitle} ${own.name}`;
  const content = html`
    <div class="split">
      <h1 class="row">
        <span>${words.classTitle}</span>
        ${' '}${label(own.name, own.cover)}
      </h1>
      <p class="soft small">${lastSheet(visit, own)}</p>
    </div>
    ${said === 'shut' ? doneBanner(visit, words.shut) : NOTHING} ${computers(visit, own)}
    ${said === 'replace' ? alertBanner(visit, 'wait', words.replaceFirst) : NOTHING}
    ${printForm(visit, own)}
    <section class="sheet pad stack" aria-labelledby="ls">
      <h2 id="ls">${words.list}</h2>
      ${pupilRows(visit, own, pupils)}
    </section>
  `;
  return page(codesFrame(visit, await surroundingsOf(visit), { title, content }));
}

/** On how many computers the class signs in by pictures; one more, or no more. */
function computers(visit: Visit, { id, browsers }: CodeClass): Html {
  const words = visit.texts.codes.page;
  const closeForm = html`
    <form method="post" action="/codes/${id}/close">
      ${token(visit)}
      <button class="btn no">${icon(visit, 'lock')}${words.close}</button>
    </form>
  `;
  return html`
    <section class="sheet pad stack" aria-labelledby="pc">
      <h2 id="pc">${words.computers}</h2>
      <p>
        ${words.browsers(browsers)}${' '}
        <span class="soft">${words.openHint}</span>
      </p>
      <div class="row">
        <form method="post" action="/codes/${id}/open">
          ${token(visit)}
          <button class="btn">${icon(visit, 'gate')}${words.open}</button>
        </form>
        ${browsers === 0 ? NOTHING : closeForm}
      </div>
    </section>
  `;
}

function lastSheet(visit: Visit, own: CodeClass): string {
  const words = visit.texts.codes.page;
  const { lastSheet: sheet } = own;
  return sheet === null
    ? words.never
    : words.last(longDate(atSchool(visit, own).clock, sheet.at), sheet.by);
}

function printForm(visit: Visit, own: CodeClass): Html {
  const words = visit.texts.codes.page;
  const choice = (kind: CodeKind, word: string, hint: string) => html`
    <label class="row choice">
      <input
        type="radio"
        name="kind"
        value="${kind}"
        ${attributes({ checked: own.advised === kind })}
      />
      <span>
        ${word}${' '}
        <span class="soft small">${hint}${own.advised === kind ? `, ${words.advised}` : ''}</span>
      </span>
    </label>
  `;
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/codes/${own.id}/print"
      aria-labelledby="pr"
    >
      <h2 id="pr">${words.print}</h2>
      <p>${words.printHint}</p>
      <fieldset>
        <legend class="lab">${words.kind}</legend>
        <div>
          ${choice('pictures', words.pictures, words.picturesHint)}
          ${choice('activation', words.activation, words.activationHint)}
        </div>
      </fieldset>
      <label class="row choice">
        <input type="checkbox" name="families" value="with" />
        <span>${words.families}</span>
      </label>
      ${replacing(visit, own)}
      <div class="row">
        ${token(visit)}
        <button class="btn main" name="format" value="pdf">
          ${icon(visit, 'print')}${words.pdf}
        </button>
        <button class="btn" name="format" value="csv">${icon(visit, 'file')}${words.csv}</button>
        <button class="btn" name="format" value="zip">
          ${icon(visit, 'archive')}${words.both}
        </button>
      </div>
    </form>
  `;
}

/** Whose codes are on paper already loses them by a new sheet: that is said, and ticked. */
function replacing(visit: Visit, own: CodeClass): Html {
  const { lastSheet: sheet } = own;
  if (sheet === null) return NOTHING;
  const words = visit.texts.codes.page;
  const when = longDate(atSchool(visit, own).clock, sheet.at);
  return html`
    <div class="banner wait">
      ${icon(visit, 'warning')}
      <label class="row choice grow">
        <input type="checkbox" name="replace" value="yes" />
        <span>${words.replace(when)}</span>
      </label>
    </div>
  `;
}

function pupilRows(visit: Visit, own: CodeClass, pupils: readonly CodePupil[]): Html {
  const { texts } = visit;
  const { clock } = atSchool(visit, own);
  const words = texts.codes.page;
  const state = (code: CodePupil['code']): string => {
    if (code === null) return words.none;
    const made = words.madeAt(longDate(clock, code.madeAt));
    return commas(
      words.kindShort[code.kind],
      made,
      code.usedAt === null ? words.unused : words.usedAt,
    );
  };
  return html`
    <ul class="lines">
      ${pupils.map(
        (one) => html`
          <li class="line row">
            ${faceOf(visit, one.face)}
            <span class="grow">
              <b>${one.face.name}</b>
              <br />
              <span class="small soft">${state(one.code)}</span>
            </span>
            <form method="post" action="/codes/${own.id}/${one.account}">
              ${token(visit)}
              <input type="hidden" name="kind" value="${one.code?.kind ?? own.advised}" />
              <button class="btn">
                ${icon(visit, 'undo')}${words.redo}
                <span class="vh">${' '}${words.redoFor(one.face.name)}</span>
              </button>
            </form>
          </li>
        `,
      )}
    </ul>
  `;
}

const kindOf = (form: Form): CodeKind =>
  field(form, 'kind') === 'activation' ? 'activation' : 'pictures';

/**
 * POST /codes/:class/print: the sheet itself is the answer: as PDF, as a table, or both of the same
 * codes. It lies nowhere, and no link leads to it. That it ends codes on paper must be ticked.
 */
export async function print(
  visit: Visit<WithCodes & WithConfig>,
  id: ClassId,
  form: Form,
): Promise<Answer> {
  const { core, viewer } = visit;
  const own = (await core.codes.classes(viewer)).find((one) => one.id === id);
  if (own === undefined) return MISSING;
  if (own.lastSheet !== null && field(form, 'replace') !== 'yes')
    return { kind: 'go', to: `/codes/${id}?said=replace` };
  const format = (['csv', 'zip'] as const).find((one) => one === field(form, 'format')) ?? 'pdf';
  const sheet = await core.codes.printSheet(viewer, {
    class: id,
    kind: kindOf(form),
    families: field(form, 'families') === 'with' ? 'with' : 'without',
    format: format === 'csv' ? 'csv' : 'pdf',
  });
  return sheet === null ? MISSING : sheetAs(visit, sheet, format);
}

async function sheetAs(
  visit: Visit<WithConfig>,
  sheet: CodeSheet,
  format: 'pdf' | 'csv' | 'zip',
): Promise<Answer> {
  const { texts } = visit;
  const name = `${texts.codes.paper.fileName(groupName(sheet, texts))}.${format}`;
  if (format === 'zip')
    return {
      kind: 'stream',
      name: sheetFileName(name),
      mediaType: 'application/zip',
      body: sheetArchive([{ folder: '', sheets: [sheet] }], {
        texts,
        until: (one) => untilOf(visit, one),
        draw: (one) => drawn(visit, one),
      }),
    };
  return {
    kind: 'download',
    file: {
      name,
      mediaType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/pdf',
      bytes:
        format === 'csv'
          ? sheetCsv(sheet, texts, untilOf(visit, sheet))
          : await drawn(visit, sheet),
    },
  };
}

/** POST /codes/:class/:child: a new code for one child, shown on this page and never again. */
export async function redo(
  visit: Visit<FramePart & WithCodes>,
  id: ClassId,
  child: { readonly account: AccountId; readonly form: Form },
): Promise<Answer> {
  const card = await visit.core.codes.resetCode(visit.viewer, {
    class: id,
    child: child.account,
    kind: kindOf(child.form),
  });
  if (card === null) return MISSING;
  const words = visit.texts.codes.page;
  const isFromClass = field(child.form, 'back') === 'class';
  const back = isFromClass ? childPath(id, child.account) : `/codes/${id}`;
  const title = words.freshTitle(card.displayName);
  const content = html`
    <h1 class="row">
      ${faceOf(visit, { kind: 'child', face: card.face, name: card.displayName, cover: 8 }, 'l')}
      <span>${title}</span>
    </h1>
    ${doneBanner(visit, words.fresh)}
    <div class="sheet pad stack">
      <p>${card.address}</p>
      ${codeShown(visit, card)}
    </div>
    <p><a class="btn main" href="${back}">${icon(visit, 'back')}${words.back}</a></p>
  `;
  return page(codesFrame(visit, await surroundingsOf(visit), { title, content }));
}

function codeShown(visit: Visit, { code }: Card): Html {
  if (code.kind === 'activation')
    return html`
      <p class="code-text">${code.text}</p>
    `;
  const { page: words, animals } = visit.texts.codes;
  return html`
    <h2>${words.order}</h2>
    <ol class="fresh-code">
      ${code.pictures.map(
        (picture, index) => html`
          <li>
            <b>${index + 1}</b>
            ${faceOf(visit, { kind: 'child', face: picture, name: '', cover: 8 }, 'xl')}
            <span>${animals[picture] ?? picture}</span>
          </li>
        `,
      )}
    </ol>
  `;
}

/** POST /codes/:class/close: shut on every computer. */
export async function close(visit: Visit<WithCodes>, id: ClassId): Promise<Answer> {
  return (await visit.core.codes.closeBrowsers(visit.viewer, id))
    ? { kind: 'go', to: `/codes/${id}?said=shut` }
    : MISSING;
}

function codesFrame(
  visit: Visit,
  surroundings: PageSurroundings,
  { title, content }: { readonly title: string; readonly content: Html },
): Html {
  return framed(visit, surroundings, {
    title,
    section: 'classes',
    shelf: null,
    styles: ['codes.css'],
    main: html`
      <main id="main" class="body narrow"><div class="stack wide">${content}</div></main>
    `,
  });
}
