#pragma once
#include <microhttpd.h>
#include <stdint.h>

/* MHD_start_daemon takes its options as C varargs, which Swift cannot call. The options that this
   server uses, and no others, are written down here. */
static inline struct MHD_Daemon *
pocketvault_start_daemon(int listen_socket, unsigned int threads, size_t header_memory,
                         unsigned int connection_limit, unsigned int timeout_seconds,
                         MHD_AccessHandlerCallback answer, MHD_RequestCompletedCallback completed,
                         void *(*begin)(void *, const char *, struct MHD_Connection *),
                         void *context)
{
  unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
  return MHD_start_daemon(
      flags, 0, NULL, NULL, answer, context,
      MHD_OPTION_LISTEN_SOCKET, (MHD_socket) listen_socket,
      MHD_OPTION_NOTIFY_COMPLETED, completed, context,
      MHD_OPTION_URI_LOG_CALLBACK, begin, context,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, header_memory,
      MHD_OPTION_CONNECTION_LIMIT, connection_limit,
      MHD_OPTION_CONNECTION_TIMEOUT, timeout_seconds,
      /* Requests that leave out Host, or bend the grammar where the library can tell, get 400. */
      MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
      /* A pool of one thread is refused by the library: one thread is the daemon's own. */
      threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, threads,
      MHD_OPTION_END);
}

/* The address of the client, or NULL. */
static inline const struct sockaddr *
pocketvault_client_address(struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info == NULL ? NULL : info->client_addr;
}
