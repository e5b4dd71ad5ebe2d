import { expect, it } from 'vitest';
import { ONDE_PUPILS_HEADER } from '../../school/imports/testing/onde-csv.ts';
import { mustRead } from '../../school/imports/testing/reading.ts';

it('reads the photo authorisation of ONDE: yes, no, and nothing for any other word', async () => {
  const header = ONDE_PUPILS_HEADER.split(';');
  const cells: Readonly<Record<string, string>> = {
    'Nom élève': 'MARTIN',
    'Date naissance': '02/03/2020',
    'Libellé classe': 'CP',
  };
  const lines = ['OUI', 'Non', '', 'en attente'].map((photo, at) =>
    header
      .map((name) => {
        if (name === 'Autorisation photo') return photo;
        return name === 'Prénom élève' ? `Léa ${'ABCD'[at]}` : (cells[name] ?? '');
      })
      .join(';'),
  );
  const bytes = Buffer.from([ONDE_PUPILS_HEADER, ...lines].join('\r\n'));
  const { rows } = await mustRead([{ name: 'eleves.csv', bytes }]);
  expect(rows.map((row) => row.kind === 'pupil' && row.photo)).toEqual([true, false, null, null]);
});
