import { showMoment } from '../backup/moment.ts';
import { UPGRADE_SAYS } from '../texts/upgrade.ts';
import type { Point } from './point.ts';

/** The sentence that says how one comes back to a point, or that there is none. */
export function sentenceOfPoint(point: Point): string {
  switch (point.kind) {
    case 'set': {
      // as `--to` takes it
      const [moment = ''] = showMoment(point.at).split(' ');
      return UPGRADE_SAYS.pointSet(moment);
    }
    case 'named':
      return UPGRADE_SAYS.pointNamed(point.name);
    case 'none':
      return UPGRADE_SAYS.noPoint;
  }
}
