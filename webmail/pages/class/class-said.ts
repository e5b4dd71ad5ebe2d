import { isKeyOf } from '../../../core/ground/keys.ts';
import { isSwitch, type ClassSwitch } from '../../../core/roster/class-switches.ts';
import type { OwnClassDetails } from '../../../core/school/teaching/contract.ts';
import type { Visit } from '../../frame/visit.ts';
import { switchSaid } from './class-switches.ts';

/** What may have been done to a class, by its word in an address. */
export type ClassNotice = keyof Visit['texts']['teaching']['said'] | ClassSwitch;

/** What an address says has just been done, in a sentence; null for what nobody ever does. */
export function saidOf(visit: Visit, details: OwnClassDetails, said: unknown): string | null {
  if (isSwitch(said)) return switchSaid(visit, details, said);
  const words = visit.texts.teaching.said;
  return isKeyOf(words, said) ? words[said] : null;
}
