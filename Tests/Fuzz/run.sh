#!/bin/sh
# Builds every fuzz target with swiftc, outside the package, and runs each for some seconds:
#     Tests/Fuzz/run.sh [seconds [target...]]
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
json | Sources/JSON/*.swift Tests/Fuzz/JSONFuzz.swift | Sources/JSON/*.swift Tests/JSONTests/Corpus/*.swift Tests/Fuzz/WriteCorpus.swift |
policy | Sources/AccessControl/*.swift Tests/Fuzz/PolicyFuzz.swift | Tests/AccessControlTests/Corpus/*.swift Tests/Fuzz/WriteCorpus.swift | JSON
schedule | Sources/AWS/SecretsManager/Rotation/CivilDate.swift Sources/AWS/SecretsManager/Rotation/NumberSet.swift Sources/AWS/SecretsManager/Rotation/Cron*.swift Sources/AWS/SecretsManager/Rotation/RotationRecurrence.swift Sources/AWS/SecretsManager/Rotation/RotationRulesError.swift Sources/AWS/SecretsManager/Rotation/RotationSchedule.swift Tests/Fuzz/ScheduleFuzz.swift | Sources/AWS/SecretsManager/Rotation/RotationRulesError.swift Tests/SecretsManagerTests/Rotation/ScheduleExpressions*.swift Tests/Fuzz/WriteSchedules.swift |
signature | Sources/PocketvaultServer/Authentication/AccountID.swift Sources/PocketvaultServer/Authentication/CredentialScope.swift Sources/PocketvaultServer/Authentication/RegionName.swift Sources/PocketvaultServer/AWSProtocol/FormFields.swift Tests/Fuzz/SignatureFuzz.swift | Tests/Fuzz/WriteSignatures.swift |
TABLE
}

# A backtrace costs seconds and says less than libFuzzer's own report.
export SWIFT_BACKTRACE=enable=no

compile() {
    swiftc -swift-version 6 -package-name pocketvault -parse-as-library -g "$@"
}

# Builds a module of the package beside the target that imports it, instrumented as the target is.
compile_module() {
    compile -O -sanitize=fuzzer,address -I "$1" -module-name "$2" -emit-module \
        -emit-module-path "$1/$2.swiftmodule" -emit-library -static -o "$1/lib$2.a" \
        Sources/"$2"/*.swift
}

failed=
mkdir -p "$build"
targets >"$build/targets"
while IFS='|' read -r name sources seeds modules; do
    name=$(echo $name)
    case " ${wanted:-$name} " in *" $name "*) ;; *) continue ;; esac
    mkdir -p "$build/$name/inputs" "$build/$name/findings"
    echo "fuzzing $name for $seconds s" >&2
    # Modules that a target does not import must not be in its way: what imports JSON where it can
    # does so only here.
    mkdir -p "$build/$name/modules"
    libraries=
    for module in $modules; do
        compile_module "$build/$name/modules" "$module"
        libraries="-l$module $libraries"
    done
    # Unquoted: the table's patterns are meant to expand.
    compile -O -sanitize=fuzzer,address -I "$build/$name/modules" -L "$build/$name/modules" \
        -module-name Fuzz $sources $libraries -o "$build/$name/fuzz"
    compile -Onone -module-name Seeds $seeds -o "$build/$name/seeds"
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
