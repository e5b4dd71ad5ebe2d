import { isKeyOf, keysOf } from '../ground/keys.ts';

/** What a teacher of a class decides for all of it, each with what it may be, as its page asks. */
export const CLASS_SWITCHES = {
  /** Whether its pupils may send photos. */
  photosOpen: [false, true],
  /** Whether its pupils’ letters are looked at twice, and then also held. */
  secondLook: ['off', 'suggests', 'holds'],
  /** Whether its children say « Maîtresse » and « Maître », or the name. */
  teachersCalled: ['name', 'title'],
} as const;

export type ClassSwitch = keyof typeof CLASS_SWITCHES;
export type ClassSwitches = {
  readonly [Name in ClassSwitch]: (typeof CLASS_SWITCHES)[Name][number];
};
/** One of them, as it is to be. */
export type ClassSwitchValue = {
  readonly [Name in ClassSwitch]: { readonly name: Name; readonly value: ClassSwitches[Name] };
}[ClassSwitch];

export const SWITCH_NAMES = keysOf(CLASS_SWITCHES);

export const isSwitch = (name: unknown): name is ClassSwitch => isKeyOf(CLASS_SWITCHES, name);

/** The setting that two words of a form mean; null where they mean none. */
export function switchValueOf(name: string, text: string): ClassSwitchValue | null {
  if (!isSwitch(name)) return null;
  const value = CLASS_SWITCHES[name].find((one) => String(one) === text);
  return value === undefined ? null : ({ name, value } as ClassSwitchValue);
}
