/**
 * What a file is, by its content, by what is in it, and by its names: and how dangerous that is.
 */
import { isGzip, listGzip } from './archive/gzip.ts';
import { isTar, listTar } from './archive/tar.ts';
import {
  ALL,
  startUnpacking,
  startWork,
  type ArchiveWork,
  type ArchiveEntry,
} from './archive/work.ts';
import { isZip, listZip, startsAsZip, type ZipListing } from './archive/zip.ts';
import { cleanName } from './clean.ts';
import { dangerOfName, dangerOfNames } from './file-names.ts';
import { container, kind, kindOfStart, OCTETS, type FileKind } from './magic.ts';
import type { FileDanger } from './message.ts';

/** How deep in archives a file lies, and what of them may still be read. */
interface Where {
  readonly work: ArchiveWork;
  readonly depth: number;
}

/** What the content alone says, archives taken apart as far as `work` goes. */
export function kindOfContent(bytes: Buffer, work: ArchiveWork = startWork(ALL)): FileKind {
  return kindWithin(bytes, { work, depth: 0 });
}

/** What a file is, by its content and by every name it bears: the worst of them counts. */
export function kindOf(bytes: Buffer, names: readonly string[], work?: ArchiveWork): FileKind {
  const content = kindOfContent(bytes, work);
  const named = dangerOfNames(names.filter((name) => cleanName(name) !== ''));
  return { ...content, danger: worst([content.danger, named]) };
}

/** The worst of several; everyday when there is none. */
export function worst(dangers: readonly FileDanger[]): FileDanger {
  if (dangers.includes('dangerous')) return 'dangerous';
  return dangers.includes('other') ? 'other' : 'everyday';
}

/** Two kinds in one file (a picture that ends in a zip): the worse, and never everyday. */
function kindWithin(bytes: Buffer, where: Where): FileKind {
  const found = kindOfStart(bytes);
  if (found.danger === 'dangerous') return found;
  if (isGzip(bytes)) return gzipKind(bytes, where);
  const archive = archiveKind(bytes, where);
  if (!archive || !startsAsZip(bytes)) where.work.onFile(bytes, found);
  if (!archive) return found;
  if (startsAsZip(bytes) || isTar(bytes)) return archive;
  return { ...found, danger: worst(['other', archive.danger]), holdsFiles: true };
}

function archiveKind(bytes: Buffer, where: Where): FileKind | null {
  if (isZip(bytes)) return zipKind(bytes, where);
  return isTar(bytes) ? tarKind(bytes, where) : null;
}

/** One past the limits is « other »: what is in it, nobody knows. */
function gzipKind(bytes: Buffer, where: Where): FileKind {
  const unpacking = startUnpacking(where.work, bytes.length, where.depth);
  const entry = unpacking && listGzip(bytes, unpacking);
  const inner = entry?.open();
  if (!entry || !inner) return container('other', OCTETS, 'gz');
  const content = kindWithin(inner, deeper(where));
  const danger = worst(['other', content.danger, onlyDangerous(dangerOfNames(entry.names))]);
  // A drawing of Office's is a picture in a gzip.
  return { danger, mediaType: OCTETS, ending: 'gz', holdsFiles: content.holdsFiles };
}

function tarKind(bytes: Buffer, where: Where): FileKind {
  const unpacking = startUnpacking(where.work, bytes.length, where.depth);
  const entries = unpacking ? listTar(bytes, unpacking) : [];
  return container(worst(['other', ...dangersInArchive(entries, where)]), OCTETS, 'tar');
}

function zipKind(bytes: Buffer, where: Where): FileKind {
  const unpacking = startUnpacking(where.work, bytes.length, where.depth);
  if (!unpacking) return container('other', 'application/zip', 'zip');
  const zip = listZip(bytes, unpacking);
  const document = documentOf(zip);
  if (!document) return zipOf(worst(['other', ...dangersInArchive(zip.entries, where)]));
  const danger = worst([zip.odd ? 'other' : 'everyday', ...dangersInDocument(zip.entries, where)]);
  if (danger === 'dangerous') return zipOf(danger);
  // A document that isn't everyday is not so in another document either.
  return { ...document, danger, holdsFiles: danger !== 'everyday' };
}

function zipOf(danger: FileDanger): FileKind {
  return danger === 'dangerous'
    ? container(danger, OCTETS, 'zip')
    : container(danger, 'application/zip', 'zip');
}

const deeper = ({ work, depth }: Where): Where => ({ work, depth: depth + 1 });
const onlyDangerous = (danger: FileDanger): FileDanger =>
  danger === 'dangerous' ? danger : 'everyday';

/** Where macros lie in OOXML and ODF, and what makes the whole a program (jar, apk). */
const RUNS =
  /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml|activeX\/|macrosheets\/|Basic\/(?!script-l[bc]\.xml$)[^/]*\/|Scripts\/)|^META-INF\/MANIFEST\.MF$|^AndroidManifest\.xml$/i;

/**
 * `printerSettings1.bin`, `oleObject1.bin`, a picture from the clipboard: everyday parts of OOXML,
 * whatever the ending says.
 */
const PART_OF_OFFICE =
  /^(?:word|xl|ppt)\/(?:printerSettings|embeddings|media|theme)\/[^/.]+\.(?:bin|tmp)$/;

function* dangersInArchive(entries: readonly ArchiveEntry[], where: Where): Generator<FileDanger> {
  for (const { names, open } of entries) {
    const content = open();
    const found = content ? kindWithin(content, deeper(where)).danger : 'everyday';
    yield names.some((name) => RUNS.test(name))
      ? 'dangerous'
      : worst([dangerOfNames(names), found]);
  }
}

/**
 * A document is made of parts that would be « other » as files: only what holds files itself, or
 * runs, is no part of one.
 */
function* dangersInDocument(entries: readonly ArchiveEntry[], where: Where): Generator<FileDanger> {
  for (const { names, open } of entries) {
    const content = open();
    const found = content ? kindWithin(content, deeper(where)) : null;
    const runs =
      found?.danger === 'dangerous' ||
      names.some(
        (name) =>
          RUNS.test(name) || (dangerOfName(name) === 'dangerous' && !PART_OF_OFFICE.test(name)),
      );
    const otherwise = !found || found.holdsFiles ? 'other' : 'everyday';
    yield runs ? 'dangerous' : otherwise;
  }
}

type Document = readonly [folder: string, mediaType: string, ending: string];

const OFFICE: readonly Document[] = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['ppt/', 'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'],
];
const OPEN_DOCUMENT: Readonly<Record<string, string>> = {
  text: 'odt',
  spreadsheet: 'ods',
  presentation: 'odp',
  graphics: 'odg',
};

/** OOXML by its parts, ODF by its first entry (ODF 1.3 part 2 §3.3). */
function documentOf({ mimetype, entries }: ZipListing): FileKind | null {
  const [, odf] =
    /^application\/vnd\.oasis\.opendocument\.([a-z]+)(?:-template)?$/.exec(mimetype) ?? [];
  if (odf) return kind('everyday', mimetype, OPEN_DOCUMENT[odf] ?? 'odf');
  const names = entries.flatMap((entry) => entry.names);
  if (!names.includes('[Content_Types].xml')) return null;
  const office = OFFICE.find(([folder]) => names.some((name) => name.startsWith(folder)));
  return office ? kind('everyday', office[1], office[2]) : null;
}
