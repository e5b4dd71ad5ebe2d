import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Card, CodeSheet } from '../../core/entry/codes/contract.ts';
import { en } from '../texts/en.ts';
import { fr } from '../texts/fr.ts';
import { sheetCsv } from './csv.ts';
import { drawSheet } from './draw-sheet.ts';
import { drawingsIn } from './drawing.ts';
import { isInked } from './testing/pdf-inked.ts';
import { pdfTexts } from './testing/pdf-texts.ts';

const DAY = '30 septembre 2027';

function card(displayName: string, rest: Partial<Card> = {}): Card {
  return {
    givenName: displayName.split(' ')[0] ?? '',
    displayName,
    kind: 'child',
    face: 'lapin',
    address: 'lina.moreau@ecoles.preau.test',
    code: { kind: 'pictures', pictures: ['chat', 'lion', 'hibou'] },
    ...rest,
  };
}

function sheet(cards: readonly Card[], rest: Partial<CodeSheet> = {}): CodeSheet {
  return {
    schoolName: 'École des Tilleuls',
    timeZone: 'Europe/Paris',
    of: 'class',
    className: 'CE1 A',
    cover: 2,
    madeAt: new Date(),
    expiresAt: new Date(),
    cards,
    slips: [],
    ...rest,
  };
}

describe('a file for a mail merge', () => {
  it.each(['=cmd|"/c calc"!A1', '+1', '-1+2', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
    'guards a cell that begins like a formula: %j',
    (name) => {
      const text = sheetCsv(sheet([card(name)]), fr, DAY).toString();
      const rows = parse(text, { bom: true });
      expect(rows[1]?.[1]).toBe(`'${name}`);
    },
  );

  it('says what was said, whatever stands in a name: quotes, commas, line ends, accents', () => {
    const name = 'Zoé "la, vite"\r\nÀ';
    const bytes = sheetCsv(
      sheet([card(name)], {
        slips: [
          {
            child: name,
            animal: 'chat',
            guardians: [
              { name: 'Karine Moreau', address: 'k@x', code: 'K7MP-4RT-XW9C-HN3A', codeOn: null },
              { name: 'Thomas', address: 't@x', code: null, codeOn: null },
              { name: 'Samira', address: 's@x', code: null, codeOn: 'GS' },
            ],
          },
        ],
      }),
      fr,
      DAY,
    );
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(parse(bytes, { bom: true, columns: true, record_delimiter: '\r\n' })).toMatchObject([
      { Pour: 'élève', Nom: name, Code: 'le chat, le lion, le hibou', Classe: 'CE1 A' },
      { Pour: 'famille', Élève: name, Nom: 'Karine Moreau', Code: 'K7MP-4RT-XW9C-HN3A' },
      { Pour: 'famille', Nom: 'Thomas', Code: 'compte déjà ouvert' },
      { Pour: 'famille', Nom: 'Samira', Code: 'sur la feuille de GS' },
    ]);
    expect(parse(sheetCsv(sheet([card('Lina')]), en, DAY), { bom: true })[0]).toContain(
      'Good until',
    );
  });
});

describe('a sheet to print', () => {
  it.each([
    [0, 1],
    [1, 1],
    [8, 1],
    [9, 2],
    [30, 4],
  ])('of %d cards is on %d pages', async (cards, pages) => {
    const bytes = await drawSheet({
      sheet: sheet(Array.from({ length: cards }, (_, at) => card(`Lina ${at}`))),
      language: 'fr',
      webAddress: 'mail.ecoles.preau.test',
      madeOn: DAY,
      until: DAY,
    });
    expect((bytes.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length).toBe(pages);
  });

  it('prints the code of each adult of a child, however many they are', async () => {
    const guardians = [1, 2, 3, 4, 5].map((at) => ({
      name: `Adulte ${at}`,
      address: `adulte.${at}@ecoles.preau.test`,
      code: `K7MP-4RT-XW9C-HN3${at}`,
      codeOn: null,
    }));
    const bytes = await drawSheet({
      sheet: sheet([], { slips: [{ child: 'Lina Moreau', animal: 'chat', guardians }] }),
      language: 'fr',
      webAddress: 'mail.ecoles.preau.test',
      madeOn: DAY,
      until: DAY,
    });
    const text = (await pdfTexts(bytes)).join('\n');
    for (const { name, code } of guardians) {
      expect(text).toContain(name);
      expect(text).toContain(code);
    }
  });

  it('keeps the longest names within their card and their slip', async () => {
    const name = 'Maximilienne-Wilhelmine '.repeat(4).trim().slice(0, 80);
    const address = `${'mwmwmwmw'.repeat(8)}@ecoles.preau.test`;
    const printed = (given: CodeSheet) =>
      drawSheet({
        sheet: given,
        language: 'fr',
        webAddress: 'mail.ecoles.preau.test',
        madeOn: DAY,
        until: DAY,
      });
    const ofName = await printed(sheet([card(name, { givenName: name, address })]));
    expect(await isInked(ofName, { x: 60, y: 40, width: 230, height: 80 })).toBe(true);
    expect(await isInked(ofName, { x: 299, y: 20, width: 296, height: 750 })).toBe(false);
    expect((await pdfTexts(ofName)).join('').match(/Maximilienne/g)?.length).toBeGreaterThan(5);
    const guardians = [1, 2, 3].map((at) => ({
      name,
      address,
      code: `K7MP-4RT-XW9C-HN3${at}`,
      codeOn: null,
    }));
    const className = 'Toute petite section, petite section et moyenne section '.repeat(3);
    const slips = [{ child: name, animal: 'chat', guardians }];
    const ofSlip = await printed(sheet([], { of: 'class', className, slips }));
    expect(await isInked(ofSlip, { x: 40, y: 40, width: 520, height: 200 })).toBe(true);
    expect(await isInked(ofSlip, { x: 569, y: 20, width: 26, height: 750 })).toBe(false);
    expect((await pdfTexts(ofSlip)).join('\n')).toContain('K7MP-4RT-XW9C-HN33');
  });

  it('takes names that no font has, and animals that nobody drew', async () => {
    const odd = card('名前 \u202e🦊 X'.repeat(20), {
      face: 'licorne',
      code: { kind: 'pictures', pictures: ['licorne', '', 'chat'] },
    });
    await expect(
      drawSheet({
        sheet: sheet([odd]),
        language: 'en',
        webAddress: 'x',
        madeOn: DAY,
        until: DAY,
      }),
    ).resolves.toBeInstanceOf(Buffer);
  });

  it('draws each animal of the sprite with all its shapes', () => {
    const sprite = readFileSync(new URL('../assets/animals.svg', import.meta.url), 'utf8');
    const drawings = drawingsIn(sprite);
    expect([...drawings.keys()].sort()).toEqual(Object.keys(fr.codes.animals).sort());
    const shapes = [...drawings.values()].flat();
    expect(shapes).toHaveLength((sprite.match(/<(circle|ellipse|path) /g) ?? []).length);
    expect(
      shapes.filter((shape) => shape.paint.fill === null && shape.paint.stroke === null),
    ).toEqual([]);
  });
});
