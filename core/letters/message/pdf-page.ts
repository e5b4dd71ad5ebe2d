/** Of a page's picture, at most: a sheet of A4 is read on any screen, and printed legibly. */
export const MOST_WIDE = 1_100;
export const MOST_HIGH = 2_200;
/** Nobody turns so many pages here. */
export const MOST_PAGES = 500;
export const MOST_CHARACTERS = 20_000;

/** A page of a PDF by its number, and what is to be known of it beside its picture. */
export interface PdfPage {
  readonly page: number;
  readonly pages: number;
  /** Of its picture. */
  readonly width: number;
  readonly height: number;
  /** Its words, for who can't see them; empty where it is a picture itself. */
  readonly text: string;
}
