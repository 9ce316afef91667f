#pragma once
/* SHA-256 is asked for directly (Sources/Cryptography/SHA256.swift), which OpenSSL 3 advises against. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/* What follows are macros in OpenSSL, or take C varargs: Swift can call neither. */

static inline EVP_PKEY *pocketvault_make_key(void) { return EVP_EC_gen("P-256"); }

/* The value is in the notation of openssl.cnf, where commas part what it holds. */
static inline int
pocketvault_add_extension(X509 *certificate, X509 *issuer, int kind, const char *value)
{
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
  X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, kind, value);
  if (extension == NULL) return 0;
  int added = X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  return added;
}

static inline long pocketvault_bytes(BIO *memory, char **start)
{
  return BIO_get_mem_data(memory, start);
}

static inline int pocketvault_add_chain(SSL_CTX *context, X509 *certificate)
{
  return (int) SSL_CTX_add1_chain_cert(context, certificate);
}

/* HTTP says by itself where a message ends, so that a client which just goes away cuts nothing unnoticed.
   Sessions are resumed by tickets, for which the server keeps nothing. */
static inline int pocketvault_prepare_server(SSL_CTX *context)
{
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION
                                   | SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                                | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  return (int) SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}
