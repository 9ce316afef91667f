/*
 * A disk that fails at a chosen moment, for one process: LD_PRELOAD=faulty.so.
 *
 * FAULTY_FOLDER  only files below it are on this disk
 * FAULTY_AT      the number of the operation (a write, a sync, a change of length) at which it fails; 0: never
 * FAULTY_KIND    eio    that operation fails with EIO
 *                full   from then on nothing that grows a file fits (ENOSPC)
 *                short  that write takes half of its bytes, the next one none (ENOSPC)
 *                power  the process ends there; of what no sync has seen, each write is lost or not by chance
 *                lies   the same, after syncs that did nothing
 * FAULTY_SEED    for the chance of power and lies
 * FAULTY_COUNT   a file that gets the number of operations, when the process ends by itself
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A write that no sync has seen. */
struct change {
    struct change *before;
    ino_t file;
    char *path;
    off_t offset, size_before;
    size_t length, old_length;
    char *old;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct change *latest;
static long count, at;
static const char *folder, *kind;

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fsync)(int), (*real_fdatasync)(int), (*real_ftruncate)(int, off_t);

__attribute__((constructor)) static void begin(void) {
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_write = dlsym(RTLD_NEXT, "write");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    folder = getenv("FAULTY_FOLDER");
    kind = getenv("FAULTY_KIND");
    at = getenv("FAULTY_AT") ? atol(getenv("FAULTY_AT")) : 0;
    srand(getenv("FAULTY_SEED") ? atoi(getenv("FAULTY_SEED")) : 1);
}

static void tell(void) {
    const char *path = getenv("FAULTY_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) fprintf(file, "%ld\n", count), fclose(file);
}

__attribute__((destructor)) static void end(void) { tell(); }

/* The server ends so. */
void _exit(int code) {
    tell();
    _Exit(code);
}

static int is(const char *name) { return kind && strcmp(kind, name) == 0; }

/* Whether a file is on this disk; its path is written. */
static int is_here(int fd, char path[4096]) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = folder ? readlink(link, path, 4095) : -1;
    if (length < 0) return 0;
    path[length] = 0;
    size_t prefix = strlen(folder);
    /* What only passes messages between processes needs no disk. */
    const char *suffix = strrchr(path, '-');
    return strncmp(path, folder, prefix) == 0 && !(suffix && strcmp(suffix, "-shm") == 0);
}

static void lose(void) {
    /* The newest first; what two changes touched is as it was before the older one. */
    for (struct change *change = latest; change; change = change->before) {
        if (is("power") && rand() % 2) continue;
        int fd = open(change->path, O_WRONLY);
        if (fd < 0) continue;
        if (change->old_length) real_pwrite(fd, change->old, change->old_length, change->offset);
        struct stat now;
        /* The end of a file that had grown goes, unless something that stays stands behind it. */
        if (fstat(fd, &now) == 0 && change->offset + (off_t)change->length >= now.st_size
            && change->size_before < now.st_size)
            real_ftruncate(fd, change->size_before);
        close(fd);
    }
    _Exit(137);
}

static void note(int fd, const char *path, off_t offset, size_t length) {
    struct stat now;
    if (fstat(fd, &now) != 0) return;
    struct change *change = calloc(1, sizeof *change);
    change->before = latest, change->file = now.st_ino, change->path = strdup(path);
    change->offset = offset, change->length = length, change->size_before = now.st_size;
    change->old = malloc(length ? length : 1);
    /* The file may be open for writing only. */
    int reader = open(path, O_RDONLY);
    ssize_t got = reader < 0 ? 0 : pread(reader, change->old, length, offset);
    if (reader >= 0) close(reader);
    change->old_length = got > 0 ? got : 0;
    latest = change;
}

static void forget(int fd) {
    struct stat now;
    if (is("lies") || fstat(fd, &now) != 0) return;
    for (struct change **place = &latest; *place;) {
        struct change *change = *place;
        if (change->file != now.st_ino) {
            place = &change->before;
            continue;
        }
        *place = change->before;
        free(change->path), free(change->old), free(change);
    }
}

/* Counts an operation; whether the disk fails at it. */
static int fails(void) {
    count++;
    if (!at || count < at) return 0;
    if (is("power") || is("lies")) lose();
    if (is("full")) return 1;
    if (is("short")) return count <= at + 1;
    return count == at;
}

static ssize_t put(int fd, const void *bytes, size_t length, off_t offset, int is_plain) {
    char path[4096];
    if (!is_here(fd, path)) return is_plain ? real_write(fd, bytes, length) : real_pwrite(fd, bytes, length, offset);
    pthread_mutex_lock(&lock);
    if (is_plain) offset = lseek(fd, 0, SEEK_CUR);
    int error = 0;
    if (fails()) {
        struct stat now;
        int grows = fstat(fd, &now) == 0 && offset + (off_t)length > now.st_size;
        if (is("short") && count == at && length > 1) length /= 2;
        else if (is("full") && !grows) error = 0;
        else error = is("eio") ? EIO : ENOSPC;
    }
    ssize_t done = -1;
    if (!error) {
        if (is("power") || is("lies")) note(fd, path, offset, length);
        done = is_plain ? real_write(fd, bytes, length) : real_pwrite(fd, bytes, length, offset);
        error = errno;
    }
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) { return put(fd, bytes, length, offset, 0); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return put(fd, bytes, length, offset, 0); }
ssize_t write(int fd, const void *bytes, size_t length) { return put(fd, bytes, length, 0, 1); }

static int sync_with(int (*real)(int), int fd) {
    char path[4096];
    if (!is_here(fd, path)) return real(fd);
    pthread_mutex_lock(&lock);
    int fault = fails() && is("eio");
    int done = fault ? -1 : is("lies") ? 0 : real(fd);
    if (!done) forget(fd);
    pthread_mutex_unlock(&lock);
    if (fault) errno = EIO;
    return done;
}

int fsync(int fd) { return sync_with(real_fsync, fd); }
int fdatasync(int fd) { return sync_with(real_fdatasync, fd); }

static int cut_to(int fd, off_t size) {
    char path[4096];
    if (!is_here(fd, path)) return real_ftruncate(fd, size);
    pthread_mutex_lock(&lock);
    int fault = fails() && is("eio");
    struct stat now;
    if (!fault && (is("power") || is("lies")) && fstat(fd, &now) == 0 && size < now.st_size)
        note(fd, path, size, now.st_size - size);
    int done = fault ? -1 : real_ftruncate(fd, size);
    pthread_mutex_unlock(&lock);
    if (fault) errno = EIO;
    return done;
}

int ftruncate64(int fd, off64_t size) { return cut_to(fd, size); }
int ftruncate(int fd, off_t size) { return cut_to(fd, size); }
