import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { aggregateReportIn, readAggregateReport } from './aggregate-report.ts';
import { readMessage } from './parse.ts';

const OURS = 'ecoles.ville.fr';

const record = (ip: string, count: string, { from = OURS, dkim = 'fail', spf = 'fail' } = {}) =>
  `<record><row><source_ip>${ip}</source_ip><count>${count}</count><policy_evaluated>
  <disposition>reject</disposition><dkim>${dkim}</dkim><spf>${spf}</spf></policy_evaluated></row>
  <identifiers><header_from>${from}</header_from></identifiers>
  <auth_results><spf><domain>evil.example</domain><result>pass</result></spf></auth_results></record>`;

const report = (records: string, { domain = OURS, open = '<feedback>' } = {}) =>
  `<?xml version="1.0" encoding="UTF-8"?>${open}<report_metadata><org_name>Orange</org_name>
  <report_id>r-1</report_id><date_range><begin>1795564800</begin><end>1795651199</end></date_range>
  </report_metadata><policy_published><domain>${domain}</domain><p>reject</p></policy_published>
  ${records}</feedback>`;

const read = (xml: string | Buffer) => readAggregateReport(Buffer.from(xml), OURS);

it.each([
  ['RFC 7489', '<feedback>'],
  ['RFC 9990', '<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">'],
  ['RFC 9990 with a prefix for others', '<feedback xmlns:x="urn:x">'],
])('a report as %s writes it says who wrote in our name, and what was proved', (_by, open) => {
  const xml = report(
    record('192.0.2.1', '12', { dkim: 'pass' }) +
      record('2001:db8::7', '1', { from: `mail.${OURS}` }),
    { open },
  );
  expect(read(xml)).toEqual({
    id: 'r-1',
    begins: new Date('2026-11-25T00:00:00Z'),
    ends: new Date('2026-11-25T23:59:59Z'),
    sources: [
      {
        ip: '192.0.2.1',
        messages: 12,
        from: OURS,
        byDkim: true,
        bySpf: false,
        disposition: 'reject',
      },
      {
        ip: '2001:db8::7',
        messages: 1,
        from: `mail.${OURS}`,
        byDkim: false,
        bySpf: false,
        disposition: 'reject',
      },
    ],
  });
});

it.each<{ what: string; line: string }>([
  { what: 'no address', line: record('evil.example', '1') },
  { what: 'no number', line: record('192.0.2.1', 'NaN') },
  { what: 'less than one', line: record('192.0.2.1', '-5') },
  { what: 'more than there is', line: record('192.0.2.1', '1e300') },
  { what: 'another domain', line: record('192.0.2.1', '1', { from: 'evil.example' }) },
  { what: 'a domain like ours', line: record('192.0.2.1', '1', { from: `x${OURS}` }) },
])('a line with $what is left out', ({ line }) => {
  expect(read(report(line + record('192.0.2.9', '1')))?.sources).toMatchObject([
    { ip: '192.0.2.9' },
  ]);
});

const BOMB = `<!DOCTYPE a [<!ENTITY a "${'x'.repeat(50)}"><!ENTITY b "&a;&a;&a;&a;">]>`;

it.each<{ what: string; xml: string | Buffer }>([
  { what: 'about another domain', xml: report('', { domain: 'evil.example' }) },
  { what: 'with a document type', xml: report('').replace('?>', `?>${BOMB}`) },
  { what: 'with an entity of its own', xml: report('').replace('r-1', '&a;') },
  {
    what: 'with a file of ours as an entity',
    xml: report('').replace('?>', '?><!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
  },
  { what: 'that isn’t closed', xml: report('').replace('</feedback>', '') },
  { what: 'with another root', xml: report('').replaceAll('feedback', 'html') },
  { what: 'nested beyond all measure', xml: report('<a>'.repeat(20) + '</a>'.repeat(20)) },
  { what: 'with too many lines', xml: report(record('192.0.2.1', '1').repeat(1_001)) },
  { what: 'in broken UTF-8', xml: Buffer.from([0x3c, 0xff, 0xfe]) },
  { what: 'that is empty', xml: '' },
])('a report $what is not read', ({ xml }) => {
  expect(read(xml)).toBeNull();
});

function letter(file: Buffer, name: string): Buffer {
  return Buffer.from(
    `From: dmarc@orange.example\r\nTo: postmaster@${OURS}\r\nSubject: Report Domain: ${OURS}\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${file.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`,
  );
}

async function zipped(file: Buffer): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(file, 'report.xml');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

it('is found in a letter as it is, in a gzip and in a zip; and not in one that grows too large', async () => {
  const xml = Buffer.from(report(record('192.0.2.1', '3')));
  const large = Buffer.concat([xml, Buffer.alloc(3_000_000, ' ')]);
  const found = (file: Buffer, name: string): string | undefined => {
    const raw = letter(file, name);
    const message = readMessage(raw);
    if (message.kind === 'refused') throw new Error(message.why);
    return aggregateReportIn(raw, message.message.structure, OURS)?.id;
  };
  expect(found(xml, 'orange!ville.xml')).toBe('r-1');
  expect(found(gzipSync(xml), 'orange!ville.xml.gz')).toBe('r-1');
  expect(found(await zipped(xml), 'orange!ville.zip')).toBe('r-1');
  expect(found(large, 'a.xml')).toBeUndefined();
  expect(found(gzipSync(large), 'a.xml.gz')).toBeUndefined();
  expect(found(await zipped(large), 'a.zip')).toBeUndefined();
});
