import { Fault } from '../../ground/fault.ts';
import type { AccountId } from '../../ground/ids.ts';
import { pictureHashes } from '../../store/people/codes.ts';
import type { TownTx } from '../../store/store.ts';
import type { Code } from './contract.ts';
import { newPictureCode, pictureHash, type Owner } from './picture-code.ts';

/**
 * Pictures for some children of a class, no two of it alike: neither among the new codes, nor with
 * those of classmates who keep theirs, wherever their homes are. Another than a child's own old one
 * too: it must be void. Ends in another school than it began.
 */
export async function newPictures(
  secret: Buffer,
  tx: TownTx,
  { getting, keeping }: { readonly getting: readonly Owner[]; readonly keeping: readonly Owner[] },
): Promise<Map<AccountId, Code>> {
  const kept = await keptHashes(tx, [...getting, ...keeping]);
  const rivals = keeping.filter(({ account }) => kept.has(account));
  const taken = new Set<string>();
  const codes = new Map<AccountId, Code>();
  for (const owner of getting) {
    const against = kept.has(owner.account) ? [...rivals, owner] : rivals;
    const pictures = newPictureCode(
      (tried) =>
        taken.has(tried.join()) ||
        against.some(
          (one) => kept.get(one.account)?.equals(pictureHash(secret, one, tried)) === true,
        ),
    );
    if (pictures === null)
      throw new Fault('row-missing', 'a class has more pupils than there are codes', {
        transient: false,
      });
    taken.add(pictures.join());
    codes.set(owner.account, { kind: 'pictures', pictures });
  }
  return codes;
}

/** The hash of each child's pictures, asked for home by home. */
export async function keptHashes(
  tx: TownTx,
  owners: readonly Owner[],
): Promise<Map<AccountId, Buffer>> {
  const kept = new Map<AccountId, Buffer>();
  for (const [school, group] of Map.groupBy(owners, (owner) => owner.school)) {
    const hashes = await pictureHashes(
      await tx.in(school),
      group.map(({ account }) => account),
    );
    for (const [account, hash] of hashes) kept.set(account, hash);
  }
  return kept;
}
