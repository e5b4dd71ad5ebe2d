/**
 * The writing page while it is filled in: what is written is kept, the button and the line « Pour »
 * say to whom it goes, chips move.
 */
import { openAttaching } from './attach.ts';
import { countPeople } from './headcount.ts';
import { keepByItself } from './keeping.ts';
import { offerFormat } from './offer-format.ts';
import { openPeopleFields } from './people-field.ts';
import { offerVoiceAndPad } from './speak.ts';
import { whileOpen } from './while-open.ts';

const form = document.querySelector<HTMLFormElement>('[data-write]');
/** Names on the button up to here; more people are a number. As in writing-form.ts. */
const NAMED = 3;

const CHOSEN = 'input[name="to"]:checked, input[name="cc"]:checked';
const ticked = (): HTMLInputElement[] =>
  Array.from(form?.querySelectorAll<HTMLInputElement>(CHOSEN) ?? []);

/** The words on the send button, for so many people. */
function words(button: HTMLElement, people: number): string {
  const chosen = ticked();
  const { nobody = '', names = '', many = '', and = '' } = button.dataset;
  if (chosen.length === 0) return nobody;
  if (chosen.length <= NAMED && chosen.every((one) => one.dataset['kind'] !== 'list'))
    return names.split('%').join(listed(chosen.map(nameOf), and));
  return many.split('1234').join(String(people));
}

const nameOf = (box: HTMLInputElement): string => box.dataset['name'] ?? '';

/** « Noé, Zoé et Adèle »; `and` is how the page joins two. */
function listed(names: string[], and: string): string {
  const last = names.pop() ?? '';
  return names.length === 0 ? last : names.join(', ') + and.slice(1, -1) + last;
}

/** All that says to whom it goes: the button, the line of answers, « Vite », the faces. */
function refresh(): void {
  if (form !== null)
    countPeople(form, ticked(), (people) => {
      form.querySelectorAll<HTMLElement>('[data-send]').forEach((button) => {
        const label = button.querySelector('span');
        if (label !== null) label.textContent = words(button, people);
      });
    });
  form?.querySelectorAll<HTMLElement>('[data-quick]').forEach((button) => {
    const isChosen = document.getElementById(`to-${button.dataset['quick'] ?? ''}`) !== null;
    button.setAttribute('aria-pressed', String(isChosen));
  });
  const asPupil = form?.querySelector<HTMLElement>('[data-as-pupil]');
  if (asPupil) asPupil.hidden = ticked().every((one) => one.dataset['children'] === undefined);
  aboutLists(ticked().filter((one) => one.dataset['kind'] === 'list'));
  forWhom();
}

/** Who may answer a list: the choice beside the letter, and in one line what it means. */
function aboutLists(lists: readonly HTMLInputElement[]): void {
  const aside = document.querySelector<HTMLElement>('[data-hidden-list]');
  if (aside !== null) aside.hidden = lists.length === 0;
  const beside = aside?.parentElement;
  if (beside) beside.hidden = !beside.querySelector(':scope > :not([hidden])');
  const note = document.querySelector<HTMLElement>('[data-note]');
  const line = note?.querySelector('span');
  if (note === null || !line) return;
  note.hidden = lists.length === 0;
  const isOwn = lists.some((one) => one.dataset['own'] !== undefined);
  offerAnswerToAll(isOwn ? 'hidden' : 'shown');
  const answers = form?.querySelector<HTMLInputElement>('input[name="answers"]:checked');
  const and = form?.querySelector<HTMLElement>('[data-send]')?.dataset['and'] ?? '';
  const who = answers?.value ?? 'sender';
  line.textContent = (note.dataset[isOwn ? `own${who === 'none' ? 'None' : 'Sender'}` : who] ?? '')
    .split('%')
    .join(listed(lists.map(nameOf), and));
}

/** The people of a group of one's own don't see one another: no answer can go to all of them. */
function offerAnswerToAll(as: 'shown' | 'hidden'): void {
  const choice = form?.querySelector<HTMLElement>('[data-not-own]');
  const box = choice?.querySelector('input');
  if (!choice || !box) return;
  choice.hidden = as === 'hidden';
  if (as === 'shown' || !box.checked) return;
  const sender = form?.querySelector<HTMLInputElement>('input[name="answers"][value="sender"]');
  if (sender) sender.checked = true;
}

/** A child sees the faces of those it goes to, each with a cross that takes it away. */
function forWhom(): void {
  const line = document.querySelector<HTMLElement>('[data-for]');
  if (line === null) return;
  line.textContent = '';
  for (const box of ticked()) {
    const one = document.createElement('button');
    one.type = 'button';
    one.className = 'one';
    const face = box.nextElementSibling?.querySelector('.face, .who, .spine') ?? null;
    if (face !== null) one.append(document.importNode(face, true));
    const name = document.createElement('span');
    name.textContent = nameOf(box);
    one.append(name);
    const cross = document.createElement('span');
    cross.className = 'x';
    const remove = document.createElement('span');
    remove.className = 'vh';
    remove.textContent = line.dataset['remove'] ?? '';
    cross.append(remove);
    const drawn = form?.querySelector<HTMLTemplateElement>('[data-cross]');
    if (drawn) cross.append(document.importNode(drawn.content, true));
    one.append(cross);
    one.addEventListener('click', () => box.click());
    line.append(one);
  }
}

/** The first letters of a name leave only the faces that match. */
function openFaces(own: HTMLFormElement): void {
  const find = own.querySelector<HTMLElement>('[data-faces]');
  const input = find?.querySelector('input');
  if (!find || !input) return;
  find.hidden = false;
  const look = (): void => {
    const wanted = plain(input.value.trim());
    own.querySelectorAll<HTMLElement>('.kids li').forEach((item) => {
      const named = plain(item.textContent ?? '').split(/[\s'’-]+/);
      item.hidden = wanted !== '' && !named.some((word) => word.indexOf(wanted) === 0);
    });
  };
  input.addEventListener('input', look);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault();
  });
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

form?.addEventListener('change', refresh);
if (form !== null) {
  leaveKept(form);
  openPeopleFields(form);
  openFaces(form);
  offerVoiceAndPad();
  offerFormat(form);
}

/**
 * A form leaves once what is in it is kept, so that a cut line or an ended session shows here and
 * loses nothing; and it leaves once.
 */
function leaveKept(own: HTMLFormElement): void {
  const keeping = keepByItself(own);
  const attaching = openAttaching(own, keeping);
  const buttons = () => own.querySelectorAll('button');
  let pressed: HTMLButtonElement | null = null;
  let state: 'here' | 'asking' | 'leaving' = 'here';
  const be = (now: typeof state): void => {
    state = now;
    keeping.leaves(now === 'leaving');
    buttons().forEach((one) => {
      if (now === 'here') one.removeAttribute('aria-busy');
      else if (one === pressed) one.setAttribute('aria-busy', 'true');
    });
  };
  // Chrome 80 doesn't say which button submits; Enter in a field presses the first.
  own.addEventListener('click', (event) => {
    pressed = event.target instanceof Element ? event.target.closest('button') : null;
  });
  own.addEventListener('submit', (event) => {
    if (state === 'leaving') {
      window.setTimeout(
        () =>
          buttons().forEach((one) => {
            one.disabled = true;
          }),
        0,
      );
      return;
    }
    event.preventDefault();
    if (state === 'asking') return;
    be('asking');
    const isThrown = pressed?.value === 'throw';
    const arrived = isThrown ? Promise.resolve(true) : attaching.idle();
    void arrived
      // Whoever hears that a file stayed behind decides anew.
      .then((isWhole) => isWhole && keeping.settle(isThrown ? 'thrown' : 'kept'))
      // A form sends nothing while its event is told (HTML, « firing submission events »): where
      // all is settled at once, this would still be that moment.
      .then((isKept) =>
        window.setTimeout(() => {
          be(isKept ? 'leaving' : 'here');
          if (isKept) own.requestSubmit(pressed);
        }, 0),
      );
  });
  const onShow = (): void => {
    own.querySelectorAll<HTMLButtonElement>('button:not([data-no-default])').forEach((one) => {
      one.disabled = false;
    });
    be('here');
  };
  window.addEventListener('pageshow', onShow, { signal: whileOpen() });
}
form?.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.querySelector<HTMLButtonElement>('[data-send], .ask .btn')?.click();
});
// Whoever has written the title goes on with the letter.
form
  ?.querySelector<HTMLInputElement>('input[name="subject"]')
  ?.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    form.querySelector<HTMLTextAreaElement>('textarea[name="text"]')?.focus();
  });
refresh();
