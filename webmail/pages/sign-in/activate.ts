import type { Activation, CodeCheck } from '../../../core/entry/accounts/contract.ts';
import { formOf } from '../../components/form.ts';
import { EYE_SCRIPT, passwordField, passwordOf } from '../../components/password-field.ts';
import { doorDocument } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import { fieldTrouble } from '../../frame/said.ts';
import type { Yard } from '../../frame/yard.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { TEXTS } from '../../texts/texts.ts';
import { ADDRESS_FIELD } from './address-field.ts';

/** What stands on paper, then the password that is chosen. */
export const PAPER_FORM = formOf({
  address: ADDRESS_FIELD,
  code: {
    most: 40,
    isCut: true,
    isRequired: true,
    as: {
      type: 'text',
      autocomplete: 'one-time-code',
      autocapitalize: 'characters',
      spellcheck: 'false',
    },
  },
  password: passwordOf('new-password'),
});

export interface Paper {
  readonly address: string;
  readonly code: string;
  readonly csrf: string;
}

export type PaperTrouble =
  | 'empty'
  | 'too-old'
  | Exclude<CodeCheck, { readonly kind: 'right' }>
  | null;

/** GET /activate: address and code, as they stand on paper. */
export function paperPage(yard: Yard, paper: Paper, trouble: PaperTrouble): Html {
  const words = TEXTS[yard.language].codes.activate;
  const said = sentenceOf(yard, trouble);
  const wrongBy = said === null ? null : 'trouble';
  const shown = PAPER_FORM.shown(yard, {
    typed: PAPER_FORM.blank({ address: paper.address }).typed,
    wrongBy: { address: wrongBy, code: wrongBy },
  });
  return gate(yard, {
    title: words.title,
    audience: 'adult',
    said,
    csrf: paper.csrf,
    step: 'paper',
    intro: words.intro,
    button: words.next,
    fields: html`
      ${shown.line('address', { id: 'a', label: words.address })}
      ${shown.line('code', { id: 'c', label: words.code, hint: words.codeHint })}
    `,
  });
}

/** The second step: a password, with its rule in one sentence. */
export function passwordPage(
  yard: Yard,
  paper: Paper,
  choosing: {
    readonly audience: 'pupil' | 'adult';
    readonly fault: Extract<Activation, { readonly kind: 'password' }>['why'] | null;
  },
): Html {
  const words = TEXTS[yard.language].codes.activate;
  const { audience, fault } = choosing;
  const said = fault === null ? null : words.fault[audience][fault];
  const own = PAPER_FORM.shown(yard, {
    ...PAPER_FORM.blank(),
    wrongBy: { password: said === null ? null : 'trouble' },
  }).filled('password', {
    id: 'p',
    label: words.password[audience],
    hintBy: 'rule',
    as: { autofocus: true },
  });
  return gate(yard, {
    title: words.choose[audience],
    audience,
    said,
    csrf: paper.csrf,
    step: 'password',
    intro: words.rule[audience],
    button: words.open[audience],
    fields: html`
      <input type="hidden" name="address" value="${paper.address}" />
      <input type="hidden" name="code" value="${paper.code}" />
      ${passwordField(yard, own)}
    `,
  });
}

function sentenceOf({ language }: Yard, trouble: PaperTrouble): string | null {
  const texts = TEXTS[language];
  const words = texts.codes.activate;
  if (trouble === null) return null;
  if (trouble === 'empty') return words.empty;
  if (trouble === 'too-old') return words.tooOld;
  switch (trouble.kind) {
    case 'no-match':
      return words.noMatch;
    case 'expired':
      return words.expired;
    case 'used':
      return words.used;
    case 'wait':
      return texts.signIn.wait(trouble.seconds);
  }
}

interface Gate {
  readonly title: string;
  readonly audience: 'pupil' | 'adult';
  readonly said: string | null;
  readonly csrf: string;
  readonly step: 'paper' | 'password';
  readonly intro: string;
  readonly button: string;
  readonly fields: Html;
}

function gate(yard: Yard, page: Gate): Html {
  const texts = TEXTS[yard.language];
  return doorDocument(yard, {
    title: page.title,
    audience: page.audience,
    scripts: [EYE_SCRIPT],
    body: html`
      <header class="top">
        <a class="brand" href="/signin?adult=1">${icon(yard, 'preau')}${texts.brand}</a>
      </header>
      <main id="main" class="body narrow">
        <form class="sheet pad stack" method="post" action="/activate" novalidate>
          <h1>${page.title}</h1>
          <p id="rule">${page.intro}</p>
          ${page.said === null ? NOTHING : fieldTrouble(yard, 'trouble', page.said)} ${page.fields}
          <div class="row">
            <input type="hidden" name="csrf" value="${page.csrf}" />
            <input type="hidden" name="language" value="${yard.language}" />
            <input type="hidden" name="step" value="${page.step}" />
            <button class="btn main big">${page.button}</button>
            <a class="btn quiet big" href="/signin?adult=1">${texts.codes.activate.back}</a>
          </div>
        </form>
      </main>
    `,
  });
}
