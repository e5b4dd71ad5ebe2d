import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readMessage } from './parse.ts';
import { readTlsReport, tlsReportIn } from './tls-report.ts';

const OURS = 'ecoles.ville.fr';
/** The example of RFC 8460, appendix B, with our domain. */
const REPORT = {
  'organization-name': 'Company-X',
  'date-range': {
    'start-datetime': '2026-11-25T00:00:00Z',
    'end-datetime': '2026-11-25T23:59:59Z',
  },
  'contact-info': 'sts-reporting@company-x.example',
  'report-id': '5065427c-23d3-47ca-b6e0-946ea0e8c4be',
  policies: [
    {
      policy: {
        'policy-type': 'sts',
        'policy-string': ['version: STSv1', 'mode: testing'],
        'policy-domain': OURS,
        'mx-host': ['*.mail.company-y.example'],
      },
      summary: { 'total-successful-session-count': 5326, 'total-failure-session-count': 303 },
      'failure-details': [
        {
          'result-type': 'certificate-expired',
          'sending-mta-ip': '2001:db8:abcd:0012::1',
          'receiving-mx-hostname': 'MX1.ville.fr',
          'failed-session-count': 100,
        },
        {
          'result-type': 'starttls-not-supported',
          'receiving-mx-hostname': '<b>',
          'failed-session-count': 200,
        },
      ],
    },
  ],
};
const json = (report: unknown) => Buffer.from(JSON.stringify(report));
const READ = {
  id: '5065427c-23d3-47ca-b6e0-946ea0e8c4be',
  begins: new Date('2026-11-25T00:00:00Z'),
  ends: new Date('2026-11-25T23:59:59Z'),
  sessions: [
    { policy: 'sts', result: 'ok', mx: null, sessions: 5326 },
    { policy: 'sts', result: 'certificate-expired', mx: 'mx1.ville.fr', sessions: 100 },
    { policy: 'sts', result: 'starttls-not-supported', mx: null, sessions: 200 },
    { policy: 'sts', result: 'unsaid', mx: null, sessions: 3 },
  ],
};

it('says how many came well, and what failed how often', () =>
  expect(readTlsReport(json(REPORT), OURS)).toEqual(READ));

it('is found as RFC 8460 §3 sends it: gzip in a multipart/report', () => {
  const raw = Buffer.from(
    `From: tlsrpt@company-x.example\r\nTLS-Report-Domain: ${OURS}\r\nContent-Type: multipart/report; report-type="tlsrpt"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThis is an aggregate TLS report.\r\n--b\r\nContent-Type: application/tlsrpt+gzip\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="company-x!${OURS}!1!2.json.gz"\r\n\r\n${gzipSync(json(REPORT)).toString('base64')}\r\n--b--\r\n`,
  );
  const read = readMessage(raw);
  expect(read.kind === 'read' && tlsReportIn(raw, read.message.structure, OURS)).toEqual(READ);
});

it.each([
  { what: 'about another domain', given: json(REPORT), domain: 'other.fr' },
  { what: 'that is none', given: json({ 'report-id': 'x' }), domain: OURS },
  { what: 'that is no JSON', given: Buffer.from('{'), domain: OURS },
  {
    what: 'past what one ever has',
    given: json({ ...REPORT, policies: Array.from({ length: 51 }, () => REPORT.policies[0]) }),
    domain: OURS,
  },
])('a report $what says nothing', ({ given, domain }) =>
  expect(readTlsReport(given, domain)).toBeNull(),
);

it('reads none that is deeper than any report, and one with brackets in a word', () => {
  const odd = { ...REPORT, 'contact-info': `${'['.repeat(99)}"\\` };
  expect(readTlsReport(Buffer.from(JSON.stringify(odd)), OURS)).not.toBeNull();
  const deep = JSON.stringify({
    ...REPORT,
    'contact-info': JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`),
  });
  expect(readTlsReport(Buffer.from(deep), OURS)).toBeNull();
});
