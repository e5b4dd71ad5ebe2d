/**
 * Keeps what somebody writes by itself: after a rest, every few seconds while they go on, and when
 * they leave the page. One save at a time, and none without a change. Nothing is kept in the
 * browser, since the PCs are shared, but where an adult said that the computer is theirs
 * (`unsent.ts`).
 */
import { pageOf } from './fragments.ts';
import { keepAnswerIn, type KeepAnswer, type KeepState } from './told.ts';
import { forgetHere, keepHere } from './unsent.ts';
import { whileOpen } from './while-open.ts';

const REST_MS = 3_000;
/**
 * While somebody types on, and between two saves: each is a new message to whoever looks at the
 * drafts with a program.
 */
const LONGEST_MS = 5_000;
/** A draft with files is written anew with all of them. */
const LONGEST_WITH_FILES_MS = 20_000;
const RETRY_MS = 10_000;
const PATIENCE_MS = 10_000;
/** How long what was thrown after a page may be on its way; it is looked for ever more seldom. */
const ARRIVAL_MS = 4_000;
/** What was thrown longer ago has arrived, or never will. */
const RECENT_MS = 30_000;
const LOOK_MS = 150;
const SLOWER = 1.5;
const LONGEST_LOOK_MS = 500;
const KEEP = '/write/keep';
/**
 * What the letter isn't: files come and go with the form, and a name that is looked for is no
 * recipient yet.
 */
const NO_LETTER = ['act', 'drop', 'find', 'found', 'find-cc', 'found-cc', 'back', 'day', 'hour'];
/** What changes without a word written. */
const NO_WORDS = ['csrf', 'draft', 'letter', 'window', 'turn', 'start'];

export interface TextKeeper {
  /**
   * Before the form leaves: true once all is kept, or, of what is thrown away, once no save is on
   * its way.
   */
  settle(what: 'kept' | 'thrown'): Promise<boolean>;
  /**
   * Lets something else keep the letter along with what it brings, in its turn among the saves;
   * null where nothing came of it.
   */
  carry(send: (fields: FormData) => Promise<KeepAnswer | null>): Promise<KeepAnswer | null>;
  /** The form leaves, and takes everything along. */
  leaves(does: boolean): void;
}

/** What is known of a letter while it is written. */
interface Letter {
  readonly form: HTMLFormElement;
  /** The words that the page came with. */
  readonly came: string;
  /** Everything, as it was last kept. */
  kept: string;
  busy: Promise<KeepAnswer> | null;
  timer: number;
  /** Since when something is there that was not kept; 0 where all is. */
  since: number;
  /** When a save last began. */
  begun: number;
  fails: boolean;
  leaving: boolean;
  /** What was last thrown after the page as it left, nobody knows how it arrived. */
  thrown: string;
  hasSaid: boolean;
}

/** Keeps the letter of a form from now on. */
export function keepByItself(form: HTMLFormElement): TextKeeper {
  const letter: Letter = {
    form,
    came: wordsOf(form),
    kept: allOf(form),
    busy: null,
    timer: 0,
    since: 0,
    begun: 0,
    fails: false,
    leaving: false,
    thrown: '',
    hasSaid: false,
  };
  listen(letter);
  const look = awaitThrown(form);
  // A picture that is shown late, or is brought back by undoing, lies under a newer UID.
  const onLost = ({ target }: Event): void => {
    if (target instanceof HTMLImageElement && !follow(target, 'src', valueOf(form, 'draft')))
      look();
  };
  form.addEventListener('error', onLost, true);
  form.querySelectorAll<HTMLElement>('[data-keep]').forEach((button) => {
    button.hidden = true;
  });
  return {
    settle: (what) => settle(letter, what),
    carry: (send) => carry(letter, send),
    leaves(does) {
      letter.leaving = does;
      if (!does) return;
      window.clearTimeout(letter.timer);
      forgetHere(valueOf(form, 'letter'));
    },
  };
}

/** Keeps it while it changes, when the page is left, and when somebody comes back to it. */
function listen(letter: Letter): void {
  const onTouch = () => touched(letter);
  const onReturn = () => {
    if (document.visibilityState === 'visible') plan(letter, 0);
    else leave(letter);
  };
  letter.form.addEventListener('input', onTouch);
  letter.form.addEventListener('change', onTouch);
  // A pane may go before its words are kept.
  const signal = whileOpen(() => isChanged(letter));
  document.addEventListener('visibilitychange', onReturn, { signal });
  window.addEventListener('focus', onReturn, { signal });
  window.addEventListener('online', onReturn, { signal });
  window.addEventListener('pagehide', () => leave(letter), { signal });
  const onUnload = (event: BeforeUnloadEvent): void => {
    leave(letter); // the next page is asked for after this, and before the page hides
    if (!letter.fails || letter.leaving || !isChanged(letter)) return;
    event.preventDefault();
    event.returnValue = '';
  };
  window.addEventListener('beforeunload', onUnload, { signal });
}

function isChanged({ form, came, kept }: Letter): boolean {
  return allOf(form) !== kept && (wordsOf(form) !== came || valueOf(form, 'draft') !== '');
}

function plan(letter: Letter, waitMs: number): void {
  window.clearTimeout(letter.timer);
  letter.timer = window.setTimeout(() => {
    if (isChanged(letter)) void save(letter);
  }, waitMs);
}

function touched(letter: Letter): void {
  const { form } = letter;
  const now = Date.now();
  if (letter.since === 0) letter.since = now;
  if (letter.fails) holdHere(letter);
  else {
    const longest = form.querySelector('.file') === null ? LONGEST_MS : LONGEST_WITH_FILES_MS;
    const rest = Math.min(REST_MS, letter.since + longest - now);
    plan(letter, Math.max(0, rest, letter.begun + longest - now));
  }
  // Whoever comes back to this page finds the newest text, under whatever UID.
  const own = addressOf(form);
  if (own !== null && location.pathname + location.search !== own && isChanged(letter))
    history.replaceState(null, '', own);
}

/** Where the newest of a letter is found; null: on the page beside what it answers. */
function addressOf(form: HTMLFormElement): string | null {
  const letter = valueOf(form, 'letter');
  switch (form.dataset['write']) {
    case '':
      return `/write/letter/${letter}`;
    case 'notice':
    case 'paper':
      return `${form.getAttribute('action') ?? ''}?letter=${letter}`;
    default:
      return null;
  }
}

function save(letter: Letter): Promise<KeepAnswer> {
  if (letter.busy !== null) return letter.busy;
  const { form } = letter;
  window.clearTimeout(letter.timer);
  letter.begun = Date.now();
  form.dataset['keptAt'] = String(letter.begun);
  letter.since = 0;
  const all = allOf(form);
  letter.busy = post(form).then((answer) => {
    letter.busy = null;
    hear(letter, answer, all);
    return answer;
  });
  return letter.busy;
}

/** Takes in what became of a save of `all`. */
function hear(letter: Letter, answer: KeepAnswer, all: string): void {
  const { form } = letter;
  letter.fails = isFailure(answer.is);
  if (!letter.fails) {
    letter.kept = all;
    forgetHere(valueOf(form, 'letter'));
  } else if (answer.is !== 'other') holdHere(letter);
  if (answer.letter !== undefined) setValue(form, 'letter', answer.letter);
  if (!letter.fails) setValue(form, 'draft', answer.draft ?? '');
  show(letter, answer);
  letter.hasSaid = answer.is === 'kept';
  form.dataset['keptAt'] = String(Date.now());
  if (letter.fails) plan(letter, RETRY_MS);
  else if (isChanged(letter)) touched(letter);
}

async function carry(
  letter: Letter,
  send: Parameters<TextKeeper['carry']>[0],
): Promise<KeepAnswer | null> {
  while (letter.busy !== null) await letter.busy;
  const { form } = letter;
  window.clearTimeout(letter.timer);
  letter.begun = Date.now();
  letter.since = 0;
  const all = allOf(form);
  const fields = new FormData();
  fieldsOf(form).forEach((value, name) => fields.append(name, value));
  const sending = send(fields);
  letter.busy = sending.then((answer) => answer ?? { is: 'broken' });
  const answer = await sending;
  letter.busy = null;
  if (answer !== null) hear(letter, answer, all);
  else if (isChanged(letter)) touched(letter);
  return answer;
}

function leave(letter: Letter): void {
  const { form } = letter;
  if (letter.leaving || !isChanged(letter) || allOf(form) === letter.thrown) return;
  letter.thrown = allOf(form);
  const fields = fieldsOf(form);
  noteThrown(form);
  // How it arrives nobody hears; a text that arrived is brought once more without a change.
  holdHere(letter);
  // A beacon holds 64 kB; a longer letter may be lost from the last seconds on, unless the
  // browser lets the request end.
  if (!navigator.sendBeacon(KEEP, fields))
    void fetch(KEEP, { method: 'POST', body: fields, credentials: 'same-origin' }).catch(
      () => undefined,
    );
}

function holdHere({ form }: Letter): void {
  keepHere(valueOf(form, 'letter'), listOf(form, NO_LETTER));
}

async function settle(letter: Letter, what: 'kept' | 'thrown'): Promise<boolean> {
  while (letter.busy !== null) await letter.busy;
  if (what === 'thrown') return true;
  const { form } = letter;
  const { is } = await save(letter);
  setValue(form, 'turn', String(Number(valueOf(form, 'turn')) + 1));
  return !isFailure(is) && is !== 'apart';
}

/** What a page threw after itself as it left: its window and turn, and when. */
interface Thrown {
  readonly by: string;
  readonly at: number;
}

/** Kept with the page's place in the history, and no word of the letter. */
function noteThrown(form: HTMLFormElement): void {
  const thrown: Thrown = {
    by: `${valueOf(form, 'window')} ${valueOf(form, 'turn')}`,
    at: Date.now(),
  };
  history.replaceState({ thrown }, '');
}

/** Null where nothing was thrown, or another script says something else there. */
function notedThrown(): Thrown | null {
  const { by, at } = Object(history.state?.thrown);
  return typeof by === 'string' && typeof at === 'number' ? { by, at } : null;
}

/**
 * Who reloads, or comes back, may be quicker than what the page threw after itself. What it wrote
 * on would be an older text, and the newer one another window's: so nothing is written until that
 * has arrived, and the page is shown with it. Gives what looks at once, for whoever has a sign that
 * it has arrived: a picture of the older text is gone then.
 */
function awaitThrown(form: HTMLFormElement): () => void {
  const thrown = notedThrown();
  if (thrown === null || Date.now() - thrown.at > RECENT_MS || hasArrived(form, thrown))
    return () => undefined;
  const end = Date.now() + ARRIVAL_MS;
  const focused = document.activeElement;
  let waitMs = LOOK_MS;
  let timer = 0;
  const look = (): void => {
    window.clearTimeout(timer);
    if (!form.inert) return;
    void pageAt(location.pathname + location.search).then((fresh) => {
      window.clearTimeout(timer);
      if (fresh instanceof HTMLFormElement && hasArrived(fresh, thrown)) return location.reload();
      if (Date.now() < end) {
        timer = window.setTimeout(look, waitMs);
        waitMs = Math.min(LONGEST_LOOK_MS, waitMs * SLOWER);
        return;
      }
      form.inert = false;
      if (focused instanceof HTMLElement) focused.focus();
    });
  };
  form.inert = true;
  timer = window.setTimeout(look, LOOK_MS);
  return look;
}

/** Whether a page shows what was thrown, or what the same window kept later. */
function hasArrived(form: HTMLFormElement, { by }: Thrown): boolean {
  const [last, turn] = (inputOf(form, 'draft')?.dataset['by'] ?? '').split(' ');
  const [sought, least] = by.split(' ');
  return last === sought && Number(turn) >= Number(least);
}

const isFailure = (is: KeepState): boolean =>
  is === 'offline' || is === 'over' || is === 'other' || is === 'broken';

/**
 * Asks the server to keep it; a session that is over and another of the same person's since is
 * taken up.
 */
async function post(form: HTMLFormElement): Promise<KeepAnswer> {
  const answer = await ask(fieldsOf(form));
  if (answer.is !== 'over') return answer;
  const renewed = await renew(form);
  return renewed === null ? ask(fieldsOf(form)) : { is: renewed };
}

async function ask(fields: URLSearchParams): Promise<KeepAnswer> {
  const answer = await request(KEEP, { method: 'POST', body: fields });
  if (answer === null) return { is: 'offline' };
  if (isClosed(answer)) return { is: 'over' };
  if (!answer.ok) return { is: 'broken' };
  return keepAnswerIn(await answer.json().catch(() => null)) ?? { is: 'broken' };
}

/**
 * Takes the token of the session of now, if it is the same person's: null where it did, else what
 * is wrong.
 */
async function renew(form: HTMLFormElement): Promise<KeepState | null> {
  const fresh = await pageAt('/write');
  if (typeof fresh === 'string') return fresh;
  if (fresh === null) return 'other';
  if (fresh.dataset['owner'] !== form.dataset['owner']) return 'other';
  const token = valueOf(fresh, 'csrf');
  document.querySelectorAll<HTMLInputElement>('input[name="csrf"]').forEach((input) => {
    input.value = token;
  });
  return null;
}

/** The form of a writing page, null where the page has none, or why it can't be had. */
async function pageAt(path: string): Promise<HTMLFormElement | null | KeepState> {
  const answer = await request(path, { method: 'GET' });
  if (answer === null) return 'offline';
  if (isClosed(answer)) return 'over';
  if (!answer.ok) return 'broken';
  return pageOf(await answer.text()).querySelector<HTMLFormElement>('[data-write]');
}

/** A session that is over leads to the sign-in, or says that the form is of another one. */
const isClosed = (answer: Response): boolean =>
  answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403;

/** Null where the network has no answer in time. */
async function request(url: string, options: RequestInit): Promise<Response | null> {
  const stop = new AbortController();
  const patience = window.setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    return await fetch(url, {
      ...options,
      credentials: 'same-origin',
      redirect: 'manual',
      signal: stop.signal,
    });
  } catch {
    return null;
  } finally {
    window.clearTimeout(patience);
  }
}

/** The letter as a form sends it, and which turn of this window it is. */
function fieldsOf(form: HTMLFormElement): URLSearchParams {
  setValue(form, 'turn', String(Number(valueOf(form, 'turn')) + 1));
  return listOf(form, NO_LETTER);
}

function listOf(form: HTMLFormElement, without: readonly string[]): URLSearchParams {
  const fields = new URLSearchParams();
  new FormData(form).forEach((value, name) => {
    if (typeof value === 'string' && without.indexOf(name) < 0) fields.append(name, value);
  });
  return fields;
}

const allOf = (form: HTMLFormElement): string =>
  listOf(form, NO_LETTER.concat(NO_WORDS)).toString();

/** Whom a letter goes to is nothing written. */
const wordsOf = (form: HTMLFormElement): string =>
  listOf(form, NO_LETTER.concat(NO_WORDS, ['to', 'cc', 'answers'])).toString();

const inputOf = (form: HTMLFormElement, name: string): HTMLInputElement | null =>
  form.querySelector(`input[type="hidden"][name="${name}"]`);
const valueOf = (form: HTMLFormElement, name: string): string => inputOf(form, name)?.value ?? '';

function setValue(form: HTMLFormElement, name: string, value: string): void {
  const input = inputOf(form, name);
  if (input !== null) input.value = value;
}

/**
 * Says it beside the buttons. Who listens to the page hears the first time that it is kept, and
 * whatever is wrong.
 */
function show({ form, hasSaid }: Letter, { is, say, draft }: KeepAnswer): void {
  const line = form.querySelector<HTMLElement>('[data-kept]');
  const words = line?.querySelector('span');
  const said = form.querySelector<HTMLElement>('[data-kept-said]');
  const failure = isFailure(is);
  const sentence = is === 'apart' || is === 'sent' ? (say ?? '') : '';
  if (line !== null && words) {
    words.textContent = is === 'kept' ? (say ?? '') : '';
    line.hidden = is !== 'kept';
  }
  if (said !== null && is === 'kept' && !hasSaid) said.textContent = say ?? '';
  const link = warn(form, failure ? is : sentence);
  if (link !== null) link.hidden = is !== 'over' && is !== 'other';
  if (draft === undefined) return;
  form.querySelectorAll('[data-waiting]').forEach((one) => one.remove());
  form.querySelectorAll('.file a').forEach((link) => follow(link, 'href', draft));
  form.querySelectorAll('audio').forEach((sound) => {
    if (sound.paused) follow(sound, 'src', draft);
  });
}

/** Leads to a file of the draft where it lies now; false where it led there. */
function follow(one: Element, name: 'href' | 'src', draft: string): boolean {
  const before = one.getAttribute(name) ?? '';
  const now = before.replace(/^\/mail\/drafts\/\d+/, `/mail/drafts/${draft}`);
  if (draft === '' || now === before) return false;
  one.setAttribute(name, now);
  return true;
}

/**
 * The banner above the buttons: `what` is one of its reasons, or a sentence; empty where all is
 * well. Gives its link to the sign-in.
 */
function warn(form: HTMLFormElement, what: string): HTMLElement | null {
  const banner = form.querySelector<HTMLElement>('[data-unkept]');
  const words = banner?.querySelector('p');
  const link = banner?.querySelector('a');
  if (!banner || !words || !link) return null;
  const sentence = banner.dataset[what] ?? what;
  if (words.textContent !== sentence) words.textContent = sentence;
  banner.hidden = what === '';
  return link;
}
