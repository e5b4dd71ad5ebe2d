import type { FlagsChanged } from '../../core/core.ts';
import type { Session } from '../session.ts';

/**
 * A change that this session made itself, and was told of in its answer. Where it is the next one after those that the session
 * knows, there is nothing more to tell; else somebody else's came between, and the store is looked at. So too where no flag really
 * changed: then that next one isn't its own.
 */
export function advanceBy(session: Session, { modseq, changed }: FlagsChanged): void {
  const { box } = session;
  if (changed.size > 0 && modseq === box.view.modseq + 1) box.view = { ...box.view, modseq };
  else if (modseq > box.view.modseq) session.rung = true;
}
