/**
 * Where there is no network, a page of ours says so: on phones, and where an adult has said that
 * the computer is theirs. A school's PC keeps nothing and starts nothing for it.
 */
export function keepOfflinePage(): void {
  const isOwn = document.getElementById('said')?.dataset['unsent'] !== undefined;
  if (!('serviceWorker' in navigator)) return;
  if (!isOwn && !window.matchMedia('(pointer: coarse)').matches) return;
  const { lang } = document.documentElement;
  const audience = document.body.classList.contains('adult') ? 'adult' : 'child';
  window.addEventListener('load', () => {
    // Where a browser refuses, its own words say that there is no network.
    navigator.serviceWorker.register(`/worker.js?language=${lang}&for=${audience}`).catch(() => {});
  });
}
