import type { sendersFr } from './senders-fr.ts';

/** Words of the page of who writes in the town's name. Part of `en.ts`. */
export const sendersEn: typeof sendersFr = {
  link: 'Who writes in our name',
  title: 'Who writes in our name',
  heading: {
    none: 'No report has come yet',
    clean: 'All that bears our name is proved',
    unproved: (count) => `${count} in our schools’ name, without proof`,
  },
  lead: (days) =>
    `What the world’s mail services report since ${days} days (DMARC): machines and numbers, no letter.`,
  how: 'Gmail, Orange and others send a report a day to the address that the domain’s zone names. Check that record with “preau dns”.',
  whatToDo:
    'A machine of the town hall in this list? Let it write through Préau, or under another domain. The others use our name: their letters are refused where they arrive.',
  letters: (count) => (count === 1 ? '1 letter' : `${count.toLocaleString('en')} letters`),
  line: (letters, reporters, last) =>
    `${letters}, says ${reporters === 1 ? 'one service' : `${reporters} services`}, until ${last}.`,
  stopped: (letters) => `Stopped: ${letters}.`,
  proved: 'proved',
  unproved: (letters) => `${letters} without proof`,
};
