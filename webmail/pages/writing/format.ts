import type { WithAccounts } from '../../../core/entry/accounts/contract.ts';
import type { SignedWords, WithWritings } from '../../../core/mail/writing/contract.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, markup, NOTHING, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';

/** Drawings of this strip alone: no other page pays for them. */
const DRAWN = {
  bold: '<path d="M7 4h6a4 4 0 0 1 0 8H7zM7 12h7a4 4 0 0 1 0 8H7z" stroke-width="2.4"/>',
  italic: '<path d="M10 4h8M6 20h8M14.500 4l-5 16"/>',
  list: '<path d="M9 6h12M9 12h12M9 18h12"/><path d="M4 6h.1M4 12h.1M4 18h.1" stroke-width="3"/>',
  numbers:
    '<path d="M10 6h11M10 12h11M10 18h11M3.500 4.500 5 4v4.500M3.500 14.200c.4-1.600 2.800-1.400 2.500.2-.2 1-2.300 2-2.500 3.100h2.700"/>',
  picture:
    '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m4 17 5-5 4 4 3-3 4 4"/><path d="M15.500 9.500h.1" stroke-width="3"/>',
  link: '<path d="M10 14a4.500 4.500 0 0 0 6.400 0l3-3A4.500 4.500 0 0 0 13 4.600l-1.300 1.300M14 10a4.500 4.500 0 0 0-6.400 0l-3 3a4.500 4.500 0 0 0 6.400 6.400l1.300-1.300"/>',
} as const;
type Tool = keyof typeof DRAWN;

/**
 * GET /write/format: the strip of tools, which a script puts above the words. No file goes with a
 * template or a signature, so that they have no pictures. With that of a letter comes its writer's
 * signature, in case that the letter has it in plain lines.
 */
export async function formatStrip(
  visit: Visit<WithWritings<'signature'>>,
  of: unknown,
): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const words = visit.texts.write.format;
  const isLetter = of === undefined;
  const signed = isLetter ? await visit.core.writings.signature(visit.viewer) : null;
  return page(html`
    <div
      class="fmt"
      role="toolbar"
      aria-label="${words.title}"
      data-fmt
      data-look="${visit.asset('format.css')}"
      ${attributes(signedBy(signed))}
    >
      ${tool('bold', words.bold)} ${tool('italic', words.italic)}
      <span class="bar-v"></span>
      ${tool('list', words.list)} ${tool('numbers', words.numbers)}
      <span class="bar-v"></span>
      ${tool('link', words.link)} ${isLetter ? tool('picture', words.picture) : NOTHING}
      <span class="bar-v"></span>
      <button class="word-b" type="button" data-do="clear">${words.clear}</button>
      <button class="word-b" type="button" data-do="plain">${words.plain}</button>
      <span class="say-plain">${words.keys}</span>
      ${linkBox(visit)} ${isLetter ? pictureBox(visit) : NOTHING}
    </div>
  `);
}

/** A signature by itself, where it has some formatting: its lines, and how they look. */
function signedBy(signed: SignedWords | null): Readonly<Record<string, string>> {
  if (signed?.html === undefined) return {};
  const html = signed.html.replace(/^(?:<div><br><\/div>\n)+/, '');
  return { 'data-signed': signed.text.trimStart(), 'data-signature': html };
}

const tool = (name: Tool, words: string): Html => html`
  <button class="tip" type="button" data-do="${name}" data-tip="${words}" aria-pressed="false">
    <svg class="i" role="img" aria-label="${words}" viewBox="0 0 24 24">${markup(DRAWN[name])}</svg>
  </button>
`;

const boxActs = (
  visit: Visit,
  words: { readonly put: string; readonly remove: string },
): Html => html`
  <p class="row">
    <button class="btn main" type="button" data-put>${icon(visit, 'check')}${words.put}</button>
    <button class="btn quiet" type="button" data-unput>${words.remove}</button>
  </p>
`;

/** Where the chosen words lead. */
function linkBox(visit: Visit): Html {
  const words = visit.texts.write.format.linkBox;
  return html`
    <div class="linkbox" role="dialog" aria-label="${words.title}" data-linkbox hidden>
      <div class="field">
        <label for="fmt-words">${words.words}</label>
        <input class="input" id="fmt-words" data-words autocomplete="off" />
      </div>
      <div class="field">
        <label for="fmt-address">${words.address}</label>
        <input
          class="input"
          id="fmt-address"
          inputmode="url"
          autocomplete="off"
          placeholder="https://"
          aria-describedby="fmt-why"
          data-address
        />
        <p class="small soft" id="fmt-why">${words.why}</p>
      </div>
      ${boxActs(visit, words)}
    </div>
  `;
}

/** What a picture in the text shows, for who doesn't see it. */
function pictureBox(visit: Visit): Html {
  const words = visit.texts.write.format.pictureBox;
  return html`
    <div class="linkbox" role="dialog" aria-label="${words.title}" data-picturebox hidden>
      <div class="field">
        <label for="fmt-says">${words.says}</label>
        <input class="input" id="fmt-says" maxlength="200" autocomplete="off" data-says />
      </div>
      ${boxActs(visit, words)}
    </div>
  `;
}

/** POST /write/format: whether one wants it from now on. */
export async function chooseFormat(
  { core, viewer, audience }: Visit<WithAccounts<'setHabits'>>,
  form: Form,
): Promise<Answer> {
  if (audience === 'child') return MISSING;
  await core.accounts.setHabits(viewer, { formats: field(form, 'on') === 'on' });
  return { kind: 'told', words: { is: 'kept' } };
}
