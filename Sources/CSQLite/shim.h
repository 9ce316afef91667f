#pragma once
#include <sqlite3.h>

/// SQLITE_TRANSIENT is a cast that Swift cannot import: "copy the bytes before you return".
static inline sqlite3_destructor_type pocketvault_transient(void) {
    return SQLITE_TRANSIENT;
}
