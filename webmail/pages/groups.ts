import type { OwnGroup, OwnGroupId } from '../../core/core.ts';
import { MISSING, page, type Answer } from '../answer.ts';
import { around, framed, type FramePart } from '../frame.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { coverClass, icon, namesOf, token } from '../parts.ts';
import type { Visit } from '../visit.ts';
import { begin, type WritePart } from './write.ts';

export type GroupPart = FramePart | 'groups';

const SAID = ['saved', 'removed'] as const;
/** Names of a group that its line writes out. */
const NAMED = 12;

/** Groups are for adults of a school: their classes are what they are made of. */
export const hasGroups = ({ audience, viewer }: Visit): boolean =>
  audience === 'adult' && viewer.role !== 'guardian';

/** GET /groups: one's own groups of pupils, to write to, to change and to remove. */
export async function groups(visit: Visit<GroupPart>, said: unknown): Promise<Answer> {
  if (!hasGroups(visit)) return MISSING;
  const [near, own] = await Promise.all([around(visit), visit.core.groups.list(visit.viewer)]);
  const words = visit.texts.groups;
  const nothing = html`
    <p class="soft">${words.none}</p>
  `;
  const list = html`
    <ul class="sheet own-groups">
      ${own.map((one) => groupLine(visit, one))}
    </ul>
  `;
  const main = html`
    <main id="main" class="body narrow">
      <section class="stack wide" aria-labelledby="t">
        <div class="split">
          <h1 id="t">${words.title}</h1>
          <a class="btn main" href="/groups/new">${icon(visit, 'plus')}${words.make}</a>
        </div>
        <p class="soft">${words.lead}</p>
        ${saidBanner(visit, said)} ${own.length === 0 ? nothing : list}
        <p><a class="link" href="/write">${icon(visit, 'write')}${' '}${words.toLetter}</a></p>
      </section>
    </main>
  `;
  return page(
    framed(visit, near, {
      title: words.title,
      section: 'messages',
      shelf: null,
      styles: ['groups.css'],
      main,
    }),
  );
}

function saidBanner(visit: Visit, said: unknown): Html {
  const known = SAID.find((one) => one === said);
  if (known === undefined) return NOTHING;
  return html`
    <p class="banner ok" role="status">
      ${icon(visit, 'check')}
      <span class="grow">${visit.texts.groups.said[known]}</span>
    </p>
  `;
}

function groupLine(visit: Visit, group: OwnGroup): Html {
  const words = visit.texts.groups;
  const { id, name, whom, pupils, count } = group;
  const of = html`
    <span class="vh">${words.of(name)}</span>
  `;
  const who =
    pupils.length === 0
      ? words.empty
      : `${words.whoms[whom]}${visit.texts.colon}${namesOf(visit, pupils, NAMED)}`;
  const write = html`
    <a class="btn mini" href="/groups/${id}/write">${icon(visit, 'write')}${words.write}${of}</a>
  `;
  return html`
    <li>
      <span class="spine tall ${coverClass(pupils[0]?.cover ?? 8)}" aria-hidden="true"></span>
      <span class="grow">
        <b>${visit.texts.write.listCount(name, count)}</b>
        <br />
        <span class="small soft">${who}</span>
      </span>
      ${count === 0 ? NOTHING : write}
      <a class="btn mini" href="/groups/${id}">${icon(visit, 'settings')}${words.change}${of}</a>
      <details>
        <summary class="btn mini">${icon(visit, 'trash')}${words.remove}${of}</summary>
        <form class="stack tight" method="post" action="/groups/${id}/remove">
          <p>${words.removeFate}</p>
          ${token(visit)}
          <button class="btn no">${icon(visit, 'trash')}${words.removeNow}</button>
        </form>
      </details>
    </li>
  `;
}

/** POST /groups/:group/remove: the group goes, what was sent to it stays. */
export async function removeGroup(visit: Visit<GroupPart>, id: OwnGroupId): Promise<Answer> {
  if (!hasGroups(visit)) return MISSING;
  return (await visit.core.groups.remove(visit.viewer, id))
    ? { kind: 'go', to: '/groups?said=removed' }
    : MISSING;
}

/** GET /groups/:group/write: a new message to a group. */
export async function groupMail(
  visit: Visit<GroupPart | WritePart>,
  id: OwnGroupId,
): Promise<Answer> {
  if (!hasGroups(visit)) return MISSING;
  const group = (await visit.core.groups.list(visit.viewer)).find((one) => one.id === id);
  if (group === undefined) return MISSING;
  return begin(visit, { to: [group.address] });
}
