import { type Answered, html } from '../server.ts';
import { appPage, FILL_TABLE, TABLE } from '../web.ts';

const STYLE = `
body { margin: 0; font: 13px/1.4 Tahoma, Arial, sans-serif; background: #f4f6f8; color: #333; }
nav { display: flex; gap: 18px; padding: 10px 16px; background: #fff; border-bottom: 1px solid #d6dbe1; }
nav b { color: #e0702b; } a { color: #2a6ebb; text-decoration: none; }
main { padding: 12px 16px; } h1 { font-size: 18px; margin: 0 0 10px; font-weight: normal; }
table { border-collapse: collapse; width: 100%; background: #fff; }
th { background: #eef1f4; } th, td { text-align: left; padding: 5px 8px; border: 1px solid #e2e6ea; max-width: 360px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.controls { margin: 0 0 10px; display: flex; gap: 8px; }
`;

const SCRIPT = `${FILL_TABLE}
const here = new URLSearchParams(location.search);
const select = document.querySelector('#date_filter');
const [first, last] = [document.querySelector('#custom_date_pol1'), document.querySelector('#custom_date_pol2')];
select.value = here.get('date') || '1';
first.value = here.get('date_s') || ''; last.value = here.get('date_e') || '';
first.hidden = last.hidden = select.value !== '12';
select.addEventListener('change', () => { here.set('date', select.value); location.search = here; });
const days = new URLSearchParams({ ui: '1', date: select.value });
if (select.value === '12') { days.set('date_s', first.value); days.set('date_e', last.value); }
fetch('index.php?' + days).then((answer) => answer.json()).then((rows) => {
  const one = here.get('page') === 'Stats' ? here.get('camp_id') : null;
  const shown = one ? rows.filter((row) => row.id === one) : rows;
  if (one && shown[0]) document.querySelector('h1').textContent = shown[0].name;
  fill(document.querySelector('#rows'), shown, (id) => 'index.php?page=Stats&camp_id=' + id + '&group1=282&group2=1&group3=1&date=' + select.value);
});`;

/** A page of the panel: server-made, with the date controls of the real one. */
export function page(query: URLSearchParams): Answered {
  const name = query.get('page') ?? '';
  return appPage(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Binom</title>
<link rel="stylesheet" href="templates/standart/css/style.css"><style>${STYLE}</style></head>
<body><nav><b>Binom</b><a href="index.php?page=Campaigns&date=1">Campaigns</a><a href="index.php?page=Offers">Offers</a><a href="index.php?page=Landings">Landings</a><a href="index.php?page=Sources">Traffic Sources</a></nav>
<main><h1${name === 'Stats' ? ' id="camp_name"' : ''}>${name === 'Stats' ? '' : 'Campaigns'}</h1>
<p class="controls"><select id="date_filter" aria-label="Dates"><option value="1">Today<option value="2">Yesterday<option value="3">Last 7 days<option value="5">This month<option value="12">Custom date</select>
<input id="custom_date_pol1" aria-label="From"><input id="custom_date_pol2" aria-label="To"></p>${TABLE}</main><script>${SCRIPT}</script></body></html>`);
}

/** No `page=` and a password field. */
export const LOGIN: Answered = html(
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Binom</title></head>
<body><form method="post"><input name="login"><input name="password" type="password"><button>Login</button></form></body></html>`,
);
