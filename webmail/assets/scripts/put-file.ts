/** Puts a file into a form's own field, as if it had been chosen there. */
export function putFile(field: HTMLInputElement, file: File): void {
  const all = new DataTransfer();
  all.items.add(file);
  field.files = all.files;
}
