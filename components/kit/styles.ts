import kit from './kit.css?inline';
import tokens from './tokens.css?inline';

/** Tokens and kit: the style that every surface begins with. */
export const kitStyle = tokens + kit;
