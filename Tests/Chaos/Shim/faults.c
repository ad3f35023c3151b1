// Preloaded into one program by the chaos run: moves its wall clock, and fails one call on a file.
//
// The file named by CHAOS_FILE is mapped shared, so that the run changes it at any moment (layout: ShimFile.swift).
// A call site is a call of a file function from the program itself, known by its return address; calls from shared
// libraries are no concern of ours. libfaketime is no choice: Swift programs lose their arguments under it, and timeouts of
// Postgres do not fire.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { most_sites = 500 };

struct site {
    uint64_t place; // return address in the program, 0 for none
    uint32_t calls;
    uint32_t failures;
    char name[16];
};

static struct control {
    int64_t offset;      // nanoseconds on the wall clock
    uint32_t armed_site; // 1 for the first, 0 for none
    int32_t armed_error; // errno
    uint32_t fired;
    uint32_t sites;
    struct site site[most_sites];
} *control;

static uintptr_t base, text_start, text_end;

static int find_program(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size;
    (void)data;
    base = info->dlpi_addr;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        if (header->p_type != PT_LOAD || !(header->p_flags & PF_X)) continue;
        text_start = base + header->p_vaddr;
        text_end = text_start + header->p_memsz;
    }
    return 1; // the program is the first
}

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("CHAOS_FILE");
    if (!path) return;
    dl_iterate_phdr(find_program, NULL);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) return;
    void *map = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (map != MAP_FAILED) control = map;
}

// Whether this call fails: notes the site, and takes the armed fault.
static int fails(const char *name, void *caller) {
    uintptr_t address = (uintptr_t)caller;
    if (!control || address < text_start || address >= text_end) return 0;
    uint64_t place = address - base;
    uint32_t count = __atomic_load_n(&control->sites, __ATOMIC_ACQUIRE), i = 0;
    for (;; i++) {
        if (i == most_sites) return 0;
        if (i >= count) {
            // Two processes of one program may find the same site at once: whoever is second goes to the next entry.
            uint64_t none = 0;
            if (__atomic_compare_exchange_n(
                    &control->site[i].place, &none, place, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
                strncpy(control->site[i].name, name, sizeof control->site[i].name - 1);
                __atomic_fetch_add(&control->sites, 1, __ATOMIC_ACQ_REL);
                break;
            }
        }
        if (__atomic_load_n(&control->site[i].place, __ATOMIC_ACQUIRE) == place) break;
    }
    __atomic_fetch_add(&control->site[i].calls, 1, __ATOMIC_RELAXED);
    uint32_t armed = i + 1;
    if (!__atomic_compare_exchange_n(&control->armed_site, &armed, 0, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return 0;
    __atomic_fetch_add(&control->site[i].failures, 1, __ATOMIC_RELAXED);
    __atomic_fetch_add(&control->fired, 1, __ATOMIC_RELEASE);
    errno = control->armed_error;
    return 1;
}

static int is_file(int fd) {
    struct stat status;
    int before = errno, good = fstat(fd, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
    errno = before;
    return good;
}

static int is_plain(const char *path) {
    return strncmp(path, "/proc/", 6) && strncmp(path, "/sys/", 5) && strncmp(path, "/dev/", 5);
}

#define CALLER __builtin_return_address(0)
#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

int clock_gettime(clockid_t clock, struct timespec *now) {
    REAL(clock_gettime);
    int result = real(clock, now);
    if (result == 0 && control && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        int64_t moved = (int64_t)now->tv_sec * 1000000000 + now->tv_nsec + control->offset;
        now->tv_sec = moved / 1000000000;
        now->tv_nsec = moved % 1000000000;
    }
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    (void)zone;
    struct timespec moved;
    if (clock_gettime(CLOCK_REALTIME, &moved) != 0) return -1;
    now->tv_sec = moved.tv_sec;
    now->tv_usec = moved.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *result) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}

#define OPENING(name, at, before, path, ...) \
    int name(before const char *path, int flags, ...) { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list more; \
            va_start(more, flags); \
            mode = va_arg(more, mode_t); \
            va_end(more); \
        } \
        if (is_plain(path) && fails(#name, CALLER)) return -1; \
        REAL(name); \
        return real(__VA_ARGS__, flags, mode); \
    }
#define FOLDER int folder,
#define NONE
OPENING(open, 0, NONE, path, path)
OPENING(open64, 0, NONE, path, path)
OPENING(openat, 1, FOLDER, path, folder, path)
OPENING(openat64, 1, FOLDER, path, folder, path)

#define ON_FILE(type, name, parameters, ...) \
    type name parameters { \
        if (is_file(fd) && fails(#name, CALLER)) return -1; \
        REAL(name); \
        return real(__VA_ARGS__); \
    }
ON_FILE(ssize_t, read, (int fd, void *data, size_t count), fd, data, count)
ON_FILE(ssize_t, write, (int fd, const void *data, size_t count), fd, data, count)
ON_FILE(ssize_t, pread, (int fd, void *data, size_t count, off_t at), fd, data, count, at)
ON_FILE(ssize_t, pread64, (int fd, void *data, size_t count, off64_t at), fd, data, count, at)
ON_FILE(ssize_t, pwrite, (int fd, const void *data, size_t count, off_t at), fd, data, count, at)
ON_FILE(ssize_t, pwrite64, (int fd, const void *data, size_t count, off64_t at), fd, data, count, at)
ON_FILE(int, fsync, (int fd), fd)
ON_FILE(int, fdatasync, (int fd), fd)
ON_FILE(int, ftruncate, (int fd, off_t size), fd, size)
ON_FILE(int, ftruncate64, (int fd, off64_t size), fd, size)
ON_FILE(int, fchmod, (int fd, mode_t mode), fd, mode)

#define ON_PATH(name, parameters, ...) \
    int name parameters { \
        if (is_plain(path) && fails(#name, CALLER)) return -1; \
        REAL(name); \
        return real(__VA_ARGS__); \
    }
ON_PATH(unlink, (const char *path), path)
ON_PATH(rmdir, (const char *path), path)
ON_PATH(mkdir, (const char *path, mode_t mode), path, mode)
ON_PATH(rename, (const char *path, const char *target), path, target)
ON_PATH(renameat, (int from, const char *path, int to, const char *target), from, path, to, target)
ON_PATH(link, (const char *path, const char *target), path, target)
