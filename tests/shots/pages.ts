/** Who looks at pages, and from which computer. */
export type Who =
  | 'pupil'
  | 'little'
  | 'teacher'
  | 'head'
  | 'guardian'
  | 'agent'
  | 'class'
  | 'nobody';

/** Somebody of each role in the demo town. */
export const LOCALS = {
  pupil: 'lina.moreau',
  /** Doesn't read yet. */
  little: 'tom.moreau',
  teacher: 'claire.lefevre',
  head: 'mamadou.diallo',
  guardian: 'samira.benali',
  agent: 'hugues.armand',
} as const;

const EVERYBODY: readonly Who[] = ['pupil', 'teacher', 'head', 'guardian', 'agent'];
const ADULTS: readonly Who[] = ['teacher', 'head', 'guardian', 'agent'];

/** Whose a page is, by how its address begins: the first that fits. Any other is a teacher’s. */
const BY_ADDRESS: readonly (readonly [begins: string, who: Who])[] = [
  ['/roster/:school', 'head'],
  ['/roster/', 'agent'],
  ['/school/:school', 'head'],
  ['/people', 'head'],
  ['/codes/', 'teacher'],
  ['/codes', 'head'],
  ['/school', 'agent'],
  ['/agents', 'agent'],
  ['/town', 'agent'],
  ['/setup', 'agent'],
  ['/home', 'agent'],
  ['/restored', 'agent'],
  ['/family', 'guardian'],
  ['/papers/:school/:paper/:pupil', 'guardian'],
  ['/notebook', 'pupil'],
  ['/boards/:school/:class', 'teacher'],
  ['/boards/:school', 'head'],
];

const whoseAddress = (route: string): Who =>
  BY_ADDRESS.find(([begins]) => route.startsWith(begins))?.[1] ?? 'teacher';

/** Pages that several look at, those whose address doesn’t say whose they are, the server’s own. */
export const SEVERAL: Readonly<Record<string, readonly Who[]>> = {
  '/mail/:mailbox': [...EVERYBODY, 'little'],
  '/mail/:mailbox/:uid': [...EVERYBODY, 'little'],
  '/mail/:mailbox/:uid/reply': ['pupil', 'teacher'],
  '/folders': ADULTS,
  '/charter': ['pupil', 'little', 'guardian'],
  '/quit': ['little'],
  '/comfort': ['pupil'],
  '/album': ['pupil', 'little'],
  '/settings': ADULTS,
  '/help': EVERYBODY,
  '/more': ADULTS,
  '/search': ['pupil', 'teacher'],
  '/write': [...EVERYBODY, 'little'],
  '/write/draw': ['little'],
  '/write/photo': ['little'],
  '/write/voice': ['little'],
  '/write/help': ['pupil'],
  '/papers': ['teacher', 'head', 'guardian'],
  '/papers/:school/:paper': ['teacher', 'head'],
  '/boards': ['guardian', 'little'],
  '/boards/:school/:class': ['pupil', 'guardian'],
  '/boards/:school/:class/propose': ['pupil', 'little'],
  '/walls': ['guardian'],
  '/cupboards': ['guardian', 'pupil', 'little', 'teacher'],
  '/cupboards/:school/:cupboard': ['pupil', 'teacher', 'head', 'guardian'],
  '/cupboards/:school/:cupboard/find': ['teacher', 'pupil'],
  '/boxes/:school/:box': ['pupil', 'teacher'],
  '/stored/:school/:item': ['pupil', 'teacher', 'guardian'],
  '/walls/:school/:class': ['pupil', 'little', 'teacher', 'head', 'guardian'],
  '/walls/:school/:class/mine': ['pupil', 'little'],
  '/gifts/:school/:gift': ['pupil', 'teacher', 'guardian'],
  '/agenda': ['teacher', 'guardian'],
  '/week': ['pupil', 'little', 'guardian'],
  '/held': ['teacher', 'head', 'guardian'],
  '/held/decided': ['teacher', 'head'],
  '/held/refused': ['teacher', 'head'],
  '/reports': ['teacher', 'head', 'agent'],
  '/helped': ['pupil'],
  '/leave': ['pupil', 'teacher'],
  '/my-mail': ['pupil', 'teacher'],
  '/devices': ADULTS,
  '/copies': ['teacher', 'guardian'],
  '/classes': ['teacher', 'head'],
  '/school/:school': ['head', 'agent'],
  '/roster': ['head', 'agent'],
  '/signin': ['nobody'],
  '/activate': ['nobody'],
  '/legal': ['nobody'],
  '/privacy': ['nobody'],
  '/accessibility': ['nobody'],
  '/offline': ['nobody'],
  '/mettre-en-service/:code': ['nobody'],
  '/class': ['class'],
  '/class/:class': ['class'],
  '/class/:class/:child': ['class'],
};

/** Who is shown looking at a page, by its route; nobody, where it is none. */
export const shownTo = (route: string): readonly Who[] =>
  route in NOT_SHOWN || DOWNLOAD.test(route) ? [] : (SEVERAL[route] ?? [whoseAddress(route)]);

/** One of those who have what a route gives: a teacher, if they do. */
export function oneWhoHas(route: string): Who {
  const several = SEVERAL[route] ?? [whoseAddress(route)];
  return several.includes('teacher') ? 'teacher' : (several[0] ?? 'teacher');
}

const DOWNLOAD = /\.(pdf|csv|zip)$/;

/** What a route gives that is no page to look at, and what it is. */
export const NOT_SHOWN: Readonly<Record<string, string>> = {
  '/': 'leads to the inbox',
  '/a/:hash/:name': 'a file of ours',
  '/favicon.ico': 'nothing',
  '/write/letter/:letter/cupboard': 'letters.test.ts goes there',
  '/write/letter/:letter/seen': 'what a child sees: little-pages.test.ts looks at it',
  '/agenda/:name': 'a calendar',
  '/write/cupboard': 'for a script: letters.test.ts looks at it',
  '/write/format': 'for a script: format.test.ts looks at it',
  '/says/:saying': 'a sound',
  '/class/says/:saying': 'a sound',
  '/mail/:mailbox/:uid/voice': 'a sound',
  '/mail/:mailbox/:uid/voice/words': 'for a script',
  '/mail/:mailbox/:uid/voice/:piece': 'a sound',
  '/notices/:school/:notice/voice': 'a sound',
  '/notices/:school/:notice/voice/words': 'for a script',
  '/notices/:school/:notice/voice/:piece': 'a sound',
  '/worker.js': 'a script',
  '/events': 'a stream',
  '/roster/town/:batch/events': 'a stream',
  '/healthz': 'for machines',
  '/metrics': 'for machines',
  '/signin/code': 'leads to the sign-in; the page answers a form',
  '/mail/:mailbox/:uid/original': 'a download',
  '/mail/:mailbox/:uid/body': 'stands within the message',
  '/mail/:mailbox/:uid/pane': 'stands beside the list that is there',
  '/mail/:mailbox/:uid/file/:part': 'a download',
  '/mail/:mailbox/:uid/picture/:part': 'a picture',
  '/mail/:mailbox/:uid/sound/:part': 'a sound',
  '/mail/:mailbox/:uid/film/:part': 'a film',
  '/mail/:mailbox/:uid/pdf/:part': 'the browser’s viewer: files-in-place.test.ts opens it',
  '/mail/:mailbox/:uid/pdf/:part/inside': 'a file within a page',
  '/mail/:mailbox/:uid/pdf/:part/pages': 'pages as pictures: files-in-place.test.ts opens them',
  '/mail/:mailbox/:uid/pdf/:part/picture': 'a picture',
  '/reports/:school/:report/body': 'stands within the report',
  '/reports/:school/:report/original': 'a download',
  '/reports/:school/:report/file/:part': 'a download',
  '/reports/:school/:report/picture/:part': 'a picture',
  '/reports/:school/:report/sound/:part': 'a sound',
  '/held/:school/:hold/picture/:part': 'a picture',
  '/held/:school/:hold/sound/:part': 'a sound',
  '/classes/:class/phrases/:phrase/picture': 'a picture',
  '/notices/:school/:notice/files/:part': 'a download',
  '/walls/:school/:class/book': 'a download',
  '/gifts/:school/:gift/file': 'a picture',
  '/makings/:letter/:part': 'a picture',
  '/stored/:school/:item/content': 'a download',
  '/stored/:school/:item/picture': 'a picture in a page',
  '/stored/:school/:item/small': 'a picture in a page',
  '/stored/:school/:item/pages': 'as the pages of a letter’s PDF',
  '/boxes/:school/:box/files/:handed': 'a download',
  '/notebook/:leaf/content': 'a download',
  '/papers/:school/:paper/files/:version/:place': 'a download',
  '/papers/:school/:paper/photos/:sheet': 'a download',
  '/write/voice/:letter': 'of those who don’t read yet, once they have spoken',
  '/write/sent/:letter': 'of those who don’t read yet, once they have sent a letter',
  '/write/phrase/:phrase': 'a picture',
  '/write/letter/:letter': 'leads to the draft or the sent letter',
};

/** More of the same routes: other folders, and what isn't there. */
export const STATES: readonly { readonly path: string; readonly who: readonly Who[] }[] = [
  { path: '/mail/sent', who: ['pupil', 'teacher'] },
  { path: '/mail/drafts', who: ['teacher'] },
  { path: '/mail/trash', who: ['pupil', 'teacher'] },
  { path: '/mail/starred', who: ['pupil'] },
  { path: '/search?q=mus%C3%A9e', who: ['teacher'] },
  { path: '/help?for=teacher', who: ['head'] },
  { path: '/nothing', who: ['pupil', 'little', 'teacher', 'agent', 'nobody'] },
  { path: '/offline?for=child', who: ['nobody'] },
];
