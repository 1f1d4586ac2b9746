// The little CSV that these scripts need: one header line, quoted fields without line breaks.
import fs from 'node:fs';

const fields = (line) => [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)]
  .map(([, f]) => (f.startsWith('"') ? f.slice(1, -1).replaceAll('""', '"') : f));

export function readCsv(path) {
  const [head, ...lines] = fs.readFileSync(path, 'utf8').trimEnd().split('\n');
  const names = fields(head);
  return lines.map((line, n) => {
    const row = fields(line);
    if (row.length !== names.length) throw new Error(`${path}:${n + 2}: ${row.length} fields, ${names.length} expected`);
    return Object.fromEntries(names.map((name, i) => [name, row[i]]));
  });
}

const quoted = (value) => (/[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? ''));
export const csvText = (columns, rows) =>
  [columns.join(','), ...rows.map((row) => columns.map((c) => quoted(row[c] ?? '')).join(','))].join('\n') + '\n';
