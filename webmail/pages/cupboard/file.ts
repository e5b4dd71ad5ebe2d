import type { FileView, ItemRef, StoredItem } from '../../../core/school/cupboard/contract.ts';
import { servedAs, type FileUse } from '../../components/file-answer.ts';
import { icon, isFilm, isPicture, isSound } from '../../frame/parts.ts';
import { saidBanner } from '../../frame/said.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { fileSize, longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { countOf } from '../../ids.ts';
import { facts } from './item-row.ts';
import { cupboardPage, trail } from './page.ts';
import { iconOf, itemPath, shownName, type CupboardDeskPart, type CupboardPart } from './parts.ts';

/** A file on its page: seen or heard here, fetched, changed. */
export async function showFile(
  given: Visit<CupboardDeskPart>,
  view: FileView,
  said: unknown,
): Promise<Answer> {
  const visit = atSchool(given, view);
  const words = visit.texts.cupboards;
  const { file } = view;
  const isPdf = file.mediaType === 'application/pdf';
  const plain = isPdf && (await given.core.cupboards.plainPdf(given.viewer, file.ref)) !== null;
  const answer = await cupboardPage(visit, view, {
    title: shownName(file),
    content: html`
      ${saidBanner(visit, words.said, said)}
      <article class="sheet">
        ${trail(visit, view)}
        <div class="one-file">
          <p class="soft">${facts(visit, file)}</p>
          ${plain ? pdf(visit, view) : shown(visit, view)}
          ${isPdf ? pagesLink(visit, view) : NOTHING} ${fileActs(visit, view)}
          ${before(visit, view)}
        </div>
      </article>
    `,
  });
  return answer.kind === 'page' && plain ? { ...answer, holdsFile: true } : answer;
}

/** By the browser's own viewer; where there is none, the words in it lead on. */
function pdf(visit: Visit, { file }: FileView): Html {
  const at = `${itemPath(file.ref)}/content?as=pdf`;
  return html`
    <object data="${at}" type="application/pdf" aria-label="${shownName(file)}">
      ${closed(visit, file)}
    </object>
  `;
}

/** Its pages as pictures: where a browser has no viewer, or the file does more than be read. */
const pagesLink = (visit: Visit, { file }: FileView): Html => html`
  <p>
    <a class="btn" href="${itemPath(file.ref)}/pages">
      ${icon(visit, 'picture')}${visit.texts.message.pdf.see}
    </a>
  </p>
`;

/** What a browser shows of it in the page. */
function shown(visit: Visit, { file }: FileView): Html {
  const at = `${itemPath(file.ref)}/content`;
  const name = shownName(file);
  if (isPicture(file))
    return html`
      <img class="art" src="${at}?as=picture" alt="${name}" />
    `;
  if (isSound(file))
    return html`
      <audio controls preload="none" src="${at}?as=sound" aria-label="${name}"></audio>
    `;
  if (isFilm(file))
    return html`
      <video
        class="art"
        controls
        preload="metadata"
        src="${at}?as=film"
        aria-label="${name}"
      ></video>
    `;
  return closed(visit, file);
}

function closed(visit: Visit, file: StoredItem): Html {
  const words = visit.texts.cupboards;
  return html`
    <p class="closed">
      ${icon(visit, iconOf(file))}
      <span>${visit.audience === 'child' ? words.cantShowChild : words.cantShow}</span>
    </p>
  `;
}

function fileActs(visit: Visit, { file }: FileView): Html {
  const words = visit.texts.cupboards;
  const path = itemPath(file.ref);
  const change = html`
    <a class="btn" href="${path}/change">
      ${icon(visit, 'write')}${file.mayShow ? words.change : words.changeOwn}
    </a>
  `;
  const move = html`
    <a class="btn" href="${path}/move">${icon(visit, 'move')}${words.move.act}</a>
  `;
  return html`
    <p class="row">
      <a class="btn main" href="${path}/content" download>
        ${icon(visit, 'download')}${words.download}
      </a>
      ${file.mayArrange ? change : NOTHING} ${file.mayArrange ? move : NOTHING}
    </p>
  `;
}

/** What it was before, for who may change it. */
function before(visit: Visit, { file, versions }: FileView): Html {
  const words = visit.texts.cupboards;
  if (versions.length === 0) return NOTHING;
  return html`
    <h2>${words.versions}</h2>
    <p class="hint">${words.versionsHint}</p>
    <ul class="versions">
      ${versions.map(
        ({ version, sizeBytes, replacedAt }) => html`
          <li>
            <a href="${itemPath(file.ref)}/content?version=${version}" download>
              ${icon(visit, 'download')}
              ${words.version(
                longDate(visit.clock, replacedAt),
                fileSize(visit.viewer.language, sizeBytes),
              )}
            </a>
          </li>
        `,
      )}
    </ul>
  `;
}

/** What a file stands in a page as. */
const IN_PAGE: readonly FileUse[] = ['picture', 'sound', 'film'];

/** For what a file is asked for by an address. */
export const useOf = (as: unknown): FileUse => IN_PAGE.find((one) => one === as) ?? 'download';

/** GET /stored/:school/:item/small: a small picture of it, which a browser keeps. */
export async function smallContent(visit: Visit<CupboardPart>, ref: ItemRef): Promise<Answer> {
  const found = await visit.core.cupboards.small(visit.viewer, ref);
  if (found === null) return MISSING;
  const load = async () => {
    const bytes = await found.load();
    return bytes && { name: 'small.png', mediaType: 'image/png', bytes };
  };
  return { kind: 'kept', mark: found.mark, load };
}

/** GET /stored/:school/:item/content: its bytes, to keep or to stand in its page. */
export async function fileContent(
  visit: Visit<CupboardPart>,
  ref: ItemRef,
  query: { readonly as?: unknown; readonly version?: unknown },
): Promise<Answer> {
  const { as } = query;
  if (as === 'pdf') {
    const plain = await visit.core.cupboards.plainPdf(visit.viewer, ref);
    return plain === null ? MISSING : { kind: 'pdf', file: plain };
  }
  const version = query.version === undefined ? null : countOf(query.version);
  if (query.version !== undefined && version === null) return MISSING;
  const file = await visit.core.cupboards.content(visit.viewer, ref, version);
  if (file === null) return MISSING;
  return servedAs(file, useOf(as));
}
