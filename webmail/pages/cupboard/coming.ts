import { randomUUID } from 'node:crypto';
import { fullPieces } from '../../../core/ground/pieces.ts';
import type { LyingFile } from '../../../core/mail/writing/contract.ts';
import type { BroughtFile, Dealt, WithCupboards } from '../../../core/school/cupboard/contract.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { fileSize } from '../../frame/when.ts';
import { attributes, html, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { fieldsOf, MAX_FILES, type Form } from '../../http/forms.ts';
import { countOf, uuidOf } from '../../ids.ts';
import { voicePick } from '../writing/attachments.ts';
import { voiceName } from './parts.ts';

/**
 * POST /coming/:upload/:place: a piece of a file, of which a script brings one after the other, so
 * that a line that is cut loses one piece and no file.
 */
export async function bringPiece(
  { core, viewer }: Visit<WithCupboards<'bringPiece'>>,
  { upload, place }: { readonly upload: string; readonly place: number },
  form: Form,
): Promise<Answer> {
  const [piece, ...more] = form.files;
  if (piece === undefined || more.length > 0) return { kind: 'wrong' };
  const became = await core.cupboards.bringPiece(viewer, { upload, place }, piece.bytes);
  if (became === 'kept') return { kind: 'told', words: { is: 'kept' } };
  return became === 'full' ? { kind: 'pause' } : { kind: 'wrong' };
}

/** Files that came before their form did, as it says of them. */
export function broughtIn(form: Form): readonly BroughtFile[] {
  const [names, types] = [fieldsOf(form, 'come-name'), fieldsOf(form, 'come-type')];
  const pieces = fieldsOf(form, 'come-pieces');
  return fieldsOf(form, 'come')
    .slice(0, MAX_FILES)
    .flatMap((given, at): readonly BroughtFile[] => {
      const [upload, count] = [uuidOf(given), countOf(pieces[at])];
      if (upload === null || count === null) return [];
      return [{ upload, pieces: count, name: names[at] ?? '', mediaType: types[at] ?? '' }];
    });
}

/**
 * Keeps a file that came with its form as if its pieces had come before it, for another try; null:
 * too much of theirs waits already.
 */
export async function keptToTry(
  { core, viewer }: Visit<WithCupboards<'bringPiece'>>,
  { name, mediaType, pieces }: LyingFile,
): Promise<BroughtFile | null> {
  const upload = randomUUID();
  let place = 0;
  for await (const bytes of fullPieces(pieces)) {
    place += 1;
    const became = await core.cupboards.bringPiece(viewer, { upload, place }, bytes);
    if (became !== 'kept') return null;
  }
  return place === 0 ? null : { upload, pieces: place, name, mediaType };
}

/** The same as fields of a form, as the script adds them. */
const comeFields = ({ upload, name, mediaType, pieces }: BroughtFile): Html => html`
  <input type="hidden" name="come" value="${upload}" />
  <input type="hidden" name="come-name" value="${name}" />
  <input type="hidden" name="come-type" value="${mediaType}" />
  <input type="hidden" name="come-pieces" value="${pieces}" />
`;

/** Files that came with a form, kept for another try as long as there is room for them. */
export async function allKeptToTry(
  visit: Visit<WithCupboards<'bringPiece'>>,
  files: readonly LyingFile[],
): Promise<readonly BroughtFile[]> {
  const kept: BroughtFile[] = [];
  for (const file of files) {
    const one = await keptToTry(visit, file);
    if (one !== null) kept.push(one);
  }
  return kept;
}

/** Files that are here already and go nowhere yet: nothing of them has to come once more. */
export interface Waiting {
  readonly files: readonly BroughtFile[];
  /** Where one press puts them. */
  readonly action: string;
  readonly act: string;
}

/** Another try with what is here already. */
export const againForm = (visit: Visit, { files, action, act }: Waiting): Html => html`
  <form class="again" method="post" action="${action}" enctype="multipart/form-data">
    ${token(visit)} ${comeList(visit, files)}
    <p class="hint">${visit.texts.cupboards.againHint}</p>
    <p class="row"><button class="btn main">${icon(visit, 'cupboard')}${act}</button></p>
  </form>
`;

/** What waits within a form, by its names. */
export const comeList = (visit: Visit, files: readonly BroughtFile[]): Html => html`
  ${files.map(comeFields)}
  <ul class="waiting-files">
    ${files.map(
      ({ name }) => html`
        <li>${icon(visit, 'file')}${name}</li>
      `,
    )}
  </ul>
`;

/** Why they could not be dealt with, in a sentence. */
export const notDealt = (
  { texts }: Visit,
  became: Exclude<Dealt<unknown>, { kind: 'dealt' }>,
): string => `${became.name}${texts.colon}${texts.cupboards.coming.notWhole}`;

/** A voice instead of a file, where a script and a microphone are; why not stands under it. */
export const voiceLine = (visit: Visit): Html => html`
  <p class="row">${voicePick(visit, voiceName(visit))}</p>
  <p class="err" role="alert" data-tray-says hidden></p>
`;

/** What may come to a form, said before it begins. */
export interface ComingLimits {
  readonly fileBytes: number;
  readonly filmBytes: number;
  /** All of it together; Infinity: nobody knows here. */
  readonly roomBytes: number;
  readonly files: number;
}

/**
 * Where a form shows its files as they come, and what a script says of them; without one, they come
 * with the form. What `waits` goes by the form's button alone.
 */
export function comingBox(
  { texts, viewer: { language } }: Visit,
  { fileBytes, filmBytes, roomBytes, files }: ComingLimits,
  { waits = false, each = '' }: { readonly waits?: boolean; readonly each?: string },
): Html {
  const words = texts.cupboards.coming;
  const { progress, stop } = texts.write.files;
  return html`
    <div
      data-coming
      ${attributes({
        'data-waits': waits,
        'data-each': each === '' ? null : each,
        'data-most': fileBytes,
        'data-most-film': filmBytes,
        'data-room': String(roomBytes),
        'data-most-files': files,
        'data-too-big':
          fileBytes === 0 ? words.noDisk('%f') : words.tooBig('%f', fileSize(language, fileBytes)),
        'data-too-big-film':
          filmBytes === 0 ? words.noDisk('%f') : words.tooBig('%f', fileSize(language, filmBytes)),
        'data-no-room': words.noRoom(
          '%f',
          roomBytes === Infinity ? '' : fileSize(language, roomBytes),
        ),
        'data-too-many': words.tooMany('%f', files),
        'data-empty': words.empty('%f'),
        'data-cut': words.cut,
        'data-refused': words.refused('%f'),
        'data-progress': progress('%p', '%s'),
        'data-waiting': words.waiting,
        'data-done': waits ? words.ready : words.done,
        'data-looked': words.done,
        'data-stop': stop,
        'data-remove': words.remove,
      })}
    >
      <p class="hint" data-drop-here hidden>${words.dropHere}</p>
      <ul class="coming-files"></ul>
      <p class="err" role="status" data-says hidden></p>
    </div>
  `;
}
