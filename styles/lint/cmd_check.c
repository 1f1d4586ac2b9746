#include "styles/lint/cmd_check.h"

#include "geo/base/error.h"
#include "layers/cmd.h"
#include "styles/lint/lint.h"

#include <math.h>

typedef struct {
    const GapRenderMap *map;
    const GapMapData *data;
    GArray *findings; /**< of GapFinding */
} Check;

static void check_one(void *tasks, size_t i, GapFonts *fonts, GError **error) {
    Check *check = (Check *)tasks + i;
    const GapRenderMap *map = check->map;
    GapLintPage page = {map->style,       check->data, map->page.lang,
                        map->page.layout, map->scene,  fonts};
    check->findings = gap_lint(&page, error);
}

/** "gaps ky slide: size: label 'Osh', at 10 20 60 48, 17.0 px, wanted: 18 px". */
static void print_finding(FILE *out, const Check *check, const GapFinding *f) {
    g_autofree char *at = f->box.max_x > f->box.min_x
                              ? g_strdup_printf("at %.0f %.0f %.0f %.0f", f->box.min_x,
                                                f->box.min_y, f->box.max_x, f->box.max_y)
                              : g_strdup("all over");
    fprintf(out, "%s %s %s: %s: %s, %s, %s, wanted: %s\n", check->map->style->name,
            check->map->page.lang, check->map->page.layout->name, f->rule, f->what, at, f->measured,
            f->wanted);
}

static json_t *finding_json(const Check *check, const GapFinding *f) {
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:[f,f,f,f], s:s, s:s}", "map",
                     check->map->style->name, "lang", check->map->page.lang, "layout",
                     check->map->page.layout->name, "rule", f->rule, "what", f->what, "box",
                     round(f->box.min_x), round(f->box.min_y), round(f->box.max_x),
                     round(f->box.max_y), "measured", f->measured, "wanted", f->wanted);
}

static size_t tell(GapCall *call, const Check *checks, size_t n, json_t *all) {
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        for (guint k = 0; k < checks[i].findings->len; k++, found++) {
            const GapFinding *f = &g_array_index(checks[i].findings, GapFinding, k);
            if (all)
                json_array_append_new(all, finding_json(&checks[i], f));
            else
                print_finding(gap_call_out(call), &checks[i], f);
        }
    return found;
}

/** Tells all findings; an exit code, or -1 with an error that counts them. */
static int report(GapCall *call, const Check *checks, size_t n, GError **error) {
    json_t *all = gap_call_json(call) ? json_array() : NULL;
    size_t found = tell(call, checks, n, all);
    if (all) {
        gap_cmd_print_json(call, json_pack("{s:i, s:o}", "maps", (int)n, "findings", all));
        return found ? GAP_EXIT_FAILED : GAP_EXIT_DONE;
    }
    if (!found) {
        gap_call_say(call, "%zu maps: all rules hold", n);
        return GAP_EXIT_DONE;
    }
    gap_fail(error, GAP_ERROR_FAILED,
             "%zu findings above in %zu maps; gapmap-lint(7) has the rules", found, n);
    return -1;
}

int gap_cmd_check_maps(GapCall *call, const GapRenderMap *maps, size_t n, const GapMapData *data,
                       GError **error) {
    g_autofree Check *checks = g_new0(Check, n);
    for (size_t i = 0; i < n; i++)
        checks[i] = (Check){&maps[i], data, NULL};
    bool held = gap_render_each(check_one, checks, n, gap_call_progress(call), "pages", error);
    int code = held ? report(call, checks, n, error) : -1;
    for (size_t i = 0; i < n; i++)
        g_clear_pointer(&checks[i].findings, g_array_unref);
    return code;
}
