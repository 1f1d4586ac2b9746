/** The layers that can be described, exported and drawn, read as tables.
 *
 *  Layers: provinces, districts, municipalities, police_points, reach, places, demand, sites and
 *  what belongs to them (candidates, site_demand, uncovered), scenery (lakes, rivers, neighbours),
 *  borders (and border_changes), names, crime, crime_years, plans, programme, visits (and
 * visit_flows, visit_areas), runs, coverage_runs, sources. Result columns (coverage, gaps) are
 * those of one run; without a run they are null.
 */
#ifndef GAP_LAYERS_LAYERS_H
#define GAP_LAYERS_LAYERS_H

#include "geo/grid/grid.h"
#include "geo/store/store.h"

/** The names of all layers, NULL-terminated. */
extern const char *const GAP_LAYER_NAMES[];

/** One layer as a table. `run` is a label (NULL: the newest run, or none).
 *  Returns: (transfer full). */
GapTable *gap_layer_table(GapStore *store, const char *layer, const char *run, GError **error);

/** What a map or a summary says beside the numbers, by name: of the run `run`, `as_of`, `within`
 *  ("5 km"), `within_m`, `kinds`, `points_counted`, `points_assumed`, `offence`, `crime_first`,
 *  `crime_last`, `crime_years`, `hold_below`, `people_year`, `people_first` and `people_last` (the
 *  vintages really used, `people_vintages` all of them); of the country `people`, `people_placed`,
 *  `people_modelled`, `people_covered`, `people_covered_exact` (without assumed points),
 *  `people_beyond`, `people_cut_off`, `coverage`, `crime_beyond`, `crime_low`, `crime_high`;
 * `areas` (municipalities) and `areas_nobody` (those with people, none of them within reach);
 *  of the newest proposal of the run, where there is one: `sites` (how many), `sites_proposal`,
 *  `sites_model`, `sites_weight`, `sites_within_m` or `sites_within_min`, `sites_proven` (0, 1),
 *  `sites_gap`, `sites_need`, `sites_share`, `sites_before`, `sites_added` and `sites_covered`
 * (people), `sites_lost` where points may close (those within reach today who no longer are),
 *  `sites_cost` and `sites_local_pays` where all costs are known, `sites_any` (1: the programme's
 *  rule was not asked for); of the newest comparison `compared_first`, `compared_second` (labels),
 *  `only_first`, `only_second`, `both_new` (people);
 *  `years_known` where provinces have figures of the offence of several years: of how many;
 *  `visits` and `visit_people` where there are any;
 *  `years_apart` where day, people and crime lie more than three years apart; `made_from`, a
 *  digest of what the run was computed from; `sources` (titles and licences in one line, parted by
 * "; "), `sources_ky`, `sources_ru` and `sources_en` (the same credits by language), `version`.
 * Numbers stand in C notation; what is not known is missing. Returns: (transfer full): text to
 * text. */
GHashTable *gap_layer_facts(GapStore *store, const char *run, GError **error);

/** The terrain, EPSG:4326 metres, or NULL without an error where none is loaded.
 *  Returns: (transfer full). */
GapGrid *gap_layer_terrain(GapStore *store, GError **error);

/** A digest of all that results and pictures are made from. Returns: (transfer full). */
char *gap_layer_state(GapStore *store, GError **error);

#endif
