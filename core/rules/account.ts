import type { Facts } from './facts.ts';
import type { RuleRow } from './verdict.ts';

const closed = ({ recipientState }: Facts): boolean => recipientState !== 'active';

/**
 * A way that let somebody through who may not: what the rest allows waits until a proof has shown
 * that it is shut, and nobody's word lets it go. Outside of the town nothing can wait.
 */
export const WAYS: readonly RuleRow[] = [
  { kind: 'deny', rule: 'no-mail-outside', when: (f) => f.wayClosed && f.to === 'outside' },
  { kind: 'hold', rule: 'way-closed', when: (f) => f.wayClosed },
];

/** What the two accounts are allowed today, whoever they are to one another. */
export const ACCOUNT: readonly RuleRow[] = [
  { kind: 'deny', rule: 'account-suspended', when: (f) => f.senderState === 'suspended' },
  { kind: 'deny', rule: 'account-archived', when: (f) => f.senderState === 'archived' },
  // Who left or was shut out is their own school's business: elsewhere the address is as good as
  // unknown.
  { kind: 'deny', rule: 'recipient-closed', when: (f) => f.sameSchool && closed(f) },
  { kind: 'deny', rule: 'no-such-address', when: (f) => !f.sameSchool && closed(f) },
  { kind: 'deny', rule: 'pupil-mail-stopped', when: (f) => f.pupilMailStopped },
  // Until then a child reads: what they can do themselves is named before what others must.
  { kind: 'deny', rule: 'charter-first', when: (f) => f.charterDue },
  { kind: 'deny', rule: 'family-first', when: (f) => f.familyDue },
  { kind: 'deny', rule: 'sending-paused', when: (f) => f.senderPaused },
  { kind: 'deny', rule: 'kept-apart', when: (f) => f.keptApart },
  { kind: 'deny', rule: 'too-many-messages', when: (f) => f.overRate },
  // Who looks for children writes to one after the other; whom they wrote to before, and a class as
  // a whole, stay in reach.
  {
    kind: 'deny',
    rule: 'too-many-new-people',
    when: (f) => f.overNewPeople && f.to === 'pupil' && f.through === null && !f.wroteBefore,
  },
];
