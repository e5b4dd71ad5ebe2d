import { markup } from '../html.ts';

/** The first line of an XML document; the escaping of our HTML templates is XML's too. */
export const XML = markup('<?xml version="1.0" encoding="UTF-8"?>');
