import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../../ground/ids.ts';
import { newKey, openKey, readKey, sealKey, stepOf, uriOf } from './totp.ts';

const STEP_S = 30;
const [CLAIRE, MAMADOU] = [7 as AccountId, 8 as AccountId];

describe('the arithmetic of codes', () => {
  // RFC 6238, appendix B (SHA-1); of its eight digits an app shows the last six.
  const key = Secret.fromLatin1('12345678901234567890').base32;
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('at %i s it is %s (RFC 6238, appendix B)', (seconds, code) => {
    expect(stepOf(key, code.slice(2), new Date(seconds * 1_000))).toBe(
      Math.floor(seconds / STEP_S),
    );
  });
  it.each([
    [-31, null],
    [-30, -1],
    [-1, -1],
    [0, 0],
    [29, 0],
    [30, 1],
    [59, 1],
    [60, null],
  ])('%i s away is step %s', (away, delta) => {
    const at = new Date(1_000_000_020_000);
    const code = new TOTP({ secret: Secret.fromBase32(key) }).generate({
      timestamp: at.getTime() + away * 1_000,
    });
    expect(stepOf(key, code, at)).toBe(delta === null ? null : 33_333_334 + delta);
  });
  it.each([
    '',
    '12345',
    '1234567',
    'abcdef',
    '12345a',
    '-12345',
    '+12345',
    '１２３４５６',
    '9'.repeat(50),
  ])('takes no code of another shape: %j', (code) =>
    expect(stepOf(key, code, new Date(0))).toBeNull(),
  );
  it('takes a code as it is shown, in two groups', () =>
    expect(stepOf(key, ' 287 082 ', new Date(59_000))).toBe(1));
  it('has keys of 160 bits, and says who they are for', () => {
    const made = newKey();
    expect(readKey(made)).toBe(made);
    expect(newKey()).not.toBe(made);
    for (const typed of [
      '',
      'A',
      made.slice(1),
      `${made}A`,
      made.toLowerCase(),
      made.replace(/^./, '1'),
    ])
      expect(readKey(typed)).toBeNull();
    expect(uriOf(made, 'claire.lefevre@ecoles.preau.test')).toMatch(
      /^otpauth:\/\/totp\/Pr%C3%A9au:claire\.lefevre%40ecoles\.preau\.test\?issuer=Pr%C3%A9au&secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/,
    );
  });
  it('seals a key for one account, under one secret', () => {
    const secret = Buffer.alloc(32, 1);
    const sealed = sealKey(secret, CLAIRE, key);
    expect(openKey(secret, CLAIRE, sealed)).toBe(key);
    expect(sealKey(secret, CLAIRE, key)).not.toEqual(sealed);
    expect(() => openKey(secret, MAMADOU, sealed)).toThrow('PREAU_SECRET_FILE');
    expect(() => openKey(Buffer.alloc(32, 2), CLAIRE, sealed)).toThrow('PREAU_SECRET_FILE');
  });
});
