import type { guideFr } from './guide-fr.ts';

type Guides = (typeof guideFr)['roles'];

const pupil: Guides['pupil'] = {
  title: 'How does it work?',
  lead: 'Here you write to your class, your teachers and your family. Nobody you don’t know can write to you.',
  parts: {
    first: {
      title: 'Read',
      steps: [
        'A blue dot: it is new. Touch the message to open it.',
        'Touch “Listen” to hear it.',
        'The star keeps a message that you like.',
      ],
      shows: 'The page of what you received: faces, and a blue dot before what is new.',
      go: 'See my messages',
    },
    second: {
      title: 'Write',
      steps: [
        'Touch “Write”, then the face of who you want.',
        'Write, then touch “Send”. You can add a drawing or a photo.',
        'A mistake? Touch “Wait!” at once: the message comes back.',
      ],
      shows: 'The page to write: all faces of the class, and the sheet.',
      go: 'Write a message',
    },
    third: {
      title: 'Does something bother you?',
      steps: [
        'Below the message, touch “This bothers me”. It goes away, and a grown-up helps you.',
        'You did nothing wrong. You can also show the screen to a grown-up.',
        'With “Ask for help” you write to your teacher.',
      ],
      shows: 'An open message, and below it the button “This bothers me”.',
      go: 'Ask for help',
    },
  },
};

const teacher: Guides['teacher'] = {
  title: 'Help: my class, my messages',
  lead: 'Read, write to the whole class, decide about what waits. Each picture is taken from Préau as you see it.',
  parts: {
    first: {
      title: 'Read and put away',
      steps: [
        'The list stays where it is when a message opens. “Families”, “Pupils” and “Team” show theirs alone.',
        'On a row: archive, bin, mark. The box chooses several; Shift and a click choose up to there.',
        'By finger, a row drawn to the left is archived; to the right it is read or unread. “More”, then “See everything”, leads everywhere.',
        'All that moves can be taken back: “Undo” stays for ten seconds.',
        'By keyboard, J and K go on and back, R answers, E archives, ? shows all keys.',
      ],
      shows: 'Three columns: the folders, the list of messages, the open message.',
      go: 'See my messages',
    },
    second: {
      title: 'Write to the whole class',
      steps: [
        '“Write”, then “Quick”: your class or its families in one touch. Or type a name; Enter takes it.',
        'Choose where answers go: to you alone, or to nobody.',
        '“Send” leaves ten seconds to think again; the arrow beside it sends later.',
        'Among what you sent, the message says who has read it and reminds the others.',
        'What everybody must see, and nobody answers, is pinned up: My classes, then “Board”.',
        '“Papers” asks families for an answer, about an outing or a photo, and counts who has answered; a sheet that comes back is noted there too.',
      ],
      shows: 'The page to write, the class chosen in the field “To”.',
      go: 'Write a message',
    },
    third: {
      title: 'What waits for your word',
      steps: [
        'As the class is set, a pupil’s message waits until you let it go; a notice that they propose always does.',
        'Let it go, or give it back to the pupil with a word: their text isn’t lost.',
        'A pupil touches “This bothers me” under a letter: it waits for you, whole, in “Reports”.',
        'A lost code? My classes, then “Codes”.',
      ],
      shows: 'The page of what waits: what a pupil wrote, and two buttons to decide.',
      go: 'See what waits',
    },
  },
};

const head: Guides['head'] = {
  title: 'Help: the school',
  lead: 'Classes, the lists of September, people. The help for messages and the class is the teachers’.',
  parts: {
    first: {
      title: 'Who is in which class',
      steps: [
        '“School” has a column a class. Drag a pupil, or lift them by keyboard with Enter and the arrows.',
        '“New class” asks for a name, a level, somebody who teaches.',
        'The last change can be undone. Pupils see their new class at once.',
      ],
      shows: 'The board of the school: a column a class, a pupil a row.',
      go: 'See my school',
    },
    second: {
      title: 'The new school year',
      steps: [
        'Give the file of lists just as your program makes it.',
        'Nothing changes before the last button: the preview says who comes, who leaves, who changes class.',
        'A line that leaves a doubt waits for your answer; the rest is done. All of it can be undone for thirty days.',
      ],
      shows: 'The page of the lists: where to give a file, and what was done.',
      go: 'See the lists',
    },
    third: {
      title: 'People',
      steps: [
        'Look for somebody: their code, address, family, departure.',
        'A parent without a right to contact is blocked at once, and stays so through later imports.',
        'The school’s hours, and who writes outside, are in its settings.',
      ],
      shows: 'The list of the people of a school.',
      go: 'See the people',
    },
  },
};

const guardian: Guides['guardian'] = {
  title: 'Help for families',
  lead: 'This account is for writing to your child and their school. It gets nothing from elsewhere.',
  parts: {
    first: {
      title: 'Read',
      steps: [
        'A blue dot marks what is new.',
        'Where there is a button “Read”, it tells the teacher that you have read. Nothing says so in your place.',
        'Files are checked before they arrive.',
      ],
      shows: 'The messages that a parent received.',
      go: 'See my messages',
    },
    second: {
      title: 'Write',
      steps: [
        'You can write to your child, their teachers and the head. Others aren’t offered.',
        'What you write is saved by itself; “Undo sending” stays for ten seconds.',
        'A teacher answers in their hours: nothing is promised in the evening or at the week’s end.',
        '“To sign” shows what the school asks you: one press signs, and you may change your mind until the last day. “Settings” offers one word a day of what waits.',
      ],
      shows: 'The page to write, with the people whom you can write to.',
      go: 'Write a message',
    },
    third: {
      title: 'My children',
      steps: [
        'For each child: their class, who teaches it, and a button to write to them.',
        'In their messages your child reads the name that you choose: “Mum”, “Grandpa”.',
        'Without a choice it is your first name.',
        '“Board” shows the notices of their classes and school, and reminds you on the day that you say.',
      ],
      shows: 'The page “My children”: the class of each, and the name that the child reads.',
      go: 'See my children',
    },
  },
};

const agent: Guides['agent'] = {
  title: 'Help for the town',
  lead: 'How the service runs, schools, lists. Opening a school asks for a reason, which is written down.',
  parts: {
    first: {
      title: 'At a glance',
      steps: [
        'One sentence says whether mail works. Below it, what waits for you, with what to do.',
        'What is red says what to do; preau doctor says the same on the machine.',
        'After a restore nothing leaves by itself: “Restored” shows what waits for your word.',
        'Two agents at least, each with a second factor and a sheet of recovery codes.',
      ],
      shows: 'The agents’ home: one sentence, nine parts of the service, what waits.',
      go: 'See the home',
    },
    second: {
      title: 'Schools',
      steps: [
        '“Schools” says how each stands, those to finish first, with what to do. To change one, open it and say why: its head sees it.',
        'A file of the national directory makes several at once; the preview comes first.',
      ],
      shows: 'The list of the town’s schools: pupils, list, codes, head, what is left to do.',
      go: 'See the schools',
    },
    third: {
      title: 'The lists of the town',
      steps: [
        'Give a ZIP with the files of all schools; it says what would change.',
        'Lines that leave a doubt wait for the head or for you. No school waits for another.',
        'Each import can be undone for thirty days.',
      ],
      shows: 'The page of the town’s lists.',
      go: 'See the lists',
    },
  },
};

/** The page of help, one a role. Part of `en.ts`. */
export const guideEn: typeof guideFr = {
  link: 'Help',
  forPupil: 'How does it work?',
  teachers: 'The help for messages and the class',
  print: 'Print',
  roles: { pupil, teacher, head, guardian, agent },
};
