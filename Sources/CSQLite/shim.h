#pragma once
// Declares the hook that tells of each row before it is changed; Debian's library has it.
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/// SQLITE_TRANSIENT is a cast that Swift cannot import: "copy the bytes before you return".
static inline sqlite3_destructor_type pocketvault_transient(void) {
    return SQLITE_TRANSIENT;
}

/// sqlite3_config takes a variable number of arguments, which Swift cannot call.
static inline int pocketvault_without_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// Reads the beginning of the database's file itself, past the WAL and all caches.
///
/// By SQLite's own descriptor: closing another one of the same file would drop SQLite's locks on it.
static inline int pocketvault_read_header(sqlite3 *connection, void *bytes, int count) {
    sqlite3_file *file = 0;
    int status = sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (status != SQLITE_OK || file == 0 || file->pMethods == 0) return SQLITE_ERROR;
    return file->pMethods->xRead(file, bytes, count, 0);
}

/// A number that each commit changes, of this connection or of another that this one has seen: cheaper
/// than the pragma, which is a statement and leaves out its own.
static inline unsigned pocketvault_data_version(sqlite3 *connection) {
    unsigned version = 0;
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_DATA_VERSION, &version);
    return version;
}

/// sqlite3_db_config takes a variable number of arguments, too.
static inline int pocketvault_close_without_checkpoint(sqlite3 *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/// Free memory of the heap goes back to the system. No module of Swift's has glibc's function for it.
static inline void pocketvault_trim_heap(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
