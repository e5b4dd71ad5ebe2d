import type { Viewer } from '../../rules/viewer.ts';
import type { WayIn } from './contract.ts';

/**
 * Whether an account may come in by this way today, whatever its password says. The pages are
 * everybody's; a mail program, to read (IMAP) or to send (submission), is a pupil's only where the
 * school opens their mail to programs.
 */
export function admits(viewer: Pick<Viewer, 'mailPrograms'>, way: WayIn): boolean {
  return way === 'web' || viewer.mailPrograms;
}
