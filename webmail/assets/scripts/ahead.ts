import { pageOf } from './fragments.ts';

/** A press that lasts longer is no click: somebody draws the row, or thinks. */
const PRESS_MS = 2_000;

interface Pressed {
  readonly address: string;
  readonly at: number;
  readonly answer: Promise<FetchedPage | null>;
}

/** What lies at an address, or the page that says why it may not be seen. */
export interface FetchedPage {
  readonly page: Document;
  readonly isRefused: boolean;
}

let pressed: Pressed | null = null;

/**
 * Asks for a page as the button of the mouse goes down: when it comes up, some 80 ms later, half of
 * the way is gone. Only what changes nothing may be asked for so. Of a mouse that rests on a row
 * nothing is asked, it would cost the server a page for each row that it passes; and a finger that
 * goes down may be about to scroll.
 */
export function askAtPress(addressOf: (event: MouseEvent) => string | null): void {
  document.addEventListener('pointerdown', (event) => {
    const address = event.pointerType === 'touch' ? null : addressOf(event);
    pressed = address === null ? null : { address, at: event.timeStamp, answer: ask(address) };
  });
}

/** What this press has asked for, else what is asked for now; null where nothing came. */
export function answerAt(address: string): Promise<FetchedPage | null> {
  const [was, now] = [pressed, performance.now()];
  pressed = null;
  return was !== null && was.address === address && now - was.at < PRESS_MS
    ? was.answer
    : ask(address);
}

/** A page; null where there is none to be had: whoever goes there sees why. */
export async function fetchPage(address: string): Promise<Document | null> {
  const answer = await ask(address);
  return answer === null || answer.isRefused ? null : answer.page;
}

async function ask(address: string): Promise<FetchedPage | null> {
  const answer = await fetch(address, {
    headers: { accept: 'text/html' },
    credentials: 'same-origin',
  }).catch(() => null);
  if (answer === null || answer.redirected) return null;
  const page = pageOf(await answer.text());
  return { page, isRefused: !answer.ok };
}
