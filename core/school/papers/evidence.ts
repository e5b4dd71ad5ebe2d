import type { Viewer } from '../../rules/viewer.ts';
import { answersOf } from '../../store/papers/answers.ts';
import { paperChildren } from '../../store/papers/papers.ts';
import type { CheckedSignature, PaperEvidence, PaperRef } from './contract.ts';
import { paperOn } from './desk.ts';
import { answerLine, saysOf, signerOf, slipOf, textOf } from './facts.ts';
import type { PaperParts } from './parts.ts';
import { signatureHash, slipHash } from './slip.ts';

/** All that was ever signed of a paper, each signature reckoned again from what is kept. */
export async function evidence(
  parts: PaperParts,
  viewer: Viewer,
  ref: PaperRef,
): Promise<PaperEvidence | null> {
  const found = await paperOn(parts, viewer, ref);
  if (found === null) return null;
  const { desk, paper } = found;
  const { school } = desk.roster;
  const { answers, children } = await parts.store.read(school.id, async (tx) => ({
    answers: await answersOf(tx, [ref.paper]),
    children: await paperChildren(tx, [ref.paper]),
  }));
  const names = new Map(children.map(({ pupil, name }) => [pupil, name]));
  const versions = [...paper.older, paper.now];
  const signatures = answers.map((row): CheckedSignature => {
    const name = names.get(row.pupil) ?? '';
    const words = versions.find(({ version }) => version === row.version);
    const slip = words && slipOf(desk.roster, words, { id: row.pupil, name });
    const isWhole =
      slip !== undefined &&
      slipHash(slip) === row.slipHash &&
      signatureHash({
        slip,
        letter: words?.letterHash ?? '',
        signer: signerOf(row),
        says: saysOf(row),
        note: row.note,
        at: row.at,
        way: row.way,
        by: row.by,
      }) === row.hash;
    return { childName: name, answer: answerLine(row), hash: row.hash, isWhole };
  });
  return {
    ref,
    schoolName: school.name,
    timeZone: school.timeZone,
    authorName: paper.row.authorName,
    about: paper.row.about,
    texts: versions.map((row) => ({ ...textOf(row), letterHash: row.letterHash })),
    signatures,
  };
}
