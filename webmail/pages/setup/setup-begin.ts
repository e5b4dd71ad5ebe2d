import type { LinkRefused } from '../../../core/town/town/contract.ts';
import { lineField } from '../../components/field.ts';
import { doorDocument } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import { fieldTrouble } from '../../frame/said.ts';
import type { Yard } from '../../frame/yard.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { TEXTS } from '../../texts/texts.ts';

/** What somebody types who makes the first account of a town. */
export const BEGIN_FIELDS = ['givenName', 'familyName', 'local', 'password'] as const;
type BeginField = (typeof BEGIN_FIELDS)[number];

interface Beginning {
  readonly code: string;
  readonly csrf: string;
  readonly domain: string;
  /** What stands in the fields again; a password never does. */
  readonly typed: Readonly<Partial<Record<BeginField, string>>>;
  /** What can't be so, under its field. */
  readonly trouble: Readonly<Partial<Record<BeginField, string>>>;
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
      <div class="fields">${BEGIN_FIELDS.map((name) => beginField(yard, beginning, name))}</div>
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

const KINDS = {
  givenName: { type: 'text', maxlength: 80, autocomplete: 'given-name' },
  familyName: { type: 'text', maxlength: 80, autocomplete: 'family-name' },
  local: { type: 'text', maxlength: 64, autocomplete: 'off' },
  password: { type: 'password', maxlength: 300, autocomplete: 'new-password' },
} as const satisfies Record<BeginField, unknown>;

/** The first wrong one is typed in. */
function beginField(yard: Yard, { domain, typed, trouble }: Beginning, name: BeginField): Html {
  const words = TEXTS[yard.language].setup.begin;
  const wrong = trouble[name] ?? null;
  const isLocal = name === 'local';
  return lineField(yard, {
    name,
    label: words.fields[name],
    value: name === 'password' ? '' : (typed[name] ?? ''),
    hint: words.hints[name],
    wrong,
    ...(isLocal && { ends: `@${domain}` }),
    ...(name === 'local' || name === 'password' ? { box: 'all' } : {}),
    as: {
      ...KINDS[name],
      required: !isLocal,
      autocapitalize: isLocal ? 'none' : null,
      spellcheck: isLocal ? 'false' : null,
      autofocus: wrong !== null && name === Object.keys(trouble)[0],
    },
  });
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

/** A page of nobody signed in yet, in either language. */
function doorPage(
  yard: Yard,
  {
    title,
    here,
    content,
  }: { readonly title: string; readonly here: string; readonly content: Html },
): Html {
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
