import type { ClassId, CupboardItemId, SchoolId } from '../../../core/ground/ids.ts';
import type {
  CupboardRef,
  FolderAt,
  FolderView,
  ItemRef,
  SharedPlace,
  StoredItem,
  WithCupboards,
} from '../../../core/school/cupboard/contract.ts';
import type { WithTeaching } from '../../../core/school/teaching/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import { isFilm, isPicture, isSound } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { hour, wholeDay } from '../../frame/when.ts';
import type { UntrustedFields } from '../../http/route.ts';
import { cupboardItemIdOf, cupboardPlaceOf, schoolIdOf } from '../../ids.ts';

/** What these pages ask of core. */
export type CupboardPart = FramePart & WithCupboards;
/** Those of a class's teacher stand among its tabs. */
export type CupboardDeskPart = CupboardPart & WithTeaching<'classDetails'>;

/** A cupboard by the names in its path. */
export interface CupboardNames {
  readonly school: SchoolId;
  readonly cupboard: ClassId | SharedPlace;
}

export const cupboardRefOf = ({ school, cupboard }: CupboardNames): CupboardRef =>
  typeof cupboard === 'string' ? { school, place: cupboard } : { school, classId: cupboard };

/** Where a cupboard lies among the pages. */
export const cupboardPath = (ref: CupboardRef): string =>
  `/cupboards/${ref.school}/${'classId' in ref ? ref.classId : ref.place}`;

/** Whose cupboard it is, over a page of it. */
export function cupboardTitle(
  { texts, audience }: Visit,
  { cupboard, name }: Pick<FolderView, 'cupboard' | 'name'>,
): string {
  const words = texts.cupboards;
  if ('place' in cupboard) return words.placeTitles[cupboard.place](name);
  return audience === 'child' ? words.ofMyClass : words.of(name);
}

/** Where a file or a folder lies. */
export const itemPath = ({ school, item }: ItemRef): string => `/stored/${school}/${item}`;

/** The top of a cupboard, or a folder. */
export const folderPath = (at: FolderAt): string =>
  'item' in at ? itemPath(at) : cupboardPath(at);

/** The folder that a page shows. */
export const placeOf = ({ folder, cupboard }: Pick<FolderView, 'folder' | 'cupboard'>): FolderAt =>
  folder?.ref ?? cupboard;

/** A folder, or the top of a cupboard, as an address or a form names it. */
export function whereIn(names: UntrustedFields): FolderAt | null {
  const school = schoolIdOf(names['school']);
  const item = cupboardItemIdOf(names['item']);
  const cupboard = cupboardPlaceOf(names['cupboard']);
  if (school === null) return null;
  if (item !== null) return { school, item };
  return cupboard === null ? null : cupboardRefOf({ school, cupboard });
}

/** A folder, or the top of a cupboard, as a query names it. */
export const queryOf = (at: FolderAt): string => {
  if ('item' in at) return `?school=${at.school}&item=${at.item}`;
  return `?school=${at.school}&cupboard=${'classId' in at ? at.classId : at.place}`;
};

/** The folder that a form's field names by such a query; null: none. */
export const whereTyped = (typed: string): FolderAt | null =>
  whereIn(Object.fromEntries(new URLSearchParams(typed)));

/** By which one reads on. */
export const furtherPath = (at: FolderAt, further: CupboardItemId): string =>
  `${folderPath(at)}?after=${further}`;

/** Under which name a voice lies in a cupboard: each has its own, so that none replaces another. */
export function voiceName({ texts, clock, now }: Visit): string {
  const seconds = String(now.getUTCSeconds()).padStart(2, '0');
  const at = hour(clock, now).replace(':', '.');
  return `${texts.write.voice.file}, ${wholeDay(clock, now)}, ${at} (${seconds})`;
}

/** What a file is to people. */
type FileKind = keyof Visit['texts']['cupboards']['kinds'];

const TABLES = /spreadsheet|csv/;
const SLIDES = /presentation/;
const TEXTS = /^text\/|word|opendocument\.text/;

export function kindOf(file: Pick<StoredItem, 'mediaType'>): FileKind {
  const { mediaType } = file;
  if (isPicture(file) || mediaType.startsWith('image/')) return 'picture';
  if (isSound(file) || mediaType.startsWith('audio/')) return 'sound';
  if (isFilm(file) || mediaType.startsWith('video/')) return 'film';
  if (mediaType === 'application/pdf') return 'pdf';
  if (TABLES.test(mediaType)) return 'table';
  if (SLIDES.test(mediaType)) return 'slides';
  return TEXTS.test(mediaType) ? 'text' : 'file';
}

const ICONS: Readonly<Record<FileKind, string>> = {
  picture: 'picture',
  sound: 'sound',
  film: 'play',
  pdf: 'paper',
  text: 'file',
  table: 'week',
  slides: 'picture',
  file: 'file',
};

/** The icon of a folder or of a kind of file. */
export const iconOf = (item: Pick<StoredItem, 'kind' | 'mediaType'>): string =>
  item.kind === 'folder' ? 'folder' : ICONS[kindOf(item)];

/** Without the ending that says its kind to a computer: the words beside it say it to people. */
export const shownName = ({ kind, name }: Pick<StoredItem, 'kind' | 'name'>): string =>
  kind === 'folder' ? name : name.replace(/(?<=.)\.[A-Za-z0-9]{1,10}$/, '');
