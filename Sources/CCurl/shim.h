#pragma once

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>

// libcurl is opened when a function is first called over HTTP: linked, it would bring twenty
// libraries to every start, and few vaults call anybody.
//
// The functions that take a variable number of arguments, and the union in a message, are for C
// only.
typedef struct {
    __typeof__(&curl_global_init) global_init;
    __typeof__(&curl_easy_init) easy_init;
    __typeof__(&curl_easy_cleanup) easy_cleanup;
    __typeof__(&curl_easy_setopt) easy_setopt;
    __typeof__(&curl_easy_strerror) easy_strerror;
    __typeof__(&curl_slist_append) slist_append;
    __typeof__(&curl_slist_free_all) slist_free_all;
    __typeof__(&curl_multi_init) multi_init;
    __typeof__(&curl_multi_cleanup) multi_cleanup;
    __typeof__(&curl_multi_add_handle) multi_add_handle;
    __typeof__(&curl_multi_remove_handle) multi_remove_handle;
    __typeof__(&curl_multi_perform) multi_perform;
    __typeof__(&curl_multi_poll) multi_poll;
    __typeof__(&curl_multi_info_read) multi_info_read;
} pocketvault_curl;

// Whether the library is there, with all that is needed of it.
static inline int pocketvault_curl_open(pocketvault_curl *curl) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return 0;
    curl->global_init = (__typeof__(curl->global_init))dlsym(library, "curl_global_init");
    curl->easy_init = (__typeof__(curl->easy_init))dlsym(library, "curl_easy_init");
    curl->easy_cleanup = (__typeof__(curl->easy_cleanup))dlsym(library, "curl_easy_cleanup");
    curl->easy_setopt = (__typeof__(curl->easy_setopt))dlsym(library, "curl_easy_setopt");
    curl->easy_strerror = (__typeof__(curl->easy_strerror))dlsym(library, "curl_easy_strerror");
    curl->slist_append = (__typeof__(curl->slist_append))dlsym(library, "curl_slist_append");
    curl->slist_free_all =
        (__typeof__(curl->slist_free_all))dlsym(library, "curl_slist_free_all");
    curl->multi_init = (__typeof__(curl->multi_init))dlsym(library, "curl_multi_init");
    curl->multi_cleanup = (__typeof__(curl->multi_cleanup))dlsym(library, "curl_multi_cleanup");
    curl->multi_add_handle =
        (__typeof__(curl->multi_add_handle))dlsym(library, "curl_multi_add_handle");
    curl->multi_remove_handle =
        (__typeof__(curl->multi_remove_handle))dlsym(library, "curl_multi_remove_handle");
    curl->multi_perform = (__typeof__(curl->multi_perform))dlsym(library, "curl_multi_perform");
    curl->multi_poll = (__typeof__(curl->multi_poll))dlsym(library, "curl_multi_poll");
    curl->multi_info_read =
        (__typeof__(curl->multi_info_read))dlsym(library, "curl_multi_info_read");
    return curl->global_init && curl->easy_init && curl->easy_cleanup && curl->easy_setopt
        && curl->easy_strerror && curl->slist_append
        && curl->slist_free_all && curl->multi_init && curl->multi_cleanup
        && curl->multi_add_handle && curl->multi_remove_handle && curl->multi_perform
        && curl->multi_poll && curl->multi_info_read
        && curl->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

static inline CURLcode pocketvault_curl_set_long(
    const pocketvault_curl *curl, CURL *handle, CURLoption option, long value) {
    return curl->easy_setopt(handle, option, value);
}

static inline CURLcode pocketvault_curl_set_pointer(
    const pocketvault_curl *curl, CURL *handle, CURLoption option, const void *value) {
    return curl->easy_setopt(handle, option, value);
}

static inline CURLcode pocketvault_curl_set_callback(
    const pocketvault_curl *curl, CURL *handle, CURLoption option, curl_write_callback value) {
    return curl->easy_setopt(handle, option, value);
}

// HTTP and HTTPS only, whatever the URL says.
static inline CURLcode pocketvault_curl_allow_http_only(
    const pocketvault_curl *curl, CURL *handle) {
    return curl->easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
}

// Whether a transfer is over, and how it ended.
static inline int pocketvault_curl_is_done(
    const pocketvault_curl *curl, CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message = curl->multi_info_read(multi, &left);
    if (message == NULL || message->msg != CURLMSG_DONE) return 0;
    *result = message->data.result;
    return 1;
}
