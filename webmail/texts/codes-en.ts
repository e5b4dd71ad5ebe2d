import type { codesFr } from './codes-fr.ts';

/** Part of `en.ts`. */
export const codesEn: typeof codesFr = {
  animals: {
    chat: 'the cat', chien: 'the dog', lapin: 'the rabbit', ours: 'the bear', panda: 'the panda', renard: 'the fox', hibou: 'the owl', grenouille: 'the frog', cochon: 'the pig',
    vache: 'the cow', mouton: 'the sheep', lion: 'the lion', elephant: 'the elephant', souris: 'the mouse', manchot: 'the penguin', poule: 'the hen', canard: 'the duck', herisson: 'the hedgehog',
    tortue: 'the turtle', poisson: 'the fish', baleine: 'the whale', abeille: 'the bee', escargot: 'the snail', girafe: 'the giraffe',
  },
  door: { pupil: 'Are you a pupil?', pupilHint: 'Choose your name, then your pictures.', firstTime: 'I was given a code on paper' },
  who: {
    title: 'Who are you?', touch: 'Touch your name.', adult: 'I am a grown-up', notMyClass: 'This is not my class', names: 'The names of the class',
    which: 'Which is your class?', touchClass: 'Touch your class.', classes: 'The classes of this computer', nobody: 'There is nobody in this class yet.',
    closed: 'Your class is not open here.', ask: 'Ask your teacher to open it on this computer.',
    howTo: 'For the grown-up: sign in, then choose “My classes”, “Codes and sheets” and “Open the class on this computer”.',
  },
  pictures: {
    title: 'Your three pictures', hello: (name: string) => `Hello ${name}`, touch: 'Touch your three pictures, in order.', notMe: 'This is not me', yours: 'Your pictures', choose: 'The twelve pictures',
    now: ', your turn to choose', later: ', then', undo: 'Undo', help: 'Did you forget your pictures? Your teacher can help you.',
    wrong: 'Those are not the right pictures. Try again, take your time.', slow: 'Wait a little with me. Your teacher knows and will help.', tooOld: 'The page was open for a long time. Start again, take your time.',
  },
  activate: {
    title: 'Open my account', intro: 'Copy the address and the code from your paper.', address: 'Address', code: 'Code', codeHint: 'For example K7MP-4RT-XW9C-HN3A. Capitals and dashes don’t matter.', next: 'Go on', back: 'Back to sign-in',
    empty: 'Write the address and the code.', noMatch: 'The address or the code doesn’t match. Check both on the newest paper.',
    expired: 'This code is no longer good: it was too old. Ask the school for a new one.', used: 'This code has been used. Sign in with your password, or ask the school for a new code.',
    tooOld: 'This page was open for too long. Please try once more.',
    choose: { pupil: 'Choose your password', adult: 'Choose your password' }, password: { pupil: 'Your password', adult: 'Password' },
    rule: { pupil: 'At least 8 signs. For example two words that you won’t forget. Not your name.', adult: 'At least 12 signs: for example three words that have nothing to do with each other. Neither your name nor your address.' },
    open: { pupil: 'Go in', adult: 'Open my mail' },
    fault: {
      pupil: { short: 'That is too short. It needs at least 8 signs.', long: 'That is too long.', 'own-name': 'Your name is too easy to guess. Take other words.', 'school-name': 'The name of your school or town is too easy to guess. Take other words.', repeated: 'The same word again and again is easy to guess. Take two different words.', common: 'Too many people take this word. Add another word that you like.', pattern: 'Keys in a row or a date are easy to guess. Take two words.' },
      adult: { short: 'Too short: at least 12 signs are needed.', long: 'Too long: at most 200 signs.', 'own-name': 'Your name or address can be guessed. Take other words.', 'school-name': 'The name of the school or town can be guessed. Take other words.', repeated: 'A word repeated can be guessed. Take different words.', common: 'This password is among the most common. Take three words that have nothing to do with each other.', pattern: 'Keys in a row, digits or a date can be guessed. Take three words that have nothing to do with each other.' },
    },
  },
  desk: {
    title: 'Codes of the classes', link: 'Codes and sheets', lead: 'A pupil gets in with three pictures, or with a code on paper that works once.', empty: 'No class is yours for the moment.',
    pupils: (count: number) => `${count} ${count === 1 ? 'pupil' : 'pupils'}`, never: 'No sheet printed', last: (when: string, by: string | null) => (by === null ? `Sheet made ${when}, with the town’s import` : `Sheet printed ${when} by ${by}`),
    open: 'Open the class on this computer', openHint: 'You will be signed out of this computer. Pupils will see their names here until the end of August.',
    close: 'Close the class on all computers', browsers: (count: number) => (count === 0 ? 'The class is open on no computer.' : `The class is open on ${count} ${count === 1 ? 'computer' : 'computers'}.`),
    computers: 'Computers of the class', shut: 'The class is closed everywhere, and so are the pages that children had open there by their pictures. Open it again on each computer.',
    print: 'Print the codes of the class', printHint: 'New codes are made for the whole class: the old ones stop working. A password already chosen stays good; to end it, make that pupil’s code anew. The codes are shown this once, and the printing is noted.',
    kind: 'How do pupils get in?', pictures: 'Three pictures', picturesHint: 'on the computers of the class', activation: 'A code, then a password', activationHint: 'for who can read and type',
    advised: 'advised', families: 'Add a slip for each family', pdf: 'Sheet to print (PDF)', csv: 'File for a mail merge (CSV)',
    classTitle: 'Codes of the class', madeAt: (when: string) => `made ${when}`, none: 'no code yet', usedAt: 'used', unused: 'not yet used', kindShort: { pictures: 'pictures', activation: 'code on paper' },
    redo: 'Make anew', redoFor: (name: string) => `the code of ${name}`, list: 'The pupils', pupil: 'Pupil', act: 'New code',
    freshTitle: (name: string) => `New code of ${name}`, fresh: 'It works at once. The old one no longer does, nor the pupil’s password, nor their devices. Write it down now: it won’t be shown again.', order: 'In this order', back: 'Back to the class',
  },
  paper: {
    fileName: (className: string) => `Codes ${className}`, file: 'Codes', groups: { adults: 'Adults of the school', 'no-class': 'Pupils without a class' }, fold: 'fold here, the code is hidden below', yourPictures: 'Your three pictures', yourCode: 'Your code, once only', familyCode: 'Your code, once only',
    howPictures: 'Touch your name, then these pictures in order.', howCode: (address: string) => `Go to ${address}, type your address and this code.`, howCodeAdult: (address: string) => `Go to ${address}, copy the address and this code.`, until: (when: string) => `Good until ${when}.`,
    slipTitle: (child: string) => `For the family of ${child}`, slipIntro: 'Dear parents, the school opens a mailbox for you to write to your child’s teacher. Only the school and your child can write to you there.',
    slipHow: (address: string) => `Go to ${address}, copy the address and the code, then choose a password.`, slipOpen: 'Your account is open already: use your password.', slipNobody: 'There is no family account for the moment. Please talk to the school.',
    keep: 'Keep this paper safe, then throw it away after the first sign-in.', made: (when: string) => `Printed on ${when}. Older sheets are void.`,
    columns: { kind: 'For', child: 'Pupil', name: 'Name', address: 'Address', code: 'Code', class: 'Class', school: 'School', until: 'Good until', pupil: 'pupil', adult: 'adult', family: 'family', alreadyOpen: 'account open already' },
  },
};
