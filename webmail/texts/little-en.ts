import type { littleFr } from './little-fr.ts';

/** Words of the pages of those who don't read yet, in English. Part of `en.ts`. */
export const littleEn: typeof littleFr = {
  home: 'My letters',
  hello: (name) => `Hello ${name}!`,
  homeward: 'Home',
  count: (fresh) => {
    if (fresh === 0) return 'My letters';
    return fresh === 1 ? 'My letters: a new one' : `My letters: ${fresh} new ones`;
  },
  none: 'No letter',
  older: 'The letters before',
  newer: 'The letters after',
  newLetter: 'New letter: ',
  letter: 'Letter: ',
  letterOf: (name) => `The letter of ${name}`,
  board: 'My class’s board',
  boardFresh: 'My class’s board: something new',
  hearNotice: (title) => `New, hear: ${title}`,
  hearSeenNotice: (title) => `Heard before, hear again: ${title}`,
  day: {
    title: 'My day',
    home: 'Home',
    canteen: 'Lunch',
    bag: 'In my bag, tomorrow',
    hearBag: 'Listen: in my bag, tomorrow',
    kinds: {
      rituals: 'I arrive',
      french: 'Story',
      maths: 'I count',
      world: 'The world',
      language: 'English',
      sport: 'Sport',
      music: 'Music',
      arts: 'Painting',
      break: 'Break',
      rest: 'Nap',
      other: 'With the class',
    },
  },
  wall: {
    title: 'My class’s wall',
    mine: 'My drawings to hang up',
    older: 'The drawings before',
    newer: 'The drawings after',
  },
  shelf: {
    title: 'My shelf',
    mine: 'What is mine',
    draw: 'I draw',
    ofClass: 'What is the class’s',
    handIn: (box) => `Put into the box: ${box}`,
  },
  ideas: {
    title: 'My ideas for the board',
    propose: 'Propose it for the board',
    named: {
      drawing: (name) => `A drawing by ${name}`,
      voice: (name) => `The voice of ${name}`,
    },
    tooMany: 'Three ideas wait already. Wait until your teacher has looked at them.',
  },
  drawing: 'A drawing',
  sound: 'A voice',
  back: 'My letters',
  lost: 'Nothing here',
  away: 'Not now',
  sadly: 'This bothers me: call a grown-up',
  helped: 'A grown-up helps you',
  readToHelp: (name: string) => `${name} has read the letter to help you.`,
  readFirst: (name: string) => `${name} has read your letter.`,
  done: 'It is over',
  tookBack: 'Take my letter back',
  quit: { title: 'Are you leaving?', go: 'I leave', stay: 'I stay' },
  now: 'Come quickly',
  called: 'They know',
  seen: 'All right',
  unfinished: {
    all: 'Not sent yet',
    draw: (name) => `Go on with my drawing for ${name}`,
    send: (name) => `Send to ${name}`,
  },
  hear: (name) => `Hear the letter of ${name}`,
  hearHere: 'Hear the page',
  hearLetter: 'Hear',
  itsName: (name) => `Say their name: ${name}`,
  seenBy: {
    button: 'See it as a pupil',
    title: 'See it as a pupil',
    to: (name) => `This is how ${name} will see the letter`,
    nobody: 'No pupil gets this letter. Choose a pupil or a class, then look.',
    back: 'Back to the letter',
  },
  says: {
    lost: 'There is nothing here. Touch the house to see your letters.',
    away: 'This letter can’t be opened now. It is not lost. Touch the house, and come back later.',
    home: 'Here are your letters. A closed envelope is a new letter. Touch a letter to open it.',
    none: 'You have no letter.',
    day: 'This is your day. Your animal stands on what the class does now. Touch a picture to hear it. Below is your bag.',
    dayOff: 'There is no school now. Below is your bag for going back.',
    board: 'Here is your class’s board. Touch an ear to listen. Blue means new.',
    wall: 'Here is your class’s wall. Touch an ear to hear who made it. To hang up one of your drawings, touch the big blue button.',
    wallEmpty:
      'The wall waits for its first drawings. To hang up one of your drawings, touch the big blue button.',
    shelf:
      'Here is your shelf. On top, what you made. Below, what the class shows you. Touch an ear to listen, a picture to see it large.',
    shelfEmpty: 'Your shelf is empty. Make a drawing and send it: it will come here by itself.',
    shelfFile: 'Here is the picture, large. The shelf leads you back to your things.',
    shelfHanded: 'It is handed in. Your teacher will look at it.',
    shelfStays: 'This one can’t go now. Try again later.',
    wallMine:
      'Here are your drawings and your voice. Touch the blue button under your drawing to hang it on the wall. Your teacher looks first. The arrow takes it off.',
    wallNoneMine:
      'You have no drawing to hang up yet. Make a drawing, send it, then come back here.',
    wallWaits:
      'This one can’t go on the wall now. Wait until your teacher has looked at the others, or make a drawing here.',
    ideas:
      'Here are your drawings and your voice. Touch the board under your drawing to propose it. Your teacher looks first.',
    ideasNone: 'You have no drawing to propose yet. Make a drawing, send it, then come back here.',
    boardEmpty: 'There is nothing on the board. The little house takes you back to your letters.',
    homeBegun: 'Here are your letters. Above, what you have begun waits: touch it to go on.',
    noneBegun: 'You have no letter. Above, what you have begun waits: touch it to go on.',
    letterDrawn:
      'Touch the big ear to hear the letter. Under the drawing, touch the sheet with the red crayon to draw on it: that is your answer. The little house leads back to your letters. If the letter troubles you, touch the face that cries.',
    letter:
      'Touch the big ear to hear the letter. Touch a picture to hear it, touch it again to answer. The little house leads back to your letters. If the letter troubles you, touch the face that cries.',
    quit: 'Are you leaving? Touch the door to leave. Touch the house to stay.',
    toWhom: 'For whom? Touch a face.',
    helped:
      'You did well. A grown-up will read the letter and help you. If you need them now, touch the child with a raised hand.',
    called: 'A grown-up knows that you need them now.',
    done: 'It is over. Touch the house to see your letters.',
    whom: 'Touch a face. It comes onto the envelope. Then touch what you want to send: once to hear it, once more to choose it.',
    nobody: 'You can’t write now. Ask a grown-up.',
    draw: 'Take a crayon and draw. The rubber takes away. The arrow undoes. When you have finished, touch the big blue button.',
    voice: 'Touch the microphone and talk. When you have finished, touch the square.',
    photo:
      'Touch the camera and take a photo. Then touch the big blue button. If somebody is in the photo, ask them first.',
    album:
      'Here is your album. A stamp for each person you have written to. Touch a stamp to hear the name. Nobody else sees it.',
    albumBare:
      'Your album waits for its stamps. When you write to somebody, their stamp comes here. Touch a picture to make a letter.',
    dictation:
      'Touch the triangle to hear your voice. A grown-up writes what you say. Once it is done, they touch the big blue button.',
    lookDictated:
      'Touch the blue ear to hear what is written. Is it what you said? Touch the plane to send it. Touch the arrow to change it.',
    lookVoice:
      'Listen to your voice. Shall we send it? Touch the plane to send it. Touch the written sheet for a grown-up to write what you say. Touch the arrow to change it.',
    look: 'Look well, or listen. Shall we send it? Touch the plane to send it. Touch the arrow to change it.',
    sent: 'It’s on its way! If you want your letter back, touch the arrow quickly.',
    waits:
      'Your letter waits a little. Touch the green ear to know why. To take it back, touch the arrow quickly.',
    family: 'You can read your letters. To write, you need your family’s yes. Ask your teacher.',
    charter:
      'This is what we do with mail. Touch each picture to listen. If you agree, touch the big blue button.',
    charterFriends: 'I write to my class and my family.',
    charterKind: 'I send kind things.',
    charterSecret: 'My secret pictures are mine.',
    charterSad: 'Does a letter bother me? A grown-up helps me.',
    unsent: 'Your letter has not gone. It is still here. Ask a grown-up to help you.',
  },
};
