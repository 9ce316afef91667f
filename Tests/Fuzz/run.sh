#!/bin/sh
# Builds every fuzz target with swiftc, outside the package, and runs each for some seconds:
#     Tests/Fuzz/run.sh [seconds]
# What it finds stays in .build-fuzz/NAME/findings; make a test of it before you mend it.
set -eu

seconds=${1:-60}
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$root/.build-fuzz
cd "$root"

# The targets: name, sources, sources of the program that writes its first inputs.
targets() {
    cat <<'TABLE'
json | Sources/JSON/*.swift Tests/Fuzz/JSONFuzz.swift | Sources/JSON/*.swift Tests/JSONTests/Corpus/*.swift Tests/Fuzz/WriteCorpus.swift
schedule | Sources/AWS/SecretsManager/Rotation/CivilDate.swift Sources/AWS/SecretsManager/Rotation/NumberSet.swift Sources/AWS/SecretsManager/Rotation/Cron*.swift Sources/AWS/SecretsManager/Rotation/RotationRecurrence.swift Sources/AWS/SecretsManager/Rotation/RotationRulesError.swift Sources/AWS/SecretsManager/Rotation/RotationSchedule.swift Tests/Fuzz/ScheduleFuzz.swift | Sources/AWS/SecretsManager/Rotation/RotationRulesError.swift Tests/SecretsManagerTests/Rotation/ScheduleExpressions*.swift Tests/Fuzz/WriteSchedules.swift
TABLE
}

# A backtrace costs seconds and says less than libFuzzer's own report.
export SWIFT_BACKTRACE=enable=no

compile() {
    swiftc -swift-version 6 -package-name pocketvault -parse-as-library -g "$@"
}

failed=
mkdir -p "$build"
targets >"$build/targets"
while IFS='|' read -r name sources seeds; do
    name=$(echo $name)
    mkdir -p "$build/$name/inputs" "$build/$name/findings"
    echo "fuzzing $name for $seconds s" >&2
    # Unquoted: the table's patterns are meant to expand.
    compile -O -sanitize=fuzzer,address -module-name Fuzz $sources -o "$build/$name/fuzz"
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
