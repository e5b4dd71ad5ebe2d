import { describe, expect, it } from 'vitest';
import { TIMES } from '../../../tests/shared/slice.ts';
import { kindOf } from './kinds.ts';
import { MEDIA_ELEMENTS } from './limits.ts';
import { box, element, mp4Of, webmOf } from './testing/recordings.ts';
import { playedInMp4, playedInWebm } from './tracks.ts';

/** Every seventh byte; each one in the soak. */
const STEP = TIMES === 1 ? 7 : 1;

describe('sound and film', () => {
  it.each<{ when: string; file: Buffer; then: string }>([
    { when: 'a voice of Chrome or Firefox', file: webmOf(2), then: 'everyday audio/webm' },
    { when: 'a film with its sound', file: webmOf(1, 2), then: 'everyday video/webm' },
    { when: 'a film without sound', file: webmOf(1), then: 'everyday video/webm' },
    { when: 'a track of both in one', file: webmOf(2, 3), then: 'everyday video/webm' },
    { when: 'no track at all', file: webmOf(), then: 'everyday video/webm' },
    { when: 'a voice of an iPhone', file: mp4Of('soun'), then: 'everyday audio/mp4' },
    { when: 'a voice with its words', file: mp4Of('soun', 'text'), then: 'everyday audio/mp4' },
    { when: 'a film of a phone', file: mp4Of('vide', 'soun'), then: 'everyday video/mp4' },
    { when: 'an MP4 of no track', file: mp4Of(), then: 'everyday video/mp4' },
  ])('$when', ({ file, then }) => {
    const { danger, mediaType } = kindOf(file, ['x']);
    expect(`${danger} ${mediaType}`).toBe(then);
  });

  it('cut anywhere, or with any byte changed, is told without a fault', () => {
    for (const whole of [webmOf(2), mp4Of('soun')])
      for (let at = 0; at < whole.length; at += STEP) {
        const changed = Buffer.from(whole);
        changed[at] = 0xff;
        for (const file of [whole.subarray(0, at), changed])
          expect(['sound', 'film', null]).toContain(playedInWebm(file) ?? playedInMp4(file));
      }
  });

  it('counts what it looks at, whatever a file is made of', () => {
    const voids = Buffer.concat(
      Array.from({ length: MEDIA_ELEMENTS }, () => Buffer.from('EC80', 'hex')),
    );
    expect(playedInWebm(Buffer.concat([voids, webmOf(2)]))).toBeNull();
    const free = Buffer.concat(
      Array.from({ length: MEDIA_ELEMENTS }, () => box('free', Buffer.alloc(0))),
    );
    expect(playedInMp4(Buffer.concat([free, mp4Of('soun')]))).toBeNull();
    // A size that lies ends with what holds it; one of nothing ends the reading.
    const lies = element('18538067', webmOf(2), Buffer.from('01FFFFFFFFFFFFFE', 'hex'));
    expect(playedInWebm(lies)).toBeNull();
    expect(playedInMp4(Buffer.from('00000000moov'))).toBeNull();
    const [ones, zeros] = [Buffer.alloc(25_000_000, 0x80), Buffer.alloc(25_000_000)];
    // The processor's time: others may keep this thread waiting.
    const begun = process.threadCpuUsage();
    playedInWebm(ones);
    playedInMp4(zeros);
    expect(process.threadCpuUsage(begun).user).toBeLessThan(50_000);
  });
});
