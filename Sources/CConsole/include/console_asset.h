#ifndef CONSOLE_ASSET_H
#define CONSOLE_ASSET_H

#include <stddef.h>

// A file of the console.
typedef struct {
    const char *name;
    const unsigned char *bytes;
    size_t size;
} console_asset;

// The files one after the other; NULL after the last.
const console_asset *console_asset_at(size_t index);

#endif
