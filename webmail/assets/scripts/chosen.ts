/** Says beside a button for files which are chosen. */
export function nameChosenFiles(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-named]'))
    input.addEventListener('change', () => {
      const said = input.parentElement?.querySelector('output');
      const names = Array.from(input.files ?? [], ({ name }) => name);
      if (said) said.textContent = names.join(', ');
    });
}
