import type { copiesFr } from './copies-fr.ts';

/** Words of copies of class mail at one's own address. Part of `en.ts`. */
export const copiesEn: typeof copiesFr = {
  link: 'Copy to my address',
  title: 'Copy to my address',
  lead: 'Get a copy of class messages at the address that you look at every day. Your messages stay in Préau, where you answer them.',
  address: 'Your address, outside the school',
  addressHint: 'We send a code of six digits there, to be sure that it is yours.',
  ask: 'Send the code',
  asked: (address) => `A code has left for ${address}.`,
  askedLead:
    'Open that mailbox and type the six digits here. They are good for thirty minutes. Nothing? Look among the junk.',
  returned: (address) =>
    `Our message to ${address} came back: this address does not take it. Check it, or give another.`,
  code: 'Code of six digits',
  confirm: 'Receive the copies',
  other: 'Another address, or a new code',
  on: (address) => `Class messages are copied to ${address}.`,
  since: (day) => `Since: ${day}.`,
  end: 'Stop the copies',
  ended: 'No copy leaves any more. We have forgotten your address.',
  stopped: (address) => `No copy leaves any more: three came back from ${address}.`,
  stoppedLead:
    'Your messages are all in Préau. If this address works again, ask for a code; if not, give another.',
  whatTitle: 'What leaves, and what stays',
  what: [
    'Leave: the messages that teachers and the head write to the class or its families. The text and the names of the files, ten minutes later.',
    'Stay in Préau: the files, what pupils write, and messages for you alone.',
    'An answer to a copy reaches nobody. Open the message in Préau to answer.',
    'A message that its author takes back within ten minutes is not copied. Later, the copy is with you already.',
    'A copy leaves the town’s server for that of your address. The school knows that you receive some, not at which address.',
  ],
  troubles: {
    'not-theirs': 'Your school does not write outside: no copy can leave.',
    'not-an-address': 'This is not an address. It is written like first.last@example.org.',
    'of-the-town': 'This address is a mailbox of Préau. Give one that you have elsewhere.',
    'too-many': 'Three codes have left within a day already. Try again tomorrow.',
    'no-match': 'This code does not fit. Look at the last message that we sent you.',
    over: 'This code is good no more. Ask for a new one.',
  },
};
