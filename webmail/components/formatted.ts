import type { Block, FormattedText, Run, Words } from '../../core/letters/message/format/words.ts';
import type { Sought } from '../../core/letters/message/hits.ts';
import { unsaidHost } from '../../core/letters/message/html.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { linked, unlinked } from './linked.ts';

interface Options {
  /** A child's links lead to a page that asks first. */
  readonly audience: 'child' | 'adult';
  /** The address of a picture of the letter, by its Content-ID; null where it has none. */
  readonly picture: (contentId: string) => string | null;
  /** What is marked in it: what a search has found it by. */
  readonly sought?: Sought;
}

/** The page of ours that asks a child before a link leads out. */
const LEAVING = '/leave?to=';

/**
 * Words with a little formatting, in the reader's own type: lines make paragraphs, an empty one
 * ends them.
 */
export function formattedWords(text: FormattedText, options: Options): Html[] {
  const shown: Html[] = [];
  let lines: (readonly Run[])[] = [];
  const endParagraph = (): void => {
    if (lines.length > 0) shown.push(paragraph(lines, options));
    lines = [];
  };
  for (const block of text) {
    if (block.kind === 'line' && block.runs.length > 0) lines.push(block.runs);
    else endParagraph();
    if (block.kind === 'list') shown.push(list(block, options));
  }
  endParagraph();
  return shown;
}

const paragraph = (lines: readonly (readonly Run[])[], options: Options): Html => html`
  <p>
    ${lines.map(
      (runs, at) => html`
        ${
          at === 0
            ? NOTHING
            : html`
                <br />
              `
        }${runsOf(runs, options)}
      `,
    )}
  </p>
`;

function list({ isNumbered, items }: Extract<Block, { kind: 'list' }>, options: Options): Html {
  const rows = items.map(
    (runs) => html`
      <li>${runsOf(runs, options)}</li>
    `,
  );
  return isNumbered
    ? html`
        <ol class="in-text">
          ${rows}
        </ol>
      `
    : html`
        <ul class="in-text">
          ${rows}
        </ul>
      `;
}

function runsOf(runs: readonly Run[], options: Options): readonly Html[] {
  return runs.map((run) => (run.kind === 'words' ? words(run, options) : picture(run, options)));
}

function words(run: Words, options: Options): Html {
  const said = run.link === null ? plain(run.text, options) : led(run, run.link, options);
  const slanted = run.italic
    ? html`
        <i>${said}</i>
      `
    : said;
  return run.bold
    ? html`
        <b>${slanted}</b>
      `
    : html`
        ${slanted}
      `;
}

/** An adult's words may have an address in them that nobody made a link. */
function plain(text: string, { audience, sought }: Options): Html | readonly Html[] {
  const searched = sought === undefined ? {} : { sought };
  return audience === 'adult'
    ? linked(text, { links: true, ...searched })
    : unlinked(text, { links: false, ...searched });
}

/** A link says where it leads: its host stands behind words that don't name it. */
function led({ text }: Words, link: string, { audience }: Options): Html {
  const isMail = link.startsWith('mailto:');
  if (isMail && audience === 'child')
    return html`
      ${text}
    `;
  const host = isMail ? '' : unsaidHost(link, text);
  const target = audience === 'child' ? `${LEAVING}${encodeURIComponent(link)}` : link;
  const beside =
    host === ''
      ? NOTHING
      : html`
          ${' '}
          <small>[${host}]</small>
        `;
  return html`
    <a href="${target}" target="_blank" rel="noopener noreferrer">${text}</a>
    ${beside}
  `;
}

function picture({ contentId, says }: Extract<Run, { kind: 'picture' }>, options: Options): Html {
  const address = options.picture(contentId);
  if (address !== null)
    return html`
      <img class="art" src="${address}" alt="${says}" loading="lazy" />
    `;
  return says === ''
    ? NOTHING
    : html`
        [${says}]
      `;
}
