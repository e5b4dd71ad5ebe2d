import type { rosterFr } from './roster-fr.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Words of the pages on which rosters come in from files. Part of `en.ts`. */
export const rosterEn: typeof rosterFr = {
  nav: 'Rosters', back: 'Back', backTo: (school) => `Back to ${school}`,
  home: {
    title: 'Rosters', lead: 'Choose the school whose lists you import.', leadTown: 'Import the lists of all schools at once, or those of one.', schools: 'The schools', open: 'Open',
    town: 'All schools at once', townHint: 'A zip file with a folder a school, named like it, or a OneRoster export of the town. You will see each school before you apply.', batches: 'Your imports of the town',
    find: 'Find a school',
  },
  upload: {
    title: 'Import lists', lead: 'Give the files, see what will change, then decide. Nothing changes before.',
    files: 'The files', file: 'The zip file', filesHint: 'Pupils, guardians, teachers: all together or one alone. ONDE’s CSV never opened in a spreadsheet, OneRoster, or any CSV or Excel table. A zip will do.',
    where: 'Where are they in ONDE?', whereText: 'In ONDE, menu “Listes & extractions”, then “La liste des élèves de l’école” and “La liste des responsables”, as CSV. The file is often called CSVExtraction.csv. Teachers aren’t in it: make their list by hand, or give them their classes in “Classes”.',
    year: 'For which school year?', running: (year) => `${year}, the running year`, runningHint: 'changes as soon as you apply', next: (year) => `${year}, next year`, nextHint: 'is made ready and waits for its first day, nothing changes until then',
    go: 'See what will change', none: 'Choose at least one file.',
  },
  desk: {
    waiting: 'To be finished', draft: (when) => `Files given ${when}`, goOn: 'Go on', history: 'Past imports', noHistory: 'No import yet.', next: (day) => `Next year is ready. It begins on ${day}.`, seeNext: 'See next year’s classes',
    by: (name) => `by ${name}`, byTown: 'by the town', see: 'See', state: { applied: 'Applied', undone: 'Undone', rehearsed: 'Waits for its first day', replaced: 'Replaced' }, when: 'When', what: 'What changed', howItStands: 'State', undoable: (day) => `Can be undone until ${day}`, year: 'Year',
  },
  counts: {
    arrives: (n) => plural(n, 'arrival', 'arrivals'), leaves: (n) => plural(n, 'departure', 'departures'), movesClass: (n) => plural(n, 'change of class', 'changes of class'),
    changesSchool: (n) => plural(n, 'change of school', 'changes of school'), joins: (n) => plural(n, 'joins', 'join'), renamed: (n) => plural(n, 'name corrected', 'names corrected'), parted: (n) => plural(n, 'family tie removed', 'family ties removed'),
    kept: (n) => plural(n, 'person kept', 'people kept'),
    refused: (n) => plural(n, 'line refused', 'lines refused'), classesMade: (n) => plural(n, 'class made', 'classes made'), classesEnded: (n) => plural(n, 'class ended', 'classes ended'), nothing: 'Nothing',
  },
  formats: { 'onde-pupils': 'ONDE pupils', 'onde-guardians': 'ONDE guardians', teachers: 'teachers', 'oneroster-1.1': 'OneRoster 1.1', 'oneroster-1.2': 'OneRoster 1.2', mapped: 'table, columns named by you' },
  found: {
    title: 'What was read', separator: { ';': 'separated by semicolons', ',': 'separated by commas', '\t': 'separated by tabs' }, lines: (n) => plural(n, 'line', 'lines'),
  },
  columns: {
    title: 'Which column is which?', lead: (file) => `The column titles of ${file} are those of no known format. Say once what each column holds; the choice is kept for the school.`, sample: 'The first lines of the file', of: 'This file holds', pupils: 'pupils', teachers: 'teachers', guardians: 'guardians, one child a line',
    family: 'Family name', given: 'Given name', used: 'Name in use', birth: 'Birth date', ine: 'INE', level: 'Grade', class: 'Class', email: 'Mail address', none: 'not in the file', needed: 'required', pupilsOnly: 'For pupils', adultsOnly: 'For teachers or guardians', guardiansOnly: 'For guardians', childFamily: 'Family name of the child', childGiven: 'Given name of the child', phone: 'Mobile phone', oneChild: 'The column of the class is then that of the child. Somebody with several children has several lines.',
    identity: 'Without birth date or INE two children of one name could be taken for each other: you will then be asked who is who.', go: 'Read the file like this', missing: 'Choose the column of the family name and that of the given name; for guardians, those of the child too.', again: 'Change the columns',
  },
  which: { title: 'Which school of this export?', lead: 'The file holds several schools. Say which to import; the others are not read.', choose: 'Read this school' },
  preview: {
    title: 'Check before you apply', titleNext: (year) => `Make ${year} ready: check`, read: (when) => `Files read ${when}.`, unchangedYet: 'Nothing has changed yet.', print: 'Print',
    decide: (n) => plural(n, 'person to recognise', 'people to recognise'), unchanged: 'unchanged', changes: 'changes',
    who: 'Who is who?', whoHint: 'The file names somebody whom we can’t recognise by ourselves. Nothing is applied without an answer.', inFile: 'In the file', answer: 'It is', known: (name, where) => (where === '' ? name : `${name}, ${where}`), elsewhere: 'this child, already in another school of the town', elsewhereNamed: (name) => `${name}, of another school`,
    somebodyNew: 'somebody new', sameAs: (line) => `the same person as on line ${line}`, leaveOut: 'do not import this line', line: (line) => `line ${line}`, open: 'Still without an answer',
    refused: 'Lines refused', refusedHint: 'These lines are not imported, the others are. Nobody leaves because a line is refused.', lineHead: 'Line', cell: 'Cell', column: 'Column', wrong: 'What is wrong, and what to do', harmless: 'Nothing to do',
    kept: 'Stay, in spite of a refused line', keptHint: 'A line that can’t be used may be about these people. They keep their class and their mailbox. Correct the line and import again; note under “People” who has really left.', keptLine: 'Line of the file',
    arrivals: 'Arrivals', departures: 'Departures', person: 'Person', class: 'Class', leavesClass: 'Leaves', address: 'Address', newAddress: 'a mailbox will be made', toPlace: 'to be placed', leaveHint: 'Their mailbox closes that day. Their mail is kept for three months, and comes back if you undo.',
    moves: 'Changes of class', before: 'Before', after: 'After', schools: 'Come from another school of the town', schoolsWait: 'You place these children with you; their mailbox follows when the town has agreed. It sees your request as soon as you apply.', schoolsMove: 'Address and mail follow the child.', from: 'From', waits: 'waits for the town',
    others: 'Other changes', joined: 'gets a place or a child here', renamed: (before) => `was called ${before}, the address stays`, parted: (child) => `is no longer tied to ${child}`, keptRole: 'keeps their role: an import gives no higher one', classMade: 'class made', classEnded: 'class ended', effect: 'Effect',
    seeOthers: (n) => `See the ${n} others`, kinds: { pupil: 'pupil', guardian: 'guardian', adult: 'adult' },
    nothing: 'Nothing to change: the school knows already all that these files say.', same: (when) => `They are the same files as those applied ${when}.`, done: 'Close',
    manyTitle: (leaving, of, ties) => {
      const parts = [...(leaving > 0 ? [`${plural(leaving, 'departure', 'departures')} of ${of} people`] : []), ...(ties > 0 ? [plural(ties, 'family tie ends', 'family ties end')] : [])];
      return `${parts.join(', ')}: is this the whole list?`;
    },
    manyTies: (n) => `That is more than one in five. A guardian whom the file no longer names beside a child is no longer tied to them. If the list is whole, type ${n} again.`,
    manyText: 'That is more than one in five. A file of one class alone would make all others leave. If the list is whole, type the number of departures again.', manyLabel: 'The number, typed again', manyWrong: 'That is not the number. Look at the list of departures, then type it again.',
    otherSchool: 'This file is another school’s. Nothing of it is used.', nobody: 'No line of this file can be used.', chooseOther: 'Choose other files', stopped: 'Nothing was applied: first answer what is asked below.',
    reason: 'Why this import?', reasonHint: 'Written into the school’s journal.', apply: (n) => (n === 1 ? 'Apply the change' : `Apply the ${n} changes`), rehearse: 'Keep for the first day', save: 'Keep my answers', discard: 'Give up', saved: 'Your answers are kept.',
    foot: (leaves) => (leaves === 0 ? 'Nobody leaves.' : `${plural(leaves, 'departure', 'departures')}.`), undoable: 'Can be undone for 30 days.', fromDay: (day) => `Everybody can see it. Nothing changes before ${day}.`,
  },
  moves: {
    title: (n) => (n === 0 ? 'No change of school is waiting' : n === 1 ? 'One child to change school' : `${n} children to change school`), lead: 'A head’s file names a child of another school. If you agree, the account, the address and the mail go along, and the class of before ends.',
    ask: (n) => (n === 1 ? 'One child waits for your word to change school.' : `${n} children wait for your word to change school.`), see: 'Decide', seeRefused: 'Changes of school that were refused',
    child: 'Child', today: 'Today', wanted: 'Wanted', askedBy: 'Asked by', stands: 'State', written: (name) => `written ${name}`, noClass: 'no class', left: 'has left that school', waiting: 'Changes of school that wait', refused: 'Refused', no: 'refused by the town',
    reason: 'Your reason', refuse: 'Refuse', agree: 'Agree', foot: 'Tick children, then decide.', moved: (n) => (n === 1 ? 'Done: the child is in the new school, which can still undo it, like an import.' : `Done: ${n} children are in their new school, which can still undo it, like an import.`), saidNo: (n) => (n === 1 ? 'Your no is noted. The head reads the reason.' : `${n} noes are noted. The heads read the reason.`),
    unclear: (n) => (n === 1 ? 'One child could not be moved: the account has changed since. Ask the head to import again.' : `${n} children could not be moved: the account of one of them has changed since. Ask the head to import again.`),
    missing: { reason: 'Say why, in a few words.', child: 'Tick at least one child.' }, ours: 'Asked of the town', oursHint: 'These children were in another school of the town. They arrive with their mail when the town agrees.',
  },
  done: {
    title: 'Done', titleOld: 'Import', rehearsed: (day) => `Next year is ready. It begins on ${day}; nothing changes until then.`, applied: 'The changes hold from now on, for messages as for lists.', undone: 'This import was undone.', report: 'Report to keep', csv: 'Table (CSV)', pdf: 'To print (PDF)',
    noReport: 'The detail is kept for 30 days only.', undo: 'Undo this import', undoHint: (day) => `All becomes as it was before the import. Possible until ${day}.`, sheets: 'Print the codes of new pupils', desk: 'Back to the imports', nothing: 'Nothing changed: the school knew already all that these files say.',
    codes: 'Codes of the new accounts', codesHint: (n) => `${plural(n, 'person has', 'people have')} no way to sign in yet. Their sheets are made now and given only once: save the archive (a sheet for each class with those of its families, one for the adults), then print it. A lost sheet is made again under “Codes”; the old one is worth nothing then.`,
    codesMake: (n) => `Make ${plural(n, 'code', 'codes')} (ZIP)`, codesReason: 'Why these codes?', codesGiven: 'These codes have been given already, once. Whoever has no sheet gets a new one under “Codes” or “People”.', codesFile: (school) => `Codes ${school}`,
    undoneNow: 'The import is undone. All is as before.', reportTitle: (school) => `Import of lists, ${school}`, fileName: (school, day) => `Import ${school} ${day}`, page: (n, of) => `page ${n} of ${of}`, on: (when) => `Done ${when}`, made: (day) => `Done on ${day}`,
  },
  undo: {
    'nothing-to-undo': 'There is nothing to undo.', 'too-late': 'This import is more than 30 days old: it can’t be undone any more. Import the lists of before.', 'changed-since': 'Nothing is undone: the roster has changed since this import, by hand or by another one. Mend it in “Classes”.',
    'mail-would-be-lost': (n) => `Nothing is undone: ${plural(n, 'mailbox made by this import has', 'mailboxes made by this import have')} mail already, which would be lost.`, reason: 'Why undo it?',
  },
  next: {
    title: (year) => `The classes of ${year}`, lead: (day) => `They begin on ${day}. Nothing changes until then: neither messages nor lists.`, pupils: (n) => plural(n, 'pupil', 'pupils'), teachers: 'Teachers', noTeacher: 'no teacher yet', move: 'Change the date', day: 'First day of the year', save: 'Keep this date', moved: 'The date is changed.', notMoved: 'This date is over. Choose today or a day to come.',
    stops: 'Questions must be answered before that day: give the files for next year again.', again: 'Give other files', nobody: 'Nobody in this class.', list: 'See the pupils', printed: 'Print',
  },
  town: {
    codesHint: 'The sheets of everybody in these schools who has no way in yet, a folder a school. They are made while the archive is being saved, and are given once: keep this page open for some minutes, to the end. If saving stops before the end, these codes are void: press again.',
    codesMake: (n) => (n < 2 ? 'Make the codes of one school (ZIP)' : `Make the codes of the ${n} schools (ZIP)`),
    title: 'Lists of the town', reading: (done, of) => `Reading: ${done} schools of ${of}`, applying: (done, of) => `Applying: ${done} schools of ${of}`, open: 'Nothing has changed yet.', over: 'Finished.', refresh: 'Refresh', leftAlone: 'The work stopped on its way. What is done is done, the rest can go on.', leftReading: 'The reading stopped on its way. Give the file again.',
    unknown: (names) => `These names are no school’s, their files were not read: ${names}.`, school: 'School', stands: 'How it stands', changes: 'Changes', act: 'See', apply: (n) => `Apply ${plural(n, 'school that is ready', 'schools that are ready')}`, goOn: 'Go on', reason: 'Why this import?', reasonHint: 'Written into each school’s journal.', nothingReady: 'No school is ready. Open those that wait for an answer.',
    outcome: { refused: 'refused', asks: 'waits for an answer', ready: 'ready', applied: 'applied', rehearsed: 'ready for the first day', nothing: 'nothing to change', broken: 'could not be read, try again', waiting: 'to be read' },
    stops: { 'many-leave': 'more than one in five leaves', 'other-school': 'another school’s file', undecided: 'people to recognise', nobody: 'no line of use', columns: 'columns to be named' },
    ready: (n) => plural(n, 'ready', 'ready'), asks: (n) => plural(n, 'waits for an answer', 'wait for an answer'), applied: (n) => plural(n, 'applied', 'applied'), same: 'unchanged', refused: (n) => plural(n, 'refused', 'refused'), year: (year) => `Year ${year}`,
  },
};
