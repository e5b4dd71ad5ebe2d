import { surroundingsOf, framedSheet, type FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { page, type Answer } from '../../http/answer.ts';
import type { GuidePart } from '../../texts/guide-fr.ts';
import {
  guideRoleOf,
  GUIDES,
  PICTURE,
  pictureName,
  type GuidePartName,
  type GuideRole,
} from './guides.ts';

/** GET /help: what one does every day, in steps and pictures; a head reads the teachers' too. */
export async function guide(visit: Visit<FramePart>, wanted: unknown): Promise<Answer> {
  const surroundings = await surroundingsOf(visit);
  const own = guideRoleOf(visit.viewer);
  const role = own === 'head' && wanted === 'teacher' ? 'teacher' : own;
  const { title, lead, parts } = visit.texts.guide.roles[role];
  const teachers = html`
    <p class="screen-only">
      <a class="btn" href="/help?for=teacher">
        ${icon(visit, 'class')}${visit.texts.guide.teachers}
      </a>
    </p>
  `;
  const content = html`
    <div class="split guide-head">
      <h1 id="t">${title}</h1>
      <button class="btn quiet" type="button" data-print hidden>
        ${icon(visit, 'print')}${visit.texts.guide.print}
      </button>
    </div>
    <p>${lead}</p>
    ${role === 'head' ? teachers : NOTHING}
    ${namesOf(visit, role).map((name) => guidePart(visit, parts[name], { role, name }))}
  `;
  return page(
    framedSheet(visit, surroundings, {
      title,
      section: 'none',
      content,
      styles: ['legal.css', 'guide.css'],
      foot: 'below',
    }),
  );
}

/** The page of the whole town isn't there for an agent of some communes, nor is help with it. */
const namesOf = ({ viewer }: Visit, role: GuideRole): readonly GuidePartName[] =>
  role === 'agent' && viewer.communes !== null ? ['second', 'third'] : ['first', 'second', 'third'];

function guidePart(
  visit: Visit,
  part: GuidePart,
  { role, name }: { readonly role: GuideRole; readonly name: GuidePartName },
): Html {
  return html`
    <section class="sheet pad guide" aria-labelledby="g-${name}">
      <h2 id="g-${name}">${part.title}</h2>
      <ol>
        ${part.steps.map(
          (step) => html`
            <li>${step}</li>
          `,
        )}
      </ol>
      <img
        src="${visit.asset(pictureName(role, name, visit.viewer.language))}"
        width="${PICTURE.width}"
        height="${PICTURE.height}"
        loading="${name === 'first' ? 'eager' : 'lazy'}"
        alt="${part.shows}"
      />
      <p class="screen-only">
        <a class="btn" href="${GUIDES[role][name]}">${part.go}${icon(visit, 'arrow', 'tail')}</a>
      </p>
    </section>
  `;
}
