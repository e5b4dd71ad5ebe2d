import type { BrowserChild, BrowserClass, Language } from '../../core/core.ts';
import { documentOf } from '../frame.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { coverClass, faceOf, icon, scene } from '../parts.ts';
import { TEXTS, type Visit } from '../visit.ts';

/** A page for whoever stands before a computer of the class, signed in as nobody. */
export interface Yard {
  readonly language: Language;
  readonly asset: Visit['asset'];
}

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
            ${scene(yard, 'bench')}
            <h1>${words.closed}</h1>
            <p>${words.ask}</p>
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
              ${listen(yard)}
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
  const cover = coverClass(one.cover);
  const names = one.children.map(
    (child) => html`
      <li>
        <a class="tile flat" href="/class/${one.id}/${child.account}">
          ${faceOf(yard, { kind: 'child', face: child.animal, name: child.name, cover: one.cover })}
          <span class="grow${longestWord(child.name) > SHORT ? ' long' : ''}">${child.name}</span>
        </a>
      </li>
    `,
  );
  const main = html`
    <div class="stack wide">
      <div class="split">
        <div id="say">
          <h1>${words.title}</h1>
          <p class="soft">${words.touch}</p>
        </div>
        <div class="row">
          ${listen(yard)}
          <p class="cahier small-book ${cover}">
            <span class="label">
              ${one.name}
              <small>${one.teachers.join(', ')}</small>
            </span>
          </p>
        </div>
      </div>
      ${
        names.length === 0
          ? html`
              <div class="state sheet">
                ${scene(yard, 'bench')}
                <p>${words.nobody}</p>
              </div>
            `
          : html`
              <ul class="tiles names ${cover}" aria-label="${words.names}">
                ${names}
              </ul>
            `
      }
      ${
        others > 1
          ? html`
              <p>
                <a class="btn quiet" href="/class?choose=1">
                  ${icon(yard, 'class')}${words.notMyClass}
                </a>
              </p>
            `
          : NOTHING
      }
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

export interface Picking {
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
export function picturesPage(
  yard: Yard,
  { class: own, child, picked, trouble, csrf }: Picking,
): Html {
  const texts = TEXTS[yard.language];
  const words = texts.codes.pictures;
  const name = (picture: string) => texts.codes.animals[picture] ?? picture;
  const drawn = (picture: string, size: string) =>
    faceOf(yard, { kind: 'child', face: picture, name: '', cover: 8 }, size);
  const slots = [0, 1, 2].map((at) => {
    const picture = picked[at];
    if (picture !== undefined)
      return html`
        <li>
          ${drawn(picture, 'l')}
          <span class="vh">${name(picture)}</span>
        </li>
      `;
    return at === picked.length
      ? html`
          <li aria-current="step">
            ${at + 1}
            <span class="vh">${words.now}</span>
          </li>
        `
      : html`
          <li>
            ${at + 1}
            <span class="vh">${words.later}</span>
          </li>
        `;
  });
  const said =
    trouble === null
      ? NOTHING
      : html`
          <p class="banner ${trouble === 'slow' ? 'wait' : 'stop'}" role="status" id="trouble">
            ${icon(yard, trouble === 'slow' ? 'hold' : 'info')}
            <span class="grow">${trouble === 'too-old' ? words.tooOld : words[trouble]}</span>
          </p>
        `;
  const main = html`
    <form class="stack wide" method="post" action="/class/${own.id}/${child.account}">
      <input type="hidden" name="csrf" value="${csrf}" />
      ${picked.map(
        (picture) => html`
          <input type="hidden" name="picked" value="${picture}" />
        `,
      )}
      <div class="split">
        <div class="row keep">
          ${faceOf(yard, { kind: 'child', face: child.animal, name: child.name, cover: own.cover }, 'l')}
          <div id="say">
            <h1>${words.hello(child.name)}</h1>
            <p class="soft">${words.touch}</p>
          </div>
        </div>
        ${listen(yard)}
      </div>
      ${said}
      <div class="yardcode">
        <ol class="slots" aria-label="${words.yours}">
          ${slots}
        </ol>
        ${
          picked.length === 0
            ? NOTHING
            : html`
                <button class="btn" name="pick" value="undo">
                  ${icon(yard, 'undo')}${words.undo}
                </button>
              `
        }
      </div>
      <ul class="tiles code" aria-label="${words.choose}">
        ${child.pictures.map(
          (picture) => html`
            <li>
              <button class="tile" name="pick" value="${picture}">
                ${drawn(picture, 'xl')}
                <span>${name(picture)}</span>
              </button>
            </li>
          `,
        )}
      </ul>
      <p class="soft">${words.help}</p>
    </form>
  `;
  const out = html`
    <a class="btn" href="/class/${own.id}">${icon(yard, 'back')}${words.notMe}</a>
  `;
  return yardDocument(yard, {
    title: words.title,
    school: '',
    label: html`
      <span class="label ${coverClass(own.cover)}">${own.name}</span>
    `,
    main,
    out,
  });
}

function listen(yard: Yard): Html {
  return html`
    <button class="btn" type="button" data-listen="#say" hidden>
      ${icon(yard, 'sound')}${TEXTS[yard.language].box.listen}
    </button>
  `;
}

function adultLink(yard: Yard): Html {
  return html`
    <a class="btn" href="/signin?adult=1">
      ${icon(yard, 'lock')}${TEXTS[yard.language].codes.who.adult}
    </a>
  `;
}

function yardDocument(
  yard: Yard,
  page: {
    readonly title: string;
    readonly school: string;
    readonly label: Html;
    readonly main: Html;
    readonly out: Html;
  },
): Html {
  const texts = TEXTS[yard.language];
  return documentOf({
    lang: yard.language,
    title: texts.titled(page.title),
    audience: 'pupil',
    skip: texts.skip,
    icon: yard.asset('drawings.svg'),
    styles: [yard.asset('base.css'), yard.asset('class.css')],
    scripts: [yard.asset('class.js')],
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
