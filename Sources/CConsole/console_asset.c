#include "console_asset.h"

// The files are read by the compiler and lie in the binary, so that the console and the demo need
// nothing from the disk. A file that is not named here is not served.

#if !defined(__has_embed)
#error "This needs a compiler that knows #embed: clang 19, as it comes with Swift 6.2, or later."
#endif

static const unsigned char index_html[] = {
#embed "assets/index.html"
};
static const unsigned char console_css[] = {
#embed "assets/console.css"
};
static const unsigned char icon_svg[] = {
#embed "assets/icon.svg"
};
static const unsigned char licences_txt[] = {
#embed "assets/licences.txt"
};
static const unsigned char preact_js[] = {
#embed "assets/preact.js"
};
static const unsigned char app_js[] = {
#embed "assets/app.js"
};
static const unsigned char api_js[] = {
#embed "assets/api.js"
};
static const unsigned char signature_js[] = {
#embed "assets/signature.js"
};
static const unsigned char stream_js[] = {
#embed "assets/stream.js"
};
static const unsigned char format_js[] = {
#embed "assets/format.js"
};
static const unsigned char hooks_js[] = {
#embed "assets/hooks.js"
};
static const unsigned char parts_js[] = {
#embed "assets/parts.js"
};
static const unsigned char environments_js[] = {
#embed "assets/environments.js"
};
static const unsigned char home_js[] = {
#embed "assets/home.js"
};
static const unsigned char strip_js[] = {
#embed "assets/strip.js"
};
static const unsigned char record_js[] = {
#embed "assets/record.js"
};
static const unsigned char paste_js[] = {
#embed "assets/paste.js"
};
static const unsigned char secrets_js[] = {
#embed "assets/secrets.js"
};
static const unsigned char secret_js[] = {
#embed "assets/secret.js"
};
static const unsigned char value_js[] = {
#embed "assets/value.js"
};
static const unsigned char edit_js[] = {
#embed "assets/edit.js"
};
static const unsigned char versions_js[] = {
#embed "assets/versions.js"
};
static const unsigned char rotation_js[] = {
#embed "assets/rotation.js"
};
static const unsigned char access_js[] = {
#embed "assets/access.js"
};
static const unsigned char trail_js[] = {
#embed "assets/trail.js"
};
static const unsigned char clock_js[] = {
#embed "assets/clock.js"
};
static const unsigned char principals_js[] = {
#embed "assets/principals.js"
};
static const unsigned char upkeep_js[] = {
#embed "assets/upkeep.js"
};
static const unsigned char faults_js[] = {
#embed "assets/faults.js"
};
static const unsigned char demo_json[] = {
#embed "demo.json"
};

static const console_asset assets[] = {
    {"index.html", index_html, sizeof index_html},
    {"console.css", console_css, sizeof console_css},
    {"icon.svg", icon_svg, sizeof icon_svg},
    {"licences.txt", licences_txt, sizeof licences_txt},
    {"preact.js", preact_js, sizeof preact_js},
    {"app.js", app_js, sizeof app_js},
    {"api.js", api_js, sizeof api_js},
    {"signature.js", signature_js, sizeof signature_js},
    {"stream.js", stream_js, sizeof stream_js},
    {"format.js", format_js, sizeof format_js},
    {"hooks.js", hooks_js, sizeof hooks_js},
    {"parts.js", parts_js, sizeof parts_js},
    {"environments.js", environments_js, sizeof environments_js},
    {"home.js", home_js, sizeof home_js},
    {"strip.js", strip_js, sizeof strip_js},
    {"record.js", record_js, sizeof record_js},
    {"paste.js", paste_js, sizeof paste_js},
    {"secrets.js", secrets_js, sizeof secrets_js},
    {"secret.js", secret_js, sizeof secret_js},
    {"value.js", value_js, sizeof value_js},
    {"edit.js", edit_js, sizeof edit_js},
    {"versions.js", versions_js, sizeof versions_js},
    {"rotation.js", rotation_js, sizeof rotation_js},
    {"access.js", access_js, sizeof access_js},
    {"trail.js", trail_js, sizeof trail_js},
    {"clock.js", clock_js, sizeof clock_js},
    {"principals.js", principals_js, sizeof principals_js},
    {"faults.js", faults_js, sizeof faults_js},
    {"demo.json", demo_json, sizeof demo_json},
    {"upkeep.js", upkeep_js, sizeof upkeep_js},
};

const console_asset *console_asset_at(size_t index) {
    return index < sizeof assets / sizeof *assets ? &assets[index] : NULL;
}
