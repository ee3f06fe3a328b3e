import { useSignal } from '@preact/signals';
import { createContext, render } from 'preact';
import { useContext, useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { Fragment, jsx, jsxs } from 'preact/jsx-runtime';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import * as orderText from '../../components/costs/order-text.ts';
import * as previewCard from '../../components/costs/preview-card.tsx';
import * as recordStatus from '../../components/costs/record-status.tsx';
import * as sendOrder from '../../components/costs/send-order.tsx';
import * as access from '../../components/kit/access.tsx';
import * as age from '../../components/kit/age.tsx';
import * as client from '../../components/kit/client.ts';
import * as clipboard from '../../components/kit/clipboard.ts';
import * as confirmButton from '../../components/kit/confirm-button.tsx';
import * as dataTable from '../../components/kit/data-table.tsx';
import * as demo from '../../components/kit/demo.tsx';
import * as download from '../../components/kit/download.ts';
import * as field from '../../components/kit/field.tsx';
import * as figure from '../../components/kit/figure.tsx';
import * as gapMark from '../../components/kit/gap-mark.tsx';
import * as lockedNotice from '../../components/kit/locked-notice.tsx';
import * as mark from '../../components/kit/mark.tsx';
import * as name from '../../components/kit/name.tsx';
import * as notice from '../../components/kit/notice.tsx';
import * as passphraseForm from '../../components/kit/passphrase-form.tsx';
import * as plural from '../../components/kit/plural.ts';
import * as rangePicker from '../../components/kit/range-picker.tsx';
import * as skeletons from '../../components/kit/skeletons.tsx';
import * as sparkline from '../../components/kit/sparkline.tsx';
import * as styles from '../../components/kit/styles.ts';
import * as tabs from '../../components/kit/tabs.tsx';
import * as windowRows from '../../components/kit/window-rows.ts';
import * as blacklist from '../../components/panel/blacklist.tsx';
import * as cost from '../../components/panel/cost.tsx';
import * as exportBar from '../../components/panel/export-bar.tsx';
import * as rulesLine from '../../components/panel/rules-line.tsx';
import * as texts from '../../components/texts.ts';
import * as causes from '../../lib/compare/causes.ts';
import * as gap from '../../lib/compare/gap.ts';
import * as join from '../../lib/compare/join.ts';
import * as amount from '../../lib/costs/amount.ts';
import * as errors from '../../lib/errors.ts';
import * as i18n from '../../lib/i18n.ts';
import * as sight from '../../lib/page/sight.ts';
import * as trusted from '../../lib/page/trusted.ts';
import * as format from '../../lib/report/format.ts';
import * as metrics from '../../lib/report/metrics.ts';
import * as range from '../../lib/report/range.ts';
import * as clientRpc from '../../lib/rpc/client.ts';

/** What is used of the packages. */
const packages = {
  Fragment,
  createContext,
  jsx,
  jsxs,
  render,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useSignal,
  useState,
};

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
    packages,
    orderText,
    previewCard,
    recordStatus,
    sendOrder,
    access,
    age,
    client,
    clipboard,
    confirmButton,
    dataTable,
    demo,
    download,
    field,
    figure,
    gapMark,
    lockedNotice,
    mark,
    name,
    notice,
    passphraseForm,
    plural,
    rangePicker,
    skeletons,
    sparkline,
    styles,
    tabs,
    windowRows,
    blacklist,
    cost,
    exportBar,
    rulesLine,
    texts,
    causes,
    gap,
    join,
    amount,
    errors,
    i18n,
    trusted,
    sight,
    format,
    metrics,
    range,
    clientRpc,
  };
});
