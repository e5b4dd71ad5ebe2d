import type { Session } from '../../core/entry/accounts/contract.ts';
import type { ReadingHabits } from '../../core/rules/viewer.ts';
import { audienceOf, type Visit } from '../frame/visit.ts';
import { TEXTS } from '../texts/texts.ts';

const PLAIN: ReadingHabits = { byConversation: false, shortcuts: false };

/** Puts one visit together. */
export function visitOf<Part extends object = object>(
  core: Part,
  session: Session,
  rest: Pick<
    Visit,
    | 'now'
    | 'csrf'
    | 'sessionToken'
    | 'here'
    | 'ownComputer'
    | 'sent'
    | 'cameFrom'
    | 'hasVoice'
    | 'asset'
  >,
): Visit<Part> {
  const { viewer, habits, comfort } = session;
  const audience = audienceOf(viewer);
  return {
    core,
    viewer,
    audience,
    habits: audience === 'child' ? PLAIN : habits,
    comfort,
    texts: TEXTS[viewer.language],
    clock: { timeZone: viewer.timeZone, language: viewer.language, now: rest.now },
    ...rest,
  };
}
