package dev.kossel.scenarios;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.engine.process.Drift;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.file.IonField;
import dev.kossel.scenarios.file.Transport;
import dev.kossel.scenarios.physics.Constants;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The ions on the lattice of a scenario in numbers, for transport of type explicit. Immutable.
 *
 * @param ions those that the reservoir holds
 * @param field in which they drift
 * @param groups what the factors of the rate table stand for, from factor 1 on
 * @param loads charge numbers by species
 * @param driven by process, whether its rate feels the potential by the charges it moves
 * @param kT thermal energy, eV
 * @param complianceVolts how far the overpotential goes to hold a current
 */
public record ExplicitIons(
        List<Ion> ions,
        IonField field,
        List<TransportModel.Group> groups,
        double[] loads,
        boolean[] driven,
        double kT,
        double complianceVolts) {

    /** Names of the processes of exchange with the reservoir begin with it. */
    static final String EXCHANGE = "reservoir-";

    /** And those of first passages end with it, after the name of the hop. */
    static final String PASSAGE = "-first-passage";

    /** The grid ends one cell above the box, where the potential is 0. */
    private static final double EVEN = 1;

    private static final double SQUARE_METRES_PER_NM2 = 1e-18;

    /**
     * An ion of the reservoir.
     *
     * @param species its number
     * @param occupancy the part of the reservoir's sites that hold it
     * @param siteEnergyEv energy of an ion alone
     * @param upPerSecond hops of an ion alone to the layers above, s⁻¹: what crosses the top of the box per ion
     * @param diffusivityNm2PerSecond of an ion alone along z, nm²/s
     */
    record Ion(
            String name,
            int species,
            int charge,
            double occupancy,
            double siteEnergyEv,
            double upPerSecond,
            double diffusivityNm2PerSecond) {}

    boolean hasField() {
        return !(field instanceof IonField.None);
    }

    /** Whether one of the factors differs from place to place. */
    boolean[] localFactors() {
        boolean[] local = new boolean[groups.size() + 1];
        for (int g = 1; g < local.length; g++) {
            local[g] = hasField();
        }
        return local;
    }

    Drift drift(LatticeGeometry geometry) {
        return new Drift(loads, kT, driven, geometry.siteCount());
    }

    /** The grid of a potential that solves Laplace's equation. */
    static FieldGrid grid(LatticeGeometry geometry, IonField.Laplace laplace) {
        double cell = laplace.cell().nanometres();
        double height = geometry.heightNm() / Math.max(1, Math.rint(geometry.heightNm() / cell));
        return new FieldGrid(geometry, cell, height, EVEN);
    }

    /** The part of the sites that a concentration occupies. */
    static double occupancy(Transport.Bath bath, LatticeGeometry geometry, long atomsPerSite) {
        return bath.concentration().molesPerLitre()
                * TransportModel.PER_NM3_AND_MOLAR
                / sitesPerNm3(geometry)
                / atomsPerSite;
    }

    private static double sitesPerNm3(LatticeGeometry geometry) {
        return geometry.siteCount() / (geometry.widthNm() * geometry.depthNm() * geometry.heightNm());
    }

    /** What the reservoir means: occupancies, diffusivities and, through the empty box, limiting currents zFDc/H. */
    public List<String> scales(LatticeGeometry geometry, long atomsPerSite) {
        List<String> scales = new ArrayList<>();
        for (Ion ion : ions) {
            double perNm2AndSecond =
                    ion.diffusivityNm2PerSecond * ion.occupancy * sitesPerNm3(geometry) / geometry.heightNm();
            scales.add(String.format(
                    Locale.ROOT,
                    "%s on the lattice: %.3g of the sites, D = %.3g m²/s; limiting current through %.3g nm, the height of the box: %.4g mA/cm²",
                    ion.name,
                    ion.occupancy,
                    ion.diffusivityNm2PerSecond * SQUARE_METRES_PER_NM2,
                    geometry.heightNm(),
                    perNm2AndSecond
                            * atomsPerSite
                            * Math.abs(ion.charge)
                            * Constants.ELEMENTARY_CHARGE
                            / SQUARE_METRES_PER_NM2
                            / 10));
        }
        return scales;
    }
}
