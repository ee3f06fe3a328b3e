import { CrosstrackError, type Problem, type TrackerCall } from '../errors.ts';

/** The request that a problem refers to. */
export interface RequestContext {
  /** Name of the tracker. */
  readonly tracker: string;
  readonly call: TrackerCall;
  /** HTTP status, if there was an answer. */
  readonly status?: number;
}

/** An error with this context; the problem's own fields take precedence. */
export const failure = (context: RequestContext, problem: Problem): CrosstrackError =>
  new CrosstrackError({ ...context, ...problem });
