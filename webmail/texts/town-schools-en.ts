import { noun, plural } from './plural-en.ts';
import type { townSchoolsFr } from './town-schools-fr.ts';

const schools = (count: number): string => plural(count, 'school', 'schools');

/** What a file of schools would do, in one breath: “128 schools to add and 2 to change”. */
function toDo(made: number, changed: number): string {
  if (made > 0 && changed > 0) return `${schools(made)} to add and ${changed} to change`;
  if (made > 0) return `${schools(made)} to add`;
  return changed > 0 ? `${schools(changed)} to change` : 'Nothing to change';
}

/** Words of the agents' pages on communes and schools: a file, one by one. Part of `en.ts`. */
export const townSchoolsEn: typeof townSchoolsFr = {
  back: 'The schools of the town',
  list: {
    title: (left, all) => {
      if (left === 0) return `Nothing to finish in ${schools(all)}`;
      const calm = all - left;
      return calm === 0 ? `${schools(left)} to finish` : `${schools(left)} to finish, ${calm} calm`;
    },
    caption: 'The schools, those to finish first',
    heads: {
      school: 'School',
      pupils: 'Pupils',
      list: 'Last list',
      codes: 'Codes',
      head: 'Head seen',
      questions: 'Questions',
      toDo: 'To do',
    },
    filter: 'Show',
    choices: {
      'to-do': 'To finish',
      all: 'All',
      list: 'Without pupils',
      questions: 'Questions',
      head: 'Head',
      codes: 'Codes to print',
    },
    placeholder: 'School or commune',
    nothingFound: 'No school answers to this.',
    neverListed: 'never',
    byHand: 'no list',
    codes: (made, all) => `${made} of ${all}`,
    noHead: 'nobody',
    neverCame: 'never came',
    came: 'has come',
    nothing: 'nothing to finish',
    pages: 'Pages of the list',
    shown: (first, last, all) => `${first} to ${last} of ${all}. Schools to finish stay on top.`,
    before: 'Those before',
    after: 'Those after',
    file: 'Give a file of schools',
    one: 'Add a school',
    sheet: (name) => `Record of ${name}`,
    edit: 'Record',
    closed: (day) => `closed since ${day}`,
    closes: (day) => `closes on ${day}`,
    none: 'There is no school yet. Give the file of the national directory, or add the first by hand.',
  },
  duties: {
    list: { what: 'no pupil', act: 'Give the list' },
    questions: (count) => `${plural(count, 'question', 'questions')} about its list`,
    answer: 'Answer',
    head: { what: 'the head never came', act: 'Their code' },
    noHead: { what: 'no head', act: 'Give the list' },
    codes: (count) => `${plural(count, 'person', 'people')} without a code`,
    print: 'Print',
  },
  next: {
    title: 'What is left to do',
    lead: 'In this order the school gets ready.',
    done: 'done',
    later: 'then',
    steps: {
      list: 'Give the list of pupils, guardians and teachers',
      questions: 'Answer the questions that the list asks',
      head: 'Have the head come, with their code',
      codes: 'Print the codes of those who have none',
    },
  },
  file: {
    title: 'Give a file of schools',
    lead: 'You will see everything before anything changes.',
    label: 'The file',
    hint: 'The national directory (annuaire de l’éducation) as it is exported (CSV or XLSX), or any table with the UAI number, the name and the commune of each school. 20 MB at most.',
    where: 'Where is this file?',
    whereText:
      'On data.education.gouv.fr, open “Annuaire de l’éducation”, choose your département, then “Exporter”, as CSV or Excel. Leave the file as it is: collèges, lycées and other communes will be left aside.',
    go: 'Read the file',
    missing: 'Choose a file first.',
    before: 'Files given before',
    heads: ['File', 'On', 'How it stands'],
    state: { open: 'to be checked', applied: 'applied', undone: 'undone' },
    see: (file) => `See ${file}`,
    discarded: 'The file is forgotten. Nothing has changed.',
  },
  columns: {
    title: 'Which column is which?',
    lead: (file) =>
      `The titles of ${file} are not those of the directory. Say which column holds the number, the name and the commune.`,
    sample: 'The first lines of the file',
    needed: 'needed',
    none: 'none',
    labels: {
      uai: 'UAI number',
      name: 'Name of the school',
      commune: 'Commune',
      communeCode: 'Code of the commune (INSEE)',
      type: 'Kind of establishment',
      state: 'State (open, closed)',
      sector: 'Public or private',
    },
    typeHint: 'Without a column of kinds, each line is a school.',
    missing: 'At least the number, the name and the commune are needed, each in its column.',
    go: 'Read with these columns',
  },
  communes: {
    title: 'Which communes are yours?',
    lead: (count, file) =>
      `${file} names schools of ${plural(count, 'commune', 'communes')}. Only those that you tick are taken.`,
    heading: (taken, all) => `Communes: ${taken} of ${all}`,
    legend: 'The communes of the file',
    of: (count) => schools(count),
    known: 'here already',
    names: 'Or paste the list of your communes',
    namesHint: 'A name or an INSEE code per line. They are added to those that you tick.',
    unknown: (names) => `The file has no school in: ${names}. Check the spelling.`,
    go: 'Take these communes',
  },
  preview: {
    title: toDo,
    read: (file, lines) =>
      `${file}: ${lines.toLocaleString('en-GB')} ${noun(lines, 'line read', 'lines read')}.`,
    unchangedYet: 'Nothing has changed yet.',
    sums: {
      doubts: (count) => noun(count, 'line in doubt', 'lines in doubt'),
      made: () => 'new',
      renamed: (count) => noun(count, 'changes its name', 'change their names'),
      elsewhere: (count) => noun(count, 'other commune', 'other communes'),
      numbered: (count) => noun(count, 'gets its number', 'get their numbers'),
      closed: () => 'closed in the file',
      unchanged: 'unchanged',
    },
    made: (count) => noun(count, 'New school', 'New schools'),
    madeHint: (domain) =>
      `The short name ends the addresses of the school, for example direction.short-name@${domain}. Change it now if you prefer another: once addresses are given, it stays.`,
    tooMany: (count) =>
      `Short names can be changed here for up to ${count} schools. Take the communes in several goes to change them.`,
    school: 'School',
    commune: 'Commune',
    uai: 'UAI',
    slug: 'Short name',
    slugOf: (name) => `Short name of ${name}`,
    slugTrouble: {
      shape: 'Small letters, digits and hyphens, 40 signs at most.',
      taken: 'Another school has this short name.',
    },
    changed: (count) => noun(count, 'School that changes', 'Schools that change'),
    changedHint: 'Their addresses and short names stay.',
    now: 'Today',
    then: 'By the file',
    noCommune: 'no commune',
    noNumber: 'no number',
    closed: (count) => noun(count, 'School closed in the file', 'Schools closed in the file'),
    closedHint:
      'They stay open here as long as you say no day. From that day on nobody of the school writes or signs in; the mail is retained three months.',
    closesOn: 'Closes on',
    closesOnOf: (name) => `Day on which ${name} closes`,
    doubts: 'Lines in doubt',
    doubtsHint:
      'They are not taken. Mend the file and give it again, or add these schools by hand.',
    line: 'Line',
    why: 'Why',
    doubt: {
      'uai-missing': 'The UAI number is missing.',
      'uai-malformed': 'This is no UAI number: seven digits, then a letter.',
      'uai-letter':
        'The last letter of the UAI number does not go with its digits: a slip of the keyboard, most likely.',
      'uai-twice': 'This UAI number is on several lines.',
      'name-missing': 'The name of the school is missing.',
      'commune-missing': 'The commune is missing.',
      'cell-unreadable': 'A cell can’t be read: letters are lost, hidden, or the text is too long.',
      'name-of-two':
        'Several schools of the commune have this name: first give the right one its number, in its record.',
    },
    aside: 'Left aside',
    asideTypes: (count, type) => `${count} ${type === '' ? 'without a kind' : `“${type}”`}`,
    asideOther: 'These are no schools: ',
    asidePrivate: (count) => `${plural(count, 'private school', 'private schools')}.`,
    asideCommunes: (count) => `${schools(count)} of communes that are not ticked.`,
    asideClosed: (count) => `${plural(count, 'closed school', 'closed schools')} never here.`,
    unnamed: (count) =>
      `${plural(count, 'school here is', 'schools here are')} not in the file. ${count === 1 ? 'It stays as it is' : 'They stay as they are'}.`,
    look: 'Check again',
    looked: 'Noted. Nothing has changed yet.',
    discard: 'Forget this file',
    undoable: 'Can be undone for 30 days.',
    apply: (made, changed) => {
      if (made > 0 && changed > 0) return `Add ${schools(made)}, change ${changed}`;
      return made > 0 ? `Add ${schools(made)}` : `Change ${schools(changed)}`;
    },
    nothing: 'All is as the file says already.',
    stopped: {
      shortNames: (count) =>
        `${plural(count, 'short name is', 'short names are')} not right: see the fields marked. Nothing has changed.`,
      days: (names) =>
        `The closing day is not right for: ${names}. It must be today or later. Nothing has changed.`,
      'changed-meanwhile':
        'Schools have changed meanwhile. This is what the file would do now: check, then try again.',
    },
  },
  done: {
    title: (made, changed) =>
      made > 0
        ? `${plural(made, 'school added', 'schools added')}`
        : `${plural(changed, 'school changed', 'schools changed')}`,
    on: (file, when) => `${file}, ${when}.`,
    applied: 'Done. The schools wait for their pupils and teams.',
    nothing: 'All was as the file says already. Nothing has changed.',
    rosters: 'Give the lists of pupils',
    made: 'Schools added',
    changed: 'Schools changed',
    closed: 'Schools that close',
    undo: 'Undo this import',
    undoHint: (day) =>
      `Possible until ${day}. The schools added go, except those where somebody has a mailbox already; what was changed is as before.`,
    undone: 'The import is undone.',
    kept: (names) => `These schools stay, since somebody is or was there: ${names}.`,
    notUndone:
      'This import can’t be undone any more: another came after it, or it is older than 30 days.',
    all: 'All schools',
  },
  sheet: {
    lead: (people) =>
      people === 0
        ? 'Nobody has a mailbox there yet.'
        : `${plural(people, 'mailbox', 'mailboxes')}.`,
    newTitle: 'Add a school',
    newLead: 'Its classes and people come afterwards, by a file or by hand.',
    identity: 'Name, number and commune',
    name: 'Name',
    nameHint: 'As families read it: “École Jean Moulin”.',
    uai: 'UAI number',
    uaiHint: 'Seven digits and a letter. Empty if it is not known.',
    commune: 'Commune',
    noCommune: 'none',
    otherCommune: 'Or a commune that is not there yet',
    slug: 'Short name',
    slugHint: (domain) =>
      `It ends the addresses: direction.short-name@${domain}. Empty: proposed from the name.`,
    slugFixed: (domain, slug) =>
      `The addresses end with ${slug}@${domain}. People have them already: the short name stays.`,
    save: 'Save',
    add: 'Add the school',
    addresses: 'Addresses',
    domain: 'Domain of this school',
    domainHint: (domain) =>
      `Empty: the town’s, ${domain}. New addresses will end with this domain; those that exist stay.`,
    domainSave: 'Give this domain',
    close: 'Close the school',
    closeLead:
      'From this day on nobody of the school writes, receives or signs in. Whoever also works in another school, or has a child there, goes on there. The mail is retained three months, then erased.',
    closesOn: 'First day without the school',
    closeGo: 'Close on that day',
    closesBanner: (day) => `The school closes on ${day}.`,
    closedBanner: (day, until) =>
      `The school has been closed since ${day}. Its mail is retained until ${until}.`,
    erasedBanner: (day) =>
      `The school has been closed since ${day}. The mail of its people is erased.`,
    goneOn: (day) => `From ${day} on no backup has it any more.`,
    storeGoneOn: (day) => `From ${day} on the store of large messages has it no more.`,
    goOn: 'Do not close',
    reopen: 'Open the school again',
    enter: 'The classes of the school',
    said: {
      saved: 'Saved.',
      added: 'The school is there.',
      closing: 'The day is noted.',
      reopened: 'The school goes on.',
    },
    trouble: {
      name: 'The name is missing, or longer than 100 signs.',
      slug: 'The short name is not right: small letters, digits and hyphens, 40 signs at most.',
      'name-taken':
        'A school of this commune has this name already. If it is another one, give it a short name.',
      'slug-taken': 'Another school has this short name.',
      'slug-kept': 'Somebody has an address with this short name already: it stays.',
      uai: 'This is no UAI number: seven digits and the letter that goes with them.',
      'uai-taken': 'Another school has this number.',
      commune: 'This commune is not there.',
      'commune-name': 'The name of the commune is not right.',
      'commune-name-taken': 'This commune is in the list already: choose it there.',
      domain: 'This is no domain name, or it is the town’s.',
      'domain-taken': 'Another school has this domain.',
      'not-a-day': 'Choose a day of the calendar.',
      'past-day': 'This day is past. Choose today or later.',
      'too-far': 'This day is too far: two years at most.',
      erased: 'The mail of the school is erased already: it does not open again.',
    },
  },
};
