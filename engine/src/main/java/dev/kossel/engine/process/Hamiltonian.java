package dev.kossel.engine.process;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeView;
import java.util.Arrays;

/**
 * The energy of a configuration: E = Σ_i ε(species_i, siteType_i) + Σ_shell Σ_pairs ε_shell(species_i, species_j).
 *
 * <p>One Hamiltonian serves every process of a run, so that a reversible pair of processes obeys detailed balance by
 * construction. Energies are in whatever unit the rate laws expect. Sites outside the box count as nothing. Immutable
 * once built; thread-safe.
 */
public final class Hamiltonian {

    private final double[][] site;
    private final double[][][] pair;

    private Hamiltonian(double[][] site, double[][][] pair) {
        this.site = site;
        this.pair = pair;
    }

    /**
     * A builder with all energies zero.
     *
     * @param speciesCount species are 0 … speciesCount − 1
     * @param siteTypeCount site types are 0 … siteTypeCount − 1
     * @param shellCount shells of the lattice, in the order of {@link LatticeGeometry#shells()}
     */
    public static Builder builder(int speciesCount, int siteTypeCount, int shellCount) {
        return new Builder(speciesCount, siteTypeCount, shellCount);
    }

    public int speciesCount() {
        return site.length;
    }

    public int siteTypeCount() {
        return site[0].length;
    }

    public int shellCount() {
        return pair.length;
    }

    /** ε(species, siteType). */
    public double siteEnergy(int species, int siteType) {
        return site[species][siteType];
    }

    /** ε_shell(a, b), symmetric in a and b. */
    public double pairEnergy(int shell, int a, int b) {
        return pair[shell][a][b];
    }

    /**
     * Half the lattice sum of the bonds of {@code species} with itself: the energy of an atom in the half-crystal
     * (kink) position.
     */
    public double kinkEnergy(int species, LatticeGeometry geometry) {
        double sum = 0;
        for (int shell = 0; shell < pair.length; shell++) {
            sum += geometry.shells().get(shell).size() * pair[shell][species][species];
        }
        return sum / 2;
    }

    /** No species on any site has an energy of larger magnitude, bonds included. */
    double largestSiteEnergy(LatticeGeometry geometry) {
        double largest = largest(site);
        for (int shell = 0; shell < pair.length; shell++) {
            largest += geometry.shells().get(shell).size() * largest(pair[shell]);
        }
        return largest;
    }

    private static double largest(double[][] energies) {
        return Arrays.stream(energies)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    /**
     * Energy of {@code species} placed at {@code at}, with the neighbours as they are: its site energy and all its
     * bonds.
     */
    public double energyAt(LatticeView lattice, int at, int species) {
        LatticeGeometry geometry = lattice.geometry();
        double energy = site[species][lattice.siteType(at)];
        for (int k = 0; k < geometry.neighborCount(); k++) {
            int neighbor = geometry.neighbor(at, k);
            if (neighbor >= 0) {
                energy += pair[geometry.shellOf(k)][species][lattice.species(neighbor)];
            }
        }
        return energy;
    }

    /** All terms that involve at least one of {@code sites}, each once. The plain sum, for patterns and for tests. */
    public double energyAround(LatticeView lattice, int[] sites, int count) {
        LatticeGeometry geometry = lattice.geometry();
        double energy = 0;
        for (int m = 0; m < count; m++) {
            int species = lattice.species(sites[m]);
            energy += energyAt(lattice, sites[m], species);
            for (int earlier = 0; earlier < m; earlier++) {
                for (int k = 0; k < geometry.neighborCount(); k++) {
                    if (geometry.neighbor(sites[m], k) == sites[earlier]) {
                        energy -= pair[geometry.shellOf(k)][species][lattice.species(sites[earlier])];
                    }
                }
            }
        }
        return energy;
    }

    /** The energy of the whole configuration, O(sites). */
    public double total(LatticeView lattice) {
        LatticeGeometry geometry = lattice.geometry();
        double bonds = 0;
        double sites = 0;
        for (int i = 0; i < geometry.siteCount(); i++) {
            double own = site[lattice.species(i)][lattice.siteType(i)];
            sites += own;
            bonds += energyAt(lattice, i, lattice.species(i)) - own;
        }
        return sites + bonds / 2;
    }

    /** Collects the terms of a {@link Hamiltonian}. */
    public static final class Builder {
        private final double[][] site;
        private final double[][][] pair;

        private Builder(int speciesCount, int siteTypeCount, int shellCount) {
            site = new double[speciesCount][siteTypeCount];
            pair = new double[shellCount][speciesCount][speciesCount];
        }

        /** Sets ε(species, siteType). */
        public Builder site(int species, int siteType, double energy) {
            site[species][siteType] = finite(energy);
            return this;
        }

        /** Sets ε_shell(a, b) = ε_shell(b, a). */
        public Builder pair(int shell, int a, int b, double energy) {
            pair[shell][a][b] = finite(energy);
            pair[shell][b][a] = energy;
            return this;
        }

        /** The Hamiltonian; the builder may not be used afterwards. */
        public Hamiltonian build() {
            return new Hamiltonian(site, pair);
        }

        private static double finite(double energy) {
            if (!Double.isFinite(energy)) {
                throw new IllegalArgumentException("energy " + energy + ": expected a finite number");
            }
            return energy;
        }
    }
}
