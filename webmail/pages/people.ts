import type { PeopleRole, SchoolId, SchoolPerson } from '../../core/core.ts';
import { MISSING, page, type Answer } from '../answer.ts';
import { field, type Form } from '../forms.ts';
import { around, framed } from '../frame.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { schoolIdOf } from '../ids.ts';
import { faceOf, icon, token } from '../parts.ts';
import type { Visit } from '../visit.ts';
import { calendarDay } from '../when.ts';

const ROLES: readonly PeopleRole[] = ['pupil', 'guardian', 'adult'];

/** GET /people: straight to the school of a head of one; else a choice. */
export async function peopleSchools(visit: Visit): Promise<Answer> {
  const schools = await visit.core.classes.schools(visit.viewer);
  const [only, ...more] = schools;
  if (only === undefined) return MISSING;
  return more.length === 0 && only.open ? { kind: 'go', to: `/people/${only.id}` } : chooseSchool(visit, false);
}

async function chooseSchool(visit: Visit, reasonMissing: boolean): Promise<Answer> {
  const schools = await visit.core.classes.schools(visit.viewer);
  const words = visit.texts.people;
  const open = schools.filter((one) => one.open);
  const shut = schools.filter((one) => !one.open);
  const form = shut.length === 0 ? NOTHING : html`<form class="sheet pad stack" method="post" action="/people"><h2>${words.chooseSchool}</h2>
<div class="field"><label for="s">${words.school}</label><select class="input" id="s" name="school">${shut.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></div>
<div class="field"><label for="r">${words.reason}</label><input class="input" id="r" name="reason" required minlength="5" maxlength="500" autocomplete="off" aria-describedby="h"><p class="hint" id="h">${words.reasonHint}</p>${reasonMissing ? html`<p class="err" role="alert">${icon(visit, 'warning')}<span>${words.reasonMissing}</span></p>` : NOTHING}</div>
<div class="row">${token(visit)}<button class="btn main">${words.openSchool}</button></div></form>`;
  const content = html`<div><h1>${words.title}</h1><p class="soft">${words.lead}</p></div>${open.length === 0 ? NOTHING : html`<ul class="sheet pad lines">${open.map(({ id, name }) => html`<li class="line row"><a class="grow" href="/people/${id}"><b>${name}</b></a></li>`)}</ul>`}${form}`;
  const answer = page(await peopleFrame(visit, words.title, content));
  return answer.kind === 'page' && reasonMissing ? { ...answer, status: 422 } : answer;
}

/** POST /people: an agent opens a school and says why. */
export async function openPeopleSchool(visit: Visit, form: Form): Promise<Answer> {
  const school = schoolIdOf(field(form, 'school'));
  if (school === null) return MISSING;
  const opened = await visit.core.classes.open(visit.viewer, school, field(form, 'reason'));
  if (opened.kind === 'missing') return MISSING;
  return opened.kind === 'done' ? { kind: 'go', to: `/people/${school}` } : chooseSchool(visit, true);
}

/** GET /people/:school: everybody whose account lives there, by a part of their name. */
export async function people(visit: Visit, school: SchoolId, asked: { readonly text: unknown; readonly role: unknown }): Promise<Answer> {
  const text = typeof asked.text === 'string' ? asked.text.slice(0, 80) : '';
  const role = ROLES.find((one) => one === asked.role) ?? null;
  const found = await visit.core.people.find(visit.viewer, school, { text, role });
  if (found === null) return MISSING;
  const words = visit.texts.people;
  const choice = (value: PeopleRole | null, word: string) => html`<label class="tick"><input type="radio" name="role" value="${value ?? ''}"${value === role ? html` checked` : NOTHING}><span>${word}</span></label>`;
  const rows = found.people.map((one) => html`<li class="line row">${faceOf(visit, one.face)}<span class="grow"><a href="/people/${school}/${one.account}"><b>${one.face.name}</b></a>${badge(visit, one)}<br><span class="small soft any">${[words.role[one.role], ...one.classes, one.face.address].join(', ')}</span></span></li>`);
  const content = html`<div><h1>${words.title}</h1><p class="soft">${found.schoolName}. ${words.lead}</p></div>
<form class="sheet pad stack" method="get" action="/people/${school}" role="search"><div class="row fields"><div class="field grow"><label for="q">${words.field}</label><input class="input" type="search" id="q" name="q" value="${text}" maxlength="80" autocomplete="off"></div><button class="btn main">${icon(visit, 'search')}${words.search}</button></div>
<fieldset><legend class="vh">${words.kinds}</legend><div class="row">${choice(null, words.everybody)}${ROLES.map((one) => choice(one, words.roles[one]))}</div></fieldset></form>
<section class="sheet pad stack" aria-labelledby="n"><p class="soft" id="n" role="status">${rows.length === 0 ? words.nobody : words.count(rows.length, found.more)}</p>${rows.length === 0 ? NOTHING : html`<ul class="lines halves">${rows}</ul>`}</section>`;
  return page(await peopleFrame(visit, words.title, content));
}

/** What is out of the ordinary with an account. */
export function badge({ texts, viewer }: Visit, { state, leavesOn }: Pick<SchoolPerson, 'state' | 'leavesOn'>): Html {
  if (state === 'active') return NOTHING;
  const day = leavesOn === null ? '' : calendarDay(viewer.language, leavesOn);
  const word = state === 'leaving' ? texts.people.leaving(day) : state === 'left' ? texts.people.left(day) : texts.people.suspended;
  return html` <span class="badge ${state === 'leaving' ? 'wait' : 'stop'}">${word}</span>`;
}

export async function peopleFrame(visit: Visit, title: string, content: Html): Promise<Html> {
  const main = html`<main id="main" class="body narrow"><div class="stack wide">${content}</div></main>`;
  return framed(visit, await around(visit), { title, section: 'classes', shelf: null, styles: ['codes.css', 'desk.css'], main });
}
