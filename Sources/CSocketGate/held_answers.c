#define _GNU_SOURCE
#include "hold.h"
#include "socket_gate.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/socket.h>

// A thread of libmicrohttpd's works in rounds: it waits for requests of its connections, answers one after
// the other, and waits again. Each answer wakes its client, which takes the processor where there are no
// more of them than threads that want one: then every request finds the caches cold. So while more are to
// be answered the kernel gets the answers and holds them back (MSG_MORE), and at the end of the round it is
// told to send them. Decision record 0043 has what this brings.
//
// The kernel sends them by itself when the connection is closed, when the process ends, and after 200 ms or
// more: nothing can be lost here.

// So many at most: 32 reads take less than a millisecond.
enum { most = 32 };

static _Thread_local struct {
    int sockets[most];
    int count;
    // Answers of this round, held back or not.
    int answers;
    // More than one answer is expected.
    int is_shared;
} current;

void socket_gate_send_held(void) {
    const int on = 1, error = errno;
    for (int i = 0; i < current.count; i++) setsockopt(current.sockets[i], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    current.count = 0;
    errno = error;
}

int hold_flags(int flags) {
    current.answers++;
    return current.is_shared ? flags | MSG_MORE : flags;
}

ssize_t hold_note(int socket, int flags, ssize_t sent) {
    if (sent > 0 && flags & MSG_MORE) {
        current.sockets[current.count++] = socket;
        if (current.count == most) socket_gate_send_held();
    }
    return sent;
}

// A round ends where the next one is waited for. As `epoll_wait`, for the whole process.
//
// However many answers other threads have given, as those to writes, they come with one event: then the
// round before says whether to expect more than one.
int epoll_wait(int descriptor, struct epoll_event *events, int size, int timeout) {
    if (current.count > 0) socket_gate_send_held();
    const int ready = epoll_pwait(descriptor, events, size, timeout, NULL);
    current.is_shared = ready > 1 || current.answers > 1;
    current.answers = 0;
    return ready;
}
