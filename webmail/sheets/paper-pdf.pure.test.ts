import { describe, expect, it } from 'vitest';
import { paperPdf, type PaperSlipPage } from './paper-pdf.ts';
import { pdfTexts } from './testing/pdf-texts.ts';

const slip = (letter: readonly string[], rest: Partial<PaperSlipPage> = {}): PaperSlipPage => ({
  title: 'Sortie à la piscine',
  child: 'Lina Moreau',
  letter,
  oath: 'J’autorise Lina à nager.',
  facts: ['Le mardi, de 9 h à 11 h'],
  boxes: ['Oui', 'Non'],
  lines: ['Nom de la personne', 'Signature'],
  cut: 'À rendre à l’école',
  until: 'avant le 27 novembre',
  ...rest,
});

const pagesOf = async (page: PaperSlipPage): Promise<readonly string[]> =>
  pdfTexts(await paperPdf({ kind: 'slips', language: 'fr', pages: [page] }));

const SENTENCE = 'Nous partirons en car et nous pique-niquerons au bord de l’eau, s’il fait beau. ';
const SLIP = ['À rendre à l’école', 'J’autorise Lina', 'Oui', 'Non', 'Signature'];

describe('a paper with its slip, to print', () => {
  it('is on one page where the letter is short', async () => {
    const pages = await pagesOf(slip(['Nous irons nager.']));
    expect(pages).toHaveLength(1);
    for (const word of ['Nous irons nager.', ...SLIP]) expect(pages[0]).toContain(word);
  });

  it('prints each paragraph of a long letter, and its slip whole on one page', async () => {
    for (const count of [5, 9, 14, 40]) {
      const letter = Array.from({ length: count }, (_, at) => `(${at}) ${SENTENCE.repeat(4)}`);
      const pages = await pagesOf(slip(letter));
      const all = pages.join('\n');
      for (const at of letter.keys()) expect(all).toContain(`(${at}) Nous`);
      for (const word of SLIP) expect(pages.at(-1)).toContain(word);
    }
  });

  it('breaks one paragraph that fills pages, and keeps off the edge of the paper', async () => {
    const pages = await pagesOf(slip([`${SENTENCE.repeat(150)}Voilà tout.`]));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.join('\n')).toContain('Voilà tout.');
    for (const word of SLIP) expect(pages.at(-1)).toContain(word);
  });

  it('loses nothing of a slip that is longer than a page', async () => {
    const oath = `${SENTENCE.repeat(120)}Et je signe.`;
    const boxes = Array.from({ length: 12 }, (_, at) => `Choix ${at + 1}`);
    const all = (await pagesOf(slip(['Bonjour.'], { oath, boxes }))).join('\n');
    for (const word of ['Et je signe.', ...boxes, 'Signature']) expect(all).toContain(word);
  });
});
