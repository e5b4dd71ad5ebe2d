import { describe, expect, it } from 'vitest';
import { readDestination } from './destination.ts';
import { newKey } from './key.ts';
import { loginKey } from './sftp/login-key.ts';

const PIN = `SHA256:${'a'.repeat(43)}`;
const NAS = { kind: 'sftp', user: 'preau', host: 'nas.ville.fr', port: 22, path: '/backups' };

describe('where a repository is', () => {
  it.each([
    { given: '/mnt/backups', is: { kind: 'folder', path: '/mnt/backups' } },
    {
      given: `sftp://preau@nas.ville.fr:2022/home/preau#${PIN}`,
      is: { ...NAS, port: 2022, path: '/home/preau', fingerprint: PIN },
    },
    { given: 'sftp://preau@nas.ville.fr/backups/', is: { ...NAS, fingerprint: null } },
    {
      given: `sftp://preau@[2001:db8::7]/backups#${PIN}`,
      is: { ...NAS, host: '2001:db8::7', fingerprint: PIN },
    },
  ])('$given', ({ given, is }) => expect(readDestination(given)).toEqual(is));

  it.each([
    'sftp://nas.ville.fr/backups',
    'sftp://preau:secret@nas.ville.fr/backups',
    'sftp://preau@nas.ville.fr/',
    'sftp://preau@nas.ville.fr/back"ups',
    'sftp://preau@nas.ville.fr/backups#SHA256:short',
    'sftp://',
  ])('%s is refused', (given) => expect(() => readDestination(given)).toThrow('is no address'));
});

it('the key of the other machine is the same for the same sheet, and another for another', () => {
  const key = newKey();
  expect(loginKey(key)).toEqual(loginKey(key));
  expect(loginKey(key).line).not.toBe(loginKey(newKey()).line);
  expect(loginKey(key).file).not.toContain(key);
});
