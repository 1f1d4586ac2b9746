#include "geo/base/crew.h"

#include <sched.h>

enum { MATES_MAX = 7 };

static gint mates_busy; // of all crews

typedef struct {
    void (*work)(gpointer data);
    gpointer data;
} Job;

static gpointer labour(gpointer job) {
    ((Job *)job)->work(((Job *)job)->data);
    return NULL;
}

/** Those that this process may run on: taskset and containers take some away. */
static gint processors(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set)
                                                       : (gint)g_get_num_processors();
}

/** A thread more, where a processor is free for it. */
static GThread *hire(Job *job) {
    if (g_atomic_int_add(&mates_busy, 1) + 1 < processors()) {
        GThread *mate = g_thread_try_new("crew", labour, job, NULL);
        if (mate)
            return mate;
    }
    g_atomic_int_add(&mates_busy, -1);
    return NULL;
}

void gap_crew_run(void (*work)(gpointer data), gpointer data, guint most) {
    Job job = {work, data};
    GThread *mates[MATES_MAX];
    guint n = 0;
    while (n < MATES_MAX && n + 1 < most && (mates[n] = hire(&job)))
        n++;
    work(data);
    for (guint i = 0; i < n; i++) {
        g_thread_join(mates[i]);
        g_atomic_int_add(&mates_busy, -1);
    }
}
