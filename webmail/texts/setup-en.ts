import { noun, plural } from './plural-en.ts';
import type { setupFr } from './setup-fr.ts';

/** Words of putting a town into service, step by step. Part of `en.ts`. */
export const setupEn: typeof setupFr = {
  nav: 'Setting up',
  stepsLabel: 'Steps of setting up',
  under: (at, of) =>
    `Setting up, step ${at} of ${of}. You may stop at any time: each step is saved.`,
  state: { did: 'Done: ', todo: 'To do: ' },
  tone: { ok: 'In order: ', wait: 'To do: ', stop: 'Broken: ', later: 'Later: ' },
  steps: {
    town: { name: 'The town', holds: 'name, contacts, agents' },
    domain: { name: 'The domain', holds: 'addresses, DNS' },
    schools: { name: 'The schools', holds: 'the directory' },
    pupils: { name: 'The pupils', holds: 'files of ONDE' },
    trial: { name: 'The trial', holds: 'then the opening' },
  },
  next: (stage) => `Go on: ${stage.toLowerCase()}`,
  begin: {
    title: 'Put Préau into service',
    lead: 'Hello. You are the first person here. Your account first, then five steps for the town. You may stop at any time.',
    account: 'Your account as an agent of the town',
    fields: {
      givenName: 'First name',
      familyName: 'Last name',
      local: 'Address',
      password: 'Password',
    },
    hints: {
      givenName: '',
      familyName: '',
      local: 'Leave empty for first.last. No capitals, no accents.',
      password:
        'At least 12 characters: three unrelated words, for example. Neither your name nor your address.',
    },
    create: 'Create my account',
    trouble: {
      name: 'Write your first name and your last name.',
      address:
        'Write letters without accents, digits, dots or hyphens. Some words, such as “postmaster”, belong to the service.',
      'address-taken': 'This address is or was somebody’s. Choose another one.',
    },
    tooOld: 'This page had been open for too long. Try once more.',
    deadTitle: 'This link opens nothing any more',
    dead: {
      'no-match': 'This link isn’t this town’s, or another one was made since.',
      expired: 'A set-up link is good for a day, and this one is older.',
      used: 'The first account of the town exists already.',
    },
    another:
      'If you have an account, sign in. Otherwise type the command “preau setup link” on the server: it gives a new link.',
    waitTitle: 'Too many tries',
    wait: (seconds) =>
      `Too many wrong links were tried from your network. Try again in ${plural(Math.ceil(seconds / 60), 'minute', 'minutes')}.`,
    signIn: 'Sign in',
  },
  town: {
    title: 'First, the town',
    titleDone: 'The town is described',
    about: 'The town',
    name: 'Name of the town',
    nameHint: 'It is read at the top of the pages, for example “Ville de Saint-Aubin”.',
    timeZone: 'Local time',
    timeZones: {
      'Europe/Paris': 'Mainland and Corsica (Paris)',
      'America/Guadeloupe': 'Guadeloupe',
      'America/Martinique': 'Martinique',
      'America/Cayenne': 'French Guiana',
      'America/Miquelon': 'Saint Pierre and Miquelon',
      'Indian/Reunion': 'Réunion',
      'Indian/Mayotte': 'Mayotte',
      'Pacific/Noumea': 'New Caledonia',
      'Pacific/Tahiti': 'French Polynesia (Tahiti)',
      'Pacific/Wallis': 'Wallis and Futuna',
    },
    holidays: 'Zone of the school holidays',
    holidayZones: {
      A: 'Zone A',
      B: 'Zone B',
      C: 'Zone C',
      corse: 'Corsica',
      guadeloupe: 'Guadeloupe',
      martinique: 'Martinique',
      guyane: 'French Guiana',
      reunion: 'Réunion',
      mayotte: 'Mayotte',
      'nouvelle-caledonie': 'New Caledonia',
      polynesie: 'French Polynesia',
      'saint-pierre-et-miquelon': 'Saint-Pierre and Miquelon',
      'wallis-et-futuna': 'Wallis and Futuna',
    },
    postmaster: 'Emergency address, outside Préau',
    postmasterHint: 'To reach you when the mail itself is broken.',
    contacts: 'For the legal pages',
    contactsLead:
      'These lines fill the legal notice, “Personal data” and the accessibility statement, at the foot of the pages. You may complete them later.',
    contact: {
      organisation: {
        label: 'Who publishes',
        hint: 'The commune or the union of communes, with its full name.',
      },
      representative: {
        label: 'Mayor or president',
        hint: 'Directs the publication and answers for the data.',
      },
      postalAddress: { label: 'Postal address', hint: 'Of the town hall or the seat.' },
      phone: { label: 'Telephone', hint: 'The one that families may call.' },
      mail: { label: 'Contact address', hint: 'The one that families may write to.' },
      dataOfficer: {
        label: 'Data protection officer',
        hint: 'A name and a mail address: a letter goes there if the proof of the night finds a way open to children.',
      },
      host: {
        label: 'Host',
        hint: 'Whose machines these are: name, postal address, telephone.',
      },
    },
    trouble: {
      name: 'Write the name of the town, under 100 characters.',
      postmaster: 'This address won’t do: it must be elsewhere, not in the town’s own domain.',
      contacts: 'One of these lines is too long: 1,000 characters at most.',
    },
    save: 'Save and go on',
    reportContact: 'Reports about an adult',
    reportContactNamed: (address) =>
      `${address} reads the letters of teachers and heads that a child reports.`,
    reportContactNobody:
      'Nobody is named: all agents of the town read the letters of teachers and heads that a child reports. Name one person, whom the children will see.',
    reportContactLink: 'Choose who reads them',
    agents: 'The agents',
    agentsLead: (names) => `Today: ${names}.`,
    agentsLink: 'See and add',
  },
  domain: {
    title: (waiting) =>
      waiting === 0
        ? 'The domain is published'
        : `The domain: ${plural(waiting, 'record waits', 'records wait')} to be published`,
    titleSilent: 'The domain: the name server doesn’t answer',
    heading: 'The domain of the mail',
    ends: 'Addresses end in',
    fixed: 'This name is set on the server (PREAU_DOMAIN), before the first addresses.',
    lead: 'Ask whoever hosts your names to add these records. An hour is usual, a day happens.',
    dot: 'The final dot of a name says that it is whole. If your host’s form refuses it, leave it out.',
    allThere: 'All records are published.',
    copy: 'Copy',
    copied: 'Copied',
    nameOf: (name) => ` the name ${name}`,
    valueOf: (name) => ` the value of ${name}`,
    checked: (when) => `Looked at ${when}.`,
    again: 'Look again',
    states: {
      published: 'Published',
      missing: 'Not visible yet',
      other: 'Something else is published',
      silent: 'The name server doesn’t answer',
    },
    goOn: 'Go on without waiting',
    sheetHint: 'Somebody else looks after the names?',
    sheet: 'Print the sheet for the IT service',
    fileName: (domain) => `DNS ${domain}`,
    pdfTitle: (domain) => `DNS records of ${domain}`,
    pdfLead: (town) =>
      `${town === '' ? 'The town' : town} puts the mail of its schools into service. Please add these records to the name server.`,
    pdfDot:
      'For each record: its type, its name, then its value. The final dot says that a name is whole; a zone file wants quotes around the values of TXT.',
    pdfFoot: (day) => `Préau, sheet made on ${day}`,
  },
  schools: {
    title: (count) =>
      count === 0 ? 'Now, the schools' : `The schools: ${count} ${noun(count, 'is', 'are')} here`,
    heading: 'The schools of the town',
    lead: 'Give the file of the education directory: all schools at once, with their commune and number (UAI). You see everything before anything changes.',
    file: 'Give the directory’s file',
    one: 'Add a school by hand',
    count: (count) => noun(count, 'school', 'schools'),
    communes: (count) => noun(count, 'commune', 'communes'),
  },
  pupils: {
    title: (without, all) => {
      if (all === 0) return 'Pupils come after the schools';
      if (without === 0) return 'All schools have their pupils';
      return `The pupils: ${plural(without, 'school waits', 'schools wait')} for them`;
    },
    heading: 'The files of pupils and staff',
    lead: 'Give the files of ONDE, one ZIP for the whole town or school by school. You see everything before anything changes.',
    give: 'Give the files',
    of: (count, all) => `${count} of ${all}`,
    served: (all) => noun(all, 'school served', 'schools served'),
    people: (count) => noun(count, 'person', 'people'),
    questions: (count) => noun(count, 'school with questions', 'schools with questions'),
    missing: 'Schools without anybody yet',
    missingMore: (count) => `And ${plural(count, 'other', 'others')}.`,
  },
  trial: {
    title: 'Last step: the trial, then the opening',
    titleOpen: (left) =>
      left === 0
        ? 'The town is open, and all is in order'
        : `The town is open, ${plural(left, 'line is', 'lines are')} left to settle`,
    letter: 'The trial letter',
    letterLead:
      'Send yourself a letter: it must arrive in your inbox. Then another one to an address outside, and answer it from there.',
    mail: {
      subject: 'A test letter from Préau',
      text: 'Hello,\n\nThis letter shows that the schools’ mail arrives. There is nothing for you to do.\n',
    },
    to: 'To which address?',
    toHint: 'Yours, that of somebody of a school, or an address outside.',
    send: 'Send the trial letter',
    sendAgain: 'Send another letter',
    gone: (to) => `Gone to ${to}`,
    handed: 'Handed over to their inbox',
    back: 'Back in your inbox',
    notBack: 'Not back yet',
    notBackHint: 'An answer to this letter will be seen here.',
    look: 'Look',
    trouble: {
      'not-an-address': 'This is no address. Look at the at sign and at its end.',
      'too-many': 'Enough trial letters for today. Try again tomorrow.',
      nobody: 'Nobody has this address in the town. Look at it again.',
      full: 'This mailbox is full. Take another address.',
      scanner:
        'The virus scanner doesn’t answer. The letter is in your drafts and leaves as soon as it does.',
    },
    ready: (count) => `What is ready: ${plural(count, 'line in order', 'lines in order')}`,
    looked: (when) => `Looked at ${when}. It is the list of the command “preau doctor”.`,
    lookAgain: 'Look again',
    others: (count) => `See ${plural(count, 'other line', 'other lines')}`,
    open: 'Open the town',
    openNowButton: 'Open',
    openLead:
      'Accounts work already. Opening notes the day, and this page becomes your check list.',
    openNow: 'The town is open.',
    opened: (day) => `Opened on ${day}`,
    allGreen: 'All that is looked at is in order: “Setting up” leaves your menu.',
    stays: '“Setting up” stays in your menu until the list is in order.',
    notYet: (count) =>
      `${plural(count, 'line is', 'lines are')} left to settle in the list. You may open without waiting.`,
  },
};
