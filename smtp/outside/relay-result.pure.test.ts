import { describe, expect, it } from 'vitest';
import { isSendFault, whatWentWrong } from './relay-result.ts';

const GONE = { code: 'EENVELOPE', command: 'RCPT TO', response: '550 5.1.1 unknown' };
const told = (fields: object): Error => Object.assign(new Error('it failed'), fields);

describe('what nodemailer tells of an attempt', () => {
  it('is never where the peer refuses this message for good', () => {
    const result = whatWentWrong(told({ ...GONE, responseCode: 550 }));
    expect(result).toEqual({ kind: 'never', reply: '550 5.1.1 unknown' });
  });

  it.each<{ when: string; told: unknown }>([
    { when: 'no error', told: 'it failed' },
    { when: 'a code of a reply in letters', told: told({ ...GONE, responseCode: '550' }) },
    { when: 'a reply that is no text', told: told({ ...GONE, response: Buffer.from('550') }) },
    { when: 'a code that is a number', told: told({ code: 111 }) },
  ])('is nothing that it is known for: $when', ({ told: other }) => {
    expect(isSendFault(other)).toBe(false);
    expect(whatWentWrong(other)).toEqual({ kind: 'later', reply: 'The connection failed.' });
  });
});
