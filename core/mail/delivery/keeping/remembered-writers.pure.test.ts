import { describe, expect, it } from 'vitest';
import type { AccountId } from '../../../ground/ids.ts';
import { writerOf } from '../../../store/mail/known-writers.ts';
import { RememberedWriters } from './remembered-writers.ts';

const LUCIE = writerOf('lucie@exemple.fr', { provedBy: 'dmarc' });
const PAUL = writerOf('paul@exemple.fr', { provedBy: 'dmarc' });
const accounts = (...ids: number[]): AccountId[] => ids.map((id) => id as AccountId);

describe('writers that this process has seen come in', () => {
  it('are asked about for those alone who haven’t had a letter of theirs', () => {
    const remembered = new RememberedWriters();
    expect(remembered.unknownTo(LUCIE, accounts(1, 2))).toEqual([1, 2]);
    remembered.remember(LUCIE, accounts(1, 2));
    expect(remembered.unknownTo(LUCIE, accounts(1, 2, 3))).toEqual([3]);
    expect(remembered.unknownTo(PAUL, accounts(1, 2))).toEqual([1, 2]);
  });

  it('are forgotten once there are too many, and then asked about again', () => {
    const remembered = new RememberedWriters();
    const everybody = Array.from({ length: 150_000 }, (_, id) => id as AccountId);
    remembered.remember(LUCIE, everybody);
    expect(remembered.unknownTo(LUCIE, everybody)).toEqual([]);
    remembered.remember(PAUL, everybody);
    expect(remembered.unknownTo(LUCIE, accounts(1))).toEqual([1]);
    remembered.remember(LUCIE, accounts(1));
    expect(remembered.unknownTo(LUCIE, accounts(1, 2))).toEqual([2]);
  });
});
