// What must hold of the tables: every code that is referred to exists, keys are unique, words are of their lists.
// usage: node check.mjs FOLDER; prints the faults and fails if there is any
import fs from 'node:fs';
import { readCsv } from './csv.mjs';

const folder = process.argv[2];
let faults = 0;
const fault = (text) => { console.log(text); faults++; };
const table = (name) => readCsv(`${folder}/${name}.csv`);
const shapes = (name) => JSON.parse(fs.readFileSync(`${folder}/odbl/${name}.geojson`)).features.map((f) => f.properties);
const unique = (name, rows, ...keys) => {
  const seen = new Set();
  for (const r of rows) {
    const key = keys.map((k) => r[k]).join(' ');
    if (seen.has(key)) fault(`${name}: ${key} stands twice`);
    seen.add(key);
  }
  return seen;
};
const oneOf = (name, rows, column, words) => rows.filter((r) => !words.includes(r[column])).forEach((r) => fault(`${name}: ${column} "${r[column]}"`));
const number = (name, rows, column, low, high) => rows.filter((r) => r[column] !== '' && !(+r[column] >= low && +r[column] <= high))
  .forEach((r) => fault(`${name}: ${column} ${r[column]} is not within ${low} and ${high}`));
const date = (name, rows, column) => rows.filter((r) => r[column] && !/^\d{4}-\d\d-\d\d$/.test(r[column])).forEach((r) => fault(`${name}: ${column} ${r[column]}`));
const known = (name, rows, column, codes) => rows.filter((r) => r[column].split(';').some((c) => !codes.has(c))).forEach((r) => fault(`${name}: no ${column} ${r[column]}`));

const provinces = unique('provinces', shapes('provinces'), 'code');
const municipalities = unique('municipalities', shapes('municipalities'), 'code');
const places = table('places');
const placeCodes = unique('places', places, 'code');
const areas = new Set(['KG', ...provinces, ...municipalities]), regions = new Set(['KG', ...provinces]);

known('municipalities', shapes('municipalities'), 'parent', provinces);
known('municipalities', shapes('municipalities'), 'place', placeCodes);
known('places', places, 'province', provinces);
number('places', places, 'lon', 69, 80.5); number('places', places, 'lat', 39, 43.5);
for (const p of places) for (const l of ['ru', 'ky']) if (/[A-Za-z]/.test(p[`name_${l}`])) fault(`places: ${p.code}: name_${l} in Latin letters`);

const points = table('police_points');
unique('police_points', points, 'code');
oneOf('police_points', points, 'kind', ['station', 'point', 'district_department', 'one_stop_shop', 'shared_roof', 'mobile_group']);
oneOf('police_points', points, 'status', ['open', 'planned', 'closed']);
oneOf('police_points', points, 'precision', ['exact', 'settlement', 'assumed']);
for (const p of points) if ((p.kind === 'mobile_group') !== (p.patrol_radius_m !== '')) fault(`police_points: ${p.code}: only a mobile group has a patrol radius`);
for (const column of ['opened', 'closed_on']) date('police_points', points, column);

const crime = table('crime'), statements = table('crime_statements'), people = table('people');
unique('crime', crime, 'area', 'year', 'offence');
unique('people', people, 'area', 'year');
for (const [name, rows] of [['crime', crime], ['crime_statements', statements], ['people', people]]) {
  known(name, rows, 'area', regions);
  number(name, rows, 'year', 1999, 2025);
  oneOf(name, rows, 'basis', ['published', 'reconstructed', 'estimated', 'press']);
}
number('crime', crime, 'count', 0, 1e6);
const offences = new Set(crime.map((r) => r.offence));
const claims = table('claims');
unique('claims', claims, 'claim');
known('claims', claims, 'areas', regions);
known('claims', claims, 'offence', offences);
oneOf('claims', claims, 'measure', ['share', 'count']);

const borders = table('borders');
unique('borders', borders, 'neighbour', 'since');
known('borders', borders, 'neighbour', unique('neighbours', shapes('neighbours'), 'code'));
oneOf('borders', borders, 'status', ['undelimited', 'partly_delimited', 'delimited', 'demarcated']);

const plans = table('plans'), programme = table('programme');
known('plans', plans, 'area', areas); known('programme', programme, 'area', areas);
unique('plans', plans.filter((p) => p.area !== 'KG'), 'area');
oneOf('plans', plans, 'status', ['none', 'drafted', 'endorsed']);
for (const column of ['endorsed_on', 'valid_from', 'valid_to']) date('plans', plans, column);
oneOf('programme', programme, 'kind', ['pilot', 'visit_host', 'building', 'grant']);
const sum = (rows, column) => rows.reduce((s, r) => s + +r[column], 0);
const endorsed = plans.filter((p) => p.status === 'endorsed');
if (sum(endorsed, 'plans') !== 15) fault(`plans: ${sum(endorsed, 'plans')} endorsed, the report counts 15`);
if (sum(plans, 'funded_usd') !== 154000) fault(`plans: ${sum(plans, 'funded_usd')} USD of local money, the report counts 154,000`);
for (const [kind, n] of Object.entries({ pilot: 19, visit_host: 8, building: 6 })) {
  const rows = programme.filter((p) => p.kind === kind).length;
  if (rows !== n) fault(`programme: ${rows} rows of ${kind}, ${n} expected`);
}
console.log(`tables: ${places.length} places, ${municipalities.size} municipalities, ${points.length} police points, ${crime.length} crime figures, ${plans.length} plans: ${faults} faults`);
process.exit(faults ? 1 : 0);
