import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { rawLine } from '../testing/peer.ts';
import { serveTown } from '../testing/served.ts';
import { masked, SESSION_COOKIE } from './guard.ts';

const { town, base } = await serveTown();
const port = Number(new URL(base).port);

it('a form whose end is held back until its session has ended does nothing', async () => {
  const claire = await town.viewer('claire.lefevre');
  const token = await town.enter(claire);
  const csrf = (await town.core.accounts.session(token))?.csrf ?? '';
  const body = Object.entries({ name: 'Le mien', csrf: masked(csrf) })
    .map(
      ([name, value]) =>
        `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .concat('--x--\r\n')
    .join('');
  const head = [
    'POST /devices HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Cookie: ${SESSION_COOKIE}=${token}`,
    'Content-Type: multipart/form-data; boundary=x',
    `Content-Length: ${body.length}`,
    'Connection: close',
  ].join('\r\n');
  const line = rawLine(port, '127.0.0.1', `${head}\r\n\r\n${body.slice(0, 5)}`);
  await sleep(400);
  await town.core.accounts.closeSession(token);
  line.socket.write(body.slice(5));
  await line.closed;
  expect(line.heard()).toMatch(/^HTTP\/1\.1 303 [^]*location: \/signin/i);
  expect(await town.core.appPasswords.list(claire)).toEqual([]);
});
