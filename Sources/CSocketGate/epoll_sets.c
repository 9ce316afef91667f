#define _GNU_SOURCE
#include "socket_gate.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

// When libmicrohttpd stops listening, the thread that stops it and each of the pool's that wakes just then
// take the listening socket out of the pool thread's set, and all but one of these places abort the process
// when the other has been there before. What is not in a set is as good as taken out of it: for the whole
// process that is no error.
int epoll_ctl(int set, int operation, int descriptor, struct epoll_event *event) {
    const int error = errno;
    const int result = (int) syscall(SYS_epoll_ctl, set, operation, descriptor, event);
    if (result == 0 || operation != EPOLL_CTL_DEL || errno != ENOENT) return result;
    errno = error;
    return 0;
}
