/**
 * Names of attached files: the one to show and to offer, and what all of them together say of the
 * danger.
 */
import { cleanName } from './clean.ts';
import { FILE_NAME_BYTES } from './limits.ts';
import type { FileDanger } from './message.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * What runs, starts something, or mounts as a disk on a school's PC or tablet; and office files
 * made to hold macros.
 */
const DANGEROUS = words(`
  ade adp apk app appimage appinstaller application appref-ms appx appxbundle asp aspx bash bas bat bin cab chm class cmd com command cpl
  crt crx csh deb desktop dll dmg docm dotm drv dylib elf exe fon gadget hlp hta htc img inf ins iqy iso isp its jar jnlp js jse ksh lib
  library-ms lnk mad maf mag mam mar mas mat mau mav maw mda mde mdt mdw mdz mjs mobileconfig msc msh msh1 msh2 msi msix msixbundle msp
  mst nsh ocx ops osd pcd php phtml pif pkg pl plg potm ppam ppsm pptm prf prg prn ps1 ps1xml ps2 psc1 psc2 psd1 psm1 py pyc pyo pyw pyz
  rb reg rpm run scf scr scpt sct search-ms settingcontent-ms sh shb shs slk sldm so swf sys theme tmp url vb vbe vbp vbs vhd vhdx vsmacros
  vxd wasm website workflow ws wsc wsf wsh xbap xla xlam xll xlm xlsb xlsm xltm xnk xpi zsh`);

/**
 * Pictures, sound, film, PDF, ODF and OOXML without macros, text (decision 1).
 */
const EVERYDAY = words(`
  jpg jpeg jpe jfif png gif webp bmp tif tiff heic heif avif
  mp3 m4a aac ogg oga opus wav flac amr mid midi weba wma mp4 m4v mov webm ogv avi mpg mpeg 3gp 3g2 mkv
  pdf odt ods odp odg odf odc ott ots otp otg docx xlsx pptx ppsx dotx xltx potx
  txt text md csv tsv log ics ifb vcf eml srt`);

/**
 * Override and isolate characters: in a file's name they serve only to show another ending than the
 * true one.
 */
const OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/u;

/** The end of a name is what counts; a longer one is not read to its start. */
const NAME_CHARACTERS_READ = 1_024;

/** The worst that any of a file's names says. A name without an ending says nothing. */
export function dangerOfNames(names: readonly string[]): FileDanger {
  const dangers = names.map(dangerOfName);
  if (dangers.includes('dangerous')) return 'dangerous';
  return dangers.includes('other') ? 'other' : 'everyday';
}

/**
 * What one name says. Judged by what a PC makes of it: trailing dots and spaces fall away, and so
 * does what stands behind a NUL.
 */
export function dangerOfName(name: string): FileDanger {
  if (OVERRIDES.test(name)) return 'dangerous';
  const endings = [name, name.split('\0')[0] ?? ''].map(extensionOf);
  if (endings.some((ending) => DANGEROUS.has(ending))) return 'dangerous';
  return endings.every((ending) => ending === '' || EVERYDAY.has(ending)) ? 'everyday' : 'other';
}

/**
 * The ending of a name in lower case, without its dot; empty when what follows the last dot is no
 * ending.
 */
function extensionOf(name: string): string {
  const whole = lastSegment(cleanName(name.slice(-NAME_CHARACTERS_READ)).normalize('NFKC'));
  const stem = withoutStream(whole.replace(ENDING_DOTS, ''));
  const [, space = '', found = ''] = /\.(\s*)([A-Za-z0-9-]{1,20})\s*$/.exec(stem) ?? [];
  const ending = found.toLowerCase();
  if (space !== '' && !DANGEROUS.has(ending)) return ''; // « Devoirs de M. Dupont »
  return /^\d+$/.test(ending) ? '' : ending;
}

const ENDING_DOTS = /(?<![.\s])[.\s]+$/u;

/** Without the stream of the file that Windows would open: `a.exe::$DATA` is `a.exe`. */
function withoutStream(name: string): string {
  const colon = name.indexOf(':', name.lastIndexOf('.') + 1);
  return colon < 0 ? name : name.slice(0, colon);
}

/**
 * The name to show and to offer: no folder, no control or bidirectional character, nothing that a
 * file system refuses, at most 255 bytes with its ending kept. Empty names become « fichier » and
 * the kind's ending.
 */
export function offeredName(names: readonly string[], ending: string): string {
  for (const name of names) {
    const clean = lastSegment(cleanName(name.slice(-NAME_CHARACTERS_READ)))
      .replace(/[<>:"|?*]/g, '_')
      .replace(/^[.\s]+/u, '')
      .replace(ENDING_DOTS, '');
    if (clean !== '') return shortened(clean);
  }
  return `fichier.${ending}`;
}

const lastSegment = (name: string): string =>
  name.split(/[/\\]/).findLast((segment) => segment.trim() !== '') ?? '';

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= FILE_NAME_BYTES) return name;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  const stem = Buffer.from(name).subarray(0, FILE_NAME_BYTES - ending.length);
  // As of a stream: a character that is cut in two is left out.
  return new TextDecoder().decode(stem, { stream: true }).trimEnd() + ending;
}
