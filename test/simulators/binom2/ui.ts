import { type Answered, html } from '../server.ts';
import { appPage, FILL_TABLE, TABLE } from '../web.ts';

const STYLE = `
body { margin: 0; font: 13px/1.45 Roboto, Arial, sans-serif; background: #10141d; color: #dbe2ee; }
nav { display: flex; gap: 18px; padding: 12px 18px; background: #171d2a; } nav b { color: #ffb400; }
a { color: #8ab8ff; text-decoration: none; } main { padding: 16px 18px; } h1 { font-size: 19px; margin: 0 0 12px; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 6px 9px; border-bottom: 1px solid #263043; max-width: 340px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
`;

const SCRIPT = `${FILL_TABLE}
async function draw() {
  const parts = location.pathname.split('/').filter(Boolean);
  const one = parts[1] === 'campaigns' && parts[3] === 'report' ? parts[2] : null;
  const rows = await (await fetch('/panel/data' + location.search)).json();
  const shown = one ? rows.filter((row) => row.id === one) : rows;
  document.querySelector('h1').textContent = one ? (shown[0] ? shown[0].name : 'Report') : 'Campaigns';
  fill(document.querySelector('#rows'), shown, (id) => '/panel/campaigns/' + id + '/report' + location.search);
}
document.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link) return;
  event.preventDefault(); history.pushState(null, '', link.href); draw();
});
addEventListener('popstate', draw); draw();`;

/** A single-page app below /panel; every path gets the same document. */
export const app = (): Answered =>
  appPage(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Binom</title><style>${STYLE}</style></head>
<body><div id="app"><nav><b>Binom</b><a href="/panel/campaigns">Campaigns</a><a href="/panel/offers">Offers</a><a href="/panel/landings">Landings</a><a href="/panel/traffic_sources">Traffic sources</a></nav>
<main><h1></h1>${TABLE}</main></div><script>${SCRIPT}</script></body></html>`);

export const LOGIN: Answered = html(
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Binom</title></head>
<body><form><input name="login"><input type="password" name="password"><button>Log in</button></form></body></html>`,
);
