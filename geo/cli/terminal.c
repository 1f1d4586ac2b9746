#include "geo/cli/terminal.h"

#include "geo/base/error.h"

#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { BAR = 20, DELAY_US = 1000000, PAUSE_US = 100000 };

static volatile sig_atomic_t interrupted;

// A process has one terminal, so its state is one too.
static struct {
    const char *label;
    gint64 started_us, drawn_us;
    bool show, drawn;
} bar;

static void on_interrupt(int number) {
    (void)number;
    interrupted = 1;
}

void gap_terminal_listen(void) {
    struct sigaction action = {.sa_handler = on_interrupt,
                               .sa_flags = (int)SA_RESETHAND | SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool gap_terminal_interrupted(void) {
    return interrupted;
}

static unsigned width(void) {
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

/** As much of `text` as fits into `room` columns. */
static void append_fitting(GString *line, const char *text, unsigned room) {
    g_autofree char *shown = gap_printable(text, 200);
    for (const char *p = shown; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        unsigned columns = g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
        if (columns > room)
            return;
        room -= columns;
        g_string_append_unichar(line, c);
    }
}

static void draw(double share, const char *what) {
    unsigned columns = width() - 1, full = (unsigned)(CLAMP(share, 0, 1) * BAR);
    g_autoptr(GString) line = g_string_new("\r");
    if (columns > BAR + 8) {
        g_string_append_c(line, '[');
        for (unsigned i = 0; i < BAR; i++)
            g_string_append_c(line, i < full ? '#' : ' ');
        g_string_append(line, "] ");
        columns -= BAR + 3;
    }
    g_autofree char *text = g_strdup_printf("%3.0f %%  %s%s%s", 100 * CLAMP(share, 0, 1), bar.label,
                                            what ? ": " : "", what ? what : "");
    append_fitting(line, text, columns);
    g_string_append(line, "\033[K");
    fputs(line->str, stderr);
    fflush(stderr);
    bar.drawn = true;
}

static bool report(void *user, double share, const char *what) {
    (void)user;
    gint64 now = g_get_monotonic_time();
    if (bar.show && now - bar.started_us >= DELAY_US && now - bar.drawn_us >= PAUSE_US) {
        bar.drawn_us = now;
        draw(share, what);
    }
    return !interrupted;
}

void gap_terminal_begin(const char *label, bool show) {
    gap_terminal_clear();
    bar.label = label;
    bar.started_us = g_get_monotonic_time();
    bar.show = show && isatty(STDERR_FILENO) && g_strcmp0(g_getenv("TERM"), "dumb") != 0;
}

const GapProgress *gap_terminal_progress(void) {
    static const GapProgress progress = {report, NULL};
    return &progress;
}

void gap_terminal_clear(void) {
    if (bar.drawn)
        fputs("\r\033[K", stderr);
    bar.drawn = false;
}
