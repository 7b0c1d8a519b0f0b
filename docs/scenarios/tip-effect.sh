#!/bin/bash
# Makes the pictures of tip-effect.md: three scenarios, five seeds.
#
#   docs/scenarios/tip-effect.sh [DIR]     runs into DIR (runs/tip); what is there already is not run again
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
out=${1:-runs/tip}

for scenario in tip-effect pit-effect tip-effect-reservoir; do
    for seed in 1 2 3 4 5; do
        run=$out/$scenario-$seed
        [ -f "$run/summary.json" ] || ./kossel run "$scenario" --no-pictures --seed "$seed" --out "$run" --no-progress
    done
done

build=$(head -n 1 .kossel-build/current)
java -Djava.awt.headless=true -cp ".kossel-build/$build/kossel.jar" docs/scenarios/TipFigures.java "$out"
