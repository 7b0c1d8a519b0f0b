#!/bin/bash
# Makes the pictures and numbers of zn-desolvation.md: three electrodes, three seeds.
#
#   docs/scenarios/zn-desolvation.sh [DIR]     runs into DIR (runs/desolvation); what is there already is not run again
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
out=${1:-runs/desolvation}

run() { # NAME SEED SCENARIO [OPTIONS]
    [ -f "$out/$1-$2/summary.json" ] || ./kossel run "$3" --no-pictures --seed "$2" --out "$out/$1-$2" --no-progress "${@:4}"
}
for seed in 1 2 3; do
    run bare "$seed" zn-desolvation --set 'sites=[]'
    run catalytic "$seed" zn-desolvation
    run ligand "$seed" zn-desolvation-ligand
done

build=$(head -n 1 .kossel-build/current)
java -Djava.awt.headless=true -cp ".kossel-build/$build/kossel.jar" docs/scenarios/DesolvationFigures.java "$out"
