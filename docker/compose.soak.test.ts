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

    it('publishes the pages to a proxy of this machine, or over TLS to everybody', async () => {
      const published = async (values: Readonly<Record<string, string>>) => {
        const { output } = await config({ ...VALUES, ...values });
        const { web } = (
          JSON.parse(output) as {
            services: Record<string, { ports: Record<string, unknown>[]; environment: object }>;
          }
        ).services;
        return web;
      };
      expect((await published({}))?.ports).toMatchObject([
        { host_ip: '127.0.0.1', published: '8080', target: 8080 },
        { host_ip: '127.0.0.1', published: '8443', target: 8443 },
      ]);
      const own = {
        PREAU_HTTPS_PORT: '8443',
        PREAU_PUBLISH_HTTP: '80',
        PREAU_PUBLISH_HTTPS: '443',
        PREAU_ACME: '/var/lib/preau/acme',
      };
      expect(await published(own)).toMatchObject({
        ports: [
          { published: '80', target: 8080 },
          { published: '443', target: 8443 },
        ],
        environment: { PREAU_HTTPS_PORT: '8443', PREAU_ACME_FOLDER: '/acme' },
        volumes: expect.arrayContaining([
          expect.objectContaining({ source: '/var/lib/preau/acme', target: '/acme' }),
        ]),
      });
    });

    it('asks for a password rather than having one', async () => {
      const { code } = await config({ ...VALUES, PREAU_APP_PASSWORD: '' });
      expect(code).not.toBe(0);
    });
  },
);
