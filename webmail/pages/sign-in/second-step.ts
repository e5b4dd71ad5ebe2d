import { codeField } from '../../components/code-field.ts';
import { lineField } from '../../components/field.ts';
import { doorDocument } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import { attributes, html, type Html } from '../../html.ts';
import { TEXTS } from '../../texts/texts.ts';
import type { SignInDoor } from './signin.ts';

export type StepTrouble =
  | { readonly kind: 'none' | 'empty' | 'no-match' }
  | { readonly kind: 'wait'; readonly seconds: number };

export interface StepShown {
  /** What the password's word is kept in. */
  readonly ticket: string;
  readonly trouble: StepTrouble;
  /** Which code was given: the phone's, or one of the sheet. */
  readonly by: 'phone' | 'recovery';
}

/**
 * After the right password of somebody who protects their account: the code of their phone. The
 * ticket stands in the form, never in an address.
 */
export function secondStepPage(
  door: Pick<SignInDoor, 'language' | 'chosen' | 'asset' | 'csrf' | 'own'>,
  { ticket, trouble, by }: StepShown,
): Html {
  const texts = TEXTS[door.language];
  const words = texts.protect.step;
  const said = sentenceOf(texts, trouble, by);
  const hidden = html`
    <input type="hidden" name="csrf" value="${door.csrf}" />
    <input type="hidden" name="language" value="${door.chosen ?? ''}" />
    <input type="hidden" name="ticket" value="${ticket}" />
    <input type="hidden" name="own" value="${door.own}" />
  `;
  return doorDocument(door, {
    title: words.title,
    styles: ['protect.css'],
    body: html`
      <header class="top">
        <a class="brand" href="/signin?adult=1">${icon(door, 'preau')}${texts.brand}</a>
      </header>
      <main id="main" class="body narrow">
        <form class="sheet pad stack" method="post" action="/signin/code" novalidate>
          <h1>${words.title}</h1>
          <p>${words.intro}</p>
          ${codeField(door, {
            label: texts.protect.code,
            hint: texts.protect.codeHint,
            trouble: by === 'phone' ? said : null,
            autofocus: by === 'phone',
          })}
          <div class="row">
            ${hidden}
            <button class="btn main big">${words.open}</button>
            <a class="btn quiet big" href="/signin?adult=1">${words.back}</a>
          </div>
        </form>
        ${recoveryFold(door, { hidden, said: by === 'recovery' ? said : null })}
      </main>
    `,
  });
}

/** Who lost their phone: a code of the sheet, or else a new code to open the account by. */
function recoveryFold(
  door: Pick<SignInDoor, 'language' | 'asset'>,
  { hidden, said }: { readonly hidden: Html; readonly said: string | null },
): Html {
  const words = TEXTS[door.language].protect.step;
  return html`
    <details class="sheet pad lost" ${attributes({ open: said !== null })}>
      <summary>${words.recovery}</summary>
      <form class="stack" method="post" action="/signin/code" novalidate>
        ${lineField(door, {
          name: 'code',
          id: 'recovery',
          label: words.recoveryCode,
          hint: words.recoveryHint,
          wrong: said,
          look: 'code wide',
          as: {
            type: 'text',
            autocomplete: 'off',
            autocapitalize: 'characters',
            spellcheck: 'false',
            maxlength: 40,
            required: true,
            autofocus: said !== null,
          },
        })}
        <div class="row">
          ${hidden}
          <input type="hidden" name="by" value="recovery" />
          <button class="btn">${words.open}</button>
        </div>
      </form>
      <p class="small soft">
        ${words.lost}${' '}
        <a href="/activate?language=${door.language}">${words.lostLink}</a>
        .
      </p>
    </details>
  `;
}

function sentenceOf(
  { protect, signIn }: (typeof TEXTS)[SignInDoor['language']],
  trouble: StepTrouble,
  by: StepShown['by'],
): string | null {
  switch (trouble.kind) {
    case 'none':
      return null;
    case 'empty':
      return protect.step.empty;
    case 'no-match':
      return by === 'phone' ? protect.noMatch : protect.step.recoveryNoMatch;
    case 'wait':
      return signIn.wait(trouble.seconds);
  }
}
