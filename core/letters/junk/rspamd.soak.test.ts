import { expect, it } from 'vitest';
import { hasRspamd, startRspamd } from '../../../tests/shared/rspamd.ts';
import { openTestTown, proofFor } from '../../../tests/shared/town.ts';

/** The test letter that every filter knows (GTUBE), in two pieces so that this file isn't one. */
const GTUBE = ['XJS*C4JDBQADN1.NSBN3*2IDNEN*', 'GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'].join('');

it.runIf(hasRspamd())(
  'Debian’s rspamd is asked of a stranger’s letter, and its end stops none',
  async () => {
    const rspamd = await startRspamd();
    const town = await openTestTown({ env: { PREAU_RSPAMD: rspamd.address } });
    const comes = async (subject: string, text: string, helo?: string): Promise<string> => {
      // What a mail program writes: without a name of its own a letter is half junk to rspamd.
      const id = `<${subject.length}@musee.example>`;
      const from = `Camille <camille@musee.example>\r\nMessage-ID: ${id}`;
      const header = { from };
      const proof = {
        ...proofFor('camille@musee.example'),
        ...(helo === undefined ? {} : { names: { helo, hostname: null } }),
      };
      const letter = { subject, text, header, proof };
      await town.receive('camille@musee.example', ['claire.lefevre'], letter);
      for (const use of ['inbox', 'junk'] as const)
        if ((await town.rows('claire.lefevre', use)).some((row) => row.subject === subject))
          return use;
      return 'nowhere';
    };
    try {
      expect(await comes('Visite de jeudi', 'Bonjour, nous vous attendons à 9 h.')).toBe('inbox');
      expect(await comes('Essai', GTUBE)).toBe('junk');
      // what no field of HTTP may hold is no way past it
      expect(await comes('Essai encore', GTUBE, 'mx\r\n.musée.example')).toBe('junk');
      await comes('Sans nom', 'Bonjour.', 'localhost');
      await expect.poll(() => rspamd.log(), { timeout: 10_000 }).toContain('HFILTER_HELO');
      await rspamd.stop();
      expect(await comes('Sans filtre', GTUBE)).toBe('inbox');
    } finally {
      await town.close();
      await rspamd.stop();
    }
  },
  180_000,
);
