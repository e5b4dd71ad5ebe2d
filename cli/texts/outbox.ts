import type { LogSays } from '../../core/town/town/standing-mail/contract.ts';

const LOG: Readonly<Record<LogSays['kind'], string>> = {
  sent: 'déjà parti / sent',
  refused: 'refusé / refused',
  unseen: 'pas vu dans le journal / not seen in the log',
  'no-log': 'pas de journal / no log',
};

interface OutboxLog {
  readonly from: string;
  readonly until: string;
  readonly seen: number;
}

interface OutboxLine {
  readonly name: string;
  readonly since: string;
  readonly sender: string;
  readonly recipient: string;
  readonly log: string;
  readonly at: string | null;
}

/** What `preau outbox` says: mail to outside that stands still since a restore. */
export const OUTBOX_SAYS = {
  none: 'Rien n’attend. / Nothing waits.',
  log: LOG,
  line: (letter: OutboxLine): string => {
    const { name, since, sender, recipient, log, at } = letter;
    return `${name}  ${since}  ${sender} → ${recipient}  ${log}${at === null ? '' : `, ${at}`}`;
  },
  known: (until: string | null): string =>
    until === null
      ? 'De ce temps perdu il n’y a pas de journal : preau outbox list --log FICHIER en lit un. / There is no log of the time that is lost: preau outbox list --log FILE reads one.'
      : `De ce temps perdu, ce qui est parti est connu jusqu’à ${until}. / Of the time that is lost it is known until ${until} what has left.`,
  logRead: (log: OutboxLog): string =>
    `Journal lu, du ${log.from} au ${log.until} : il dit de ${log.seen} de ces messages ce qu’ils sont devenus. / The log was read; it says of ${log.seen} of these messages what became of them.`,
  howTo:
    'Ces messages étaient peut-être déjà partis avant la remise. / They may have left before the restore.\n' +
    'preau outbox release|drop --row N | --older-than 2h | --sent | --unseen | --all',
  released: (count: number): string => `${count} partent maintenant. / ${count} leave now.`,
  droppedBefore: (names: string): string =>
    `Écartés, à remettre en attente par preau outbox hold --row N : / Dropped, to wait again by preau outbox hold --row N: ${names}`,
  held: (count: number): string => `${count} attendent de nouveau. / ${count} wait again.`,
  dropped: (count: number): string =>
    `${count} écartés, ils ne partiront pas. / ${count} dropped, they won’t leave.`,
};

export const OUTBOX_WRONG = {
  which:
    'Il faut une seule de ces options : --row 3-17, --older-than 2h, --sent, --unseen, --all. / Exactly one of them is needed.',
  row: (given: string): string =>
    `--row : « ${given} » n’est pas un numéro comme 3-17 ; voyez preau outbox list. / is no number such as 3-17; see preau outbox list.`,
  age: (given: string): string =>
    `--older-than : « ${given} » n’est pas une durée comme 30m, 2h ou 1d. / is no time such as 30m, 2h or 1d.`,
  unreadable: (path: string): string => `--log : ${path} ne se lit pas. / ${path} can’t be read.`,
  noLine:
    '--log : il n’y a là aucune ligne du journal de Préau, telle que journalctl la donne. / there is no line of Préau’s log in it, as journalctl gives it.',
};
