package dev.kossel.scenarios;

import dev.kossel.engine.field.DiffusingField;
import dev.kossel.engine.field.OpenSpace;
import dev.kossel.scenarios.physics.AcidBase;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * H+ and OH- in the electrolyte: the field of ψ, whose gradient carries base (see {@link AcidBase}), less its value in the bulk; quasi-steady, or with the base that is held ({@link BaseInTime}).
 *
 * <p>Amounts are in particles and nm³ here, as in {@link Electrolyte}. Single-threaded.
 */
final class WaterField {

    private static final double LARGEST_CHANGE = 1;
    private static final double PER_MOLAR = TransportModel.PER_NM3_AND_MOLAR;

    private final TransportModel model;
    private final AcidBase equilibrium;
    private final SurfaceReactions reactions;
    private final OpenSpace space;
    private final int protonIon;
    private final int hydroxideIon;
    private final double[] protons;
    private final double[] hydroxide;
    private final DiffusingField field;
    /** Null where the field is quasi-steady. */
    private final @Nullable BaseInTime held;

    private final double bulk;
    /** Linear in ψ at the surface, of the solution at hand, with what is produced at ψ as it is, */
    private final double[] absorptions;

    private final double[] sources;
    private final double[] produced;
    /** and in that in the middles of the cells. */
    private final double[] absorbed;

    private final double[] released;

    /** The bulk everywhere. It keeps the concentrations of the last two ions at the surface current. */
    WaterField(TransportModel model, AcidBase equilibrium, SurfaceReactions reactions, OpenSpace space) {
        this.model = model;
        this.equilibrium = equilibrium;
        this.reactions = reactions;
        this.space = space;
        protonIon = model.independentIons();
        hydroxideIon = protonIon + 1;
        protons = reactions.concentrations(protonIon);
        hydroxide = reactions.concentrations(hydroxideIon);
        bulk = equilibrium.potential(protons[0] / PER_MOLAR);
        // With ψ for a concentration, D is 1.
        field = new DiffusingField(space.grid(), 1, 0);
        absorptions = new double[protons.length];
        sources = new double[protons.length];
        produced = new double[protons.length];
        absorbed = new double[protons.length];
        released = new double[protons.length];
        held = model.isTransient()
                ? new BaseInTime(equilibrium, space, field, protons[0] / PER_MOLAR, absorbed, released)
                : null;
    }

    /** The base that is held; null where the field is quasi-steady. */
    @Nullable
    BaseInTime held() {
        return held;
    }

    /**
     * Ends a step in time as {@link IonSupply#closeStep} does.
     *
     * @param events since the last solution, by process
     */
    void closeStep(double elapsedSeconds, double stepSeconds, long[] events) {
        if (held != null) {
            double byEvents = 0;
            for (int p = 0; p < events.length; p++) {
                byEvents += basePerEvent(p) * events[p];
            }
            held.closeStep(elapsedSeconds, stepSeconds, reactions.reacting(), byEvents, model.tolerance());
        }
    }

    private double basePerEvent(int process) {
        return model.given(process)[hydroxideIon] - model.given(process)[protonIon];
    }

    /**
     * Starts a solution in the space as it is now.
     *
     * @param isFirst whether there was none before
     */
    void begin(boolean isFirst) {
        field.space(space);
        if (held != null) {
            held.begin(isFirst);
        }
    }

    /** Gives closed cells the values of the cells that stand in for them, so that one that opens has them. */
    void extend() {
        field.extend(space);
        if (held != null) {
            held.extend();
        }
    }

    /** ψ at the surface in a cell, less that of the bulk. */
    private double surface(int cell) {
        return (equilibrium.potential(protons[cell] / PER_MOLAR) - bulk) * PER_MOLAR;
    }

    /** −dψ/d ln c(H+) there. */
    private double steepness(int cell) {
        return equilibrium.steepness(protons[cell] / PER_MOLAR) * PER_MOLAR;
    }

    /**
     * Solves for H+ and OH- with the rates as they are, each linear in the potential of base at its own wall: base is produced at the rate source − absorption · ψ.
     *
     * @param stepSeconds in a transient
     * @param settlingSeconds in which a transient settles what is owed
     * @return the largest change of ln c(H+) at the surface; it is held to 1
     */
    double diffuse(double stepSeconds, double settlingSeconds, double tolerance) {
        IntArrayList reacting = reactions.reacting();
        for (int n = 0; n < reacting.size(); n++) {
            linearise(reacting.getInt(n));
        }
        if (held != null) {
            held.settleDebt(reacting, produced, sources, settlingSeconds);
        }
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            double part = Wall.part(space.wallNm(cell), absorptions[cell]);
            absorbed[cell] = absorptions[cell] * part;
            released[cell] = sources[cell] * part;
        }
        if (held != null) {
            held.turn(stepSeconds, reacting, tolerance);
            followWhereNothingReacts(held.protons());
        } else {
            field.settle(reacting, absorbed, released, tolerance);
        }
        return followField();
    }

    private void linearise(int cell) {
        double sum = 0;
        double slope = 0;
        for (int p = 0; p < reactions.processes(); p++) {
            if (!(reactions.tally(p, cell) > 0)) {
                continue;
            }
            double of = basePerEvent(p) * reactions.rate(p, cell);
            sum += of;
            slope -= of * basicity(reactions.group(p));
        }
        // Rates that make a deviation from the steady state grow are taken as they are.
        absorptions[cell] = Math.max(0, slope / steepness(cell));
        produced[cell] = sum;
        sources[cell] = sum + absorptions[cell] * surface(cell);
    }

    /** The exponent with which the rates of a group go as 1/c(H+). */
    private double basicity(int group) {
        List<TransportModel.Term> activity =
                group == 0 ? List.of() : model.groups().get(group - 1).activity();
        double basic = 0;
        for (int n = 0; n < activity.size(); n++) {
            TransportModel.Term term = activity.get(n);
            basic += term.ion() == hydroxideIon ? term.exponent() : term.ion() == protonIon ? -term.exponent() : 0;
        }
        return basic;
    }

    private double followField() {
        IntArrayList reacting = reactions.reacting();
        double change = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            double at = Wall.value(space.wallNm(cell), absorptions[cell], sources[cell], field.values()[cell]);
            double before = protons[cell] / PER_MOLAR;
            double step = Math.log(equilibrium.protons(bulk + at / PER_MOLAR, before) / before);
            set(cell, before * Math.exp(Math.max(-LARGEST_CHANGE, Math.min(LARGEST_CHANGE, step))));
            change = Math.max(change, Math.abs(step));
        }
        return change;
    }

    private void followWhereNothingReacts(double[] molar) {
        for (int cell = 0; cell < molar.length && reactions.reacting().isEmpty(); cell++) {
            set(cell, molar[cell]);
        }
    }

    private void set(int cell, double molar) {
        protons[cell] = molar * PER_MOLAR;
        hydroxide[cell] = equilibrium.hydroxide(molar) * PER_MOLAR;
    }

    /** Concentrations by cell, mol/L; what closed cells hold means nothing. */
    double[] concentrations(boolean ofProtons) {
        double[] molar = new double[protons.length];
        if (held != null) {
            for (int cell = 0; cell < molar.length; cell++) {
                double inMiddle = held.protons()[cell];
                molar[cell] = ofProtons ? inMiddle : equilibrium.hydroxide(inMiddle);
            }
            return molar;
        }
        double last = protons[0] / PER_MOLAR;
        for (int cell = 0; cell < molar.length; cell++) {
            last = equilibrium.protons(bulk + field.values()[cell] / PER_MOLAR, last);
            molar[cell] = ofProtons ? last : equilibrium.hydroxide(last);
        }
        return molar;
    }

    /** The surface concentrations are the caller's to save. */
    void save(DataOutput out) throws IOException {
        field.save(out);
        if (held != null) {
            held.save(out);
        }
    }

    void restore(DataInput in) throws IOException {
        field.restore(in);
        field.space(space);
        if (held != null) {
            held.restore(in);
        }
    }
}
