import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SchoolId } from '../../ground/ids.ts';
import { openSentJournal, type RowName } from './sent-journal.ts';

const one: RowName = { school: 3 as SchoolId, row: 12 };
const other: RowName = { school: 4 as SchoolId, row: 12 };

function folderOf(): string {
  const folder = mkdtempSync(join(tmpdir(), 'preau-sent-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('the journal of what was sent', () => {
  it('knows what was noted, in another process too, until it is forgotten', () => {
    const folder = folderOf();
    const journal = openSentJournal(folder);
    journal.note(one);
    journal.note(one);
    journal.note(other);
    const again = openSentJournal(folder);
    expect(again.all(10)).toHaveLength(2);
    expect(again.all(10)).toEqual(expect.arrayContaining([one, other]));
    expect(again.all(1)).toHaveLength(1);
    again.forget(one);
    again.forget(one);
    expect([journal.has(one), journal.has(other)]).toEqual([false, true]);
    expect(journal.all(10)).toEqual([other]);
  });

  it('makes no file for a note, and notes where the folder was emptied', () => {
    const folder = folderOf();
    const journal = openSentJournal(folder);
    journal.note(one);
    journal.note(other);
    const files = new Set(readdirSync(folder).map((name) => statSync(join(folder, name)).ino));
    expect(files.size).toBe(1);
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    journal.note(one);
    expect(journal.all(10)).toEqual([one]);
  });
});
