import type { NightJob } from '../../core/ground/night-job.ts';
import type { WithWalls } from '../../core/school/wall/contract.ts';
import { bookPdf } from '../../webmail/sheets/book-pdf.ts';

/** The books of the year, printed for the teachers who asked for them. */
export const books = ({ walls }: WithWalls<'printBooks'>): NightJob => ({
  name: 'books',
  every: 'night',
  run: (night) => walls.printBooks(night, bookPdf),
});
