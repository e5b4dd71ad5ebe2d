/** The page without a network: what waits on this computer, and a way back once there is one. */
const PREFIX = 'preau-unsent ';

const again = (): void => location.reload();

try {
  const isKept = Object.keys(localStorage).some((name) => name.indexOf(PREFIX) === 0);
  document.querySelector('[data-kept]')?.toggleAttribute('hidden', !isKept);
} catch {
  // Storage is switched off: nothing waits there.
}
window.addEventListener('online', again);
document.querySelector('[data-again]')?.addEventListener('click', (event) => {
  event.preventDefault();
  again();
});
