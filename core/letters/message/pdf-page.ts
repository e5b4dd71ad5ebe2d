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
