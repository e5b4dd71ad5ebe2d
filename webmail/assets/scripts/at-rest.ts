/** How long a page has been there before anything is fetched for the next one. */
const REST_MS = 2_000;

/**
 * What a page of writing needs besides itself is fetched while somebody reads: it opens after one
 * trip then, where an old line had them wait for two.
 */
export function fetchForWriting(): void {
  const addresses = document.getElementById('said')?.dataset['next'] ?? '';
  if (addresses === '') return;
  window.addEventListener('load', () => {
    window.setTimeout(() => addresses.split(' ').forEach(keep), REST_MS);
  });
}

/** Into the browser's cache, where it may stay for ever; what fails is asked for again later. */
function keep(address: string): void {
  fetch(address)
    .then((answer) => answer.blob())
    .catch(() => {});
}
