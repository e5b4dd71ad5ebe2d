import { randomUUID } from 'node:crypto';
import { domainOf, isWithin } from '../../core/address.ts';
import type {
  Attachment,
  Core,
  Draft,
  LetterId,
  Outcome,
  Reachable,
  Refusal,
  Uid,
  Viewer,
  Writing,
} from '../../core/core.ts';
import { CE1A, faceAt, FACES, NOW, type Kept } from './people.ts';
import { mayReach, reachOf } from './reach.ts';
import { boxId, boxOf, keptOf, type Town, type World } from './world.ts';

type Writings = Core['writings'];
type DraftRef = Parameters<Writings['draft']>[1];

/** Drafts, kept and sent in memory; the outcome of a sending is `town.next`, where it is set. */
export function writingsOf(world: World, town: () => Town): Writings {
  return {
    reach: async (viewer) => reachOf(viewer),
    lists: async (viewer) => reachOf(viewer).filter(({ kind }) => kind === 'list'),
    among: async (viewer, addresses) =>
      [...reachOf(viewer), ...found(viewer, 'Julie Robin')].filter((one) =>
        addresses.includes(one.address),
      ),
    familiesOf: async (viewer, addresses) =>
      addresses.includes(FACES.child('Amine').address)
        ? reachOf(viewer).filter(({ group }) => group === 'families')
        : [],
    seenBy: async () => null,
    drawing: (file) => file,
    headcount: async (viewer, letter) => headcount(viewer, letter),
    find: async (viewer, text) => found(viewer, text),
    strangers: async (viewer, addresses) =>
      new Set(
        addresses.filter((address) => !isWithin(domainOf(address), domainOf(viewer.address))),
      ),
    signature: async () => '',
    answer: async (viewer, to, everyone) => {
      const kept = boxOf(world, viewer, to.mailbox)?.find((one) => one.uid === to.uid);
      return kept === undefined ? null : answerTo(viewer, kept, everyone);
    },
    async draft(viewer, ref) {
      const kept = draftOf(world, viewer, ref);
      return kept === null ? null : shownDraft(kept, ref);
    },
    async draftOfLetter(viewer, letter) {
      const kept = draftsOf(world, viewer).find((one) => one.letter === letter);
      return kept === undefined ? null : this.draft(viewer, kept);
    },
    async save(viewer, writing, { previous, ...files }) {
      const kept = await this.keep(viewer, writing, {
        hand: { letter: randomUUID() as LetterId, previous, window: '', turn: 0 },
        ...files,
      });
      if (kept.kind === 'sent') throw new Error('sent already');
      return kept;
    },
    keep: async (viewer, writing, files) => keep(world, viewer, { writing, ...files }),
    secondLook: async () => null,
    hasLeft: async (viewer, letter) =>
      (world.byAddress.get(viewer.address)?.boxes.get('sent') ?? []).some(
        (one) => one.letter === letter,
      ),
    send: async (viewer, ref) => send(world, town(), { viewer, ref }),
    handIn: async (viewer, ref) => send(world, town(), { viewer, ref }),
    leaving: async (viewer, letter) => {
      const sent = world.byAddress.get(viewer.address)?.boxes.get('sent') ?? [];
      const message = sent.find((one) => one.letter === letter);
      return message === undefined ? null : { kind: 'left', message };
    },
    callBack: async () => false,
    scheduled: async () => [],
    opensAt: async () => null,
    fileRoom: () => 18_000_000,
  };
}

const draftsOf = (world: World, viewer: Viewer): Kept[] =>
  world.byAddress.get(viewer.address)?.boxes.get('drafts') ?? [];

function draftOf(
  world: World,
  viewer: Viewer,
  ref: DraftRef,
): (Kept & { readonly writing: Writing }) | null {
  const kept = boxOf(world, viewer, ref.mailbox)?.find((one) => one.uid === ref.uid);
  return kept === undefined || kept.writing === null || ref.mailbox !== boxId(viewer, 'drafts')
    ? null
    : { ...kept, writing: kept.writing };
}

function shownDraft(kept: Kept & { readonly writing: Writing }, ref: DraftRef): Draft {
  return {
    ...kept.writing,
    ref,
    letter: kept.letter,
    attachments: kept.attachments,
    at: kept.at,
    leavesAt: null,
    waitingForScanner: kept.state === 'waiting-for-scanner',
  };
}

function refusal(address: string): Refusal {
  return address.startsWith('rosa')
    ? {
        address,
        rule: 'not-in-your-class',
        words: { name: 'Rosa', className: 'CM2 B', ownClassName: 'CE1 A' },
      }
    : { address, rule: 'no-such-address', words: {} };
}

const plain = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** As in the town, every child is in CE1 A; its list counts them. */
function headcount(viewer: Viewer, { to, cc }: Pick<Writing, 'to' | 'cc'>): number {
  const reach = new Map(reachOf(viewer).map((one) => [one.address, one]));
  const chosen = [...new Set([...to, ...cc])];
  return chosen
    .filter((address) => !chosen.includes(CE1A.address) || reach.get(address)?.kind !== 'child')
    .reduce((sum, address) => sum + (reach.get(address)?.count ?? 1), 0);
}

function found(viewer: Viewer, text: string): readonly Reachable[] {
  if (viewer.role === 'pupil') return [];
  const other: Reachable = {
    ...FACES.colleague,
    group: 'other-schools',
    listKind: null,
    count: 1,
    classes: [],
    title: 'enseignante, École Pasteur',
  };
  return [other, ...reachOf(viewer).filter(({ group }) => group === 'team')]
    .filter((one) => plain(one.name).includes(plain(text)) || one.address === text)
    .slice(0, 20);
}

function answerTo(
  viewer: Viewer,
  kept: Kept,
  everyone: boolean,
): Awaited<ReturnType<Writings['answer']>> {
  const all = [
    kept.from.address,
    ...(everyone
      ? [...kept.to, ...kept.cc]
          .map((one) => one.address)
          .filter((address) => address !== viewer.address)
      : []),
  ];
  return {
    writing: {
      to: all.filter((one) => mayReach(viewer, one)),
      subject: `Re : ${kept.subject}`,
      text: '',
      answers: 'sender',
      cc: [],
      answerTo: { mailbox: kept.mailbox, uid: kept.uid },
    },
    refusals: all.filter((one) => !mayReach(viewer, one)).map(refusal),
  };
}

type Keeping = Parameters<Writings['keep']>[2] & { readonly writing: Writing };

function keep(
  world: World,
  viewer: Viewer,
  { writing, hand, ...files }: Keeping,
): Awaited<ReturnType<Writings['keep']>> {
  const own = draftsOf(world, viewer).find((one) => one.letter === hand.letter);
  const before =
    own === undefined && hand.previous !== null
      ? draftOf(world, viewer, hand.previous)
      : (own ?? null);
  const old = before?.attachments.filter((one) => !files.drop.includes(one.path)) ?? [];
  const bad = files.add.filter((one) => one.name.endsWith('.exe'));
  const added = files.add.filter((one) => !bad.includes(one));
  const pathOf = (index: number) => String(old.length + index + 2);
  const box = draftsOf(world, viewer);
  if (before !== null) box.splice(0, box.length, ...box.filter((one) => one.uid !== before.uid));
  const kept = keptOf(world, viewer, {
    use: 'drafts',
    from: faceAt(viewer.address),
    to: writing.to.map(faceAt),
    subject: writing.subject,
    text: writing.text,
    writing,
    letter: hand.letter,
    seen: true,
    attachments: [...old, ...added.map((one, index) => attachmentOf(one, pathOf(index)))],
    bytes: new Map(files.add.map((one, index) => [pathOf(index), one.bytes])),
  });
  box.push(kept);
  return {
    kind: 'kept',
    letter: hand.letter,
    ref: { mailbox: kept.mailbox, uid: kept.uid },
    leftOut: bad.map(({ name }) => ({ name, outcome: badFile(name) })),
  };
}

const attachmentOf = (file: Keeping['add'][number], path: string): Attachment => ({
  path,
  name: file.name,
  mediaType: file.mediaType,
  sizeBytes: file.bytes.length,
  danger: 'everyday',
  contentId: null,
});

const badFile = (file: string): Outcome => ({
  kind: 'denied',
  refusals: [{ address: '', rule: 'file-kind', words: { file } }],
});

function send(
  world: World,
  town: Town,
  { viewer, ref }: { readonly viewer: Viewer; readonly ref: DraftRef },
): Outcome {
  const kept = draftOf(world, viewer, ref);
  if (kept === null) return { kind: 'no-recipient' };
  const planned = town.next;
  town.next = null;
  const refused = kept.writing.to.filter((one) => !mayReach(viewer, one)).map(refusal);
  const outcome: Outcome =
    planned ??
    (refused.length > 0
      ? { kind: 'denied', refusals: refused }
      : { kind: 'accepted', message: null });
  if (outcome.kind !== 'accepted' && outcome.kind !== 'held') return outcome;
  const person = world.byAddress.get(viewer.address);
  person?.boxes
    .get('drafts')
    ?.splice(0, 99, ...(person.boxes.get('drafts') ?? []).filter((one) => one.uid !== ref.uid));
  const held = outcome.kind === 'held' ? (outcome.held[0] ?? null) : null;
  person?.boxes.get('sent')?.push(
    keptOf(world, viewer, {
      ...kept,
      use: 'sent',
      uid: (world.uid + 1) as Uid,
      mailbox: boxId(viewer, 'sent'),
      writing: null,
      state: held === null ? 'normal' : 'waiting',
      refusal: held,
      at: NOW,
    }),
  );
  if (held === null)
    for (const to of kept.writing.to)
      if (world.byAddress.has(to))
        town.deliver(to, {
          from: faceAt(viewer.address),
          subject: kept.subject,
          text: kept.text,
        });
  return outcome;
}
