import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { asChild, run } from '../cli/launcher/child.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const VALUES = {
  PREAU_DOMAIN: 'ecoles.ville.fr',
  PREAU_PUBLIC_URL: 'https://courrier.ville.fr',
  PREAU_OWNER_PASSWORD: 'a1',
  PREAU_APP_PASSWORD: 'b2',
};

/**
 * Docker's own reading of the file; what it can't show without an engine is whether the images run.
 */
describe.skipIf(!existsSync('/usr/bin/docker-compose'))(
  'compose.yaml, as docker compose reads it',
  () => {
    const config = (values: Readonly<Record<string, string>>) => {
      const options = asChild(null, FOLDER);
      return run('/usr/bin/docker-compose', ['-f', 'compose.yaml', 'config', '--format', 'json'], {
        ...options,
        env: { ...options.env, ...values },
      });
    };

    it('is whole: one image, every role, started once the schema is there', async () => {
      const { code, output } = await config(VALUES);
      expect(code).toBe(0);
      const { services } = JSON.parse(output) as {
        services: Record<
          string,
          { image: string; command: string[]; depends_on?: Record<string, { condition: string }> }
        >;
      };
      for (const role of ['smtp', 'imap', 'web', 'worker']) {
        expect(services[role]).toMatchObject({
          image: 'preau',
          command: ['start', '--roles', role],
          depends_on: { migrate: { condition: 'service_completed_successfully' } },
        });
      }
      expect(services['migrate']).toMatchObject({
        image: 'preau',
        command: ['migrate'],
        depends_on: { postgres: { condition: 'service_healthy' } },
      });
      expect(Object.keys(services['migrate']?.depends_on ?? {})).toEqual(['postgres']);
    });

    it('asks for a password rather than having one', async () => {
      const { code } = await config({ ...VALUES, PREAU_APP_PASSWORD: '' });
      expect(code).not.toBe(0);
    });
  },
);
