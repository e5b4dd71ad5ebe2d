import { isPlainPng } from '../../letters/message/photographs.ts';
import { markedPicture } from '../../letters/message/picture-mark.ts';
import { pictureSize } from '../../letters/message/picture-size.ts';
import type { Upload } from './contract.ts';

/** What our sheet of paper gives at most (`webmail/assets/scripts/drawing.ts`). */
const SHEET = { bytes: 200_000, width: 1_024, height: 1_400 } as const;
/**
 * Crayons on paper, however much of it is full, take half a byte a pixel as a PNG; what a camera
 * saw takes one and a half or more (`isPlainPng`).
 */
const BYTES_A_PIXEL = 1;

/**
 * A drawing with our mark, which tells it from a photo; the very file where it can't have been
 * drawn on our paper.
 */
export function markedDrawing(file: Upload, secret: Buffer): Upload {
  return isSheet(file.bytes)
    ? { ...file, bytes: markedPicture(file.bytes, secret, 'drawing') }
    : file;
}

function isSheet(bytes: Buffer): boolean {
  const size = pictureSize(bytes);
  return (
    size !== null &&
    bytes.length <= SHEET.bytes &&
    size.width <= SHEET.width &&
    size.height <= SHEET.height &&
    isPlainPng(bytes, BYTES_A_PIXEL)
  );
}
