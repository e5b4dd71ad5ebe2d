/**
 * Progress of a town's import in place: each word from the server moves the bar; at the end the
 * page is asked for again. Without it, a link does.
 */
const box = document.querySelector<HTMLElement>('[data-progress]');
if (box !== null && 'EventSource' in window) follow(box, box.dataset['progress'] ?? '');

function follow(progress: HTMLElement, address: string): void {
  const source = new EventSource(address);
  source.addEventListener('step', (event) => {
    const [done = '0', of = '1', ...words] = String(event.data).split(' ');
    const bar = progress.querySelector('progress');
    if (bar !== null) {
      bar.max = Number(of);
      bar.value = Number(done);
    }
    const said = progress.querySelector('[data-said]');
    if (said !== null) said.textContent = words.join(' ');
  });
  source.addEventListener('over', () => {
    source.close();
    location.reload();
  });
}

// A sheet of paper is asked of the browser.
for (const button of document.querySelectorAll<HTMLElement>('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
