// Names, codes and areas for the outlines that the overlays and mapshaper made; writes the files of odbl/ and rivers.geojson.
// usage: node finish.mjs WORKDIR OUTDIR
import fs from 'node:fs';
import { readCsv } from './csv.mjs';

const [work, out] = process.argv.slice(2), here = import.meta.dirname;
const features = (file) => JSON.parse(fs.readFileSync(`${work}/${file}`)).features;
const polygonsOf = (g) => (g.type === 'Polygon' ? [g.coordinates] : g.coordinates);

// Area on the ellipsoid: authalic latitudes make the sphere equal-area, and a cylindrical equal-area plane follows.
const e2 = 0.00669437999014, e = Math.sqrt(e2), A = 6378137;
const q = (s) => (1 - e2) * (s / (1 - e2 * s * s) - Math.log((1 - e * s) / (1 + e * s)) / (2 * e));
const y = (lat) => q(Math.sin((lat * Math.PI) / 180));
const signed = (ring) => ring.slice(1).reduce((sum, b, i) => {
  const a = ring[i];
  return sum + (a[0] - b[0]) * (y(a[1]) + y(b[1]));
}, 0) * (Math.PI / 180) * (A * A) / 4e6;
const km2 = (g) => polygonsOf(g).reduce((sum, rings) => sum + rings.reduce((s, r, i) => s + (i ? -1 : 1) * Math.abs(signed(r)), 0), 0);

// RFC 7946: outer rings counter-clockwise, holes clockwise; polygons by size, so that the file's order is stable.
const wound = (rings) => rings.map((r, i) => (signed(r) > 0 === (i === 0) ? r : r.toReversed()));
const multi = (g) => ({
  type: 'MultiPolygon',
  coordinates: polygonsOf(g).map(wound).sort((a, b) => Math.abs(signed(b[0])) - Math.abs(signed(a[0]))),
});

function save(name, list, folder = 'odbl/') {
  const lines = list.map((f) => JSON.stringify({ type: 'Feature', properties: f.properties, geometry: f.geometry }));
  fs.writeFileSync(`${out}/${folder}${name}.geojson`, `{"type":"FeatureCollection","name":"${name}","features":[\n${lines.join(',\n')}\n]}\n`);
  console.log(`${name}: ${list.length} features`);
}
const byCode = (a, b) => (a.properties.code < b.properties.code ? -1 : 1);
const round = (v, digits) => +v.toFixed(digits);

const provinces = new Map(readCsv(`${here}/provinces.csv`).map((p) => [p.code, p]));
save('provinces', features('clean/provinces.json').map((f) => {
  const { code, official_code, name_en, name_ru, name_ky, boundary_quality } = provinces.get(f.properties.parent);
  const geometry = multi(f.geometry);
  return { properties: { code, official_code, level: 'province', parent: 'KG', name_en, name_ru, name_ky, boundary_quality, area_km2: round(km2(geometry), 1) }, geometry };
}).sort(byCode));

const seats = new Map(JSON.parse(fs.readFileSync(`${work}/seats.json`)).map((s) => [s.municipality, s]));
save('municipalities', features('clean/municipalities_raw.json').map((f) => {
  const { code, parent } = f.properties, seat = seats.get(code);
  const geometry = multi(f.geometry);
  return {
    properties: {
      code, level: 'municipality', parent, province_official_code: provinces.get(parent).official_code,
      name_en: seat.name_en, name_ru: seat.name_ru, name_ky: seat.name_ky, boundary_quality: 'approximate',
      seat_lon: +seat.lon, seat_lat: +seat.lat, place: seat.code, area_km2: round(km2(geometry), 1),
    },
    geometry,
  };
}).sort(byCode));

const NEIGHBOURS = {
  CN: ['China', 'Китай', 'Кытай'], KZ: ['Kazakhstan', 'Казахстан', 'Казакстан'],
  TJ: ['Tajikistan', 'Таджикистан', 'Тажикстан'], UZ: ['Uzbekistan', 'Узбекистан', 'Өзбекстан'],
};
save('neighbours', features('simplified/neighbours_raw.json').map((f) => {
  const [name_en, name_ru, name_ky] = NEIGHBOURS[f.properties.code];
  return { properties: { code: f.properties.code, kind: 'neighbour', name_en, name_ru, name_ky }, geometry: multi(f.geometry) };
}).sort(byCode));

// A lake is named by the point in lake_names.csv that is its middle; smaller ones stay without a name.
const middles = readCsv(`${here}/lake_names.csv`);
const middle = (ring) => {
  let [a, x, yy] = [0, 0, 0];
  for (let i = 0; i + 1 < ring.length; i++) {
    const c = (ring[i][0] - ring[0][0]) * (ring[i + 1][1] - ring[0][1]) - (ring[i + 1][0] - ring[0][0]) * (ring[i][1] - ring[0][1]);
    a += c; x += c * (ring[i][0] + ring[i + 1][0] + ring[0][0]); yy += c * (ring[i][1] + ring[i + 1][1] + ring[0][1]);
  }
  return [x / (3 * a), yy / (3 * a)];
};
const unused = new Set(middles);
save('lakes', features('simplified/lakes_raw.json').map((f) => {
  const geometry = multi(f.geometry), [x, yy] = middle(geometry.coordinates[0][0]);
  const name = middles.find((m) => Math.hypot(m.lon - x, m.lat - yy) < 0.012);
  unused.delete(name);
  const { name_en = null, name_ru = null, name_ky = null } = name ?? {};
  return { properties: { kind: 'lake', name_en, name_ru, name_ky, area_km2: f.properties.area_km2 }, geometry };
}));
if (unused.size) throw new Error(`no lake at ${[...unused].map((m) => m.name_en)}`);

// The river in one feature, its line through the reservoir included.
save('rivers', [{
  properties: { kind: 'river', name_en: 'Naryn', name_ru: 'Нарын', name_ky: 'Нарын' },
  geometry: {
    type: 'MultiLineString',
    coordinates: features('naryn.geojson').flatMap((f) => (f.geometry.type === 'LineString' ? [f.geometry.coordinates] : f.geometry.coordinates)),
  },
}], ''); // Natural Earth's, so not among the ODbL data
