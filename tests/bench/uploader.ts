/**
 * Brings files into people's own cupboards as the page's script does, a hundred at once each time
 * that it is told to, and says in how many seconds they were put away. `uploads.ts` starts it.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { signIn } from './page.ts';
import { addressOf, PASSWORD } from './stack.ts';

const PEOPLE = 20;
const FILES_EACH = 5;
const FILE_BYTES = 1_000_000;

const base = `http://127.0.0.1:${process.argv[2]}`;

/** Somebody who has signed in, and their own cupboard. */
interface Owner {
  readonly cookie: string;
  readonly csrf: string;
  readonly path: string;
}

async function enter(user: number): Promise<Owner> {
  const cookie = await signIn(Number(process.argv[2]), addressOf(user), PASSWORD);
  const list = await (await fetch(`${base}/cupboards`, { headers: { cookie } })).text();
  const path = /\/cupboards\/\d+\/own/.exec(list)?.[0];
  if (path === undefined) throw new Error('no cupboard of one’s own');
  const page = await (await fetch(`${base}${path}`, { headers: { cookie } })).text();
  const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  return { cookie, csrf, path };
}

async function post({ cookie, csrf }: Owner, path: string, form: FormData): Promise<Response> {
  form.set('csrf', csrf);
  const headers = { cookie, origin: base };
  const options = { method: 'POST', headers, body: form, redirect: 'manual' } as const;
  const answer = await fetch(`${base}${path}`, options);
  await answer.arrayBuffer();
  return answer;
}

/** A text that no other file is: the piece first, and then the page's form with none. */
async function bring(owner: Owner): Promise<void> {
  const name = `${randomUUID()}.txt`;
  const text = Buffer.alloc(FILE_BYTES, `${randomBytes(12).toString('hex')} Le chat dort. `);
  const upload = randomUUID();
  const piece = new FormData();
  piece.set('files', new Blob([text], { type: 'text/plain' }), 'piece');
  const kept = await post(owner, `/coming/${upload}/1`, piece);
  if (kept.status !== 200) throw new Error(`a piece: ${kept.status}`);
  const form = new FormData();
  const come = { come: upload, 'come-name': name, 'come-type': 'text/plain', 'come-pieces': '1' };
  for (const [key, value] of Object.entries(come)) form.set(key, value);
  const put = await post(owner, `${owner.path}/put`, form);
  if (!put.headers.get('location')?.includes('said=put'))
    throw new Error(`a file: ${put.status} ${put.headers.get('location')}`);
}

const owners: Owner[] = [];
for (let user = 1; user <= PEOPLE; user += 1) owners.push(await enter(user));
process.on('message', () => {
  const begun = performance.now();
  const all = owners.flatMap((owner) => Array.from({ length: FILES_EACH }, () => bring(owner)));
  void Promise.all(all).then(() => process.send?.((performance.now() - begun) / 1_000));
});
process.send?.(0);
