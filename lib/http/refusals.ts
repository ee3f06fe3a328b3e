import { fieldOf, type Problem, type ProblemKind } from '../errors.ts';
import type { Answer } from './answer.ts';
import { failure, type RequestContext } from './context.ts';
import { gatewayProblem, isGateway } from './gateway.ts';
import type { HttpRequest, ReadRefusal } from './http.ts';
import { quoted } from './tracker-error.ts';

/** What a status means when the tracker's adapter has nothing to say of it. */
const KIND_OF_STATUS: Readonly<Record<number, ProblemKind>> = {
  401: 'auth',
  402: 'unsupported',
  403: 'permission',
  404: 'conflict',
  408: 'timeout',
  429: 'rate',
  504: 'timeout',
};

/**
 * A good answer as data, or the problem that it is. The adapter reads the
 * tracker's own error bodies first, whatever the status.
 *
 * @param scrub takes the key out of what the tracker said
 */
export function judgeAnswer<T>(
  answer: Answer,
  request: HttpRequest<T>,
  context: RequestContext,
  refusal: ReadRefusal,
  scrub: (text: string) => string,
): T {
  const { status } = answer;
  const good = status >= 200 && status < 300;
  /** Refused by status: such a write was not applied. A 408 says only that the line was slow. */
  const refusedByStatus = status >= 400 && status < 500 && status !== 408;
  const fail = (problem: Problem, unsure: boolean): never => {
    // A tracker may repeat the key in what it says, and adapters quote it in their sentences.
    const said = problem.said ? { said: scrub(problem.said) } : {};
    const values = problem.values ? { values: problem.values.map(scrub) } : {};
    const wrong = fieldOf(problem);
    const field = wrong ? { field: scrub(wrong) } : {};
    // 503 says how long to wait in the same header as 429 (RFC 9110 15.6.4).
    const isGiven = answer.retryAfterMs !== null && (!good || problem.kind === 'rate');
    const wait = isGiven ? { retryAfterMs: answer.retryAfterMs ?? 0 } : {};
    const lost = request.write && unsure ? { maybeApplied: true } : {};
    throw failure(context, {
      ...wait,
      ...lost,
      ...problem,
      ...said,
      ...values,
      ...field,
    });
  };

  if (answer.redirected)
    return fail({ kind: 'auth', reason: 'redirected', text: 'problem_redirect' }, true);
  const refused = refusal({ status, json: answer.json, text: answer.text });
  if (answer.trackerError !== null && status !== 429) {
    const said = quoted(scrub(answer.trackerError));
    const problem = { text: 'problem_tracker_error', values: [said], said } as const;
    return fail({ kind: 'shape', ...problem }, !refusedByStatus);
  }
  if (refused) return fail(refused, !refusedByStatus && (answer.html || status >= 400));
  const said = answer.html ? null : saidIn(answer);
  if (isGateway(status) && (said === null || answer.json === undefined)) {
    return fail({ ...gatewayProblem(status), ...(said ? { said } : {}) }, true);
  }
  if (answer.html) {
    // A proxy that slows us down answers with its own page; everything else is a page out of place.
    if (status === 429) return fail({ kind: 'rate', text: 'problem_rate' }, false);
    return fail({ kind: 'shape', text: 'problem_html' }, !refusedByStatus);
  }
  if (!good) {
    const kind = KIND_OF_STATUS[status] ?? (status >= 500 ? 'network' : 'conflict');
    return fail({ kind, ...(said ? { said } : {}) }, !refusedByStatus);
  }
  if (answer.empty && request.empty === 'ok') return undefined as T;
  if (answer.json === undefined) {
    return fail({ kind: 'shape', text: answer.empty ? 'problem_empty' : 'problem_shape' }, true);
  }
  const parsed = request.answer.safeParse(answer.json);
  if (parsed.success) return parsed.data;
  return fail({ kind: 'shape', field: firstPath(parsed.error.issues) }, true);
}

/** Path of the first field of the wrong shape ("rows.0.clicks"). */
const firstPath = (issues: ReadonlyArray<{ readonly path: readonly PropertyKey[] }>): string =>
  issues[0]?.path.map(String).join('.') ?? '';

/** The tracker's own words in an error body of unknown form. */
function saidIn({ json, text }: Answer): string | null {
  const body: Record<string, unknown> = Object(json);
  const words = [body.error, body.message, body.detail].find(
    (value) => typeof value === 'string' && value !== '',
  );
  const said = typeof words === 'string' ? words : json === undefined ? text : '';
  return said === '' ? null : said.slice(0, 200);
}
