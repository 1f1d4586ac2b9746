# Running ctest so that what was skipped, and why, is not overlooked; read with `.`.

# run_tests BUILD-FOLDER EXCLUDED-LABELS CTEST-OPTION...: fails where a test does, or none ran.
run_tests() {
    folder=$1 excluded=$2
    shift 2
    report=$PWD/$folder/Testing/report.xml
    rm -f "$report"
    failed=0
    ctest --test-dir "$folder" --output-on-failure --no-tests=error --parallel "$(nproc)" \
        --label-exclude "^($excluded)\$" --output-junit "$report" "$@" || failed=1
    # The log holds what skipped tests said.
    awk -F ' SKIPPED: ' '/SKIPPED: / { sub(/.*SKIPPED: /, "skipped: "); print }' \
        "$folder/Testing/Temporary/LastTest.log" 2> /dev/null | sort | uniq -c || true
    awk '
    /<testcase / { all++ }
    /<testcase .* status="fail"/ { failed++ }
    /<testcase .* status="(notrun|disabled)"/ { skipped++ }
    END { printf "%d passed, %d failed, %d skipped\n", all - failed - skipped, failed, skipped
    }' "$report"
    return "$failed"
}
