/* The limit that Pocketvault is measured against: the least that any server on the same libraries
   can do. libmicrohttpd takes the request, a prepared SELECT finds the row, one AES-256-GCM opens
   the value, sprintf writes the answer. It checks nothing, logs nothing, records nothing.

     limit fill DATABASE COUNT       makes secrets bench/secret-0 and on, 200 bytes and two tags each
     limit serve DATABASE PORT       answers GetSecretValue until SIGTERM
     limit commits DATABASE SECONDS  writes secrets, each in a durable commit of its own; prints how
                                     many a second */
#define _GNU_SOURCE
#include <microhttpd.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { NONCE = 12, TAG = 16, VALUE = 200, BODY = 4096 };

static const unsigned char key[32];

/* The box is nonce, ciphertext, tag; the secret's name is the additional data. */
static int seal(EVP_CIPHER_CTX *context, const unsigned char *value, int length, const char *name,
                int name_length, unsigned char *box)
{
  int count;
  RAND_bytes(box, NONCE);
  EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, box);
  EVP_EncryptUpdate(context, NULL, &count, (const unsigned char *) name, name_length);
  EVP_EncryptUpdate(context, box + NONCE, &count, value, length);
  EVP_EncryptFinal_ex(context, box + NONCE + count, &count);
  EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, TAG, box + NONCE + length);
  return NONCE + length + TAG;
}

/* The length of the value, or -1. */
static int unseal(EVP_CIPHER_CTX *context, const unsigned char *box, int length, const char *name,
                  int name_length, unsigned char *value)
{
  int count, value_length = length - NONCE - TAG;
  EVP_DecryptInit_ex(context, NULL, NULL, key, box);
  EVP_DecryptUpdate(context, NULL, &count, (const unsigned char *) name, name_length);
  EVP_DecryptUpdate(context, value, &count, box + NONCE, value_length);
  EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, TAG, (void *) (box + NONCE + value_length));
  return EVP_DecryptFinal_ex(context, value + count, &count) == 1 ? value_length : -1;
}

static double now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

static void run(sqlite3 *database, const char *sql)
{
  char *error = NULL;
  if (sqlite3_exec(database, sql, NULL, NULL, &error) != SQLITE_OK) {
    fprintf(stderr, "limit: %s\n", error);
    exit(1);
  }
}

static sqlite3 *open_database(const char *path)
{
  sqlite3 *database;
  if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                      NULL) != SQLITE_OK) {
    fprintf(stderr, "limit: cannot open %s\n", path);
    exit(1);
  }
  sqlite3_busy_timeout(database, 10000);
  run(database, "PRAGMA journal_mode = WAL; PRAGMA mmap_size = 268435456");
  return database;
}

/* -- writing */

struct filler {
  sqlite3_stmt *secret, *version, *label;
  EVP_CIPHER_CTX *context;
  sqlite3 *database;
};

static struct filler make_filler(sqlite3 *database)
{
  struct filler filler = {.database = database, .context = EVP_CIPHER_CTX_new()};
  run(database,
      "CREATE TABLE IF NOT EXISTS secret (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
      " arn TEXT NOT NULL, created REAL NOT NULL, tags TEXT NOT NULL);"
      "CREATE TABLE IF NOT EXISTS version (secret INTEGER NOT NULL, id TEXT NOT NULL,"
      " created REAL NOT NULL, box BLOB NOT NULL, PRIMARY KEY (secret, id)) WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS label (secret INTEGER NOT NULL, label TEXT NOT NULL,"
      " version TEXT NOT NULL, PRIMARY KEY (secret, label)) WITHOUT ROWID");
  sqlite3_prepare_v2(database, "INSERT INTO secret (name, arn, created, tags) VALUES (?1, ?2, ?3, ?4)",
                     -1, &filler.secret, NULL);
  sqlite3_prepare_v2(database, "INSERT INTO version VALUES (?1, ?2, ?3, ?4)", -1, &filler.version, NULL);
  sqlite3_prepare_v2(database, "INSERT INTO label VALUES (?1, 'AWSCURRENT', ?2)", -1, &filler.label, NULL);
  return filler;
}

static void step(sqlite3_stmt *statement)
{
  if (sqlite3_step(statement) != SQLITE_DONE) {
    fprintf(stderr, "limit: %s\n", sqlite3_errmsg(sqlite3_db_handle(statement)));
    exit(1);
  }
  sqlite3_reset(statement);
}

static void add_secret(struct filler *filler, const char *prefix, int number)
{
  char name[64], arn[160], id[40];
  unsigned char value[VALUE], box[NONCE + VALUE + TAG];
  int name_length = sprintf(name, "%s%d", prefix, number);
  sprintf(arn, "arn:aws:secretsmanager:us-east-1:000000000000:secret:%s-AbCdEf", name);
  sprintf(id, "%08x-0000-4000-8000-%012d", number * 2654435761u, number);
  memset(value, 'x', sizeof value);
  int length = seal(filler->context, value, sizeof value, name, name_length, box);
  double created = 1790000000.123 + number;
  sqlite3_bind_text(filler->secret, 1, name, name_length, SQLITE_STATIC);
  sqlite3_bind_text(filler->secret, 2, arn, -1, SQLITE_STATIC);
  sqlite3_bind_double(filler->secret, 3, created);
  sqlite3_bind_text(filler->secret, 4, "[{\"Key\":\"env\",\"Value\":\"test\"},{\"Key\":\"team\",\"Value\":\"core\"}]",
                    -1, SQLITE_STATIC);
  step(filler->secret);
  sqlite3_int64 secret = sqlite3_last_insert_rowid(filler->database);
  sqlite3_bind_int64(filler->version, 1, secret);
  sqlite3_bind_text(filler->version, 2, id, -1, SQLITE_STATIC);
  sqlite3_bind_double(filler->version, 3, created);
  sqlite3_bind_blob(filler->version, 4, box, length, SQLITE_STATIC);
  step(filler->version);
  sqlite3_bind_int64(filler->label, 1, secret);
  sqlite3_bind_text(filler->label, 2, id, -1, SQLITE_STATIC);
  step(filler->label);
}

static int fill(const char *path, int count)
{
  sqlite3 *database = open_database(path);
  struct filler filler = make_filler(database);
  run(database, "BEGIN");
  for (int number = 0; number < count; number++) add_secret(&filler, "bench/secret-", number);
  run(database, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
  return 0;
}

static int commits(const char *path, double seconds)
{
  sqlite3 *database = open_database(path);
  run(database, "PRAGMA synchronous = FULL");
  struct filler filler = make_filler(database);
  int count = 0;
  double start = now();
  for (; now() - start < seconds; count++) {
    run(database, "BEGIN IMMEDIATE");
    add_secret(&filler, "bench/single-", count);
    run(database, "COMMIT");
  }
  printf("%.1f\n", count / (now() - start));
  return 0;
}

/* -- serving */

static const char *served_path;

/* Each thread of the pool has its own connection. */
static __thread sqlite3_stmt *query;
static __thread EVP_CIPHER_CTX *decryption;

struct request {
  size_t length;
  char body[BODY];
};

static enum MHD_Result answer(struct MHD_Connection *connection, int status, char *body, size_t length,
                              enum MHD_ResponseMemoryMode mode)
{
  struct MHD_Response *response = MHD_create_response_from_buffer(length, body, mode);
  MHD_add_response_header(response, "Content-Type", "application/x-amz-json-1.1");
  MHD_add_response_header(response, "x-amzn-RequestId", "5a0c1f6e-0000-4000-8000-000000000000");
  enum MHD_Result result = MHD_queue_response(connection, status, response);
  MHD_destroy_response(response);
  return result;
}

static void prepare_thread(void)
{
  sqlite3 *database = open_database(served_path);
  sqlite3_prepare_v3(database,
                     "SELECT s.name, s.arn, v.id, v.created, v.box FROM secret s"
                     " JOIN label l ON l.secret = s.id AND l.label = 'AWSCURRENT'"
                     " JOIN version v ON v.secret = s.id AND v.id = l.version WHERE s.name = ?1",
                     -1, SQLITE_PREPARE_PERSISTENT, &query, NULL);
  decryption = EVP_CIPHER_CTX_new();
  EVP_DecryptInit_ex(decryption, EVP_aes_256_gcm(), NULL, NULL, NULL);
}

static enum MHD_Result get_secret_value(struct MHD_Connection *connection, struct request *request)
{
  static const char member[] = "\"SecretId\":\"";
  if (query == NULL) prepare_thread();
  char *name = memmem(request->body, request->length, member, sizeof member - 1);
  char *end = NULL;
  if (name != NULL) {
    name += sizeof member - 1;
    end = memchr(name, '"', request->body + request->length - name);
  }
  if (end == NULL) return answer(connection, 400, "{}", 2, MHD_RESPMEM_PERSISTENT);
  sqlite3_bind_text(query, 1, name, end - name, SQLITE_STATIC);
  enum MHD_Result result;
  unsigned char value[BODY];
  int length = -1;
  if (sqlite3_step(query) == SQLITE_ROW)
    length = unseal(decryption, sqlite3_column_blob(query, 4), sqlite3_column_bytes(query, 4),
                    (const char *) sqlite3_column_text(query, 0), sqlite3_column_bytes(query, 0), value);
  if (length < 0) {
    result = answer(connection, 400, "{\"__type\":\"ResourceNotFoundException\"}", 38, MHD_RESPMEM_PERSISTENT);
  } else {
    value[length] = 0;
    char *body = malloc(1024 + length);
    int count = sprintf(body,
                        "{\"ARN\":\"%s\",\"CreatedDate\":%.3f,\"Name\":\"%s\",\"SecretString\":\"%s\","
                        "\"VersionId\":\"%s\",\"VersionStages\":[\"AWSCURRENT\"]}",
                        sqlite3_column_text(query, 1), sqlite3_column_double(query, 3),
                        sqlite3_column_text(query, 0), value, sqlite3_column_text(query, 2));
    result = answer(connection, 200, body, count, MHD_RESPMEM_MUST_FREE);
  }
  sqlite3_reset(query);
  return result;
}

static enum MHD_Result handle(void *nothing, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **record)
{
  (void) nothing, (void) url, (void) method, (void) version;
  struct request *request = *record;
  if (request == NULL) {
    request = malloc(sizeof *request);
    request->length = 0;
    *record = request;
    return MHD_YES;
  }
  if (*upload_size > 0) {
    if (request->length + *upload_size <= sizeof request->body) {
      memcpy(request->body + request->length, upload, *upload_size);
      request->length += *upload_size;
    }
    *upload_size = 0;
    return MHD_YES;
  }
  if (MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "X-Amz-Target") == NULL)
    return answer(connection, 400, "{}", 2, MHD_RESPMEM_PERSISTENT);
  return get_secret_value(connection, request);
}

static void finish(void *nothing, struct MHD_Connection *connection, void **record,
                   enum MHD_RequestTerminationCode code)
{
  (void) nothing, (void) connection, (void) code;
  free(*record);
  *record = NULL;
}

static int serve(const char *path, int port)
{
  served_path = path;
  sigset_t stopping;
  sigemptyset(&stopping);
  sigaddset(&stopping, SIGTERM);
  sigaddset(&stopping, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stopping, NULL);
  signal(SIGPIPE, SIG_IGN);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  unsigned int cores = sysconf(_SC_NPROCESSORS_ONLN);
  struct MHD_Daemon *daemon =
      MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, port, NULL, NULL, handle, NULL,
                       MHD_OPTION_NOTIFY_COMPLETED, finish, NULL,
                       MHD_OPTION_SOCK_ADDR, (struct sockaddr *) &address,
                       MHD_OPTION_THREAD_POOL_SIZE, cores > 1 ? cores : 2, MHD_OPTION_END);
  if (daemon == NULL) {
    perror("limit: cannot listen");
    return 1;
  }
  int received;
  sigwait(&stopping, &received);
  MHD_stop_daemon(daemon);
  return 0;
}

int main(int count, char **words)
{
  if (count == 4 && !strcmp(words[1], "fill")) return fill(words[2], atoi(words[3]));
  if (count == 4 && !strcmp(words[1], "serve")) return serve(words[2], atoi(words[3]));
  if (count == 4 && !strcmp(words[1], "commits")) return commits(words[2], atof(words[3]));
  fprintf(stderr, "usage: limit fill DATABASE COUNT | serve DATABASE PORT | commits DATABASE SECONDS\n");
  return 64;
}
