#pragma once
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

/* Of the C library, but hidden from who does not ask for GNU's extensions. */
extern int accept4(int, struct sockaddr *, socklen_t *, int);

static inline int pocketvault_accept(int listening, struct sockaddr *address, socklen_t *length)
{
  return accept4(listening, address, length, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

/* MHD_start_daemon takes its options as C varargs, which Swift cannot call. The options that this
   server uses, and no others, are written down here.

   MHD_OPTION_STRICT_FOR_CLIENT stays at 0. At 1, 0.9.75 refuses HTTP/1.1 without Host by itself
   and closes without a word on a space in the target; at -1 it refuses white space before a colon:
   never all of them, and neither bare LF, NUL nor folding. RequestHead sees each of these.

   Without a socket to listen on (-1) connections come by MHD_add_connection alone. */
static inline struct MHD_Daemon *
pocketvault_start_daemon(int listen_socket, unsigned int threads, size_t header_memory,
                         unsigned int connection_limit, unsigned int timeout_seconds,
                         MHD_AccessHandlerCallback proceed, MHD_RequestCompletedCallback completed,
                         void *(*begin)(void *, const char *, struct MHD_Connection *),
                         MHD_NotifyConnectionCallback connected, void *context)
{
  unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
  struct MHD_OptionItem chosen[3];
  unsigned int count = 0;
  /* A pool of one is the daemon's own thread. */
  if (threads > 1)
    chosen[count++] = (struct MHD_OptionItem) { MHD_OPTION_THREAD_POOL_SIZE, (intptr_t) threads, NULL };
  if (listen_socket >= 0)
    chosen[count++] = (struct MHD_OptionItem) { MHD_OPTION_LISTEN_SOCKET, listen_socket, NULL };
  else
    flags |= MHD_USE_NO_LISTEN_SOCKET;
  chosen[count] = (struct MHD_OptionItem) { MHD_OPTION_END, 0, NULL };
  return MHD_start_daemon(
      flags, 0, NULL, NULL, proceed, context,
      MHD_OPTION_NOTIFY_COMPLETED, completed, context,
      /* The only callback that sees the target before its query is taken apart in place. */
      MHD_OPTION_URI_LOG_CALLBACK, begin, context,
      MHD_OPTION_NOTIFY_CONNECTION, connected, context,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, header_memory,
      MHD_OPTION_CONNECTION_LIMIT, connection_limit,
      MHD_OPTION_CONNECTION_TIMEOUT, timeout_seconds,
      MHD_OPTION_ARRAY, chosen,
      MHD_OPTION_END);
}

/* MHD_get_connection_info is variadic, too. */
static inline const struct sockaddr *
pocketvault_client_address(struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info == NULL ? NULL : info->client_addr;
}

static inline int
pocketvault_connection_socket(struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info == NULL ? -1 : info->connect_fd;
}

/* How many bytes a client has sent. The kernel's struct has had this field since Linux 4.1; the C
   library's ends before it. */
static inline uint64_t pocketvault_bytes_received(int socket)
{
  enum { option_of_tcp_info = 11, place = 128 };
  unsigned char info[place + sizeof(uint64_t)];
  socklen_t size = sizeof info;
  uint64_t count = 0;
  if (getsockopt(socket, IPPROTO_TCP, option_of_tcp_info, info, &size) == 0 && size == sizeof info)
    memcpy(&count, info + place, sizeof count);
  return count;
}

/* What was kept for a connection when it was opened. */
static inline void *
pocketvault_connection_context(struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == NULL ? NULL : info->socket_context;
}

/* Bytes from the first of the method to the last of the blank line after the headers. */
static inline size_t
pocketvault_head_size(struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info == NULL ? 0 : info->header_size;
}

/* What a reader of a body returns; the library's own names for it are casts. */
static const long pocketvault_body_end = -1;
static const long pocketvault_body_cut = -2;
