/** Colours as letters write them, and whether one can be read on another. */
import { COLOUR_NAMES } from './colour-names.ts';

/** Red, green and blue from 0 to 255, and how much of what is behind it hides, from 0 to 1. */
export interface Colour {
  readonly rgb: readonly [number, number, number];
  readonly alpha: number;
}

export const WHITE: Colour = { rgb: [255, 255, 255], alpha: 1 };
/** What `frameDocument` writes in. */
export const INK: Colour = { rgb: [27, 27, 27], alpha: 1 };
/** What a browser shows a link in. */
export const LINK: Colour = { rgb: [0, 0, 238], alpha: 1 };

/** A colour by its name, its digits or a function, as styles write it. */
export function readColour(written: string): Colour | null {
  const value = written.trim().toLowerCase();
  if (value === 'transparent') return { rgb: [0, 0, 0], alpha: 0 };
  const name = COLOUR_NAMES.get(value);
  const digits = name ?? /^#([0-9a-f]{3,8})$/.exec(value)?.[1];
  return digits === undefined
    ? ofFunction(/^(rgb|hsl)a?\(([^()]*)\)$/.exec(value))
    : ofDigits(digits);
}

/** A colour as attributes write it: its `#` may lack (HTML, "rules for parsing a legacy color"). */
export const readOldColour = (written: string): Colour | null =>
  readColour(written.trim().replace(/^[0-9a-f]{6}$/i, '#$&'));

/** What is seen of a colour that lies on another. */
export function laidOn(above: Colour, below: Colour): Colour {
  const mixed = (at: 0 | 1 | 2): number =>
    above.rgb[at] * above.alpha + below.rgb[at] * (1 - above.alpha);
  return { rgb: [mixed(0), mixed(1), mixed(2)], alpha: 1 };
}

/** From 1, not to be seen, to 21, black on white (WCAG 2.2, "contrast ratio"). */
export function contrastOf(words: Colour, behind: Colour): number {
  const [one, other] = [lightOf(laidOn(words, behind)), lightOf(behind)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** WCAG 2.2, "relative luminance". */
function lightOf({ rgb }: Colour): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function ofDigits(digits: string): Colour | null {
  if (digits.length === 5 || digits.length === 7) return null;
  const long = digits.length < 6 ? digits.replace(/./g, '$&$&') : digits;
  const part = (at: number): number => Number.parseInt(long.slice(at, at + 2) || 'ff', 16);
  return { rgb: [part(0), part(2), part(4)], alpha: part(6) / 255 };
}

function ofFunction(call: RegExpExecArray | null): Colour | null {
  const [first = '', second = '', third = '', last = '1'] =
    call?.[2]?.split(/[\s,/]+/).filter((part) => part !== '') ?? [];
  const alpha = shareOf(last, 1);
  if (call === null || third === '' || Number.isNaN(alpha)) return null;
  const ofByte = (part: string): number => 255 * shareOf(part, 255);
  const rgb: Rgb =
    call[1] === 'rgb'
      ? [ofByte(first), ofByte(second), ofByte(third)]
      : ofHue(Number.parseFloat(first), shareOf(second, 100), shareOf(third, 100));
  return rgb.some((part) => Number.isNaN(part)) ? null : { rgb, alpha };
}

type Rgb = [number, number, number];

/** A number of so many, or of a hundred, as a share from 0 to 1. */
function shareOf(part: string, whole: number): number {
  const share = Number.parseFloat(part) / (part.endsWith('%') ? 100 : whole);
  return Math.min(1, Math.max(0, share));
}

/** CSS Color 4 §7.1. */
function ofHue(degrees: number, saturation: number, lightness: number): Rgb {
  const part = (offset: number): number => {
    const at = (((offset + degrees / 30) % 12) + 12) % 12;
    const reach = saturation * Math.min(lightness, 1 - lightness);
    return 255 * (lightness - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1)));
  };
  return [part(0), part(8), part(4)];
}
