export interface CodeState {
  readonly kind: 'pictures' | 'activation';
  readonly madeAt: Date;
  readonly usedAt: Date | null;
}

/** Days on which somebody's mail is answered for them, and with what words. */
export interface OwnAbsence {
  /** Off: the words are kept for another time. */
  readonly isOn: boolean;
  /** `YYYY-MM-DD` on the calendar of the school, the last one included. */
  readonly from: string;
  readonly until: string;
  /** Plain text, LF. */
  readonly words: string;
  /** What people outside the town are answered: nothing, the same, or words of their own. */
  readonly outside: 'nobody' | 'same' | 'own';
  readonly outsideWords: string;
}
