import { type Answered, html } from '../server.ts';
import { appPage, FILL_TABLE, TABLE } from '../web.ts';

const STYLE = `
body { margin: 0; font: 14px/1.45 Roboto, Arial, sans-serif; background: #f2f4f8; color: #263045; }
nav { display: flex; gap: 20px; padding: 12px 20px; background: #23304d; } nav b, nav a { color: #fff; text-decoration: none; }
main { padding: 18px 20px; } h1 { font-size: 20px; margin: 0 0 12px; } a { color: #2d5bd1; }
table { border-collapse: collapse; width: 100%; background: #fff; } th, td { text-align: left; padding: 7px 10px; border-bottom: 1px solid #e3e7ee; }
`;

const SCRIPT = `${FILL_TABLE}
async function draw() {
  const parts = location.pathname.split('/').filter(Boolean);
  const one = parts[1] === 'offers' ? parts[2] : null;
  const rows = await (await fetch('/ui/data' + location.search)).json();
  const shown = one ? rows.filter((row) => row.id === one) : rows;
  document.querySelector('h1').textContent = one && shown[0] ? shown[0].name : parts[1] === 'statistics' ? 'Statistics' : 'Offers';
  fill(document.querySelector('#rows'), shown, (id) => '/v2/offers/' + id);
}
document.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link) return;
  event.preventDefault(); history.pushState(null, '', link.href); draw();
});
addEventListener('popstate', draw); draw();`;

export const app = (): Answered =>
  appPage(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Affise</title><style>${STYLE}</style></head>
<body><nav><b>Affise</b><a href="/v2/statistics">Statistics</a><a href="/v2/offers">Offers</a></nav><main><h1></h1>${TABLE}</main><script>${SCRIPT}</script></body></html>`);

export const LOGIN: Answered = html(
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Affise</title></head>
<body><form><h1>Sign in</h1><input name="email"><input type="password" name="password"><button>Sign in</button></form></body></html>`,
);
