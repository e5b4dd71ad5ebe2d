/**
 * A school in memory behind the pages, for tests of what pages do with what core says: one class,
 * its teacher, a pupil of another school. Rules and store are core's and tested there; here only
 * the two questions count that a page asks of them.
 */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { loadConfig } from '../../core/config.ts';
import type {
  AccountId,
  AddressId,
  Attachment,
  ClassId,
  Core,
  Draft,
  Face,
  Held,
  HoldId,
  LetGo,
  LetterId,
  MailboxId,
  MessageView,
  Outcome,
  Place,
  Reachable,
  SchoolId,
  SpecialUse,
  Uid,
  Viewer,
  Writing,
} from '../../core/core.ts';
import { openMetrics } from '../../core/metrics.ts';
import { NO_APP_PASSWORDS } from './no-app-passwords.ts';
import { NO_CLASSES, NO_TRAILS } from './no-classes.ts';
import { NO_CODES } from './no-codes.ts';
import { NO_MAILBOXES } from './no-mailboxes.ts';
import { NO_OLD_MAIL } from './no-old-mail.ts';
import { NO_PEOPLE } from './no-people.ts';
import { NO_IMPORTS, NO_ROSTERS } from './no-rosters.ts';
import { NO_SECOND_FACTOR } from './no-second-factor.ts';
import { NO_SETTINGS } from './no-settings.ts';
import { NO_TEACHING } from './no-teaching.ts';

const USES: readonly SpecialUse[] = ['inbox', 'sent', 'drafts', 'trash', 'archive', 'junk'];
const DOMAIN = 'ecoles.preau.test';
export const PASSWORD = 'des billes bleues';
/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export interface Person extends Viewer {
  readonly boxes: Map<SpecialUse, Kept[]>;
}

interface Kept extends MessageView {
  /** Its formatted text, as core gives it. */
  readonly html: string | null;
  readonly writing: Writing | null;
  readonly letter: LetterId;
  readonly bytes: ReadonlyMap<string, Buffer>;
}

export interface Town {
  readonly core: Core;
  readonly people: ReadonlyMap<string, Person>;
  readonly now: Date;
  /** Puts a message into somebody's inbox and rings. */
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
  /** What the store throws, or null while it answers. */
  down: Error | null;
}

const NOW = new Date('2026-11-24T10:50:00+01:00');
const CE1A = { id: 12 as ClassId, name: 'CE1 A', address: `ce1a.tilleuls@${DOMAIN}`, cover: 2 };
const CHORALE = {
  id: 13 as ClassId,
  name: 'Chorale',
  address: `chorale.tilleuls@${DOMAIN}`,
  cover: 6,
};
const CHILDREN: readonly (readonly [string, string])[] = [
  ['Lina', 'lapin'],
  ['Noé', 'poisson'],
  ['Sofia', 'escargot'],
  ['Yanis', 'renard'],
  ['Zoé', 'mouton'],
  ['Adèle', 'chat'],
  ['Aïssatou', 'lion'],
  ['Amine', 'grenouille'],
  ['Émile', 'tortue'],
  ['Gaël', 'hibou'],
  ['Maëlle', 'herisson'],
  ['Théo', 'chien'],
  ['Léo', 'ours'],
  ['Manon', 'poule'],
  ['Naïm', 'elephant'],
  ['Inès', 'abeille'],
  ['Rayan', 'panda'],
  ['Louise', 'vache'],
  ['Jules', 'souris'],
  ['Chloé', 'canard'],
  ['Ilyes', 'baleine'],
  ['Ava', 'cochon'],
  ['Paul', 'manchot'],
  ['Mamadou', 'girafe'],
];

const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.');
const addressOf = (name: string): string => `${slugOf(name)}@${DOMAIN}`;

function face(
  kind: Face['kind'],
  name: string,
  rest: { readonly face: string; readonly cover: number; readonly address?: string },
): Face {
  return {
    kind,
    name,
    address: rest.address ?? addressOf(name),
    face: rest.face,
    cover: rest.cover,
  };
}

export const FACES = {
  teacher: face('adult', 'Claire Lefèvre', { face: 'CL', cover: 2 }),
  head: face('adult', 'Mamadou Diallo', { face: 'MD', cover: 3 }),
  mother: face('adult', 'Samira Benali', { face: 'SB', cover: 4 }),
  colleague: face('adult', 'Julie Robin', { face: 'JR', cover: 6 }),
  inspection: face('outside', 'Inspection, circonscription Nord', {
    face: 'IN',
    cover: 8,
    address: 'inspection@exemple.fr',
  }),
  classList: face('list', 'CE1 A', { face: '', cover: 2, address: CE1A.address }),
  child: (name: string): Face =>
    face('child', name, { face: CHILDREN.find(([one]) => one === name)?.[1] ?? 'panda', cover: 2 }),
};

let people = 0;
function person(
  name: string,
  rest: {
    readonly role: Viewer['role'];
    readonly face: string;
    readonly language?: 'fr' | 'en';
    readonly school?: number;
  },
): Person {
  people += 1;
  const boxes = new Map(USES.map((use) => [use, [] as Kept[]]));
  return {
    school: (rest.school ?? 1) as SchoolId,
    schoolName: rest.school === 2 ? 'École Pasteur' : 'École des Tilleuls',
    account: people as AccountId,
    addressId: people as AddressId,
    address: addressOf(name),
    role: rest.role,
    displayName: name,
    givenName: name.split(' ')[0] ?? name,
    face: rest.face,
    language: rest.language ?? 'fr',
    classes: rest.role === 'teacher' ? [CE1A, CHORALE] : rest.school === 2 ? [] : [CE1A],
    restsUntil: null,
    mailPrograms: rest.role !== 'pupil',
    heads: rest.role === 'head',
    boxes,
  };
}

function reachOf(viewer: Viewer): readonly Reachable[] {
  const own = (one: Face, rest: Pick<Reachable, 'group' | 'title'>): Reachable => ({
    ...one,
    ...rest,
    listKind: null,
    count: 1,
    classes: one.kind === 'child' || one.name === FACES.teacher.name ? ['CE1 A'] : [],
  });
  const list = (
    name: string,
    rest: Pick<Reachable, 'group' | 'listKind' | 'count' | 'address' | 'cover'>,
  ): Reachable => ({ kind: 'list', name, face: '', classes: ['CE1 A'], title: '', ...rest });
  const children = CHILDREN.filter(([name]) => name !== viewer.givenName).map(([name]) =>
    FACES.child(name),
  );
  if (viewer.role === 'pupil') {
    return [
      list('CE1 A', {
        group: 'class-list',
        listKind: 'class',
        count: 24,
        address: CE1A.address,
        cover: 2,
      }),
      own(FACES.teacher, { group: 'teachers', title: 'enseignante' }),
      own(FACES.head, { group: 'teachers', title: 'directeur' }),
      own(FACES.mother, { group: 'families', title: 'ta famille' }),
      ...children.map((one) => own(one, { group: 'classmates', title: '' })),
    ];
  }
  return [
    list('CE1 A', {
      group: 'class-list',
      listKind: 'class',
      count: 24,
      address: CE1A.address,
      cover: 2,
    }),
    list('Chorale', {
      group: 'class-list',
      listKind: 'class',
      count: 31,
      address: CHORALE.address,
      cover: 6,
    }),
    list('Familles de la CE1 A', {
      group: 'lists',
      listKind: 'class-families',
      count: 41,
      address: `familles.ce1a.tilleuls@${DOMAIN}`,
      cover: 2,
    }),
    list('Équipe des Tilleuls', {
      group: 'lists',
      listKind: 'team',
      count: 9,
      address: `equipe.tilleuls@${DOMAIN}`,
      cover: 8,
    }),
    own(FACES.head, { group: 'team', title: 'directeur' }),
    own(FACES.mother, { group: 'families', title: 'famille d’Amine' }),
    ...children.map((one) => own(one, { group: 'pupils', title: '' })),
  ];
}

interface World {
  readonly byAddress: Map<string, Person>;
  readonly sessions: Map<string, Person>;
  readonly bells: Map<number, Set<() => void>>;
  uid: number;
}

const boxId = (person: Viewer, use: SpecialUse): MailboxId =>
  (person.account * 10 + USES.indexOf(use)) as MailboxId;

function boxOf(world: World, viewer: Viewer, mailbox: MailboxId): Kept[] | null {
  const use = USES.find((one) => boxId(viewer, one) === mailbox);
  return use === undefined ? null : (world.byAddress.get(viewer.address)?.boxes.get(use) ?? null);
}

function keptOf(
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
    state: 'normal',
    text: '',
    html: null,
    formattedCharacters: rest.html?.length ?? null,
    attachments: [],
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

function faceAt(address: string): Face {
  const known = [
    FACES.teacher,
    FACES.head,
    FACES.mother,
    FACES.colleague,
    FACES.classList,
    ...CHILDREN.map(([name]) => FACES.child(name)),
  ].find((one) => one.address === address);
  return known ?? face('outside', '', { face: '', cover: 8, address });
}

function mailOf(world: World, guard: () => void): Core['mail'] {
  const announce = (viewer: Viewer) =>
    world.bells.get(viewer.account)?.forEach((mailEvents) => mailEvents());
  const change = (
    viewer: Viewer,
    mailbox: MailboxId,
    uids: readonly Uid[],
    with_: (kept: Kept) => Kept,
  ) => {
    const box = boxOf(world, viewer, mailbox);
    box?.forEach((kept, at) => {
      if (uids.includes(kept.uid)) box[at] = with_(kept);
    });
    announce(viewer);
  };
  const take = (viewer: Viewer, mailbox: MailboxId, uids: readonly Uid[]): Kept[] => {
    const box = boxOf(world, viewer, mailbox) ?? [];
    const taken = box.filter((kept) => uids.includes(kept.uid));
    box.splice(0, box.length, ...box.filter((kept) => !uids.includes(kept.uid)));
    return taken;
  };
  const read = (viewer: Viewer, mailbox: MailboxId, uid: Uid) =>
    boxOf(world, viewer, mailbox)?.find((kept) => kept.uid === uid) ?? null;
  return {
    async places(viewer) {
      guard();
      return USES.map((use): Place => {
        const box = world.byAddress.get(viewer.address)?.boxes.get(use) ?? [];
        return {
          id: boxId(viewer, use),
          name: use,
          use,
          total: box.length,
          unseen: box.filter((kept) => !kept.seen).length,
        };
      });
    },
    async list(viewer, mailbox, page) {
      const box = boxOf(world, viewer, mailbox) ?? [];
      return box
        .filter((kept) => page.before === null || kept.uid < page.before)
        .sort((a, b) => b.uid - a.uid)
        .slice(0, page.limit);
    },
    async starred(viewer) {
      const boxes = [...(world.byAddress.get(viewer.address)?.boxes ?? [])].filter(
        ([use]) => use !== 'trash',
      );
      return boxes
        .flatMap(([, box]) => box.filter(({ flagged }) => flagged))
        .sort((a, b) => b.uid - a.uid);
    },
    async read(viewer, mailbox, uid) {
      return read(viewer, mailbox, uid);
    },
    async formatted(viewer, mailbox, uid) {
      const html = read(viewer, mailbox, uid)?.html ?? null;
      return html === null ? null : { kind: 'html', html };
    },
    async download(viewer, mailbox, uid, path) {
      const kept = read(viewer, mailbox, uid);
      const file = kept?.attachments.find((one) => one.path === path);
      return kept === null || file === undefined
        ? null
        : { name: file.name, mediaType: file.mediaType, bytes: kept.bytes.get(path) ?? PIXEL };
    },
    async mark(viewer, mailbox, uids, marks) {
      change(viewer, mailbox, uids, (kept) => ({ ...kept, ...marks }));
    },
    async move(viewer, mailbox, uids, to) {
      for (const kept of take(viewer, mailbox, uids)) {
        world.uid += 1;
        world.byAddress
          .get(viewer.address)
          ?.boxes.get(to)
          ?.push({ ...kept, uid: world.uid as Uid, mailbox: boxId(viewer, to) });
      }
      announce(viewer);
    },
    async erase(viewer, mailbox, uids) {
      take(viewer, mailbox, uids);
    },
    async emptyTrash(viewer) {
      world.byAddress.get(viewer.address)?.boxes.set('trash', []);
    },
    async conversation() {
      return [];
    },
    async search(viewer, words) {
      return [...(world.byAddress.get(viewer.address)?.boxes.get('inbox') ?? [])].filter(
        ({ subject, text }) => `${subject} ${text}`.includes(words),
      );
    },
    async room() {
      return { usedBytes: 1_000, quotaBytes: 200_000_000, state: 'enough' };
    },
  };
}

function writingsOf(world: World, town: () => Town): Core['writings'] {
  const draftOf = (
    viewer: Viewer,
    ref: { readonly mailbox: MailboxId; readonly uid: Uid },
  ): (Kept & { readonly writing: Writing }) | null => {
    const kept = boxOf(world, viewer, ref.mailbox)?.find((one) => one.uid === ref.uid);
    return kept === undefined || kept.writing === null || ref.mailbox !== boxId(viewer, 'drafts')
      ? null
      : { ...kept, writing: kept.writing };
  };
  const mayReach = (viewer: Viewer, address: string) =>
    viewer.role !== 'pupil' || reachOf(viewer).some((one) => one.address === address);
  const refusal = (address: string) => ({
    address,
    rule: address.startsWith('rosa') ? 'not-in-your-class' : 'no-such-address',
    words: (address.startsWith('rosa')
      ? { name: 'Rosa', className: 'CM2 B', ownClassName: 'CE1 A' }
      : {}) as Record<string, string>,
  });
  return {
    async reach(viewer) {
      return reachOf(viewer);
    },
    async find(viewer, text) {
      const plain = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
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
    },
    async answer(viewer, to, everyone) {
      const kept = boxOf(world, viewer, to.mailbox)?.find((one) => one.uid === to.uid);
      if (kept === undefined) return null;
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
          answerTo: to,
        },
        refusals: all.filter((one) => !mayReach(viewer, one)).map(refusal),
      };
    },
    async draft(viewer, ref) {
      const kept = draftOf(viewer, ref);
      return kept === null
        ? null
        : ({
            ...kept.writing,
            ref,
            letter: kept.letter,
            attachments: kept.attachments,
            at: kept.at,
            waitingForScanner: kept.state === 'waiting-for-scanner',
          } satisfies Draft);
    },
    async draftOfLetter(viewer, letter) {
      const kept = world.byAddress
        .get(viewer.address)
        ?.boxes.get('drafts')
        ?.find((one) => one.letter === letter);
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
    async keep(viewer, writing, { hand, ...files }) {
      const own = world.byAddress
        .get(viewer.address)
        ?.boxes.get('drafts')
        ?.find((one) => one.letter === hand.letter);
      const before =
        own === undefined && hand.previous !== null
          ? draftOf(viewer, hand.previous)
          : (own ?? null);
      const old = before?.attachments.filter((one) => !files.drop.includes(one.path)) ?? [];
      const bad = files.add.filter((one) => one.name.endsWith('.exe'));
      const added = files.add
        .filter((one) => !bad.includes(one))
        .map((one, at): Attachment => ({
          path: String(old.length + at + 2),
          name: one.name,
          mediaType: one.mediaType,
          sizeBytes: one.bytes.length,
          danger: 'everyday',
          contentId: null,
        }));
      const box = world.byAddress.get(viewer.address)?.boxes.get('drafts') ?? [];
      if (before !== null)
        box.splice(0, box.length, ...box.filter((one) => one.uid !== before.uid));
      const me = faceAt(viewer.address);
      const kept = keptOf(world, viewer, {
        use: 'drafts',
        from: me,
        to: writing.to.map(faceAt),
        subject: writing.subject,
        text: writing.text,
        writing,
        letter: hand.letter,
        seen: true,
        attachments: [...old, ...added],
        bytes: new Map(files.add.map((one, at) => [String(old.length + at + 2), one.bytes])),
      });
      box.push(kept);
      return {
        kind: 'kept',
        letter: hand.letter,
        ref: { mailbox: kept.mailbox, uid: kept.uid },
        leftOut: bad.map((one) => ({
          name: one.name,
          outcome: {
            kind: 'denied',
            refusals: [{ address: '', rule: 'file-kind', words: { file: one.name } }],
          } as Outcome,
        })),
      };
    },
    async send(viewer, ref) {
      const kept = draftOf(viewer, ref);
      if (kept === null) return { kind: 'no-recipient' };
      const planned = town().next;
      town().next = null;
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
            town().deliver(to, {
              from: faceAt(viewer.address),
              subject: kept.subject,
              text: kept.text,
            });
      return outcome;
    },
  };
}

/** Opens the town. `next` decides what the next sending comes to; `down` makes the store throw. */
export async function openTown(env: Readonly<Record<string, string>> = {}): Promise<Town> {
  const world: World = { byAddress: new Map(), sessions: new Map(), bells: new Map(), uid: 100 };
  for (const one of [
    person('Lina', { role: 'pupil', face: 'lapin' }),
    person('Noé', { role: 'pupil', face: 'poisson' }),
    person('Claire Lefèvre', { role: 'teacher', face: 'CL' }),
    person('Rosa', { role: 'pupil', face: 'hibou', school: 2 }),
  ])
    world.byAddress.set(one.address, one);
  const guard = () => {
    if (town.down !== null) throw town.down;
  };
  const core: Core = {
    config: loadConfig({ PREAU_WEB_PORT: '0', ...env }),
    log: pino({ level: 'silent' }),
    metrics: openMetrics(),
    mail: mailOf(world, guard),
    mailboxes: NO_MAILBOXES,
    oldMail: NO_OLD_MAIL,
    writings: writingsOf(world, () => town),
    accounts: accountsOf(world),
    appPasswords: NO_APP_PASSWORDS,
    secondFactor: NO_SECOND_FACTOR,
    codes: NO_CODES,
    roster: NO_ROSTERS,
    pendingImports: NO_IMPORTS,
    classes: NO_CLASSES,
    settings: NO_SETTINGS,
    trails: NO_TRAILS,
    people: NO_PEOPLE,
    teaching: NO_TEACHING,
    moderation: moderationOf(() => town),
    events: {
      subscribe(viewer, announce) {
        const bells = world.bells.get(viewer.account) ?? new Set();
        const heard = () => announce(null);
        world.bells.set(viewer.account, bells.add(heard));
        return () => bells.delete(heard);
      },
    },
    health: {
      check: async () => ({
        database: town.down === null ? 'up' : 'down',
        scanner: 'up',
        queue: 'up',
      }),
    },
    delivery: {
      checkRecipient: async () => ({ kind: 'no-recipient' }),
      accept: async () => ({ kind: 'no-recipient' }),
    },
    jobs: { start: async () => ({ close: async () => undefined }) },
    outside: {
      keep: async () => undefined,
      list: async () => [
        {
          id: '1',
          at: NOW,
          sender: FACES.teacher.address,
          recipients: ['musee@exemple.fr'],
          raw: Buffer.from('Subject: Visite de jeudi\r\n\r\nBonjour, nous serons 24.\r\n'),
        },
      ],
    },
    close: async () => undefined,
  };
  const town: Town = {
    core,
    people: world.byAddress,
    now: NOW,
    next: null,
    letGo: null,
    held: [],
    down: null,
    deliver(to, letter) {
      const viewer = world.byAddress.get(to);
      if (viewer === undefined) throw new Error(`nobody at ${to}`);
      const kept = keptOf(world, viewer, { ...letter, use: 'inbox' });
      viewer.boxes.get('inbox')?.push(kept);
      world.bells.get(viewer.account)?.forEach((mailEvents) => mailEvents());
      return kept.uid;
    },
  };
  return town;
}

function accountsOf(world: World): Core['accounts'] {
  let count = 0;
  return {
    async signIn(address, password) {
      if (address === `lent@${DOMAIN}`) return { kind: 'wait', seconds: 45 };
      const viewer = world.byAddress.get(address);
      return viewer !== undefined && password === PASSWORD
        ? { kind: 'welcome', viewer, appPassword: null, ownPassword: '' }
        : { kind: 'no-match' };
    },
    async secondStep() {
      return { kind: 'too-old' };
    },
    newDevice: (viewer) => (viewer.role === 'pupil' ? null : `device of ${viewer.account}`),
    async openSession(viewer) {
      const token = `${viewer.school}.${(count += 1)}.secret`;
      world.sessions.set(token, world.byAddress.get(viewer.address) as Person);
      return token;
    },
    async session(token) {
      const viewer = world.sessions.get(token);
      return viewer === undefined ? null : { viewer, csrf: `csrf of ${token}` };
    },
    async glance(token) {
      return this.session(token);
    },
    async sessionLeftMs(token) {
      return world.sessions.has(token) ? 1_800_000 : 0;
    },
    async closeSession(token) {
      world.sessions.delete(token);
    },
    async stillSignedIn({ viewer }) {
      return world.byAddress.get(viewer.address) ?? null;
    },
    async setLanguage(viewer, language) {
      const known = world.byAddress.get(viewer.address);
      if (known !== undefined) Object.assign(known, { language });
    },
  };
}

function moderationOf(town: () => Town): Core['moderation'] {
  const take = (hold: HoldId): boolean => {
    const before = town().held.length;
    town().held = town().held.filter((one) => one.id !== hold);
    return town().held.length < before;
  };
  return {
    async waiting(viewer) {
      return viewer.role === 'teacher' ? town().held : [];
    },
    async waitingCount(viewer) {
      return (await this.waiting(viewer)).length;
    },
    async release(viewer, _school, hold) {
      if (viewer.role !== 'teacher' || !take(hold)) return null;
      const { letGo } = town();
      town().letGo = null;
      return letGo ?? { sent: 1, left: 0, waiting: [], refused: [] };
    },
    async giveBack(viewer, _school, hold) {
      return viewer.role === 'teacher' && take(hold);
    },
    async stopPupilMail() {
      return false;
    },
    async report() {
      return true;
    },
  };
}
