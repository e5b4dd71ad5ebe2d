import type { AccountId, SchoolId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeOwnAct } from '../../store/audit.ts';
import { deleteRecoveryCodes, recoveryCodesOf } from '../../store/people/recovery-codes.ts';
import {
  deleteSecondFactor,
  insertSecondFactor,
  saveSheetKept,
  secondFactorOf,
} from '../../store/people/second-factor.ts';
import type { Store } from '../../store/store.ts';
import type { GuessLimiter } from '../guessing/guessing.ts';
import type { SecondFactor } from './contract.ts';
import { makeRecoveryCodes } from './recovery.ts';
import { useCode } from './second-step.ts';
import { newKey, readKey, sealKey, stepOf, uriOf } from './totp.ts';

interface SecondFactorParts {
  readonly store: Store;
  readonly secret: Buffer;
  readonly clock: () => Date;
  readonly guessing: GuessLimiter;
  /**
   * Tells every process that something of this account has changed: its open sessions look again.
   */
  readonly announce: (school: SchoolId, accounts: readonly AccountId[]) => void;
}

export function openSecondFactor(parts: SecondFactorParts): SecondFactor {
  const { store, secret, clock, announce } = parts;
  return {
    async state(viewer) {
      return store.read(viewer.school, async (tx) => {
        const row = await secondFactorOf(tx, viewer.account);
        if (!row) return null;
        const recovery = await recoveryCodesOf(tx, viewer.account);
        return {
          since: row.confirmedAt,
          recoveryCodes: recovery?.left ?? 0,
          sheetKept: row.sheetKeptAt !== null,
        };
      });
    },
    begin(viewer, again) {
      const key = readKey(again ?? '') ?? newKey();
      return { key, uri: uriOf(key, viewer.address) };
    },
    async confirm(viewer, typedKey, code) {
      const key = readKey(typedKey);
      if (key === null || viewer.role === 'pupil') return { kind: 'refused' };
      const now = clock();
      const step = stepOf(key, code, now);
      if (step === null) return { kind: 'no-match' };
      const recoveryCodes = await store.write(viewer.school, async (tx) => {
        const inserted = await insertSecondFactor(tx, {
          account: viewer.account,
          secret: sealKey(secret, viewer.account, key),
          now,
          step,
        });
        if (!inserted) return null;
        await writeOwnAct(tx, viewer.addressId, 'begin-second-factor');
        return makeRecoveryCodes(tx, viewer.account, { secret, now });
      });
      if (!recoveryCodes) return { kind: 'refused' };
      announce(viewer.school, [viewer.account]);
      return { kind: 'done', recoveryCodes };
    },
    async newRecoveryCodes(viewer) {
      return store.write(viewer.school, async (tx) => {
        if (!(await saveSheetKept(tx, viewer.account, null))) return null;
        await writeOwnAct(tx, viewer.addressId, 'new-recovery-codes');
        return makeRecoveryCodes(tx, viewer.account, { secret, now: clock() });
      });
    },
    keepSheet: (viewer) =>
      store.write(viewer.school, (tx) => saveSheetKept(tx, viewer.account, clock())),
    end: (viewer, code) => end(parts, viewer, code),
  };
}

/** By a code of the phone or of the sheet, which then ends too. */
async function end(
  parts: SecondFactorParts,
  viewer: Viewer,
  code: string,
): ReturnType<SecondFactor['end']> {
  const used = await useCode(parts, { ...viewer, code, from: null });
  if (used.kind !== 'used') return used.kind === 'none' ? { kind: 'done' } : used;
  await parts.store.write(viewer.school, async (tx) => {
    await deleteRecoveryCodes(tx, viewer.account);
    if (await deleteSecondFactor(tx, viewer.account))
      await writeOwnAct(tx, viewer.addressId, 'end-second-factor');
  });
  return { kind: 'done' };
}
