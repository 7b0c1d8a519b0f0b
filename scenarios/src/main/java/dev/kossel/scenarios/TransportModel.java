package dev.kossel.scenarios;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.file.Transport;
import dev.kossel.scenarios.physics.AcidBase;
import dev.kossel.scenarios.physics.BinarySalt;
import dev.kossel.scenarios.physics.Constants;
import dev.kossel.scenarios.physics.OverpotentialFactor;
import dev.kossel.scenarios.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The electrolyte of a scenario in numbers: lengths in nm, amounts in particles, currents in electrons a second, potentials in V. Immutable. */
public final class TransportModel {

    /** Particles in nm³ at 1 mol/L. */
    static final double PER_NM3_AND_MOLAR = Constants.AVOGADRO * 1e-24;

    private static final double NM2_PER_SQUARE_METRE = 1e18;
    private static final double METRES_PER_NM = 1e-9;

    /** From a cell to the next one above the box: no error where profiles are steady, little in a transient. */
    private static final double STEADY_GROWTH = 1.5;

    private static final double TRANSIENT_GROWTH = 1.2;

    /**
     * What a factor of the rate table stands for.
     *
     * @param law dependence on the overpotential
     * @param activity by the product of which the rate is multiplied
     * @param moved charge numbers that an event adds to its first and second site in a potential; empty where rates do not feel that
     */
    record Group(OverpotentialFactor law, List<Term> activity, List<Integer> moved) {}

    /**
     * A concentration over that of a reference, to a power.
     *
     * @param perNm3 of the reference: the bulk, or a saturated solution
     */
    record Term(int ion, double exponent, double perNm3) {}

    /**
     * @param name as in the file
     * @param charge number
     * @param bulkPerNm3 concentration in the bulk, nm⁻³
     * @param diffusivityNm2PerSecond nm²/s
     * @param salt what it is of where no supporting electrolyte carries the current, which the diffusivity is then that of; else null
     */
    record Ion(
            String name,
            int charge,
            double bulkPerNm3,
            double diffusivityNm2PerSecond,
            @Nullable BinarySalt salt) {}

    private final Transport.Continuum continuum;
    private final List<Group> groups;
    private final double[][] yields;
    private final List<Ion> ions;
    private final @Nullable AcidBase acidity;
    private final double kT;
    private final int saltedIon;

    /**
     * @param exchanged by process, what an event exchanges of each ion: positive is given to the electrolyte
     * @param electrons by process, what an event takes up at the electrode
     */
    TransportModel(
            Transport.Continuum continuum,
            List<Group> groups,
            double[][] exchanged,
            long[] electrons,
            double temperatureKelvin) {
        this.continuum = continuum;
        this.groups = List.copyOf(groups);
        kT = Constants.thermalEnergyEv(temperatureKelvin);
        ions = ions(continuum, temperatureKelvin);
        acidity = acidity(continuum, temperatureKelvin);
        saltedIon = IntStream.range(0, ions.size())
                .filter(ion -> ions.get(ion).salt() != null)
                .findFirst()
                .orElse(-1);
        yields = exchanged;
        BinarySalt salt = salt();
        for (int p = 0; p < yields.length && salt != null; p++) {
            yields[p] = yields[p].clone();
            yields[p][saltedIon] += electrons[p] * salt.broughtPerCharge();
        }
    }

    /** The ions of a scenario: those of the electrolyte, and those of water if there are any, in the order of {@link Transport.Continuum#ions}. */
    static List<Ion> ions(Transport.Continuum continuum, double temperatureKelvin) {
        List<Ion> ions = new ArrayList<>();
        continuum
                .electrolyte()
                .forEach((name, ion) -> ions.add(new Ion(
                        name,
                        ion.charge(),
                        ion.concentration().molesPerLitre() * PER_NM3_AND_MOLAR,
                        nm2PerSecond(ion.diffusivity()),
                        salt(ion))));
        AcidBase water = acidity(continuum, temperatureKelvin);
        Transport.Acidity given = continuum.acidity();
        if (water != null && given != null) {
            double protons = Math.pow(10, -given.ph());
            ions.add(new Ion(
                    Transport.Acidity.PROTON,
                    1,
                    protons * PER_NM3_AND_MOLAR,
                    nm2PerSecond(given.protonDiffusivity()),
                    null));
            ions.add(new Ion(
                    Transport.Acidity.HYDROXIDE,
                    -1,
                    water.hydroxide(protons) * PER_NM3_AND_MOLAR,
                    nm2PerSecond(given.hydroxideDiffusivity()),
                    null));
        }
        return ions;
    }

    private static @Nullable BinarySalt salt(Transport.Ion ion) {
        Double number = ion.transferenceNumber();
        return number == null ? null : new BinarySalt(ion.charge(), ion.counterChargeOrDefault(), number);
    }

    private static double nm2PerSecond(Quantity diffusivity) {
        return diffusivity.squareMetresPerSecond() * NM2_PER_SQUARE_METRE;
    }

    private static @Nullable AcidBase acidity(Transport.Continuum continuum, double temperatureKelvin) {
        Transport.Acidity given = continuum.acidity();
        if (given == null) {
            return null;
        }
        Double pkw = given.pkw();
        return new AcidBase(
                pkw == null ? AcidBase.ionProductOfWater(temperatureKelvin) : Math.pow(10, -pkw),
                nm2PerSecond(given.protonDiffusivity()),
                nm2PerSecond(given.hydroxideDiffusivity()),
                given.buffers().values().stream()
                        .map(buffer -> new AcidBase.Buffer(
                                Math.pow(10, -buffer.pka()),
                                buffer.concentration().molesPerLitre(),
                                nm2PerSecond(buffer.diffusivity())))
                        .toList());
    }

    /** H+, OH- and buffers in equilibrium, concentrations in mol/L and diffusivities in nm²/s; null where the pH is left out. */
    @Nullable
    AcidBase acidity() {
        return acidity;
    }

    /** How many of the {@link #ions} diffuse on their own: all but those of water, which come last. */
    int independentIons() {
        return acidity == null ? ions.size() : ions.size() - 2;
    }

    List<Ion> ions() {
        return ions;
    }

    /** Factor groups 1, 2, … of the rate table. */
    List<Group> groups() {
        return groups;
    }

    /**
     * What an event of a process gives to the field of each ion; negative is taken out of it. In a salt alone that is not what the event exchanges: migration brings t/z of the ion with every electron that the event
     * takes up.
     */
    double[] given(int process) {
        return yields[process];
    }

    /** The ion whose {@link #salt} is the electrolyte; −1 where a supporting electrolyte carries the current. */
    int saltedIon() {
        return saltedIon;
    }

    /** The salt that is the electrolyte alone; null where a supporting electrolyte carries the current. */
    @Nullable
    BinarySalt salt() {
        return saltedIon < 0 ? null : ions.get(saltedIon).salt();
    }

    double kT() {
        return kT;
    }

    /** The diffusion potential of a salt alone where the concentration of its ion is so much, V: φ there against the bulk if no current flowed. 0 where there is a supporting electrolyte. */
    double diffusionVolts(double perNm3) {
        BinarySalt salt = salt();
        return salt == null
                ? 0
                : -salt.diffusionPotential()
                        * kT
                        * Math.log(perNm3 / ions.get(saltedIon).bulkPerNm3());
    }

    /** Fields at the surface, by cell of the grid, as {@link Electrolyte#copySurface} gives them. */
    List<String> surfaceFields() {
        List<String> names = new ArrayList<>(List.of("local_current_density_A_per_m2", "local_overpotential_V"));
        ions.forEach(ion -> names.add("local_" + ion.name() + "_mol_per_L"));
        if (acidity != null) {
            names.add("local_pH");
        }
        return names;
    }

    /** Fields in the electrolyte, by cell of the grid, as {@link Electrolyte#copySpace} gives them. */
    List<String> spaceFields() {
        List<String> names = new ArrayList<>(List.of("open_fraction"));
        if (hasPotential()) {
            names.add("potential_V");
        }
        ions.forEach(ion -> names.add(ion.name() + "_mol_per_L"));
        if (acidity != null) {
            names.add("pH");
        }
        return names;
    }

    FieldGrid grid(LatticeGeometry geometry) {
        return new FieldGrid(
                geometry,
                continuum.cell().nanometres(),
                continuum.boundaryLayer().nanometres(),
                isTransient() ? TRANSIENT_GROWTH : STEADY_GROWTH);
    }

    /** Which factors of the rate table differ from place to place. */
    boolean[] localFactors() {
        boolean[] local = new boolean[groups.size() + 1];
        for (int g = 1; g < local.length; g++) {
            local[g] = !groups.get(g - 1).activity().isEmpty() || hasPotential();
        }
        return local;
    }

    boolean isTransient() {
        return continuum.change() == Transport.Change.TRANSIENT;
    }

    boolean hasPotential() {
        return continuum.potential() != Transport.Potential.NONE;
    }

    boolean conductsAsIonsDo() {
        return continuum.potential() == Transport.Potential.FROM_IONS;
    }

    /** As given, electrons/(s V nm): of an electrolyte that conducts everywhere alike, or of a salt alone in the bulk. */
    double conductivity() {
        Quantity given = continuum.conductivity();
        if (given == null) {
            throw new IllegalStateException("a uniform potential without a conductivity");
        }
        return given.siemensPerMetre() * METRES_PER_NM / Constants.ELEMENTARY_CHARGE;
    }

    /** What a particle of an ion in 1 nm³ adds to the conductivity, electrons/(s V nm): z² D/kT (Nernst–Einstein), and of a salt alone what it is given to be in the bulk, or that of both its ions. */
    double conductivityPerParticle(int ion) {
        Ion of = ions.get(ion);
        BinarySalt salt = of.salt();
        if (salt != null) {
            return continuum.conductivity() != null
                    ? conductivity() / of.bulkPerNm3()
                    : salt.conductivityPerParticle(of.diffusivityNm2PerSecond(), kT);
        }
        return of.charge() * of.charge() * of.diffusivityNm2PerSecond() / kT;
    }

    double layerNm() {
        return continuum.boundaryLayer().nanometres();
    }

    double tolerance() {
        return continuum.tolerance();
    }

    /**
     * What the largest current means for the supply of each ion that carries charge: limiting current zFDc/δ, Damköhler number i/i_lim and Sand's time πD(zFc/2i)²; of a salt alone with zF/(1 − t) in place of zF.
     *
     * @param currentDensity A/m², 0 if none is set
     */
    public List<String> scales(LatticeGeometry geometry, double currentDensity) {
        List<String> scales = new ArrayList<>();
        FieldGrid grid = grid(geometry);
        scales.add(String.format(
                Locale.ROOT,
                "%s, layer %s above the box, grid of %d × %d × %d cells of %.3g nm",
                isTransient() ? "in time" : "quasi-steady",
                continuum.boundaryLayer(),
                grid.cellsX(),
                grid.cellsY(),
                grid.layers(),
                grid.widthNm(0)));
        for (Ion ion : ions.subList(0, independentIons())) {
            if (ion.charge() == 0 || ion.bulkPerNm3() == 0) {
                continue;
            }
            BinarySalt salt = ion.salt();
            double diffusing = salt == null ? 1 : 1 - salt.transferenceNumber();
            double charge = Math.abs(ion.charge()) * Constants.ELEMENTARY_CHARGE / diffusing;
            double diffusivity = ion.diffusivityNm2PerSecond() / NM2_PER_SQUARE_METRE;
            double perCubicMetre = ion.bulkPerNm3() / Math.pow(METRES_PER_NM, 3);
            double limiting = charge * diffusivity * perCubicMetre / (layerNm() * METRES_PER_NM);
            String scale = String.format(Locale.ROOT, "%s: limiting current %.4g mA/cm²", ion.name(), limiting / 10);
            if (currentDensity > 0) {
                double sand = Math.PI * diffusivity * Math.pow(charge * perCubicMetre / (2 * currentDensity), 2);
                scale += String.format(
                        Locale.ROOT,
                        ", Damköhler number i/i_lim = %.3g, Sand's time %.4g s",
                        currentDensity / limiting,
                        sand);
            }
            scales.add(scale);
            if (salt != null) {
                scales.add(salted(ion, salt));
            }
        }
        return scales;
    }

    private String salted(Ion ion, BinarySalt salt) {
        double siemensPerMetre =
                conductivityPerParticle(saltedIon) * ion.bulkPerNm3() * Constants.ELEMENTARY_CHARGE / METRES_PER_NM;
        double diffusivity = ion.diffusivityNm2PerSecond() / NM2_PER_SQUARE_METRE;
        return String.format(
                Locale.ROOT,
                "%s: no supporting electrolyte; migration brings t = %.3g of what reacts, which is in these numbers; D %.3g m²/s, of the counter-ion (charge %+d) %.3g m²/s; bulk conductivity %.3g S/m (%s)",
                ion.name(),
                salt.transferenceNumber(),
                salt.diffusivity(diffusivity),
                salt.counterCharge(),
                salt.counterDiffusivity(diffusivity),
                siemensPerMetre,
                continuum.conductivity() != null ? "given" : "Nernst–Einstein");
    }

    /** Part of a cell, and of what reacts, that may change from one solution to the next. */
    double step() {
        return continuum.step();
    }

    /** Charge transfers from one solution to the next. */
    long transfersPerSolution(FieldGrid grid) {
        double sitesPerCellLayer = (double) grid.geometry().siteCount() / grid.boxLayers();
        return Math.max(1, (long) (continuum.step() * sitesPerCellLayer));
    }

    /** The longest step of a transient, s. */
    double longestStepSeconds() {
        Quantity given = continuum.timeStep();
        if (given != null) {
            return given.seconds();
        }
        double slowest = ions.stream()
                .limit(independentIons())
                .mapToDouble(Ion::diffusivityNm2PerSecond)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        return layerNm() * layerNm() / slowest / 200;
    }
}
