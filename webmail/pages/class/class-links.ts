import type { OwnClassDetails, ClassLinkLine } from '../../../core/school/teaching/contract.ts';
import { tick } from '../../components/field.ts';
import { coverClass, icon, token, commas } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';

/** What another class asks: it comes before everything else. */
export function proposal(visit: Visit, details: OwnClassDetails, link: ClassLinkLine): Html {
  const { texts, viewer } = visit;
  const words = texts.teaching.links;
  const who = link.teachers.length === 0 ? link.schoolName : texts.list(link.teachers);
  const [from, until] = [
    calendarDay(viewer.language, link.from),
    calendarDay(viewer.language, link.until),
  ];
  return html`
    <section class="banner wait" aria-labelledby="p${link.other}">
      ${icon(visit, 'hold')}
      <div class="grow stack tight">
        <h2 class="h3" id="p${link.other}">${words.asks(link.className, link.schoolName)}</h2>
        <p>${words.askedBy(who, from, until)}</p>
        <form
          class="stack tight"
          method="post"
          action="/classes/${details.id}/link/${link.other}/answer"
        >
          ${token(visit)} ${moderateTick(visit, { isOn: true })}
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

/** Whether a teacher reads first what comes from the other class. */
export function moderateTick({ texts }: Visit, { isOn }: { readonly isOn: boolean }): Html {
  const words = texts.teaching.links;
  return tick({
    type: 'checkbox',
    name: 'moderated',
    value: 'yes',
    isOn,
    words: html`
      ${words.moderate}.
      <span class="soft small">${words.moderateHint}</span>
    `,
  });
}

/** The classes with which this one writes, or has asked to. */
export function links(visit: Visit, details: OwnClassDetails): Html {
  const words = visit.texts.teaching.links;
  const shown = details.links.filter(({ state }) => state !== 'proposed' || !details.teaches);
  const none = html`
    <p class="soft">${words.none}</p>
  `;
  const lines = html`
    <ul class="lines">
      ${shown.map((link) => linkLine(visit, details, link))}
    </ul>
  `;
  const propose = html`
    <p>
      <a class="btn" href="/classes/${details.id}/link">${icon(visit, 'plus')}${words.propose}</a>
    </p>
  `;
  const teacherOnly = html`
    <p class="soft small">${words.teacherOnly}</p>
  `;
  return html`
    <section class="sheet pad stack" aria-labelledby="li">
      <div>
        <h2 id="li">${words.title}</h2>
        <p class="soft small">${words.hint}</p>
      </div>
      ${shown.length === 0 ? none : lines} ${details.teaches ? propose : teacherOnly}
    </section>
  `;
}

function linkLine(visit: Visit, details: OwnClassDetails, link: ClassLinkLine): Html {
  const words = visit.texts.teaching.links;
  const name = `${link.className}, ${link.schoolName}`;
  const running = link.state === 'running';
  return html`
    <li class="line row">
      <span class="spine ${coverClass(link.cover)}"></span>
      <span class="grow">
        <b>${name}</b>
        ${' '}
        <span class="badge ${running ? 'ok' : 'wait'}">
          ${icon(visit, running ? 'check' : 'hold')}${words.state[link.state]}
        </span>
        <br />
        <span class="small soft">${aboutLink(visit, link)}</span>
      </span>
      <details class="unfold">
        <summary class="btn">
          ${icon(visit, 'settings')}${words.settle}
          <span class="vh">${' '}${name}</span>
        </summary>
        ${linkForms(visit, details, link)}
      </details>
    </li>
  `;
}

/** With whom, from when until when, and who reads along. */
function aboutLink({ texts, viewer }: Visit, link: ClassLinkLine): string {
  const words = texts.teaching.links;
  return commas(
    link.teachers.length === 0 ? '' : words.with(texts.list(link.teachers)),
    words.dates(calendarDay(viewer.language, link.from), calendarDay(viewer.language, link.until)),
    link.moderatedHere ? words.readHere : '',
    link.moderatedThere ? words.readThere : '',
    link.travelsHere ? words.travelHere : '',
    link.travelsThere ? words.travelThere : '',
  );
}

function linkForms(visit: Visit, details: OwnClassDetails, link: ClassLinkLine): Html {
  const words = visit.texts.teaching.links;
  const act = `/classes/${details.id}/link/${link.other}`;
  const asked = link.state === 'asked';
  const moderate = html`
    <form method="post" action="${act}/moderate">
      ${token(visit)}
      <button class="btn" name="moderated" value="${link.moderatedHere ? 'no' : 'yes'}">
        ${icon(visit, 'eye')}${link.moderatedHere ? words.readNoMore : words.read}
      </button>
    </form>
  `;
  const travel = html`
    <form method="post" action="${act}/travel">
      ${token(visit)}
      <button class="btn" name="travels" value="${link.travelsHere ? 'no' : 'yes'}">
        ${icon(visit, 'bus')}${link.travelsHere ? words.travelNoMore : words.travel}
      </button>
    </form>
  `;
  const travelHint = html`
    <p class="soft small">${words.travelHint}</p>
  `;
  const endHint = html`
    <p class="soft small">
      ${words.endHint}${' '} ${link.travelsHere || link.travelsThere ? words.endOnRoad : NOTHING}
    </p>
  `;
  const isOurs = details.teaches && link.state !== 'proposed';
  return html`
    <div class="row">
      ${
        isOurs
          ? html`
              ${moderate} ${travel}
            `
          : NOTHING
      }
      <form method="post" action="${act}/end">
        ${token(visit)}
        <button class="btn no">${icon(visit, 'close')}${asked ? words.takeBack : words.end}</button>
      </form>
    </div>
    ${isOurs ? travelHint : NOTHING} ${asked ? NOTHING : endHint}
  `;
}
