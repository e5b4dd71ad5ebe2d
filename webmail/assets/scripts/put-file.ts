/** Puts a file into a form's own field, as if it had been chosen there. */
export function putFile(field: HTMLInputElement, file: File): void {
  const all = new DataTransfer();
  all.items.add(file);
  field.files = all.files;
}

/** The same for what was made on the page, which the form says of it. */
export function putMade(field: HTMLInputElement, file: File): void {
  const said = document.createElement('input');
  said.type = 'hidden';
  said.name = 'made';
  said.value = file.name;
  field.form?.append(said);
  putFile(field, file);
}
