import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SOAKED } from '../../tests/shared/slice.ts';
import { openLog } from './log.ts';
import { openMetrics } from './metrics.ts';

function lines(write: (log: ReturnType<typeof openLog>) => void): string {
  let out = '';
  write(
    openLog({
      to: {
        write: (line: string) => {
          out += line;
        },
      },
    }),
  );
  return out;
}

it('leaves out what a person could be known by', () => {
  const viewer = { address: 'lina@x.test', account: 7, of: { name: 'lina' } };
  const out = lines((log) =>
    log.info(
      { session: 's1', subject: 'Anniversaire', viewer, others: [{ email: 'lina@x.test' }] },
      'accepted',
    ),
  );
  expect(out).not.toMatch(/Anniversaire|lina/);
  expect(out).toContain('"account":7');
});

it('has no children, whose fields nobody would look through', () => {
  expect(() => openLog().child({ name: 'lina' })).toThrow('child');
});

it('leaves out what PostgreSQL says of a row', () => {
  const error = Object.assign(new Error('invalid input syntax for type integer: "lina"'), {
    code: '22P02',
    detail: 'Key (address)=(lina@x.test) already exists.',
    constraint: 'address_pkey',
  });
  const out = lines((log) =>
    log.error({ err: new Error('store of lina@x.test failed', { cause: error }) }, 'failed'),
  );
  expect(out).not.toContain('lina');
  expect(out).toContain('22P02');
  expect(out).toContain('address_pkey');
});

/** What PostgreSQL or Node says of a value, thrown by us or by them. */
const quoting = (code: string | null, message: string) =>
  Object.assign(new Error(message), code === null ? {} : { code });

it.each<{ what: string; error: Error }>([
  { what: 'over line ends', error: quoting('22P02', 'invalid input: "x\nlina\n y lina"') },
  {
    what: 'like lines of a stack',
    error: quoting('22P02', 'invalid: "x\n    at lina (lina:1:1)"'),
  },
  {
    what: 'by a parser',
    error: quoting(null, 'Unexpected token, ..."[ lina"... is not valid JSON'),
  },
  { what: 'and cut it', error: quoting(null, 'no such day: "lina\nlina') },
  {
    what: 'out of range',
    error: quoting('22003', 'value "lina" is out of range for type integer'),
  },
  {
    what: 'with a cause',
    error: new Error('failed', { cause: quoting('22P02', 'bad: "\nlina"') }),
  },
])('leaves out values that a message quotes $what', ({ error }) => {
  const out = lines((log) => log.error({ err: error }, 'failed'));
  expect(out).not.toContain('lina');
  expect(out).toContain('log.test.ts');
});

it('leaves out the old message in the stack of an error whose message was changed', () => {
  const error = new Error('invalid: "lina\nlina"');
  error.message = 'a row could not be read';
  const out = lines((log) => log.error({ err: error }, 'failed'));
  expect(out).not.toContain('lina');
  expect(out).toMatch(/a row could not be read.*log\.test\.ts/);
});

it('names what PostgreSQL names where no value is at fault', () => {
  const error = quoting('23505', 'duplicate key value violates unique constraint "address_pkey"');
  expect(lines((log) => log.error({ err: error }, 'failed'))).toContain(
    String.raw`constraint \"address_pkey\"`,
  );
});

it.each(['a', 'a@', '@', '"', '"a', 'invalid ', 'invalid: "', ' a@b', '\n    at '])(
  'writes a million signs of %j as quickly as they are read, and few of them',
  (sign) => {
    const error = quoting('22P02', sign.repeat(1_000_000 / sign.length));
    const begun = process.threadCpuUsage();
    const out = lines((log) => log.error({ err: error }, 'failed'));
    const { user, system } = process.threadCpuUsage(begun);
    expect((user + system) / 1_000_000).toBeLessThan(0.5); // by looking again for each sign: hours
    expect(out.length).toBeLessThan(10_000);
  },
);

it('counts and times a step', async () => {
  const metrics = openMetrics();
  metrics.observe('scan', 'clean', 0.003);
  const text = await metrics.text();
  expect(text).toContain('preau_step_total{step="scan",outcome="clean"} 1');
  expect(text).toContain('preau_step_seconds_bucket{le="0.005",step="scan"} 1');
});

/** A process that has a log in `log`. */
function runs(script: string, to: 'pipe' | number = 'pipe'): ChildProcess {
  const opened = `import { openLog } from '${import.meta.dirname}/log.ts';\nconst log = openLog();`;
  const args = ['--input-type=module', '--eval', `${opened}\n${script}`];
  return spawn(process.execPath, args, { stdio: ['ignore', to, 'inherit'] });
}
const writtenBy = (child: ChildProcess): Promise<string> =>
  child.stdout === null ? Promise.resolve('') : text(child.stdout);

describe('to the standard output', () => {
  it('a line is written when its call returns, whatever the threads are busy with', async () => {
    const out = await writtenBy(
      runs(`
        import { pbkdf2 } from 'node:crypto';
        for (let each = 0; each < 8; each++) pbkdf2('x', 'x', 1e7, 64, 'sha512', () => {});
        log.info({ session: 's1' }, 'accepted');
        process.kill(process.pid, 'SIGKILL');
      `),
    );
    expect(out).toContain('"session":"s1"');
  });

  it('what a slow reader leaves for later comes whole and in order', SOAKED, async () => {
    const child = runs(`for (let n = 0; n < 5_000; n++) log.info({ n }, 'accepted');`);
    await setTimeout(500);
    const told = (await writtenBy(child)).match(/(?<="n":)\d+/g);
    expect(told).toEqual(Array.from({ length: 5_000 }, (_, n) => String(n)));
  });

  it('a reader that goes away ends nothing', async () => {
    const child = runs(`
      import { setTimeout } from 'node:timers/promises';
      for (let n = 0; n < 50; n++) await setTimeout(10, log.info({ n }, 'accepted'));
    `);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it.skipIf(!existsSync('/dev/full'))('nor does a disk that is full', async () => {
    const full = openSync('/dev/full', 'w');
    const child = runs(`for (let n = 0; n < 50; n++) log.info({ n }, 'accepted');`, full);
    expect(await once(child, 'close')).toEqual([0, null]);
    closeSync(full);
  });
});
