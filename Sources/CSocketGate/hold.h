#ifndef HOLD_H
#define HOLD_H

#include <sys/types.h>

// The flags to send an answer with, which hold it back when others are about to be made.
int hold_flags(int flags);

// How sending it came out, which is given back: what was sent with these flags is noted.
ssize_t hold_note(int socket, int flags, ssize_t sent);

#endif
