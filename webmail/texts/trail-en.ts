import { isolationEn } from './isolation-en.ts';
import { plural } from './plural-en.ts';
import { quotasEn } from './quotas-en.ts';
import { settingsEn } from './settings-en.ts';
import { teachingEn } from './teaching-en.ts';
import type { SwitchWords } from './teaching-fr.ts';
import type { trailFr } from './trail-fr.ts';
import {
  dayIn,
  listed,
  number,
  saidOf,
  some,
  word,
  type TrailSentence,
  type TrailWords,
} from './trail-words.ts';

/** What the journal says of each act, in English. */
const GONE = 'somebody who is gone';
const names = (words: TrailWords, key: string): string =>
  listed(words, key, { gone: GONE, and: 'and', others: 'others' });
const from = (words: TrailWords): string =>
  some(words, 'from') ? ` (before: ${names(words, 'from')})` : '';
const day = (words: TrailWords, key: string): string => dayIn(words, key, 'en-GB');
const ofCommune = (words: TrailWords): string =>
  words['commune'] === undefined ? '' : ` of the commune ${word(words, 'commune')}`;
/** Whose a cupboard is. */
const whose = (words: TrailWords): string => {
  if (words['class'] !== undefined) return word(words, 'class');
  return word(words, 'place') === 'team' ? 'the team' : 'the school';
};
const dates = (words: TrailWords): string =>
  `${words['fromDay'] === undefined ? '' : `, from ${day(words, 'fromDay')}`}${words['untilDay'] === undefined ? '' : `, until ${day(words, 'untilDay')}`}`;
const sender = (words: TrailWords): string =>
  word(words, 'message') === '' ? '' : ` of ${word(words, 'message')}`;
/** In the words of who gave it. */
const reason = (words: TrailWords): string =>
  word(words, 'reason') === '' ? '' : ` Reason: “${word(words, 'reason')}”`;
const aboutPaper = (words: TrailWords): string => `paper no. ${word(words, 'paper')}`;
const aboutNotice = (words: TrailWords): string => `notice no. ${word(words, 'notice')}`;
const person = (words: TrailWords): string => word(words, 'account') || GONE;
const SHEET: Readonly<Record<string, string>> = {
  csv: ', as a file',
  pdf: ', on a sheet',
  import: ', for an import',
};
const MODERATION: Readonly<Record<string, string>> = {
  open: 'messages leave at once',
  'first-contact': 'the first message waits',
  all: 'all messages wait',
};

const ROLES: Readonly<Record<string, string>> = quotasEn.roles;
const SWITCHES: Readonly<Record<string, SwitchWords>> = teachingEn.switches;
const titleOf = (words: TrailWords): string => SWITCHES[word(words, 'name')]?.title ?? '';
const choiceIn = (words: TrailWords): string =>
  SWITCHES[word(words, 'name')]?.choices[word(words, 'value')] ?? '';

function spread(words: TrailWords): string {
  const who = names(words, 'people');
  if (words['way'] === 'take-out') return `took ${who} out of ${names(words, 'from')}.`;
  return words['way'] === 'add'
    ? `added ${who} to ${word(words, 'to')}${some(words, 'from') ? `, besides ${names(words, 'from')}` : ''}.`
    : `put ${who} into ${word(words, 'to')}${from(words)}.`;
}

/** What somebody does to their own way in; an agent’s stands in the agents’ journal too. */
const ownActs = {
  'begin-copies': () => 'gets class messages as copies at an address of their own.',
  'end-copies': () => 'gets no more copies at an address of their own.',
  'change-password': () => 'changed their password.',
  'begin-second-factor': () => 'protected their account by a code from their phone.',
  'new-recovery-codes': () => 'made ten new recovery codes.',
  'use-recovery-code': () => 'came in by a recovery code.',
  'end-second-factor': () => 'no longer protects their account by a code from their phone.',
  'lose-second-factor': () =>
    'opened their account with a new code: the code from their phone is no longer asked for.',
} as const;

/** Said in rows of long ago, of all settings whether they changed or not. */
const allSettings: TrailSentence = (w) =>
  `changed the settings of the school: pupils send ${word(w, 'hours') === '' ? 'at any hour' : `from ${word(w, 'hours')}`}, ${w['allTeachers'] === true ? 'to all teachers' : 'to their teachers'}; ${w['outside'] === true ? 'adults write outside' : 'nobody writes outside'}; pupils’ programs: ${w['programs'] === true ? 'yes' : 'no'}; charter: ${w['charter'] === true ? 'yes' : 'no'}, families’ yes: ${w['families'] === true ? 'yes' : 'no'}.`;

function settingsChanged(w: TrailWords): string {
  const changes = [
    ...saidOf(w, settingsEn.changes, (say, value) => say(String(value))),
    ...saidOf(
      w,
      settingsEn.switches,
      (ask, value) => `${value === true ? 'yes' : 'no'} to “${ask.replace(/\.$/, '')}”`,
    ),
  ];
  return changes.length === 0
    ? 'saved the school’s settings and changed nothing.'
    : `changed the school’s settings: ${changes.join('; ')}.`;
}

const acts: Readonly<Record<string, TrailSentence>> = {
  ...ownActs,
  report: () => 'pressed “This bothers me” under a letter.',
  'report-up': (w) =>
    `passed the report of ${names(w, 'people')} on to other adults: it was open for a school day.`,
  'report-read': (w) => `read the letter that ${names(w, 'people')} reported.`,
  'report-taken': (w) => `looks after the report of ${names(w, 'people')}.`,
  'report-talked': (w) => `talked with the children about the report of ${names(w, 'people')}.`,
  'report-family': (w) => `told the family about the report of ${names(w, 'people')}.`,
  'report-rest': (w) => `put sending at rest for the report of ${names(w, 'people')}.`,
  'report-apart': (w) => `keeps two children apart for the report of ${names(w, 'people')}.`,
  'report-together': (w) => `lets children write to each other again: ${names(w, 'people')}.`,
  'report-closed': (w) => `closed the report of ${names(w, 'people')}.`,
  'create-class': (w) =>
    `made the class ${word(w, 'class')}${some(w, 'people') ? `, with ${names(w, 'people')}` : ''}.`,
  'change-class': (w) =>
    `changed the class ${word(w, 'class')}${w['newName'] === undefined ? '' : `: ${word(w, 'oldName')} is called ${word(w, 'newName')}`}${w['moderation'] === undefined ? '' : `: ${MODERATION[word(w, 'moderation')] ?? ''}`}.`,
  'end-class': (w) => `set the last day of the class ${word(w, 'class')} to ${day(w, 'lastDay')}.`,
  'keep-class': (w) => `decided that the class ${word(w, 'class')} goes on.`,
  'move-pupils': spread,
  'undo-move': (w) => `undid a change of class of ${names(w, 'people')}.`,
  'place-adult': (w) =>
    `gave the class ${word(w, 'class')} to ${names(w, 'people')}${w['role'] === 'aide' ? ' to help' : ''}${dates(w)}.`,
  'date-adult': (w) =>
    `changed the last day of ${names(w, 'people')} with the class ${word(w, 'class')}${w['untilDay'] === undefined ? ': no end' : dates(w)}.`,
  'remove-adult': (w) => `took ${names(w, 'people')} off the class ${word(w, 'class')}.`,
  'moved-away': (w) => `let ${names(w, 'people')} go to another school of the town.`,
  'agree-moves': (w) => `agreed to the change of school of ${names(w, 'people')}.`,
  'refuse-moves': (w) => `said no to the change of school of ${names(w, 'people')}.`,
  'void-codes': (w) =>
    `voided ${plural(number(w, 'codes'), 'code', 'codes')} whose sheet never arrived.`,
  'print-codes': (w) =>
    `made ${plural(number(w, 'codes'), 'new code', 'new codes')}${w['class'] === undefined ? '' : ` for the class ${word(w, 'class')}`}${SHEET[word(w, 'format')] ?? ''}.`,
  'reset-code': (w) => `made a new code for ${person(w)} (${word(w, 'class')}).`,
  'open-class-browser': (w) => `opened the class ${word(w, 'class')} on a computer.`,
  'close-class-browsers': (w) =>
    `shut the class ${word(w, 'class')} on ${plural(number(w, 'computers'), 'computer', 'computers')}.`,
  release: (w) =>
    w['recipients'] === 0
      ? `approved a held message${sender(w)}, which waits on.`
      : `let a held message${sender(w)} go to ${plural(number(w, 'recipients'), 'person', 'people')}.${reason(w)}`,
  'give-back': (w) =>
    w['withWord'] === false
      ? 'kept out a held message from outside.'
      : `gave a held message${sender(w)} back, with a word.`,
  'take-out': (w) =>
    `took a letter from outside out of the mailboxes of ${plural(number(w, 'copies'), 'person', 'people')}: the virus scanner now knows a harmful file in it.`,
  'stop-pupil-mail': (w) =>
    `stopped the mail of all pupils${ofCommune(w)}${w['untilDay'] === undefined ? '' : `, until ${day(w, 'untilDay')} at ${word(w, 'untilTime')}`}.`,
  'let-pupil-mail-run': (w) => `let the mail of pupils${ofCommune(w)} run again.`,
  'roster-import': (w) =>
    `imported the pupils from a file: ${number(w, 'arrives')} arrivals, ${number(w, 'leaves')} departures, ${number(w, 'movesClass')} changes of class.`,
  'roster-undo': () => 'undid an import of pupils.',
  'answer-questions': (w) =>
    `said who is who in the lists: ${plural(number(w, 'same'), 'person', 'people')} recognised, ${number(w, 'new')} new, ${plural(number(w, 'skip'), 'line', 'lines')} left aside.`,
  'roster-questions-lapsed': (w) =>
    `erased ${plural(number(w, 'questions'), 'question', 'questions')} left unanswered for sixty days: nobody is mixed up, nobody is made.`,
  'roster-rehearse': (w) =>
    `prepared next year from a file: ${number(w, 'arrives')} arrivals, ${number(w, 'leaves')} departures, ${number(w, 'movesClass')} changes of class.`,
  'move-roll-over': (w) => `set the day of the roll-over to ${day(w, 'day')}.`,
  'roll-over': (w) =>
    `moved the school on to the year prepared: ${number(w, 'arrives')} arrivals, ${number(w, 'leaves')} departures, ${number(w, 'movesClass')} changes of class.`,
  'make-code': (w) => `made a new code for ${person(w)}.`,
  'correct-address': (w) =>
    `corrected the address of ${person(w)}: ${word(w, 'before')} became ${word(w, 'after')}.`,
  'block-guardian': (w) => `blocked ${names(w, 'people')} for ${person(w)}.`,
  'unblock-guardian': (w) => `allowed ${names(w, 'people')} again for ${person(w)}.`,
  'silence-guardian': (w) =>
    `asked to say nothing of the other to the family of ${person(w)} (${names(w, 'people')}).`,
  'unsilence-guardian': (w) =>
    `ended “say nothing of the other” for the family of ${person(w)} (${names(w, 'people')}).`,
  'plan-leave': (w) => `noted that ${person(w)} leaves on ${day(w, 'day')}.`,
  'cancel-leave': (w) => `took back the departure of ${person(w)}.`,
  'leaver-ended': (w) => `closed the account of ${person(w)}, on the day they left.`,
  'came-from-closed': (w) => `took in ${names(w, 'people')}, whose other school has closed.`,
  'erase-leaver': (w) =>
    `erased the mailbox of somebody who left on ${day(w, 'left')}, at the end of the time set.${w['backups'] === undefined ? '' : ` From ${day(w, 'backups')} on no backup has it any more.`}${w['store'] === undefined ? '' : ` From ${day(w, 'store')} on the store of large messages has it no more.`}`,
  'export-mail': (w) => `exported the mail of ${person(w)}.`,
  'export-own-mail': () => 'exported their own mail.',
  rest: (w) =>
    `put the sending of ${word(w, 'account')} (${word(w, 'class')}) at rest until ${day(w, 'until')}.`,
  'phrase-made': (w) => `added a phrase in pictures (${word(w, 'class')}).`,
  'phrase-removed': (w) => `removed a phrase in pictures (${word(w, 'class')}).`,
  'class-switch': (w) => `set “${titleOf(w)}” (${word(w, 'class')}): “${choiceIn(w)}”.`,
  // Written before all switches of a class had one act.
  'teachers-called': (w) => `chose what the children call their teachers (${word(w, 'class')}).`,
  photos: (w) =>
    `${w['open'] === true ? 'opened' : 'closed'} pupils’ photos (${word(w, 'class')}).`,
  'second-look': (w) => `set how letters are read again before sending (${word(w, 'class')}).`,
  recall: (w) =>
    `recalled one of their messages: ${plural(number(w, 'copies'), 'unread copy', 'unread copies')} taken back, ${number(w, 'read')} already read.`,
  'end-rest': (w) => `gave sending back to ${word(w, 'account')} (${word(w, 'class')}).`,
  'family-paper': (w) =>
    `noted the family’s yes, on paper, for ${names(w, 'people')} (${word(w, 'class')}).`,
  'family-paper-back': (w) =>
    `took back the family’s yes on paper for ${names(w, 'people')} (${word(w, 'class')}).`,
  'photo-word': (w) =>
    `noted the photo authorisation of ${names(w, 'people')}: ${w['allowed'] === true ? 'yes' : 'no'} (${word(w, 'class')}).`,
  'notice-post': (w) => `pinned a notice up (${aboutNotice(w)}).`,
  'notice-change': (w) => `changed the words of a notice (${aboutNotice(w)}).`,
  'notice-take-down': (w) => `took a notice off the board (${aboutNotice(w)}).`,
  'wall-hang': (w) => `hung up what ${names(w, 'people')} gave to the wall (${word(w, 'class')}).`,
  'wall-refuse': (w) =>
    `did not hang up, or took off, what ${names(w, 'people')} gave to the wall (${word(w, 'class')}).`,
  'wall-book': (w) => `asked for the book of the year (${word(w, 'class')}).`,
  'cupboard-move': (w) => `moved a file or folder of the cupboard elsewhere (${whose(w)}).`,
  'cupboard-show': (w) => `changed who sees a file or folder of the cupboard (${whose(w)}).`,
  'cupboard-throw': (w) => `threw away a file or folder of the cupboard (${whose(w)}).`,
  'feed-made': () => 'made a private link to the week, for their calendar.',
  'feed-ended': () => 'shut their private link to the week.',
  'week-hours': (w) => `changed the hours of the week (${word(w, 'class')}).`,
  'week-copied': (w) => `began the week after another one (${word(w, 'class')}).`,
  'week-special': (w) => `noted a special day in the week (${word(w, 'class')}).`,
  'box-make': (w) => `made a hand-in box (${word(w, 'class')}).`,
  'notice-refuse': (w) => `didn’t pin up a pupil’s idea (${aboutNotice(w)}).`,
  'paper-ask': (w) => `asked families for an answer (${aboutPaper(w)}).`,
  'paper-change': (w) => `changed a paper to sign, and asked again (${aboutPaper(w)}).`,
  'paper-erase': (w) => `erased the signatures of a paper, whose time had come (${aboutPaper(w)}).`,
  'paper-extend': (w) => `put off the end of a paper to sign (${aboutPaper(w)}).`,
  'paper-withdraw': (w) => `withdrew a paper to sign (${aboutPaper(w)}).`,
  'paper-sign': (w) => `signed a paper for ${names(w, 'people')} (${aboutPaper(w)}).`,
  'paper-slip': (w) => `noted a signed sheet for ${names(w, 'people')} (${aboutPaper(w)}).`,
  'family-yes': (w) => `said yes in their account: ${names(w, 'people')} may write.`,
  'family-no': (w) => `said no in their account: ${names(w, 'people')} reads and doesn’t write.`,
  'child-reads': (w) =>
    `chose ${w['reads'] === 'pictures' ? 'large pictures' : 'pages like those of the older ones'} for ${word(w, 'account')} (${word(w, 'class')}).`,
  'propose-link': (w) =>
    `proposed to link the class ${word(w, 'class')} with ${word(w, 'otherClassAddress')}.`,
  'accept-link': (w) =>
    `accepted the link of the class ${word(w, 'class')} with ${word(w, 'otherClassAddress')}.`,
  'decline-link': (w) =>
    `declined the link of the class ${word(w, 'class')} with ${word(w, 'otherClassAddress')}.`,
  'moderate-link': (w) =>
    `chose that messages between ${word(w, 'class')} and ${word(w, 'otherClassAddress')} ${w['moderated'] === true ? 'wait for a teacher' : 'leave at once'}.`,
  'travel-link': (w) =>
    `chose that letters from ${word(w, 'otherClassAddress')} arrive in ${word(w, 'class')} ${w['travels'] === true ? 'at 8 am on the next school day' : 'at once'}.`,
  'end-link': (w) =>
    `ended the link of the class ${word(w, 'class')} with ${word(w, 'otherClassAddress')}.`,
  'approve-correspondent': (w) =>
    `approved the correspondent ${word(w, 'address')} for the class ${word(w, 'class')}.`,
  'remove-correspondent': (w) =>
    `removed the correspondent ${word(w, 'address')} from the class ${word(w, 'class')}.`,
  'make-app-password': () => 'made a password for one of their devices.',
  'revoke-app-password': () => 'revoked the password of one of their devices.',
  'change-settings': (w) => (w['programs'] === undefined ? settingsChanged(w) : allSettings(w)),
  'change-quota': (w) =>
    `gave ${w['megabytes'] === undefined ? 'as much room as elsewhere' : `${number(w, 'megabytes')} MB`} to ${w['role'] === undefined ? `the mailbox of ${person(w)}` : `each mailbox (${(ROLES[word(w, 'role')] ?? '').toLowerCase()})`}.`,
  'change-sites': () => 'changed the forbidden sites.',
  'open-school': (w) =>
    `opened the school for an hour${w['reason'] === undefined ? '' : `: “${word(w, 'reason')}”`}.`,
};

/** The same in short, for the journal of the agents. */
const agentActs: Readonly<Record<string, string>> = {
  'open-school': 'opened the school',
  'create-class': 'made a class',
  'change-class': 'changed a class',
  'end-class': 'set the last day of a class',
  'keep-class': 'let a class go on',
  'move-pupils': 'moved pupils',
  'undo-move': 'undid a move of pupils',
  'place-adult': 'gave a class to somebody',
  'date-adult': 'changed the last day of an adult',
  'remove-adult': 'took an adult off a class',
  'stop-pupil-mail': 'stopped the mail of pupils',
  'let-pupil-mail-run': 'let the mail of pupils run',
  'roster-import': 'imported the pupils',
  'roster-rehearse': 'prepared next year',
  'roster-undo': 'undid an import',
  'answer-questions': 'said who is who in the lists',
  'move-roll-over': 'set the day of the roll-over',
  'change-settings': 'changed the settings of a school',
  'change-quota': 'changed the room of a mailbox, or of a role',
  'change-sites': 'changed the forbidden sites',
  'read-sites': 'had the list of forbidden sites read',
  'print-codes': 'printed the first codes of a school',
  'void-codes': 'voided codes whose sheet never arrived',
  'agree-moves': 'let children change school',
  'refuse-moves': 'said no to children changing school',
  'make-code': 'made a code for somebody',
  'correct-address': 'corrected an address',
  'block-guardian': 'blocked a guardian',
  'unblock-guardian': 'allowed a guardian again',
  'silence-guardian': 'asked to say nothing of the other guardian',
  'unsilence-guardian': 'ended “say nothing of the other”',
  'plan-leave': 'noted a departure',
  'cancel-leave': 'took back a departure',
  'export-mail': 'exported somebody’s mail',
};

/** “École Pasteur, 2027-07-07” with its day in words. */
const closing = (what: string): string =>
  what.replace(/, (\d{4}-\d{2}-\d{2})$/, (_, at: string) => ` to ${day({ at }, 'at')}`);

const wayIn = (door: string): string =>
  Object.entries(isolationEn.doors).find(([one]) => one === door)?.[1] ?? door;
/** “pupil 300 More photos” in words; `null` for a size is the product’s own. */
const roomOf = (what: string): string => {
  const [, role = '', megabytes = '', why = ''] = /^(\w+) (\w+) (.*)$/.exec(what) ?? [];
  const size = megabytes === 'null' ? 'as in the beginning' : `${megabytes} MB`;
  return ` (${ROLES[role] ?? role}: ${size}). Reason: “${why}”`;
};

/** What agents do to the town itself: whom or what it was about stands in the sentence. */
const townActs: typeof trailFr.townActs = {
  ...ownActs,
  'first-agent': (what) => `made the first agent’s account, for ${what}.`,
  'change-town': (what) => `saved the description of the town (${what}).`,
  'give-holidays': (what) => `gave the school calendar (${what}).`,
  'add-holidays': (what) => `added days without class (${what}).`,
  'remove-holidays': (what) => `removed days without class (${what}).`,
  'open-town': (what) => `opened the town (${what}).`,
  'add-agent': (what) => `added the agent ${what}.`,
  'remove-agent': (what) => `removed the agent ${what}.`,
  'reset-agent': (what) => `gave the agent ${what} new access.`,
  'add-commune': (what) => `added the commune ${what}.`,
  'add-school': (what) => `added the school ${what}.`,
  'change-school': (what) => `changed the school ${what}.`,
  'close-school': (what) => `set the closing of the school ${closing(what)}.`,
  'reopen-school': (what) => `let the school ${what} go on.`,
  'import-schools': (what) => `imported schools from the file ${what}.`,
  'undo-schools': (what) => `undid the import of schools from the file ${what}.`,
  'give-domain': (what) => `gave a school the domain ${what}.`,
  'change-commune': (what) => `changed the commune ${what}.`,
  restore: () => 'restored the mail from a backup.',
  upgrade: (what) => `brought the schema up to date; the point to come back to: ${what}.`,
  'new-secret': () => 'made another key of the service: second factors and codes are made anew.',
  'release-held': () => 'let held messages go.',
  'give-back-held': () => 'gave held messages back to who wrote them.',
  'release-outbox': (what) => `let mail leave that stood still since the restore (${what}).`,
  'drop-outbox': (what) => `dropped mail that stood still since the restore (${what}).`,
  'hold-outbox': (what) => `held messages again that the restore had stopped (${what}).`,
  'read-service-log': (what) =>
    `gave a log of the service, which says of ${what} stopped messages what became of them.`,
  'take-large-films': () => 'let adults put films of up to 200 MB into cupboards.',
  'refuse-large-films': () => 'closed cupboards to films of more than 25 MB.',
  'change-town-quota': (what) => `changed the room in mailboxes${roomOf(what)}`,
  'stop-commune-mail': (what) => `stopped the mail of pupils of a commune (${what}).`,
  'let-commune-mail-run': (what) => `let the mail of pupils of a commune run again (${what}).`,
  'limit-agent': (what) =>
    `said of which communes the agent is: ${what.split(': ')[0] ?? ''}, ${what.split(': ')[1] || 'the whole town'}.`,
  'read-journals': (what) =>
    what === '' ? 'read the journals.' : `searched the journals (${what}).`,
  'export-journals': (what) =>
    what === '' ? 'saved the journals.' : `saved some of the journals (${what}).`,
  'close-way': (way) => `closed a way to pupils that a proof had found open: ${wayIn(way)}.`,
  'ask-way': (why) => `asked for a way to pupils to be opened again: “${why}”`,
  'open-way': (way) =>
    `opened a way to pupils again, after a proof that found nothing: ${wayIn(way)}.`,
  'send-test-letter': () => 'sent a test letter outside.',
};

export const trailEn: typeof trailFr = {
  title: 'Journal',
  lead: 'Who did what. The head of the school reads it, and agents of the town, whose reading is noted.',
  person: 'A person',
  personHint: 'A part of the name',
  day: 'A day',
  filter: 'Find',
  all: 'Show all',
  empty: 'Nothing to show here.',
  older: 'Older',
  newest: 'Back to the newest',
  commandLine: 'The command line',
  service: 'The service',
  somebody: 'Somebody who is gone',
  town: 'Town',
  wholeTown: 'The whole town',
  reason: (why) => `Reason: ${why}`,
  acts,
  agentActs,
  townActs,
  unknown: (act) => `did something that this page cannot say yet (${act}).`,
};
