import type { BrowserChild, BrowserClass } from '../../../core/entry/accounts/contract.ts';
import { doorDocument } from '../../frame/frame.ts';
import { coverClass, faceOf, icon } from '../../frame/parts.ts';
import { nothingHere, scene } from '../../frame/scenes.ts';
import type { Yard } from '../../frame/yard.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { TEXTS } from '../../texts/texts.ts';
import { doorEar } from './door-says.ts';

/** GET /class: which class, where a browser has several or none. */
export function classesPage(yard: Yard, classes: readonly BrowserClass[]): Html {
  const words = TEXTS[yard.language].codes.who;
  const books = classes.map(
    (one) => html`
      <li class="stack tight">
        <a class="cahier ${coverClass(one.cover)}" href="/class/${one.id}">
          <span class="label">
            ${one.name}
            <small>${one.teachers.join(', ')}</small>
          </span>
        </a>
      </li>
    `,
  );
  const main =
    classes.length === 0
      ? html`
          <div class="state sheet">
            ${scene('bench')}
            <h1>${words.closed}</h1>
            <p>${words.ask}</p>
            <p>${words.atHome}</p>
            <p class="ways">
              <a href="/activate?language=${yard.language}">
                ${TEXTS[yard.language].codes.door.firstTime}
              </a>
              <a href="/signin?adult=1">${words.havePassword}</a>
            </p>
            <p class="soft small">${words.howTo}</p>
            <p>
              <a class="btn main big" href="/signin?adult=1">${icon(yard, 'lock')}${words.adult}</a>
            </p>
          </div>
        `
      : html`
          <div class="stack wide">
            <div class="split">
              <div id="say">
                <h1>${words.which}</h1>
                <p class="soft">${words.touchClass}</p>
              </div>
              ${doorEar(yard, 'classes')}
            </div>
            <ul class="books yardbooks" aria-label="${words.classes}">
              ${books}
            </ul>
          </div>
        `;
  return yardDocument(yard, {
    title: classes.length === 0 ? words.closed : words.which,
    school: classes[0]?.schoolName ?? '',
    label: NOTHING,
    main,
    out: adultLink(yard),
  });
}

/** Letters of one word that fit a tile in the big type. */
const SHORT = 9;
const longestWord = (name: string): number =>
  Math.max(...name.split(/[\s-]+/).map(({ length }) => length));

/** GET /class/:class: first names, each with its animal. */
export function namesPage(yard: Yard, one: BrowserClass, others: number): Html {
  const words = TEXTS[yard.language].codes.who;
  const notMyClass = html`
    <p>
      <a class="btn quiet" href="/class?choose=1">${icon(yard, 'class')}${words.notMyClass}</a>
    </p>
  `;
  const main = html`
    <div class="stack wide">
      <div class="split">
        <div id="say">
          <h1>${words.title}</h1>
          <p class="soft">${words.touch}</p>
        </div>
        <div class="row">
          ${doorEar(yard, 'names')}
          <p class="cahier small-book ${coverClass(one.cover)}">
            <span class="label">
              ${one.name}
              <small>${one.teachers.join(', ')}</small>
            </span>
          </p>
        </div>
      </div>
      ${nameTiles(yard, one)} ${others > 1 ? notMyClass : NOTHING}
    </div>
  `;
  return yardDocument(yard, {
    title: words.title,
    school: one.schoolName,
    label: NOTHING,
    main,
    out: adultLink(yard),
  });
}

function nameTiles(yard: Yard, one: BrowserClass): Html {
  const words = TEXTS[yard.language].codes.who;
  if (one.children.length === 0) return nothingHere('bench', words.nobody);
  return html`
    <ul
      class="tiles names ${coverClass(one.cover)}${one.reads === 'pictures' ? ' by-animal' : ''}"
      aria-label="${words.names}"
    >
      ${one.children.map((child) => nameTile(yard, one, child))}
    </ul>
  `;
}

function nameTile(yard: Yard, { id, cover }: BrowserClass, child: BrowserChild): Html {
  const { name, animal } = child;
  return html`
    <li>
      <a class="tile flat" href="/class/${id}/${child.account}">
        ${faceOf(yard, { kind: 'child', face: animal, name, cover })}
        <span class="grow${longestWord(name) > SHORT ? ' long' : ''}">${name}</span>
      </a>
    </li>
  `;
}

export interface PicturesQuestion {
  readonly class: BrowserClass;
  readonly child: BrowserChild;
  /** What was touched so far, two at the most. */
  readonly picked: readonly string[];
  readonly trouble: 'wrong' | 'slow' | 'too-old' | null;
  readonly csrf: string;
}

/**
 * GET /class/:class/:child, and the answer to each touch: three squares and twelve pictures, which
 * are submit buttons.
 */
export function picturesPage(yard: Yard, picking: PicturesQuestion): Html {
  const words = TEXTS[yard.language].codes.pictures;
  const { class: own } = picking;
  return yardDocument(yard, {
    title: words.title,
    school: '',
    label: html`
      <span class="label ${coverClass(own.cover)}">${own.name}</span>
    `,
    main: picturesForm(yard, picking),
    out: html`
      <a class="btn" href="/class/${own.id}">${icon(yard, 'back')}${words.notMe}</a>
    `,
  });
}

function picturesForm(yard: Yard, picking: PicturesQuestion): Html {
  const words = TEXTS[yard.language].codes.pictures;
  const { class: own, child, picked, csrf } = picking;
  const face = { kind: 'child', face: child.animal, name: child.name, cover: own.cover } as const;
  const undo = html`
    <button class="btn" name="pick" value="undo">${icon(yard, 'undo')}${words.undo}</button>
  `;
  return html`
    <form class="stack wide" method="post" action="/class/${own.id}/${child.account}">
      <input type="hidden" name="csrf" value="${csrf}" />
      ${picked.map(
        (picture) => html`
          <input type="hidden" name="picked" value="${picture}" />
        `,
      )}
      <div class="split">
        <div class="row keep">
          ${faceOf(yard, face, 'l')}
          <div id="say">
            <h1>${words.hello(child.name)}</h1>
            <p class="soft">${words.touch}</p>
          </div>
        </div>
        ${doorEar(yard, 'pictures')}
      </div>
      ${pickingTrouble(yard, picking)}
      <div class="yardcode">
        <ol class="slots" aria-label="${words.yours}">
          ${SLOTS.map((index) => slot(yard, picked, index))}
        </ol>
        ${picked.length === 0 ? NOTHING : undo}
      </div>
      <ul class="tiles code" aria-label="${words.choose}">
        ${child.pictures.map((picture) => pictureTile(yard, picture))}
      </ul>
      <p class="soft">${words.help}</p>
    </form>
  `;
}

/** The squares of a code. */
const SLOTS = [0, 1, 2] as const;

/** A picture that was touched, the square that is next, or one of those after it. */
function slot(yard: Yard, picked: readonly string[], index: number): Html {
  const words = TEXTS[yard.language].codes.pictures;
  const picture = picked[index];
  if (picture !== undefined)
    return html`
      <li>
        ${drawn(yard, picture, 'l')}
        <span class="vh">${pictureName(yard, picture)}</span>
      </li>
    `;
  const isNext = index === picked.length;
  return html`
    <li ${attributes({ 'aria-current': isNext ? 'step' : null })}>
      <span class="dots">
        ${SLOTS.slice(0, index + 1).map(
          () => html`
            <span></span>
          `,
        )}
      </span>
      <span class="vh">${isNext ? words.now : words.later}</span>
    </li>
  `;
}

function pictureTile(yard: Yard, picture: string): Html {
  return html`
    <li>
      <button class="tile" name="pick" value="${picture}">
        ${drawn(yard, picture, 'xl')}
        <span>${pictureName(yard, picture)}</span>
      </button>
    </li>
  `;
}

function drawn(yard: Yard, picture: string, size: 'l' | 'xl'): Html {
  return faceOf(yard, { kind: 'child', face: picture, name: '', cover: 8 }, size);
}

function pictureName({ language }: Yard, picture: string): string {
  return TEXTS[language].codes.animals[picture] ?? picture;
}

/** What is wrong: who can't read it sees their own face, and hears it. */
function pickingTrouble(yard: Yard, { trouble, child, class: own }: PicturesQuestion): Html {
  if (trouble === null) return NOTHING;
  const words = TEXTS[yard.language].codes.pictures;
  const face = { kind: 'child', face: child.animal, name: child.name, cover: own.cover } as const;
  return html`
    <p class="again-line" role="status" id="trouble">
      ${faceOf(yard, face, 'xl')} ${icon(yard, trouble === 'slow' ? 'hold' : 'undo')}
      ${doorEar(yard, trouble, { now: true })}
      <span class="grow">${trouble === 'too-old' ? words.tooOld : words[trouble]}</span>
    </p>
  `;
}

function adultLink(yard: Yard): Html {
  return html`
    <a class="btn" href="/signin?adult=1">
      ${icon(yard, 'lock')}${TEXTS[yard.language].codes.who.adult}
    </a>
  `;
}

interface YardSheet {
  readonly title: string;
  readonly school: string;
  readonly label: Html;
  readonly main: Html;
  readonly out: Html;
}

function yardDocument(yard: Yard, page: YardSheet): Html {
  const texts = TEXTS[yard.language];
  return doorDocument(yard, {
    title: page.title,
    audience: 'pupil',
    styles: ['class.css'],
    scripts: ['class.js'],
    body: html`
      <header class="top">
        <a class="brand" href="/class">
          ${icon(yard, 'preau')}${texts.brand}
          ${
            page.school === ''
              ? NOTHING
              : html`
                  ${' '}
                  <small>${page.school}</small>
                `
          }
        </a>
        ${page.label}
        <div class="me">${page.out}</div>
      </header>
      <main id="main" class="body">${page.main}</main>
    `,
  });
}
