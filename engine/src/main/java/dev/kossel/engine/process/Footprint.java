package dev.kossel.engine.process;

import dev.kossel.lattice.LatticeGeometry;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/**
 * What an event of a pair of neighbours does to the states of sites, all told: each site is written once, sites that
 * stay as they are not at all.
 *
 * <p>Immutable; thread-safe.
 */
final class Footprint {

    /** What is added to the states of the two sites themselves. */
    final int step;

    final int stepTo;

    /** The neighbour slots of the first site whose states change, and by how much; the second site is left out. */
    final int[] slots;

    final int[] steps;

    /** The same of the second site; the first, and what is a neighbour of both, is left out. */
    final int[] slotsTo;

    final int[] stepsTo;

    /**
     * @param basis basis atom of the first site
     * @param k its neighbour slot in which the second site is
     */
    Footprint(RateTable table, int basis, int k, int before, int after, int beforeTo, int afterTo) {
        LatticeGeometry geometry = table.geometry();
        int slotCount = table.slotCount();
        // In a box of any size all sites of a basis atom have the same neighbours but for those that bottom and top cut
        // off.
        int site = geometry.site(0, 0, geometry.cellsZ() / 2, basis);
        int to = geometry.neighbor(site, k);
        int[] around = new int[slotCount];
        int[] aroundTo = new int[slotCount];
        geometry.neighbors(site, around);
        Arrays.fill(aroundTo, -1);
        if (to >= 0) {
            geometry.neighbors(to, aroundTo);
        }
        int offset = table.deltaOffset(before, after);
        int offsetTo = table.deltaOffset(beforeTo, afterTo);
        int back = geometry.reverseSlot(basis, k);
        step = table.speciesStep(before, after) + (back < slotCount ? table.delta(offsetTo + back) : 0);
        stepTo = table.speciesStep(beforeTo, afterTo) + (k < slotCount ? table.delta(offset + k) : 0);

        int[] net = new int[slotCount];
        int[] netTo = new int[slotCount];
        for (int n = 0; n < slotCount; n++) {
            net[n] += n == k ? 0 : table.delta(offset + n);
            int shared = n == back || aroundTo[n] < 0 ? -1 : indexOf(around, aroundTo[n]);
            if (shared >= 0) {
                net[shared] += table.delta(offsetTo + n);
            } else if (n != back) {
                netTo[n] += table.delta(offsetTo + n);
            }
        }
        slots = nonzero(net);
        steps = Arrays.stream(slots).map(n -> net[n]).toArray();
        slotsTo = nonzero(netTo);
        stepsTo = Arrays.stream(slotsTo).map(n -> netTo[n]).toArray();
    }

    private static int indexOf(int[] sites, int site) {
        int index = sites.length - 1;
        while (index >= 0 && sites[index] != site) {
            index--;
        }
        return index;
    }

    private static int[] nonzero(int[] values) {
        IntArrayList indices = new IntArrayList();
        for (int n = 0; n < values.length; n++) {
            if (values[n] != 0) {
                indices.add(n);
            }
        }
        return indices.toIntArray();
    }
}
