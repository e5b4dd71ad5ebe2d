import type { Logger } from 'pino';
import type { Config } from '../../core/ground/config.ts';
import { notePoint } from '../../core/store/log-points.ts';
import { migrate } from '../../core/store/migrate.ts';
import { pendingSteps } from '../../core/store/pending-steps.ts';
import { setPoint, type Point } from './point.ts';
import { nameOfPoint } from './say-point.ts';

/** What became of a database. */
interface Upgraded {
  /** Steps that were made; empty where it was up to date. */
  readonly steps: readonly string[];
  /** Null: there was nothing to come back to, or it wasn't wanted. */
  readonly point: Point | null;
}

interface UpgradeParts {
  readonly point: 'wanted' | 'not-wanted';
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Brings the database up to date, as its owner. Where it has something to lose, a point to come
 * back to is set before. Throws a `Fault` as `migrate` and `setPoint` do, with nothing changed.
 */
export async function upgrade(config: Config, around: UpgradeParts): Promise<Upgraded> {
  const adminUrl = config.databaseAdminUrl ?? '';
  const { at, steps, unknown } = await pendingSteps(adminUrl);
  const isLosing = at !== null && steps.length > 0 && unknown.length === 0;
  const point = isLosing && around.point === 'wanted' ? await setPoint(config, around) : null;
  const done = await migrate({ adminUrl, appUrl: config.databaseUrl ?? '' });
  if (point !== null) await notePoint(adminUrl, nameOfPoint(point));
  return { steps: done.steps, point };
}
