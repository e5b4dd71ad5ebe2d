import type { NightJob } from '../../core/ground/night-job.ts';
import type { WithWalls } from '../../core/school/wall/contract.ts';

/** The books of the year, printed for the teachers who asked for them. */
export const books = ({ walls }: WithWalls<'printBooks'>): NightJob => ({
  name: 'books',
  every: 'night',
  // Loaded by the night that prints: what serves by day needs no fonts.
  async run(night) {
    const { bookPdf } = await import('../../webmail/sheets/book-pdf.ts');
    return walls.printBooks(night, bookPdf);
  },
});
