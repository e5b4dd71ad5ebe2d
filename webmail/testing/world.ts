import { randomUUID } from 'node:crypto';
import type {
  CoreWith,
  Face,
  Held,
  LetGo,
  LetterId,
  MailboxId,
  MessageView,
  Outcome,
  SpecialUse,
  Uid,
  Viewer,
} from '../../core/core.ts';
import type { MailPart } from '../routes/mail-routes.ts';
import type { ServerPart } from '../site.ts';
import { face, NOW, USES, type Kept, type Person } from './people.ts';

/** Everything that the made-up core knows. */
export interface World {
  readonly byAddress: Map<string, Person>;
  readonly sessions: Map<string, Person>;
  /** Who hears of an account's mail. */
  readonly listeners: Map<number, Set<() => void>>;
  uid: number;
}

/** Tells every open page of an account that its mail has changed. */
export function announce(world: World, { account }: Pick<Viewer, 'account'>): void {
  world.listeners.get(account)?.forEach((listener) => listener());
}

export const boxId = (person: Viewer, use: SpecialUse): MailboxId =>
  (person.account * 10 + USES.indexOf(use)) as MailboxId;

export function boxOf(world: World, viewer: Viewer, mailbox: MailboxId): Kept[] | null {
  const use = USES.find((one) => boxId(viewer, one) === mailbox);
  return use === undefined ? null : (world.byAddress.get(viewer.address)?.boxes.get(use) ?? null);
}

export function keptOf(
  world: World,
  viewer: Viewer,
  letter: Partial<Kept> & {
    readonly from: Face;
    readonly subject: string;
    readonly use: SpecialUse;
  },
): Kept {
  world.uid += 1;
  const { use, ...rest } = letter;
  return {
    mailbox: boxId(viewer, use),
    uid: world.uid as Uid,
    to: [
      face(viewer.role === 'pupil' ? 'child' : 'adult', viewer.displayName, {
        face: viewer.face,
        cover: 2,
        address: viewer.address,
      }),
    ],
    cc: [],
    preview: (rest.text ?? '').slice(0, 120).replace(/\s+/g, ' '),
    at: NOW,
    seen: false,
    flagged: false,
    answered: false,
    isDraft: use === 'drafts',
    letter: randomUUID() as LetterId,
    files: rest.attachments?.length ?? 0,
    firstTime: false,
    writer: 'team',
    familyOf: [],
    state: 'normal',
    text: '',
    html: null,
    formattedCharacters: rest.html?.length ?? null,
    attachments: [],
    junkSigns: [],
    afar: { pictures: 0, wanted: 'when-asked', isProven: true },
    pictureSizes: new Map(),
    answers: 'everyone',
    claimed: [],
    namesake: null,
    because: { kind: 'class', name: 'CE1 A' },
    refusal: null,
    note: null,
    writing: null,
    bytes: new Map(),
    ...rest,
  };
}

/** What the server and the pages of one's own mail use. */
export type TownCore = CoreWith<ServerPart | MailPart | 'outside.list'>;

export interface Town {
  readonly core: TownCore;
  readonly people: ReadonlyMap<string, Person>;
  readonly now: Date;
  /** Puts a message into somebody's inbox and announces it. */
  deliver(
    to: string,
    letter: Partial<MessageView> & {
      readonly html?: string;
      readonly from: Face;
      readonly subject: string;
    },
  ): Uid;
  /** What the next sending comes to, in place of the rules. */
  next: Outcome | null;
  /** The same of the next letting go. */
  letGo: LetGo | null;
  held: Held[];
  /** Until when the next decision can be taken back; null: it takes effect at once. */
  undoUntil: Date | null;
  /** What the store throws, or null while it answers. */
  down: Error | null;
}
