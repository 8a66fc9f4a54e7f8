/* Stands between a program and libc, and watches every call that changes files below one folder.
 *
 * Off until `callwatch_arm`. It then counts the calls, kills the program before (or in the middle of)
 * one of them, makes them fail, or writes each of them down with its bytes, so that the state of the
 * disk at any moment can be rebuilt (a program whose calls are recorded may be killed too). Calls that could change the folder and are not modelled abort.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OFF, COUNT, KILL, FAIL_ONE, FAIL_ON, RECORD };
enum { SPACE = 1, SYNC = 2, NAME = 4 };

static char root[PATH_MAX];
static size_t root_len;
static int mode = OFF, classes, is_torn, error_number, log_fd = -1;
static long at, seen;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

void callwatch_arm(const char *folder, int new_mode, int new_classes, long new_at, int torn, int error, int log) {
    snprintf(root, sizeof root, "%s", folder);
    root_len = strlen(root);
    classes = new_classes, at = new_at, is_torn = torn, error_number = error, log_fd = log, seen = 0;
    mode = new_mode;
}

long callwatch_count(void) { return seen; }

static int is_ours(const char *path) {
    return mode != OFF && root_len && strncmp(path, root, root_len) == 0 &&
           (path[root_len] == '/' || path[root_len] == 0);
}

static void path_of(int fd, char *out) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, out, PATH_MAX - 1);
    out[n > 0 ? n : 0] = 0;
}

static void full(int folder_fd, const char *path, char *out) {
    if (path[0] == '/') {
        snprintf(out, PATH_MAX, "%s", path);
    } else if (folder_fd == AT_FDCWD) {
        if (!getcwd(out, PATH_MAX)) out[0] = 0;
        size_t n = strlen(out);
        snprintf(out + n, PATH_MAX - n, "/%s", path);
    } else {
        path_of(folder_fd, out);
        size_t n = strlen(out);
        snprintf(out + n, PATH_MAX - n, "/%s", path);
    }
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Returns whether the call may go on; *half is set when only half of a write may. */
static int may(int class, int *half) {
    if (half) *half = 0;
    if (!(classes & class)) return 1;
    long n = __sync_add_and_fetch(&seen, 1);
    if (mode == COUNT || at == 0 || n < at || (mode != FAIL_ON && n > at)) return 1;
    if (n == at && half && is_torn && mode != RECORD) {
        *half = 1;
        return 1;
    }
    if (mode == KILL || mode == RECORD) die();
    errno = error_number;
    return 0;
}

static void after_half(int half) {
    if (half && mode == KILL) die();
}

struct head {
    uint32_t size;
    char op, is_dir;
    uint16_t path_len;
    uint64_t ino;
    int64_t offset;
} __attribute__((packed));

static void note(char op, const char *path, int is_dir, uint64_t ino, int64_t offset, const void *data, size_t size) {
    if (mode != RECORD) return;
    const char *inside = strlen(path) > root_len ? path + root_len + 1 : "";
    struct head head = {0, op, (char)is_dir, (uint16_t)strlen(inside), ino, offset};
    head.size = (uint32_t)(sizeof head + head.path_len + size);
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)inside, head.path_len}, {(void *)data, size}};
    if (syscall(SYS_writev, log_fd, parts, 3) != (long)head.size) abort();
}

void callwatch_mark(const char *text) { note('M', "", 0, 0, 0, text, strlen(text)); }

static void lock(void) {
    if (mode == RECORD) pthread_mutex_lock(&order);
}
static void unlock(void) {
    int kept = errno;
    if (mode == RECORD) pthread_mutex_unlock(&order);
    errno = kept;
}

static int open_any(int folder_fd, const char *path, int flags, mode_t bits) {
    char whole[PATH_MAX];
    full(folder_fd, path, whole);
    if (!is_ours(whole) || !(flags & (O_CREAT | O_TRUNC))) return (int)syscall(SYS_openat, folder_fd, path, flags, bits);
    lock();
    struct stat before, now;
    int was_there = stat(whole, &before) == 0;
    int fd = -1;
    if ((was_there && !(flags & O_TRUNC)) || may(was_there ? NAME : SPACE, NULL)) fd = (int)syscall(SYS_openat, folder_fd, path, flags, bits);
    if (fd >= 0 && fstat(fd, &now) == 0) {
        if (!was_there) note('C', whole, 0, now.st_ino, 0, "", 0);
        else if (flags & O_TRUNC) note('T', whole, 0, now.st_ino, 0, "", 0);
    }
    unlock();
    return fd;
}

#define BITS(flags, bits)                                             \
    mode_t bits = 0;                                                  \
    if (flags & (O_CREAT | O_TMPFILE)) {                              \
        va_list list;                                                 \
        va_start(list, flags);                                        \
        bits = va_arg(list, mode_t);                                  \
        va_end(list);                                                 \
    }
int open(const char *path, int flags, ...) {
    BITS(flags, bits)
    return open_any(AT_FDCWD, path, flags, bits);
}
int open64(const char *path, int flags, ...) {
    BITS(flags, bits)
    return open_any(AT_FDCWD, path, flags, bits);
}
int openat(int folder_fd, const char *path, int flags, ...) {
    BITS(flags, bits)
    return open_any(folder_fd, path, flags, bits);
}
int openat64(int folder_fd, const char *path, int flags, ...) {
    BITS(flags, bits)
    return open_any(folder_fd, path, flags, bits);
}

static ssize_t write_any(int fd, const void *data, size_t size, off_t offset, int is_positioned) {
    char path[PATH_MAX] = "";
    long call = is_positioned ? SYS_pwrite64 : SYS_write;
    if (mode != OFF) path_of(fd, path);
    if (!is_ours(path)) return syscall(call, fd, data, size, offset);
    lock();
    struct stat now;
    fstat(fd, &now);
    if (!is_positioned) offset = (fcntl(fd, F_GETFL) & O_APPEND) ? now.st_size : lseek(fd, 0, SEEK_CUR);
    int half;
    ssize_t done = -1;
    if (may(SPACE, &half)) {
        done = syscall(call, fd, data, half ? (size + 1) / 2 : size, offset);
        after_half(half);
    }
    if (done > 0) note('W', path, 0, now.st_ino, offset, data, (size_t)done);
    unlock();
    return done;
}
ssize_t write(int fd, const void *data, size_t size) { return write_any(fd, data, size, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) { return write_any(fd, data, size, offset, 1); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) { return write_any(fd, data, size, offset, 1); }

int ftruncate(int fd, off_t size) {
    char path[PATH_MAX] = "";
    if (mode != OFF) path_of(fd, path);
    if (!is_ours(path)) return (int)syscall(SYS_ftruncate, fd, size);
    lock();
    struct stat now;
    fstat(fd, &now);
    int done = may(size > now.st_size ? SPACE : NAME, NULL) ? (int)syscall(SYS_ftruncate, fd, size) : -1;
    if (done == 0) note('T', path, 0, now.st_ino, size, "", 0);
    unlock();
    return done;
}
int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }

static int sync_any(int fd, long call) {
    char path[PATH_MAX] = "";
    if (mode != OFF) path_of(fd, path);
    if (!is_ours(path)) return (int)syscall(call, fd);
    lock();
    struct stat now;
    fstat(fd, &now);
    int done = may(SYNC, NULL) ? (int)syscall(call, fd) : -1;
    if (done == 0) note('S', path, S_ISDIR(now.st_mode), now.st_ino, 0, "", 0);
    unlock();
    return done;
}
int fsync(int fd) { return sync_any(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_any(fd, SYS_fdatasync); }

static int name_any(char op, int folder_fd, const char *path, int flags) {
    char whole[PATH_MAX];
    full(folder_fd, path, whole);
    long call = op == 'D' ? SYS_mkdirat : SYS_unlinkat;
    if (!is_ours(whole)) return (int)syscall(call, folder_fd, path, flags);
    lock();
    int done = may(op == 'D' ? SPACE : NAME, NULL) ? (int)syscall(call, folder_fd, path, flags) : -1;
    if (done == 0) note(op, whole, 0, 0, 0, "", 0);
    unlock();
    return done;
}
int mkdir(const char *path, mode_t bits) { return name_any('D', AT_FDCWD, path, (int)bits); }
int mkdirat(int fd, const char *path, mode_t bits) { return name_any('D', fd, path, (int)bits); }
int unlink(const char *path) { return name_any('U', AT_FDCWD, path, 0); }
int unlinkat(int fd, const char *path, int flags) { return name_any('U', fd, path, flags); }
int rmdir(const char *path) { return name_any('U', AT_FDCWD, path, AT_REMOVEDIR); }

int renameat2(int old_fd, const char *old_path, int new_fd, const char *new_path, unsigned flags) {
    char before[PATH_MAX], after[PATH_MAX];
    full(old_fd, old_path, before);
    full(new_fd, new_path, after);
    if (!is_ours(before)) return (int)syscall(SYS_renameat2, old_fd, old_path, new_fd, new_path, flags);
    lock();
    int done = may(NAME, NULL) ? (int)syscall(SYS_renameat2, old_fd, old_path, new_fd, new_path, flags) : -1;
    if (done == 0) note('R', before, 0, 0, 0, after + root_len + 1, strlen(after) - root_len - 1);
    unlock();
    return done;
}
int renameat(int a, const char *b, int c, const char *d) { return renameat2(a, b, c, d, 0); }
int rename(const char *before, const char *after) { return renameat2(AT_FDCWD, before, AT_FDCWD, after, 0); }

static void refuse(const char *path, const char *name) {
    if (!is_ours(path)) return;
    dprintf(2, "callwatch does not model %s on %s\n", name, path);
    abort();
}
static int is_file_of_ours(int fd, char *path) {
    path[0] = 0;
    if (mode != OFF) path_of(fd, path);
    return is_ours(path);
}
static void refuse_file(int fd, const char *name) {
    char path[PATH_MAX];
    if (is_file_of_ours(fd, path)) refuse(path, name);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
    refuse_file(fd, "writev");
    return syscall(SYS_writev, fd, parts, count);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
    refuse_file(fd, "pwritev");
    return syscall(SYS_pwritev, fd, parts, count, offset, 0);
}
/* Copies inside the kernel: refused as on a file system without them, so that the program reads and writes. */
ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) {
    char path[PATH_MAX];
    if (is_file_of_ours(out, path)) {
        errno = EINVAL;
        return -1;
    }
    return syscall(SYS_sendfile, out, in, offset, count);
}
ssize_t sendfile(int out, int in, off_t *offset, size_t count) { return sendfile64(out, in, offset, count); }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags) {
    char path[PATH_MAX];
    if (is_file_of_ours(out, path)) {
        errno = EXDEV;
        return -1;
    }
    return syscall(SYS_copy_file_range, in, from, out, to, size, flags);
}
int linkat(int old_fd, const char *old_path, int new_fd, const char *new_path, int flags) {
    char whole[PATH_MAX];
    full(new_fd, new_path, whole);
    refuse(whole, "link");
    return (int)syscall(SYS_linkat, old_fd, old_path, new_fd, new_path, flags);
}
int link(const char *before, const char *after) { return linkat(AT_FDCWD, before, AT_FDCWD, after, 0); }
int truncate64(const char *path, off64_t size) {
    char whole[PATH_MAX];
    full(AT_FDCWD, path, whole);
    refuse(whole, "truncate");
    return (int)syscall(SYS_truncate, path, size);
}
int fallocate64(int fd, int how, off64_t offset, off64_t size) {
    refuse_file(fd, "fallocate");
    return (int)syscall(SYS_fallocate, fd, how, offset, size);
}
int posix_fallocate64(int fd, off64_t offset, off64_t size) {
    refuse_file(fd, "fallocate");
    return syscall(SYS_fallocate, fd, 0, offset, size) == 0 ? 0 : errno;
}
