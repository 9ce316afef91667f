#pragma once

#include <dlfcn.h>
#include <poll.h>
#include <stddef.h>

// libpq, PostgreSQL's client library, is opened when a role is first rotated: few vaults do.
//
// What is used of it is declared here, so that nobody needs its headers to build; none of these
// has changed since PostgreSQL 10.
typedef struct pg_conn pocketvault_pq_connection;
typedef struct pg_result pocketvault_pq_result;
typedef void (*pocketvault_pq_notice)(void *, const pocketvault_pq_result *);

typedef struct {
    pocketvault_pq_connection *(*connect_start)(
        const char *const *names, const char *const *values, int expands_name);
    int (*connect_poll)(pocketvault_pq_connection *);
    int (*status)(const pocketvault_pq_connection *);
    int (*socket)(const pocketvault_pq_connection *);
    void (*finish)(pocketvault_pq_connection *);
    pocketvault_pq_notice (*set_notice_receiver)(
        pocketvault_pq_connection *, pocketvault_pq_notice, void *);
    int (*send_query)(
        pocketvault_pq_connection *, const char *command, int count, const unsigned int *types,
        const char *const *values, const int *lengths, const int *formats, int result_format);
    int (*consume_input)(pocketvault_pq_connection *);
    int (*is_busy)(pocketvault_pq_connection *);
    pocketvault_pq_result *(*get_result)(pocketvault_pq_connection *);
    int (*result_status)(const pocketvault_pq_result *);
    char *(*error_field)(const pocketvault_pq_result *, int field);
    int (*row_count)(const pocketvault_pq_result *);
    char *(*value)(const pocketvault_pq_result *, int row, int column);
    void (*clear)(pocketvault_pq_result *);
    char *(*escape_literal)(pocketvault_pq_connection *, const char *text, size_t length);
    char *(*escape_identifier)(pocketvault_pq_connection *, const char *text, size_t length);
    char *(*encrypt_password)(
        pocketvault_pq_connection *, const char *password, const char *user,
        const char *algorithm);
    void (*free_memory)(void *);
} pocketvault_pq;

enum {
    POCKETVAULT_PQ_CONNECTION_AWAITING_RESPONSE = 4,
    POCKETVAULT_PQ_POLLING_FAILED = 0,
    POCKETVAULT_PQ_POLLING_READING = 1,
    POCKETVAULT_PQ_POLLING_WRITING = 2,
    POCKETVAULT_PQ_POLLING_OK = 3,
    POCKETVAULT_PQ_COMMAND_OK = 1,
    POCKETVAULT_PQ_TUPLES_OK = 2,
    POCKETVAULT_PQ_SQLSTATE = 'C',
};

static inline int pocketvault_pq_find(void *library, const char *name, void *function) {
    void *address = dlsym(library, name);
    *(void **)function = address;
    return address != NULL;
}

// Whether the library is there, with all that is needed of it.
static inline int pocketvault_pq_open(pocketvault_pq *pq) {
    void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return 0;
    return pocketvault_pq_find(library, "PQconnectStartParams", &pq->connect_start)
        && pocketvault_pq_find(library, "PQconnectPoll", &pq->connect_poll)
        && pocketvault_pq_find(library, "PQstatus", &pq->status)
        && pocketvault_pq_find(library, "PQsocket", &pq->socket)
        && pocketvault_pq_find(library, "PQfinish", &pq->finish)
        && pocketvault_pq_find(library, "PQsetNoticeReceiver", &pq->set_notice_receiver)
        && pocketvault_pq_find(library, "PQsendQueryParams", &pq->send_query)
        && pocketvault_pq_find(library, "PQconsumeInput", &pq->consume_input)
        && pocketvault_pq_find(library, "PQisBusy", &pq->is_busy)
        && pocketvault_pq_find(library, "PQgetResult", &pq->get_result)
        && pocketvault_pq_find(library, "PQresultStatus", &pq->result_status)
        && pocketvault_pq_find(library, "PQresultErrorField", &pq->error_field)
        && pocketvault_pq_find(library, "PQntuples", &pq->row_count)
        && pocketvault_pq_find(library, "PQgetvalue", &pq->value)
        && pocketvault_pq_find(library, "PQclear", &pq->clear)
        && pocketvault_pq_find(library, "PQescapeLiteral", &pq->escape_literal)
        && pocketvault_pq_find(library, "PQescapeIdentifier", &pq->escape_identifier)
        && pocketvault_pq_find(library, "PQencryptPasswordConn", &pq->encrypt_password)
        && pocketvault_pq_find(library, "PQfreemem", &pq->free_memory);
}

// Notices would go to standard error, and may say what was sent.
static inline void pocketvault_pq_ignore(void *context, const pocketvault_pq_result *notice) {
    (void)context;
    (void)notice;
}

static inline void pocketvault_pq_be_quiet(
    const pocketvault_pq *pq, pocketvault_pq_connection *connection) {
    pq->set_notice_receiver(connection, pocketvault_pq_ignore, NULL);
}

// Whether the connection can be read, or written, within some milliseconds.
static inline int pocketvault_pq_wait(
    const pocketvault_pq *pq, const pocketvault_pq_connection *connection, int writes,
    int milliseconds) {
    struct pollfd place = {
        .fd = pq->socket(connection), .events = (short)(writes ? POLLOUT : POLLIN)};
    return poll(&place, 1, milliseconds) > 0;
}
