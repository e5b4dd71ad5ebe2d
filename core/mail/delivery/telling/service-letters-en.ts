import { dayInWords } from '../../../roster/days.ts';
import type { ServiceLetters } from './service-letters-fr.ts';

/** What the service itself writes, in English. */
export const serviceLettersEn: ServiceLetters = {
  flood: {
    own: {
      subject: 'Your messages to outside wait',
      text: `Many messages left your account for outside within a short time. Those that remain wait, nothing is lost.

If it was you, the agents of the town will let them go: they have been told.

If it wasn’t you, change your password now, and tell the head of the school: somebody else uses your account.`,
    },
    head: (name) => ({
      subject: `${name}: messages to outside wait`,
      text: `Many messages left the account of ${name} for outside within a short time: somebody else may be using it. Those that remain wait, mail within the schools goes on.

Ask this person whether it was them, and tell the agents of the town: it is they who let these messages go, or don’t.`,
    }),
    agent: (name) => ({
      subject: `An account stopped towards outside: ${name}`,
      text: `Many messages left the account of ${name} for outside within a short time, or many addresses refused them: somebody else may be using it. Those that remain wait.

Ask the school whether it was this person. Then decide, under “Restore”: let them go, or not. Until then nothing of this account leaves for outside; mail within the schools goes on.`,
    }),
  },
  held: {
    child: {
      subject: (subject: string) => `Your message has not left yet: ${subject}`,
      road: (subject: string) => `Your letter is on its way: ${subject}`,
      whom: (names: string) => `For: ${names}`,
      end: 'Your mail program shows it among sent mail. It waits, and it is not lost.',
    },
    adult: {
      subject: (subject: string) => `Your message waits: ${subject}`,
      road: (subject: string) => `Your letter is on its way: ${subject}`,
      whom: (names: string) => `For: ${names}`,
      end: 'Your mail program shows it as sent: these recipients don’t have it yet. In Préau, the page “Waiting” says for whose word it waits; you can take it back there.',
    },
  },
  moreNames: (count) => `and ${count} others`,
  returned: {
    child: {
      subject: (subject: string) => `Your message is given back: ${subject}`,
      by: (name: string) => `${name} gives you back your message. It was not sent.`,
      changed: 'Your message was not sent.',
      road: 'Your letter was on its way. It could not arrive: the two classes no longer write to each other, or somebody has changed class. Nothing is lost, and you did nothing wrong.',
      missedSubject: (subject: string) => `Your message did not reach everybody: ${subject}`,
      missed: (names: string) =>
        `Your message will not reach ${names}: the classes have changed. The others get it.`,
      yours: 'Your text is here, you can use it again:',
    },
    adult: {
      subject: (subject: string) => `Message given back: ${subject}`,
      by: (name: string) => `${name} gives this message back to you. It was not sent.`,
      changed: 'Your message was not sent.',
      road: 'Your letter was on its way, and could not arrive.',
      missedSubject: (subject: string) => `Message not delivered to everybody: ${subject}`,
      missed: (names: string) =>
        `Your message will not reach ${names}: the classes have changed since. The others get it.`,
      yours: 'Your text:',
    },
  },
  arrived: {
    subject: 'Your message has arrived',
    first: 'Your mail program asked to hear whether your message arrived:',
    kinds: {
      relayed: 'taken by the server of this address, which says no more',
      delivered: 'arrived',
      expanded: 'arrived with the members of this list',
    },
    last: 'It doesn’t say that it was read.',
  },
  copiesStopped: (address) => ({
    subject: 'Your copies have stopped',
    text: `Three copies of class messages sent to ${address} came back to us: this address does not take them. No copy leaves for there any more. Your messages are all here.

To have copies again, open “My settings”, then “Copy to my address”: give this address, if it works again, or another.`,
  }),
  cameBack: ({ name, className }) => ({
    subject: `A letter from ${name} came back`,
    text: `A letter from ${name} (${className}) was on its way to the other class. It could not arrive: the link has ended, or one of the two children has changed class.\n\nThe letter came back to the child, with these words. Nothing is lost.`,
  }),
  waitsForYou: ({ name, className, subject }) => ({
    subject: `A message waits for your approval too: ${subject}`,
    text: `A message from ${name} (${className}) has been waiting for a school day, and nobody has decided yet.\n\nYou can now let it go, or give it back with a word: open “Waiting”.`,
  }),
  dayOfMail: {
    why: {
      malware: 'A file held a virus.',
      'file-kind': 'A file could be a program.',
      'locked-archive': 'The virus scanner could not open a file.',
      'forbidden-link': 'A link led to a site that the school blocks.',
    },
    waiting: {
      subject: (count: number) =>
        count === 1 ? 'A message waits for your word' : `${count} messages wait for your word`,
      text: (count: number) =>
        `${count === 1 ? 'A message waits' : `${count} messages wait`} for you to decide, under “Waiting”. Without an answer for 30 days, a message between adults goes back to who wrote it.`,
    },
    refused: {
      subject: (count: number) =>
        count === 1 ? 'A message for you was refused' : `${count} messages for you were refused`,
      lead: 'These messages from outside were not delivered to you, because of what is in them. Their senders know.',
      end: 'If you expected one of them, ask the person to send it another way. The list is under “Refused” for 30 days.',
    },
  },
  takenOut: {
    child: ({ from }) => ({
      subject: 'A message was taken away',
      text: `The message of ${from} had a file that can harm the computer. We took it away.\n\nDid you open the file? Tell your teacher. It is not your fault.`,
    }),
    adult: ({ from, subject, when }) => ({
      subject: `A message was taken out: ${subject}`,
      text: `The message “${subject}” of ${from}, which came ${when}, had a harmful file that the virus scanner didn’t know yet. It is taken out of your mailbox.\n\nIf you opened the file, don’t use this computer any more and tell the head of the school or the agents of the town. If you didn’t, there is nothing to do.`,
    }),
    head: ({ from, subject, when }) => ({
      subject: `A harmful message was taken out: ${subject}`,
      text: `The message “${subject}” of ${from}, which came ${when}, had a harmful file that the virus scanner didn’t know yet. It is taken out of the mailboxes of your school, and everybody who had it knows.\n\nAsk whether somebody opened the file; if so, tell the agents of the town.`,
    }),
  },
  report: {
    new: ({ child, page }) => ({
      subject: `${child} asks for help`,
      text: `${child} pressed “This bothers me” under a letter. The letter is no longer in their mailbox, it is kept whole.\n\nOpen “Reports” to read it: ${page}\n\nSpeak with the pupil as soon as you can.`,
    }),
    now: ({ child, page }) => ({
      subject: `${child} asks for help right now`,
      text: `${child} reported a letter, and asks to speak with an adult now.\n\nPlease see the pupil, then open “Reports”: ${page}`,
    }),
    'still-open': ({ child, page }) => ({
      subject: `A report of ${child} still waits`,
      text: `For more than a school day nobody has closed what ${child} reported.\n\nWhat has been done is written in “Reports”: ${page}`,
    }),
    town: ({ school, page }) => ({
      subject: `A report waits for you: ${school}`,
      text: `A pupil of ${school} reported a letter, and you are asked to look after it.\n\nOpen “Reports”: ${page}\n\nWhat you read there is written to the school’s journal.`,
    }),
  },
  toRead: {
    child: (name, subject) => ({
      subject: `To read: ${subject}`,
      text: `${name} wrote “${subject}” to you. You have not read it yet.\n\nYou find it among your messages.`,
    }),
    adult: (name, subject) => ({
      subject: `To read: ${subject}`,
      text: `${name} wrote “${subject}” to you.\n\nIf you have read it, open it and press “I have read it”: nobody but you can say so.`,
    }),
  },
  signIn: {
    child: (name: string, className: string) => ({
      subject: `${name} can’t get in`,
      text: `${name} (${className}) tried the three pictures several times without success.\n\nTries are slowed down, the pupil is not locked out. Under “Codes of the class” you can make new pictures: they work at once.\n\nIf the pupil was not at the computer, somebody else tried in their place.`,
    }),
    clash: (name: string, className: string) => ({
      subject: `New pictures for ${name}`,
      text: `${name} has come into class ${className} and had the same pictures as another pupil. They no longer work for ${name}.\n\nUnder “Codes of the class”, press “Make anew” beside the name: the new pictures work at once.`,
    }),
    computer: (className: string) => ({
      subject: `Many tries on a computer of class ${className}`,
      text: `On a computer opened for class ${className}, many picture codes are wrong.\n\nThat computer is slowed down, not locked. If it is you who help the class, open the class on it again: it will be fast again.`,
    }),
  },
  guessing: {
    subject: 'Many wrong passwords',
    text: `Within the last hour many passwords or codes were wrong: somebody may be trying to guess them.

The service slows such tries down by itself. Nobody is locked out, and whoever knows their password comes in as usual.

What you can do:

- In the log of the service look for “many wrong sign-ins from one network”: the line says from which network they come.
- A network that you don’t know: have it shut out at the firewall.
- A network of your schools: add it to PREAU_SCHOOL_NETWORKS. Where the line says “isSchool”, ask the school.
- Always the same network, that of your proxy: name it in PREAU_TRUSTED_PROXY.

This notice comes once an hour at most.`,
  },
  newPassword: {
    subject: 'Your password has been changed',
    text: `The password of your account has just been changed in your settings. Préau is closed on your other computers, and the old password opens nothing any more.

It was you: there is nothing to do.

It was not you: ask the head of the school or the town for a new code at once. It gives a new password and closes your account everywhere else.`,
  },
  recoveryCode: ({ left, isLow }) => ({
    subject: 'A recovery code has opened your account',
    text: `Somebody has just come into your account with your password and one of your recovery codes. ${left === 1 ? 'One is' : `${left} are`} left on the sheet.

It was you: ${isLow ? 'make ten new ones' : 'protect your account with your new phone'}, on the page “Protect my account”.

It was not you: change your password and make ten new codes at once, and talk to the town.`,
  }),
  help: (who: string, name: string, until: string | null) => ({
    subject: `${name} asks for help`,
    text: `${who} pressed “Ask for help” in their mail.\n\n${until === null ? '' : `Their sending is at rest until ${until}: they can’t write to you.\n\n`}Please speak with the pupil as soon as you can.`,
  }),
  newCode: (by: string) => ({
    subject: 'A new code for your account',
    text: `${by} has made a new code for your account. With it a new password is chosen; until then yours still works.\n\nIf you did not ask for it, talk to the head of the school or to the town at once.`,
  }),
  onTheBoard: {
    child: {
      subject: (title) => `On the board: ${title}`,
      own: (title) => `You wanted to remember this notice: “${title}”. Go and read it again.`,
      by: (title) => `You haven’t read this notice yet: “${title}”. Go and read it.`,
    },
    adult: {
      subject: (title) => `On the board: ${title}`,
      own: (title) => `You asked to be reminded of this notice on the board: “${title}”.`,
      by: (title, name) =>
        `${name} reminds you of a notice on the board that you haven’t seen yet: “${title}”.`,
    },
  },
  nearlyFull: {
    child: () => ({
      subject: 'Your mailbox is nearly full',
      text: 'There is little room left in your mailbox.\n\nThrow away messages that you no longer need, then empty the bin. An adult can help you.\n\nIf it is all full, new messages will not come any more.',
    }),
    adult: (percent) => ({
      subject: 'Your mailbox is nearly full',
      text: `Your mailbox is ${percent} % full.\n\nPut into the bin what you no longer need, above all messages with large attachments, then empty it.\n\nOnce it is full it takes no more messages: whoever writes to you is told that theirs waits, then, three days later, that it has not arrived.`,
    }),
  },
  dropped: {
    subject: 'Messages to outside have not left',
    first:
      'Many messages were leaving your account, and an agent of the town dropped those that waited. Those to these addresses will not leave:',
    more: (count) => (count === 1 ? 'and one more' : `and ${count} more`),
    last: 'You may write outside again. If it was you who wrote them, write them again. If it wasn’t, change your password now, and tell the head of the school.',
  },
  link: {
    proposed: ({ by, className, schoolName, own, from, until }) => ({
      subject: `${by} proposes to link a class with your class ${own}`,
      text: `${by} (${className}, ${schoolName}) proposes that your two classes write to each other, from ${dayInWords(from, 'en')} to ${dayInWords(until, 'en')}.\n\nTo agree or decline, open “My classes”, then ${own}, “Links”. There you also choose whether you read pupils’ messages before they leave.\n\nNothing changes until you agree.`,
    }),
    accepted: ({ by, className, schoolName, own }) => ({
      subject: `${by} agrees to the link with your class ${own}`,
      text: `${by} (${className}, ${schoolName}) agrees. Pupils of the two classes can write to each other on the days agreed.\n\nUnder “My classes”, “Links”, you can read messages before they leave, or end the link.`,
    }),
    declined: ({ by, className, schoolName, own }) => ({
      subject: `${by} declines the link with your class ${own}`,
      text: `${by} (${className}, ${schoolName}) has declined the link. Nothing has changed for your pupils.`,
    }),
    ended: ({ by, className, schoolName, own }) => ({
      subject: `The link between ${own} and ${className} has ended`,
      text: `${by} (${className}, ${schoolName}) has ended the link. Pupils of the two classes can no longer write to each other; messages received stay in the mailboxes.`,
    }),
  },
  trouble: {
    backups: {
      subject: 'The backups need somebody',
      before: 'The mail works, but if it were lost today not all of it would come back:',
      after: 'How it stands: preau doctor. Another notice comes when all is well again.',
    },
    isolation: {
      subject: 'Somebody can reach a child who may not',
      before: 'Last night’s proof has found what must never be:',
      after:
        'That way is closed: messages that would take it wait. The page “Isolation of children” says which, and how it is opened again. Whoever is in charge of data protection is told, where the town has given their address. Another notice comes once a proof finds nothing any more.',
    },
  },
  well: {
    backups: {
      subject: 'The backups are in order again',
      text: 'Nothing is left to do: backups are made and read, and the mail comes back from them.',
    },
    isolation: {
      subject: 'Nobody reaches a child any more who may not',
      text: 'The last proof has found nothing.',
    },
  },
  notLeft: { child: 'Your message has not left yet', adult: 'Your message was not sent' },
};
