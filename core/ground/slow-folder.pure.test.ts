import { expect, it, vi } from 'vitest';
import { askFolder, FolderHangs } from './slow-folder.ts';

const PATIENCE_MS = 30;

it('waits so long for a folder, and asks it nothing more until it has answered', async () => {
  const hanging = Promise.withResolvers<string>();
  const late = vi.fn(async () => 'late');
  await expect(askFolder('/mnt/a', () => hanging.promise, PATIENCE_MS)).rejects.toThrow(
    FolderHangs,
  );
  await expect(askFolder('/mnt/a', late, PATIENCE_MS)).rejects.toThrow(FolderHangs);
  await expect(askFolder('/mnt/b', async () => 'there', PATIENCE_MS)).resolves.toBe('there');
  hanging.resolve('at last');
  await expect(askFolder('/mnt/a', async () => 'again', PATIENCE_MS)).resolves.toBe('again');
  expect(late).not.toHaveBeenCalled();
});

it('gives what went wrong as it is', async () => {
  const wrong = askFolder('/mnt/c', () => Promise.reject(new Error('no such file')), PATIENCE_MS);
  await expect(wrong).rejects.toThrow('no such file');
});
