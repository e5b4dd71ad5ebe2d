/** Where a browser says that it has no viewer, the pages stand there as pictures at once. */
const pages = document.querySelector<HTMLAnchorElement>('a[data-pages]');
if (pages !== null && navigator.pdfViewerEnabled === false) location.replace(pages.href);
