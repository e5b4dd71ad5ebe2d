import { clockOfTown } from '../../core/ground/time-zones.ts';
import type { WithSetup, WithTown } from '../../core/town/town/contract.ts';
import { SAYS } from '../texts/setup.ts';
import { moment } from './code-lines.ts';

/** Where the link of the first agent leads. */
export function setupAddress(pages: string, code: string): string {
  return `${pages}/mettre-en-service/${code}`;
}

/**
 * What `start` prints where nobody could sign in: a link for the first agent. Null where an agent
 * can come in; `pages` null: this process has no pages, another one prints it.
 */
export async function firstLink(
  { setup, town }: WithSetup<'newLink'> & WithTown<'settings'>,
  pages: string | null,
): Promise<{ readonly address: string; readonly sentence: string } | null> {
  const made = pages === null ? null : await setup.newLink();
  if (pages === null || made === null) return null;
  const address = setupAddress(pages, made.code);
  const timeZone = clockOfTown(await town.settings());
  return { address, sentence: SAYS.link(address, moment(made.expiresAt, timeZone)) };
}
