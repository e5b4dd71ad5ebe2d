import type { Face } from '../../../core/rules/viewer.ts';
import type { Gift, OwnMaking, OwnMakings } from '../../../core/school/wall/contract.ts';
import { DECLINE, isDeclined, makingIn } from '../../components/making-in.ts';
import { surroundingsOf, framed, sheetMain } from '../../frame/frame.ts';
import { backLink, calledOf, faceOf, icon, token } from '../../frame/parts.ts';
import { alertBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { shortDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { drawing, voice } from './gift-view.ts';
import { takeBackForm } from './gift.ts';
import { wallPath, wallRefOf, type WallNames, type WallPart } from './parts.ts';
import { doneLine } from './wall.ts';

/** GET /walls/:school/:class/mine: what a child made, and whether it hangs. */
export function mine(visit: Visit<WallPart>, names: WallNames, said: unknown): Promise<Answer> {
  return showMine(visit, names, { said, trouble: null });
}

async function showMine(
  visit: Visit<WallPart>,
  names: WallNames,
  { said, trouble }: { readonly said: unknown; readonly trouble: string | null },
): Promise<Answer> {
  const own = await visit.core.walls.makings(visit.viewer, wallRefOf(names));
  if (own === null) return MISSING;
  const words = visit.texts.walls;
  const { makings, others } = own;
  const isBare = makings.length + others.length === 0;
  const content = html`
    ${backLink(visit, wallPath(own.ref), words.back)}
    <h1 id="t">${words.minePage}</h1>
    ${trouble === null ? doneLine(visit, said) : alertBanner(visit, 'wait', trouble)}
    <p class="lead">${isBare ? words.mineNothing : words.mineLead}</p>
    ${own.askedBy === null ? NOTHING : askedForAny(visit, own, own.askedBy)}
    <ul class="own-made">
      ${makings.map((one) => madeTile(visit, own, one))}
      ${others.map((gift) => givenTile(visit, gift))}
    </ul>
  `;
  const surroundings = await surroundingsOf(visit);
  const body = framed(visit, surroundings, {
    title: words.minePage,
    section: 'board',
    shelf: null,
    styles: ['wall.css'],
    main: sheetMain(visit, surroundings, { shelf: null, content }),
  });
  // 422: RFC 9110 §15.5.21
  return { kind: 'page', status: trouble === null ? 200 : 422, body };
}

/** A teacher would like anything of theirs; the child chooses, or says no. */
const askedForAny = (visit: Visit, { ref }: OwnMakings, by: Face): Html => html`
  <div class="banner">
    ${faceOf(visit, by, 's')}
    <span class="grow">${visit.texts.walls.asksAny(calledOf(by))}</span>
    <form method="post" action="${wallPath(ref)}/mine">
      ${token(visit)}
      <button class="btn" name="act" value="${DECLINE}">${visit.texts.walls.declineAny}</button>
    </form>
  </div>
`;

/** What was made here, and one button. */
function madeTile(visit: Visit, own: OwnMakings, one: OwnMaking): Html {
  const words = visit.texts.walls;
  const { gift, kind, at } = one;
  if (gift !== null && gift.state !== 'refused') return givenTile(visit, gift);
  const src = `/makings/${one.letter}/${one.part}`;
  const shown =
    kind === 'drawing'
      ? html`
          <img class="art" src="${src}" alt="${visit.texts.little.drawing}" loading="lazy" />
        `
      : html`
          <span class="voice">${icon(visit, 'mic')}</span>
          <audio
            controls
            preload="none"
            src="${src}"
            aria-label="${visit.texts.little.sound}"
          ></audio>
        `;
  return html`
    <li>
      <div class="given">${shown}</div>
      <p class="small soft">${shortDate(visit.clock, 'child', at)}</p>
      ${gift === null ? NOTHING : stateLine(visit, gift)}
      ${one.askedBy === null ? NOTHING : askedLine(visit, one.askedBy)}
      <form method="post" action="${wallPath(own.ref)}/mine">
        ${token(visit)}
        <input type="hidden" name="letter" value="${one.letter}" />
        <input type="hidden" name="part" value="${one.part}" />
        <button class="btn main">
          ${icon(visit, 'wall')}${gift === null ? words.give : words.giveAgain}
        </button>
        ${
          one.askedBy === null
            ? NOTHING
            : html`
                <button class="btn" name="act" value="${DECLINE}">${words.decline}</button>
              `
        }
      </form>
    </li>
  `;
}

/** A teacher would like it; the child says yes or no. */
const askedLine = (visit: Visit, by: Face): Html => html`
  <p class="stands">
    ${faceOf(visit, by, 's')}
    <span>${visit.texts.walls.asksYou(calledOf(by))}</span>
  </p>
`;

/** What was given: where it is, and the way back. */
function givenTile(visit: Visit, gift: Gift): Html {
  return html`
    <li class="${gift.state}">
      <div class="given">
        ${gift.kind === 'drawing' ? drawing(visit, gift, 'small') : voice(visit, gift)}
      </div>
      ${stateLine(visit, gift)} ${takeBackForm(visit, gift)}
    </li>
  `;
}

const STATE_ICONS = { asked: 'hold', hung: 'check', refused: 'info' } as const;

function stateLine(visit: Visit, { state, word }: Gift): Html {
  return html`
    <p class="stands">
      ${icon(visit, STATE_ICONS[state])}
      <span>
        ${visit.texts.walls.states[state]}${word === '' ? '' : `${visit.texts.colon}${word}`}
      </span>
    </p>
  `;
}

/** POST /walls/:school/:class/mine: « Je veux l'accrocher ». */
export async function giveMine(
  visit: Visit<WallPart>,
  names: WallNames,
  form: Form,
): Promise<Answer> {
  const [ref, which] = [wallRefOf(names), makingIn(form)];
  if (isDeclined(form)) {
    const done = await visit.core.walls.decline(visit.viewer, ref, which);
    return done ? { kind: 'go', to: `${wallPath(ref)}/mine?said=declined` } : MISSING;
  }
  const became = which && (await visit.core.walls.give(visit.viewer, ref, which));
  if (became === null || became === 'missing') return MISSING;
  if (became === 'given') return { kind: 'go', to: `${wallPath(ref)}/mine?said=given` };
  return showMine(visit, names, { said: null, trouble: visit.texts.walls.troubles[became] });
}

/** GET /makings/:letter/:part: what a child made, before it is given. */
export async function makingFile(
  visit: Visit<WallPart>,
  which: Pick<OwnMaking, 'letter' | 'part'>,
): Promise<Answer> {
  const file = await visit.core.walls.making(visit.viewer, which);
  return file === null ? MISSING : { kind: 'inline', file };
}
