import { createHmac, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { canonicalOutside } from '../../ground/address.ts';
import { keyOf } from '../../ground/secret.ts';
import { DAY_MS, MINUTE_MS } from '../../ground/spans.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeOwnAct } from '../../store/audit.ts';
import type { MailEvents } from '../../store/mail-events.ts';
import { codesMailed, insertCodeLetter, returnedSince } from '../../store/mail/letter-copies.ts';
import {
  askForCopies,
  confirmCopies,
  copyAddressOf,
  forgetCopyAddress,
  takeCodeTry,
} from '../../store/people/copy-addresses.ts';
import { isDomainOfTown } from '../../store/service-state.ts';
import { Rollback } from '../../store/store.ts';
import type { Notices } from '../delivery/telling/notice.ts';
import type { Copies, CopiesAsked, CopiesConfirmed, OwnCopies } from './contract.ts';
import { ownLetter, postOwnLetter } from './letter.ts';
import { mayHave, type SendingCopies } from './send-copy.ts';
import { begunText, codeText } from './words.ts';

export interface CopyParts extends SendingCopies {
  readonly secret: Buffer;
  readonly notices: Notices;
  readonly mailEvents: MailEvents;
}

const CODE_DIGITS = 6;
/** For so long a code is good: mail may take its time. */
const CODE_MINUTES = 30;
const CODE_TRIES = 5;
/** Codes for one account in a day: enough to mend a slip, too few to annoy whose address it is. */
const MOST_CODES_A_DAY = 3;

/** Takes back what was asked for. */
class TooMany extends Rollback {}

export function openCopies(parts: CopyParts): Copies {
  return {
    of: (viewer) => ownCopies(parts, viewer),
    ask: (viewer, typed) => ask(parts, viewer, typed),
    confirm: (viewer, code) => confirm(parts, viewer, code),
    async end(viewer) {
      await parts.store.write(viewer.school, async (tx) => {
        if (await forgetCopyAddress(tx, viewer.account))
          await writeOwnAct(tx, viewer.addressId, 'end-copies');
      });
    },
  };
}

async function ownCopies(parts: CopyParts, viewer: Viewer): Promise<OwnCopies | null> {
  if (!(await mayHave(parts, viewer))) return null;
  return parts.store.read(viewer.school, async (tx): Promise<OwnCopies> => {
    const kept = await copyAddressOf(tx, viewer.account);
    if (kept === null) return { kind: 'none' };
    const { address, confirmedAt, stoppedAt, codeMadeAt } = kept;
    if (stoppedAt !== null) return { kind: 'stopped', address };
    if (confirmedAt !== null) return { kind: 'on', address, since: confirmedAt };
    const letters = { kind: 'code', since: codeMadeAt ?? parts.clock() } as const;
    const returned = (await returnedSince(tx, viewer.account, letters)) > 0;
    return { kind: 'asked', address, returned };
  });
}

async function ask(parts: CopyParts, viewer: Viewer, typed: string): Promise<CopiesAsked> {
  const { store, clock, domain } = parts;
  if (!(await mayHave(parts, viewer))) return 'not-theirs';
  const parsed = canonicalOutside(typed.trim());
  if (parsed === null) return 'not-an-address';
  // Between two boxes of the town a copy would go round.
  if (await store.readTown((tx) => isDomainOfTown(tx, parsed.domain))) return 'of-the-town';
  const address = `${parsed.local}@${parsed.domain}`;
  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
  const words = codeText(viewer.language, { code, minutes: CODE_MINUTES });
  const letter = await ownLetter(parts, { to: address, ...words });
  const { account } = viewer;
  const token = randomUUID().replaceAll('-', '');
  const now = clock();
  const rows = await store
    .write(viewer.school, async (tx) => {
      // The row is written first: two that ask at once then count one after the other.
      await askForCopies(tx, { account, address, codeHash: codeHash(parts, viewer, code), now });
      const since = new Date(now.getTime() - DAY_MS);
      if ((await codesMailed(tx, account, since)) >= MOST_CODES_A_DAY) throw new TooMany();
      await insertCodeLetter(tx, { account, token, now });
      return postOwnLetter(tx, letter, { account, token, domain });
    })
    .catch((error: unknown) => {
      if (error instanceof TooMany) return null;
      throw error;
    });
  if (rows === null) return 'too-many';
  parts.freshRows.hurry(viewer.school, rows);
  return 'asked';
}

/** What is kept of a code: bound to its account, and to this service. */
function codeHash({ secret }: CopyParts, { school, account }: Viewer, code: string): Buffer {
  return createHmac('sha256', keyOf(secret))
    .update(`copies\0${school}\0${account}\0${code}`)
    .digest();
}

/** The try is counted before the code is looked at. */
async function confirm(parts: CopyParts, viewer: Viewer, typed: string): Promise<CopiesConfirmed> {
  const { store, clock, mailEvents, notices } = parts;
  const { account, school } = viewer;
  const now = clock();
  const limits = {
    tries: CODE_TRIES,
    madeAfter: new Date(now.getTime() - CODE_MINUTES * MINUTE_MS),
  };
  const kept = await store.write(school, (tx) => takeCodeTry(tx, account, limits));
  if (kept === null) return 'over';
  const given = codeHash(parts, viewer, typed.replace(/\s/g, ''));
  if (!timingSafeEqual(given, kept)) return 'no-match';
  const address = await store.read(
    school,
    async (tx) => (await copyAddressOf(tx, account))?.address,
  );
  const notice = await notices.writeTo(viewer, begunText(viewer.language, address ?? ''));
  const isOn = await store.town(async (tx) => {
    const here = await tx.in(school);
    if (!(await confirmCopies(here, { account, codeHash: kept, now }))) return false;
    await writeOwnAct(here, viewer.addressId, 'begin-copies');
    await notices.place(tx, { school, account }, notice);
    return true;
  });
  if (!isOn) return 'over';
  mailEvents.announce(school, [account]);
  return 'on';
}
