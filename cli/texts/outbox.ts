/** What `preau outbox` says: mail to outside that stands still since a restore. */
export const OUTBOX_SAYS = {
  none: 'Rien n’attend. / Nothing waits.',
  line: (letter: {
    readonly name: string;
    readonly since: string;
    readonly sender: string;
    readonly recipient: string;
  }): string => `${letter.name}  ${letter.since}  ${letter.sender} → ${letter.recipient}`,
  howTo:
    'Ces messages étaient peut-être déjà partis avant la remise. / They may have left before the restore.\n' +
    'preau outbox release|drop --row N | --older-than 2h | --all',
  released: (count: number): string => `${count} partent maintenant. / ${count} leave now.`,
  dropped: (count: number): string =>
    `${count} écartés, ils ne partiront pas. / ${count} dropped, they won’t leave.`,
};

export const OUTBOX_WRONG = {
  which:
    'Il faut une seule de ces options : --row 3-17, --older-than 2h, --all. / Exactly one of them is needed.',
  row: (given: string): string =>
    `--row : « ${given} » n’est pas un numéro comme 3-17 ; voyez preau outbox list. / is no number such as 3-17; see preau outbox list.`,
  age: (given: string): string =>
    `--older-than : « ${given} » n’est pas une durée comme 30m, 2h ou 1d. / is no time such as 30m, 2h or 1d.`,
};
