import { mkdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { median, percentile, print, rounded } from './figures.ts';
import { writeLetters } from './letters.ts';
import { openSmtp } from './smtp-client.ts';
import { SENDER } from './stack.ts';

/** How long each limit is measured, in milliseconds. */
const SPAN_MS = 1_500;
const BOXES = 2_000;

/** Runs something over and over, so many side by side, for a span; prints how often a second. */
async function often(
  name: string,
  sideBySide: number,
  once: (worker: number, turn: number) => Promise<void>,
): Promise<void> {
  const ms: number[] = [];
  let turns = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: sideBySide }, async (_, worker) => {
      for (let at = performance.now(); at < begun + SPAN_MS; at = performance.now()) {
        await once(worker, turns++);
        ms.push(performance.now() - at);
      }
    }),
  );
  print({
    figure: 'limit',
    of: name,
    side_by_side: sideBySide,
    per_s: rounded(ms.length / ((performance.now() - begun) / 1_000)),
    ms_p50: rounded(median(ms)),
    ms_p99: rounded(percentile(ms, 0.99)),
  });
}

/** What disk, PostgreSQL and smtp-server do when nothing else is asked of them. */
export async function measureParts(adminUrl: string, folder: string): Promise<void> {
  await measureDisk(join(folder, 'disk'));
  await measurePostgres(adminUrl);
  await measureSmtpServer();
}

async function measureDisk(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const block = Buffer.alloc(8_192, 1);
  for (const writers of [1, 10]) {
    const files = await Promise.all(
      Array.from({ length: writers }, (_, at) => open(join(folder, `log-${writers}-${at}`), 'a')),
    );
    await often('disk: 8 KiB appended, fdatasync', writers, async (worker) => {
      await files[worker]?.write(block);
      await files[worker]?.datasync();
    });
    for (const file of files) await file.close();
  }
  rmSync(folder, { recursive: true });
}

const TABLES = `
  create table blob (id bigint generated always as identity primary key, raw bytea not null);
  create table box (id integer primary key, uid_next bigint not null default 1);
  create table narrow (box integer, uid bigint, blob bigint, primary key (box, uid));
  insert into box (id) select generate_series(1, ${BOXES});`;
const DELIVER = `
  with
    b as (insert into blob (raw) values ($1) returning id),
    l as (select id from box where id = any($2::integer[]) order by id for update),
    u as (
      update box
      set uid_next = uid_next + 1
      from l
      where box.id = l.id
      returning box.id, box.uid_next - 1 as uid
    )
  insert into narrow (box, uid, blob)
  select u.id, u.uid, b.id
  from u, b
`;

/** In a database of its own on the same server. */
async function measurePostgres(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query('create database bench_parts');
  const url = new URL(adminUrl);
  url.pathname = '/bench_parts';
  const pool = new pg.Pool({ connectionString: url.href, max: 10 });
  try {
    await pool.query(TABLES);
    for (const connections of [1, 10])
      await often('PostgreSQL: one row committed', connections, async () => {
        await pool.query({
          name: 'row',
          text: 'insert into blob (raw) values ($1)',
          values: [Buffer.alloc(200)],
        });
      });
    const raw = Buffer.alloc(5_000, 'm');
    for (const [recipients, connections] of [
      [1, 10],
      [30, 10],
      [1_000, 1],
    ] as const) {
      await often(
        `PostgreSQL: a delivery to ${recipients} in one statement`,
        connections,
        async (_worker, turn) => {
          const ids = Array.from(
            { length: recipients },
            (_, each) => ((turn * recipients + each) % BOXES) + 1,
          );
          await pool.query({ name: 'deliver', text: DELIVER, values: [raw, ids] });
        },
      );
    }
  } finally {
    await pool.end();
    await admin.query('drop database bench_parts');
    await admin.end();
  }
}

/** smtp-server that throws everything away, in a thread of its own. */
async function measureSmtpServer(): Promise<void> {
  const worker = new Worker(new URL('./null-sink.ts', import.meta.url));
  const port = await new Promise<number>((resolve) => {
    worker.once('message', resolve);
  });
  const letter = writeLetters({ from: SENDER, sizeBytes: 5_120, attachmentBytes: 0 });
  const clients = await Promise.all(Array.from({ length: 10 }, () => openSmtp(port)));
  await often('smtp-server: 5 kB taken and thrown away', clients.length, async (at, turn) => {
    await clients[at]?.send(SENDER, ['u@ext.test'], letter(String(turn)));
  });
  for (const client of clients) client.close();
  await worker.terminate();
}

/** clamd by itself, one connection a scan. */
export async function measureScanner(socket: string, set: string): Promise<void> {
  for (const attachmentBytes of [0, 2_097_152]) {
    const letter = writeLetters({ from: SENDER, sizeBytes: 5_120, attachmentBytes });
    const size = attachmentBytes === 0 ? '5 kB' : '2 MB attached';
    for (const connections of [1, 4])
      await often(`clamd: ${size}, ${set} signature set`, connections, (worker, turn) =>
        scan(socket, letter(`${worker}-${turn}-${Math.random()}`)),
      );
  }
}

function scan(path: string, message: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(path);
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    socket.on('close', () =>
      said.includes('OK') ? resolve() : reject(new Error(`clamd: ${said}`)),
    );
    const size = Buffer.alloc(4);
    size.writeUInt32BE(message.length);
    socket.write(Buffer.concat([Buffer.from('zINSTREAM\0'), size, message, Buffer.alloc(4)]));
  });
}
