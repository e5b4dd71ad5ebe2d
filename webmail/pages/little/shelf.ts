import type { ItemRef, StoredItem, WithCupboards } from '../../../core/school/cupboard/contract.ts';
import type {
  BoxRef,
  HandInBox,
  NotebookPage,
  WithHandIns,
} from '../../../core/school/hand-in/contract.ts';
import type { Gift, OwnMaking, WithWalls } from '../../../core/school/wall/contract.ts';
import { littlePage } from '../../components/little-page.ts';
import { makingIn } from '../../components/making-in.ts';
import {
  littleFace,
  picture,
  sentenceEar,
  stepLink,
  type LittleSentence,
} from '../../frame/little-parts.ts';
import { isFilm, isPicture, isSound, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { shownGift, shownMaking } from './wall/parts.ts';

/** What a little one's shelf asks of core. */
type ShelfPart = WithCupboards<'file' | 'shelf'> &
  WithHandIns<'boxes' | 'hand' | 'notebook'> &
  WithWalls<'list' | 'making' | 'makings'>;

/** Of what was given back, and of what one drew. */
const MOST = 12;

/**
 * GET /cupboards of a little one: on top what is theirs, with their face: what they drew and said,
 * which is there by itself, and what was given back; below what their teacher put there for them.
 */
export async function littleShelf(
  visit: Visit<ShelfPart>,
  trouble: LittleSentence | null = null,
): Promise<Answer> {
  const { core, viewer } = visit;
  const [line] = await core.walls.list(viewer);
  const [{ own, ofClass }, pages, made, boxes] = await Promise.all([
    core.cupboards.shelf(viewer),
    core.handIns.notebook(viewer),
    line === undefined ? null : core.walls.makings(viewer, line.ref),
    line === undefined ? [] : core.handIns.boxes(viewer, line.ref),
  ]);
  const makings = (made?.makings ?? []).slice(0, MOST);
  const wanted = boxes.find((box) => box.own?.mayHand === true && box.own.files.length === 0);
  const words = visit.texts.little.shelf;
  const mine = [
    ...makings.map((one) => making(visit, one, wanted ?? null)),
    ...(made?.others ?? []).slice(0, MOST).map((gift) => hung(visit, gift)),
    ...pages.slice(0, MOST).map((page) => givenBack(visit, page)),
    ...own.map((item) => thing(visit, item)),
  ];
  const isBare = mine.length + ofClass.length === 0;
  return littlePage(visit, {
    title: words.title,
    at: 'inside',
    says: trouble ?? (isBare ? 'shelfEmpty' : 'shelf'),
    styles: ['wall.css', 'shelf.css'],
    main: html`
      <main id="main" class="body">
        <h1 class="vh">${words.title}</h1>
        ${wanted === undefined ? NOTHING : asks(visit, wanted)}
        ${plank(visit, { name: words.mine, things: [...mine, drawOne(visit)], whose: ownFace(visit) })}
        ${plank(visit, {
          name: words.ofClass,
          things: ofClass.map((item) => thing(visit, item)),
          whose: picture(visit, 'casier'),
        })}
      </main>
    `,
  });
}

const ownFace = (visit: Visit): Html => {
  const { face, givenName, address } = visit.viewer;
  return littleFace(visit, { kind: 'child', face, cover: 8, name: givenName, address });
};

interface Plank {
  readonly name: string;
  readonly things: readonly Html[];
  readonly whose: Html;
}

/** A plank of the shelf; what is on it, and whose it is. */
function plank(visit: Visit, { name, things, whose }: Plank): Html {
  if (things.length === 0) return NOTHING;
  return html`
    <section class="plank" aria-label="${name}">
      <p class="whose">${whose} ${sentenceEar(visit, name)}</p>
      <ul class="own-made">
        ${things}
      </ul>
    </section>
  `;
}

/** What their teacher waits for. */
const asks = (visit: Visit, { name, asks: what }: HandInBox): Html => html`
  <p class="asks-box">
    ${picture(visit, 'dessin')} ${sentenceEar(visit, `${name}. ${what}`)}
    <span class="vh">${name}. ${what}</span>
  </p>
`;

/** What they made for somebody: it goes into the box that waits for something, by one press. */
function making(visit: Visit, { letter, part, kind }: OwnMaking, box: HandInBox | null): Html {
  const { drawing, sound, shelf } = visit.texts.little;
  const called = kind === 'drawing' ? drawing : sound;
  const into =
    box === null
      ? NOTHING
      : html`
          <form method="post" action="/boxes/${box.ref.school}/${box.ref.box}/hand">
            ${token(visit)}
            <input type="hidden" name="letter" value="${letter}" />
            <input type="hidden" name="part" value="${part}" />
            <button class="go">
              ${picture(visit, 'casier')}
              <span class="vh">${shelf.handIn(box.name)}</span>
            </button>
          </form>
        `;
  const shown = shownMaking(visit, { src: `/makings/${letter}/${part}`, kind, called });
  return html`
    <li>
      <div class="given">
        ${kind === 'drawing' ? opensLarge(visit, `m${letter}-${part}`, shown) : shown}
      </div>
      ${into}
    </li>
  `;
}

/**
 * A picture that lies large over the page once it is touched, as those do that have a page of their
 * own; the shelf leads back.
 */
const opensLarge = (visit: Visit, id: string, shown: Html): Html => html`
  <a href="#${id}">${shown}</a>
  <div class="over large-file" id="${id}">
    <div class="wallhead">
      ${stepLink(visit, { path: '#main', picture: 'casier', words: visit.texts.little.shelf.title })}
    </div>
    ${shown}
  </div>
`;

/** What they gave to the wall, and no letter has any more. */
const hung = (visit: Visit, gift: Gift): Html => html`
  <li>
    <div class="given">
      ${
        gift.kind === 'drawing'
          ? opensLarge(visit, `g${gift.ref.item}`, shownGift(visit, gift))
          : shownGift(visit, gift)
      }
    </div>
  </li>
`;

/** The place of the next one. */
const drawOne = (visit: Visit): Html => html`
  <li class="next-one">
    <a class="go" href="/write?make=draw">
      ${picture(visit, 'dessin')}
      <span class="vh">${visit.texts.little.shelf.draw}</span>
    </a>
  </li>
`;

/** What was given back, with the teacher's word in an ear. */
function givenBack(visit: Visit, page: NotebookPage): Html {
  const said = `${visit.texts.boxes.stamps[page.stamp]}. ${page.word}`;
  const shown = shownFile(visit, page, `/notebook/${page.page}/content`);
  return html`
    <li class="hung">
      <div class="given">
        ${isPicture(page) ? opensLarge(visit, `n${page.page}`, shown) : shown}
      </div>
      <p class="at">
        ${picture(visit, page.stamp === 'again' ? 'encore' : 'bon')} ${sentenceEar(visit, said)}
        <span class="vh">${said}</span>
      </p>
    </li>
  `;
}

const nameOf = ({ name }: Pick<StoredItem, 'name'>): string =>
  name.replace(/(?<=.)\.[A-Za-z0-9]{1,10}$/, '');

/** A file, which opens large. */
function thing(visit: Visit, item: StoredItem): Html {
  const { school, item: id } = item.ref;
  const at = `/stored/${school}/${id}`;
  const shown = shownFile(visit, item, `${at}/content`);
  return html`
    <li>
      <div class="given">
        ${
          isPicture(item)
            ? html`
                <a href="${at}">${shown}</a>
              `
            : shown
        }
      </div>
      <p class="at">
        ${sentenceEar(visit, nameOf(item))}
        <span class="w">${nameOf(item)}</span>
      </p>
    </li>
  `;
}

function shownFile(visit: Visit, file: Pick<StoredItem, 'name' | 'mediaType'>, at: string): Html {
  const name = nameOf(file);
  if (isPicture(file))
    return html`
      <img src="${at}?as=picture" alt="${name}" loading="lazy" />
    `;
  if (isFilm(file))
    return html`
      <video controls preload="metadata" src="${at}?as=film" aria-label="${name}"></video>
    `;
  if (isSound(file))
    return html`
      <span class="shape-v">${picture(visit, 'voix')}</span>
      <audio controls preload="none" src="${at}?as=sound" aria-label="${name}"></audio>
    `;
  return html`
    <span class="shape-v">${picture(visit, 'feuille')}</span>
  `;
}

/** GET /stored/:school/:item of a little one: a picture, large. */
export async function littleFile(visit: Visit<ShelfPart>, ref: ItemRef): Promise<Answer> {
  const view = await visit.core.cupboards.file(visit.viewer, ref);
  if (view === null) return { kind: 'go', to: '/cupboards' };
  const words = visit.texts.little.shelf;
  return littlePage(visit, {
    title: nameOf(view.file),
    at: 'inside',
    says: 'shelfFile',
    styles: ['wall.css', 'shelf.css'],
    main: html`
      <main id="main" class="body large-file">
        <h1 class="vh">${nameOf(view.file)}</h1>
        <div class="wallhead">
          ${stepLink(visit, { path: '/cupboards', picture: 'casier', words: words.title })}
          ${sentenceEar(visit, nameOf(view.file))}
        </div>
        ${shownFile(visit, view.file, `/stored/${ref.school}/${ref.item}/content`)}
      </main>
    `,
  });
}

/** POST /boxes/:school/:box/hand of a little one: a drawing of theirs, which lies in a letter. */
export async function handLittle(
  visit: Visit<ShelfPart>,
  ref: BoxRef,
  form: Form,
): Promise<Answer> {
  const which = makingIn(form);
  const file = which && (await visit.core.walls.making(visit.viewer, which));
  if (file === null) return MISSING;
  const became = await visit.core.handIns.hand(visit.viewer, ref, [file]);
  if (became.kind === 'missing') return MISSING;
  return littleShelf(visit, became.kind === 'handed' ? 'shelfHanded' : 'shelfStays');
}
