#!/bin/bash
# Makes the numbers and pictures of na.md: both sodium scenarios, five seeds, three separations of time scales.
#
#   docs/scenarios/na.sh [DIR]     runs into DIR (runs/na); what is there already is not run again
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
out=${1:-runs/na}

for ratio in 1e3 1e4 1e5; do
    for scenario in na-bare na-vn; do
        for seed in 1 2 3 4 5; do
            run=$out/$scenario-$ratio-$seed
            [ -f "$run/summary.json" ] || ./kossel run "$scenario" --no-pictures --seed "$seed" --set "separation.ratio=$ratio" --out "$run" --no-progress
        done
    done
done

build=$(head -n 1 .kossel-build/current)
java -Djava.awt.headless=true -cp ".kossel-build/$build/kossel.jar" docs/scenarios/NaFigures.java "$out"
