/* The system's clock, moved: preloaded into every process of a run, so that Python, SQLite, DuckDB and Prefect's server
   all live by it. SHIFTED_CLOCK names a file with the seconds to add, a double, which may change at any moment. As when
   a real clock is set, the monotonic clock does not move. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile double *shift;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("SHIFTED_CLOCK");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *page = mmap(NULL, sizeof(double), PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (page != MAP_FAILED) shift = page;
}

static long long moved(void) { return shift ? (long long)(*shift * 1e9) : 0; }

static void add(struct timespec *t, long long nanoseconds) {
    long long total = (long long)t->tv_sec * 1000000000LL + t->tv_nsec + nanoseconds;
    if (total < 0) total = 0;
    t->tv_sec = total / 1000000000LL;
    t->tv_nsec = total % 1000000000LL;
}

int clock_gettime(clockid_t clock, struct timespec *t) {
    int code = syscall(SYS_clock_gettime, clock, t);
    if (!code && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) add(t, moved());
    return code;
}

int gettimeofday(struct timeval *restrict t, void *restrict zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    t->tv_sec = now.tv_sec;
    t->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *t) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (t) *t = now.tv_sec;
    return now.tv_sec;
}

/* The kernel waits until a moment of the right clock. A deadline of the monotonic clock is no moment of our days. */
static const struct timespec *righted(const struct timespec *until, struct timespec *own) {
    if (until->tv_sec < 500000000) return until;
    *own = *until;
    add(own, -moved());
    return own;
}

int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict until) {
    static int (*next)(sem_t *, const struct timespec *);
    struct timespec own;
    if (!next) next = dlsym(RTLD_NEXT, "sem_timedwait");
    return next(semaphore, righted(until, &own));
}

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict until) {
    static int (*next)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
    struct timespec own;
    if (!next) next = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
    return next(condition, mutex, righted(until, &own));
}
