import { CrosstrackError, type Problem, type ProblemKind } from '../errors.ts';
import type { Answer } from './answer.ts';
import type { HttpRequest, ReadRefusal } from './http.ts';

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
 * @param base tracker, call and status for the problem
 * @param scrub takes the key out of what the tracker said
 */
export function judgeAnswer<T>(
  answer: Answer,
  request: HttpRequest<T>,
  base: Problem,
  refusal: ReadRefusal,
  scrub: (text: string) => string,
): T {
  // A write that was refused in words was not applied; one that ended in a page or a 5xx may have been.
  const lost = request.write ? { maybeApplied: true } : {};
  const fail = (problem: Partial<Problem> & Pick<Problem, 'kind'>): never => {
    // A tracker may repeat the key in what it says, and adapters quote it in their sentences.
    const said = problem.said ? { said: scrub(problem.said) } : {};
    const values = problem.values ? { values: problem.values.map(scrub) } : {};
    throw new CrosstrackError({ ...base, ...problem, ...said, ...values });
  };
  const rate = answer.retryAfterMs === null ? {} : { retryAfterMs: answer.retryAfterMs };

  if (answer.redirected) return fail({ kind: 'auth', text: 'problem_redirect', ...lost });
  const refused = refusal({ status: answer.status, json: answer.json, text: answer.text });
  if (refused) {
    const unsure = answer.status >= 500 ? lost : {};
    return fail({ ...(refused.kind === 'rate' ? rate : {}), ...unsure, ...refused });
  }
  const good = answer.status >= 200 && answer.status < 300;
  if (answer.html) {
    const kind = answer.status === 429 ? 'rate' : answer.status >= 500 ? 'network' : 'shape';
    return fail({
      kind,
      text: kind === 'rate' ? 'problem_rate' : 'problem_html',
      ...rate,
      ...lost,
    });
  }
  if (!good) {
    const kind = KIND_OF_STATUS[answer.status] ?? (answer.status >= 500 ? 'network' : 'conflict');
    const said = saidIn(answer);
    const unsure = answer.status >= 500 || answer.status === 408 ? lost : {};
    return fail({ kind, ...(said ? { said } : {}), ...(kind === 'rate' ? rate : {}), ...unsure });
  }
  if (answer.empty && request.empty === 'ok') return undefined as T;
  if (answer.json === undefined) {
    return fail({ kind: 'shape', text: answer.empty ? 'problem_empty' : 'problem_shape', ...lost });
  }
  const parsed = request.answer.safeParse(answer.json);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  return fail({ kind: 'shape', field, ...lost });
}

/** The tracker's own words in an error body of unknown form. */
function saidIn({ json, text }: Answer): string | null {
  const body: Record<string, unknown> = Object(json);
  const words = [body.error, body.message, body.detail].find(
    (value) => typeof value === 'string' && value !== '',
  );
  const said = typeof words === 'string' ? words : json === undefined ? text : '';
  return said === '' ? null : said.slice(0, 200);
}
