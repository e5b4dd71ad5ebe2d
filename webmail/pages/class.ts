import type { OwnClassDetails, ClassId } from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { around, framed, type FramePart } from '../frame.ts';
import { html, NOTHING, type Html } from '../html.ts';
import type { Around } from '../mailbox-nav.ts';
import { icon, label } from '../parts.ts';
import { doneBanner } from '../school-parts.ts';
import type { Visit } from '../visit.ts';
import { links, proposal } from './class-links.ts';
import { namesForm } from './class-names.ts';
import { outside, type WrongApproval } from './class-outside.ts';
import { pupils } from './class-pupils.ts';

/** What was typed wrongly, to be shown where it was typed. */
export interface WrongEntry extends WrongApproval {
  readonly at: 'rest' | 'outside';
}

/** What has just been done, said on top. */
export type Said = keyof Visit['texts']['teaching']['said'];

function saidOf({ texts }: Visit, said: unknown): Said | null {
  const isSaid = (key: unknown): key is Said =>
    typeof key === 'string' && Object.hasOwn(texts.teaching.said, key);
  return isSaid(said) ? said : null;
}

/** GET /classes/:class: one class, with all that its teacher decides about it. */
export async function classPage(
  visit: Visit<FramePart | 'teaching'>,
  id: ClassId,
  said: unknown,
): Promise<Answer> {
  return showClass(visit, id, { said: saidOf(visit, said), wrong: null });
}

/** The same page; 422 with a sentence beside what was typed wrongly. */
export async function showClass(
  visit: Visit<FramePart | 'teaching'>,
  id: ClassId,
  after: { readonly said: Said | null; readonly wrong: WrongEntry | null },
): Promise<Answer> {
  const details = await visit.core.teaching.classDetails(visit.viewer, id);
  if (details === null) return MISSING;
  return {
    kind: 'page',
    status: after.wrong === null ? 200 : 422,
    body: classView(visit, await around(visit), { details, ...after }),
  };
}

function classView(
  visit: Visit,
  near: Around,
  {
    details,
    said,
    wrong,
  }: {
    readonly details: OwnClassDetails;
    readonly said: Said | null;
    readonly wrong: WrongEntry | null;
  },
): Html {
  const words = visit.texts.teaching;
  const title = details.teaches ? words.title : words.headTitle;
  const proposed = details.teaches ? details.links.filter(({ state }) => state === 'proposed') : [];
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        ${heading(visit, details, title)}
        ${said === null ? NOTHING : doneBanner(visit, words.said[said])}
        ${proposed.map((link) => proposal(visit, details, link))} ${acts(visit, details)}
        ${pupils(visit, details, wrong?.at === 'rest' ? wrong.why : null)} ${links(visit, details)}
        ${outside(visit, details, wrong?.at === 'outside' ? wrong : null)}
        ${namesForm(visit, details)}
      </div>
    </main>
  `;
  return framed(visit, near, {
    title: `${title} ${details.name}`,
    section: 'classes',
    shelf: null,
    styles: ['codes.css', 'desk.css'],
    main,
  });
}

function heading({ texts }: Visit, details: OwnClassDetails, title: string): Html {
  const words = texts.teaching;
  const { teachers } = details;
  return html`
    <div>
      <h1 class="row">
        <span>${title}</span>
        ${' '}${label(details.name, details.cover)}
      </h1>
      <p class="soft">
        ${details.schoolName}, ${words.pupils(details.children.length)},
        ${teachers.length === 0 ? words.nobodyTeaches : words.with(texts.list(teachers))}
      </p>
    </div>
  `;
}

/** To write to the class, for its teacher; to its codes. */
function acts(visit: Visit, details: OwnClassDetails): Html {
  const { texts } = visit;
  const write = html`
    <a class="btn main" href="/classes/${details.id}/write">
      ${icon(visit, 'write')}${texts.classes.write}
    </a>
  `;
  return html`
    <div class="row">
      ${details.teaches ? write : NOTHING}
      <a class="btn" href="/codes/${details.id}">${icon(visit, 'lock')}${texts.codes.page.link}</a>
    </div>
  `;
}
