#include "tests/check.h"

#include "geo/cli/internal.h"
#include "geo/cli/terminal.h"
#include "tests/fake_program.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

/** Parses words apart by '|' as those behind the command `reach`. */
static GapCall *parse(GapContext *context, const char *words, GError **error) {
    g_auto(GStrv) argv = g_strsplit(words, "|", -1);
    return gap_call_parse(context, &fake_reach, (int)g_strv_length(argv), argv, error);
}

static void words_that_cannot_be_used(void **state) {
    (void)state;
    static const struct {
        const char *words, *says;
    } cases[] = {
        {"--withn|5 km", "there is no option --withn; did you mean --within?"},
        {"--with|5 km", "there is no option --with"}, /* no prefixes */
        {"--xyzzyxyzzy", "there is no option --xyzzyxyzzy"},
        {"-z", "there is no option -z"},
        {"---within|5 km", "there is no option ---within"},
        {"--=5", "there is no option --"},
        {"--within", "--within needs a value: --within LENGTH"},
        {"--within|--strict", "--within needs a value"},
        {"-w", "--within needs a value"},
        {"--within|5", "--within: '5' is not a length"},
        {"-w|5", "--within: '5' is not a length"},
        {"-w5", "--within: '5' is not a length"},
        {"--within=|a", "--within: '' is not a length"},
        {"--within|5 km|--within|6 km", "--within stands twice"},
        {"--rings|3 km,,5 km", "--rings: '' is not a length"},
        {"--rings|3 km; 5 km", "--rings: '3 km; 5 km' is not a length"},
        {"--rings=", "--rings: '' is not a length"},
        {"--as-of|31.12.2017", "--as-of: '31.12.2017' is not a date of the calendar: write YYYY"},
        {"--crime-years|2017-2014", "--crime-years: '2017-2014' is not a year or a range"},
        {"--kind|stattion",
         "--kind: 'stattion' is not one of station, point, mobile; did you mean station?"},
        {"--kind|station,point", "--kind: 'station,point' is not one of"},
        {"--kinds|station,x", "--kinds: 'x' is not one of station, point, mobile"},
        {"--kinds=", "--kinds: '' is not one of"},
        {"--number|ten", "--number: 'ten' is not a whole number: write digits only"},
        {"--number|1.5", "'1.5' is not a whole number"},
        {"--number|99999999999999999999", "is not a whole number"},
        {"--share|1,5", "--share: '1,5' is not a number"},
        {"--name=", "--name: the value is empty"},
        {"--name|\xff", "--name: '\uFFFD' is not UTF-8"},
        {"--strict=true", "--strict takes no value"},
        {"-qx", "--quiet takes no value"},
        {"a|b|c|d", "'d' is one argument too many: write gapmap reach [PLACE...]"},
        {"--\033[31m", "there is no option --\\u001B[31m"},
    };
    g_autoptr(GapContext) context = gap_context_new(&fake_program);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GapCall) call = parse(context, cases[i].words, &error);
        assert_null(call);
        assert_int_equal(gap_exit_code(error), GAP_EXIT_USAGE);
        assert_error_says(error, cases[i].says);
    }
}

static void words_that_mean_the_same(void **state) {
    (void)state;
    static const struct {
        const char *words, *line;
    } cases[] = {
        {"--within|3 km", "fake reach --within '3 km'"},
        {"--within=3 km", "fake reach --within '3 km'"},
        {"-w|3 km", "fake reach --within '3 km'"},
        {"-w3 km", "fake reach --within '3 km'"},
        {"a|--strict|b", "fake reach --strict a b"},
        {"--strict|--strict", "fake reach --strict"},
        {"--|--within|-q", "fake reach -- --within -q"},
        {"-", "fake reach -- -"},
        {"--name|-x", "fake reach --name -x"},
        {"--name=a=b", "fake reach --name a=b"},
        {"-o|a b.png|-q", "fake reach --output 'a b.png' --quiet"},
        {"--share|-0.5", "fake reach --share -0.5"},
        {"--table=\xff.csv", "fake reach --table '\xff.csv'"},
        {"", "fake reach"},
    };
    g_autoptr(GapContext) context = gap_context_new(&fake_program);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GapCall) call = parse(context, cases[i].words, &error);
        assert_no_error(error);
        g_autofree char *line = gap_call_line(call);
        assert_string_equal(line, cases[i].line);
        /* What is printed for a shell is read back as the same. */
        g_auto(GStrv) argv = NULL;
        assert_true(g_shell_parse_argv(line, NULL, &argv, NULL));
        g_autoptr(GapCall) again =
            gap_call_parse(context, &fake_reach, (int)g_strv_length(argv) - 2, argv + 2, &error);
        assert_no_error(error);
        g_autofree char *line_again = gap_call_line(again);
        assert_string_equal(line, line_again);
    }
}

static void values_as_commands_see_them(void **state) {
    (void)state;
    g_autoptr(GapContext) context = gap_context_new(&fake_program);
    g_autoptr(GError) error = NULL;
    g_autoptr(GapCall) call = parse(
        context, "--rings|3 km, 800 m|--crime-years|2014-2017|--kinds|point , mobile|-n|-3|Osh",
        &error);
    assert_no_error(error);
    assert_near(gap_call_length_m(call, "within"), 5000, 0);
    assert_false(gap_call_given(call, "within"));
    assert_true(gap_call_given(call, "rings"));
    bool minutes;
    g_autoptr(GArray) rings = gap_call_limits(call, "rings", &minutes);
    assert_false(minutes);
    assert_int_equal(rings->len, 2);
    assert_near(g_array_index(rings, double, 0), 3000, 0);
    assert_near(g_array_index(rings, double, 1), 800, 0);
    int first = 0, last = 0;
    assert_true(gap_call_years(call, "crime-years", &first, &last));
    assert_int_equal(first, 2014);
    assert_int_equal(last, 2017);
    g_auto(GStrv) kinds = gap_call_words(call, "kinds");
    assert_int_equal(g_strv_length(kinds), 2);
    assert_string_equal(kinds[0], "point");
    assert_string_equal(kinds[1], "mobile");
    assert_int_equal(gap_call_int(call, "number"), -3);
    assert_near(gap_call_number(call, "share"), NAN, 0);
    assert_null(gap_call_text(call, "name"));
    assert_null(gap_call_words(call, "name"));
    assert_false(gap_call_flag(call, "strict"));
    assert_int_equal(gap_call_argument_count(call), 1);
    assert_string_equal(gap_call_argument(call, 0), "Osh");
    assert_null(gap_call_argument(call, 1));
}

static void fingerprints_tell_what_holds(void **state) {
    (void)state;
    g_autoptr(GapContext) context = gap_context_new(&fake_program);
    g_autoptr(GapCall) bare = parse(context, "a", NULL);
    g_autoptr(GapCall) spelt = parse(context, "--within|5 km|--quiet|a", NULL);
    g_autoptr(GapCall) other = parse(context, "--within|6 km|a", NULL);
    g_autofree char *one = gap_call_fingerprint(bare), *two = gap_call_fingerprint(spelt),
                    *three = gap_call_fingerprint(other);
    assert_string_equal(one, two);
    assert_string_not_equal(one, three);
}

static int start(const char *words) {
    g_auto(GStrv) argv = g_strsplit(words, " ", -1);
    return gap_program_main(&fake_program, (int)g_strv_length(argv), argv);
}

static void exit_codes(void **state) {
    (void)state;
    static const struct {
        const char *words;
        int code, runs;
    } cases[] = {
        {"fake", 2, 0},
        {"fake --help", 0, 0},
        {"fake -h", 0, 0},
        {"fake --version", 0, 0},
        {"fake --store x reach", 2, 0},
        {"fake raech", 2, 0},
        {"fake reach", 0, 1},
        {"fake reach --help --withn", 0, 0},
        {"fake reach -- --help", 0, 1},
        {"fake reach --name fail", 1, 1},
        {"fake reach --within 5", 2, 0},
        {"fake load crime", 2, 0},
        {"fake load", 2, 0},
        {"fake help", 0, 0},
        {"fake help reach", 0, 0},
        {"fake help recipe", 0, 0},
        {"fake help raech", 2, 0},
        {"fake help --json", 0, 0},
        {"fake completion bash", 0, 0},
        {"fake completion zsh", 0, 0},
        {"fake completion fish", 2, 0},
        {"fake run nowhere.ini", 2, 0},
        {"fake run /", 2, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        fake_runs = 0;
        int code = start(cases[i].words);
        if (code != cases[i].code || fake_runs != cases[i].runs)
            fail_msg("%s: code %d, %d runs", cases[i].words, code, fake_runs);
    }
    fake_code = GAP_EXIT_REFUSED_ROWS;
    assert_int_equal(start("fake reach"), GAP_EXIT_REFUSED_ROWS);
    fake_code = GAP_EXIT_DONE;
}

static void the_store_of_a_folder(void **state) {
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("gapmap-XXXXXX", NULL);
    assert_int_equal(g_chdir(folder), 0);
    g_autoptr(GapContext) context = gap_context_new(&fake_program);
    g_autoptr(GError) error = NULL;
    g_autoptr(GapCall) call = parse(context, "a", NULL);
    assert_null(gap_call_store(call, GAP_STORE_READ, &error));
    assert_error_says(error, "there is no store (*.gapmap) in this folder: name one with --store");
    g_file_set_contents(".aside.gapmap", "", 0, NULL);
    g_file_set_contents("b.gapmap", "not a store", -1, NULL);
    assert_null(gap_call_store(call, GAP_STORE_READ, &error));
    assert_error_says(error, "b.gapmap");
    g_file_set_contents("a.gapmap", "", 0, NULL);
    assert_null(gap_call_store(call, GAP_STORE_READ, &error));
    assert_error_says(error, "several stores (a.gapmap, b.gapmap): name one with --store");
    g_remove(".aside.gapmap");
    g_remove("a.gapmap");
    g_remove("b.gapmap");
    assert_int_equal(g_chdir("/"), 0);
    g_rmdir(folder);
}

static void the_first_interrupt_asks(void **state) {
    (void)state;
    gap_terminal_listen();
    gap_terminal_begin("work", true);
    const GapProgress *progress = gap_terminal_progress();
    assert_true(gap_progress(progress, 0.5, "half"));
    raise(SIGINT);
    assert_true(gap_terminal_interrupted());
    assert_false(gap_progress(progress, 0.6, "more"));
    struct sigaction now;
    sigaction(SIGTERM, NULL, &now);
    assert_true(now.sa_handler != SIG_DFL); /* it asks, too */
    raise(SIGTERM);
    for (const int *number = (const int[]){SIGINT, SIGTERM, 0}; *number; number++) {
        sigaction(*number, NULL, &now);
        assert_true(now.sa_handler == SIG_DFL); /* the second kills */
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_cannot_be_used),
        cmocka_unit_test(words_that_mean_the_same),
        cmocka_unit_test(values_as_commands_see_them),
        cmocka_unit_test(fingerprints_tell_what_holds),
        cmocka_unit_test(exit_codes),
        cmocka_unit_test(the_store_of_a_folder),
        cmocka_unit_test(the_first_interrupt_asks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
