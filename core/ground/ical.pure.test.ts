import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAt } from './clock.ts';
import { icalFile, icalText, icalZone } from './ical.ts';

describe('a calendar', () => {
  it('has lines of at most 75 octets, that say the same once they are joined again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const line = `SUMMARY:${icalText(text)}`;
        const written = String(icalFile([line]));
        for (const row of written.split('\r\n'))
          expect(Buffer.byteLength(row)).toBeLessThanOrEqual(75);
        expect(written.replaceAll('\r\n ', '')).toBe(`${line}\r\n`);
      }),
    );
  });
});

describe('a zone', () => {
  const within = { from: '2026-08-01', until: '2027-07-31' };

  it('is told with its changes, to the minute', () => {
    expect(icalZone('Europe/Paris', within)).toEqual([
      ...['BEGIN:VTIMEZONE', 'TZID:Europe/Paris'],
      ...['BEGIN:STANDARD', 'DTSTART:20260801T000000', 'TZOFFSETFROM:+0200'],
      ...['TZOFFSETTO:+0200', 'END:STANDARD'],
      ...['BEGIN:STANDARD', 'DTSTART:20261025T030000', 'TZOFFSETFROM:+0200'],
      ...['TZOFFSETTO:+0100', 'END:STANDARD'],
      ...['BEGIN:DAYLIGHT', 'DTSTART:20270328T020000', 'TZOFFSETFROM:+0100'],
      ...['TZOFFSETTO:+0200', 'END:DAYLIGHT'],
      'END:VTIMEZONE',
    ]);
  });

  it('that knows no summer is told in one line', () => {
    const noumea = icalZone('Pacific/Noumea', within);
    expect(noumea.filter((line) => line.startsWith('TZOFFSETTO'))).toEqual(['TZOFFSETTO:+1100']);
    expect(dayAt(new Date('2026-11-24T13:30:00Z'), 'Pacific/Noumea')).toBe('2026-11-25');
  });
});
