import type { ClassId } from '../../../core/ground/ids.ts';
import { classAnswer, type ClassPart } from '../../components/class-tabs.ts';
import { surroundingsOf } from '../../frame/frame.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { links, proposal } from './class-links.ts';
import { outside, type WrongApproval } from './class-outside.ts';
import { saidOf } from './class-said.ts';

/** GET /classes/:class/links: other classes and people outside with whom a class writes. */
export async function classLinks(
  visit: Visit<ClassPart>,
  id: ClassId,
  said: unknown,
): Promise<Answer> {
  return showLinks(visit, id, { said, wrong: null });
}

/** The same page; 422 with a sentence beside what was typed wrongly. */
export async function showLinks(
  visit: Visit<ClassPart>,
  id: ClassId,
  { said, wrong }: { readonly said: unknown; readonly wrong: WrongApproval | null },
): Promise<Answer> {
  const [details, surroundings] = await Promise.all([
    visit.core.teaching.classDetails(visit.viewer, id),
    surroundingsOf(visit),
  ]);
  if (details === null) return MISSING;
  const here = atSchool(visit, details);
  const proposed = details.teaches ? details.links.filter(({ state }) => state === 'proposed') : [];
  return classAnswer(here, surroundings, {
    tab: 'links',
    details,
    said: saidOf(here, details, said),
    refused: wrong !== null,
    content: html`
      <div class="stack together">
        ${proposed.map((link) => proposal(here, details, link))} ${links(here, details)}
        ${outside(here, details, wrong)}
      </div>
    `,
  });
}
