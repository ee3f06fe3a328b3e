import type { RuleSettings, ScoredPlacement } from '../blacklist/placement.ts';
import type { Answer } from '../cache/report-cache.ts';
import type { Link } from '../compare/links.ts';
import type { Paths, SourceTemplate } from '../connections/connection.ts';
import type { CostPreview } from '../costs/preview.ts';
import type { Problem } from '../errors.ts';
import type { JournalRecord } from '../journal/record.ts';
import type { Feature, PolicyProblem } from '../managed/policy.ts';
import type { PanelState } from '../page/panel-state.ts';
import type { PanelTheme } from '../page/panel-themes.ts';
import type { Dock, Pair, PanelPlace } from '../page/protocol.ts';
import type { Metrics } from '../report/metrics.ts';
import type { Basis } from '../report/question.ts';
import type { Range } from '../report/range.ts';
import type { Twin } from '../sources/twins.ts';
import type { Kept } from '../store/storage.ts';
import type { Campaign, Capabilities, CheckFacts, Source } from '../trackers/adapter.ts';

/** What the UI knows of a tracker; made from its adapter. */
export interface TrackerView {
  readonly id: string;
  readonly name: string;
  readonly initial: string;
  readonly side: 'tracker' | 'network';
  readonly capabilities: Capabilities;
  readonly keyHelp: string;
  readonly addressExample: string;
  /** Paths that its owner may have renamed, as they are by themselves. */
  readonly paths?: Required<Paths> | undefined;
  /** May it want a secret beside the key? */
  readonly secretKey?: true | undefined;
  /** Is every figure of it made up? */
  readonly demo?: boolean;
}

/** What the UI knows of a connection. Pages get `api: ''`, `pages: []` and `keyEnd: ''`. */
export interface ConnectionView {
  readonly id: string;
  readonly tracker: string;
  readonly name: string;
  readonly api: string;
  readonly pages: readonly string[];
  readonly script: string | null;
  /** Turned off by the user: kept, and asked nothing. */
  readonly off: boolean;
  readonly currency: string;
  readonly zone: string;
  readonly basis: Basis;
  readonly templates: readonly SourceTemplate[];
  /** Last four characters of the key. */
  readonly keyEnd: string;
  /** Paths that the user named. */
  readonly paths?: Paths | undefined;
  /** Is a secret stored beside the key? */
  readonly secret?: boolean;
  /** Every figure of it is made up. */
  readonly demo?: true | undefined;
  /** What keeps it from working: key missing, permission revoked; null = nothing. */
  readonly problem: Problem | null;
  /** Preset by an administrator: only its key is the user's. */
  readonly managed: boolean;
}

export interface Recognised {
  /** Adapter ids that may own the address, likeliest first; empty = ask the user. */
  readonly trackers: readonly string[];
  /** The address cleaned for the first (or the chosen) tracker; where there is none, its origin. */
  readonly address: {
    readonly api: string;
    readonly pages: readonly string[];
    readonly script: string | null;
    readonly removed: readonly string[];
    /** Match patterns of the hosts to ask permission for. */
    readonly hosts: readonly string[];
  } | null;
  /** Host that is reached without encryption: only if the user accepts it for that one. */
  readonly plainHost?: string;
  readonly problem: Problem | null;
}

/** Something a user should know of a connection: locale key and values. */
export interface Notice {
  readonly key: string;
  readonly values: readonly string[];
}

export interface Tested {
  readonly facts: CheckFacts;
  readonly warnings: readonly Notice[];
}

export interface Settings {
  readonly rules: RuleSettings;
  readonly panelDock: Dock;
  /** Where the floating panel was left, in CSS px from the viewport's left and top. */
  readonly panelAt?: Pair | undefined;
  /** Width and height that it was dragged to, in CSS px; 0 = the usual one. */
  readonly panelSize?: Pair | undefined;
  /** Its light or dark: the page's, or always the same. */
  readonly panelTheme: PanelTheme;
  readonly panelTab: string;
  /** Id of the blacklist format last used. */
  readonly format: string;
}

/** Figures of one campaign on one side. Hours are null where the tracker cannot say. */
export interface SideFigures {
  readonly total: Answer;
  readonly byHour: Answer;
}

export interface Match {
  /** The campaign on the target connection, and how it was found. */
  readonly member: {
    readonly campaignId: string;
    readonly name: string;
    readonly how: 'hand' | 'name' | 'offer' | 'id' | 'same';
  } | null;
  /** Similar names, best first. */
  readonly proposals: ReadonlyArray<{ readonly campaignId: string; readonly name: string }>;
  readonly problem: Problem | null;
}

export interface Previewed {
  /** Names the preview in `costs.send`; good once, for the asker, for ten minutes. */
  readonly id: string;
  readonly preview: CostPreview;
  /** The record this preview would undo; null for a fresh order. */
  readonly undoes: string | null;
}

export interface ScoredList {
  readonly rows: readonly ScoredPlacement[];
  readonly currency: string;
  readonly zone: string;
  /** The days as asked for. */
  readonly range: Range;
  readonly complete: boolean;
  readonly fetchedAt: number;
  /** Token that holds the placement, and where that comes from; null = not known, choose one. */
  readonly slot: {
    readonly slot: number;
    readonly from: 'template' | 'proposed' | 'chosen';
  } | null;
  readonly tokens: Source['tokens'];
  /** Payout per conversion used for the verdicts; null = not known. */
  readonly payout: number | null;
  /** Format guessed from the source's name; null = none fits. */
  readonly format: string | null;
  readonly cut: number;
  /** Expected number of good placements among those to cut. */
  readonly expectedWrong: number;
  /** Money a day saved by cutting, in `currency`. */
  readonly savingPerDay: number;
  readonly problem: Problem | null;
}

export interface Exported {
  /** As the source wants it; one text per chunk of its limit. */
  readonly chunks: readonly string[];
  readonly csv: string;
  /** File name without ending. */
  readonly name: string;
  readonly count: number;
  readonly rejected: ReadonlyArray<{ readonly id: string; readonly why: string }>;
  readonly duplicates: number;
  readonly protected: number;
  /** Ids not in the last export for this campaign and format. */
  readonly fresh: number;
  /** Locale keys of what the user should know of this source. */
  readonly notes: readonly string[];
}

export interface ExportEntry {
  readonly id: string;
  readonly at: number;
  readonly connection: string;
  readonly campaignId: string;
  readonly campaignName: string;
  readonly format: string;
  readonly range: Range;
  readonly rules: RuleSettings;
  readonly ids: readonly string[];
}

/** Figures of one connection for the popup. */
export interface Stats {
  readonly now: Metrics | null;
  /** Today: the hours of yesterday that are over by now; yesterday: the day before; else null. Null = not known. */
  readonly before: Metrics | null;
  /** Today: the hours that are over by now, to compare with `before`; null where `now` is what compares. */
  readonly nowUntilHour: Metrics | null;
  /** Profit, or clicks where cost is unknown, by hour of the day 0–23; null = not known. */
  readonly hours: readonly (number | null)[] | null;
  readonly best: { readonly name: string; readonly profit: number } | null;
  readonly worst: { readonly name: string; readonly profit: number } | null;
  readonly zone: string;
  readonly currency: string;
  /** Epoch ms; null = never. */
  readonly fetchedAt: number | null;
  readonly complete: boolean;
  readonly problem: Problem | null;
}

/** How the stored keys are protected now. */
export interface KeysState {
  /** Is there a passphrase? */
  readonly passphrase: boolean;
  readonly locked: boolean;
  /** Minutes without use after which keys lock; 0 = only when the browser closes. */
  readonly idleMinutes: number;
  /** Milliseconds until a passphrase may be tried; 0 = now. */
  readonly retryAfterMs: number;
}

/** A file to save. */
export interface TransferFile {
  readonly text: string;
  /** File name without ending. */
  readonly name: string;
  /** Names of connections whose key was wanted but could not be read. */
  readonly missing: readonly string[];
}

/** Something that an import changes; '' where a value says no more than that it changes. */
export interface TransferField {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** One thing in a file, and what importing it does. */
export interface TransferEntry {
  readonly what: 'connection' | 'link' | 'settings';
  /** Of what is changed: as it is called here. */
  readonly name: string;
  readonly does: 'add' | 'change' | 'skip';
  /** What changes; for what is added: `key` when its key comes along, and what else is to be known of it. */
  readonly fields: readonly TransferField[];
  /** Why it is skipped. */
  readonly why: Problem | null;
}

export interface TransferPreview {
  /** Names exactly this effect of exactly this file in `transfer.apply`. */
  readonly plan: string;
  readonly exportedAt: string;
  readonly entries: readonly TransferEntry[];
}

/** What each call answers. */
export interface Results {
  'trackers.list': readonly TrackerView[];
  'connections.list': readonly ConnectionView[];
  'connections.recognise': Recognised;
  /** The tracker whose API answers at an address; null = none that is known, or it cannot be told. */
  'connections.probe': { readonly tracker: string | null };
  'connections.test': Tested;
  'connections.save': { readonly connection: ConnectionView; readonly tested: Tested };
  'connections.turn': ConnectionView;
  'connections.order': null;
  'connections.remove': null;
  'connections.twins': readonly Twin[];
  'connections.sources': readonly Source[];
  'connections.template': ConnectionView;
  'demo.add': readonly ConnectionView[];
  'demo.remove': null;
  'page.hello': {
    readonly connection: { readonly id: string; readonly tracker: string; readonly name: string };
    readonly shortcut: string;
    /** Of the extension's pages, no trailing slash: the panel's frame ends on it. */
    readonly origin: string;
    readonly place: PanelPlace;
    /** Was the panel open on the tab's last document of this connection? */
    readonly open: boolean;
  } | null;
  /** The tracker that the active tab looks like, where that is not connected. */
  'page.guess': { readonly tracker: string; readonly name: string; readonly url: string } | null;
  /** Makes a frame the panel of the page: good once, for ten seconds. */
  'panel.ticket': { readonly ticket: string };
  /** What the panel was doing in the document before. */
  'panel.claim': { readonly state: PanelState | null };
  'panel.shown': null;
  'panel.keep': null;
  'panel.context': {
    /** The connection whose page this is. */
    readonly own: string;
    readonly connections: readonly ConnectionView[];
    readonly trackers: readonly TrackerView[];
    readonly settings: Settings;
    /** Blacklist formats to choose from. */
    readonly formats: ReadonlyArray<{ readonly id: string; readonly name: string }>;
  };
  'settings.read': Settings;
  'settings.write': Settings;
  'campaigns.list': { readonly campaigns: readonly Campaign[]; readonly fetchedAt: number };
  'campaigns.figures': Answer;
  'side.figures': SideFigures;
  'side.match': Match;
  'links.list': readonly Link[];
  'links.join': readonly Link[];
  'links.part': readonly Link[];
  'costs.preview': Previewed;
  'costs.send': JournalRecord;
  'costs.undo': Previewed;
  'journal.list': readonly JournalRecord[];
  'journal.read': JournalRecord;
  'journal.settle': JournalRecord;
  'placements.score': ScoredList;
  'placements.export': Exported;
  'formats.list': Results['panel.context']['formats'];
  'exports.list': readonly ExportEntry[];
  'stats.read': Stats;
  'dashboard.open': null;
  'options.open': null;
  'keys.state': KeysState;
  'keys.setPassphrase': KeysState;
  'keys.changePassphrase': KeysState;
  'keys.removePassphrase': KeysState;
  'keys.unlock': KeysState;
  'keys.lock': KeysState;
  'keys.forget': KeysState;
  'keys.idle': KeysState;
  'storage.read': { readonly kept: Kept };
  'managed.read': {
    readonly forbidden: readonly Feature[];
    /** Parts of the policy that are left out. */
    readonly problems: readonly PolicyProblem[];
  };
  'transfer.export': TransferFile;
  'transfer.preview': TransferPreview;
  'transfer.apply': null;
}
