import { Readable } from 'node:stream';
import type { LeaveActed, People } from '../../core/core.ts';

const missing = async (): Promise<LeaveActed> => ({ kind: 'missing' });

/** A town whose people nobody looks after: their pages are tested on the real core. */
export const NO_PEOPLE: People = {
  find: async () => null,
  person: async () => null,
  makeCode: async () => null,
  correctAddress: async () => ({ kind: 'missing' }),
  leave: missing,
  stay: missing,
  blockGuardian: async () => ({ kind: 'missing' }),
  takeAlong: async () => null,
  ownLeaveDay: async () => null,
  takeOwnAlong: async () => ({ name: 'x.zip', body: Readable.from([]) }),
};
