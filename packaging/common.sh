# What the scripts of this folder share. Same commit, same toolchain and same Debian packages give the same
# bytes: times are the commit's, and files are packed in the order of their names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

VERSION=$(sed -n 's/.*static let version = "\(.*\)"/\1/p' Sources/PocketvaultServer/Server.swift)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH
OUT=$(realpath -m "${OUT:-.build-dist/out}")
BINARY=.build-dist/release/pocketvault
mkdir -p "$OUT"

# Where the compiler is, with what comes with it.
toolchain() { dirname "$(dirname "$(readlink -f "$(command -v swift)")")"; }

# read_lean [unprofiled]: makes a list, `lean`, of the options that packaging/lean prints.
read_lean() {
    local printed
    printed=$(packaging/lean "$@")
    mapfile -t lean <<<"$printed"
}

# pack ARCHIVE FOLDER: the folder's content, the same bytes each time.
pack() {
    tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
        --directory "$2" . | gzip --no-name -9 >"$1"
}

# Writes the sums of all that was made.
sums() {
    (cd "$OUT" && find . -type f ! -name SHA256SUMS -printf '%P\n' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)
}
