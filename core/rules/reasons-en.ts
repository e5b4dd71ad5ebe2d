import { ENGLISH_OUTCOMES, KEPT, DRAFT, ASK, NOT_SENT } from './outcomes-en.ts';
import type { Reasons } from './reason-names.ts';

const YOU_MAY = 'You can write to your class, {teacher} and your family. Your text is saved.';

const READ_FIRST = [
  '{Teacher} or {otherTeacher} reads your message first.',
  '{Teacher} reads your message first.',
] as const;

/**
 * What English says for every rule and outcome: to a child in short plain words, to an adult the
 * fact first.
 */
export const ENGLISH: Reasons = {
  'no-such-address': {
    child: {
      sentence: [`${NOT_SENT} This address does not exist, or it does not take mail from you.`],
      next: [YOU_MAY],
    },
    adult: {
      sentence: ['This address does not exist or does not take mail from you.'],
      next: [`If it is a pupil of another school, link your two classes. ${DRAFT}`],
    },
  },
  'unproven-sender': {
    child: { sentence: ['We don’t know who wrote this message.'], next: ['Show it to {teacher}.'] },
    adult: {
      sentence: ['Nothing proves that this message comes from its sender.'],
      next: [
        'Send it through your own mail provider, or ask its administrator to check SPF, DKIM and DMARC.',
      ],
    },
  },
  'pupil-to-outside': {
    child: { sentence: [`${NOT_SENT} This address is not in the school.`], next: [YOU_MAY] },
    adult: {
      sentence: ['A pupil does not write outside the school.'],
      next: ['Their teacher can pass the message on.'],
    },
  },
  'outside-forbidden': {
    child: { sentence: [`${NOT_SENT} The school does not write to this address.`], next: [ASK] },
    adult: {
      sentence: ['Your school does not allow mail outside the schools.'],
      next: [`Ask the head to open mail to the outside. ${DRAFT}`],
    },
  },
  'no-mail-outside': {
    child: { sentence: [`${NOT_SENT} This address is not in the school.`], next: [ASK] },
    adult: {
      sentence: ['This account is for mail inside the schools only.'],
      next: [`Write to this person from another mailbox. ${DRAFT}`],
    },
  },
  'not-in-your-class': {
    child: {
      sentence: [
        `${NOT_SENT} {name} is in {className} and you are in {ownClassName}.`,
        `${NOT_SENT} {name} is not in your class.`,
        `${NOT_SENT} This child is not in your class.`,
      ],
      next: [YOU_MAY],
    },
    adult: {
      sentence: [
        '{name} is in {className}, not in {ownClassName}: a pupil writes to their own class only.',
        '{name} is not in this pupil’s class.',
        'These two pupils are not in the same class.',
      ],
      next: ['Two classes can write to each other when their teachers link them.'],
    },
  },
  'not-your-teacher': {
    child: {
      sentence: [
        `${NOT_SENT} {name} does not teach your class.`,
        `${NOT_SENT} This person does not teach your class.`,
      ],
      next: [YOU_MAY],
    },
    adult: {
      sentence: [
        '{name} does not teach a class of this pupil.',
        'This person does not teach a class of this pupil.',
      ],
      next: ['The head can let pupils write to every teacher of the school.'],
    },
  },
  'staff-not-reachable': {
    child: {
      sentence: [
        `${NOT_SENT} {name} does not take messages from pupils.`,
        `${NOT_SENT} This person does not take messages from pupils.`,
      ],
      next: [ASK],
    },
    adult: {
      sentence: [
        '{name} does not take messages from pupils.',
        'This person does not take messages from pupils.',
      ],
      next: ['The head can make them reachable by pupils.'],
    },
  },
  'not-your-family': {
    child: {
      sentence: [
        `${NOT_SENT} {name} is not in your family.`,
        `${NOT_SENT} This person is not in your family.`,
      ],
      next: [YOU_MAY],
    },
    adult: {
      sentence: [
        '{name} is not a guardian of this pupil.',
        'This person is not a guardian of this pupil.',
      ],
      next: ['A pupil writes to their own guardians. The head can correct the pupil’s record.'],
    },
  },
  'not-your-child': {
    child: {
      sentence: [
        `${NOT_SENT} {name} is not in your family.`,
        `${NOT_SENT} This child is not in your family.`,
      ],
      next: [ASK],
    },
    adult: {
      sentence: [
        'You can write to your child, not to {name}.',
        'You can write to your child, not to another pupil.',
      ],
      next: [`Write to your child’s teacher, who can pass it on. ${DRAFT}`],
    },
  },
  'not-your-childs-teacher': {
    child: { sentence: [`${NOT_SENT} This person does not take your messages.`], next: [ASK] },
    adult: {
      sentence: [
        '{name} does not teach your child’s class.',
        'This person does not teach your child’s class.',
      ],
      next: [`You can write to your child’s teachers and to the head of their school. ${DRAFT}`],
    },
  },
  'guardian-to-guardian': {
    child: { sentence: [`${NOT_SENT} This person does not take your messages.`], next: [ASK] },
    adult: {
      sentence: ['Families do not write to each other through this service.'],
      next: [`Ask the teacher to pass it on. ${DRAFT}`],
    },
  },
  'not-your-list': {
    child: {
      sentence: [`${NOT_SENT} You can’t write to all these people at once.`],
      next: [YOU_MAY],
    },
    adult: {
      sentence: ['This list does not take mail from you.'],
      next: [`Write to people one by one, or ask the head. ${DRAFT}`],
    },
  },
  'link-moderated': {
    child: { sentence: READ_FIRST, next: ['Then it goes.'] },
    adult: {
      sentence: [
        'The message is waiting: a teacher reads what the two classes write to each other.',
      ],
      next: ['It will leave once they agree.'],
    },
  },
  'approved-correspondent': {
    child: { sentence: ['{Teacher} reads this message first.'], next: ['Then it comes.'] },
    adult: {
      sentence: ['The message is waiting: the class’s teacher reads what comes from outside.'],
      next: ['It will be delivered once they agree.'],
    },
  },
  'unproven-correspondent': {
    child: { sentence: ['{Teacher} reads this message first.'], next: ['Then it comes.'] },
    adult: {
      sentence: [
        'The message is waiting: nothing proves that it comes from this address. The class’s teacher checks first.',
      ],
      next: ['It will be delivered once they agree.'],
    },
  },
  'account-suspended': {
    child: { sentence: [`${NOT_SENT} Your mailbox is closed for now.`], next: [ASK] },
    adult: {
      sentence: ['Your account is suspended and sends no mail.'],
      next: [`Speak to the head of your school. ${DRAFT}`],
    },
  },
  'account-archived': {
    child: {
      sentence: [`${NOT_SENT} Your mailbox is put away. It is not used any more.`],
      next: ['Ask {teacher}.'],
    },
    adult: {
      sentence: ['Your account is archived and sends no more mail.'],
      next: ['Speak to the head of your school to open it again.'],
    },
  },
  'recipient-closed': {
    child: {
      sentence: [
        `${NOT_SENT} The mailbox of {name} is closed.`,
        `${NOT_SENT} This mailbox is closed.`,
      ],
      next: [ASK],
    },
    adult: {
      sentence: ['The mailbox of {name} is closed.', 'This mailbox is closed.'],
      next: [`Take this person out, or speak to the head of your school. ${DRAFT}`],
    },
  },
  'pupil-mail-stopped': {
    child: {
      sentence: ['Pupils’ messages are taking a break. You can read your messages.'],
      next: ['{Teacher} will tell you when you can write. Your text is saved.'],
    },
    adult: {
      sentence: ['Pupils’ mail is stopped for now.'],
      next: [`The head or the town will start it again. ${DRAFT}`],
    },
  },
  'way-closed': {
    child: {
      sentence: ['Your message waits: somebody makes sure that this way is safe.'],
      next: ['There is nothing for you to do. If it is urgent, speak to {teacher}.'],
    },
    adult: {
      sentence: [
        'This message waits: the town looks at the ways by which pupils of this school are reached.',
      ],
      next: ['It leaves by itself once that is done. If it is urgent, call the school.'],
    },
  },
  'charter-first': {
    child: {
      sentence: ['You can read your messages. Before you write, say yes to the charter.'],
      next: ['It waits for you in your pages. Your text is saved.'],
    },
    adult: {
      sentence: ['This pupil has not accepted the mail charter yet.'],
      next: ['It opens when they come into their pages: one touch is enough.'],
    },
  },
  'family-first': {
    child: {
      sentence: ['You can read your messages. To write, you need your family’s yes.'],
      next: ['Ask {teacher} for the paper for your family. Your text is saved.'],
    },
    adult: {
      sentence: ['This pupil’s family has not said yes to school mail yet.'],
      next: ['A guardian says it from their account, or the teacher notes it from the paper.'],
    },
  },
  'sending-paused': {
    child: {
      sentence: [
        'You can read your messages. You can write again {until}.',
        'You can read your messages. You can write again soon.',
      ],
      next: [ASK],
    },
    adult: {
      sentence: ['Sending is paused. It starts again {until}.', 'Sending is paused.'],
      next: [`Speak to the teacher who paused it. ${DRAFT}`],
    },
  },
  'kept-apart': {
    child: {
      sentence: [
        'Your message was not sent. Letters between you and {name} take a break.',
        'Your message was not sent. Letters between you two take a break.',
      ],
      next: [ASK],
    },
    adult: {
      sentence: [
        'These two pupils don’t write to each other for now: an adult of the school decided so.',
      ],
      next: [`The teacher or the head can lift it. ${DRAFT}`],
    },
  },
  'too-many-messages': {
    child: {
      sentence: [`${NOT_SENT} You have sent a lot of messages. Wait one hour.`],
      next: [KEPT],
    },
    adult: {
      sentence: ['You have sent too many messages in one hour.'],
      next: [`Try again in an hour, or write to a list: it counts as one message. ${DRAFT}`],
    },
  },
  'too-many-new-people': {
    child: {
      sentence: [
        `${NOT_SENT} Today you have written to many children for the first time. For {name}, wait until tomorrow.`,
        `${NOT_SENT} Today you have written to many children for the first time. Wait until tomorrow.`,
      ],
      next: [KEPT],
    },
    adult: {
      sentence: ['Today you have written to many pupils for the first time.'],
      next: [`Try again tomorrow, or write to the class list. ${DRAFT}`],
    },
  },
  'class-moderated': {
    child: { sentence: READ_FIRST, next: ['Then it goes.'] },
    adult: {
      sentence: ['The message is waiting: in this class a teacher reads every pupil’s message.'],
      next: ['It will leave once they agree.'],
    },
  },
  'first-contact': {
    child: { sentence: READ_FIRST, next: ['Then it goes.'] },
    adult: {
      sentence: ['The message is waiting: these people have not written to each other before.'],
      next: ['It will leave once a teacher of the class agrees.'],
    },
  },
  'doubtful-words': {
    child: { sentence: READ_FIRST, next: ['It goes after that.'] },
    adult: {
      sentence: ['The message is waiting: some words may hurt, or tell too much.'],
      next: ['A teacher of the class reads them first. It goes with their agreement.'],
    },
  },
  'school-closed': {
    child: {
      sentence: [
        'School is closed. Your message will leave {until}.',
        'School is closed. Your message will leave when it opens.',
      ],
      next: ['You have nothing to do.'],
    },
    adult: {
      sentence: [
        'School is closed. The pupil’s message will leave {until}.',
        'School is closed. The pupil’s message will leave when it opens.',
      ],
      next: ['It leaves by itself, you have nothing to do.'],
    },
  },
  'on-the-road': {
    child: {
      sentence: [
        'Your letter is on its way. It will arrive {until}.',
        'Your letter is on its way.',
      ],
      next: ['You have nothing to do.'],
    },
    adult: {
      sentence: [
        'The letter is on its way to the other class. It will arrive {until}.',
        'The letter is on its way to the other class.',
      ],
      next: ['It arrives by itself, you have nothing to do.'],
    },
  },
  malware: ENGLISH_OUTCOMES.infected,
  'file-kind': {
    child: {
      sentence: ['This file can’t be sent.'],
      next: ['Choose a picture, a sound or a sheet.'],
    },
    adult: {
      sentence: [
        'The file {file} can’t be sent: its kind is not allowed here.',
        'A file can’t be sent: its kind is not allowed here.',
      ],
      next: [`Send a picture, a sound, a PDF or a document without macros. ${DRAFT}`],
    },
  },
  'photo-closed': {
    child: {
      sentence: ['This picture can’t be sent.'],
      next: ['Tell what it shows, or ask {teacher}. Your text is saved.'],
    },
    adult: {
      sentence: [
        'This pupil sends no photo and no film: their class has not opened them, or their family refuses.',
      ],
      next: ['The teacher can open photos on the page of the class.'],
    },
  },
  'locked-archive': {
    child: {
      sentence: ['This file is locked. It can’t be sent.'],
      next: ['Choose a picture, a sound or a sheet.'],
    },
    adult: {
      sentence: [
        'A file is locked by a password or too big to scan: it can’t go to a pupil, come from one, or leave the town.',
      ],
      next: [`Take the password off, or send the documents one by one. ${DRAFT}`],
    },
  },
  'locked-archive-held': {
    child: {
      sentence: ['This file is locked. A grown-up looks first.'],
      next: ['Then your message goes.'],
    },
    adult: {
      sentence: ['The message is waiting: the virus scanner could not open a file.'],
      next: [
        'It will leave once checked. Without a password, or with the documents one by one, it would leave at once.',
      ],
    },
  },
  'forbidden-link': {
    child: {
      sentence: [`${NOT_SENT} It shows a site that is not for school.`],
      next: [`Take the site’s address out. ${KEPT}`],
    },
    adult: {
      sentence: [
        'A link leads to {site}, a site that the school blocks: it can’t go to a pupil, come from one, or leave the town.',
        'A link leads to a site that the school blocks: it can’t go to a pupil, come from one, or leave the town.',
      ],
      next: [`Take the link out. ${DRAFT}`],
    },
  },
  'forbidden-link-held': {
    child: {
      sentence: ['Your message shows a site. A grown-up looks first.'],
      next: ['Then it goes.'],
    },
    adult: {
      sentence: [
        'The message is waiting: a link leads to {site}, a site that the school blocks.',
        'The message is waiting: a link leads to a site that the school blocks.',
      ],
      next: ['In Sent, this message says who lets it go. Without the link it would leave at once.'],
    },
  },
  ...ENGLISH_OUTCOMES,
};
