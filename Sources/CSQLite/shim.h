#pragma once
#include <sqlite3.h>

/// SQLITE_TRANSIENT is a cast that Swift cannot import: "copy the bytes before you return".
static inline sqlite3_destructor_type pocketvault_transient(void) {
    return SQLITE_TRANSIENT;
}

/// sqlite3_config takes a variable number of arguments, which Swift cannot call.
static inline int pocketvault_without_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
