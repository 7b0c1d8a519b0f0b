package dev.kossel.engine.process;

import dev.kossel.engine.process.ElementaryProcess.Directions;
import dev.kossel.engine.process.ElementaryProcess.PairProcess;
import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.lattice.Lattice;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.Shell;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A catalogue and a configuration drawn at random, on a box barely large enough: between them, the seeds bring up every
 * feature that a process can have.
 *
 * @param factors of the catalogue's factor groups
 */
record RandomModel(ProcessCatalog catalog, Lattice initial, double[] factors) {

    /** High, so that rates differ by decades and not by dozens of decades, and everything happens. */
    private static final double KT = 0.08;

    /** Energies are multiples of this many eV, exact in binary, so that rate classes coincide where they should. */
    private static final double QUANTUM = 1.0 / 64;

    /** Neighbourhoods: keeps compilation short. */
    private static final int MOST_CODES = 400;

    private static final int FACTORS = 3;

    static RandomModel of(LatticeKind kind, String orientation, long seed) {
        return new Draw(kind, orientation, seed).model();
    }

    RateTable compile() {
        return RateTable.compile(catalog, initial.geometry());
    }

    private static final class Draw {
        private final UniformRandomProvider random;
        private final LatticeGeometry geometry;
        private final int species;
        /** Species from here on are bystanders, which no process changes. */
        private final int reacting;

        private final int siteTypes;
        private final List<ElementaryProcess> processes = new ArrayList<>();
        /** Species that anything tells apart, by shell. */
        private final BitSet[] noticed;

        Draw(LatticeKind kind, String orientation, long seed) {
            random = RandomSource.XO_SHI_RO_256_PP.create(seed);
            int[] least = LatticeGeometry.leastCells(kind, orientation);
            boolean planar = kind == LatticeKind.SQUARE || kind == LatticeKind.TRIANGULAR;
            geometry = LatticeGeometry.of(
                    kind, orientation, 0.3, Math.sqrt(8.0 / 3), least[0] + 1, least[1], planar ? 1 : 3);
            species = 2 + random.nextInt(3);
            reacting = species > 2 && random.nextBoolean() ? species - 1 : species;
            siteTypes = 1 + random.nextInt(2);
            noticed = new BitSet[geometry.shells().size()];
            chooseNoticed();
        }

        private void chooseNoticed() {
            for (int shell = 0; shell < noticed.length; shell++) {
                noticed[shell] = new BitSet();
            }
            int codes = 1;
            for (int attempt = 0; attempt < 6; attempt++) {
                int shell = random.nextInt(noticed.length);
                Shell chosen = geometry.shells().get(shell);
                int more = codes * (chosen.size() + 1);
                int candidate = random.nextInt(species);
                if (more <= MOST_CODES && !noticed[shell].get(candidate)) {
                    noticed[shell].set(candidate);
                    codes = more;
                }
            }
        }

        RandomModel model() {
            Hamiltonian.Builder hamiltonian = Hamiltonian.builder(species, siteTypes, noticed.length);
            for (int s = 0; s < species; s++) {
                for (int type = 0; type < siteTypes; type++) {
                    hamiltonian.site(s, type, energy());
                }
            }
            for (int shell = 0; shell < noticed.length; shell++) {
                for (int a = 0; a < species; a++) {
                    for (int b = a; b < species; b++) {
                        if (noticed[shell].get(a) && noticed[shell].get(b)) {
                            hamiltonian.pair(shell, a, b, energy());
                        }
                    }
                }
            }
            for (int s = 0; s < reacting; s++) {
                int next = (s + 1) % reacting;
                add(new SiteProcess("renew " + s, s, next, new BitSet(), List.of(), (d, e, t, l) -> 0.02, 0));
            }
            for (int n = 0; n < 3; n++) {
                int before = random.nextInt(reacting);
                add(new SiteProcess("site " + n, before, other(before), siteTypes(), conditions(), law(), factor()));
            }
            int metal = 1 + random.nextInt(reacting - 1);
            addPair("hop", metal, 0, 0, metal);
            addPair("twins", metal, metal, 0, 0);
            addPair("twins of one layer", 0, 0, metal, metal);
            addPair("parting twins", metal, metal, 0, metal);
            int first = random.nextInt(reacting);
            int second = random.nextInt(reacting);
            addPair("any", first, second, other(first), random.nextInt(reacting));
            addPattern("pattern", 2);
            addPattern("long pattern", 3);
            return new RandomModel(
                    new ProcessCatalog(speciesNames(), siteTypes, hamiltonian.build(), processes, FACTORS),
                    configuration(),
                    new double[] {1, 0.3 + random.nextDouble(), 1 + 2 * random.nextDouble()});
        }

        private void add(ElementaryProcess process) {
            processes.add(process);
        }

        private void addPair(String name, int before, int beforeTo, int after, int afterTo) {
            BitSet shells = new BitSet();
            shells.set(random.nextInt(noticed.length));
            shells.set(random.nextInt(noticed.length));
            Directions directions = Directions.values()[random.nextInt(Directions.values().length)];
            if (geometry.layerCount() == 1) {
                directions = random.nextBoolean() ? Directions.ALL : Directions.IN_PLANE;
            }
            add(new PairProcess(
                    name,
                    before,
                    beforeTo,
                    after,
                    afterTo,
                    shells,
                    directions,
                    siteTypes(),
                    siteTypes(),
                    conditions(),
                    conditions(),
                    law(),
                    factor()));
        }

        private void addPattern(String name, int entries) {
            List<List<PatternProcess.Entry>> variants = new ArrayList<>();
            int[] before = new int[entries];
            int[] after = new int[entries];
            for (int m = 0; m < entries; m++) {
                before[m] = random.nextInt(species);
                after[m] = random.nextBoolean() && before[m] < reacting ? other(before[m]) : before[m];
            }
            int changing = random.nextInt(entries);
            before[changing] %= reacting;
            after[changing] = other(before[changing]);
            for (int variant = 1 + random.nextInt(3); variant > 0; variant--) {
                List<PatternProcess.Entry> list = new ArrayList<>();
                list.add(new PatternProcess.Entry(0, 0, 0, before[0], after[0], siteTypes()));
                BitSet taken = new BitSet();
                for (int m = 1; m < entries; m++) {
                    int k = random.nextInt(geometry.neighborCount());
                    while (taken.get(k)) {
                        k = random.nextInt(geometry.neighborCount());
                    }
                    taken.set(k);
                    double[] nm = geometry.displacementNm(0, k);
                    double a = geometry.latticeConstantNm();
                    list.add(new PatternProcess.Entry(
                            nm[0] / a, nm[1] / a, nm[2] / a, before[m], after[m], siteTypes()));
                }
                variants.add(list);
            }
            add(new PatternProcess(name, variants, conditions(), law(), factor()));
        }

        private List<Species> speciesNames() {
            List<Species> names = new ArrayList<>();
            for (int s = 0; s < species; s++) {
                names.add(new Species("species " + s, s == 0 ? Phase.VACANT : Phase.METAL));
            }
            return names;
        }

        private Lattice configuration() {
            Lattice lattice = new Lattice(geometry).withSiteTypes();
            for (int site = 0; site < geometry.siteCount(); site++) {
                lattice.setSpecies(site, random.nextInt(species));
                lattice.setSiteType(site, random.nextInt(siteTypes));
            }
            return lattice;
        }

        private int other(int not) {
            return (not + 1 + random.nextInt(reacting - 1)) % reacting;
        }

        private int factor() {
            return random.nextInt(FACTORS);
        }

        private double energy() {
            return QUANTUM * (random.nextInt(9) - 6);
        }

        private BitSet siteTypes() {
            BitSet types = new BitSet();
            if (random.nextInt(3) == 0) {
                types.set(random.nextInt(siteTypes));
            }
            return types;
        }

        private List<NeighborCondition> conditions() {
            List<NeighborCondition> all = new ArrayList<>();
            BitSet shells = new BitSet();
            shells.set(random.nextInt(noticed.length));
            shells.set(random.nextInt(noticed.length));
            BitSet counted = new BitSet();
            counted.set(0, species);
            shells.stream().forEach(shell -> counted.and(noticed[shell]));
            if (counted.cardinality() > 1 && random.nextBoolean()) {
                counted.clear(counted.nextSetBit(0));
            }
            if (random.nextBoolean() && !counted.isEmpty()) {
                int atLeast = random.nextInt(3);
                all.add(new NeighborCondition(shells, counted, atLeast, atLeast + random.nextInt(8)));
            }
            return all;
        }

        private RateLaw law() {
            double barrier = QUANTUM * random.nextInt(10);
            double stepEdge = QUANTUM * random.nextInt(5);
            double[] bySite = {barrier, 2 * barrier};
            return switch (random.nextInt(5)) {
                case 0 -> (d, e, t, l) -> 1.5;
                case 1 -> (d, e, t, l) -> Math.exp(-bySite[t] / KT);
                case 2 -> (d, e, t, l) -> Math.exp((e - barrier - (l == 0 ? 0 : stepEdge)) / KT);
                case 3 -> (d, e, t, l) -> Math.exp(-Math.max(Math.max(0, d), bySite[t] + d / 2) / KT);
                default -> (d, e, t, l) -> 1 / (1 + Math.exp((d + (l == 0 ? 0 : stepEdge)) / KT));
            };
        }
    }
}
