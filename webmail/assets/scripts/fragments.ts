/** Pages that scripts ask for, and parts of them in the places of those that are shown. */

const PLAIN = { accept: 'text/html' };
/** What a page asks of itself again: what is said once isn't said by it. */
const LIVE = { ...PLAIN, 'x-preau-live': '1' };

/** A page that isn't shown. */
export const pageOf = (text: string): Document =>
  new DOMParser().parseFromString(text, 'text/html');

/** A page; null where there is none to be had, or another one than was asked for. */
export async function getPage(
  address: string,
  way: 'plain' | 'live' = 'plain',
): Promise<Document | null> {
  const answer = await fetch(address, {
    headers: way === 'live' ? LIVE : PLAIN,
    credentials: 'same-origin',
  }).catch(() => null);
  return answer === null || !answer.ok || answer.redirected ? null : pageOf(await answer.text());
}

let answered = 0;

/** How many forms of this page have been answered: a page asked for before is older than they. */
export const formsAnswered = (): number => answered;

/** Where a form leads that nobody may send any more: to the door, or to protect the account. */
const DOORS: readonly string[] = ['/signin', '/protect'];

/**
 * The page that a form leads to; null where there is none to be had. Where a session is over, this
 * page itself leads to the door.
 */
export async function postForm(action: string, body: URLSearchParams): Promise<Document | null> {
  const answer = await fetch(action, { method: 'POST', body, credentials: 'same-origin' }).catch(
    () => null,
  );
  const isOver = answer?.redirected === true && DOORS.includes(new URL(answer.url).pathname);
  const page = answer?.ok === true && !isOver ? pageOf(await answer.text()) : null;
  answered += 1;
  if (isOver) location.reload();
  return page;
}

/** What a path answers to a form; null where it leads elsewhere, or nobody answers. */
export async function askAt(path: string, body: URLSearchParams): Promise<Response | null> {
  const answer = await fetch(path, {
    method: 'POST',
    body,
    credentials: 'same-origin',
    redirect: 'manual',
  }).catch(() => null);
  return answer?.ok === true ? answer : null;
}

/** Parts of another page in place of this one's; what either hasn't stays as it is. */
export function swapParts(page: Document, ...parts: readonly string[]): void {
  for (const part of parts) {
    const next = page.querySelector(part);
    if (next !== null) document.querySelector(part)?.replaceWith(document.importNode(next, true));
  }
}
