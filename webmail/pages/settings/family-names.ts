import type { Named, OwnChild } from '../../../core/core.ts';
import { around, framed, type FramePart } from '../../frame/frame.ts';
import { faceOf, icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { addressIdOf, schoolIdOf } from '../../ids.ts';

type NamesPart = FramePart | 'people.ownChildren' | 'people.nameForOwnChild';

/** A name that was refused: whose form, what stood in it, and why. */
interface Refused {
  readonly child: number;
  readonly called: string;
  readonly why: Exclude<Named, 'done' | 'missing'>;
}

/** GET /family: what one's own children call one. */
export async function familyNames(visit: Visit<NamesPart>, said: unknown): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  return show(visit, { isSaved: said === 'saved', refused: null });
}

/** POST /family. */
export async function saveFamilyName(visit: Visit<NamesPart>, form: Form): Promise<Answer> {
  const school = schoolIdOf(field(form, 'school'));
  const child = addressIdOf(field(form, 'child'));
  if (visit.audience === 'child' || school === null || child === null) return MISSING;
  const called = field(form, 'called');
  const named = await visit.core.people.nameForOwnChild(visit.viewer, { school, child, called });
  if (named === 'missing') return MISSING;
  if (named === 'done') return { kind: 'go', to: '/family?said=saved' };
  return show(visit, { isSaved: false, refused: { child, called, why: named } });
}

async function show(
  visit: Visit<NamesPart>,
  { isSaved, refused }: { readonly isSaved: boolean; readonly refused: Refused | null },
): Promise<Answer> {
  const words = visit.texts.names;
  const [near, children] = await Promise.all([
    around(visit),
    visit.core.people.ownChildren(visit.viewer),
  ]);
  const saved = html`
    <p class="banner ok" role="status">
      ${icon(visit, 'check')}
      <span class="grow">${words.saved}</span>
    </p>
  `;
  const none = html`
    <p class="soft">${words.none}</p>
  `;
  const main = html`
    <main id="main" class="body narrow">
      <section class="stack wide" aria-labelledby="t">
        <h1 id="t">${words.title}</h1>
        <p class="soft">${words.lead}</p>
        ${isSaved ? saved : NOTHING}
        ${children.length === 0 ? none : children.map((one) => childForm(visit, one, refused))}
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
  const body = framed(visit, near, { title: words.title, section: 'none', shelf: null, main });
  return { kind: 'page', status: refused === null ? 200 : 422, body };
}

function childForm(visit: Visit, one: OwnChild, refused: Refused | null): Html {
  const words = visit.texts.names;
  const again = refused?.child === one.child ? refused : null;
  const trouble = html`
    <p class="err" id="why-${one.child}" role="alert">
      ${icon(visit, 'warning')}
      <span>${again === null ? '' : words.why[again.why]}</span>
    </p>
  `;
  return html`
    <form class="sheet pad stack" method="post" action="/family">
      <div class="row">
        ${faceOf(visit, { kind: 'child', face: one.face, name: one.givenName, cover: 8 }, 'l')}
        <div class="field grow">
          <label for="called-${one.child}">${words.label(one.givenName)}</label>
          <input
            class="input"
            id="called-${one.child}"
            name="called"
            maxlength="20"
            list="ideas"
            autocomplete="off"
            value="${again?.called ?? one.called ?? ''}"
            aria-describedby="${again === null ? `hint-${one.child}` : `why-${one.child}`}"
            ${attributes({ 'aria-invalid': again === null ? null : 'true' })}
          />
          <p class="hint" id="hint-${one.child}">${words.hint(visit.viewer.givenName)}</p>
        </div>
      </div>
      ${again === null ? NOTHING : trouble}
      <div class="row">
        ${token(visit)}
        <input type="hidden" name="school" value="${one.school}" />
        <input type="hidden" name="child" value="${one.child}" />
        <button class="btn main">${icon(visit, 'check')}${words.save}</button>
      </div>
    </form>
  `;
}
