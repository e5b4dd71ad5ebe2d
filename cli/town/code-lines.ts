import type { CodeSheet } from '../../core/entry/codes/contract.ts';
import type { Config } from '../../core/ground/config.ts';
import { SAYS } from '../texts/setup.ts';

/** A day and an hour for a person, on the clock of their town. */
export function moment(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('fr-FR', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(at);
}

/** What stands on these sheets for a terminal: name, address, code, and where to type it. */
export function codeLines({ publicUrl }: Config, sheets: readonly CodeSheet[]): string {
  return sheets
    .flatMap(({ cards, expiresAt, timeZone }) =>
      cards.map(({ displayName, address, code }) =>
        SAYS.code({
          name: displayName,
          address,
          code: code.kind === 'activation' ? code.text : '',
          page: `${publicUrl}/activate`,
          until: moment(expiresAt, timeZone),
        }),
      ),
    )
    .join('\n');
}

/** What stands on these sheets, as scripts read it. */
export function codeFacts(
  sheets: readonly CodeSheet[],
): readonly Readonly<Record<string, unknown>>[] {
  return sheets.flatMap(({ cards, expiresAt }) =>
    cards.map(({ displayName, address, code }) => ({
      name: displayName,
      address,
      code: code.kind === 'activation' ? code.text : null,
      expiresAt,
    })),
  );
}
