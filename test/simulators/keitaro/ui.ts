import { createHash } from 'node:crypto';
import { type Answered, html } from '../server.ts';
import { appPage, FILL_TABLE, TABLE } from '../web.ts';

const STYLE = `
:root { color-scheme: dark; }
body { margin: 0; font: 14px/1.4 Arial, sans-serif; background: #22252e; color: #dfe3ea; }
nav { display: flex; gap: 20px; padding: 12px 20px; background: #1a1c23; }
nav b { color: #5bc0ff; } a { color: #7cc7ff; text-decoration: none; }
main { padding: 16px 20px; } h1 { font-size: 20px; margin: 0 0 12px; }
.controls { margin: 0 0 12px; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid #363b48; max-width: 360px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
`;

const SCRIPT = `${FILL_TABLE}
const route = () => { const [path, query] = location.hash.replace(/^#!\\//, '').split('?'); return { parts: path.split('/').filter(Boolean), query: new URLSearchParams(query) }; };
let known = [];
async function draw() {
  const { parts, query } = route();
  const days = query.get('from') ? '?from=' + query.get('from') + '&to=' + query.get('to') : '';
  document.querySelector('#range').textContent = days ? query.get('from') + ' – ' + query.get('to') : 'Today';
  known = await (await fetch('/admin/data' + days)).json();
  const one = parts[0] === 'campaigns' && parts[1];
  const rows = one ? known.filter((row) => row.id === parts[1]) : known;
  const title = document.querySelector('h1');
  title.textContent = one ? (rows[0] ? rows[0].name : 'Campaign ' + parts[1]) : 'Campaigns';
  title.className = one ? 'campaign-name' : '';
  fill(document.querySelector('#rows'), rows, (id) => '#!/campaigns/' + id);
}
addEventListener('hashchange', draw); draw();`;

const hash = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** A strict policy, as owners behind proxies have it. */
const POLICY = `default-src 'none'; connect-src 'self'; script-src ${hash(SCRIPT)}; style-src ${hash(STYLE)}`;

/** The admin panel: Angular by its attributes, hash routes, one page. */
export const appHtml = (): Answered =>
  appPage(
    `<!doctype html><html lang="en" ng-app="keitaro"><head><meta charset="utf-8"><title>Keitaro</title><style>${STYLE}</style></head>
<body><nav><b>Keitaro</b><a href="#!/campaigns/">Campaigns</a><a href="#!/landings/">Landings</a><a href="#!/offers/">Offers</a><a href="#!/traffic_sources/">Sources</a></nav>
<main ng-view><h1></h1><p class="controls">Range: <span id="range"></span></p>${TABLE}</main><script>${SCRIPT}</script></body></html>`,
    { 'Content-Security-Policy': POLICY },
  );

/** The sign-in: the same path without the app's data. */
export const LOGIN: Answered = html(
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Keitaro</title></head>
<body><form method="post" action="/admin/"><h1>Sign in</h1><input name="login"><input name="password" type="password"><button>Sign in</button></form></body></html>`,
);
