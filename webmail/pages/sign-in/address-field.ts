/** One’s address at the door, as forms of the door read and show it; its id there is `a`. */
export const ADDRESS_FIELD = {
  most: 254,
  isCut: true,
  isRequired: true,
  as: {
    type: 'text',
    autocomplete: 'username',
    inputmode: 'email',
    autocapitalize: 'none',
    spellcheck: 'false',
  },
} as const;
