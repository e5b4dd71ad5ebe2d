import type { Face } from '../../../../core/rules/viewer.ts';
import type { Gift, OwnMaking, OwnMakings } from '../../../../core/school/wall/contract.ts';
import { littlePage } from '../../../components/little-page.ts';
import { DECLINE, isDeclined, makingIn } from '../../../components/making-in.ts';
import {
  littleFace,
  picture,
  sentenceEar,
  stepLink,
  type LittleSentence,
} from '../../../frame/little-parts.ts';
import { calledOf, token } from '../../../frame/parts.ts';
import type { Visit } from '../../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../../html.ts';
import { MISSING, type Answer } from '../../../http/answer.ts';
import type { Form } from '../../../http/forms.ts';
import { shownGift, shownMaking, type LittleWallPart } from './parts.ts';

type Ref = OwnMakings['ref'];
const pathOf = ({ school, classId }: Ref): string => `/walls/${school}/${classId}`;

/** GET /walls/:school/:class/mine of a little one: what they made, and one picture to press. */
export async function littleMine(
  visit: Visit<LittleWallPart>,
  ref: Ref,
  trouble: 'too-many' | 'unknown' | null = null,
): Promise<Answer> {
  const own = await visit.core.walls.makings(visit.viewer, ref);
  if (own === null) return MISSING;
  const words = visit.texts.little.wall;
  const isBare = own.makings.length + own.others.length === 0;
  const usual: LittleSentence = isBare ? 'wallNoneMine' : 'wallMine';
  return littlePage(visit, {
    title: words.mine,
    at: 'inside',
    says: trouble === null ? usual : 'wallWaits',
    styles: ['wall.css'],
    main: html`
      <main id="main" class="body">
        <div class="wallhead">
          <h1 class="vh">${words.mine}</h1>
          ${stepLink(visit, { path: pathOf(ref), picture: 'mur', words: words.title })}
        </div>
        ${own.askedBy === null ? NOTHING : wishedAny(visit, own.ref, own.askedBy)}
        <ul class="own-made">
          ${own.makings.map((one) => made(visit, own, one))}
          ${own.others.map((gift) => given(visit, own, gift))}
        </ul>
      </main>
    `,
  });
}

/** Not given yet: the drawing, and the string to hang it on. */
function made(visit: Visit, own: OwnMakings, one: OwnMaking): Html {
  const { gift, kind } = one;
  if (gift !== null && gift.state !== 'refused') return given(visit, own, gift);
  const { drawing, sound } = visit.texts.little;
  const shown = shownMaking(visit, {
    src: `/makings/${one.letter}/${one.part}`,
    kind,
    called: kind === 'drawing' ? drawing : sound,
  });
  return html`
    <li>
      <div class="given">${shown}</div>
      ${gift === null ? NOTHING : refusal(visit, own, gift)}
      ${one.askedBy === null ? NOTHING : wished(visit, one.askedBy)}
      ${giveForm(visit, own.ref, one)}
      ${one.askedBy === null ? NOTHING : declineForm(visit, own.ref, one)}
    </li>
  `;
}

/** « Je veux l'accrocher », as a picture of the wall. */
export const giveForm = (
  visit: Visit,
  ref: Ref,
  { letter, part }: Pick<OwnMaking, 'letter' | 'part'>,
): Html => html`
  <form method="post" action="${pathOf(ref)}/mine">
    ${token(visit)}
    <input type="hidden" name="letter" value="${letter}" />
    <input type="hidden" name="part" value="${part}" />
    <button class="go">
      ${picture(visit, 'mur')}
      <span class="vh">${visit.texts.walls.give}</span>
    </button>
  </form>
`;

/** The teacher would like it: her face, and an ear. */
function wished(visit: Visit, by: Face): Html {
  const said = visit.texts.walls.asksYou(calledOf(by));
  return html`
    <p class="at">
      ${littleFace(visit, by)} ${sentenceEar(visit, said)}
      <span class="vh">${said}</span>
    </p>
  `;
}

/** She would like anything of theirs: her face, an ear, and the house where all stays. */
function wishedAny(visit: Visit, ref: Ref, by: Face): Html {
  const said = visit.texts.walls.asksAny(calledOf(by));
  return html`
    <div class="doing">
      <p class="at">
        ${littleFace(visit, by)} ${sentenceEar(visit, said)}
        <span class="vh">${said}</span>
      </p>
      <form method="post" action="${pathOf(ref)}/mine">
        ${token(visit)}
        <button class="disc" name="act" value="${DECLINE}">
          ${picture(visit, 'maison')}
          <span class="vh">${visit.texts.walls.declineAny}</span>
        </button>
      </form>
    </div>
  `;
}

const declineForm = (visit: Visit, ref: Ref, { letter, part }: OwnMaking): Html => html`
  <form method="post" action="${pathOf(ref)}/mine">
    ${token(visit)}
    <input type="hidden" name="letter" value="${letter}" />
    <input type="hidden" name="part" value="${part}" />
    <button class="disc" name="act" value="${DECLINE}">
      ${picture(visit, 'maison')}
      <span class="vh">${visit.texts.walls.decline}</span>
    </button>
  </form>
`;

/** The teacher's word, with her face and an ear. */
function refusal(visit: Visit, { teachers }: OwnMakings, { word }: Gift): Html {
  const [first] = teachers;
  const said = word === '' ? visit.texts.walls.states.refused : word;
  return html`
    <p class="at">
      ${first === undefined ? NOTHING : littleFace(visit, first)} ${sentenceEar(visit, said)}
      <span class="vh">${said}</span>
    </p>
  `;
}

/** Given: where it is, and the arrow that takes it off. */
function given(visit: Visit, own: OwnMakings, gift: Gift): Html {
  const words = visit.texts.walls;
  return html`
    <li class="${gift.state}">
      <div class="given">${shownGift(visit, gift)}</div>
      <div class="doing">
        ${whereItIs(visit, own, gift)}
        <form method="post" action="/gifts/${gift.ref.school}/${gift.ref.item}/back">
          ${token(visit)}
          <button class="disc">
            ${picture(visit, 'retour')}
            <span class="vh">${gift.state === 'hung' ? words.takeBack : words.takeBackAsked}</span>
          </button>
        </form>
      </div>
    </li>
  `;
}

/** On the wall with a tick; before the teacher's eyes; or not this time, by her word. */
function whereItIs(visit: Visit, own: OwnMakings, gift: Gift): Html {
  if (gift.state === 'refused') return refusal(visit, own, gift);
  const [first] = own.teachers;
  const shown =
    gift.state === 'hung'
      ? html`
          ${picture(visit, 'mur')} ${picture(visit, 'bon')}
        `
      : html`
          ${picture(visit, 'pense')} ${first === undefined ? NOTHING : littleFace(visit, first)}
        `;
  return html`
    <span class="at">
      ${shown}
      <span class="vh">${visit.texts.walls.states[gift.state]}</span>
    </span>
  `;
}

/** POST /walls/:school/:class/mine of a little one. */
export async function giveLittle(
  visit: Visit<LittleWallPart>,
  ref: Ref,
  form: Form,
): Promise<Answer> {
  const which = makingIn(form);
  if (isDeclined(form)) {
    const done = await visit.core.walls.decline(visit.viewer, ref, which);
    return done ? { kind: 'go', to: `${pathOf(ref)}/mine` } : MISSING;
  }
  const became = which && (await visit.core.walls.give(visit.viewer, ref, which));
  if (became === null || became === 'missing') return MISSING;
  return became === 'given'
    ? { kind: 'go', to: `${pathOf(ref)}/mine` }
    : littleMine(visit, ref, became);
}
