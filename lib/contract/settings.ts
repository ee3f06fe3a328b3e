import type { Thresholds } from '../blacklist/rule-settings.ts';
import { type GapLimits, gapLimitsSchema } from '../compare/limit-schema.ts';
import { type Rate, rateSchema } from '../compare/rate-schema.ts';
import { type Settings, settingsSchema } from '../settings/settings.ts';
import { ownSourceSchema } from '../sources/own-source-schema.ts';
import type { OwnSource } from '../sources/own-sources.ts';
import { protectedIdSchema } from '../sources/protected-id-schema.ts';
import type { ProtectedId } from '../sources/protected-ids.ts';
import { z } from '../zod.ts';
import { call, id, nothing } from './call.ts';

/** The effective settings: the user's, overridden by the administrator's. */
export interface SettingsView extends Settings {
  /** Rules fixed by an administrator; writing them has no effect. */
  readonly fixedRules: ReadonlyArray<keyof Thresholds>;
}

export const settingsCalls = {
  'settings.read': call({
    input: nothing,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<SettingsView>(),
  'settings.write': call({
    input: z.partial(settingsSchema),
    from: ['extension', 'panel'],
  }).returns<SettingsView>(),
};

/** Answers in which money may have been converted. */
const OF_RATES = ['rates.list', 'offer.senders'];
const pair = z.object({ from: rateSchema.shape.from, to: rateSchema.shape.to });

/** Exchange rates by hand; they are part of the settings. */
export const rateCalls = {
  'rates.list': call({
    input: nothing,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<readonly Rate[]>(),
  /** Replaces the rate of two currencies, either way round. */
  'rates.set': call({
    input: rateSchema,
    from: ['extension'],
    invalidates: OF_RATES,
  }).returns<readonly Rate[]>(),
  'rates.remove': call({
    input: pair,
    from: ['extension'],
    invalidates: OF_RATES,
  }).returns<readonly Rate[]>(),
};

/** From which size gaps are amber and red; part of the settings. */
export const limitCalls = {
  /** null = the usual limits. */
  'limits.read': call({
    input: nothing,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<GapLimits | null>(),
  'limits.write': call({
    input: z.object({ limits: z.nullable(gapLimitsSchema) }),
    from: ['extension'],
    invalidates: ['limits.read'],
  }).returns<GapLimits | null>(),
};

/** Answers that say which format a list has. */
const OF_SOURCES = ['ownSources.list', 'formats.list', 'placements.list'];

/** Traffic sources that the user described; they are part of the settings. */
export const ownSourceCalls = {
  'ownSources.list': call({
    input: nothing,
    from: ['extension'],
    beforePolicy: true,
  }).returns<readonly OwnSource[]>(),
  /** Adds a source, or replaces the one of its id. */
  'ownSources.save': call({
    input: ownSourceSchema,
    from: ['extension'],
    invalidates: OF_SOURCES,
  }).returns<readonly OwnSource[]>(),
  'ownSources.remove': call({
    input: z.object({ id }),
    from: ['extension'],
    invalidates: OF_SOURCES,
  }).returns<readonly OwnSource[]>(),
};

/** Placements that are never exported; they are part of the settings. */
export const protectedCalls = {
  'protected.list': call({
    input: nothing,
    from: ['extension', 'panel'],
    beforePolicy: true,
  }).returns<readonly ProtectedId[]>(),
  /** Protects a placement, or no longer does. */
  'protected.set': call({
    input: z.object({ ...protectedIdSchema.shape, on: z.boolean() }),
    from: ['extension', 'panel'],
    feature: () => 'blacklist',
    invalidates: ['protected.list'],
  }).returns<readonly ProtectedId[]>(),
};
