import { DAY_MS } from '../../../ground/spans.ts';
import type { Size } from './record.ts';

/** Of fewer nights nothing follows. */
const LEAST_NIGHTS = 3;
/** What is further away is « never ». */
const MOST_DAYS = 3_650;

/**
 * When the disk of the repository is full if it goes on filling as in these nights: a straight line
 * through what was free, by least squares, since a full backup a week makes steps. Null: too few
 * nights, or it doesn't fill.
 */
export function fullAt(sizes: readonly Size[]): Date | null {
  const last = sizes.at(-1);
  if (last === undefined || sizes.length < LEAST_NIGHTS) return null;
  const days = sizes.map(({ at }) => (at.getTime() - last.at.getTime()) / DAY_MS);
  const free = sizes.map(({ freeBytes }) => freeBytes);
  const [meanDay, meanFree] = [mean(days), mean(free)];
  const spread = sum(days.map((day) => (day - meanDay) ** 2));
  if (spread === 0) return null;
  const perDay =
    sum(days.map((day, at) => (day - meanDay) * ((free[at] ?? 0) - meanFree))) / spread;
  const daysLeft = last.freeBytes / -perDay;
  return perDay < 0 && daysLeft <= MOST_DAYS
    ? new Date(last.at.getTime() + daysLeft * DAY_MS)
    : null;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;
