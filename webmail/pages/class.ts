import type {
  ClassDesk,
  ClassId,
  DeskCorrespondent,
  DeskLink,
  DeskPupil,
  Why,
} from '../../core/core.ts';
import { MISSING, type Answer } from '../answer.ts';
import { around, framed, type FramePart } from '../frame.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import type { Around } from '../mailbox-nav.ts';
import { coverClass, faceOf, icon, label, token } from '../parts.ts';
import type { Visit } from '../visit.ts';
import { calendarDay, dayAfter, mondayAfter, weekdayAt } from '../when.ts';

/** How far ahead the date fields let one choose, in days; core refuses what is further. */
const AHEAD = { rest: 100, outside: 400 } as const;

/** What was typed wrongly, to be shown where it was typed. */
export interface Slip {
  readonly why: Why;
  readonly at: 'rest' | 'outside';
  readonly typed: { readonly address: string; readonly until: string };
}

/** What has just been done, said on top. */
export type Said = keyof Visit['texts']['teaching']['said'];

const saidOf = ({ texts }: Visit, said: unknown): Said | null =>
  typeof said === 'string' && Object.hasOwn(texts.teaching.said, said) ? (said as Said) : null;

/** GET /classes/:class: one class, with all that its teacher decides about it. */
export async function classPage(
  visit: Visit<FramePart | 'teaching'>,
  id: ClassId,
  said: unknown,
): Promise<Answer> {
  return showClass(visit, id, { said: saidOf(visit, said), slip: null });
}

/** The same page; 422 with a sentence beside what was typed wrongly. */
export async function showClass(
  visit: Visit<FramePart | 'teaching'>,
  id: ClassId,
  after: { readonly said: Said | null; readonly slip: Slip | null },
): Promise<Answer> {
  const desk = await visit.core.teaching.desk(visit.viewer, id);
  if (desk === null) return MISSING;
  return {
    kind: 'page',
    status: after.slip === null ? 200 : 422,
    body: classView(visit, await around(visit), { desk, ...after }),
  };
}

function classView(
  visit: Visit,
  near: Around,
  {
    desk,
    said,
    slip,
  }: { readonly desk: ClassDesk; readonly said: Said | null; readonly slip: Slip | null },
): Html {
  const { texts } = visit;
  const words = texts.teaching;
  const title = desk.teaches ? words.title : words.headTitle;
  const proposed = desk.teaches ? desk.links.filter(({ state }) => state === 'proposed') : [];
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        <div>
          <h1 class="row">
            <span>${title}</span>
            ${' '}${label(desk.name, desk.cover)}
          </h1>
          <p class="soft">
            ${desk.schoolName}, ${words.pupils(desk.children.length)},
            ${desk.teachers.length === 0 ? words.nobodyTeaches : words.with(texts.list(desk.teachers))}
          </p>
        </div>
        ${
          said === null
            ? NOTHING
            : html`
                <p class="banner ok" role="status">
                  ${icon(visit, 'check')}
                  <span class="grow">${words.said[said]}</span>
                </p>
              `
        }
        ${proposed.map((link) => proposal(visit, desk, link))}
        <div class="row">
          ${
            desk.teaches
              ? html`
                  <a class="btn main" href="/classes/${desk.id}/write">
                    ${icon(visit, 'write')}${texts.classes.write}
                  </a>
                `
              : NOTHING
          }
          <a class="btn" href="/codes/${desk.id}">${icon(visit, 'lock')}${texts.codes.desk.link}</a>
        </div>
        ${pupils(visit, desk, slip)} ${links(visit, desk)} ${outside(visit, desk, slip)}
      </div>
    </main>
  `;
  return framed(visit, near, {
    title: `${title} ${desk.name}`,
    section: 'classes',
    shelf: null,
    styles: ['codes.css', 'desk.css'],
    main,
  });
}

/** What another class asks: it comes before everything else. */
function proposal(visit: Visit, desk: ClassDesk, link: DeskLink): Html {
  const { texts, viewer } = visit;
  const words = texts.teaching.links;
  const [from, until] = [
    calendarDay(viewer.language, link.from),
    calendarDay(viewer.language, link.until),
  ];
  return html`
    <section class="banner wait" aria-labelledby="p${link.other}">
      ${icon(visit, 'hold')}
      <div class="grow stack tight">
        <h2 class="h3" id="p${link.other}">${words.asks(link.className, link.schoolName)}</h2>
        <p>
          ${words.askedBy(link.teachers.length === 0 ? link.schoolName : texts.list(link.teachers), from, until)}
        </p>
        <form
          class="stack tight"
          method="post"
          action="/classes/${desk.id}/link/${link.other}/answer"
        >
          ${token(visit)}
          <label class="tick">
            <input type="checkbox" name="moderated" value="yes" checked />
            <span>
              ${words.moderate}.
              <span class="soft small">${words.moderateHint}</span>
            </span>
          </label>
          <div class="row">
            <button class="btn main" name="agree" value="yes">
              ${icon(visit, 'check')}${words.accept}
            </button>
            <button class="btn" name="agree" value="no">${words.decline}</button>
          </div>
        </form>
      </div>
    </section>
  `;
}

function pupils(visit: Visit, desk: ClassDesk, slip: Slip | null): Html {
  const words = visit.texts.teaching.rest;
  const rows =
    desk.children.length === 0
      ? html`
          <p class="soft">${words.nobody}</p>
        `
      : html`
          <ul class="lines halves">
            ${desk.children.map((one) => pupilLine(visit, desk, one))}
          </ul>
        `;
  return html`
    <section class="sheet pad stack" aria-labelledby="pu">
      <div>
        <h2 id="pu">${words.title}</h2>
        <p class="soft small">${words.hint}</p>
      </div>
      ${
        slip?.at === 'rest'
          ? html`
              <p class="err" role="alert">
                ${icon(visit, 'warning')}${visit.texts.teaching.why[slip.why]}
              </p>
            `
          : NOTHING
      }
      ${rows}
    </section>
  `;
}

function pupilLine(visit: Visit, desk: ClassDesk, one: DeskPupil): Html {
  const { texts, viewer } = visit;
  const words = texts.teaching.rest;
  const act = `/classes/${desk.id}/rest/${one.account}`;
  const { name } = one.face;
  if (one.restsUntil !== null) {
    return html`
      <li class="line row">
        ${faceOf(visit, one.face)}
        <span class="grow">
          <b>${name}</b>
          ${' '}
          <span class="badge wait">
            ${icon(visit, 'moon')}${words.badge(weekdayAt(viewer.language, one.restsUntil))}
          </span>
        </span>
        <form method="post" action="${act}/end">
          ${token(visit)}
          <button class="btn">
            ${icon(visit, 'sun')}${words.end}
            <span class="vh">${' '}${words.of(name)}</span>
          </button>
        </form>
      </li>
    `;
  }
  const soon = [dayAfter(desk.today, 1), mondayAfter(desk.today), dayAfter(desk.today, 7)];
  const days = [...new Set(soon)].filter((day) => day > desk.today).sort();
  const button = (day: string) => html`
    <button class="btn" name="back" value="${day}">
      ${day === soon[0] ? words.tomorrow : words.at(calendarDay(viewer.language, day))}
    </button>
  `;
  return html`
    <li class="line row">
      ${faceOf(visit, one.face)}
      <span class="grow"><b>${name}</b></span>
      <details class="unfold">
        <summary class="btn">
          ${icon(visit, 'moon')}${words.start}
          <span class="vh">${' '}${words.of(name)}</span>
        </summary>
        <form class="stack tight" method="post" action="${act}">
          ${token(visit)}
          <p class="lab">${words.question(one.face.name.split(' ')[0] ?? name)}</p>
          <div class="row">${days.map(button)}</div>
          <div class="row">
            <label class="lab" for="d${one.account}">${words.other}</label>
            <input
              class="input short"
              type="date"
              id="d${one.account}"
              name="day"
              min="${dayAfter(desk.today, 1)}"
              max="${dayAfter(desk.today, AHEAD.rest)}"
            />
            <button class="btn" name="back" value="">${words.choose}</button>
          </div>
        </form>
      </details>
    </li>
  `;
}

function links(visit: Visit, desk: ClassDesk): Html {
  const words = visit.texts.teaching.links;
  const shown = desk.links.filter(({ state }) => state !== 'proposed' || !desk.teaches);
  const list =
    shown.length === 0
      ? html`
          <p class="soft">${words.none}</p>
        `
      : html`
          <ul class="lines">
            ${shown.map((link) => linkLine(visit, desk, link))}
          </ul>
        `;
  return html`
    <section class="sheet pad stack" aria-labelledby="li">
      <div>
        <h2 id="li">${words.title}</h2>
        <p class="soft small">${words.hint}</p>
      </div>
      ${list}
      ${
        desk.teaches
          ? html`
              <p>
                <a class="btn" href="/classes/${desk.id}/link">
                  ${icon(visit, 'plus')}${words.propose}
                </a>
              </p>
            `
          : html`
              <p class="soft small">${words.teacherOnly}</p>
            `
      }
    </section>
  `;
}

function linkLine(visit: Visit, desk: ClassDesk, link: DeskLink): Html {
  const { texts, viewer } = visit;
  const words = texts.teaching.links;
  const act = `/classes/${desk.id}/link/${link.other}`;
  const tone = link.state === 'running' ? 'ok' : 'wait';
  const reads = [
    link.moderatedHere ? words.readHere : '',
    link.moderatedThere ? words.readThere : '',
  ].filter((one) => one !== '');
  const about = [
    link.teachers.length === 0 ? '' : words.with(texts.list(link.teachers)),
    words.dates(calendarDay(viewer.language, link.from), calendarDay(viewer.language, link.until)),
    ...reads,
  ].filter((one) => one !== '');
  const asked = link.state === 'asked';
  const moderate =
    desk.teaches && link.state !== 'proposed'
      ? html`
          <form method="post" action="${act}/moderate">
            ${token(visit)}
            <button class="btn" name="moderated" value="${link.moderatedHere ? 'no' : 'yes'}">
              ${icon(visit, 'eye')}${link.moderatedHere ? words.readNoMore : words.read}
            </button>
          </form>
        `
      : NOTHING;
  return html`
    <li class="line row">
      <span class="spine ${coverClass(link.cover)}"></span>
      <span class="grow">
        <b>${link.className}, ${link.schoolName}</b>
        ${' '}
        <span class="badge ${tone}">
          ${icon(visit, tone === 'ok' ? 'check' : 'hold')}${words.state[link.state]}
        </span>
        <br />
        <span class="small soft">${about.join(', ')}</span>
      </span>
      <details class="unfold">
        <summary class="btn">
          ${icon(visit, 'settings')}${words.settle}
          <span class="vh">${' '}${link.className}, ${link.schoolName}</span>
        </summary>
        <div class="row">
          ${moderate}
          <form method="post" action="${act}/end">
            ${token(visit)}
            <button class="btn no">
              ${icon(visit, 'close')}${asked ? words.takeBack : words.end}
            </button>
          </form>
        </div>
        ${
          asked
            ? NOTHING
            : html`
                <p class="soft small">${words.endHint}</p>
              `
        }
      </details>
    </li>
  `;
}

function outside(visit: Visit, desk: ClassDesk, slip: Slip | null): Html {
  const words = visit.texts.teaching.outside;
  const list =
    desk.correspondents.length === 0
      ? html`
          <p class="soft">${words.none}</p>
        `
      : html`
          <ul class="lines">
            ${desk.correspondents.map((one) => outsideLine(visit, desk, one))}
          </ul>
        `;
  return html`
    <section class="sheet pad stack" aria-labelledby="ou">
      <div>
        <h2 id="ou">${words.title}</h2>
        <p class="soft small">${words.hint}</p>
      </div>
      ${list}
      ${
        desk.teaches
          ? approveForm(visit, desk, slip?.at === 'outside' ? slip : null)
          : html`
              <p class="soft small">${words.teacherOnly}</p>
            `
      }
    </section>
  `;
}

function outsideLine(
  visit: Visit,
  desk: ClassDesk,
  { address, until, approvedBy }: DeskCorrespondent,
): Html {
  const words = visit.texts.teaching.outside;
  return html`
    <li class="line row">
      ${icon(visit, 'person')}
      <span class="grow">
        <b class="any">${address}</b>
        <br />
        <span class="small soft">
          ${words.until(calendarDay(visit.viewer.language, until))}, ${words.by(approvedBy)}
        </span>
      </span>
      <form method="post" action="/classes/${desk.id}/outside/remove">
        ${token(visit)}
        <input type="hidden" name="address" value="${address}" />
        <button class="btn no">
          ${icon(visit, 'close')}${words.remove}
          <span class="vh">${' '}${address}</span>
        </button>
      </form>
    </li>
  `;
}

function approveForm(visit: Visit, desk: ClassDesk, slip: Slip | null): Html {
  const words = visit.texts.teaching.outside;
  const wrong =
    slip === null ? NOTHING : attributes({ 'aria-invalid': 'true', 'aria-describedby': 'ax' });
  const isDay =
    slip !== null &&
    (slip.why === 'not-a-day' || slip.why === 'past-day' || slip.why === 'too-far');
  return html`
    <form
      class="stack tight"
      method="post"
      action="/classes/${desk.id}/outside"
      aria-labelledby="ap"
    >
      <h3 id="ap">${words.add}</h3>
      <div class="row fields">
        <div class="field grow">
          <label for="oa">${words.address}</label>
          <input
            class="input"
            type="email"
            id="oa"
            name="address"
            value="${slip?.typed.address ?? ''}"
            autocomplete="off"
            maxlength="254"
            required${isDay ? NOTHING : wrong}
          />
        </div>
        <div class="field">
          <label for="ot">${words.untilField}</label>
          <input
            class="input short"
            type="date"
            id="ot"
            name="until"
            value="${slip?.typed.until ?? dayAfter(desk.today, 30)}"
            min="${desk.today}"
            max="${dayAfter(desk.today, AHEAD.outside)}"
            required${isDay ? wrong : NOTHING}
          />
        </div>
        ${token(visit)}
        <button class="btn">${icon(visit, 'check')}${words.approve}</button>
      </div>
      ${
        slip === null
          ? NOTHING
          : html`
              <p class="err" id="ax" role="alert">
                ${icon(visit, 'warning')}${visit.texts.teaching.why[slip.why]}
              </p>
            `
      }
    </form>
  `;
}
