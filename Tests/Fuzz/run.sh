#!/bin/sh
# Builds every fuzz target with swiftc, outside the package, and runs each for some seconds:
#     Tests/Fuzz/run.sh [seconds [target...]]
# With `check` in place of the seconds it only looks whether every target can be built.
# What it finds stays in .build-fuzz/NAME/findings; make a test of it before you mend it.
set -eu

seconds=${1:-60}
[ $# -eq 0 ] || shift
wanted=$*
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$root/.build-fuzz
cd "$root"

# The targets: name, sources, sources of the program that writes its first inputs, and the modules
# that the sources import, in an order in which they can be built.
targets() {
    cat <<'TABLE'
json | Sources/JSON/*.swift Tests/Fuzz/JSONFuzz.swift | Sources/JSON/*.swift Tests/JSONTests/Corpus/*.swift Tests/Fuzz/WriteCorpus.swift | Notation
policy | Sources/AccessControl/*.swift Tests/Fuzz/PolicyFuzz.swift | Tests/AccessControlTests/Corpus/*.swift Tests/Fuzz/WriteCorpus.swift | Notation JSON
schedule | Sources/AWS/SecretsManager/Rotation/NumberSet.swift Sources/AWS/SecretsManager/Rotation/Cron*.swift Sources/AWS/SecretsManager/Rotation/RotationRecurrence.swift Sources/AWS/SecretsManager/Rotation/RotationRulesError.swift Sources/AWS/SecretsManager/Rotation/RotationSchedule.swift Tests/Fuzz/ScheduleFuzz.swift | Sources/AWS/SecretsManager/Rotation/RotationRulesError.swift Tests/AWSTests/SecretsManager/Rotation/ScheduleExpressions*.swift Tests/Fuzz/WriteSchedules.swift | Notation
signature | Sources/PocketvaultServer/Authentication/CredentialScope.swift Sources/SignatureV4/CredentialParts.swift Tests/Fuzz/SignatureFuzz.swift | Tests/Fuzz/WriteSignatures.swift | Notation
TABLE
}

# A backtrace costs seconds and says less than libFuzzer's own report.
export SWIFT_BACKTRACE=enable=no

compile() {
    swiftc -swift-version 6 -package-name pocketvault -parse-as-library -g "$@"
}

# Builds the modules of the package that a program imports into a folder of their own, with the flags
# that the program is built with, and sets `imports` to what it needs to find them.
compile_modules() {
    folder=$1 flags=$2 imports="-I $1 -L $1" libraries=
    shift 2
    mkdir -p "$folder"
    for module in "$@"; do
        compile $flags $imports -module-name "$module" -emit-module \
            -emit-module-path "$folder/$module.swiftmodule" -emit-library -static \
            -o "$folder/lib$module.a" Sources/"$module"/*.swift
        libraries="-l$module $libraries"
    done
    # What is asked for stands behind what asks for it.
    imports="$imports $libraries"
}

failed=
mkdir -p "$build"
targets >"$build/targets"
while IFS='|' read -r name sources seeds modules; do
    name=$(echo $name)
    case " ${wanted:-$name} " in *" $name "*) ;; *) continue ;; esac
    if [ "$seconds" = check ]; then
        compile_modules "$build/$name/seed-modules" -Onone $modules
        compile -Onone -sanitize=fuzzer -module-name Fuzz $sources $imports -o "$build/$name/check"
        continue
    fi
    mkdir -p "$build/$name/inputs" "$build/$name/findings"
    echo "fuzzing $name for $seconds s" >&2
    # Modules that a target does not import must not be in its way: what imports JSON where it can
    # does so only here. Unquoted: the table's patterns and lists are meant to expand.
    instrumented="-O -sanitize=fuzzer,address"
    compile_modules "$build/$name/modules" "$instrumented" $modules
    compile $instrumented -module-name Fuzz $sources $imports -o "$build/$name/fuzz"
    compile_modules "$build/$name/seed-modules" -Onone $modules
    compile -Onone -module-name Seeds $seeds $imports -o "$build/$name/seeds"
    "$build/$name/seeds" "$build/$name/inputs"
    "$build/$name/fuzz" "$build/$name/inputs" \
        -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 \
        -artifact_prefix="$build/$name/findings/" -print_final_stats=1 \
        </dev/null || failed="$failed $name"
done <"$build/targets"

if [ -n "$failed" ]; then
    echo "findings in:$failed" >&2
    exit 1
fi
