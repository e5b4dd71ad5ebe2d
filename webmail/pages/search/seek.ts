import type { Face } from '../../../core/rules/viewer.ts';
import type { Mailbox } from '../../../core/store/mail/contract.ts';
import { SHELF_ICONS } from '../../frame/mailbox-nav.ts';
import { calledOf, faceOf, icon, namedIcon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { withOperator, without, type Token } from './grammar.ts';
import { searchPath, type SearchView } from './load.ts';
import { isAnyFile, MAX_SEARCH } from './query.ts';

/**
 * The field in which one's own messages are looked for; it stands outside what a script puts anew,
 * so that nobody types in vain. Without one it is sent by its button.
 */
function seekForm(visit: Visit, text: string): Html {
  const { texts, audience } = visit;
  const words = texts.search;
  return html`
    <form class="seek" role="search" action="/search" data-seek>
      <label class="vh" for="q">${words.label[audience]}</label>
      <input
        class="input"
        id="q"
        type="search"
        name="q"
        value="${text}"
        placeholder="${words.label[audience]}"
        maxlength="${MAX_SEARCH}"
        autocomplete="off"
        enterkeyhint="search"
      />
      <button class="btn only quiet">${namedIcon(visit, 'search', words.go)}</button>
      <a class="btn only quiet wipe" href="/mail/inbox" ${attributes({ hidden: text === '' })}>
        ${namedIcon(visit, 'close', words.wipe)}
      </a>
    </form>
  `;
}

/** Where is looked, what was found, and by which filters. */
interface Hunt {
  readonly mailboxes: readonly Mailbox[];
  readonly searched: SearchView | null;
  readonly filters?: Html;
}

/** The field and, of a search, the chips that write its operators. */
export function hunt(visit: Visit, { mailboxes, searched, filters = NOTHING }: Hunt): Html {
  return html`
    <div class="hunt">
      ${seekForm(visit, searched?.read.text ?? '')}
      <div id="chips">${searched === null ? filters : chips(visit, mailboxes, searched)}</div>
    </div>
  `;
}

/** What the search says besides words, each to be taken away; what may be added; who is meant. */
function chips(visit: Visit, mailboxes: readonly Mailbox[], searched: SearchView): Html {
  const words = visit.texts.search;
  const set = searched.read.tokens.filter(({ kind, not }) => kind !== 'word' || not);
  return html`
    ${peopleChips(visit, searched)}
    <div class="chips" role="group" aria-label="${words.filters}">
      ${set.map((token) => setChip(visit, searched, token))}
      ${visit.audience === 'adult' ? askChips(visit, mailboxes, searched) : NOTHING}
    </div>
  `;
}

const ICONS: Readonly<Record<Token['kind'], string>> = {
  word: 'search',
  phrase: 'search',
  from: 'person',
  to: 'send',
  file: 'attach',
  before: 'calendar',
  since: 'calendar',
  in: 'folder',
  subject: 'file',
};

function setChip(visit: Visit, { read }: SearchView, token: Token): Html {
  const said = saidOf(visit, token);
  return html`
    <a
      class="fchip"
      href="${searchPath(without(read.text, token))}"
      role="button"
      aria-pressed="true"
      aria-label="${visit.texts.search.without(said)}"
    >
      ${icon(visit, ICONS[token.kind])}${said}${icon(visit, 'close', 'x')}
    </a>
  `;
}

function saidOf({ texts }: Visit, { kind, text, not }: Token): string {
  const { chip } = texts.search;
  const said = {
    ...chip,
    word: (words: string) => words,
    file: (name: string) => (isAnyFile(name) ? chip.anyFile : chip.file(name)),
  }[kind](text);
  return not ? chip.not(said) : said;
}

/** What is often asked besides, as far as it isn't yet. */
function askChips(visit: Visit, mailboxes: readonly Mailbox[], searched: SearchView): Html {
  const { search } = visit.texts;
  const has = (kind: Token['kind']) => searched.read.tokens.some((one) => one.kind === kind);
  const ask = (operator: 'file' | 'since', value: string, said: string) =>
    has(operator)
      ? NOTHING
      : html`
          <a class="fchip add" href="${searchPath(added(visit, searched, { operator, value }))}">
            ${icon(visit, ICONS[operator])}${said}
          </a>
        `;
  return html`
    ${ask('file', search.yes, search.chip.anyFile)}
    ${ask('since', search.september, search.chip.since(search.september))}
    ${has('from') ? NOTHING : fromMenu(visit, searched)}
    ${has('in') ? NOTHING : folderMenu(visit, mailboxes, searched)}
  `;
}

function added(
  { viewer }: Visit,
  { read }: SearchView,
  what: Parameters<typeof withOperator>[2],
): string {
  return withOperator(read.text, viewer.language, what);
}

function fromMenu(visit: Visit, searched: SearchView): Html {
  if (searched.people.length === 0) return NOTHING;
  return menu(
    visit,
    { kind: 'from', said: visit.texts.search.chip.askFrom },
    searched.people.map(
      (face) => html`
        <a href="${fromPath(visit, searched, face)}">
          ${faceOf(visit, face, 's')}${calledOf(face)}
        </a>
      `,
    ),
  );
}

/** With their name in place of what was typed of it. */
function fromPath(visit: Visit, searched: SearchView, face: Face): string {
  const { read } = searched;
  const last = read.tokens.at(-1);
  const text = isTypedName(searched) && last ? without(read.text, last) : read.text;
  return searchPath(
    withOperator(text, visit.viewer.language, { operator: 'from', value: calledOf(face) }),
  );
}

/** Whether the people are those whose name is being typed. */
function isTypedName({ read, people }: SearchView): boolean {
  const last = read.tokens.at(-1);
  return last?.kind === 'word' && !last.not && people.length > 0 && last.text.length > 1;
}

function peopleChips(visit: Visit, searched: SearchView): Html {
  if (!isTypedName(searched)) return NOTHING;
  return html`
    <div class="chips" role="group" aria-label="${visit.texts.search.people}">
      ${searched.people.map(
        (face) => html`
          <a class="fchip" href="${fromPath(visit, searched, face)}">
            ${faceOf(visit, face, 's')}${visit.texts.search.chip.from(calledOf(face))}
          </a>
        `,
      )}
    </div>
  `;
}

function folderMenu(visit: Visit, mailboxes: readonly Mailbox[], searched: SearchView): Html {
  const { texts, audience } = visit;
  const link = (name: string, drawing: string) => html`
    <a href="${searchPath(added(visit, searched, { operator: 'in', value: name }))}">
      ${icon(visit, drawing)}${name}
    </a>
  `;
  return menu(
    visit,
    { kind: 'in', said: texts.search.chip.askIn },
    mailboxes.map(({ use, name }) =>
      use === null ? link(name, 'folder') : link(texts.shelf[audience][use], SHELF_ICONS[use]),
    ),
  );
}

function menu(
  visit: Visit,
  { kind, said }: { readonly kind: 'from' | 'in'; readonly said: string },
  links: readonly Html[],
): Html {
  return html`
    <details class="drop">
      <summary class="fchip add">${icon(visit, ICONS[kind])}${said}</summary>
      <div class="menu">${links}</div>
    </details>
  `;
}
