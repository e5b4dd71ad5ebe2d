import { expect, it } from 'vitest';
import type { HeaderAddress } from '../../../letters/message/message.ts';
import type { SenderProof } from '../contract.ts';
import { authorOf, proofOf, storedAuthor, UNPROVEN } from './author.ts';

const from = (...addresses: string[]): HeaderAddress[] =>
  addresses.map((address) => ({ name: 'Camille', address }));
const proved = (domain: string): SenderProof => ({
  authentication: 'pass',
  by: 'dkim',
  domain,
  headers: '',
  server: [],
});

it.each<{ when: string; given: readonly HeaderAddress[]; proof: SenderProof; then: string }>([
  {
    when: 'one address that its domain stands behind',
    given: from('camille@musee.example'),
    proof: proved('musee.example'),
    then: 'camille@musee.example pass dkim',
  },
  {
    when: 'a domain in capitals and letters of its own',
    given: from('Camille@MUSÉE.example'),
    proof: proved('xn--muse-dpa.example'),
    then: 'Camille@xn--muse-dpa.example pass dkim',
  },
  {
    when: 'another domain',
    given: from('camille@musee.example'),
    proof: proved('evil.example'),
    then: 'camille@musee.example none null',
  },
  {
    when: 'a domain below',
    given: from('camille@musee.example'),
    proof: proved('mail.musee.example'),
    then: 'camille@musee.example none null',
  },
  {
    when: 'nothing',
    given: from('camille@musee.example'),
    proof: UNPROVEN,
    then: 'camille@musee.example none null',
  },
  {
    when: 'a domain that disowns it',
    given: from('camille@musee.example'),
    proof: { authentication: 'fail', headers: '', server: [] },
    then: 'camille@musee.example fail null',
  },
  {
    when: 'two addresses of one domain',
    given: from('camille@musee.example', 'x@musee.example'),
    proof: proved('musee.example'),
    then: 'null none null',
  },
  { when: 'no address', given: from(''), proof: proved('musee.example'), then: 'null none null' },
  { when: 'nobody', given: [], proof: proved('musee.example'), then: 'null none null' },
])('a stranger is who From names once: $when', ({ given, proof, then }) => {
  const { address, authentication } = authorOf(given, proof);
  const by = proofOf(given, proof);
  expect(`${address} ${authentication} ${by}`).toBe(then);
  if (proof.authentication !== 'fail')
    expect(storedAuthor(given, by)).toEqual(authorOf(given, proof));
});
