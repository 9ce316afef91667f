#ifndef SOCKET_GATE_H
#define SOCKET_GATE_H

#include <stddef.h>
// Swift's Glibc has no `epoll_ctl`, which is defined here, and tests call it.
#include <sys/epoll.h>

// What becomes of a piece that was to be sent.
typedef enum {
    // It is sent.
    socket_gate_pass,
    // It is not sent, and whoever sends it is told that it was.
    socket_gate_taken,
    // Whoever sends it is told that there is no room at present.
    socket_gate_later,
    // Whoever sends it is told that nobody is there.
    socket_gate_broken,
} socket_gate_verdict;

// Asked of each piece that begins as the answer to a refused request does. `body` is NULL where the
// piece has none of its own.
typedef socket_gate_verdict (*socket_gate_judge)(int socket, const void *head, size_t head_size,
                                                 const void *body, size_t body_size);

// Told before this side of a connection is ended, the other one not.
typedef void (*socket_gate_listener)(int socket);

// From now on the two are asked of what this process sends and ends, on whatever thread does. Until
// then, and for sockets that they do not know, all goes its way.
void socket_gate_watch(socket_gate_judge judge, socket_gate_listener ending);

// Sends the answers that this thread holds back: before what keeps it from the end of its round.
void socket_gate_send_held(void);

#endif
