import { type Answered, html } from '../server.ts';
import { appPage, FILL_TABLE, TABLE } from '../web.ts';

const STYLE = `
body { margin: 0; font: 14px/1.45 Inter, Arial, sans-serif; background: #fff; color: #1f2733; display: grid; grid-template-columns: 180px 1fr; min-height: 100vh; }
nav { background: #fff5f4; padding: 16px; display: flex; flex-direction: column; gap: 12px; } nav b { color: #e5392d; }
a { color: #c52a20; text-decoration: none; } main { padding: 20px 24px; min-width: 0; } h1 { font-size: 22px; margin: 0 0 14px; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 8px 10px; border-bottom: 1px solid #eceef2; max-width: 320px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
`;

const SCRIPT = `${FILL_TABLE}
async function draw() {
  const parts = location.pathname.split('/').filter(Boolean);
  const one = parts[0] === 'campaigns' && parts[1] === 'report' ? parts[2] : null;
  const rows = await (await fetch('/ui/data' + location.search)).json();
  const shown = one ? rows.filter((row) => row.id === one) : rows;
  document.querySelector('h1').textContent = one ? (shown[0] ? shown[0].name : 'Report') : 'Campaigns';
  document.title = one && shown[0] ? shown[0].name + ' | RedTrack' : 'RedTrack';
  fill(document.querySelector('#rows'), shown, (id) => '/campaigns/report/' + id + location.search);
}
document.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link) return;
  event.preventDefault(); history.pushState(null, '', link.href); draw();
});
addEventListener('popstate', draw); draw();`;

/** A single-page app with path routes; every path gets the same document. */
export const app = (): Answered =>
  appPage(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>RedTrack</title><style>${STYLE}</style></head>
<body><nav><b>RedTrack</b><a href="/campaigns">Campaigns</a><a href="/offers">Offers</a><a href="/landers">Landers</a><a href="/sources">Traffic channels</a></nav>
<main><h1></h1>${TABLE}</main><script>${SCRIPT}</script></body></html>`);

export const LOGIN: Answered = html(
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>RedTrack</title></head>
<body><form><h1>Log in to RedTrack</h1><input name="email"><input type="password" name="password"><button>Log in</button></form></body></html>`,
);
