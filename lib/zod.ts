/**
 * The one place zod comes from. `jitless` keeps zod from generating code at run
 * time, which the extension pages' content security policy forbids.
 */
import * as z from 'zod/mini';

z.config({ jitless: true });

export { z };
