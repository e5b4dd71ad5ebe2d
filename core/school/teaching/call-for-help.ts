import { throttleKey } from '../../entry/guessing/throttle-key.ts';
import { dayAt } from '../../ground/clock.ts';
import type { Language } from '../../ground/ids.ts';
import type { ServiceWords } from '../../mail/delivery/telling/notice.ts';
import { SERVICE_LETTERS } from '../../mail/delivery/telling/service-letters.ts';
import { tellOwnTeachers } from '../../mail/delivery/telling/tell-teachers.ts';
import { dayInWords } from '../../roster/days.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { giveTryBack, takeTry } from '../../store/people/tries.ts';
import type { HelpCall } from './contract.ts';
import type { TeachingParts } from './parts.ts';

/** A child who calls again and again is heard: the teachers know after the first of them. */
const CALLS = { free: 2, mostSeconds: 3_600 } as const;

/**
 * A child's word to their teachers that they need help, for whom may not write just now. It is a
 * notice of the service, with no word of the child's in it: what rests stays at rest, and no
 * sending rule is passed by.
 */
export async function callForHelp(parts: TeachingParts, viewer: Viewer): Promise<HelpCall | null> {
  if (viewer.role !== 'pupil') return null;
  const key = throttleKey(parts.secret, 'help', `${viewer.school}\0${viewer.account}`);
  const taken = await parts.store.town((tx) => takeTry(tx, key, { ...CALLS, now: parts.clock() }));
  if (taken.kind === 'wait') return 'told';
  const told = await tellOwnTeachers(parts, viewer, (language) => letter(language, viewer));
  if (!told) await parts.store.town((tx) => giveTryBack(tx, key));
  return told ? 'told' : 'nobody';
}

function letter(
  language: Language,
  { displayName, classes, restsUntil, timeZone }: Viewer,
): ServiceWords {
  const names = classes.map(({ name }) => name).join(', ');
  const until = restsUntil === null ? null : dayInWords(dayAt(restsUntil, timeZone), language);
  return SERVICE_LETTERS[language].help(
    names === '' ? displayName : `${displayName} (${names})`,
    displayName,
    until,
  );
}
