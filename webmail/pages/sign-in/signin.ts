import type { Config } from '../../../core/ground/config.ts';
import type { Language } from '../../../core/ground/ids.ts';
import { tick } from '../../components/field.ts';
import { formOf } from '../../components/form.ts';
import { passwordField, passwordOf } from '../../components/password-field.ts';
import { doorDocument } from '../../frame/frame.ts';
import { legalLinks } from '../../frame/legal-foot.ts';
import { faceOf, icon } from '../../frame/parts.ts';
import { fieldTrouble } from '../../frame/said.ts';
import { scene } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { TEXTS } from '../../texts/texts.ts';
import { ADDRESS_FIELD } from './address-field.ts';
import { FORGOTTEN_PATH } from './forgotten.ts';

export const SIGN_IN_FORM = formOf({
  address: ADDRESS_FIELD,
  password: passwordOf('current-password'),
});

export interface SignInDoor {
  readonly language: Language;
  /** The language that was asked for by name: whoever comes in reads in it from then on. */
  readonly chosen: Language | null;
  readonly asset: Visit['asset'];
  readonly config: Pick<Config, 'domain'>;
  /**
   * The script that shows a password: it comes with the page, since on an old line the first page
   * of all has nothing to ask for twice.
   */
  readonly eye: string;
  /** The form token of somebody not yet signed in. */
  readonly csrf: string;
  /** Whether the computer was said to be somebody’s own; a class’s never is, and isn’t asked. */
  readonly own: 'yes' | 'no' | 'class';
}

export type SignInTrouble =
  | { readonly kind: 'none' | 'no-match' | 'empty' | 'too-old' | 'code-too-late' }
  | { readonly kind: 'wait'; readonly seconds: number };

/**
 * GET /signin, and the same page again with a sentence when the sign-in did not work. The address
 * stays, the password never.
 */
export function signInPage(door: SignInDoor, complaint: SignInTrouble, address: string): Html {
  const texts = TEXTS[door.language];
  const words = texts.signIn;
  const trouble = sentenceOf(texts, complaint);
  return doorDocument(door, {
    title: words.title,
    ownScript: door.eye,
    foot: 'within',
    body: html`
      <main id="main" class="gate grow">
        <section class="scene">
          <div><p class="brand">${icon(door, 'preau')}${texts.brand}</p></div>
          ${scene('yard')}
          <div class="stack tight">
            <p class="big">${words.motto}</p>
            <p>${words.promise}</p>
          </div>
        </section>
        <section class="form">
          <div class="stack wide">
            <h1>${words.hello}</h1>
            ${signInForm(door, { trouble, address, leadsOn: leadsOn(complaint) })}
            ${otherDoors(door)}
            <p class="small soft">${words.shared}</p>
          </div>
          ${otherLanguage(door)}
        </section>
      </main>
    `,
  });
}

interface Typed {
  readonly trouble: string | null;
  /** Whether whoever tried in vain is shown where to get a new password. */
  readonly leadsOn: boolean;
  readonly address: string;
}

function signInForm(door: SignInDoor, typed: Typed): Html {
  const words = TEXTS[door.language].signIn;
  return html`
    <form class="stack" method="post" action="/signin" novalidate>
      <input type="hidden" name="csrf" value="${door.csrf}" />
      <input type="hidden" name="language" value="${door.chosen ?? ''}" />
      ${troubleLine(door, typed)} ${fields(door, typed)} ${ownComputer(door)}
      <button class="btn main full">${words.open}</button>
      <p class="ways">
        <a href="${FORGOTTEN_PATH}">${words.lost.link}</a>
        <a href="/activate?language=${door.language}">
          ${TEXTS[door.language].codes.door.firstTime}
        </a>
      </p>
    </form>
  `;
}

/** What is wrong, and where one gets a new password: a sentence alone leads nowhere. */
function troubleLine(door: SignInDoor, { trouble, leadsOn }: Typed): Html {
  if (trouble === null) return NOTHING;
  const way = html`
    <a href="${FORGOTTEN_PATH}">${TEXTS[door.language].signIn.lost.ask}</a>
  `;
  const words = html`
    ${trouble}${' '}${leadsOn ? way : NOTHING}
  `;
  return fieldTrouble(door, 'trouble', words);
}

const leadsOn = ({ kind }: SignInTrouble): boolean => kind === 'no-match' || kind === 'wait';

function fields(door: SignInDoor, { trouble, address }: Typed): Html {
  const words = TEXTS[door.language].signIn;
  const { typed } = SIGN_IN_FORM.blank({ address });
  const wrongBy = trouble === null ? null : 'trouble';
  const shown = SIGN_IN_FORM.shown(door, {
    typed,
    wrongBy: { address: wrongBy, password: wrongBy },
  });
  const own = shown.filled('password', { id: 'p', label: words.password });
  return html`
    ${shown.line('address', {
      id: 'a',
      label: words.address,
      hint: words.addressHint(door.config.domain),
      as: { autofocus: address === '' },
    })}
    ${passwordField(door, own)}
  `;
}

/** A computer of a class is nobody's own, and isn't asked about. */
function ownComputer({ language, own }: SignInDoor): Html {
  if (own === 'class') return NOTHING;
  const words = TEXTS[language].signIn;
  return tick({
    type: 'checkbox',
    name: 'own',
    value: 'yes',
    isOn: own === 'yes',
    words: html`
      ${words.own}.
      <span class="soft small">${words.ownHint}</span>
    `,
  });
}

/** The way of children, by their pictures. */
function otherDoors(door: SignInDoor): Html {
  const words = TEXTS[door.language].codes.door;
  return html`
    <div>
      <a class="tile flat" href="/class">
        ${faceOf(door, { kind: 'child', face: 'lapin', name: '', cover: 8 })}
        <span class="grow">
          ${words.pupil}
          <br />
          <small>${words.pupilHint}</small>
        </span>
        ${icon(door, 'arrow')}
      </a>
    </div>
  `;
}

function otherLanguage({ language }: SignInDoor): Html {
  const other = language === 'fr' ? 'en' : 'fr';
  return html`
    <footer class="legal small">
      <a href="/signin?adult=1&amp;language=${other}" lang="${other}" hreflang="${other}">
        ${TEXTS[language].otherLanguage}
      </a>
      ${legalLinks(language)}
    </footer>
  `;
}

function sentenceOf(
  { signIn, protect }: (typeof TEXTS)[Language],
  complaint: SignInTrouble,
): string | null {
  switch (complaint.kind) {
    case 'none':
      return null;
    case 'no-match':
      return signIn.noMatch;
    case 'empty':
      return signIn.empty;
    case 'too-old':
      return signIn.tooOld;
    case 'code-too-late':
      return protect.step.tooOld;
    case 'wait':
      return signIn.wait(complaint.seconds);
  }
}
