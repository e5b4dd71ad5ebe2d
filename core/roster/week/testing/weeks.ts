import type { WeekLessonId, WeekSpecialId } from '../../../ground/ids.ts';
import type { Lesson, Rhythm, Special } from '../plan.ts';

/** Four days and a half, as most schools of a town have them. */
export const RHYTHM: Rhythm = {
  morning: { from: '08:30', to: '12:00' },
  afternoon: { from: '13:30', to: '16:30' },
  wednesdayTo: '11:30',
};

/** A lesson of a Monday, from half past eight to nine, unless something else is said. */
export const lessonOf = (given: Partial<Lesson> = {}): Lesson => ({
  id: 1 as WeekLessonId,
  weekday: 1,
  from: '08:30',
  to: '09:00',
  kind: 'french',
  title: '',
  weeks: 'every',
  teacher: null,
  place: '',
  bring: '',
  edition: 1,
  ...given,
});

/** The same as somebody types it. */
export function lessonWords(given: Partial<Lesson> = {}): Omit<Lesson, 'id' | 'edition'> {
  const { id: _, edition: __, ...words } = lessonOf(given);
  return words;
}

/** A whole day at the museum, unless something else is said. */
export const specialOf = (given: Partial<Special> = {}): Special => ({
  id: 1 as WeekSpecialId,
  from: '2026-11-26',
  until: '2026-11-26',
  hours: null,
  kind: 'outing',
  title: 'Musée',
  place: '',
  edition: 1,
  ...given,
});
