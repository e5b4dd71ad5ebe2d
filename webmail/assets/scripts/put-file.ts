/** Puts a file into a form's own field, as if it had been chosen there. */
export function putFile(field: HTMLInputElement, file: File): void {
  put(field, [file]);
}

function put(field: HTMLInputElement, files: readonly File[]): void {
  const all = new DataTransfer();
  for (const file of files) all.items.add(file);
  field.files = all.files;
}

/**
 * The same for what was made on the page, which the form says of it. A field that keeps what was
 * made has it beside what is made or chosen later: a browser would put each in the other's place.
 */
export function putMade(field: HTMLInputElement, file: File): void {
  const said = document.createElement('input');
  said.type = 'hidden';
  said.name = 'made';
  said.value = file.name;
  field.form?.append(said);
  if (field.dataset['keeps'] === undefined) {
    putFile(field, file);
    return;
  }
  const here = (): readonly File[] => Array.from(field.files ?? []);
  put(field, [...here(), file]);
  field.addEventListener('change', () => {
    const { name, size, lastModified } = file;
    const isHere = here().some(
      (one) => one.name === name && one.size === size && one.lastModified === lastModified,
    );
    if (isHere) return;
    put(field, [...here(), file]);
    field.dispatchEvent(new Event('change'));
  });
}
