import { CLASS_SWITCHES, SWITCH_NAMES, type ClassSwitches } from '../class-switches.ts';

/** Every switch of a class at the first of what it may be. */
export const FIRST_SWITCHES = Object.fromEntries(
  SWITCH_NAMES.map((name) => [name, CLASS_SWITCHES[name][0]]),
) as unknown as ClassSwitches;
