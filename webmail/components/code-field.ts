/**
 * A code in a form: digits on a phone's keyboard, offered by who fills in codes. Its look is
 * `code`.
 */
export const CODE_FIELD = {
  most: 7,
  isCut: true,
  isRequired: true,
  as: {
    type: 'text',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    pattern: '[0-9 ]*',
    size: 7,
  },
} as const;
