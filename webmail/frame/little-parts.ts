import type { Face } from '../../core/rules/viewer.ts';
import { attributes, html, type Html } from '../html.ts';
import { calledOf, coverClass, faceOf } from './parts.ts';
import type { Visit } from './visit.ts';

/** What a page says, of which its ear speaks. */
export type LittleSentence = keyof Visit['texts']['little']['says'];

/** What the pages of the little ones show instead of words: symbols of `pictures.svg`. */
export type Picture =
  | 'aide'
  | 'album'
  | 'avant'
  | 'avion'
  | 'bon'
  | 'casier'
  | 'coucou'
  | 'dessin'
  | 'dessus'
  | 'ecoute'
  | 'ecrit'
  | 'encore'
  | 'feuille'
  | 'gomme'
  | 'image'
  | 'jour'
  | 'maison'
  | 'mur'
  | 'panneau'
  | 'pense'
  | 'photo'
  | 'porte'
  | 'retour'
  | 'stop'
  | 'triste'
  | 'voix';

/** A picture of the thing itself; what it says stands beside it, for whoever hears the page. */
export function picture(visit: Pick<Visit, 'asset'>, name: Picture): Html {
  return html`
    <svg class="pic" aria-hidden="true">
      <use href="${visit.asset('pictures.svg')}#${name}" />
    </svg>
  `;
}

/** A scene in the shape of an envelope: the closed letter, or what an open one holds. */
type Art = 'lettre' | 'd-mots' | 'd-photo' | 'd-voix';

/** One of them, silent: the letter is named beside it. */
export function art(visit: Pick<Visit, 'asset'>, name: Art): Html {
  return html`
    <svg class="art" viewBox="0 0 160 110" aria-hidden="true">
      <use href="${visit.asset('pictures.svg')}#${name}" />
    </svg>
  `;
}

/**
 * Who: a round animal for a child, a square portrait for an adult; initials for whom nobody here
 * knows.
 */
export function littleFace(visit: Pick<Visit, 'asset'>, face: Face): Html {
  if (face.portrait === undefined) return faceOf(visit, face);
  return html`
    <svg class="face adult-face ${coverClass(face.cover)}" aria-hidden="true">
      <use href="${visit.asset('pictures.svg')}#${face.portrait}" />
    </svg>
  `;
}

/** The stamp of an envelope: from whom it is, or to whom it goes. */
export function stamp(visit: Pick<Visit, 'asset'>, face: Face): Html {
  return html`
    <span class="stamp">${littleFace(visit, face)}</span>
  `;
}

/**
 * A face that says its name when it is touched: read aloud by the script of the page, which finds
 * the name in it. Without script it is a face with a name.
 */
export function who(visit: Pick<Visit, 'asset' | 'texts'>, face: Face): Html {
  const name = calledOf(face);
  return html`
    <span class="says-name" data-name="${name}">
      ${littleFace(visit, face)}
      <span class="vh">${name}</span>
    </span>
  `;
}

/** An ear beside a sentence that the page was told, as why a letter didn't go. */
export function sentenceEar(
  visit: Pick<Visit, 'asset' | 'texts' | 'viewer'>,
  sentence: string,
): Html {
  return html`
    <span class="says-name" data-name="${sentence}" lang="${visit.viewer.language}">
      ${picture(visit, 'ecoute')}
      <span class="vh">${visit.texts.little.hearLetter}</span>
    </span>
  `;
}

/** The ear of a page, at the top of each: it says what one can do there. */
export function pageEar(visit: Pick<Visit, 'asset' | 'texts'>, says: LittleSentence): Html {
  return html`
    <a class="ear" href="/says/${says}" data-hear data-text="${visit.texts.little.says[says]}">
      ${picture(visit, 'ecoute')}
      <span class="vh">${visit.texts.little.hearHere}</span>
    </a>
  `;
}

/**
 * The ear of a letter that lies at `at`: its words are lit where they stand on the page. Its
 * address is all of it in one, for a browser without scripts.
 */
export function letterEar(
  visit: Pick<Visit, 'asset'>,
  at: string,
  ear: { readonly words: string; readonly look: '' | 'huge' },
): Html {
  return html`
    <a class="ear ${ear.look}" href="${at}/voice" data-hear data-letter="${at}/voice">
      ${picture(visit, 'ecoute')}
      <span class="vh">${ear.words}</span>
    </a>
  `;
}

interface FileTile {
  readonly picture: Picture;
  readonly words: string;
  readonly look: string;
  /** What kinds, what it is called once it is chosen, whether it goes on by itself. */
  readonly field: Readonly<Record<string, string>>;
}

/**
 * A file, chosen by touching a picture; once one is chosen the picture bears a tick, without a
 * script too.
 */
export function fileTile(visit: Pick<Visit, 'asset'>, tile: FileTile): Html {
  return html`
    <input class="vh" type="file" id="file" name="file" required ${attributes(tile.field)} />
    <label class="say ${tile.look}" for="file">
      ${picture(visit, tile.picture)}
      <span class="w">${tile.words}</span>
      <span class="ticked">${picture(visit, 'bon')}</span>
    </label>
  `;
}

interface StepLink {
  readonly path: string;
  readonly picture: Picture;
  readonly words: string;
  /** Whether something new lies that way. */
  readonly isNew?: boolean;
}

/** A round button that goes one step, as a link: back, on. */
export function stepLink(visit: Pick<Visit, 'asset'>, step: StepLink): Html {
  return html`
    <a class="disc${step.isNew === true ? ' beaded' : ''}" href="${step.path}">
      ${picture(visit, step.picture)}
      <span class="vh">${step.words}</span>
    </a>
  `;
}
