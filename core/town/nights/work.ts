import { Fault } from '../../ground/fault.ts';
import type { NightCounts, NightJob } from '../../ground/night-job.ts';
import { DAY_MS } from '../../ground/spans.ts';
import type { Quarantine } from '../../mail/quarantine/contract.ts';
import type { Sites } from '../../mail/sites/contract.ts';
import type { Cupboards } from '../../school/cupboard/contract.ts';
import type { HandIns } from '../../school/hand-in/contract.ts';
import { eraseDue } from '../../school/leavers/erase-due.ts';
import type { LeaverParts } from '../../school/leavers/leaver-due.ts';
import { dropHours } from '../../store/town/town-hours.ts';
import type { Bodies } from '../bodies/contract.ts';

/** Last week's hours are looked at today; a month is for whoever asks by hand. */
const HOURS_KEPT_DAYS = 35;

export interface WorkParts {
  readonly leaving: LeaverParts;
  readonly quarantine: Quarantine;
  readonly sites: Sites;
  readonly cupboards: Pick<Cupboards, 'tidy'>;
  readonly handIns: Pick<HandIns, 'tidy'>;
  readonly bodies: Pick<Bodies, 'tidy'>;
  /** Where the list of forbidden sites is read from; null: there is none. */
  readonly source: string | null;
}

/** The heavy work that a process can do which has all of core. */
export function nightWorkOf({
  leaving,
  quarantine,
  sites,
  cupboards,
  handIns,
  bodies,
  source,
}: WorkParts): readonly NightJob[] {
  return [
    {
      name: 'rescan',
      every: 'night',
      run: async (night) => ({ ...(await quarantine.rescan(night)) }),
    },
    ...(source === null ? [] : [siteList(sites)]),
    { name: 'erasures', every: 'night', run: (night) => eraseDue(leaving, night) },
    {
      name: 'tidying',
      every: 'night',
      async run(night) {
        await quarantine.tidy(night);
        await forgetHours({ store: leaving.store, clock: leaving.clock });
        await handIns.tidy(night);
        await cupboards.tidy(night);
        await bodies.tidy(night.signal);
        return {};
      },
    },
  ];
}

/** The list of forbidden sites, read anew: the lists of the world change every day. */
function siteList(sites: Sites): NightJob {
  return {
    name: 'sites',
    every: 'night',
    isUrgent: true,
    async lastByHand() {
      const { lastUpdate } = await sites.state();
      const isWell = lastUpdate !== null && !lastUpdate.isRunning && lastUpdate.trouble === null;
      return isWell ? lastUpdate.at : null;
    },
    async run({ signal }): Promise<NightCounts> {
      const updated = await sites.update({}, signal);
      if (updated.kind === 'trouble')
        throw new Fault('job-failed', `${updated.why}: ${updated.detail}`, { transient: true });
      return updated.kind === 'loaded' ? { entries: updated.entries } : {};
    },
  };
}

/** Forgets the hours of the figures that nobody looks at any more. */
export function forgetHours({ store, clock }: Pick<LeaverParts, 'store' | 'clock'>): Promise<void> {
  const before = new Date(clock().getTime() - HOURS_KEPT_DAYS * DAY_MS);
  return store.town((tx) => dropHours(tx, before));
}
