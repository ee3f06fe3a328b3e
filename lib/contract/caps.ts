import type { CapUse } from '../report/caps.ts';
import { z } from '../zod.ts';
import { call, id } from './call.ts';

export const capCalls = {
  /** The caps of a network's offer, with their use in the connection's zone; none where it has none. */
  'offers.caps': call({
    input: z.object({ connection: id, offerId: id }),
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<readonly CapUse[]>(),
};
