// relief.tif: elevation in metres from Marble's grey SRTM tile, whose grey rises with elevation in a way nobody wrote down.
// usage: node relief.mjs WORKDIR OUTFILE, with marble-qt-data unpacked in WORKDIR/deb and places.csv in WORKDIR
import fs from 'node:fs';
import { execFileSync } from 'node:child_process';
import { readCsv } from './csv.mjs';

const [work, out] = process.argv.slice(2);
const TILE = `${work}/deb/usr/share/marble/data/maps/earth/srtm/3/000002/000002_000011.jpg`;
const [SIZE, WEST, NORTH, STEPS] = [675, 67.5, 45, 30]; // 675 cells a side, 30 a degree
const [COLUMNS, ROWS] = [450, 210];                     // 67.5-82.5 E, 38-45 N

execFileSync('gdal_translate', ['-q', '-of', 'ENVI', '-ot', 'Byte', TILE, `${work}/grey.bin`]);
const grey = fs.readFileSync(`${work}/grey.bin`);
const cellOf = (lon, lat) => [Math.floor((lon - WEST) * STEPS), Math.floor((NORTH - lat) * STEPS)];
const at = (c, r) => grey[Math.min(SIZE - 1, Math.max(0, r)) * SIZE + Math.min(SIZE - 1, Math.max(0, c))];

// A binomial 3 x 3 mean: the tile has whole greys only (up to 90 m each) and JPEG's ripples; both show in a hillshade.
const smooth = (c, r) => {
  let sum = 0;
  for (let j = -1; j <= 1; j++) for (let i = -1; i <= 1; i++) sum += (2 - Math.abs(i)) * (2 - Math.abs(j)) * at(c + i, r + j);
  return sum / 16;
};

// What is known. Towns hold the plains; a town in the mountains lies at the bottom of its cell and would pull the curve
// down by a hundred metres, so above TOWNS_UP_TO large lakes hold it, which are flat, and then summits. A summit is the
// highest of its cell of 3.7 km; the cell's mean is taken to lie 1,800 m below it.
const TOWNS_UP_TO = 1400, BELOW_SUMMIT = 1800;
const LAKES = [ // name, lon, lat, metres, weight
  ['Kapchagay', 77.50, 43.85, 479, 5], ['Toktogul Reservoir', 72.90, 41.80, 900, 5], ['Issyk-Kul', 77.20, 42.40, 1607, 30],
  ['Sayram', 81.20, 44.60, 2072, 20], ['Son-Kul', 75.13, 41.83, 3016, 20], ['Chatyr-Kul', 75.30, 40.62, 3530, 20],
  ['Karakul', 73.45, 39.02, 3915, 20],
];
const SUMMITS = [
  ['Jengish Chokusu', 80.126, 42.035, 7439], ['Khan Tengri', 80.175, 42.211, 7010], ['Lenin Peak', 72.878, 39.343, 7134],
  ['Ismoil Somoni', 72.017, 38.943, 7495], ['Muztagh Ata', 75.117, 38.276, 7546], ['Kongur', 75.313, 38.593, 7649],
].map(([name, lon, lat, m]) => [name, lon, lat, m - BELOW_SUMMIT, 3]);
const towns = readCsv(`${work}/towns.csv`).filter((t) => +t.metres <= TOWNS_UP_TO).map((t) => [t.name, +t.lon, +t.lat, +t.metres, 1]);
const anchors = [...towns, ...LAKES, ...SUMMITS].map(([name, lon, lat, metres, weight]) => ({ name, metres, weight, grey: smooth(...cellOf(lon, lat)) }));

// Isotonic regression (pool adjacent violators), then linear between the pools' centres and a mean over 6 greys.
const pools = [];
for (const a of anchors.toSorted((p, q) => p.grey - q.grey || p.metres - q.metres)) {
  pools.push({ w: a.weight, m: a.metres, g: a.grey });
  while (pools.length > 1 && pools.at(-2).m >= pools.at(-1).m) {
    const [p, q] = pools.splice(-2), w = p.w + q.w;
    pools.push({ w, m: (p.w * p.m + q.w * q.m) / w, g: (p.w * p.g + q.w * q.g) / w });
  }
}
const between = (g) => {
  const i = Math.min(pools.length - 1, Math.max(1, pools.findIndex((p) => p.g >= g) < 0 ? pools.length - 1 : pools.findIndex((p) => p.g >= g)));
  const [p, q] = [pools[i - 1], pools[i]];
  return p.m + ((g - p.g) * (q.m - p.m)) / (q.g - p.g || 1);
};
const steps = Array.from({ length: 256 }, (_, g) => between(g));
const curve = steps.map((_, g) => {
  let sum = 0;
  for (let d = -3; d <= 3; d++) sum += steps[Math.min(255, Math.max(0, g + d))];
  return sum / 7;
});
for (let g = 1; g < 256; g++) if (curve[g] < curve[g - 1]) curve[g] = curve[g - 1]; // the far ends are extrapolated
const metresOf = (g) => curve[Math.floor(g)] + (g - Math.floor(g)) * ((curve[Math.ceil(g)] ?? curve[255]) - curve[Math.floor(g)]);

const metres = new Int16Array(COLUMNS * ROWS);
for (let r = 0; r < ROWS; r++) for (let c = 0; c < COLUMNS; c++) metres[r * COLUMNS + c] = Math.round(metresOf(smooth(c, r)));

const residuals = (list) => {
  const d = list.map((a) => metresOf(a.grey) - a.metres), mean = d.reduce((s, v) => s + v, 0) / d.length;
  const abs = d.map(Math.abs).sort((p, q) => p - q);
  return `${d.length} points, mean ${mean.toFixed(0)} m, root mean square ${Math.sqrt(d.reduce((s, v) => s + v * v, 0) / d.length).toFixed(0)} m, median of absolute ${abs[abs.length >> 1].toFixed(0)} m`;
};
console.log(`residual, towns up to ${TOWNS_UP_TO} m: ${residuals(anchors.slice(0, towns.length))}`);
console.log(`residual, lakes: ${residuals(anchors.slice(towns.length, -SUMMITS.length))}`);
console.log(`residual, summits less ${BELOW_SUMMIT} m: ${residuals(anchors.slice(-SUMMITS.length))}`);

fs.writeFileSync(`${work}/relief.bin`, Buffer.from(metres.buffer));
fs.writeFileSync(`${work}/relief.hdr`, `ENVI\nsamples = ${COLUMNS}\nlines = ${ROWS}\nbands = 1\ndata type = 2\ninterleave = bsq\nbyte order = 0\n`);
fs.rmSync(out, { force: true });
execFileSync('gdal_translate', ['-q', '-of', 'GTiff', '-a_srs', 'EPSG:4326', '-a_ullr', WEST, NORTH, WEST + COLUMNS / STEPS, NORTH - ROWS / STEPS,
  '-co', 'COMPRESS=DEFLATE', '-co', 'PREDICTOR=2', '-co', 'ZLEVEL=9', `${work}/relief.bin`, out].map(String));
fs.rmSync(`${out}.aux.xml`, { force: true });
