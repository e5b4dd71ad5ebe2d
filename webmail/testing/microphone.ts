import type { Page } from 'playwright-core';

/** A microphone that hears one tone. */
export async function tone(page: Page): Promise<void> {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      const context = new AudioContext();
      const heard = context.createMediaStreamDestination();
      const sound = context.createOscillator();
      sound.connect(heard);
      sound.start();
      return heard.stream;
    };
  });
}

/** Begins to speak, and is heard for a second. */
export async function beginToSpeak(page: Page): Promise<void> {
  await page.click('[data-record]');
  await page.waitForSelector('[data-record][aria-pressed=true] >> text=/0:01/');
}

/** Speaks for a second. */
export async function speak(page: Page): Promise<void> {
  await beginToSpeak(page);
  await page.click('[data-record]');
}
