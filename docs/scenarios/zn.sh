#!/bin/bash
# Makes the numbers and pictures of zn.md: both zinc scenarios, five seeds, two separations of time scales.
#
#   docs/scenarios/zn.sh [DIR]     runs into DIR (runs/zn); what is there already is not run again
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
out=${1:-runs/zn}

for seed in 1 2 3 4 5; do
    for ratio in 1e2 1e3; do
        for scenario in zn-002 zn-100; do
            run=$out/$scenario-$ratio-$seed
            [ -f "$run/summary.json" ] || ./kossel run "$scenario" --no-pictures --seed "$seed" --set "separation.ratio=$ratio" --out "$run" --no-progress
        done
    done
done

build=$(head -n 1 .kossel-build/current)
java -Djava.awt.headless=true -cp ".kossel-build/$build/kossel.jar" docs/scenarios/ZnFigures.java "$out"
