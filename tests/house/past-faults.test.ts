import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PAST_FAULTS } from '../soak/past-faults.ts';

const read = (file: string): string =>
  readFileSync(join(import.meta.dirname, '../..', file), 'utf8');

// Whether the tests notice them is asked by the soak: here, that it can still be asked.
describe('faults that this service once had', () => {
  it.each(PAST_FAULTS)('$fault: stands where it can be put in again', ({ file, mended }) => {
    expect(read(file).split(mended)).toHaveLength(2);
  });

  it.each(PAST_FAULTS)('$fault: has a test by its name', ({ noticedBy: { file, test } }) => {
    expect(read(file)).toContain(test);
  });
});
