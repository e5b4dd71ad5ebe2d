import { CODE_FIELD } from '../../components/code-field.ts';
import { formOf } from '../../components/form.ts';
import { doorDocument } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import { attributes, html, type Html } from '../../html.ts';
import { TEXTS } from '../../texts/texts.ts';
import type { SignInDoor } from './signin.ts';

export type StepTrouble =
  | { readonly kind: 'none' | 'empty' | 'no-match' }
  | { readonly kind: 'wait'; readonly seconds: number };

const TICKET = { most: 300, isCut: true } as const;

/** By which code: the phone's, or one of the sheet. */
export const STEP_FORMS = {
  phone: formOf({ ticket: TICKET, code: CODE_FIELD }),
  recovery: formOf({
    ticket: TICKET,
    code: {
      most: 40,
      isCut: true,
      isRequired: true,
      as: {
        type: 'text',
        autocomplete: 'off',
        autocapitalize: 'characters',
        spellcheck: 'false',
      },
    },
  }),
};

export interface StepShown {
  /** What the password's word is kept in. */
  readonly ticket: string;
  readonly trouble: StepTrouble;
  readonly by: keyof typeof STEP_FORMS;
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
  const wrong = by === 'phone' && said !== null ? { code: said } : {};
  const fields = STEP_FORMS.phone.shown(door, { ...STEP_FORMS.phone.blank(), wrong });
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
          ${fields.line('code', {
            label: texts.protect.code,
            hint: texts.protect.codeHint,
            look: 'code',
            as: { autofocus: by === 'phone' },
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
  const { typed } = STEP_FORMS.recovery.blank();
  const fields = STEP_FORMS.recovery.shown(door, {
    typed,
    wrong: said === null ? {} : { code: said },
  });
  return html`
    <details class="sheet pad lost" ${attributes({ open: said !== null })}>
      <summary>${words.recovery}</summary>
      <form class="stack" method="post" action="/signin/code" novalidate>
        ${fields.line('code', {
          id: 'recovery',
          label: words.recoveryCode,
          hint: words.recoveryHint,
          look: 'code wide',
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
