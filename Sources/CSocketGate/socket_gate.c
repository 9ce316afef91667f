#define _GNU_SOURCE
#include "hold.h"
#include "socket_gate.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// libmicrohttpd answers some requests by itself, and its interface has no place between such an answer
// and the socket. The linker has one: a function that the program defines is taken before that of the
// C library, by libmicrohttpd as well, whether it is in the program or beside it. It sends by these
// two, and ends a connection by the third.
//
// Everything else in the process comes through here too, so what is not a matter of the judge's goes on
// unchanged: `sendto` without an address is `send`, and `sendmmsg` of one message is `sendmsg`. These the
// thread sanitizer sees as well, as it would not see system calls of our own.

static _Atomic(socket_gate_judge) current_judge;
static _Atomic(socket_gate_listener) current_listener;

void socket_gate_watch(socket_gate_judge judge, socket_gate_listener ending) {
    current_judge = judge;
    current_listener = ending;
}

static const char version[] = "HTTP/1.1 ";

// For every answer and every piece of a body: eight bytes at once, and one.
static inline int begins_refusal(const char *bytes, size_t size) {
    return size > sizeof version && memcmp(bytes, version, 8) == 0
        && (bytes[sizeof version - 1] == '4' || bytes[sizeof version - 1] == '5');
}

// What the sender is told when the piece is not sent.
static ssize_t told(socket_gate_verdict verdict, size_t size) {
    if (verdict == socket_gate_taken) return (ssize_t) size;
    errno = verdict == socket_gate_later ? EAGAIN : EPIPE;
    return -1;
}

ssize_t send(int socket, const void *bytes, size_t size, int flags) {
    socket_gate_judge judge = current_judge;
    if (judge != NULL && begins_refusal(bytes, size)) {
        socket_gate_verdict verdict = judge(socket, bytes, size, NULL, 0);
        if (verdict != socket_gate_pass) return told(verdict, size);
    }
    return sendto(socket, bytes, size, flags, NULL, 0);
}

ssize_t sendmsg(int socket, const struct msghdr *message, int flags) {
    socket_gate_judge judge = current_judge;
    // A head, and the beginning of its body.
    if (judge != NULL && message->msg_iovlen == 2) {
        const struct iovec *head = message->msg_iov, *body = head + 1;
        if (begins_refusal(head->iov_base, head->iov_len)) {
            socket_gate_verdict verdict =
                judge(socket, head->iov_base, head->iov_len, body->iov_base, body->iov_len);
            if (verdict != socket_gate_pass) return told(verdict, head->iov_len + body->iov_len);
        }
    }
    const int is_answer = message->msg_iovlen == 2 && !(flags & MSG_MORE);
    const int chosen = is_answer ? hold_flags(flags) : flags;
    struct mmsghdr one = {.msg_hdr = *message};
    const ssize_t sent = sendmmsg(socket, &one, 1, chosen) == 1 ? (ssize_t) one.msg_len : -1;
    return is_answer ? hold_note(socket, chosen, sent) : sent;
}

int shutdown(int socket, int how) {
    socket_gate_listener ending = current_listener;
    if (ending != NULL && how == SHUT_WR) ending(socket);
    return (int) syscall(SYS_shutdown, socket, how);
}
