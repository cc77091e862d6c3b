#!/usr/bin/env bash
# Instructions per request of the dispatch benchmark, counted by callgrind. See README.md for the figures.
#
#   benches/instructions.sh [dispatch|dispatch_mimalloc]
#
# It fails when what stands in front of the routes costs more than its bars.
#
# N1 and N2 are the lengths of the two runs whose difference is taken.
set -euo pipefail

cd "$(dirname "$0")/.."
binary=${1:-dispatch}
n1=${N1:-1000}
n2=${N2:-3000}
command -v valgrind >/dev/null || { echo "valgrind is not installed" >&2; exit 1; }

cargo build --release --quiet -p bff-benches --bins
program=${CARGO_TARGET_DIR:-target}/release/$binary
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Instructions of a whole run of a program.
counted() {
    valgrind --tool=callgrind --callgrind-out-file="$scratch/out" "$@" >"$scratch/log" 2>&1 ||
        { cat "$scratch/log" >&2; exit 1; }
    awk '/^(summary|totals):/ { print $2; exit }' "$scratch/out"
}

# Of the dispatch benchmark: subject, routes, requests, kind.
total() { counted "$program" "$@"; }

per_request() {
    local short long
    short=$(total "$1" "$2" "$n1" "$3")
    long=$(total "$1" "$2" "$n2" "$3")
    echo $(((long - short) / (n2 - n1)))
}

percent() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'; }

echo "instructions per request, $binary, ($n2 - $n1 requests); net: less the request's own cost"
printf '%-6s %6s %9s %9s %9s %9s %8s %9s %9s %8s\n' kind routes request bare axum bff ratio axum-net bff-net ratio
for kind in param text post; do
    request=$(per_request request 1 "$kind")
    bare=$(per_request bare 1 "$kind")
    for routes in 1 51; do
        axum=$(per_request axum "$routes" "$kind")
        bff=$(per_request bff "$routes" "$kind")
        printf '%-6s %6s %9s %9s %9s %9s %8s %9s %9s %8s\n' "$kind" "$routes" "$request" "$bare" "$axum" "$bff" \
            "$(percent "$bff" "$axum")" $((axum - request)) $((bff - request)) \
            "$(percent $((bff - request)) $((axum - request)))"
    done
done

# What stands in front of the routes: a proxy and 150 rules. The bars are those of the project.
echo
echo "a proxy and 150 rules in front of the routes, over the routes alone"
printf '%-22s %9s %9s %9s %9s\n' request bff fronted over bar
failed=
in_front() {
    local what=$1 kind=$2 of=$3 bar=$4 bff fronted over verdict=
    bff=$(per_request bff 1 "$of")
    fronted=$(per_request fronted 1 "$kind")
    over=$((fronted - bff))
    [ "$over" -lt "$bar" ] || { verdict=' too many'; failed=1; }
    printf '%-22s %9s %9s %9s %9s%s\n' "$what" "$bff" "$fronted" "$over" "$bar" "$verdict"
}
in_front "no rule, param route" param param 1500
in_front "no rule, text route" text text 1500
in_front "one literal rewrite" renamed text 3000

# What a guarded route costs: rate limit, body limit, timeout, CORS and security headers. The goal is 2500; the bar keeps
# what has been reached.
echo
echo "a rate limit, 64 KiB, a timeout, CORS and security headers, over the same routes without"
printf '%-22s %9s %9s %9s %9s\n' request bff guarded over bar
in_guards() {
    local what=$1 kind=$2 bar=$3 bff guarded over verdict=
    bff=$(per_request bff 1 "$kind")
    guarded=$(per_request guarded 1 "$kind")
    over=$((guarded - bff))
    [ "$over" -lt "$bar" ] || { verdict=' too many'; failed=1; }
    printf '%-22s %9s %9s %9s %9s%s\n' "$what" "$bff" "$guarded" "$over" "$bar" "$verdict"
}
in_guards "GET by a page" page 4800
in_guards "POST by a page" form 5700

# What an answer from the store costs, over a handler that answers the same text.
echo
of_answer() {
    local cache=${program%/*}/response_cache short long
    short=$(counted "$cache" answer "$1" "$n1")
    long=$(counted "$cache" answer "$1" "$n2")
    echo $(((long - short) / (n2 - n1)))
}
constant=$(of_answer /constant)
kept=$(of_answer /kept)
verdict=
[ $((kept - constant)) -lt 4100 ] || { verdict=' too many'; failed=1; }
echo "an answer from the store $kept, a constant one $constant, over $((kept - constant)), bar 4100$verdict"
[ -z "$failed" ]
