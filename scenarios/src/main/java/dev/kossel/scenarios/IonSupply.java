package dev.kossel.scenarios;

import dev.kossel.engine.field.DiffusingField;
import dev.kossel.engine.field.OpenSpace;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * An ion of the electrolyte: its field, what the surface takes out of it, and the account of both.
 *
 * <p>Amounts are in particles. Single-threaded.
 */
final class IonSupply {

    /** No turn takes more than this part of a concentration away. */
    private static final double LEAST_PART = 0.1;
    /** And none leaves less than this part of the bulk's. */
    private static final double NOTHING = 1e-12;

    private final TransportModel model;
    private final int ion;
    private final SurfaceReactions reactions;
    private final IntArrayList reacting;
    private final OpenSpace space;
    private final DiffusingField field;
    /** Concentrations at the surface. */
    private final double[] surface;
    /** Whether charge transfer takes the ion out, so that a held current fixes how much. */
    private final boolean supplied;

    // Of the solution at hand
    private final double[] absorptions;
    private final double[] sources;
    private final double[] start;
    private final double[] absorption;
    private final double[] source;

    /** What is taken out on account of earlier steps, s⁻¹. */
    private double settled;

    private final Account account = new Account();

    /** The bulk everywhere. */
    IonSupply(TransportModel model, int ion, SurfaceReactions reactions, OpenSpace space) {
        this.model = model;
        this.ion = ion;
        this.reactions = reactions;
        reacting = reactions.reacting();
        this.space = space;
        TransportModel.Ion of = model.ions().get(ion);
        field = new DiffusingField(space.grid(), of.diffusivityNm2PerSecond(), of.bulkPerNm3());
        surface = reactions.concentrations(ion);
        boolean taken = false;
        for (int p = 0; p < reactions.processes(); p++) {
            taken |= reactions.electrons(p) != 0 && model.given(p)[ion] < 0;
        }
        supplied = taken;
        int cells = space.grid().cellCount();
        absorptions = new double[cells];
        sources = new double[cells];
        start = new double[cells];
        absorption = new double[cells];
        source = new double[cells];
    }

    DiffusingField field() {
        return field;
    }

    /** z D, nm²/s: times the gradient of the concentration the current that the ion carries, in elementary charges. */
    double chargeDiffusivity() {
        return model.ions().get(ion).charge() * field.diffusivityNm2PerSecond();
    }

    /**
     * Ends the step at the time it is: earlier than meant if something else is held now. Books what was taken out and what is owed.
     *
     * @param elapsedSeconds since the last solution
     * @param stepSeconds that it was made for
     * @param events since then, by process
     * @param beyond what has flowed since then beyond what flowed in the last solution
     */
    void closeStep(double elapsedSeconds, double stepSeconds, long[] events, double beyond) {
        if (elapsedSeconds <= 0 && !model.isTransient()) {
            return;
        }
        if (elapsedSeconds <= 0) {
            System.arraycopy(start, 0, field.values(), 0, start.length);
            return;
        }
        if (model.isTransient() && elapsedSeconds < stepSeconds * (1 - 1e-12)) {
            field.advance(space, elapsedSeconds, start, reacting, absorption, source, model.tolerance());
        }
        double amount = elapsedSeconds * net() + beyond;
        account.pass(amount, elapsedSeconds * field.inflowPerSecond() + beyond);
        account.owe(-amount);
        for (int p = 0; p < events.length; p++) {
            account.owe(-model.given(p)[ion] * events[p]);
        }
    }

    /** What the surface takes out as a whole, s⁻¹, in the last solution. */
    double net() {
        double sum = 0;
        double[] values = field.values();
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            sum += absorption[cell] * values[cell] - source[cell];
        }
        return sum;
    }

    /**
     * Begins the next solution where the field has come to since the last one.
     *
     * @param ratio what the concentration at the surface has been multiplied by
     * @param flowing what flows over what did
     */
    void follow(double ratio, double flowing) {
        if (ratio == 1) {
            return;
        }
        double[] values = field.values();
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = field.bulkPerNm3() - flowing * (field.bulkPerNm3() - values[cell]);
            surface[cell] *= ratio;
        }
    }

    /**
     * Starts a solution in the space as it is now.
     *
     * @param contentBefore in a transient, what the space before held; NaN where this is the first
     */
    void begin(double contentBefore) {
        field.space(space);
        if (!model.isTransient()) {
            return;
        }
        double content = field.content(space);
        if (Double.isNaN(contentBefore)) {
            account.open(content);
        } else {
            account.displace(contentBefore, content);
        }
        System.arraycopy(field.values(), 0, start, 0, start.length);
    }

    /** Particles in the space as it was last measured. */
    double content() {
        return field.content(space);
    }

    /** Solves with the rates as they are, and returns by how much the surface concentrations change, relatively. */
    double diffuse(double currentDensity, double stepSeconds, double settlingSeconds, double tolerance) {
        double wanted = 0;
        for (int n = 0; n < reacting.size(); n++) {
            wanted += linearise(reacting.getInt(n));
        }
        settled = settleDebt(settlingSeconds);
        wanted += settled;
        double diffusivity = field.diffusivityNm2PerSecond();
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            double wall = diffusivity * space.wallNm(cell);
            double part = Wall.part(wall, absorptions[cell]);
            absorption[cell] = absorptions[cell] * part;
            source[cell] = sources[cell] * part;
        }
        if (model.isTransient()) {
            field.advance(space, stepSeconds, start, reacting, absorption, source, tolerance);
        } else {
            field.settle(reacting, absorption, source, tolerance);
        }
        double[] values = field.values();
        boolean isFixed = !Double.isNaN(currentDensity) && supplied && reactions.carryTheCurrent(ion);
        double shift = isFixed ? uniformShift(wanted) : 0;
        double change = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            double wall = diffusivity * space.wallNm(cell);
            double at = Wall.value(wall, absorptions[cell], sources[cell], values[cell]);
            change = Math.max(change, follow(cell, at, shift));
        }
        if (reacting.isEmpty()) {
            System.arraycopy(values, 0, surface, 0, values.length);
        }
        return change;
    }

    /** Takes the rates of a cell as proportional to the concentration at its wall; returns how much they take out. */
    private double linearise(int cell) {
        double taken = 0;
        absorptions[cell] = 0;
        sources[cell] = 0;
        for (int p = 0; p < reactions.processes(); p++) {
            double amount = model.given(p)[ion];
            if (amount == 0) {
                continue;
            }
            double given = amount * reactions.rate(p, cell);
            taken -= given;
            // What is not there cannot be taken.
            if (given < 0 && surface[cell] > 0) {
                absorptions[cell] -= given / surface[cell];
            } else if (given > 0) {
                sources[cell] += given;
            }
        }
        return taken;
    }

    /** Sets the concentration at the surface in a cell; returns by how much it changes, relatively. */
    private double follow(int cell, double solved, double shift) {
        // Where hardly any is left, the error of the solver may take more.
        double at = Math.max(solved, NOTHING * field.bulkPerNm3());
        double next = Math.max(at + shift, LEAST_PART * Math.min(at, surface[cell]));
        double larger = Math.max(next, surface[cell]);
        double change = larger > 0 ? Math.abs(next - surface[cell]) / larger : 0;
        surface[cell] = next;
        return change;
    }

    /**
     * A held current fixes what is taken out in all, whatever the concentrations; the rates of one turn do not know. What they lack lowers or raises the
     * concentrations everywhere by that times the resistance from the bulk to the surface, which in one dimension is the exact answer.
     */
    private double uniformShift(double wanted) {
        double taken = net();
        double mean = 0;
        double weights = 0;
        double[] values = field.values();
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            mean += absorption[cell] * values[cell];
            weights += absorption[cell];
        }
        if (!(weights > 0) || taken == 0) {
            return 0;
        }
        double undisturbed = field.bulkPerNm3();
        if (model.isTransient()) {
            // Within a step the surface answers from where it was, less what diffuses to it meanwhile.
            undisturbed = 0;
            for (int n = 0; n < reacting.size(); n++) {
                int cell = reacting.getInt(n);
                undisturbed += absorption[cell] * start[cell];
            }
            undisturbed /= weights;
        }
        double resistance = (undisturbed - mean / weights) / taken;
        return resistance > 0 ? (taken - wanted) * resistance : 0;
    }

    /** Adds what is owed to what is taken out, and returns how much that is a second. */
    private double settleDebt(double settlingSeconds) {
        double through = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            through += absorptions[cell] * surface[cell] + sources[cell];
        }
        double paid = account.pays(through, settlingSeconds);
        for (int n = 0; n < reacting.size() && through > 0; n++) {
            int cell = reacting.getInt(n);
            double share = paid * (absorptions[cell] * surface[cell] + sources[cell]) / through;
            if (share > 0) {
                absorptions[cell] += share / surface[cell];
            } else {
                sources[cell] -= share;
            }
        }
        return through > 0 ? paid : 0;
    }

    /** By which part the field supplies less than the rates take. */
    double shortfall() {
        double wanted = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            for (int p = 0; p < reactions.processes(); p++) {
                wanted -= reactions.matters(p) ? model.given(p)[ion] * reactions.rate(p, cell) : 0;
            }
        }
        return wanted > 0 && supplied ? Math.max(0, 1 - (net() - settled) / wanted) : 0;
    }

    /** What the field has let through up to the last solution, in particles, */
    double takenOut() {
        return account.takenOut();
    }

    /** and what events have taken beyond that. */
    double owed() {
        return account.owed();
    }

    /**
     * Up to the last solution of a transient, what has flowed in from the bulk less what was taken out, was displaced by metal and has gathered: 0 but for the
     * tolerance; in particles.
     */
    double lost() {
        double content = 0;
        for (int cell = 0; cell < start.length; cell++) {
            content += space.volumeNm3(cell) * start[cell];
        }
        return account.lost(content);
    }

    void save(DataOutput out) throws IOException {
        field.save(out);
        for (double[] row : List.of(start, absorption, source)) {
            for (double value : row) {
                out.writeDouble(value);
            }
        }
        account.save(out);
    }

    /** Restores what {@link #save} wrote. The space is to be restored before. */
    void restore(DataInput in) throws IOException {
        field.restore(in);
        field.space(space);
        for (double[] row : List.of(start, absorption, source)) {
            for (int cell = 0; cell < row.length; cell++) {
                row[cell] = in.readDouble();
            }
        }
        account.restore(in);
    }
}
