import type { ClassId, Reachable } from '../../core/core.ts';
import { page, MISSING, type Answer } from '../answer.ts';
import { around, framed } from '../frame.ts';
import { html, NOTHING } from '../html.ts';
import { coverClass, icon, scene } from '../parts.ts';
import type { Visit } from '../visit.ts';
import { EMPTY, show } from './write.ts';

/** GET /classes: the books of this adult's classes, each with its one step to a class mail. */
export async function classes(visit: Visit): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const { texts, viewer } = visit;
  const [near, reach] = await Promise.all([around(visit), visit.core.writings.reach(viewer)]);
  const books = viewer.classes.map((one) => html`<li class="stack tight"><a class="cahier ${coverClass(one.cover)}" href="/classes/${one.id}/write"><span class="label">${one.name}<small>${viewer.schoolName}</small></span></a>
<a class="btn full" href="/classes/${one.id}/write">${icon(visit, 'write')}${texts.classes.write}</a>${families(reach, one.name) === undefined ? NOTHING : html`<a class="btn full" href="/classes/${one.id}/families">${icon(visit, 'people')}${texts.classes.families}</a>`}</li>`);
  const content = books.length === 0 ? html`<div class="state sheet">${scene(visit, 'bench')}<p>${texts.classes.empty}</p></div>` : html`<ul class="books">${books}</ul>`;
  const main = html`<main id="main" class="body narrow"><div class="stack wide"><div class="split"><h1>${texts.classes.title}</h1><a class="btn" href="/codes">${icon(visit, 'lock')}${texts.codes.desk.link}</a></div>${content}</div></main>`;
  return page(framed(visit, near, { title: texts.classes.title, section: 'classes', shelf: null, main }));
}

function families(reach: readonly Reachable[], className: string): Reachable | undefined {
  return reach.find((one) => one.listKind === 'class-families' && (one.classes.includes(className) || one.name === className));
}

/** GET /classes/:id/write and …/families: a new message to the whole class, or to its families. Only a class of one's own. */
export async function classMail(visit: Visit, id: ClassId, whom: 'write' | 'families'): Promise<Answer> {
  const own = visit.viewer.classes.find((one) => one.id === id);
  if (own === undefined || visit.audience === 'child') return MISSING;
  if (whom === 'write') return show(visit, { ...EMPTY, to: [own.address] }, { draft: null, complaints: [], search: null });
  const list = families(await visit.core.writings.reach(visit.viewer), own.name);
  return list === undefined ? MISSING : show(visit, { ...EMPTY, to: [list.address] }, { draft: null, complaints: [], search: null });
}
