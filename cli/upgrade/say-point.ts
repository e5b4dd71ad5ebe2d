import { showMoment } from '../backup/moment.ts';
import { UPGRADE_SAYS } from '../texts/upgrade.ts';
import type { Point } from './point.ts';

/** The sentence that says how one comes back to a point, or that there is none. */
export function sentenceOfPoint(point: Point): string {
  switch (point.kind) {
    case 'set':
      return UPGRADE_SAYS.pointSet(nameOfPoint(point));
    case 'named':
      return UPGRADE_SAYS.pointNamed(point.name);
    case 'none':
      return UPGRADE_SAYS.noPoint;
  }
}

/** A point as one types it: for `--to`, or for PostgreSQL; a dash where there is none. */
export function nameOfPoint(point: Point): string {
  switch (point.kind) {
    case 'set':
      return showMoment(point.at, point.timeZone);
    case 'named':
      return point.name;
    case 'none':
      return '-';
  }
}
