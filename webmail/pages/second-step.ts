import { documentOf } from '../frame.ts';
import { attributes, html, type Html } from '../html.ts';
import { icon } from '../parts.ts';
import { TEXTS } from '../visit.ts';
import { codeField } from './protect.ts';
import type { SignInDoor } from './signin.ts';

export type StepTrouble =
  | { readonly kind: 'none' | 'empty' | 'no-match' }
  | { readonly kind: 'wait'; readonly seconds: number };

/**
 * After the right password of somebody who protects their account: the code of their phone. The
 * ticket stands in the form, never in an address.
 */
export function secondStepPage(
  door: Pick<SignInDoor, 'language' | 'chosen' | 'asset' | 'csrf' | 'own'>,
  ticket: string,
  trouble: StepTrouble,
): Html {
  const texts = TEXTS[door.language];
  const words = texts.protect.step;
  const said = sentenceOf(texts, trouble);
  return documentOf({
    lang: door.language,
    title: texts.titled(words.title),
    audience: 'adult',
    skip: texts.skip,
    icon: door.asset('drawings.svg'),
    styles: [door.asset('base.css'), door.asset('protect.css')],
    scripts: [],
    body: html`
      <header class="top">
        <a class="brand" href="/signin?adult=1">${icon(door, 'preau')}${texts.brand}</a>
      </header>
      <main id="main" class="body narrow">
        <form class="sheet pad stack" method="post" action="/signin/code">
          <h1>${words.title}</h1>
          <p>${words.intro}</p>
          ${codeField({ texts, asset: door.asset }, said, attributes({ autofocus: true }))}
          <div class="row">
            <input type="hidden" name="csrf" value="${door.csrf}" />
            <input type="hidden" name="language" value="${door.chosen ?? ''}" />
            <input type="hidden" name="ticket" value="${ticket}" />
            <input type="hidden" name="own" value="${door.own}" />
            <button class="btn main big">${words.open}</button>
            <a class="btn quiet big" href="/signin?adult=1">${words.back}</a>
          </div>
          <p class="small soft">
            ${words.lost}${' '}
            <a href="/activate?language=${door.language}">${words.lostLink}</a>
            .
          </p>
        </form>
      </main>
    `,
  });
}

function sentenceOf(
  { protect, signIn }: (typeof TEXTS)[SignInDoor['language']],
  trouble: StepTrouble,
): string | null {
  switch (trouble.kind) {
    case 'none':
      return null;
    case 'empty':
      return protect.step.empty;
    case 'no-match':
      return protect.noMatch;
    case 'wait':
      return signIn.wait(trouble.seconds);
  }
}
