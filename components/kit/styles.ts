import kit from './kit.css?inline';
import tokens from './tokens.css?inline';

/** The style that every surface begins with. */
export const kitStyle = kit;
/** Custom properties: sizes and colours, in light and dark. */
export const tokenStyle = tokens;
