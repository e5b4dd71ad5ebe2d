export interface CodeState {
  readonly kind: 'pictures' | 'activation';
  readonly madeAt: Date;
  readonly usedAt: Date | null;
}
