import type { ColumnMapping, SchoolId, ShownDraft } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { field, fieldsOf, type Form } from '../forms.ts';
import type { FramePart } from '../frame.ts';
import { attributes, html, NOTHING } from '../html.ts';
import { icon, token } from '../parts.ts';
import { banner, rosterPage } from '../roster-parts.ts';
import type { Visit } from '../visit.ts';
import { rosterPreview } from './roster-preview.ts';

type Columns = Extract<ShownDraft, { kind: 'columns' }>;
type Which = Extract<ShownDraft, { kind: 'which-school' }>;
interface Draft {
  readonly school: SchoolId;
  readonly id: number;
}

/** Answers to questions are fields with this before their key. */
export const QUESTION = 'q:';

/** GET /roster/:school/draft/:draft: what is still asked, or what it would change. */
export async function rosterDraft(
  visit: Visit<FramePart | 'pendingImports'>,
  { school, id }: Draft,
  said: unknown,
): Promise<Answer> {
  const draft = await visit.core.pendingImports.draft(visit.viewer, school, id);
  if (draft === null) return MISSING;
  switch (draft.kind) {
    case 'columns':
      return columnsPage(
        visit,
        draft,
        draft.complaint ?? (said === 'missing' ? visit.texts.roster.columns.missing : null),
      );
    case 'which-school':
      return whichPage(visit, draft);
    case 'preview':
      return rosterPreview(visit, draft, said);
    case 'settled':
      return {
        kind: 'go',
        to:
          draft.import === null
            ? `/roster/${school}?said=nothing`
            : `/roster/${school}/import/${draft.import}`,
      };
  }
}

/**
 * What a header is most likely called, to be chosen beforehand; the person sees it and may change
 * it.
 */
const LIKELY: Readonly<Record<string, RegExp>> = {
  familyName: /^(nom|nom .*famille|patronyme|last.?name|family.?name|surname|sn)/i,
  givenName: /^(pr.nom|given.?name|first.?name|petit nom)/i,
  usedName: /usage/i,
  birthDate: /naissance|n.e? le|birth|dob/i,
  ine: /^ine$|identifiant national/i,
  level: /niveau|level|grade/i,
  className: /classe|class|groupe|group/i,
  email: /mail|courriel/i,
  phone: /portable|mobile|t.l.phone|phone/i,
  childFamilyName: /^(nom .*(enfant|.l.ve)|child.*(last|family))/i,
  childGivenName: /^(pr.nom .*(enfant|.l.ve)|child.*(first|given))/i,
};

function columnsPage(
  visit: Visit<FramePart>,
  draft: Columns,
  complaint: string | null,
): Promise<Answer> {
  const words = visit.texts.roster.columns;
  const before = draft.mapping;
  const asked = (name: string, label: string, needed: boolean) => {
    const known =
      before !== null && name in before
        ? String((before as unknown as Record<string, unknown>)[name] ?? '')
        : (draft.headers.find(
            (header) =>
              LIKELY[name]?.test(header) && !(name === 'familyName' && /usage/i.test(header)),
          ) ?? '');
    return html`
      <div class="field">
        <label for="c-${name}">
          ${label}
          ${
            needed
              ? html`
                  ${' '}
                  <span class="soft small">(${words.needed})</span>
                `
              : NOTHING
          }
        </label>
        <select id="c-${name}" name="${name}">
          <option value="">${words.none}</option>
          ${draft.headers.filter((header) => header !== '').map((header) => html`<option${attributes({ selected: header === known })}>${header}</option>`)}
        </select>
      </div>
    `;
  };
  const of = (value: ColumnMapping['of'], word: string) => html`
    <label class="row choice">
      <input
        type="radio"
        name="of"
        value="${value}"
        ${attributes({ checked: (before?.of ?? 'pupils') === value })}
      />
      <span>${word}</span>
    </label>
  `;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead(draft.file)}</p>
    </div>
    ${complaint === null ? NOTHING : banner(visit, 'stop', complaint)}
    <section class="stack tight" aria-labelledby="sa">
      <h2 id="sa">${words.sample}</h2>
      <div class="sheet scroll" tabindex="0">
        <table class="sample">
          <caption class="vh">${words.sample}</caption>
          <thead>
            <tr>
              ${draft.headers.map(
                (header) => html`
                  <th scope="col">${header}</th>
                `,
              )}
            </tr>
          </thead>
          <tbody>
            ${draft.sample.map(
              (cells) => html`
                <tr>
                  ${cells.map(
                    (cell) => html`
                      <td>${cell}</td>
                    `,
                  )}
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    </section>
    <form
      class="sheet pad stack"
      method="post"
      action="/roster/${draft.school.id}/draft/${draft.id}"
    >
      <fieldset>
        <legend class="lab">${words.of}</legend>
        ${of('pupils', words.pupils)} ${of('teachers', words.teachers)}
        ${of('guardians', words.guardians)}
      </fieldset>
      <div class="fields">
        ${asked('familyName', words.family, true)} ${asked('givenName', words.given, true)}
        ${asked('className', words.class, false)}
      </div>
      <fieldset class="stack tight">
        <legend class="lab">${words.pupilsOnly}</legend>
        <div class="fields">
          ${asked('birthDate', words.birth, false)} ${asked('ine', words.ine, false)}
          ${asked('usedName', words.used, false)} ${asked('level', words.level, false)}
        </div>
        <p class="hint">${words.identity}</p>
      </fieldset>
      <fieldset>
        <legend class="lab">${words.adultsOnly}</legend>
        <div class="fields">${asked('email', words.email, false)}</div>
      </fieldset>
      <fieldset class="stack tight">
        <legend class="lab">${words.guardiansOnly}</legend>
        <div class="fields">
          ${asked('childFamilyName', words.childFamily, false)}
          ${asked('childGivenName', words.childGiven, false)} ${asked('phone', words.phone, false)}
        </div>
        <p class="hint">${words.oneChild}</p>
      </fieldset>
      <div class="row">
        ${token(visit)}
        <input type="hidden" name="header" value="${draft.header}" />
        <button class="btn main" name="act" value="columns">
          ${icon(visit, 'eye')}${words.go}
        </button>
        <button class="btn" name="act" value="discard">
          ${visit.texts.roster.preview.discard}
        </button>
      </div>
    </form>
  `;
  return rosterPage(visit, { title: words.title, status: complaint === null ? 200 : 422, content });
}

function whichPage(visit: Visit<FramePart>, draft: Which): Promise<Answer> {
  const words = visit.texts.roster.which;
  const content = html`
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    <form
      class="sheet pad stack"
      method="post"
      action="/roster/${draft.school.id}/draft/${draft.id}"
    >
      <fieldset>
        <legend class="vh">${words.title}</legend>
        ${draft.exported.map(
          (one) => html`
            <label class="row choice">
              <input type="radio" name="exported" value="${one.sourcedId}" required />
              <span>
                ${one.name}${' '}
                <span class="soft small">${one.identifier ?? ''}</span>
              </span>
            </label>
          `,
        )}
      </fieldset>
      <div class="row">
        ${token(visit)}
        <button class="btn main" name="act" value="school">${words.choose}</button>
        <button class="btn" name="act" value="discard" formnovalidate>
          ${visit.texts.roster.preview.discard}
        </button>
      </div>
    </form>
  `;
  return rosterPage(visit, { title: words.title, content });
}

/**
 * POST /roster/:school/draft/:draft: says which column, which school, who is who; gives up;
 * applies.
 */
export async function decideDraft(
  visit: Visit<'pendingImports'>,
  { school, id }: Draft,
  form: Form,
): Promise<Answer> {
  const { pendingImports: imports } = visit.core;
  const here = `/roster/${school}/draft/${id}`;
  const chosen = async (
    choices: Parameters<typeof imports.choose>[2]['choices'],
    said = '',
  ): Promise<Answer> =>
    (await imports.choose(visit.viewer, school, { id, choices }))
      ? { kind: 'go', to: `${here}${said}` }
      : MISSING;
  switch (field(form, 'act')) {
    case 'columns': {
      const mapping = mappingOf(form);
      return mapping === null
        ? { kind: 'go', to: `${here}?said=missing` }
        : chosen({ mappings: { [field(form, 'header').slice(0, 64)]: mapping } });
    }
    case 'school':
      return chosen({ exported: field(form, 'exported') });
    case 'discard':
      return (await imports.discard(visit.viewer, school, id))
        ? { kind: 'go', to: `/roster/${school}` }
        : MISSING;
    case 'ask-columns':
      return (await imports.askColumns(visit.viewer, school, id))
        ? { kind: 'go', to: here }
        : MISSING;
    case 'decide':
      return chosen(answersOf(form), '?said=saved');
    case 'apply':
      return apply(visit, { school, id }, form);
    default:
      return MISSING;
  }
}

async function apply(
  visit: Visit<'pendingImports'>,
  { school, id }: Draft,
  form: Form,
): Promise<Answer> {
  const { core, viewer } = visit;
  // Settled meanwhile, by a second press or a colleague: its page says what became of it.
  await core.pendingImports.choose(viewer, school, { id, choices: answersOf(form) });
  const reason = field(form, 'reason').trim().slice(0, 200);
  if (viewer.role === 'agent' && reason === '')
    return { kind: 'go', to: `/roster/${school}/draft/${id}?said=reason` };
  const applied = await core.pendingImports.apply(viewer, school, { id, reason });
  if (applied === null) return MISSING;
  if (applied.kind === 'stopped')
    return { kind: 'go', to: `/roster/${school}/draft/${id}?said=stopped` };
  return {
    kind: 'go',
    to:
      applied.kind === 'nothing'
        ? `/roster/${school}?said=nothing`
        : `/roster/${school}/import/${applied.import}?said=done`,
  };
}

function answersOf(form: Form): {
  readonly decisions: Readonly<Record<string, string>>;
  readonly retyped: number | null;
} {
  const decisions = Object.fromEntries(
    [...form.fields].flatMap(([name, [value = '']]) =>
      name.startsWith(QUESTION) && value !== '' ? [[name.slice(QUESTION.length), value]] : [],
    ),
  );
  const typed = field(form, 'retyped').trim();
  return { decisions, retyped: /^\d{1,6}$/.test(typed) ? Number(typed) : null };
}

function mappingOf(form: Form): ColumnMapping | null {
  const column = (name: string): string | null => field(form, name) || null;
  const [familyName, givenName] = [column('familyName'), column('givenName')];
  if (familyName === null || givenName === null) return null;
  if (field(form, 'of') === 'teachers')
    return {
      of: 'teachers',
      familyName,
      givenName,
      email: column('email'),
      classNames: fieldsOf(form, 'className').filter((name) => name !== ''),
    };
  if (field(form, 'of') === 'guardians') {
    const [childFamilyName, childGivenName] = [column('childFamilyName'), column('childGivenName')];
    if (childFamilyName === null || childGivenName === null) return null;
    return {
      of: 'guardians',
      familyName,
      givenName,
      email: column('email'),
      phone: column('phone'),
      childFamilyName,
      childGivenName,
      childClassName: column('className'),
    };
  }
  return {
    of: 'pupils',
    familyName,
    givenName,
    usedName: column('usedName'),
    birthDate: column('birthDate'),
    ine: column('ine'),
    level: column('level'),
    className: column('className'),
  };
}
