// police_points.csv: the sites of the programme, entered by hand, and a department assumed at each seat.
// usage: node police.mjs PLACES.csv OUTFILE
import fs from 'node:fs';
import { csvText, readCsv } from './csv.mjs';

const [placesFile, out] = process.argv.slice(2);
const places = readCsv(placesFile);
const byCode = new Map(places.map((p) => [p.code, p]));

// Towns of district rank that GeoNames files as plain places: without them they would have no police at all.
const TOWNS = new Set(['cities:kara-kul', 'geonames:1222562', 'geonames:1527004', 'geonames:1527260', 'geonames:1527513',
  'geonames:1527719', 'hand:kok-janggak', 'hand:mailuu-suu']);
// GeoNames calls Ivanovka and Uch-Terek seats of second order; their districts are run from Kant and from Toktogul.
const NO_SEAT = new Set(['geonames:1528252', 'geonames:8134212']);
const isSeat = (p) => (['PPLC', 'PPLA', 'PPLA2'].includes(p.feature_code) && !NO_SEAT.has(p.code)) || TOWNS.has(p.code);
// Somewhere in the town: its size says how far off its middle that may be.
const spread = (p) => (+p.people > 250000 ? 5000 : +p.people > 30000 ? 3000 : 2000);

const sites = readCsv(`${import.meta.dirname}/police_sites.csv`).map((s) => {
  const place = byCode.get(s.place);
  if (!place) throw new Error(`${s.code}: no place ${s.place}`);
  return { ...s, lon: place.lon, lat: place.lat };
});
const departments = places.filter(isSeat).map((p) => ({
  code: `department:${p.code.split(':')[1]}`,
  name_en: `Department of internal affairs, ${p.name_en}`,
  name_ru: `Отдел внутренних дел, ${p.name_ru}`,
  name_ky: p.name_ky && `Ички иштер бөлүмү, ${p.name_ky}`,
  kind: 'district_department', status: 'open', lon: p.lon, lat: p.lat, precision: 'assumed', uncertainty_m: spread(p),
  source: `Assumed at the seat (GeoNames ${TOWNS.has(p.code) ? 'place, town of district rank' : p.feature_code})`,
}));
const columns = 'code,name_en,name_ru,name_ky,kind,status,opened,closed_on,officers,turnout_min,lon,lat,precision,uncertainty_m,patrol_radius_m,source'.split(',');
const all = [...departments, ...sites].sort((a, b) => (a.code < b.code ? -1 : 1));
fs.writeFileSync(out, csvText(columns, all));
console.log(`${all.length} police points: ${sites.length} of the programme, ${departments.length} assumed`);
