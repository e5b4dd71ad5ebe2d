/**
 * What photographs are kept as: cameras write JPEG and HEIF, telephones and browsers turn those
 * into WebP and AVIF, scanners write TIFF. What is drawn here, or in a paint program, is a PNG.
 * That there is camera data in it says nothing: messengers and editors take it out.
 */
const PHOTOGRAPHS: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/heic',
  'image/heif',
  'image/avif',
  'image/webp',
  'image/tiff',
]);

/** Whether one of these files, by what their content is, may be a photograph. */
export function hasPhotograph(files: readonly { readonly mediaType: string }[]): boolean {
  return files.some(({ mediaType }) => PHOTOGRAPHS.has(mediaType));
}
