import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FILE_LINK_BYTES } from './limits.ts';
import { targetsInPdf } from './pdf-links.ts';
import { cpuMs } from './testing/corpora.ts';

/** Object streams, each behind as many types as are said. */
const pdf = (...streams: readonly { readonly types: number; readonly objects: string }[]): Buffer =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    ...streams.flatMap(({ types, objects }) => [
      Buffer.from(`${'/ObjStm'.repeat(types)}\nstream\n`),
      deflateSync(objects),
      Buffer.from('\nendstream\n'),
    ]),
  ]);

function searched(bytes: Buffer, bytesLeft: number) {
  const search = { bytesLeft, isCut: false };
  const targets = [...targetsInPdf(bytes, search)];
  return { targets, unpacked: bytesLeft - search.bytesLeft, isCut: search.isCut };
}

const MUCH = '/URI('.repeat(20_000);

describe('what a PDF unpacks to', () => {
  it('is unpacked once, by however many types it is named', () =>
    expect(searched(pdf({ types: 100, objects: MUCH }), FILE_LINK_BYTES)).toEqual({
      targets: [],
      unpacked: MUCH.length,
      isCut: false,
    }));

  it.each([
    { when: 'as much as may be searched', bytesLeft: 2 * MUCH.length, isCut: false },
    { when: 'one byte more', bytesLeft: 2 * MUCH.length - 1, isCut: true },
  ])('is counted: $when', ({ bytesLeft, isCut }) => {
    const stream = { types: 1, objects: MUCH };
    const { unpacked, ...found } = searched(pdf(stream, stream), bytesLeft);
    expect(found).toEqual({ targets: [], isCut });
    expect(unpacked).toBe(bytesLeft);
  });

  it.each<{ what: string; bytes: Buffer }>([
    { what: '700 bytes', bytes: pdf({ types: 60, objects: '/URI('.repeat(200_000) }) },
    { what: '2.5 MB', bytes: Buffer.from(`%PDF-1.7${'/URI('.repeat(500_000)}`) },
    {
      what: '2.5 MB with an end now and then',
      bytes: Buffer.from(`%PDF-1.7${`${'/URI('.repeat(1_000)})`.repeat(500)}`),
    },
    {
      what: '2.5 MB without an end of streams',
      bytes: Buffer.from(`%PDF-1.7${'/ObjStm stream'.repeat(180_000)}`),
    },
  ])('costs no second: of $what', ({ bytes }) =>
    expect(cpuMs(() => searched(bytes, FILE_LINK_BYTES)).ms).toBeLessThan(800),
  );
});

it.each([
  { pdf: '/URI(http://a.example/)', targets: ['http://a.example/'] },
  { pdf: '/S /URI /URI (http://a.example/)', targets: ['http://a.example/'] },
  {
    pdf: '/URI(http://a.example/URI(http://b.example))',
    targets: ['http://a.example', 'http://b.example'],
  },
  { pdf: '% /URI(\n/URI(http://a.example/)', targets: ['\n', 'http://a.example/'] },
  { pdf: '/URI(http://a.example/\\', targets: ['http://a.example/'] },
])('$pdf leads to $targets', ({ pdf: source, targets }) =>
  expect(searched(Buffer.from(source), 0).targets).toEqual(targets),
);
