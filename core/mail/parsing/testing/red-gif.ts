/** 40 × 30, of which a rectangle is red and the rest is seen through; its lines in four goes. */
export const RED_GIF = Buffer.from(
  'R0lGODlhKAAeAPAAAAAAAP8AACH5BAEAAAAALAAAAAAoAB4AQAJAhI+py50Bo5zUNYqz3bz7DwLZKIUiSZrqyoJoGr6jKWtxXbX6zvf+jsu5gqUbEUI7Io3HpNLZZBJ/1Kr1ilUVAAA7',
  'base64',
);
