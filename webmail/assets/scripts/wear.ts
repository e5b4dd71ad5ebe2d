/** A sheet that is in the browser's cache is there sooner; without it the page is shown plain. */
const SHEET_MS = 3_000;

/** Puts a stylesheet on the page, and waits for it. */
export function wear(href: string): Promise<void> {
  return new Promise((resolve) => {
    const sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = href;
    sheet.onload = sheet.onerror = () => resolve();
    window.setTimeout(resolve, SHEET_MS);
    document.head.append(sheet);
  });
}
