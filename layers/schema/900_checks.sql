-- Queries that must return no row; the first column says what is wrong.
-- name: rows of every source are kept, refused or left out as no rows of the layer
SELECT id || ': ' || rows_read || ' read, ' || rows_kept || ' kept, ' || rows_refused || ' refused, '
       || rows_left_out || ' left out'
FROM source WHERE rows_read <> rows_kept + rows_refused + rows_left_out;
-- name: every refused row is on record
SELECT s.id || ': ' || s.rows_refused || ' refused, ' || count(r.row) || ' on record'
FROM source s LEFT JOIN refused r ON r.source = s.id
GROUP BY s.id HAVING s.rows_refused <> count(r.row);
-- name: an area lies below the level of its parent
SELECT a.code || ' (' || a.level || ') in ' || p.code || ' (' || p.level || ')'
FROM area a JOIN area p ON p.code = a.parent
WHERE NOT ((a.level = 'province' AND p.level = 'country')
        OR (a.level = 'district' AND p.level = 'province')
        OR (a.level = 'municipality' AND p.level IN ('province', 'district')));
-- name: the area above is valid while an area is
SELECT a.code || ' (' || coalesce(a.valid_from, 'ever') || ' to ' || coalesce(a.valid_to, 'now')
       || ') in ' || p.code || ' (' || coalesce(p.valid_from, 'ever') || ' to '
       || coalesce(p.valid_to, 'now') || ')'
FROM area a JOIN area p ON p.code = a.parent
WHERE p.valid_from > coalesce(a.valid_from, '') OR p.valid_to < coalesce(a.valid_to, '9999');
-- name: an old unit ends when its successor begins
SELECT c.old || ' (to ' || coalesce(a.valid_to, 'now') || ') became ' || c.new || ' on '
       || c.changed_on
FROM area_change c JOIN area a ON a.code = c.old
WHERE a.valid_to IS NULL OR a.valid_to >= c.changed_on;
-- name: shares of an old unit add up to 1
SELECT old || ': ' || sum(share) FROM area_change GROUP BY old HAVING abs(sum(share) - 1) > 1e-6;
-- name: what reached the new units adds up to the figure of the old one
SELECT layer || ' ' || old || ' ' || item || ' ' || year || ': ' || given || ', parts ' || sum(amount)
FROM derived_part p GROUP BY layer, item, year, old
HAVING count(*) = (SELECT count(*) FROM area_change c WHERE c.old = p.old) AND given <> sum(amount);
-- name: outlines are valid
SELECT code || ': ' || coalesce(ST_IsValidReason(geom), 'no outline')
FROM area WHERE ST_IsValid(geom) IS NOT 1;
-- name: nearest-place cells fill the area that they divide
SELECT p.code || ': ' || ST_Area(p.geom) || ' square degrees, its parts ' || sum(ST_Area(a.geom))
FROM area a JOIN area p ON p.code = a.parent LEFT JOIN area_made m ON m.area = a.code
GROUP BY p.code, a.valid_from, a.valid_to
HAVING count(*) = sum(m.how = 'cell') AND abs(sum(ST_Area(a.geom)) / ST_Area(p.geom) - 1) > 1e-9;
-- name: crimes of the parts and the unallocated rest add up to the whole
SELECT w.whole || ' ' || w.year || ' ' || w.offence || ': whole ' || w.count || ', parts '
       || sum(c.count) || ', unallocated ' || coalesce(u.amount, 0)
FROM crime_part w
LEFT JOIN crime c ON c.area = w.part AND c.year = w.year AND c.offence = w.offence
LEFT JOIN unallocated u ON u.layer = 'crime' AND u.area = w.whole AND u.item = w.offence
     AND u.year = w.year
GROUP BY w.whole, w.year, w.offence
HAVING count(*) = count(c.area) AND w.count <> sum(c.count) + coalesce(u.amount, 0);
-- name: demand carries the official people of every province
SELECT t.province || ': official ' || t.people || ', demand ' || coalesce(sum(d.people), 0)
FROM demand_total t
LEFT JOIN demand d ON d.area IN (SELECT code FROM area WHERE code = t.province
  UNION SELECT code FROM area WHERE parent = t.province
  UNION SELECT m.code FROM area m JOIN area q ON q.code = m.parent WHERE q.parent = t.province)
GROUP BY t.province HAVING t.people <> coalesce(sum(d.people), 0);
-- name: covered people are placed people, and placed people are people
SELECT run || ' ' || area FROM coverage
WHERE NOT (people_covered_exact <= people_covered AND people_covered <= people_placed
           AND people_placed <= people AND people_modelled <= people_placed
           AND people_cut_off <= people_covered);
-- name: people and covered people of provinces add up to the country
SELECT c.run || ' ' || c.area || ': ' || c.people || ', parts ' || sum(p.people) || '; covered '
       || c.people_covered || ', parts ' || sum(p.people_covered)
FROM coverage c JOIN area a ON a.parent = c.area JOIN coverage p ON p.area = a.code AND p.run = c.run
JOIN area w ON w.code = c.area AND w.level = 'country'
GROUP BY c.run, c.area
HAVING c.people <> sum(p.people) OR c.people_covered <> sum(p.people_covered)
    OR c.people_placed <> sum(p.people_placed);
-- name: people beyond reach of the gaps are those of the coverage
SELECT g.run || ' ' || g.area FROM gap g JOIN coverage c USING (run, area)
WHERE g.people_beyond <> c.people_placed - c.people_covered;
-- name: crime beyond reach lies within its interval
SELECT run || ' ' || area FROM gap
WHERE NOT (coalesce(crime_low, crime_beyond) <= crime_beyond + 1e-6
           AND crime_beyond <= coalesce(crime_high, crime_beyond) + 1e-6);
-- name: no step of a frontier is worse than the one before, and the last one is its proposal
SELECT f.proposal || ' step ' || f.step || ': ' || f.value
FROM frontier f JOIN site_run p ON p.label = f.proposal
LEFT JOIN frontier b ON b.proposal = f.proposal AND b.step = f.step - 1
WHERE CASE p.model WHEN 'covering' THEN f.value < b.value ELSE f.value > b.value END
   OR (f.step = (SELECT max(step) FROM frontier WHERE proposal = f.proposal)
       AND abs(f.value - p.value) > 1e-6 * max(1, abs(p.value)));
-- name: points that might close are candidates where they are, and cost nothing
SELECT m.proposal || ' ' || m.point FROM site_move m
LEFT JOIN site_option o ON o.proposal = m.proposal AND o.number = m.number
LEFT JOIN police_point p ON p.code = m.point
WHERE NOT coalesce(o.code = m.point AND o.cost = 0 AND X(o.geom) = X(p.geom)
                   AND Y(o.geom) = Y(p.geom), 0);
-- name: neighbours of border segments are loaded
SELECT source || ' row ' || row || ': ' || neighbour FROM border b
WHERE neighbour IS NOT NULL AND NOT EXISTS (SELECT 1 FROM scenery s WHERE s.kind = 'neighbour'
  AND coalesce(s.code, s.name_en, s.name_ru, s.name_ky) = b.neighbour);
