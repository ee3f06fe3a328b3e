import type { TrackerClient } from '../adapter.ts';
import { answersAlone, saysNo } from '../keyless.ts';
import { API } from './api.ts';

/**
 * Does v2 answer here? Its REST API refuses a request without a key in JSON:
 * `errors.detail`, `error` or `message`, by version. A body with `status` as well is some other API's.
 */
export const answersAsV2 = (client: TrackerClient): Promise<boolean> =>
  answersAlone(client, `${API}/user/role`, ({ status, json }) => {
    const { errors, ...body } = Object(json);
    const { detail } = Object(errors);
    return status === 401 && !('status' in body) && (saysNo(body) || saysNo({ error: detail }));
  });
