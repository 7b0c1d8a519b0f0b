package dev.kossel.engine.process;

import dev.kossel.lattice.LatticeGeometry;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Numbers the neighbourhoods of a site by what matters of them: how many neighbours of each <em>kind</em> each shell
 * holds.
 *
 * <p>Species that no bond with a reacting species and no condition of a shell tells apart are one kind there; those
 * that matter to nothing are kind 0 and are not counted. The code is a mixed-radix number with one digit a (shell,
 * kind), so a neighbour that changes species changes the code by a constant.
 */
final class EnvironmentCode {

    private record Digit(int shell, int representative, int weight, int radix) {}

    private final List<Digit> digits = new ArrayList<>();
    /** weight[shell][species]: what one neighbour of that species adds to the code; 0 for kind 0. */
    private final int[][] weight;

    private final int[] shellSizes;
    private final int count;

    /**
     * @param centers species that any process changes or makes: only their bonds matter to a rate
     * @throws IllegalArgumentException if there are more than {@code limit} codes
     */
    EnvironmentCode(
            LatticeGeometry geometry,
            Hamiltonian hamiltonian,
            BitSet centers,
            List<NeighborCondition> conditions,
            int limit) {
        int speciesCount = hamiltonian.speciesCount();
        int shells = geometry.shells().size();
        weight = new int[shells][speciesCount];
        shellSizes = new int[shells];
        long codes = 1;
        for (int shell = 0; shell < shells; shell++) {
            shellSizes[shell] = geometry.shells().get(shell).size();
            List<Integer> representatives = new ArrayList<>();
            for (int species = 0; species < speciesCount; species++) {
                if (!matters(hamiltonian, centers, conditions, shell, species)) {
                    continue;
                }
                int known = -1;
                for (int kind = 0; kind < representatives.size() && known < 0; kind++) {
                    if (isSameKind(hamiltonian, centers, conditions, shell, species, representatives.get(kind))) {
                        known = kind;
                    }
                }
                if (known >= 0) {
                    weight[shell][species] = weight[shell][representatives.get(known)];
                } else {
                    representatives.add(species);
                    weight[shell][species] = (int) codes;
                    digits.add(new Digit(shell, species, (int) codes, shellSizes[shell] + 1));
                    codes *= shellSizes[shell] + 1;
                    if (codes > limit) {
                        throw new IllegalArgumentException("too many distinct neighbourhoods (more than " + limit
                                + "): give fewer species bond energies or conditions of their own,"
                                + " or give alike species the same ones");
                    }
                }
            }
        }
        count = (int) codes;
    }

    private static boolean matters(
            Hamiltonian hamiltonian, BitSet centers, List<NeighborCondition> conditions, int shell, int species) {
        for (int other = centers.nextSetBit(0); other >= 0; other = centers.nextSetBit(other + 1)) {
            if (hamiltonian.pairEnergy(shell, species, other) != 0) {
                return true;
            }
        }
        return conditions.stream()
                .anyMatch(condition ->
                        condition.shells().get(shell) && condition.species().get(species));
    }

    private static boolean isSameKind(
            Hamiltonian hamiltonian, BitSet centers, List<NeighborCondition> conditions, int shell, int a, int b) {
        for (int other = centers.nextSetBit(0); other >= 0; other = centers.nextSetBit(other + 1)) {
            if (hamiltonian.pairEnergy(shell, a, other) != hamiltonian.pairEnergy(shell, b, other)) {
                return false;
            }
        }
        return conditions.stream()
                .filter(condition -> condition.shells().get(shell))
                .allMatch(condition ->
                        condition.species().get(a) == condition.species().get(b));
    }

    /** How many codes there are; not all of them can occur. */
    int count() {
        return count;
    }

    int weight(int shell, int species) {
        return weight[shell][species];
    }

    /** Shells up to and including the last one that matters. */
    int shellsThatMatter() {
        int last = 0;
        for (Digit digit : digits) {
            last = Math.max(last, digit.shell + 1);
        }
        return last;
    }

    /** Whether no shell holds more neighbours than it has places. */
    boolean isPossible(int code) {
        int[] held = new int[shellSizes.length];
        for (Digit digit : digits) {
            held[digit.shell] += code / digit.weight % digit.radix;
        }
        for (int shell = 0; shell < held.length; shell++) {
            if (held[shell] > shellSizes[shell]) {
                return false;
            }
        }
        return true;
    }

    /** Whether a neighbourhood of this code can hold a neighbour of {@code species} in {@code shell}. */
    boolean canHold(int code, int shell, int species) {
        if (weight[shell][species] != 0) {
            return code / weight[shell][species] % (shellSizes[shell] + 1) > 0;
        }
        int others = 0;
        for (Digit digit : digits) {
            if (digit.shell == shell) {
                others += code / digit.weight % digit.radix;
            }
        }
        return others < shellSizes[shell];
    }

    /** Bond energy of {@code species} with the neighbours of a code. */
    double bondEnergy(Hamiltonian hamiltonian, int species, int code) {
        double energy = 0;
        for (Digit digit : digits) {
            energy += (code / digit.weight % digit.radix)
                    * hamiltonian.pairEnergy(digit.shell, species, digit.representative);
        }
        return energy;
    }

    boolean holds(List<NeighborCondition> conditions, int code) {
        for (NeighborCondition condition : conditions) {
            int neighbors = 0;
            for (Digit digit : digits) {
                if (condition.shells().get(digit.shell) && condition.species().get(digit.representative)) {
                    neighbors += code / digit.weight % digit.radix;
                }
            }
            if (!condition.holdsFor(neighbors)) {
                return false;
            }
        }
        return true;
    }
}
