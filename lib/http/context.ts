import { CrosstrackError, type Problem, type TrackerCall } from '../errors.ts';

/** Whose answer to what: a problem of any request says it. */
export interface RequestContext {
  /** Name of the tracker. */
  readonly tracker: string;
  readonly call: TrackerCall;
  /** HTTP status, once there is one. */
  readonly status?: number;
}

/** A problem in this context; what the problem says itself goes first. */
export const failure = (context: RequestContext, problem: Problem): CrosstrackError =>
  new CrosstrackError({ ...context, ...problem });
