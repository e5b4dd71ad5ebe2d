import { auditEn } from './audit-en.ts';
import type { legalFr } from './legal-fr.ts';
import type { LegalSubject, LegalSection } from './legal.ts';
import { plural } from './plural-en.ts';

const UNTOLD = 'the town hasn’t told it here yet';
const told = (value: string): string => (value.trim() === '' ? UNTOLD : value);
const within = (value: string): string => (value.trim() === '' ? '' : ` (${value})`);
const many = (count: number, one: string): string => plural(count, one, `${one}s`);

const CNIL = { href: 'https://www.cnil.fr/en', words: 'cnil.fr/en' };
const DEFENDER = {
  href: 'https://formulaire.defenseurdesdroits.fr/',
  words: 'formulaire.defenseurdesdroits.fr',
};

function contactPoints({ contacts }: LegalSubject): string[] {
  return [
    `Postal address: ${told(contacts.postalAddress)}.`,
    `Telephone: ${told(contacts.phone)}.`,
    `Mail: ${told(contacts.mail)}.`,
  ];
}

const notice = (subject: LegalSubject): readonly LegalSection[] => [
  {
    title: 'Who publishes this service',
    text: [
      `This mail service of the schools is published by: ${told(subject.contacts.organisation)}.`,
    ],
    points: contactPoints(subject),
  },
  {
    title: 'Who directs the publication',
    text: [`Director of publication: ${told(subject.contacts.representative)}.`],
  },
  {
    title: 'Who hosts it',
    text: [`Host (name, address, telephone): ${told(subject.contacts.host)}.`],
  },
  {
    title: 'Reporting a message',
    text: [
      'Under a letter, a pupil presses “This bothers me”: it leaves their mailbox, and their teachers and the head look after it. Who wrote it sees nothing of that.',
      `Abuse from an address of ${subject.domain} is reported to abuse@${subject.domain}.`,
    ],
  },
  {
    title: 'The software',
    text: [
      'Préau is free software under the European Union Public Licence (EUPL 1.2). Its drawings come with it: no page asks another site for anything.',
    ],
  },
];

const KEPT: LegalSection = {
  title: 'What is retained',
  text: ['The rosters come from the schools (ONDE or their files). The rest comes from you.'],
  points: [
    'Who you are: names, mail address, school, classes, role, and for a family the tie to the child.',
    'Your messages, their files, your drafts and your folders.',
    'What opens your account: digests of the password, of the code and of the passwords of devices, the sealed key of the second factor. Nobody can read them again.',
    'A national number, a date of birth, a mail address or a telephone read from a roster serve to know the same person again from one year to the next: their digest alone is stored.',
    'What was done: the journal of each school and of the town’s agents (who changed a class, decided about a message, made a code).',
    'The technical logs hold no name, no mail address, no subject, no text.',
  ],
};

const cookies = (subject: LegalSubject): LegalSection => ({
  title: 'Cookies',
  text: [
    'They serve to come in and to read in your language, and the service needs them: no consent is to be given.',
  ],
  points: [
    `The session: ${many(subject.retention.sessionHours, 'hour')} at most, and ${many(subject.retention.idleMinutes, 'minute')} without doing anything.`,
    'The token of the sign-in form, and the language: until the browser is closed.',
    `“This computer is mine”: ${many(subject.deviceDays, 'day')}, if you tick it; it names nobody.`,
    'The computer of a class: until the end of the school year.',
    'The sign that drawings of the wall are in the browser, to forget them when you sign out: until the browser is closed.',
  ],
});

const privacy = (subject: LegalSubject): readonly LegalSection[] => [
  {
    title: 'Who answers for it',
    text: [
      `Controller: ${told(subject.contacts.organisation)}.`,
      `Represented by: ${told(subject.contacts.representative)}.`,
      `Data protection officer: ${told(subject.contacts.dataOfficer)}.`,
    ],
    points: contactPoints(subject),
  },
  {
    title: 'What for',
    text: [
      'The service lets pupils, their families and the staff of schools write to one another. It is a task carried out in the public interest (GDPR, article 6, 1, e).',
      'There is no advertising, no profile, no sale of data, no measuring of visitors. No machine decides about a person: a message is held by a rule of the school, and an adult may let it go.',
    ],
  },
  KEPT,
  {
    title: 'Who sees it',
    text: [
      'Your mailbox is yours. One rule says everywhere who may write to whom.',
      'The teachers of a class read a pupil’s message where the school holds it. A letter that a pupil reports is read by their teachers and the head, never by whoever wrote it. The head sees the journal of their school. The town’s agents run the service: they enter a school only by writing down why. They read the journals, and the journal notes that they did.',
      'When a pupil leaves, the head may hand their mail to the family; an adult’s is handed over by the town hall alone, at their request. Both are written in the journal.',
      `A letter to an address outside goes to who it is for. The host${within(subject.contacts.host)} keeps the machines for the town. Préau sends nothing to anybody else.`,
    ],
  },
  { title: 'For how long', text: [], points: times(subject) },
  cookies(subject),
  {
    title: 'Your rights',
    text: [
      'You may ask to see your data, to have them corrected, to restrict or object to their use, and to have them erased where the law allows it. For a child, the legal guardians ask.',
      `Write to the data protection officer${within(subject.contacts.dataOfficer)} or to the school. An answer comes within a month. The page “Take my mail along” gives you all your messages whenever you like.`,
      'Without a right answer you may complain to the CNIL, 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07:',
    ],
    links: [CNIL],
  },
  {
    title: 'For children',
    text: [
      'Your messages are yours. Your teacher may read one before it goes. Nobody you don’t know can write to you. If a message bothers you, press “This bothers me”.',
    ],
  },
];

function times({ retention }: LegalSubject): string[] {
  const { leaverMonths, activationDays, rosterDraftDays, rosterBatchDays } = retention;
  return [
    `Messages and account: as long as you are or work at the school, then ${leaverMonths} months (arrêté of 30 November 2006, article 6). After that all of it is erased; your address is given to nobody else.`,
    `A letter that a pupil reported, and what was done about it: as long as the report is open, then ${retention.reportMonths} months, even where it is erased from mailboxes or its writer has left.`,
    `An adult’s printed code: ${many(activationDays, 'day')}. A pupil’s picture code: until the next 30 September.`,
    `A roster that was given and not applied: ${many(rosterDraftDays, 'day')}; one of the whole town: ${many(rosterBatchDays, 'day')}; a line in doubt, until it is answered, at most ${many(retention.rosterQuestionDays, 'day')}. What it takes to undo an import: ${many(retention.undoDays, 'day')}.`,
    `A known place of signing in, as a digest: ${many(retention.knownPlaceDays, 'day')}.`,
    `Backups, where the town has Préau make them: encrypted, they lead back ${many(retention.backupDays, 'day')} at least. What is erased is erased again when one comes back to them, and none has it any more after ${many(retention.backupGoneDays, 'day')}.`,
    `A paper that a family signed, with its files and the photos of sheets: the school year, then ${many(retention.paperYears, 'year')}; a telephone number given for an outing, until the day after.`,
    'What a pupil ticks in their week: 30 days; the week of a class: until the end of the school year that follows. An adult’s private link to the week: until they shut it, or their account is erased.',
    'A drawing or voice that was given to the wall of the class: until the end of the school year, erased as soon as the child takes it off.',
    `Journals of schools and agents: ${many(retention.journalYears, 'year')}, then they are erased. A salted digest of each line stays, which says nothing of it.`,
  ];
}

const accessibility = (subject: LegalSubject): readonly LegalSection[] => [
  {
    title: 'Our commitment',
    text: [
      `${subject.contacts.organisation.trim() === '' ? 'The town' : subject.contacts.organisation} commits itself to making this service accessible, by article 47 of the French law of 11 February 2005. This statement holds for all pages of this site.`,
    ],
  },
  {
    title: 'State of conformity',
    text: [
      STATE[subject.conformity],
      auditEn.rate(subject.audit.met, subject.audit.applicable, subject.audit.none),
      auditEn.sample,
    ],
  },
  {
    title: 'What is checked with every change',
    text: ['Automatic tests look, at real pages in a real browser:'],
    points: subject.tested.map((one) => TESTED[one]),
  },
  {
    title: 'What isn’t accessible, or not checked',
    text: [],
    points: [
      ...subject.audit.notMet.map((one) => auditEn.notMet(one, auditEn.found[one])),
      'Nobody who is blind or partially sighted has tried the service with a screen reader yet.',
      'The layout of a message from elsewhere and attached files are their author’s: Préau offers the text alone.',
      'The picture code asks to recognise drawings: each has a name that a screen reader says, and an adult may give a password instead.',
    ],
  },
  {
    title: 'How this statement is made',
    text: [
      `It was made on ${subject.statedOn}, by those who write Préau, from the audit above and the tests of the software. Techniques: HTML, CSS, SVG, JavaScript (each page works without). Tools: axe-core and Chromium.`,
    ],
  },
  {
    title: 'Writing to us',
    text: [
      'Is something wrong with a page? Tell the school or the town, which will give you what you need in another way.',
    ],
    points: contactPoints(subject),
  },
  {
    title: 'If nothing changes',
    text: [
      'You reported a fault of accessibility and got no answer that serves you: the Défenseur des droits can be asked, online, through a delegate of your region, or by letter without a stamp: Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.',
    ],
    links: [DEFENDER],
  },
];

const STATE: Readonly<Record<LegalSubject['conformity'], string>> = {
  none: 'This service does not conform to the French reference for accessibility (RGAA 4.1): fewer than half of its criteria are met. That doesn’t mean that nothing is accessible; here is what is checked.',
  partial: 'This service partially conforms to the French reference for accessibility (RGAA 4.1).',
  whole: 'This service wholly conforms to the French reference for accessibility (RGAA 4.1).',
};

const TESTED: Readonly<Record<LegalSubject['tested'][number], string>> = {
  axe: 'for faults that the tool axe-core calls serious or critical (contrasts, names of fields and pictures, headings, regions): none is left;',
  sizes:
    'that nothing overflows at 1280, 1024 and 390 pixels of width, the last one standing for a large zoom too;',
  script: 'that reading, answering and sending work without JavaScript;',
  keyboard:
    'that what is dragged with the mouse (a pupil from class to class) is moved by keyboard too;',
  weight: 'at the weight of pages, for old computers;',
  browsers: 'that pages can be read by browsers of 2020.',
};

export const legalEn: typeof legalFr = {
  foot: 'Legal information',
  noticeLink: 'Legal notice',
  privacyLink: 'Personal data',
  accessibilityLink: {
    none: 'Accessibility: not conforming',
    partial: 'Accessibility: partially conforming',
    whole: 'Accessibility: wholly conforming',
  },
  back: 'Back to the mail',
  notice: { title: 'Legal notice', sections: notice },
  privacy: { title: 'Personal data', sections: privacy },
  accessibility: { title: 'Accessibility', sections: accessibility },
  audit: auditEn,
};
