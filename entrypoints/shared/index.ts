import * as signals from '@preact/signals';
import * as preact from 'preact';
import * as hooks from 'preact/hooks';
import * as jsxRuntime from 'preact/jsx-runtime';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import * as orderText from '../../components/costs/order-text.ts';
import * as previewCard from '../../components/costs/preview-card.tsx';
import * as recordStatus from '../../components/costs/record-status.tsx';
import * as sendOrder from '../../components/costs/send-order.tsx';
import * as age from '../../components/kit/age.tsx';
import * as client from '../../components/kit/client.ts';
import * as clipboard from '../../components/kit/clipboard.ts';
import * as confirmButton from '../../components/kit/confirm-button.tsx';
import * as dataTable from '../../components/kit/data-table.tsx';
import * as download from '../../components/kit/download.ts';
import * as field from '../../components/kit/field.tsx';
import * as figure from '../../components/kit/figure.tsx';
import * as gapMark from '../../components/kit/gap-mark.tsx';
import * as mark from '../../components/kit/mark.tsx';
import * as name from '../../components/kit/name.tsx';
import * as notice from '../../components/kit/notice.tsx';
import * as plural from '../../components/kit/plural.ts';
import * as rangePicker from '../../components/kit/range-picker.tsx';
import * as sparkline from '../../components/kit/sparkline.tsx';
import * as styles from '../../components/kit/styles.ts';
import * as tabs from '../../components/kit/tabs.tsx';
import * as windowRows from '../../components/kit/window-rows.ts';
import * as texts from '../../components/texts.ts';
import * as causes from '../../lib/compare/causes.ts';
import * as gap from '../../lib/compare/gap.ts';
import * as join from '../../lib/compare/join.ts';
import * as errors from '../../lib/errors.ts';
import * as i18n from '../../lib/i18n.ts';
import * as trusted from '../../lib/page/trusted.ts';
import * as format from '../../lib/report/format.ts';
import * as metrics from '../../lib/report/metrics.ts';
import * as range from '../../lib/report/range.ts';
import * as rpcClient from '../../lib/rpc/client.ts';

/**
 * What the panel and the extension's own pages have in common, once in the
 * package instead of in each of them: the build of those takes these modules
 * from here (see `wxt.config.ts`). On a tracker's page it lives in the isolated
 * world, where the page's scripts cannot reach it.
 *
 * The first one stays: two of them would not know each other's components.
 */
export default defineUnlistedScript(() => {
  const world: typeof globalThis & { crosstrackShared?: object } = globalThis;
  world.crosstrackShared ??= {
    signals,
    preact,
    hooks,
    jsxRuntime,
    orderText,
    previewCard,
    recordStatus,
    sendOrder,
    age,
    client,
    clipboard,
    confirmButton,
    dataTable,
    download,
    field,
    figure,
    gapMark,
    mark,
    name,
    notice,
    plural,
    rangePicker,
    sparkline,
    styles,
    tabs,
    windowRows,
    texts,
    i18n,
    errors,
    format,
    metrics,
    range,
    gap,
    causes,
    join,
    trusted,
    rpcClient,
  };
});
