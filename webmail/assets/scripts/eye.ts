/**
 * An eye in each field of a password: pressed, what was typed is seen. It is hidden again as the
 * form goes, so that a browser knows it for a password and keeps it as one.
 */
for (const eye of document.querySelectorAll<HTMLButtonElement>('[data-shows]')) {
  const field = document.getElementById(eye.dataset['shows'] ?? '');
  if (!(field instanceof HTMLInputElement)) continue;
  const show = (as: 'text' | 'password'): void => {
    field.type = as;
    eye.setAttribute('aria-pressed', String(as === 'text'));
  };
  eye.hidden = false;
  eye.addEventListener('click', () => {
    show(field.type === 'password' ? 'text' : 'password');
    field.focus();
  });
  field.form?.addEventListener('submit', () => show('password'));
}
