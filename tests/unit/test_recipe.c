#include "tests/check.h"

#include "geo/cli/recipe.h"
#include "tests/fake_program.h"

#include <glib/gstdio.h>

static GapRecipe *parse(GapContext *context, const char *text, GError **error) {
    return gap_recipe_parse(context, "in/r.ini", text, strlen(text), error);
}

static void recipes_that_cannot_be_used(void **state) {
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "in/r.ini: a recipe needs a section that names a command"},
        {"# only words\n", "needs a section"},
        {"[recipe]\ntitle = x\n", "needs a section"},
        {"within = 5 km\n[reach]\n", "line 1: 'within = 5 km' stands before the first [SECTION]"},
        {"[reach]\nnonsense\n", "line 2: 'nonsense' is neither [SECTION], KEY = VALUE nor"},
        {"[reach]\n= 5\n", "line 2: '= 5' is neither"},
        {"[reach\n", "line 1: '[reach' is no section"},
        {"[reach] x\n", "line 1: '[reach] x' is no section"},
        {"[re[ach]\n", "is no section"},
        {"[]\n", "line 1: '[]' names no command"},
        {"[ ]\n", "names no command"},
        {"[ : label]\n", "in/r.ini, line 1: [: label]: it names no command"},
        {"[raech]\n", "line 1: [raech]: there is no command 'raech'; did you mean reach?"},
        {"\n\n[xyzzyxyzzy]\n", "line 3: [xyzzyxyzzy]: there is no command 'xyzzyxyzzy'"},
        {"[reach]\nwithn = 5 km\n",
         "in/r.ini, line 2: [reach] withn: reach has no such option; did you mean within?"},
        {"[reach]\nwithin = 5\n", "line 2: [reach] within: '5' is not a length"},
        {"[reach]\nwithin = 5 km # near\n", "'5 km # near' is not a length"},
        {"[reach]\nwithin =\n", "line 2: [reach] within: '' is not a length"},
        {"[reach]\nwithin[ru] = 5 km\n", "within[ru]: reach has no such option"},
        {"[reach]\nname[kyr] = x\n", "name[kyr]: reach has no such option"},
        {"[reach]\nname[ky = x\n", "name[ky"},
        {"[reach]\nname[ky] =\n", "line 2: [reach] name[ky]: the value is empty"},
        {"[reach]\narguments = a\n", "arguments: reach has no such option"},
        {"[reach]\nquiet = true\n", "quiet: reach has no such option"},
        {"[reach]\njson = true\n", "json: reach has no such option"},
        {"[reach]\nhelp = true\n", "help: reach has no such option"},
        {"[reach]\nstrict = yes\n", "strict: 'yes' is neither true nor false"},
        {"[reach]\nname = a\\qb\n", "line 2: [reach] name: "},
        {"[reach]\nstore =\n", "store: the value is empty"},
        {"[reach]\nwithin = 5 km\nwithin = 6 km\n",
         "line 3: 'within' stands in this section already, in line 2"},
        {"[reach]\n[load a b]\n[reach]\n",
         "line 3: [reach] stands in line 1 already; tell them apart by a label: [reach : LABEL]"},
        {"[load a  b]\n[ load a b ]\n", "line 2: [load a b] stands in line 1 already"},
        {"[reach : a]\n[reach  :  a]\n", "line 2: [reach : a] stands in line 1 already"},
        {"[reach]\n[recipe]\n", "line 2: [recipe]: it must be the first section"},
        {"[recipe]\n[recipe]\n[reach]\n", "line 2: [recipe] stands in line 1 already"},
        {"[recipe]\nas-off = 2017-12-31\n[reach]\n",
         "line 2: [recipe] as-off: no command has this option; did you mean as-of?"},
        {"[recipe]\ntitel = x\n[reach]\n",
         "titel: no command has this option; did you mean title?"},
        {"[recipe]\nas-of = 31.12.2017\n[reach]\n",
         "line 2: [recipe] as-of: '31.12.2017' is not a date"},
        {"[recipe]\nquiet = true\n[reach]\n", "quiet: no command has this option"},
        {"[recipe]\nstore =\n[reach]\n", "line 2: [recipe] store: the value is empty"},
        {"[recipe]\nwithin = 3 km, 5 km\n[reach]\n",
         "line 2: [recipe] within: [reach] takes it otherwise: '3 km, 5 km' is not a length"},
        {"[load crime]\n", "line 1: [load crime]: an argument is missing: write gapmap load"},
        {"[load]\n", "[load]: its arguments are missing"},
        {"[reach a b c d]\n", "'d' is one argument too many"},
        {"[reach a b]\nfiles = c; d\n", "is one argument too many"},
        {"[reach --within]\n", "options are keys below the header: OPTION = VALUE"},
        {"[reach 'a]\n", "line 1: [reach 'a]: "},
        {"[run other.ini]\n", "a recipe cannot run recipes"},
        {"[reach]\nname = \xff\n", "in/r.ini, line 2: not UTF-8"},
        {"[\033[31m]\n", "is no section"},
        {"[reach]\n\033x = 1\n", "[reach] \\u001Bx: reach has no such option"},
        /* All is judged before anything runs. */
        {"[reach]\n[reach : b]\nwithin = 5\n", "line 3: [reach : b] within"},
    };
    g_autoptr(GapContext) context = gap_context_new(&fake_program);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GapRecipe) recipe = parse(context, cases[i].text, &error);
        if (recipe)
            fail_msg("taken: %s", cases[i].text);
        assert_int_equal(gap_exit_code(error), GAP_EXIT_USAGE);
        assert_error_says(error, cases[i].says);
    }
}

static void recipes_and_their_command_lines(void **state) {
    (void)state;
    static const struct {
        const char *text, *lines;
    } cases[] = {
        {"[reach]\n", "fake reach\n"},
        {"[reach]", "fake reach\n"},
        {"\xef\xbb\xbf[reach]\r\nwithin = 5 km\r\n", "fake reach --within '5 km'\n"},
        {"  [reach a b : c]  \n  within=5 km  \n# x\n\n", "fake reach --within '5 km' a b\n"},
        {"[reach \"Kara Suu\" a:b : label]\n", "fake reach 'Kara Suu' a:b\n"},
        {"[reach a: b]\n", "fake reach a\n"},
        {"[load crime]\nfiles = a.csv; b c.csv ;\n[load crime x.csv]\n",
         "fake load crime in/a.csv 'in/b c.csv'\nfake load crime x.csv\n"},
        {"[reach]\ntable = t.csv\noutput = o.png\nstore = s.gapmap\n",
         "fake reach --table in/t.csv --output o.png --store s.gapmap\n"},
        {"[reach]\ntables = a.csv, /b.csv ,c d.csv\n",
         "fake reach --tables 'in/a.csv,/b.csv,in/c d.csv'\n"},
        {"[reach]\nname[ky] = A\nname = T\n", "fake reach --name T --name-ky A\n"},
        {"[reach]\ntable = /t.csv\n", "fake reach --table /t.csv\n"},
        {"[reach]\nstrict = true\n[reach : b]\nstrict = false\n",
         "fake reach --strict\nfake reach\n"},
        {"[recipe]\ntitle = T\ntitle[ru] = Т\ndescription = D\nas-of = 2017-12-31\n"
         "table = t.csv\nstore = s\n[reach]\n[load a b]\nas-of = 2016-01-01\n",
         "fake reach --as-of 2017-12-31 --table in/t.csv\nfake load --as-of 2016-01-01 a b\n"},
    };
    g_autoptr(GapContext) context = gap_context_new(&fake_program);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GapRecipe) recipe = parse(context, cases[i].text, &error);
        assert_no_error(error);
        g_autoptr(GString) lines = g_string_new(NULL);
        for (guint j = 0; j < recipe->steps->len; j++) {
            g_autofree char *line = gap_call_line(((GapStep *)recipe->steps->pdata[j])->call);
            g_string_append_printf(lines, "%s\n", line);
        }
        assert_string_equal(lines->str, cases[i].lines);
    }
}

static void heads_and_labels(void **state) {
    (void)state;
    g_autoptr(GapContext) context = gap_context_new(&fake_program);
    g_autoptr(GapRecipe) recipe = parse(
        context, "[recipe]\ntitle = The  country\nstore = x.gapmap\n[ reach   a  :  one two ]\n",
        NULL);
    assert_string_equal(recipe->title, "The  country");
    assert_string_equal(recipe->store, "x.gapmap");
    const GapStep *step = recipe->steps->pdata[0];
    assert_string_equal(step->section, "reach a : one two");
    assert_string_equal(step->label, "one two");
}

static void sizes_and_bytes(void **state) {
    (void)state;
    g_autoptr(GapContext) context = gap_context_new(&fake_program);
    g_autoptr(GError) error = NULL;
    g_autofree char *long_text = g_strnfill((1 << 20) + 1, '\n');
    assert_null(gap_recipe_parse(context, "r", long_text, (1 << 20) + 1, &error));
    assert_error_says(error, "over 1 MiB");
    assert_null(gap_recipe_parse(context, "r", "[reach]\n\0", 9, &error));
    assert_error_says(error, "r, line 2: not UTF-8");
    assert_null(gap_recipe_read(context, "/dev/null", &error));
    assert_error_says(error, "no regular file");
    /* Many sections take no longer than their number asks for. */
    g_autoptr(GString) many = g_string_new(NULL);
    for (int i = 0; i < 50000; i++)
        g_string_append_printf(many, "[reach : %d]\n", i);
    g_autoptr(GapRecipe) recipe = parse(context, many->str, &error);
    assert_no_error(error);
    assert_int_equal(recipe->steps->len, 50000);
}

/** Runs the text as a recipe file; `more` are further words of the command line. */
static int run(const char *text, const char *more) {
    g_autofree char *path = NULL;
    int file = g_file_open_tmp("gapmap-XXXXXX.ini", &path, NULL);
    assert_true(file >= 0);
    g_close(file, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autofree char *line = g_strdup_printf("fake run %s %s", path, more);
    g_auto(GStrv) argv = NULL;
    assert_true(g_shell_parse_argv(line, NULL, &argv, NULL));
    fake_runs = 0;
    int code = gap_program_main(&fake_program, (int)g_strv_length(argv), argv);
    g_remove(path);
    return code;
}

static void runs(void **state) {
    (void)state;
    static const char three[] = "[reach : a]\n[load a b]\n[reach : c]\nname = C\n";
    static const struct {
        const char *text, *more;
        int code, runs;
    } cases[] = {
        {three, "", 0, 3},
        {three, "--quiet", 0, 3},
        {three, "--json", 0, 3},
        {three, "--dry-run", 0, 0},
        {three, "--only load", 0, 1},
        {three, "--only reach", 0, 2},
        {three, "--only 'c, load a b'", 0, 2},
        {three, "--only laod", 2, 0},
        {"[reach]\nname = fail\n[reach : b]\n", "", 1, 1},
        {"[reach]\nname = fail\n[reach : b]\n", "--json", 1, 1},
        {"[reach]\n[reach : b]\nwithin = 5\n", "", 2, 0},
        {"[reach]\n[reach : b]\nwithin = 5\n", "--only reach", 2, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int code = run(cases[i].text, cases[i].more);
        if (code != cases[i].code || fake_runs != cases[i].runs)
            fail_msg("%zu: code %d, %d runs", i, code, fake_runs);
    }
    /* Refused rows do not stop the run, and are its last word. */
    fake_code = GAP_EXIT_REFUSED_ROWS;
    assert_int_equal(run(three, ""), GAP_EXIT_REFUSED_ROWS);
    assert_int_equal(fake_runs, 3);
    fake_code = GAP_EXIT_DONE;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recipes_that_cannot_be_used),
        cmocka_unit_test(recipes_and_their_command_lines),
        cmocka_unit_test(heads_and_labels),
        cmocka_unit_test(sizes_and_bytes),
        cmocka_unit_test(runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
