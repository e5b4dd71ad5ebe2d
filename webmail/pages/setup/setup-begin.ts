import { keysOf } from '../../../core/ground/keys.ts';
import type { LinkRefused } from '../../../core/town/town/contract.ts';
import { formOf, type Filled } from '../../components/form.ts';
import { doorDocument } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import { fieldTrouble } from '../../frame/said.ts';
import type { Yard } from '../../frame/yard.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { TEXTS } from '../../texts/texts.ts';

/** What somebody types who makes the first account of a town. */
export const BEGIN_FORM = formOf({
  givenName: { most: 80, isRequired: true, as: { type: 'text', autocomplete: 'given-name' } },
  familyName: { most: 80, isRequired: true, as: { type: 'text', autocomplete: 'family-name' } },
  local: {
    most: 64,
    as: { type: 'text', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' },
  },
  password: {
    most: 300,
    isCut: true,
    isRequired: true,
    isSecret: true,
    as: { type: 'password', autocomplete: 'new-password' },
  },
});
type BeginForm = ReturnType<typeof BEGIN_FORM.typedIn>;

interface Beginning {
  readonly code: string;
  readonly csrf: string;
  readonly domain: string;
  readonly filled: Filled<keyof BeginForm>;
  /** What concerns no field: the page was open for too long. */
  readonly said: string | null;
}

const setupLinkPath = (code: string): string => `/mettre-en-service/${encodeURIComponent(code)}`;

/** GET /mettre-en-service/:code: whoever has the link makes the first agent of the town. */
export function beginPage(yard: Yard, beginning: Beginning): Html {
  const { code, csrf, said } = beginning;
  const words = TEXTS[yard.language].setup.begin;
  const form = html`
    <form class="sheet pad stack" method="post" action="${setupLinkPath(code)}" novalidate>
      <h2>${words.account}</h2>
      ${said === null ? NOTHING : fieldTrouble(yard, 'said', said)}
      <div class="fields">${beginFields(yard, beginning)}</div>
      <div class="row">
        <input type="hidden" name="csrf" value="${csrf}" />
        <input type="hidden" name="language" value="${yard.language}" />
        <button class="btn main">${words.create}${icon(yard, 'arrow', 'tail')}</button>
      </div>
    </form>
  `;
  return doorPage(yard, {
    title: words.title,
    here: setupLinkPath(code),
    content: html`
      <div>
        <h1>${words.title}</h1>
        <p class="lead">${words.lead}</p>
      </div>
      ${form}
    `,
  });
}

function beginFields(yard: Yard, { domain, filled }: Beginning): readonly Html[] {
  const words = TEXTS[yard.language].setup.begin;
  const fields = BEGIN_FORM.shown(yard, filled);
  return keysOf(filled.typed).map((name) =>
    fields.line(name, {
      label: words.fields[name],
      hint: words.hints[name],
      ...(name === 'local' && { ends: `@${domain}` }),
      ...(name === 'local' || name === 'password' ? { box: 'all' } : {}),
    }),
  );
}

/** A link that opens nothing: why, and how to have another. */
export function deadLinkPage(yard: Yard, refused: LinkRefused, code: string): Html {
  const texts = TEXTS[yard.language];
  const words = texts.setup.begin;
  const waits = refused.kind === 'wait';
  const title = waits ? words.waitTitle : words.deadTitle;
  return doorPage(yard, {
    title,
    here: setupLinkPath(code),
    content: html`
      <div class="sheet pad stack">
        <h1>${title}</h1>
        <p>${waits ? words.wait(refused.seconds) : words.dead[refused.kind]}</p>
        ${
          waits
            ? NOTHING
            : html`
                <p>${words.another}</p>
              `
        }
        <p><a class="btn main" href="/signin?adult=1">${words.signIn}</a></p>
      </div>
    `,
  });
}

interface DoorContent {
  readonly title: string;
  readonly here: string;
  readonly content: Html;
}

/** A page of nobody signed in yet, in either language. */
function doorPage(yard: Yard, { title, here, content }: DoorContent): Html {
  const texts = TEXTS[yard.language];
  const other = yard.language === 'fr' ? 'en' : 'fr';
  return doorDocument(yard, {
    title,
    styles: ['setup.css'],
    body: html`
      <header class="top">
        <a class="brand" href="/signin?adult=1">${icon(yard, 'preau')}${texts.brand}</a>
      </header>
      <main id="main" class="body narrow"><div class="stack wide">${content}</div></main>
      <footer class="foot">
        <a href="${here}?language=${other}" lang="${other}" hreflang="${other}">
          ${texts.otherLanguage}
        </a>
      </footer>
    `,
  });
}
