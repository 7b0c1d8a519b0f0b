package dev.kossel.scenarios;

/**
 * What a cycle of the protocol came to.
 *
 * @param number from 1
 * @param startSeconds simulated time at its beginning
 * @param endSeconds and at its end
 * @param platedElectrons net electrons of the parts of the protocol that plate, open circuit left out
 * @param strippedElectrons net electrons of the parts that strip, as a positive number
 * @param endOfPlatingVolts overpotential at the end of the last part that plated; NaN without one
 * @param endOfStrippingVolts the same of stripping; NaN where it ended because nothing was left that could dissolve
 * @param platedMassPerElectron mass gained over the steps that took electrons up net, over these electrons, kg; NaN without one, and where a species has changed of which no molar mass is known
 * @param strippedMassPerElectron the same of what was lost over the steps that gave electrons away
 * @param maxHeightNm of the deposit over the initial surface, the largest at the end of a step that plated; NaN without one
 * @param residueSites sites of metal at the end of the cycle less those at time 0, live and dead
 * @param deadSites sites of dead metal at the end of the cycle
 * @param deadElectrons the electrons that these have cost
 */
public record Cycle(
        int number,
        double startSeconds,
        double endSeconds,
        long platedElectrons,
        long strippedElectrons,
        double endOfPlatingVolts,
        double endOfStrippingVolts,
        double platedMassPerElectron,
        double strippedMassPerElectron,
        double maxHeightNm,
        long residueSites,
        long deadSites,
        long deadElectrons) {

    /** Stripped over plated charge; NaN where nothing was plated or nothing stripped. */
    public double coulombicEfficiency() {
        return platedElectrons == 0 || strippedElectrons == 0
                ? Double.NaN
                : (double) strippedElectrons / platedElectrons;
    }
}
