import type { OutcomeName, Reasons } from './reason-names.ts';

/** Ends many sentences. */
export const KEPT = 'Your text is saved.';
/** Ends many sentences. */
export const DRAFT = 'Your draft is saved.';
/** Ends many sentences. */
export const ASK = `Ask {teacher}. ${KEPT}`;
/** Ends many sentences. */
export const NOT_SENT = 'Your message was not sent.';

/** What English says for what can become of a message besides a rule. */
export const ENGLISH_OUTCOMES: Pick<Reasons, OutcomeName> = {
  infected: {
    child: {
      sentence: [`${NOT_SENT} A file can harm computers.`],
      next: ['It is not your fault. Show it to {teacher}.'],
    },
    adult: {
      sentence: [
        'Your message was not sent: a file contains a virus ({signature}).',
        'Your message was not sent: a file contains a virus.',
      ],
      next: ['The draft is saved without that file.'],
    },
  },
  unscannable: {
    child: {
      sentence: ['This file is locked. It can’t be sent.'],
      next: ['Choose a picture, a sound or a sheet.'],
    },
    adult: {
      sentence: ['Your message was not sent: the virus scanner could not open a file.'],
      next: [`Take the password off, or send the documents one by one. ${DRAFT}`],
    },
  },
  'scanner-silent': {
    child: {
      sentence: ['Your message waits a little.'],
      next: ['It will leave by itself. Your text is saved.'],
    },
    adult: {
      sentence: ['The virus scanner doesn’t answer.'],
      next: ['Your message stays in drafts and will leave as soon as it does.'],
    },
  },
  'too-big': {
    child: { sentence: [`${NOT_SENT} It is too heavy.`], next: [`Take a file out. ${KEPT}`] },
    adult: {
      sentence: [
        'Your message is over the allowed size ({limit}).',
        'Your message is over the allowed size.',
      ],
      next: [`Take a file out or make the pictures smaller. ${DRAFT}`],
    },
  },
  'mailbox-full': {
    child: {
      sentence: [`${NOT_SENT} The mailbox of {name} is full.`, `${NOT_SENT} This mailbox is full.`],
      next: [`Try again tomorrow. ${KEPT}`],
    },
    adult: {
      sentence: ['The mailbox of {name} is full.', 'This mailbox is full.'],
      next: [`Tell this person, then try again. ${DRAFT}`],
    },
  },
  malformed: {
    child: { sentence: [`${NOT_SENT} The machine can’t read it.`], next: [ASK] },
    adult: {
      sentence: ['Your message was not sent: it does not have the form of a mail.'],
      next: ['Write it again in the webmail, or update your mail program.'],
    },
  },
  'not-your-address': {
    child: {
      sentence: [`${NOT_SENT} It bears somebody else’s name.`],
      next: ['Write from your own mailbox.'],
    },
    adult: {
      sentence: ['The sender’s address is not your account’s.'],
      next: ['Set your mail program to your school address and send again.'],
    },
  },
  'no-recipient': {
    child: { sentence: ['Whom do you want to write to?'], next: [`Choose somebody. ${KEPT}`] },
    adult: {
      sentence: ['The message has no recipient.'],
      next: [`Choose at least one person. ${DRAFT}`],
    },
  },
  'copy-answered': {
    child: { sentence: ['Nobody reads at this address.'], next: [ASK] },
    adult: {
      sentence: [
        'This message was a copy, and nobody reads answers here. Answer in Préau, where the message waits for you.',
      ],
      next: ['Open the message in Préau, then “Reply”.'],
    },
  },
  fault: {
    child: {
      sentence: ['Mail is taking a break. Nothing is lost.'],
      next: ['Try again in two minutes.'],
    },
    adult: {
      sentence: ['Mail is taking a break. Nothing is lost.'],
      next: ['Try again in two minutes.'],
    },
  },
};
