/** What the first process of a start does, or the only one, and those that come later. */
import type { Core } from '../../core/core.ts';
import { Closers } from '../../core/ground/closers.ts';
import { CLOCK_OF } from '../../core/ground/time-zones.ts';
import type { AccountSlots } from '../../imap-gateway/account-slots.ts';
import { makeTown } from '../demo.ts';
import { SMALL_TOWN } from '../demo/plan.ts';
import { firstLink } from '../town/setup-link.ts';
import type { Addresses, RoleName } from './role-names.ts';
import { startRoles, type Running, type RolesWish } from './roles.ts';

/** What a start came to. */
export interface StartOutcome {
  readonly addresses: Addresses;
  /** Whether the town is the demo: its mail to outside stays on a page. */
  readonly demo: boolean;
  /** The link of the first agent, where there is none yet. */
  readonly link: { readonly address: string; readonly sentence: string } | null;
}

interface ServeWish {
  readonly roles: readonly RoleName[];
  /** An empty database becomes the demo town. */
  readonly mayBeDemo: boolean;
  /** Aborted when the person has had enough. */
  readonly signal: AbortSignal;
  readonly slots?: AccountSlots;
}

/**
 * Makes the demo town where it is missing, starts the roles, asks for the first agent's link; where
 * one fails, what was started is closed again.
 */
export async function serveFirst(
  core: Core,
  { mayBeDemo, roles, signal, ...more }: ServeWish,
): Promise<StartOutcome & { close(): Promise<void> }> {
  const kind = await core.setup.kind();
  // A real town's mail leaves, whatever this machine is.
  const demo = mayBeDemo && kind !== 'real';
  if (demo && kind === 'empty')
    await makeTown(core, {
      size: SMALL_TOWN,
      timeZone: CLOCK_OF.mainland,
      mailPerBox: 0,
      embedded: true,
      progress: () => {},
    });
  signal.throwIfAborted();
  const { addresses, close } = await serveForMachine(core, roles, { demo, ...more });
  try {
    const link = demo ? null : await firstLink(core, addresses.web);
    return { addresses, demo, link, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface LaterWish extends RolesWish {
  /** Its own; one that takes another's place has that one's. */
  readonly number: number;
  readonly roles: readonly RoleName[];
}

/** Serves beside the first, or in its place: what there must be once is there. */
export async function serveLater(
  core: Core,
  { number, roles, ...more }: LaterWish,
): Promise<StartOutcome & { close(): Promise<void> }> {
  const begin = number === 1 ? serveForMachine : startRoles;
  return { ...(await begin(core, roles, more)), demo: more.demo, link: null };
}

/** Starts the roles, and tells the other machines of a cell of them for all processes of this. */
async function serveForMachine(
  core: Core,
  roles: readonly RoleName[],
  wish: RolesWish,
): Promise<Running> {
  const closers = new Closers(core.log);
  try {
    const { addresses } = closers.with(await startRoles(core, roles, wish));
    closers.with(core.machines.keep(roles));
    return { addresses, close: () => closers.closeAll() };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}
