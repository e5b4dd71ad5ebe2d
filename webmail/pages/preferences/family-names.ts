import type {
  NamingOutcome,
  OwnChild,
  OwnSchooling,
  WithPeople,
} from '../../../core/school/people/contract.ts';
import { formOf } from '../../components/form.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { commas, faceOf, icon, label, token } from '../../frame/parts.ts';
import { doneBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, formPage, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { addressIdOf, schoolIdOf } from '../../ids.ts';

type NamesPart = FramePart & WithPeople<'ownChildren' | 'ownSchooling' | 'nameForOwnChild'>;

const NAMING_FORM = formOf({
  school: {},
  child: {},
  called: { most: 20, as: { list: 'ideas', autocomplete: 'off' } },
});

/** What has just been done. */
type Done = 'saved' | 'answered';

/** A name that was refused: whose form, what stood in it, and why. */
interface Refused {
  readonly child: number;
  readonly called: string;
  readonly why: Exclude<NamingOutcome, 'done' | 'missing'>;
}

/**
 * GET /family: one's own children: their class and teachers, whether they may write, and what they
 * call one.
 */
export async function familyNames(visit: Visit<NamesPart>, said: unknown): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const done = said === 'saved' || said === 'answered' ? said : null;
  return show(visit, { done, refused: null });
}

/** POST /family. */
export async function saveFamilyName(visit: Visit<NamesPart>, form: Form): Promise<Answer> {
  const { called, ...typed } = NAMING_FORM.typedIn(form);
  const [school, child] = [schoolIdOf(typed.school), addressIdOf(typed.child)];
  if (visit.audience === 'child' || school === null || child === null) return MISSING;
  const named = await visit.core.people.nameForOwnChild(visit.viewer, { school, child, called });
  if (named === 'missing') return MISSING;
  if (named === 'done') return { kind: 'go', to: '/family?said=saved' };
  return show(visit, { done: null, refused: { child, called, why: named } });
}

/** POST /family/agree: a yes or a no to one's own child's writing, as often as one likes. */
export async function agreeForChild(
  visit: Visit<WithPeople<'agreeForOwnChild'>>,
  form: Form,
): Promise<Answer> {
  const school = schoolIdOf(field(form, 'school'));
  const child = addressIdOf(field(form, 'child'));
  const says = field(form, 'agrees');
  if (visit.audience === 'child' || school === null || child === null) return MISSING;
  if (says !== 'yes' && says !== 'no') return { kind: 'wrong' };
  const wish = { school, child, agrees: says === 'yes' };
  return (await visit.core.people.agreeForOwnChild(visit.viewer, wish))
    ? { kind: 'go', to: '/family?said=answered' }
    : MISSING;
}

async function show(
  visit: Visit<NamesPart>,
  { done, refused }: { readonly done: Done | null; readonly refused: Refused | null },
): Promise<Answer> {
  const words = visit.texts.names;
  const [surroundings, children, schooling] = await Promise.all([
    surroundingsOf(visit),
    visit.core.people.ownChildren(visit.viewer),
    visit.core.people.ownSchooling(visit.viewer),
  ]);
  const schoolingOf = new Map(schooling.map((one) => [one.child, one]));
  const saved = doneBanner(
    visit,
    done === 'answered' ? visit.texts.charter.guardian.saved : words.saved,
  );
  const none = html`
    <p class="soft">${words.none}</p>
  `;
  const main = html`
    <main id="main" class="body narrow">
      <section class="stack wide" aria-labelledby="t">
        <h1 id="t">${words.title}</h1>
        <p class="soft">${words.lead}</p>
        ${done === null ? NOTHING : saved}
        ${children.length === 0 ? none : children.map((one) => ownChild(visit, { one, at: schoolingOf.get(one.child), refused }))}
        <datalist id="ideas">
          ${words.ideas.map(
            (idea) => html`
              <option value="${idea}"></option>
            `,
          )}
        </datalist>
      </section>
    </main>
  `;
  const body = framed(visit, surroundings, {
    title: words.title,
    section: 'none',
    shelf: null,
    main,
  });
  return formPage(body, { refused: refused !== null });
}

interface ChildForm {
  readonly one: OwnChild;
  readonly at: OwnSchooling | undefined;
  readonly refused: Refused | null;
}

/**
 * Where they go to school; whether they may write, where the school asks; and how they call their
 * guardian.
 */
function ownChild(visit: Visit, { one, at, refused }: ChildForm): Html {
  return html`
    <section class="sheet pad stack own-child" aria-labelledby="ch-${one.child}">
      <div class="row">
        ${faceOf(visit, { kind: 'child', face: one.face, name: one.givenName, cover: 8 }, 'l')}
        <div class="grow stack tight">
          <h2 id="ch-${one.child}">${at?.name ?? one.givenName}</h2>
          ${at === undefined ? NOTHING : schoolingLine(visit, at)}
        </div>
      </div>
      ${one.isAsked ? agreement(visit, one) : NOTHING} ${childForm(visit, one, refused)}
    </section>
  `;
}

/** « CE1 A École des Tilleuls, avec Claire Lefèvre », who may be written to. */
function schoolingLine(visit: Visit, at: OwnSchooling): Html {
  const words = visit.texts.names;
  const names = visit.texts.list(at.teachers.map(({ name }) => name));
  const write = html`
    <p>
      <a class="btn" href="/family/${at.account}/write">
        ${icon(visit, 'write')}${words.write(names)}
      </a>
    </p>
  `;
  return html`
    <p>
      ${at.classes.map(({ name, cover }) => label(name, cover))}
      <span class="soft">
        ${commas(
          at.classes.length === 0 ? words.noClass : '',
          at.schoolName,
          names === '' ? words.noTeacher : words.with(names),
        )}
      </span>
    </p>
    ${names === '' ? NOTHING : write}
  `;
}

/** Yes and no, one as easy as the other: what one has said is pressed. */
function agreement(visit: Visit, one: OwnChild): Html {
  const words = visit.texts.charter.guardian;
  const choice = (says: 'yes' | 'no') => html`
    <button
      class="btn${one.agrees === (says === 'yes') ? ' main' : ''}"
      name="agrees"
      value="${says}"
      aria-pressed="${one.agrees === (says === 'yes') ? 'true' : 'false'}"
    >
      ${icon(visit, says === 'yes' ? 'check' : 'close')}${words[says]}
    </button>
  `;
  return html`
    <form
      class="rimmed stack tight"
      method="post"
      action="/family/agree"
      aria-labelledby="may-${one.child}"
    >
      <div>
        <h3 id="may-${one.child}">${words.asked(one.givenName)}</h3>
        <p class="soft">${words.lead(one.givenName)}</p>
        <p>${words.family[one.family]}</p>
      </div>
      <div class="row">
        ${token(visit)}
        <input type="hidden" name="school" value="${one.school}" />
        <input type="hidden" name="child" value="${one.child}" />
        ${choice('yes')} ${choice('no')}
        <a class="btn quiet" href="/charter">${visit.texts.charter.read}</a>
      </div>
    </form>
  `;
}

function childForm(visit: Visit, one: OwnChild, refused: Refused | null): Html {
  const words = visit.texts.names;
  const again = refused?.child === one.child ? refused : null;
  const fields = NAMING_FORM.shown(visit, {
    ...NAMING_FORM.blank({ called: again?.called ?? one.called ?? '' }),
    wrong: again === null ? {} : { called: words.why[again.why] },
  });
  return html`
    <form class="rimmed stack tight" method="post" action="/family">
      ${fields.line('called', {
        id: `called-${one.child}`,
        label: words.label(one.givenName),
        hint: words.hint(visit.viewer.givenName),
        look: 'named',
      })}
      <div class="row">
        ${token(visit)}
        <input type="hidden" name="school" value="${one.school}" />
        <input type="hidden" name="child" value="${one.child}" />
        <button class="btn main">${icon(visit, 'check')}${words.save}</button>
      </div>
    </form>
  `;
}
