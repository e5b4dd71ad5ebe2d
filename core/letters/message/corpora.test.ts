import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { sliced, TIMES } from '../../../tests/shared/slice.ts';
import { bodyTexts, decodedParts, readBody, readBodyOf } from './body.ts';
import { cleanName } from './clean.ts';
import type { ReadMessage } from './message.ts';
import { readMessage } from './parse.ts';
import { asSent, corpusFiles, corpusJson, cpuMs, hasCorpora } from './testing/corpora.ts';
import { normaliseBody } from './wire.ts';

describe.skipIf(!hasCorpora)(
  'mail of the corpora (skipped where they are not beside the repository)',
  () => {
    // Every ninth file; all of them in the soak.
    const all = [...corpusFiles('attacks'), ...corpusFiles('mime-')];
    const files = (TIMES === 1 ? sliced(9, all).some : all).map((file) => ({
      ...file,
      bytes: normaliseBody(asSent(file.bytes)),
    }));

    it('is read or refused, each in less than a second', () => {
      const counts: Record<string, number> = {};
      let slowest = 0;
      let doubtful = 0;
      for (const { bytes } of files) {
        const { result, ms } = cpuMs(() => readMessage(bytes));
        slowest = Math.max(slowest, ms);
        const what = result.kind === 'read' ? 'read' : result.why;
        counts[what] = (counts[what] ?? 0) + 1;
        if (result.kind === 'read' && result.message.doubtful.length > 0) {
          doubtful++;
          expect(cpuMs(() => [...decodedParts(bytes, result.message)]).ms).toBeLessThan(1_000);
        }
      }
      console.log(
        `${files.length} files: ${JSON.stringify(counts)}, ${doubtful} with doubtful parts, slowest ${slowest.toFixed(0)} ms`,
      );
      expect(slowest).toBeLessThan(1_000);
      expect(counts['read'] ?? 0).toBeGreaterThan(files.length * 0.9);
    });

    it('is read to the same text by who has the bytes of its texts alone', () => {
      for (const { name, bytes } of files) {
        const read = readMessage(bytes);
        if (read.kind === 'refused') continue;
        const { structure } = read.message;
        const texts = new Map(
          bodyTexts(structure).map((part) => [part, bytes.subarray(part.bodyStart, part.bodyEnd)]),
        );
        expect(
          readBodyOf((part) => texts.get(part) ?? Buffer.from('not asked for'), structure),
          name,
        ).toEqual(readBody(bytes, structure));
      }
    });

    it('agrees with mailparser on subject, sender and files', async () => {
      const sample = files.filter(({ bytes }, i) => i % 3 === 0 && bytes.length < 200_000);
      const tally = {
        same: 0,
        subject: [] as string[],
        from: [] as string[],
        files: [] as string[],
      };
      for (const { corpus, name, bytes } of sample) {
        const read = readMessage(bytes);
        if (read.kind === 'refused') continue;
        const theirs = await simpleParser(bytes, {
          skipTextToHtml: true,
          skipHtmlToText: true,
          skipImageLinks: true,
        }).catch(() => null);
        if (!theirs) continue;
        const before = tally.subject.length + tally.from.length + tally.files.length;
        compare(
          `${corpus}/${name}`,
          read.message,
          {
            subject: theirs.subject ?? '',
            from: theirs.from?.value[0]?.address ?? '',
            files: theirs.attachments
              .filter(({ filename }) => filename)
              .map(({ filename }) => filename ?? ''),
          },
          tally,
        );
        if (tally.subject.length + tally.from.length + tally.files.length === before) tally.same++;
      }
      console.log(
        `mailparser: ${tally.same} of ${sample.length} the same; other subject: ${tally.subject.join(' | ')}\nother sender: ${tally.from.join(' | ')}\nother files: ${tally.files.join(' | ')}`,
      );
      expect(tally.same).toBeGreaterThan(sample.length * 0.8);
    }, 60_000);

    it('holds no naughty string that breaks a subject or a file’s name', () => {
      const strings = corpusJson('text-blns/blns.json') as string[];
      for (const text of strings) {
        const word = `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
        const result = readMessage(
          Buffer.from(
            `From: ${word} <a@b.fr>\r\nSubject: ${word}\r\nContent-Type: a/b; name="${word}"\r\n\r\nx`,
          ),
        );
        expect(result.kind).toBe('read');
        if (result.kind === 'read') {
          const shown = [
            result.message.envelope.subject ?? '',
            ...result.message.envelope.from.map(({ name }) => name),
          ].join('');
          expect(shown).not.toMatch(/[\u0000-\u001F\u202A-\u202E]/);
          for (const { name } of result.message.attachments)
            expect(name).not.toMatch(/[\u0000-\u001F\u202A-\u202E/\\]|^\.|^$/);
        }
      }
      console.log(`${strings.length} naughty strings`);
    });
  },
);

interface Theirs {
  readonly subject: string;
  readonly from: string;
  readonly files: readonly string[];
}
interface Tally {
  readonly subject: string[];
  readonly from: string[];
  readonly files: string[];
}

function compare(file: string, ours: ReadMessage, theirs: Theirs, tally: Tally): void {
  const squeezed = (text: string): string => cleanName(text).replace(/\s+/g, '');
  const subject = squeezed(ours.envelope.subject ?? '');
  if (subject !== squeezed(theirs.subject))
    tally.subject.push(`${file}: ${subject.slice(0, 30)} ≠ ${theirs.subject.slice(0, 30)}`);
  const from = ours.envelope.from[0]?.address ?? '';
  if (from.toLowerCase() !== theirs.from.toLowerCase())
    tally.from.push(`${file}: ${from} ≠ ${theirs.from}`);
  const names = new Set(ours.attachments.map(({ name }) => squeezed(name)));
  const missing = theirs.files.filter(
    (name) => !names.has(squeezed(name.split(/[/\\]/).at(-1) ?? '')),
  );
  if (missing.length > 0)
    tally.files.push(
      `${file}: ${missing.join(', ').slice(0, 60)} not in ${[...names].join(', ').slice(0, 60)}`,
    );
}
