import type { AccountId, ClassId } from '../../../core/ground/ids.ts';
import { isSwitch, type ClassSwitch } from '../../../core/roster/class-switches.ts';
import type {
  ClassLetter,
  OwnClassDetails,
  WithTeaching,
} from '../../../core/school/teaching/contract.ts';
import { around, framed, type FramePart } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { coverClass, icon } from '../../frame/parts.ts';
import { doneBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { atAGlance } from './class-at-a-glance.ts';
import { childCard, type OpenChild } from './class-child.ts';
import { faces, toLookAt } from './class-faces.ts';
import { familiesSheet } from './class-families.ts';
import { links, proposal } from './class-links.ts';
import { outside, type WrongApproval } from './class-outside.ts';
import { phrasesSheet } from './class-phrases.ts';
import { switchForms, switchSaid } from './class-switches.ts';

/** What the page of a class asks of core. */
export type ClassPart = FramePart & WithTeaching;

/** What was typed wrongly, to be shown where it was typed. */
export interface WrongEntry extends WrongApproval {
  readonly at: 'rest' | 'outside';
}

/** What has just been done, said on top. */
export type ClassNotice = keyof Visit['texts']['teaching']['said'] | ClassSwitch;

function saidOf({ texts }: Visit, said: unknown): ClassNotice | null {
  const isSaid = (key: unknown): key is ClassNotice =>
    typeof key === 'string' && (Object.hasOwn(texts.teaching.said, key) || isSwitch(key));
  return isSaid(said) ? said : null;
}

function sentenceOf(visit: Visit, details: OwnClassDetails, said: ClassNotice): string {
  return isSwitch(said) ? switchSaid(visit, details, said) : visit.texts.teaching.said[said];
}

/** A class, and the child of it whose card is open. */
export interface ClassPath {
  readonly class: ClassId;
  readonly child: AccountId | null;
}

/**
 * GET /classes/:class and /classes/:class/child/:child: one class, with all that its teacher
 * decides about it.
 */
export async function classPage(
  visit: Visit<ClassPart>,
  path: ClassPath,
  said: unknown,
): Promise<Answer> {
  return showClass(visit, path, { said: saidOf(visit, said), wrong: null });
}

/** The same page; 422 with a sentence beside what was typed wrongly. */
export async function showClass(
  visit: Visit<ClassPart>,
  path: ClassPath,
  after: { readonly said: ClassNotice | null; readonly wrong: WrongEntry | null },
): Promise<Answer> {
  const { teaching } = visit.core;
  const [details, letter, near] = await Promise.all([
    teaching.classDetails(visit.viewer, path.class, path.child),
    teaching.letter(visit.viewer, path.class),
    around(visit),
  ]);
  if (details === null) return MISSING;
  const open = openChild(details, after.wrong);
  if (open === null && path.child !== null) return MISSING;
  return {
    kind: 'page',
    status: after.wrong === null ? 200 : 422,
    body: classView(atSchool(visit, details), near, { details, letter, open, ...after }),
  };
}

function openChild(
  { children, open }: OwnClassDetails,
  wrong: WrongEntry | null,
): OpenChild | null {
  const pupil = children.find(({ account }) => account === open?.account);
  return pupil === undefined || open === null
    ? null
    : { pupil, child: open, wrong: wrong?.at === 'rest' ? wrong.why : null };
}

interface ClassShown {
  readonly details: OwnClassDetails;
  readonly letter: ClassLetter | null;
  readonly open: OpenChild | null;
  readonly said: ClassNotice | null;
  readonly wrong: WrongEntry | null;
}

function classView(visit: Visit, near: PageSurroundings, shown: ClassShown): Html {
  const { details, letter, open, said, wrong } = shown;
  const words = visit.texts.teaching;
  const proposed = details.teaches ? details.links.filter(({ state }) => state === 'proposed') : [];
  const main = html`
    <main id="main" class="body">
      ${headLine(visit, details)}
      <div class="class-says">
        ${said === null ? NOTHING : doneBanner(visit, sentenceOf(visit, details, said))}
        ${proposed.map((link) => proposal(visit, details, link))}
      </div>
      <div class="class-grid${open === null ? '' : ' opened'}">
        <div class="stack">
          ${faces(visit, details, open?.pupil.account ?? null)} ${atAGlance(visit, details, letter)}
          ${links(visit, details)}
          ${outside(visit, details, wrong?.at === 'outside' ? wrong : null)}
          ${familiesSheet(visit, details)} ${switchForms(visit, details)}
          ${phrasesSheet(visit, details)}
        </div>
        ${open === null ? toLookAt(visit, details) : childCard(visit, details, open)}
      </div>
    </main>
  `;
  return framed(visit, near, {
    title: `${details.teaches ? words.title : words.headTitle} ${details.name}`,
    section: 'classes',
    shelf: null,
    styles: ['codes.css', 'desk.css'],
    main,
  });
}

/** The class, whose it is, and what one does with all of it. */
function headLine(visit: Visit, details: OwnClassDetails): Html {
  const { texts } = visit;
  const words = texts.teaching;
  const { id, teachers } = details;
  const write = html`
    <a class="btn main" href="/classes/${id}/write">
      ${icon(visit, 'write')}${texts.classes.write}
    </a>
  `;
  const families = html`
    <a class="btn" href="/classes/${id}/families">
      ${icon(visit, 'people')}${texts.classes.families}
    </a>
  `;
  return html`
    <div class="head-line">
      <span class="spine tall ${coverClass(details.cover)}" aria-hidden="true"></span>
      <div class="grow">
        <h1>${details.name}</h1>
        <p class="soft">
          ${details.schoolName}, ${words.pupils(details.children.length)},
          ${details.guardians === 0 ? NOTHING : `${words.parents(details.guardians)}, `}
          ${teachers.length === 0 ? words.nobodyTeaches : words.with(texts.list(teachers))}
        </p>
      </div>
      <div class="acts-line">
        <a class="btn" href="/codes/${id}">${icon(visit, 'lock')}${texts.codes.page.link}</a>
        ${details.teaches && details.guardians > 0 ? families : NOTHING}
        ${details.teaches ? write : NOTHING}
      </div>
    </div>
  `;
}
