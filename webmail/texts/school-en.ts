import type { schoolFr } from './school-fr.ts';

/** Words of a head's pages on classes, in English. */
const pupils = (count: number): string => `${count} ${count === 1 ? 'pupil' : 'pupils'}`;

export const schoolEn: typeof schoolFr = {
  nav: 'School', navTown: 'Schools', trail: 'Journal', codes: 'Codes and sheets', back: 'All classes',
  schools: {
    title: 'Your schools', titleTown: 'The schools of the town', lead: 'Choose a school.', leadTown: 'To enter a school you say why. It is written down, with all that you do there for an hour.',
    open: 'open', why: (school) => `Why open ${school}?`, reason: 'Your reason', reasonHint: 'For example: “Asked by the head, who is away this morning”. The head of the school and the agents will read it.', enter: 'Open the school for an hour', other: 'Choose another school', agents: 'Journal of the agents', filter: 'Find a school', find: 'Find',
  },
  board: {
    title: 'Classes', summary: (school, classes, count, unplaced) => `${school}: ${classes} ${classes === 1 ? 'class' : 'classes'}, ${pupils(count)}${unplaced === 0 ? '' : `, ${unplaced} without a class`}.`,
    fresh: 'New class', pupils, unplaced: 'Without a class', unplacedHint: 'For now these pupils write to nobody of the school.', nobody: 'Nobody yet', noTeacher: 'No teacher yet', also: (names) => `also ${names}`, endsOn: (day) => `until ${day}`,
    howTo: 'Tick pupils, then choose a class.', dragHint: 'Drag a pupil, or tick several. By keyboard: Enter on the handle, then the arrows. Every change holds at once.',
    full: (limit) => `of ${limit}`, fullHint: 'more than the cap for GS, CP and CE1 classes', target: 'To which class', choose: 'Choose a class…', move: 'Move', add: 'Add as well', takeOut: 'Take out of their class', chosen: (count) => (count === 0 ? 'No pupil ticked' : count === 1 ? '1 pupil ticked' : `${count} pupils ticked`),
    undo: 'Undo', last: (names, to) => (to === null ? `${names}: out of their class` : `${names}: in ${to}`), lastMany: (count, to) => (to === null ? `${count} pupils: out of their class` : `${count} pupils: in ${to}`),
    empty: 'No class yet. Make the first one: a name is enough.', grip: (name) => `Move ${name}`, lifted: (name) => `${name} is lifted. Left and right arrows change the class, Enter puts down, Escape cancels.`, liftedMany: 'pupils', dropHere: 'Drop here', cancelled: 'Nothing has changed.', failed: 'That did not work. The page is read again.', column: (name, count) => `${name}, ${pupils(count)}`,
  },
  said: {
    stopped: 'The mail of pupils is stopped.', running: 'The mail of pupils runs again.', moved: 'Done. Address books, lists and held mail follow already.', added: 'Done: in both classes.', out: 'Done. Who is no longer in a class keeps their messages.', undone: 'The last change is undone.',
    created: 'The class is made. Now put its pupils in: move them here.', changed: 'The class is up to date.', ended: 'The last day of the class is noted.', kept: 'The class goes on.', placed: 'Done. The teacher sees the class on the days given.', removed: 'Done. This person no longer has the class.', opened: 'The school is open for an hour. All that you do there is written down.',
  },
  stop: {
    open: 'Stop the mail of all pupils', what: 'For an emergency. No pupil of the school sends or gets a message until you let mail run again. Nothing is erased.', stop: 'Stop now', stopped: 'The mail of pupils is stopped, by the school or by the town. Nobody can send or get any.', run: 'Let it run again',
  },
  trouble: {
    'name-missing': 'Give the class a name, such as CE1 A.', 'name-taken': 'Another class has this name. Choose another one.', 'levels-missing': 'Tick at least one level: the name does not say it.',
    dates: 'These dates don’t work: from today on, and the end after the beginning.', 'moved-meanwhile': 'Somebody moved one of these pupils meanwhile. The page is read again: look, then try again.',
    'no-such-adult': 'This is not the address of an adult of a school of the town.', 'reason-missing': 'Say why, in a few words.', 'nothing-to-undo': 'There is nothing left to undo.', nobody: 'Tick at least one pupil and choose a class.',
  },
  form: {
    title: 'New class', lead: 'A name is enough: it says the level; colour and address come by themselves.', name: 'Name', nameHint: 'For example CE1 A, CP-CE1 or GS hedgehogs.', levels: 'Levels', levelsHint: 'Several for a double level. None ticked: what the name says.', teachers: 'Teachers', teachersHint: 'Tick those who will have the class.', free: 'no class',
    cover: 'Colour of the exercise books', covers: ['red', 'blue', 'green', 'yellow', 'orange', 'purple', 'turquoise', 'grey'], auto: 'let Préau choose', create: 'Make the class', cancel: 'Don’t make it', save: 'Save',
    moderation: 'Pupils’ messages', moderations: { open: 'leave at once', 'first-contact': 'the first between two people waits for the teacher', all: 'all wait for the teacher' },
  },
  sheet: {
    title: (name) => `Class ${name}`, list: 'Address of the class', listHint: 'It stays when the class gets another name, and from year to year.', settings: 'The class', teachers: 'Teachers', aides: 'Aides (AESH, ATSEM)', nobody: 'Nobody for now.', since: (day) => `since ${day}`, fromDay: (day) => `from ${day}`, until: (day) => `until ${day}`,
    lastDay: 'Last day', setLast: 'Save', remove: 'Remove', removeWho: (name) => `${name} from the class`, add: 'Add somebody', who: 'Who', elsewhere: 'Or somebody of another school, by their address', role: 'To', roles: { teacher: 'teach', aide: 'help' }, from: 'First day', fromHint: 'Empty: from now', untilHint: 'Empty: no end', addNow: 'Add to the class', chooseAdult: 'Choose…',
    pupils: 'Pupils', spread: 'Spread the pupils', print: 'Codes and sheets of the class',
    end: 'End the class', endLead: 'When the class is to be no more.', endTitle: (name) => `End the class ${name}?`, endText: (name, count) => `After that day ${name} is no more: its list takes nothing, its teachers don’t see it, and ${count === 0 ? 'it is empty already' : `${pupils(count)} will have no class unless you move them before`}.`, endKeeps: 'Everybody keeps their messages. You can take this back until that day.',
    endDay: 'Last day of the class', endYes: (name) => `End the class ${name}`, endNo: 'Don’t end it', ending: (day) => `The last day of this class is ${day}.`, keep: 'Let the class go on',
  },
};
