/**
 * Signs of a letter from outside that nobody wants: each with its points, and a letter with
 * `JUNK_POINTS` comes into Indésirables. One sign alone is an honest letter's bad luck; only what
 * imitates us, and what rspamd is sure of, says it all. Pure: a newcomer adds a sign by a row.
 */

/** Every sign that a letter can bear. Those of `SIGNS`, and what its own domain asked for. */
export type JunkSign =
  | 'domain-alike'
  | 'colleagues-name'
  | 'answer-elsewhere'
  | 'link-elsewhere'
  | 'first-time'
  | 'unproven'
  | 'server-without-name'
  | 'server-unknown'
  | 'rspamd'
  | 'domain-asks';

/** What is known of a letter, for one reader. */
export interface JunkTraits {
  /** Its domain is not ours and is taken for ours. */
  readonly domainAlike: boolean;
  /** It bears the name of an adult of the reader's school, and comes from elsewhere. */
  readonly colleaguesName: boolean;
  /** An answer would go to another site than the one that it comes from. */
  readonly answerElsewhere: boolean;
  /** A link leads to another site than the one written on it. */
  readonly linkElsewhere: boolean;
  /** Nothing proves who wrote it (SPF, DKIM, DMARC). */
  readonly unproven: boolean;
  /** Its server greeted without a name of its own (RFC 5321 §4.1.1.1). */
  readonly serverWithoutName: boolean;
  /** The DNS knows no name that leads to its server and back. */
  readonly serverUnknown: boolean;
  /** rspamd calls it junk. */
  readonly rspamd: boolean;
  /** The reader had no letter from this writer, and wrote them none. */
  readonly firstTime: boolean;
  /** The reader has written to them, or said of a letter of theirs that it is none. */
  readonly trusted: boolean;
}

/** From here on a letter comes into Indésirables. */
const JUNK_POINTS = 5;

const SIGNS: readonly {
  readonly sign: JunkSign;
  readonly points: number;
  readonly when: (traits: JunkTraits) => boolean;
}[] = [
  { sign: 'domain-alike', points: 5, when: (f) => f.domainAlike },
  { sign: 'rspamd', points: 5, when: (f) => f.rspamd },
  { sign: 'colleagues-name', points: 3, when: (f) => f.colleaguesName },
  { sign: 'link-elsewhere', points: 2, when: (f) => f.linkElsewhere },
  { sign: 'server-without-name', points: 2, when: (f) => f.serverWithoutName },
  { sign: 'answer-elsewhere', points: 1, when: (f) => f.answerElsewhere },
  { sign: 'server-unknown', points: 1, when: (f) => f.serverUnknown },
  { sign: 'unproven', points: 1, when: (f) => f.unproven },
  { sign: 'first-time', points: 1, when: (f) => f.firstTime },
];

/** The signs of a letter for one reader, the weightiest first, and whether they are enough. */
export function junkSigns(traits: JunkTraits): {
  readonly signs: readonly JunkSign[];
  readonly isJunk: boolean;
} {
  const found = SIGNS.filter(({ when }) => when(traits));
  const points = found.reduce((sum, row) => sum + row.points, 0);
  return {
    signs: found.map(({ sign }) => sign),
    isJunk: !traits.trusted && points >= JUNK_POINTS,
  };
}
