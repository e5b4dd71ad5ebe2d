import { describe, expect, it } from 'vitest';
import { EVENT_BYTES, eventIn } from './calendar-event.ts';

const PARIS = 'Europe/Paris';
const file = (...lines: readonly string[]): Buffer =>
  Buffer.from(['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR', ''].join('\r\n'));
const event = (...lines: readonly string[]): Buffer =>
  file('METHOD:REQUEST', 'BEGIN:VEVENT', ...lines, 'END:VEVENT');
const at = (moment: string) => ({ kind: 'moment', at: new Date(moment) });

it('reads who invites to what, where and when', () => {
  const read = eventIn(
    event(
      'DTSTART;TZID=Europe/Paris:20261201T140000',
      'DTEND;TZID=Europe/Paris:20261201T153000',
      'SUMMARY:Conseil d’école\\, salle',
      '  des maîtres',
      'LOCATION:12 rue des Tilleuls',
    ),
    'UTC',
  );
  expect(read).toEqual({
    title: 'Conseil d’école, salle des maîtres',
    place: '12 rue des Tilleuls',
    from: at('2026-12-01T13:00:00Z'),
    until: at('2026-12-01T14:30:00Z'),
    isCancelled: false,
    repeats: false,
  });
});

describe('when', () => {
  it.each<{ when: string; line: string; then: unknown }>([
    { when: 'in UTC', line: 'DTSTART:20261201T130000Z', then: at('2026-12-01T13:00:00Z') },
    { when: 'without a zone', line: 'DTSTART:20260701T140000', then: at('2026-07-01T12:00:00Z') },
    {
      when: 'by a name of another program',
      line: 'DTSTART;TZID="Romance Standard Time":20261201T140000',
      then: at('2026-12-01T13:00:00Z'),
    },
    {
      when: 'a day',
      line: 'DTSTART;VALUE=DATE:20261201',
      then: { kind: 'day', day: '2026-12-01' },
    },
  ])('$when', ({ line, then }) => expect(eventIn(event(line), PARIS)?.from).toEqual(then));

  it('of days ends on the last one', () => {
    const days = (until: string) =>
      eventIn(event('DTSTART;VALUE=DATE:20261201', `DTEND;VALUE=DATE:${until}`), PARIS)?.until;
    expect(days('20261202')).toBeNull();
    expect(days('20261204')).toEqual({ kind: 'day', day: '2026-12-03' });
  });
});

it('says that it is cancelled, and that it comes again', () => {
  const cancelled = file('METHOD:CANCEL', 'BEGIN:VEVENT', 'DTSTART:20261201T130000Z', 'END:VEVENT');
  expect(eventIn(cancelled, PARIS)?.isCancelled).toBe(true);
  const weekly = event('DTSTART:20261201T130000Z', 'RRULE:FREQ=WEEKLY');
  expect(eventIn(weekly, PARIS)).toMatchObject({
    repeats: true,
    title: '',
    place: '',
    until: null,
  });
});

it.each<{ when: string; bytes: Buffer }>([
  { when: 'no calendar', bytes: Buffer.from('Bonjour') },
  { when: 'no event', bytes: file('BEGIN:VTODO', 'DTSTART:20261201T130000Z', 'END:VTODO') },
  { when: 'an event without a time', bytes: event('SUMMARY:x') },
  { when: 'a day that isn’t', bytes: event('DTSTART:20260231') },
  { when: 'the time of an alarm', bytes: event('BEGIN:VALARM', 'DTSTART:20261201', 'END:VALARM') },
  {
    when: 'a file without end',
    bytes: event('DTSTART:20261201', 'X:'.repeat(EVENT_BYTES)),
  },
])('is none: $when', ({ bytes }) => expect(eventIn(bytes, PARIS)).toBeNull());
