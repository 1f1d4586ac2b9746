/** measure GOAL_S GOAL_MIB WHAT PREPARE COMMAND...: runs the shell line PREPARE and then COMMAND,
 *  five times; prints best and median time and the highest peak of memory, both of COMMAND alone.
 *  Fails where the median or the peak is over its goal. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 5 };

static double now_s(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void run(char **command) {
    if (!freopen("/dev/null", "w", stdout))
        _exit(126);
    execvp(command[0], command);
    _exit(127);
}

/** Answers seconds; raises `peak_mib` to this run's. */
static double measure(char **command, double *peak_mib) {
    struct rusage usage;
    int status = 0;
    fflush(stdout);
    double start = now_s();
    pid_t child = fork();
    if (child == 0)
        run(command);
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || status != 0) {
        fprintf(stderr, "%s failed with status %d\n", command[0], WEXITSTATUS(status));
        exit(1);
    }
    double peak = (double)usage.ru_maxrss / 1024;
    *peak_mib = peak > *peak_mib ? peak : *peak_mib;
    return now_s() - start;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
    if (argc < 6)
        return 2;
    double goal_s = atof(argv[1]), goal_mib = atof(argv[2]), seconds[RUNS], peak_mib = 0;
    for (int i = 0; i < RUNS; i++) {
        if (system(argv[4]) != 0)
            return 1;
        seconds[i] = measure(argv + 5, &peak_mib);
    }
    qsort(seconds, RUNS, sizeof *seconds, by_value);
    int met = seconds[RUNS / 2] <= goal_s && peak_mib <= goal_mib;
    printf("%-14s best %.3f s, median %.3f s (goal %g s), peak %.0f MiB (goal %g MiB): %s\n",
           argv[3], seconds[0], seconds[RUNS / 2], goal_s, peak_mib, goal_mib,
           met ? "met" : "MISSED");
    return !met;
}
