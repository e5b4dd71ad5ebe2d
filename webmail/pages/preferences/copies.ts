import type {
  CopiesAsked,
  CopiesConfirmed,
  OwnCopies,
  WithCopies,
} from '../../../core/mail/copies/contract.ts';
import { CODE_FIELD } from '../../components/code-field.ts';
import { formOf } from '../../components/form.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import { type FramePart } from '../../frame/frame.ts';
import { backLink, icon, token } from '../../frame/parts.ts';
import { banner, doneBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';

type Trouble = Exclude<CopiesAsked, 'asked'> | Exclude<CopiesConfirmed, 'on'>;
type CopiesVisit = Visit<FramePart & WithCopies>;

const COPIES_FORM = formOf({
  address: { most: 254, isRequired: true, as: { type: 'email', autocomplete: 'email' } },
});

const CODE_FORM = formOf({ code: CODE_FIELD });

interface CopiesSaid {
  readonly said: unknown;
  readonly trouble: Trouble | null;
  /** What was typed as an address, where it was not taken. */
  readonly typed: string;
}

/** GET /copies: a copy of class mail at one's own address, outside. */
export function copies(visit: CopiesVisit, said: unknown): Promise<Answer> {
  return show(visit, { said, trouble: null, typed: '' });
}

/** POST /copies: a code leaves for an address. */
export async function askForCopies(visit: CopiesVisit, form: Form): Promise<Answer> {
  const { address: typed } = COPIES_FORM.typedIn(form);
  const asked = await visit.core.copies.ask(visit.viewer, typed);
  if (asked === 'asked') return { kind: 'go', to: '/copies' };
  return show(visit, { said: '', trouble: asked, typed });
}

/** POST /copies/confirm: the code that was mailed. */
export async function confirmCopies(visit: CopiesVisit, form: Form): Promise<Answer> {
  const confirmed = await visit.core.copies.confirm(visit.viewer, CODE_FORM.typedIn(form).code);
  if (confirmed === 'on') return { kind: 'go', to: '/copies' };
  return show(visit, { said: '', trouble: confirmed, typed: '' });
}

/** POST /copies/end */
export async function endCopies(visit: Visit<WithCopies>): Promise<Answer> {
  await visit.core.copies.end(visit.viewer);
  return { kind: 'go', to: '/copies?said=ended' };
}

async function show(visit: CopiesVisit, told: CopiesSaid): Promise<Answer> {
  const words = visit.texts.copies;
  if (visit.audience === 'child' || visit.viewer.role === 'agent') return MISSING;
  const own = await visit.core.copies.of(visit.viewer);
  const content = html`
    ${backLink(visit, '/settings#notices', visit.texts.preferences.title)}
    <div>
      <h1>${words.title}</h1>
      <p class="soft">${words.lead}</p>
    </div>
    ${told.said === 'ended' && own?.kind === 'none' ? doneBanner(visit, words.ended) : NOTHING}
    ${own === null ? banner(visit, 'stop', words.troubles['not-theirs']) : standing(visit, own, told)}
    <section class="sheet pad stack" aria-labelledby="what">
      <h2 id="what">${words.whatTitle}</h2>
      <ul class="leaves">
        ${words.what.map(
          (line) => html`
            <li>${line}</li>
          `,
        )}
      </ul>
    </section>
  `;
  return narrowPage(visit, {
    title: words.title,
    section: 'none',
    styles: ['protect.css'],
    refused: told.trouble !== null,
    content,
  });
}

/** How it stands, and what can be done about it. */
function standing(visit: Visit, own: OwnCopies, told: CopiesSaid): Html {
  const words = visit.texts.copies;
  switch (own.kind) {
    case 'none':
      return addressForm(visit, told, '');
    case 'asked':
      return html`
        ${
          own.returned
            ? banner(visit, 'stop', words.returned(own.address))
            : codeForm(visit, own.address, told.trouble)
        }
        ${addressForm(visit, told, own.address)}
      `;
    case 'on':
      return onSheet(visit, own);
    case 'stopped':
      return html`
        ${banner(visit, 'stop', words.stopped(own.address))}
        <p>${words.stoppedLead}</p>
        ${addressForm(visit, told, own.address)}
      `;
  }
}

function onSheet(visit: Visit, own: Extract<OwnCopies, { kind: 'on' }>): Html {
  const words = visit.texts.copies;
  return html`
    <form class="sheet pad stack" method="post" action="/copies/end">
      <p class="banner ok">
        ${icon(visit, 'check')}
        <span class="grow">${words.on(own.address)}</span>
      </p>
      <p class="soft">${words.since(longDate(visit.clock, own.since))}</p>
      <div class="row">
        ${token(visit)}
        <button class="btn no">${icon(visit, 'close')}${words.end}</button>
      </div>
    </form>
  `;
}

const OF_THE_CODE: readonly (Trouble | null)[] = ['no-match', 'over'];

function codeForm(visit: Visit, address: string, trouble: Trouble | null): Html {
  const words = visit.texts.copies;
  const wrongCode = OF_THE_CODE.includes(trouble) ? trouble : null;
  const fields = CODE_FORM.shown(visit, {
    ...CODE_FORM.blank(),
    wrong: wrongCode === null ? {} : { code: words.troubles[wrongCode] },
  });
  return html`
    <form
      class="sheet pad stack"
      method="post"
      action="/copies/confirm"
      aria-labelledby="asked"
      novalidate
    >
      <h2 id="asked">${words.asked(address)}</h2>
      <p>${words.askedLead}</p>
      ${fields.line('code', { label: words.code, look: 'code' })}
      <div class="row">
        ${token(visit)}
        <button class="btn main">${icon(visit, 'check')}${words.confirm}</button>
      </div>
    </form>
  `;
}

function addressForm(visit: Visit, { trouble, typed }: CopiesSaid, known: string): Html {
  const words = visit.texts.copies;
  const wrongAddress = OF_THE_CODE.includes(trouble) ? null : trouble;
  const isFirst = known === '';
  const fields = COPIES_FORM.shown(visit, {
    typed: { address: typed === '' ? known : typed },
    wrong: wrongAddress === null ? {} : { address: words.troubles[wrongAddress] },
  });
  const title = html`
    <h2 id="other">${words.other}</h2>
  `;
  return html`
    <form class="sheet pad stack" method="post" action="/copies" novalidate>
      ${isFirst ? NOTHING : title}
      ${fields.line('address', { label: words.address, hint: words.addressHint })}
      <div class="row">
        ${token(visit)}
        <button class="btn${isFirst ? ' main' : ''}">${icon(visit, 'send')}${words.ask}</button>
      </div>
    </form>
  `;
}
