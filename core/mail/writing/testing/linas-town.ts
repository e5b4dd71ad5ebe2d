import { afterAll } from 'vitest';
import { openTestTown } from '../../../../tests/shared/town.ts';
import type { Upload } from '../contract.ts';

export const PICTURE: Upload = {
  name: 'chat.png',
  mediaType: 'image/png',
  bytes: Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex'),
};

/** The test town where photos are open, and a pupil who writes; put away after the file's tests. */
export async function linasTown() {
  const town = await openTestTown();
  afterAll(() => town.close());
  await town.openPhotos();
  return { town, lina: await town.viewer('lina.moreau') };
}
