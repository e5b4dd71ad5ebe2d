import type { OracleLetter, Party } from './oracle-people.ts';
import { randomFrom, type RandomChoices } from './random.ts';
import { listsOf, type List, type OracleTown } from './town.ts';

const HOLDS = [
  'link-moderated',
  'approved-correspondent',
  'unproven-correspondent',
  'class-moderated',
  'first-contact',
  'doubtful-words',
  'school-closed',
  'on-the-road',
  'way-closed',
  'locked-archive-held',
  'forbidden-link-held',
] as const;

/**
 * Everybody of a town, and the world around it, to everybody and every list; a letter or two
 * through the lists that answer to strangers.
 */
export function* lettersOf(town: OracleTown, seed: number): Generator<OracleLetter> {
  const random = randomFrom(seed);
  const people: readonly Party[] = town.people.map((person) => ({ kind: 'person', person }));
  const senders: readonly Party[] = [
    ...people,
    ...town.correspondents.map((one) => ({ kind: 'outside', ...one }) as const),
    { kind: 'service' },
  ];
  const recipients: readonly Party[] = [
    ...senders,
    ...listsOf(town).map((list) => ({ kind: 'list', list }) as const),
  ];
  for (const from of senders) {
    for (const to of recipients)
      if (to !== from)
        yield {
          town,
          from,
          to,
          through: throughOf(to, random),
          content: contentOf(random),
          lifted: liftedOf(random),
        };
  }
}

/**
 * Agents are mostly reached through the lists that they answer; others through any list that could
 * hold them.
 */
function throughOf(to: Party, random: RandomChoices): List['kind'] | null {
  if (to.kind !== 'person') return null;
  if (to.person.role === 'agent')
    return random.pick([null, 'support', 'postmaster', 'town'] as const);
  return random.percent(10) ? random.pick(['class', 'team', 'town'] as const) : null;
}

function contentOf(random: RandomChoices): OracleLetter['content'] {
  return {
    malware: random.percent(1),
    unscannable: random.percent(4),
    attachments: random.pick([
      'everyday',
      'everyday',
      'everyday',
      'everyday',
      'everyday',
      'everyday',
      'other',
      'dangerous',
    ] as const),
    forbiddenLink: random.percent(4),
    doubtfulWords: random.percent(10),
    photograph: random.percent(10),
  };
}

function liftedOf(random: RandomChoices): readonly string[] {
  return random.percent(15) ? [random.pick(HOLDS)] : [];
}
