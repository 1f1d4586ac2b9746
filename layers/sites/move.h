/** Points of a run that may close so that their crew opens elsewhere.
 *
 *  Such a point does not count as standing. Where it is now is a candidate of the problem, before
 * all others: FREE whatever the ladder, of no cost, with the officers and the turnout that it has;
 * and there may be as many more sites as there are such points, and as many more posts as they
 * have. So each stays, or its place in the number goes to another candidate, which costs what any
 * new site there costs. */
#ifndef GAP_LAYERS_SITES_MOVE_H
#define GAP_LAYERS_SITES_MOVE_H

#include "layers/sites/store.h"

/** SQL: the points of proposals that might close, in the columns of the layer `candidates`; their
 *  state is `stays` or `closes`. */
#define GAP_SITES_MOVES                                                                            \
    "SELECT o.code, o.name, o.kind, o.area, o.province, o.ladder,"                                 \
    " CASE WHEN m.stays THEN 'stays' ELSE 'closes' END, o.rank, o.cost, o.running, o.officers,"    \
    " o.capacity, o.reach_m, o.proposal, AsBinary(o.geom) AS geom FROM site_option o"              \
    " JOIN site_move m ON m.proposal = o.proposal AND m.number = o.number"

/** The codes asked for, or of all points but mobile groups where "all" is the only one, sorted. An
 *  error where one is not known, does not count in the run, is a mobile group, stands twice or lies
 *  in no area. Returns: (transfer full), NULL-terminated. */
char **gap_moves_codes(GapStore *store, const char *run, char *const *wanted, GError **error);
/** Adds them to a table of candidates (candidates.h). */
bool gap_moves_add(GapStore *store, const char *run, const char *const *codes, GapTable *candidates,
                   GError **error);
/** Of a ground whose candidates start with them: keeps who is within reach today, and takes them
 *  from what stands. */
bool gap_moves_leave(GapStore *store, GapStoreSites *ground, GError **error);

/** What is asked for of new sites, in the terms of the problem: `n` (below 0: no limit), `posts`.
 */
gint64 gap_moves_number(const GapStoreSites *ground, gint64 n);
double gap_moves_posts(const GapStoreSites *ground, double posts);

/** Where an answer leaves some of the number unused, points that it does not need stay all the
 *  same. Its value is told anew where it was not proven. */
bool gap_moves_stay(const GapStoreSites *ground, const GapLocateOptions *options,
                    GapLocateAnswer *answer, GError **error);

enum {
    GAP_MOVE_CODE,
    GAP_MOVE_NAME,
    GAP_MOVE_STAYS,     /**< 0 or 1 */
    GAP_MOVE_PEOPLE,    /**< who are within reach today by it, the nearest of those that may move,
                             and not without these */
    GAP_MOVE_SERVED_BY, /**< where it closes: by whom these are, the nearest, with the people */
    GAP_MOVE_LOST       /**< of these, beyond reach then */
};

typedef struct {
    double today; /**< people within reach of the run as it is */
    double after; /**< within reach of what stays and is new */
    double lost;  /**< of `today`, who no longer are */
} GapMoveSums;

/** What becomes of them under a choice of candidates (0 or 1 of each), a row each. O(pairs).
 *  Returns: (transfer full). */
GapTable *gap_moves_told(const GapStoreSites *ground, const guint8 *chosen, GapMoveSums *sums);

#endif
