import type { sendersFr } from './senders-fr.ts';

/** Words of the page of who writes in the town's name. Part of `en.ts`. */
export const sendersEn: typeof sendersFr = {
  link: 'Who writes in our name',
  title: 'Who writes in our name',
  heading: {
    none: 'No report has come yet',
    clean: 'All that bears our name is proved',
    unproved: (count) => `${count} in our schools’ name, without proof`,
  },
  lead: (days) =>
    `What the world’s mail services report since ${days} days (DMARC): machines and numbers, no letter.`,
  how: 'Gmail, Orange and others send a report a day to the address that the domain’s zone names. Check that record with “preau dns”.',
  whatToDo:
    'A machine of the town hall in this list? Let it write through Préau, or under another domain. The others use our name: their letters are refused where they arrive.',
  letters: (count) => (count === 1 ? '1 letter' : `${count.toLocaleString('en')} letters`),
  line: (letters, reporters, last) =>
    `${letters}, says ${reporters === 1 ? 'one service' : `${reporters} services`}, until ${last}.`,
  stopped: (letters) => `Stopped: ${letters}.`,
  proved: 'proved',
  unproved: (letters) => `${letters} without proof`,
  tls: {
    none: 'How mail arrives: no report yet',
    clean: 'Mail arrives here encrypted',
    failed: (count) =>
      count === 1
        ? '1 connection to us failed'
        : `${count.toLocaleString('en')} connections to us failed`,
    lead: (well, days) =>
      `${well.toLocaleString('en')} encrypted connections in ${days} days, as the servers that write to us say (TLS-RPT).`,
    results: {
      'starttls-not-supported':
        'Our server offered no encryption. Look at the certificate with “preau doctor”.',
      'certificate-host-mismatch':
        'The certificate doesn’t bear this name. Ask for one for the name of the MX.',
      'certificate-expired': 'The certificate had expired. Renew it.',
      'certificate-not-trusted':
        'Nobody knows who signed the certificate. Take one of a known authority.',
      'sts-policy-fetch-error':
        'Our MTA-STS policy can’t be read: does the domain’s name mta-sts lead to the pages, with a certificate of that name?',
      'sts-policy-invalid': 'Our MTA-STS policy is wrong. See “preau dns --check”.',
      'sts-webpki-invalid':
        'The certificate of the pages doesn’t bear the domain’s name mta-sts. Add it.',
      'tlsa-invalid': 'The TLSA record in the DNS doesn’t fit the certificate. Make it anew.',
      'dnssec-invalid': 'The signatures of the DNS are wrong. See who keeps the zone.',
    },
    other: (result) => `A connection failed (${result}).`,
    line: (count, reporters, last) =>
      `${count.toLocaleString('en')} times, as ${reporters === 1 ? 'one server' : `${reporters} servers`} say, until ${last}.`,
  },
};
