import { type Settings, settingsSchema } from '../settings/settings.ts';
import { z } from '../zod.ts';
import { call, nothing } from './call.ts';

export const settingsCalls = {
  'settings.read': call({
    input: nothing,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<Settings>(),
  'settings.write': call({
    input: z.partial(settingsSchema),
    from: ['extension', 'panel'],
  }).returns<Settings>(),
};
