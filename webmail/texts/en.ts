import { actsEn } from './acts-en.ts';
import { agentsEn } from './agents-en.ts';
import { boardsEn } from './boards-en.ts';
import { boxesEn } from './boxes-en.ts';
import { brokenEn } from './broken-en.ts';
import { charterEn } from './charter-en.ts';
import { codesEn } from './codes-en.ts';
import { comfortEn } from './comfort-en.ts';
import { copiesEn } from './copies-en.ts';
import { cupboardsEn } from './cupboards-en.ts';
import { devicesEn } from './devices-en.ts';
import { everythingEn } from './everything-en.ts';
import { foldersEn } from './folders-en.ts';
import type { Texts } from './fr.ts';
import { groupsEn } from './groups-en.ts';
import { guideEn } from './guide-en.ts';
import { heldEn } from './held-en.ts';
import { holidaysEn } from './holidays-en.ts';
import { homeEn } from './home-en.ts';
import { isolationEn } from './isolation-en.ts';
import { journalsEn } from './journals-en.ts';
import { keysEn } from './keys-en.ts';
import { legalEn } from './legal-en.ts';
import { littleEn } from './little-en.ts';
import { littleWriteEn } from './little-write-en.ts';
import { lostEn } from './lost-en.ts';
import { messageEn } from './message-en.ts';
import { namesEn } from './names-en.ts';
import { nightsEn } from './nights-en.ts';
import { ownDayEn } from './own-day-en.ts';
import { papersEn } from './papers-en.ts';
import { passwordEn } from './password-en.ts';
import { peopleEn } from './people-en.ts';
import { phrasesEn } from './phrases-en.ts';
import { plural } from './plural-en.ts';
import { preferencesEn } from './preferences-en.ts';
import { presenceEn } from './presence-en.ts';
import { protectEn } from './protect-en.ts';
import { laterEn, putOffEn } from './put-off-en.ts';
import { questionsEn } from './questions-en.ts';
import { quotasEn } from './quotas-en.ts';
import { reportsEn } from './reports-en.ts';
import { restoredEn } from './restored-en.ts';
import { rosterEn } from './roster-en.ts';
import { schoolEn } from './school-en.ts';
import { searchEn } from './search-en.ts';
import { secondLookEn } from './second-look-en.ts';
import { sendersEn } from './senders-en.ts';
import { sentEn } from './sent-en.ts';
import { settingsEn } from './settings-en.ts';
import { setupEn } from './setup-en.ts';
import { sitesEn } from './sites-en.ts';
import { teachingEn } from './teaching-en.ts';
import { templatesEn } from './templates-en.ts';
import { townSchoolsEn } from './town-schools-en.ts';
import { trailEn } from './trail-en.ts';
import { wallsEn } from './walls-en.ts';
import { weeksEn } from './weeks-en.ts';
import { writeEn } from './write-en.ts';

/** “Noé, Zoé and Sofia”. */
function list(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

/** Every word of the pages in English: short words for children, the fact first for adults. */
export const en: Texts = {
  list,
  brand: 'Préau',
  skip: 'Skip to content',
  colon: ': ',
  mendBelow: {
    child: 'There is something to change below.',
    adult: 'Something below is to be corrected.',
  },
  titled: (title) => `${title} – Préau`,
  otherLanguage: 'Français',
  chooseFile: 'Choose a file',
  chooseFiles: 'Choose files',
  app: {
    description: 'The mail service of our schools',
    offline: {
      title: 'No network',
      text: {
        child:
          'Nothing leaves for now. What was saved waits in your drafts. Go back to find what you were writing.',
        adult:
          'Nothing leaves without a network. What was saved waits in your drafts; go back to find what you were writing just before.',
      },
      kept: 'What you have written since is saved on this device, and goes into your drafts once the network is back.',
      again: { child: 'Try again', adult: 'Try again' },
    },
  },
  guide: guideEn,
  showPassword: 'Show the password',
  signIn: {
    title: 'Sign in',
    hello: 'Hello',
    motto: 'The mail of our schools',
    promise: 'Everybody writes to their own class, and nobody is a stranger.',
    address: 'Address',
    addressHint: (domain) => `For example claire.lefevre@${domain}`,
    password: 'Password',
    open: 'Open my mail',
    shared: 'On a shared computer, remember to leave your mail.',
    noMatch: 'The address or the password doesn’t match. Check Caps Lock.',
    wait: (seconds) =>
      `Too many tries in a row. Try again in ${seconds < 90 ? plural(seconds, 'second', 'seconds') : plural(Math.ceil(seconds / 60), 'minute', 'minutes')}: your account is not locked.`,
    own: 'This computer is mine',
    ownHint:
      'For an adult, never on a shared computer. Others’ mistakes won’t make you wait here, and a text that the network cut waits for you here.',
    empty: 'Type your address and your password.',
    tooOld: 'This page had been open for too long. Try once more.',
    lost: lostEn,
  },
  frame: {
    quit: 'Leave',
    signOut: 'Sign out',
    sections: 'Sections',
    messages: 'Messages',
    myFamily: 'My family',
    myClasses: 'My classes',
    classes: 'Classes',
    held: 'Waiting',
    heldCount: (count) => (count === 1 ? 'message to decide' : 'messages to decide'),
    myMessages: 'My messages',
    folders: 'Folders',
    write: 'Write',
    trouble: 'Something wrong?',
    askHelp: 'Ask for help',
    help: 'Help',
    plus: 'More',
    ownMenu: ': devices, language, sign out',
    more: 'Other pages',
    toDecide: 'To decide',
    language: 'Language',
    role: {
      pupil: 'Pupil',
      teacher: 'Teacher',
      head: 'Head',
      staff: 'School staff',
      guardian: 'Family',
      agent: 'Town',
    },
  },
  shelf: {
    child: {
      inbox: 'Received',
      sent: 'Sent',
      drafts: 'To finish',
      starred: 'Kept',
      trash: 'Bin',
      archive: 'Archive',
      junk: 'Junk',
      later: 'Later',
    },
    adult: {
      inbox: 'Inbox',
      sent: 'Sent',
      drafts: 'Drafts',
      starred: 'Kept',
      trash: 'Bin',
      archive: 'Archive',
      junk: 'Junk',
      later: 'Later',
    },
    fresh: () => ' new',
    unread: ' unread',
  },
  box: {
    pupilHello: (name, fresh) =>
      fresh === 0
        ? `Hello ${name}.`
        : `Hello ${name}, you have ${plural(fresh, 'new message', 'new messages')}.`,
    adultTitle: (title, unread) =>
      unread === 0 ? title : `${title}, ${plural(unread, 'unread message', 'unread messages')}`,
    filter: {
      label: 'Show only',
      unread: 'Unread',
      families: 'Families',
      pupils: 'Pupils',
      team: 'Team',
      outside: 'Outside',
      nothing: 'No message of this kind here.',
      showAll: 'Show all',
    },
    newMark: { child: 'New message. ', adult: 'Unread. ' },
    listen: 'Listen',
    older: 'Older',
    newer: 'Newer',
    newest: 'Back to the newest',
    count: (count) => plural(count, 'message', 'messages'),
    files: (count) => plural(count, 'file', 'files'),
    attachment: 'Attachment',
    starred: 'Kept',
    kept: 'Kept',
    answered: 'You answered',
    toWhom: (names) => `To ${names}`,
    nobody: 'No recipient',
    noSubject: 'No title',
    arrived: 'A new message has arrived.',
    choose: 'Choose a message to read it here.',
    chooseDraft: 'Choose a draft to go on with it.',
    withYou: 'and you',
    edge: 'Width of the list',
    messages: ' messages',
    refresh: 'Refresh',
    empty: {
      firstDay: 'No message yet. The first one will come here.',
      child: {
        inbox: 'You have read everything.',
        sent: 'You have not sent anything yet.',
        drafts: 'Everything is finished.',
        starred: 'To keep a message, open it and press the star.',
        trash: 'The bin is empty.',
        archive: 'There is nothing here.',
        junk: 'There is nothing here.',
        later: 'There is nothing here.',
      },
      adult: {
        inbox: 'You have no messages. New ones will appear here by themselves.',
        sent: 'You have not sent anything yet.',
        drafts: 'No drafts.',
        starred: 'Nothing is kept. Open a message, then press the star.',
        trash: 'The bin is empty.',
        archive: 'Nothing is archived.',
        junk: 'No junk mail.',
        later: 'Nothing waits for its hour. What you put off waits here.',
      },
    },
    seeTrash: 'See the bin',
    emptyTrash: 'Empty the bin',
    emptyNow: 'Erase everything for ever',
    room: {
      child: {
        near: 'Your mailbox is almost full. Throw away messages you no longer need, then empty the bin.',
        full: 'Your mailbox is full. New messages no longer arrive. Throw messages away, then empty the bin. A grown-up can help you.',
      },
      adult: {
        near: ({ percent, used, quota }) =>
          `Your mailbox is ${percent}% full (${used} of ${quota}). Move what you no longer need to the bin, attachments above all, then empty it.`,
        full: ({ used, quota }) =>
          `Your mailbox is full (${used} of ${quota}): messages addressed to you no longer arrive, and their senders are told. Move what you no longer need to the bin, then empty it: everything starts again at once.`,
      },
    },
    state: {
      child: {
        waiting: 'Not sent yet',
        travelling: 'On its way',
        withdrawn: 'Taken back',
        recalled: 'Recalled',
        'given-back': 'Came back to you',
        'waiting-for-scanner': 'Leaves soon',
        leaving: 'Leaves soon',
        added: 'Added by you',
        brought: 'Old mail',
        unanswered: 'No answer',
      },
      adult: {
        waiting: 'Waiting',
        travelling: 'On its way',
        withdrawn: 'Taken back',
        recalled: 'Recalled',
        'given-back': 'Given back',
        'waiting-for-scanner': 'Waits for the scanner',
        leaving: 'Scheduled',
        added: 'Added by you',
        brought: 'Old mail',
        unanswered: 'No answer',
      },
    },
  },
  help: {
    title: 'Ask for help',
    lead: 'You can’t write just now. But you can call.',
    what: 'Press here. Your teacher will know that you need help.',
    call: 'Call',
    told: 'Done. Your teacher knows and will come and talk to you.',
    nobody: 'There is nobody to call here. Go and see a grown-up of your school.',
  },
  acts: actsEn,
  holidays: holidaysEn,
  home: homeEn,
  little: littleEn,
  reports: reportsEn,
  keys: keysEn,
  message: messageEn,
  sent: sentEn,
  secondLook: secondLookEn,
  charter: charterEn,
  write: writeEn,
  toast: {
    soon: {
      child: (_subject, names, seconds) =>
        `Your message leaves for ${names} in ${plural(seconds, 'second', 'seconds')}.`,
      adult: (subject, names, seconds) =>
        `“${subject}” leaves for ${names} in ${plural(seconds, 'second', 'seconds')}.`,
    },
    later: (subject, when) => `“${subject}” leaves ${when}.`,
    left: {
      child: (names) => `Your message has left for ${names}.`,
      adult: (names) => `Your message has left for ${names}.`,
    },
    undo: { child: 'Wait!', adult: 'Undo sending' },
  },
  later: laterEn,
  done: {
    back: { child: 'Back to my messages', adult: 'Back to the messages' },
  },
  refused: {
    title: {
      child: (names) => `Your message for ${names} was not sent.`,
      adult: 'Your message was not sent.',
    },
    someone: { child: 'this person', adult: 'this person' },
    nobodyNow: 'You can’t write just now.',
    noAnswer: {
      child: (names) => `You can’t answer ${names} any more.`,
      adult: 'You can’t answer any more.',
    },
    kept: {
      child: 'Your text is saved. Nothing is lost.',
      adult: 'Your draft is saved, nothing is lost.',
    },
    keptShort: { child: 'Your text is saved.', adult: 'Your draft is saved.' },
    yourClass: (name) => `Your class, ${name}`,
    otherClass: (name) => `Another class, ${name}`,
    you: 'You',
    what: 'What would you like to do?',
    choose: { child: 'Choose somebody of my class', adult: 'Go on with the draft' },
    ask: (name) => `Ask ${name}`,
    later: { child: 'Later', adult: 'Back to the messages' },
    guess: 'You could not know, it is all right.',
    why: 'Why this rule?',
    because:
      'So that nobody gets a message from a stranger. Two classes can write to each other if both teachers agree. They are then pen pals.',
    people: 'Who could not get the message',
  },
  trouble: {
    notSent: { child: 'Your message was not sent.', adult: 'Your message was not sent.' },
    later: { child: 'Your message will leave soon.', adult: 'Your message will leave later.' },
  },
  held: heldEn,
  search: searchEn,
  codes: codesEn,
  comfort: comfortEn,
  copies: copiesEn,
  devices: devicesEn,
  everything: everythingEn,
  settings: settingsEn,
  sites: sitesEn,
  folders: foldersEn,
  groups: groupsEn,
  phrases: phrasesEn,
  putOff: putOffEn,
  ownDay: ownDayEn,
  littleWrite: littleWriteEn,
  album: {
    title: 'My stamp album',
    lead: 'A stamp for each person you have written to. Nobody but you sees it.',
    none: 'There is no stamp yet. The first one comes with your first letter.',
    back: 'Sent',
  },
  templates: templatesEn,
  names: namesEn,
  papers: papersEn,
  boards: boardsEn,
  walls: wallsEn,
  cupboards: cupboardsEn,
  weeks: weeksEn,
  boxes: boxesEn,
  setup: setupEn,
  agents: agentsEn,
  isolation: isolationEn,
  nights: nightsEn,
  journals: journalsEn,
  quotas: quotasEn,
  senders: sendersEn,
  legal: legalEn,
  preferences: preferencesEn,
  presence: presenceEn,
  password: passwordEn,
  protect: protectEn,
  people: peopleEn,
  restored: restoredEn,
  roster: rosterEn,
  questions: questionsEn,
  teaching: teachingEn,
  school: schoolEn,
  townSchools: townSchoolsEn,
  trail: trailEn,
  classes: {
    title: 'My classes',
    write: 'Write to the class',
    families: 'Write to the families',
    empty: 'No class is yours for the moment.',
  },
  outside: {
    title: 'Left for outside',
    hint: 'In the demonstration nothing leaves this machine: messages for outside end here.',
    empty: 'Nothing has left for outside.',
    to: 'For',
  },
  leave: {
    title: { child: 'Are you leaving Préau?', adult: 'Leaving Préau?' },
    stay: 'Stay here',
    go: (host) => `Go to ${host}`,
    text: {
      child: (host) =>
        `This link leads to another site: ${host}. Ask a grown-up before you go there.`,
      adult: (host) => `This link leads to ${host}, outside the mail.`,
    },
  },
  broken: brokenEn,
};
