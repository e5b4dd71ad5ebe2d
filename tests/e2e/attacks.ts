/**
 * What is right for each message of the hostile corpus `attacks`, as far as it can be told from
 * outside.
 */
import type { HttpVisitor } from './http-visitor.ts';

export interface AttackFile {
  readonly file: string;
  readonly cls: 'spoof' | 'rules' | 'mime' | 'html';
  readonly via: 'submission' | 'inbound';
  readonly expect: string;
  readonly must: readonly string[];
}

/** A message that was taken, as its reader and the database have it. */
export interface DeliveredAttack {
  /** Its page. */
  readonly page: string;
  readonly uid: number;
  /** The list that it stands in, newest first. */
  readonly list: string;
  /** The header as stored, unfolded, one line a field. */
  readonly header: readonly string[];
  /** How the account that sent it is called, and where; null for what came from outside. */
  readonly sender: { readonly name: string; readonly address: string } | null;
  readonly reader: HttpVisitor;
}

/** What can't be told from outside yet, with the reason. */
export const NOT_CHECKED: Readonly<Record<string, string>> = {
  'no auto-reply made':
    'there are no auto-replies yet; that nothing was sent to outside is checked instead',
  'a forward rule to itself stops (loop found by Delivered-To or hop count)':
    'there is no forwarding yet',
};

const BIDI_OR_CONTROL =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069\u200e\u200f]/;

/**
 * What is wrong with the answer that an attack got; empty where all is right. `taken` is null where
 * it was refused.
 */
export async function faultsOf(
  attack: AttackFile,
  reply: string,
  taken: DeliveredAttack | null,
): Promise<readonly string[]> {
  const faults = [...answerFaults(attack, reply)];
  if (taken === null) return faults;
  faults.push(...shownFaults(attack, taken));
  for (const must of attack.must) faults.push(...(await mustFaults(must, taken)));
  return faults.map((fault) => `${attack.file}: ${fault}`);
}

function answerFaults({ file, expect, must }: AttackFile, reply: string): readonly string[] {
  const refused = /^5\d\d[- ]\d?/.test(reply);
  if (!refused && !reply.startsWith('250')) return [`${file}: answered ${reply}`];
  if (/^accept/.test(expect) && refused) return [`${file}: refused, ${reply}`];
  if (/^reject or quarantine/.test(expect) && !refused) return [`${file}: taken`];
  return must.includes('more than one From is a 5xx') && !refused ? [`${file}: taken`] : [];
}

/**
 * What holds for every message that is shown: who it is from, and nothing in the page that the
 * message brought.
 */
function shownFaults(
  { cls, via }: AttackFile,
  { page, header, sender, list }: DeliveredAttack,
): readonly string[] {
  const faults: string[] = [];
  const froms = header.filter((line) => /^from:/i.test(line));
  if (via === 'submission' && sender !== null) {
    if (froms.length !== 1 || !froms[0]?.includes(`<${sender.address}>`))
      faults.push(`stored From is ${froms.join(' | ')}`);
    if (header.some((line) => /^(sender|resent-[a-z]+):/i.test(line)))
      faults.push('a Sender is left');
    if (!page.includes(`<b class="any">${sender.name}</b>`))
      faults.push('the page does not show the account’s name');
  }
  if (BIDI_OR_CONTROL.test(page) || BIDI_OR_CONTROL.test(list))
    faults.push('a control character in the page');
  if (
    /<script(?! src="\/a\/)/i.test(page) ||
    /\bon(error|load|click)=/i.test(page) ||
    /javascript:/i.test(page)
  )
    faults.push('markup of the message in the page');
  if (
    cls === 'html' &&
    !/<iframe[^>]* sandbox="[^"]*"/.test(page) &&
    !/class="read body-text"/.test(page)
  )
    faults.push('no frame and no text');
  return faults;
}

async function mustFaults(must: string, taken: DeliveredAttack): Promise<readonly string[]> {
  const { page, header, reader, uid, list } = taken;
  const wrong = (is: boolean) => (is ? [must] : []);
  if (must in NOT_CHECKED || must === 'more than one From is a 5xx') return [];
  if (must.startsWith('an address inside the display name'))
    return wrong(/"[^"]*@[^"]*" *</.test(header.find((line) => /^from:/i.test(line)) ?? ''));
  if (must.startsWith('no NUL, CR, LF'))
    return wrong(/=00|=0A|\0/i.test(header.filter((line) => /^from:/i.test(line)).join()));
  if (must.startsWith('a pupil Reply-To'))
    return wrong(header.some((line) => /^reply-to:/i.test(line)));
  if (must.startsWith('shown as outside sender'))
    return wrong(!page.includes('Extérieur') || !page.includes('xn--'));
  if (must.startsWith('escaped in list'))
    return wrong(!list.includes('&lt;script&gt;') || !page.includes('&lt;script&gt;'));
  if (must.startsWith('must not be a 4xx loop; sorts by arrival'))
    return wrong(!list.slice(0, list.indexOf('</a>')).includes(`/${uid}"`));
  if (must === 'must not be a 4xx loop') return [];
  // the browser's requests, the page's characters: looked at for every message
  if (must === 'never fetched' || must === 'bidi controls never shown raw') return [];
  if (must.startsWith('viewer page is always UTF-8')) return viewerFaults(must, taken);
  if (must.startsWith('parsing stops at a fixed depth'))
    return wrong((await reader.get(`/mail/inbox/${uid}`)).status !== 200);
  return fileFaults(must, taken);
}

async function viewerFaults(
  must: string,
  { reader, uid, page }: DeliveredAttack,
): Promise<readonly string[]> {
  const types = [(await reader.get(`/mail/inbox/${uid}`)).headers.get('content-type')];
  if (page.includes('<iframe'))
    types.push((await reader.get(`/mail/inbox/${uid}/body`)).headers.get('content-type'));
  return types.every((type) => type === 'text/html; charset=utf-8') ? [] : [must];
}

/** The three sentences about files: they hold for every file of the message. */
async function fileFaults(
  must: string,
  { page, reader, uid }: DeliveredAttack,
): Promise<readonly string[]> {
  const paths = [...page.matchAll(/href="(\/mail\/inbox\/\d+\/file\/[\d.]+)"/g)].map(
    (match) => match[1] ?? '',
  );
  if (paths.length === 0) return [`${must}: message ${uid} shows no file`];
  const faults: string[] = [];
  for (const path of paths) {
    const { headers } = await reader.get(path);
    const name = headers.get('content-disposition') ?? '';
    const plain =
      /^attachment; filename="[^"/\\\r\n]+"; filename\*=UTF-8''[\w.~!#$&+^`|%-]+$/.test(name) &&
      !/%2F|%5C|%0[AD]|\.\./i.test(name);
    const safe =
      headers.get('x-content-type-options') === 'nosniff' &&
      /sandbox/.test(headers.get('content-security-policy') ?? '') &&
      !/html|script|svg|xml/.test(headers.get('content-type') ?? '');
    if (!plain || !safe || headers.has('set-cookie'))
      faults.push(`${must}: ${name}, ${headers.get('content-type')}`);
  }
  return faults;
}
