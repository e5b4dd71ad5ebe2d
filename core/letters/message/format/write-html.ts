import type { Block, FormattedText, Run, Words } from './words.ts';

/** What stands before the body of a letter that we write. */
export const HTML_BEGINS = '<!DOCTYPE html><html><head><meta charset="utf-8"><title></title>';
const BEGINS = `${HTML_BEGINS}</head><body>\n`;
const ENDS = '</body></html>\n';

/**
 * The HTML that goes with a letter (RFC 2854): a line is a `div`, as mail programs write one, so
 * that no style is needed. `htmlFragment` is what stands in its body.
 */
export function writeHtml(text: FormattedText): string {
  return `${BEGINS}${htmlFragment(text)}${ENDS}`;
}

/** The same for the field in which it is written. A block a line: mail has a limit on lines. */
export function htmlFragment(text: FormattedText): string {
  return text.map((block) => `${blockHtml(block)}\n`).join('');
}

function blockHtml(block: Block): string {
  if (block.kind === 'line')
    return `<div>${block.runs.length === 0 ? '<br>' : runsHtml(block.runs)}</div>`;
  const name = block.isNumbered ? 'ol' : 'ul';
  return `<${name}>${block.items.map((runs) => `<li>${runsHtml(runs)}</li>`).join('\n')}</${name}>`;
}

function runsHtml(runs: readonly Run[]): string {
  let open: string | null = null;
  let html = '';
  const lead = (link: string | null): void => {
    if (link === open) return;
    if (open !== null) html += '</a>';
    if (link !== null) html += `<a href="${escaped(link)}">`;
    open = link;
  };
  for (const run of runs) {
    lead(run.kind === 'words' ? run.link : null);
    html += run.kind === 'words' ? wordsHtml(run) : pictureHtml(run);
  }
  lead(null);
  return html;
}

/** The one style of a letter, for phones: their screens are narrower than any picture. */
const FITS = 'style="max-width:100%"';

function pictureHtml({ contentId, says, width }: Extract<Run, { kind: 'picture' }>): string {
  const said = `alt="${escaped(says)}"${width === null ? '' : ` width="${width}"`}`;
  return `<img src="${pictureAddress(contentId)}" ${said} ${FITS}>`;
}

function wordsHtml({ text, bold, italic }: Words): string {
  const said = italic ? `<i>${escaped(text)}</i>` : escaped(text);
  return bold ? `<b>${said}</b>` : said;
}

/**
 * A picture of the letter (RFC 2392), fit to stand in an attribute. Its « @ » stands as it is:
 * Thunderbird shows no picture whose address has « %40 » in its place.
 */
export const pictureAddress = (contentId: string): string =>
  `cid:${encodeURIComponent(contentId).replaceAll("'", '%27').replaceAll('%40', '@')}`;

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\u00a0', '&nbsp;');
