#include "geo/text/message.h"

#include "geo/base/error.h"
#include "geo/text/words.h"

#include <math.h>
#include <string.h>
#include <unicode/umsg.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

enum { DEPTH_MAX = 6, KEYWORD_MAX = 16 };

/* ---- values ---- */

typedef struct {
    char *text;
    double number;
} Value;

static void value_free(gpointer data) {
    Value *value = data;
    g_free(value->text);
    g_free(value);
}

GHashTable *gap_message_values_new(void) {
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, value_free);
}

void gap_message_set(GHashTable *values, const char *name, char *text, double number) {
    Value *value = g_new(Value, 1);
    *value = (Value){text, number};
    g_hash_table_insert(values, g_strdup(name), value);
}

/* ---- the pattern ---- */

/** A form of a plural: `one{...}`. */
typedef struct {
    char key[KEYWORD_MAX];
    const char *open, *close; /**< its braces */
} Form;

/** A place: `{name}` or `{name, plural, form{...} form{...}}`. */
typedef struct {
    char *name, *kind; /**< kind NULL: the value as it is */
    const char *forms, *close;
} Place;

static const char *closing(const char *open) {
    int depth = 0;
    for (const char *c = open; *c; c++) {
        depth += (*c == '{') - (*c == '}');
        if (depth == 0)
            return c;
    }
    return NULL;
}

/** The text from `*at` to the next comma or `end`, trimmed; `*at` moves behind the comma. */
static char *next_part(const char **at, const char *end) {
    const char *comma = memchr(*at, ',', (size_t)(end - *at));
    char *part = g_strstrip(g_strndup(*at, (size_t)((comma ? comma : end) - *at)));
    *at = comma ? comma + 1 : end;
    return part;
}

/** Reads the place whose brace is at `open`; what it returns is to be cleared. */
static Place read_place(const char *open) {
    Place place = {.close = closing(open)};
    const char *at = open + 1;
    place.name = next_part(&at, place.close);
    if (at < place.close)
        place.kind = next_part(&at, place.close);
    place.forms = at;
    return place;
}

static void place_clear(Place *place) {
    g_free(place->name);
    g_free(place->kind);
}

/** The next form at `*at`; false where there is none. */
static bool next_form(const char **at, const char *end, Form *form) {
    const char *open = memchr(*at, '{', (size_t)(end - *at));
    if (!open)
        return false;
    g_autofree char *key = g_strstrip(g_strndup(*at, (size_t)(open - *at)));
    g_strlcpy(form->key, key, sizeof form->key);
    form->open = open;
    form->close = closing(open);
    *at = form->close + 1;
    return true;
}

/* ---- rules of a language ---- */

/** Made once; they live as long as the program. */
static const UPluralRules *rules_of(const char *lang) {
    static UPluralRules *rules[8];
    static gsize once;
    gsize i = 0;
    if (g_once_init_enter(&once)) {
        for (; GAP_LANGUAGES[i]; i++) {
            UErrorCode status = U_ZERO_ERROR;
            rules[i] = uplrules_open(GAP_LANGUAGES[i], &status);
        }
        g_once_init_leave(&once, 1);
    }
    for (i = 0; GAP_LANGUAGES[i]; i++)
        if (g_str_equal(lang, GAP_LANGUAGES[i]))
            return rules[i];
    return NULL;
}

/** The form that a number takes: "one", "few", "many" or "other". */
static void form_of(double number, const char *lang, char *form) {
    const UPluralRules *rules = rules_of(lang);
    UErrorCode status = U_ZERO_ERROR;
    UChar name[KEYWORD_MAX];
    int32_t length = rules && isfinite(number)
                         ? uplrules_select(rules, fabs(number), name, KEYWORD_MAX - 1, &status)
                         : 0;
    g_strlcpy(form, "other", KEYWORD_MAX);
    if (length > 0 && U_SUCCESS(status)) {
        name[length] = 0;
        u_austrcpy(form, name);
    }
}

/* ---- filling ---- */

/** Whether a form is the one for exactly this number: `=0{...}`. */
static bool is_exactly(const Form *form, double number) {
    return form->key[0] == '=' && g_ascii_strtod(form->key + 1, NULL) == number;
}

/** The form that fits best. Returns false where there is none. */
static bool choose(const Place *place, double number, const char *lang, Form *chosen) {
    char wanted[KEYWORD_MAX];
    const char *at = place->forms;
    int best = 0;
    form_of(number, lang, wanted);
    for (Form form; next_form(&at, place->close, &form);) {
        int fit = is_exactly(&form, number)        ? 3
                  : g_str_equal(form.key, wanted)  ? 2
                  : g_str_equal(form.key, "other") ? 1
                                                   : 0;
        if (fit > best) {
            best = fit;
            *chosen = form;
        }
    }
    return best > 0;
}

typedef struct {
    const char *lang;
    GHashTable *values;
    GString *out;
} Filling;

/** Appends the text from `at` to `end`; `count` is what `#` stands for, NULL: itself. */
static void fill(const Filling *f, const char *at, const char *end, const char *count) {
    while (at < end) {
        if (*at != '{') {
            if (*at == '#' && count)
                g_string_append(f->out, count);
            else
                g_string_append_c(f->out, *at);
            at++;
            continue;
        }
        Place place = read_place(at);
        const Value *value = g_hash_table_lookup(f->values, place.name);
        Form form;
        if (!value)
            g_string_append_len(f->out, at, place.close + 1 - at);
        else if (!place.kind)
            g_string_append(f->out, value->text);
        else if (choose(&place, value->number, f->lang, &form))
            fill(f, form.open + 1, form.close, value->text);
        at = place.close + 1;
        place_clear(&place);
    }
}

char *gap_message_fill(const char *pattern, const char *lang, GHashTable *values) {
    Filling f = {lang, values, g_string_new(NULL)};
    fill(&f, pattern, pattern + strlen(pattern), NULL);
    return g_string_free(f.out, FALSE);
}

/* ---- checking ---- */

/** Braces in pairs, not too deep, and no apostrophe that ICU would take for a quote. */
static bool check_signs(const char *pattern, GError **error) {
    int depth = 0;
    for (const char *c = pattern; *c; c++) {
        if (*c == '\'' && c[1] && strchr("'{}#|", c[1]))
            return gap_fail(error, GAP_ERROR_INPUT, "an apostrophe before '%c' is not supported",
                            c[1]);
        depth += (*c == '{') - (*c == '}');
        if (depth < 0 || depth > DEPTH_MAX)
            break;
    }
    return depth == 0 || gap_fail(error, GAP_ERROR_INPUT, "%s",
                                  depth < 0           ? "a '}' that nothing opened"
                                  : depth > DEPTH_MAX ? "braces too deep in one another"
                                                      : "a '{' that is not closed");
}

/** Whether ICU can read it. */
static bool check_syntax(const char *pattern, const char *lang, GError **error) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where = {0};
    glong length;
    g_autofree gunichar2 *wide = g_utf8_to_utf16(pattern, -1, NULL, &length, NULL);
    if (!wide)
        return gap_fail(error, GAP_ERROR_INPUT, "not UTF-8");
    UMessageFormat *format = umsg_open((const UChar *)wide, (int32_t)length, lang, &where, &status);
    umsg_close(format);
    return U_SUCCESS(status) ||
           gap_fail(error, GAP_ERROR_INPUT, "a malformed message (ICU: %s, at character %d)",
                    u_errorName(status), where.offset);
}

static bool has_form(const Place *place, const char *key) {
    const char *at = place->forms;
    for (Form form; next_form(&at, place->close, &form);)
        if (g_str_equal(form.key, key))
            return true;
    return false;
}

/** The forms that whole numbers take. CLDR keeps "other" of Russian for fractions, which have a
 *  place in the list all the same. */
static bool check_forms(const Place *place, const char *lang, GError **error) {
    static const char *const known[] = {"zero", "one", "two", "few", "many", "other", NULL};
    UErrorCode status = U_ZERO_ERROR;
    UEnumeration *keys = uplrules_getKeywords(rules_of(lang), &status);
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (const char *key; (key = uenum_next(keys, NULL, &status));)
        g_hash_table_add(taken, g_strdup(key));
    uenum_close(keys);
    for (const char *const *key = known; *key; key++)
        if (has_form(place, *key) != g_hash_table_contains(taken, *key))
            return gap_fail(error, GAP_ERROR_INPUT, "the plural of {%s} %s the form '%s'%s",
                            place->name, has_form(place, *key) ? "has" : "lacks", *key,
                            has_form(place, *key) ? ", which the language does not know" : "");
    return true;
}

static bool check_text(const char *at, const char *end, const char *lang, GError **error);

static bool check_place(const Place *place, const char *lang, GError **error) {
    if (!place->kind)
        return true;
    if (!g_str_equal(place->kind, "plural"))
        return gap_fail(error, GAP_ERROR_INPUT, "{%s, %s} is not supported; {%s, plural, ...} is",
                        place->name, place->kind, place->name);
    if (!check_forms(place, lang, error))
        return false;
    const char *at = place->forms;
    for (Form form; next_form(&at, place->close, &form);)
        if (!check_text(form.open + 1, form.close, lang, error))
            return false;
    return true;
}

static bool check_text(const char *at, const char *end, const char *lang, GError **error) {
    while ((at = memchr(at, '{', (size_t)(end - at)))) {
        Place place = read_place(at);
        bool good = check_place(&place, lang, error);
        at = place.close + 1;
        place_clear(&place);
        if (!good)
            return false;
    }
    return true;
}

bool gap_message_check(const char *pattern, const char *lang, GError **error) {
    if (!rules_of(lang))
        return gap_fail(error, GAP_ERROR_FAILED, "ICU knows no plurals of '%s'", lang);
    if (!strpbrk(pattern, "{}"))
        return g_utf8_validate(pattern, -1, NULL) || gap_fail(error, GAP_ERROR_INPUT, "not UTF-8");
    return check_signs(pattern, error) && check_syntax(pattern, lang, error) &&
           check_text(pattern, pattern + strlen(pattern), lang, error);
}
