import { askAt } from './fragments.ts';
import { toldIn } from './told.ts';

/**
 * How many people a letter goes to. The page can add what it shows; who is in a list and beside it,
 * or in two lists, the server knows.
 */
const ASK = '/write/count';

/** What is asked now: an answer to anything before comes too late. */
let asked = '';
/** The last count that is known. */
let known: { readonly to: string; readonly people: number } | null = null;

/** Says the number for these boxes of a form: at once, or when the server has counted. */
export function countPeople(
  form: HTMLFormElement,
  boxes: readonly HTMLInputElement[],
  say: (people: number) => void,
): void {
  const chosen = new Map(boxes.map((box) => [box.value, box]));
  const all = Array.from(chosen.values());
  const sum = all.reduce((people, { dataset }) => people + Number(dataset['count']), 0);
  const letter = recipientsOf(form);
  const to = letter.toString();
  asked = to;
  // The page came with its count.
  if (known === null)
    known = {
      to,
      people: Number(form.querySelector<HTMLElement>('[data-send]')?.dataset['count']),
    };
  const isAlone = chosen.size === 1 && !letter.has('copy');
  if (isAlone || all.every(({ dataset }) => dataset['kind'] !== 'list')) say(sum);
  else if (known.to === to) say(known.people);
  else
    void ask(form, letter).then((people) => {
      if (people !== null) known = { to, people };
      // Where nobody answers, the sum: too many rather than too few.
      if (to === asked) say(people ?? sum);
    });
}

function recipientsOf(form: HTMLFormElement): URLSearchParams {
  const letter = new URLSearchParams();
  form
    .querySelectorAll<HTMLInputElement>(
      'input[name="to"]:checked, input[name="cc"]:checked, input[name="copy"]:checked',
    )
    .forEach(({ name, value }) => letter.append(name, value));
  return letter;
}

async function ask(form: HTMLFormElement, letter: URLSearchParams): Promise<number | null> {
  const body = new URLSearchParams(letter);
  body.set('csrf', form.querySelector<HTMLInputElement>('input[name="csrf"]')?.value ?? '');
  const answer = await askAt(ASK, body);
  if (answer === null) return null;
  return Number(toldIn(await answer.json())['people']);
}
