import type { HandedFileId, NotebookPageId } from '../../../core/ground/ids.ts';
import type { BoxRef } from '../../../core/school/hand-in/contract.ts';
import { servedAs } from '../../components/file-answer.ts';
import { surroundingsOf, framedSheet } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { addressIdOf, handedFileIdOf } from '../../ids.ts';
import { fileArchive } from '../../sheets/archive.ts';
import { givenTogether, notebookPage } from './box-own.ts';
import { boxPath, type BoxPart } from './box-parts.ts';
import { showBox } from './box.ts';
import { useOf } from './file.ts';

interface BoxQuery {
  readonly pupil?: unknown;
  readonly on?: unknown;
  readonly said?: unknown;
}

/** GET /boxes/:school/:box: a box, with the pupil that the query names. */
export const box = (visit: Visit<BoxPart>, ref: BoxRef, query: BoxQuery): Promise<Answer> =>
  showBox(visit, ref, {
    looked: addressIdOf(query.pupil),
    on: handedFileIdOf(query.on),
    said: query.said,
    troubles: [],
  });

/** POST …/take-back: a pupil takes a file back. */
export async function takeFileBack(
  visit: Visit<BoxPart>,
  ref: BoxRef,
  form: Form,
): Promise<Answer> {
  const file = handedFileIdOf(field(form, 'file'));
  if (file === null) return MISSING;
  const isDone = await visit.core.handIns.takeBack(visit.viewer, ref, file);
  return isDone ? { kind: 'go', to: `${boxPath(ref)}?said=taken` } : MISSING;
}

/** POST …/close: it takes nothing any more, or again. */
export async function closeBox(visit: Visit<BoxPart>, ref: BoxRef, form: Form): Promise<Answer> {
  const isClosed = field(form, 'closed') === '1';
  const isDone = await visit.core.handIns.close(visit.viewer, ref, isClosed);
  if (!isDone) return MISSING;
  return { kind: 'go', to: `${boxPath(ref)}?said=${isClosed ? 'closed' : 'reopened'}` };
}

/** GET …/files/:handed: what was handed in, to keep or to stand in a page. */
export async function handedContent(
  visit: Visit<BoxPart>,
  { handed, ...ref }: BoxRef & { readonly handed: HandedFileId },
  as: unknown,
): Promise<Answer> {
  const file = await visit.core.handIns.content(visit.viewer, ref, handed);
  return file === null ? MISSING : servedAs(file, useOf(as));
}

/** GET /notebook: what was given back to a child, year by year. */
export async function notebook(visit: Visit<BoxPart>): Promise<Answer> {
  if (visit.viewer.role !== 'pupil') return MISSING;
  const pages = await visit.core.handIns.notebook(visit.viewer);
  const words = visit.texts.boxes;
  const byClass = [
    ...Map.groupBy(pages, ({ className, year }) => words.inClass(className, year)).entries(),
  ];
  const along = html`
    <p>
      <a class="btn" href="/notebook/all.zip" download>
        ${icon(visit, 'download')}${words.takeAlong}
      </a>
    </p>
  `;
  const content = html`
    <h1 id="t">${words.notebook}</h1>
    <p class="lead">${pages.length === 0 ? words.notebookEmpty : words.notebookLead}</p>
    ${pages.length === 0 ? NOTHING : along}
    ${byClass.map(
      ([name, some]): Html => html`
        <h2>${name}</h2>
        <ul class="notebook">
          ${givenTogether(some).map((one) => notebookPage(visit, one))}
        </ul>
      `,
    )}
  `;
  const surroundings = await surroundingsOf(visit);
  return page(
    framedSheet(visit, surroundings, {
      title: words.notebook,
      section: 'cupboard',
      styles: ['cupboard.css'],
      content,
    }),
  );
}

/** GET /notebook/all.zip: all of it, which is theirs to take along. */
export async function notebookZip(visit: Visit<BoxPart>): Promise<Answer> {
  const archive = await visit.core.handIns.takeAlong(visit.viewer);
  if (archive === null) return MISSING;
  const name = `${visit.texts.boxes.notebook}, ${visit.viewer.givenName}.zip`;
  return { kind: 'stream', name, mediaType: 'application/zip', body: fileArchive(archive.files) };
}

/** GET /notebook/:leaf/content: what was given back on one of its pages. */
export async function notebookContent(
  visit: Visit<BoxPart>,
  leaf: NotebookPageId,
  as: unknown,
): Promise<Answer> {
  const file = await visit.core.handIns.pageContent(visit.viewer, leaf);
  return file === null ? MISSING : servedAs(file, useOf(as));
}
