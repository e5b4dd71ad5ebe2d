import type { StoredReport } from '../../store/mail/reports.ts';

/**
 * What the school's journal says a step is about: numbers. `notFor`: who wrote the letter doesn't
 * see the line, though they head the school.
 */
export function subjectOf({ id, child, writer }: StoredReport): Readonly<Record<string, unknown>> {
  return { report: id, people: [child], ...(writer === null ? {} : { notFor: writer }) };
}
