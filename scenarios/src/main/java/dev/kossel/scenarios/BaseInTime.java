package dev.kossel.scenarios;

import dev.kossel.engine.field.DiffusingField;
import dev.kossel.engine.field.OpenSpace;
import dev.kossel.scenarios.physics.AcidBase;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The base that the electrolyte holds beyond the bulk's, by cell, while it changes in time, and the account of it.
 *
 * <pre>
 *   ∂B/∂t = ∇²ψ(B) + (what is produced)
 * </pre>
 *
 * <p>By implicit Euler, per turn with the tangent of B in each cell: B = B* + (dB/dψ)(ψ − ψ*). What a turn makes of B is kept, and ψ follows from it, not the other way round: so each turn conserves base to the tolerance it is solved
 * to, settled or not (as M. A. Celia, E. T. Bouloutas, R. L. Zarba conserve water in soil, <a href="https://doi.org/10.1029/WR026i007p01483">1990</a>). dB/dψ lies between the inverses of the diffusivities, an order of magnitude
 * apart, so turns are few, past neutral as well.
 *
 * <p>What events produce beyond what the field has received is owed, and settled in the time that follows, as ions are ({@link IonSupply}). Amounts are in particles, lengths in nm, ψ less that of the bulk. Single-threaded.
 */
final class BaseInTime {

    private static final double PER_MOLAR = TransportModel.PER_NM3_AND_MOLAR;
    private static final int MOST_TURNS = 20;
    /** A debt is settled over no less than the production of so much: the layer above a box holds some hundred protons, so that the pH would show single events. */
    private static final double SETTLING = 500;

    private final AcidBase equilibrium;
    private final OpenSpace space;
    /** ψ. */
    private final DiffusingField field;
    /** In the bulk, nm² mol/(L s) and mol/L. */
    private final double bulkPotential;

    private final double bulkBase;

    private final double[] base;
    /** c(H+) that goes with it, mol/L. */
    private final double[] protons;
    /** Of the step at hand: base as it begins, */
    private final double[] start;
    /** what is absorbed and released, in the middles of the cells, which {@link WaterField} sets. */
    private final double[] absorbed;

    private final double[] released;
    /** Of a turn: dB/dψ, and ψ where the tangent has the base of the start. */
    private final double[] capacity;

    private final double[] tangent;

    private double producedPerSecond;
    /** Of base taken out, which is that produced with the other sign. */
    private final Account account = new Account();

    private double content;

    /**
     * The bulk everywhere.
     *
     * @param absorbed the part of ψ that each turn absorbs in a cell, live
     * @param released and what it releases, live
     */
    BaseInTime(
            AcidBase equilibrium,
            OpenSpace space,
            DiffusingField field,
            double bulkProtons,
            double[] absorbed,
            double[] released) {
        this.absorbed = absorbed;
        this.released = released;
        this.equilibrium = equilibrium;
        this.space = space;
        this.field = field;
        bulkPotential = equilibrium.potential(bulkProtons);
        bulkBase = equilibrium.base(bulkProtons);
        int cells = space.grid().cellCount();
        base = new double[cells];
        protons = new double[cells];
        Arrays.fill(protons, bulkProtons);
        start = new double[cells];
        capacity = new double[cells];
        tangent = new double[cells];
    }

    /** c(H+) by cell, mol/L, live. */
    double[] protons() {
        return protons;
    }

    /**
     * Starts a step in the space as it is now.
     *
     * @param isFirst whether nothing was held before
     */
    void begin(boolean isFirst) {
        double before = content;
        content = content(base);
        if (isFirst) {
            account.open(content);
        } else {
            account.displace(before, content);
        }
        System.arraycopy(base, 0, start, 0, base.length);
    }

    private double content(double[] of) {
        double sum = 0;
        for (int cell = 0; cell < of.length; cell++) {
            sum += space.volumeNm3(cell) * of[cell];
        }
        return sum;
    }

    /**
     * Adds what is owed to the sources at the walls, as far as that goes.
     *
     * @param producing what the rates produce as they are, s⁻¹
     */
    void settleDebt(IntArrayList reacting, double[] producing, double[] sources, double settlingSeconds) {
        double through = 0;
        for (int n = 0; n < reacting.size(); n++) {
            through += Math.abs(producing[reacting.getInt(n)]);
        }
        double settled = -account.pays(through, Math.max(settlingSeconds, SETTLING / through));
        for (int n = 0; n < reacting.size() && through > 0; n++) {
            int cell = reacting.getInt(n);
            sources[cell] += settled * Math.abs(producing[cell]) / through;
        }
    }

    /** A turn of the step. Returns how far ψ was from that of the base, over the largest ψ. */
    double turn(double stepSeconds, IntArrayList reacting, double tolerance) {
        double[] potential = field.values();
        for (int cell = 0; cell < base.length; cell++) {
            capacity[cell] = equilibrium.capacity(protons[cell]);
            tangent[cell] = potential[cell] - (base[cell] - start[cell]) / capacity[cell];
        }
        field.advance(space, stepSeconds, capacity, tangent, reacting, absorbed, released, tolerance);
        producedPerSecond = 0;
        for (int n = 0; n < reacting.size(); n++) {
            int cell = reacting.getInt(n);
            producedPerSecond += released[cell] - absorbed[cell] * potential[cell];
        }
        double off = 0;
        double largest = 0;
        for (int cell = 0; cell < base.length; cell++) {
            if (space.volumeNm3(cell) > 0) {
                double solved = potential[cell];
                base[cell] = start[cell] + capacity[cell] * (solved - tangent[cell]);
                follow(cell);
                off = Math.max(off, Math.abs(potential[cell] - solved));
                largest = Math.max(largest, Math.abs(solved));
            }
        }
        return largest > 0 ? off / largest : 0;
    }

    /** Finds c(H+) and ψ of the base in a cell. */
    private void follow(int cell) {
        protons[cell] = equilibrium.protonsOfBase(bulkBase + base[cell] / PER_MOLAR, protons[cell]);
        field.values()[cell] = (equilibrium.potential(protons[cell]) - bulkPotential) * PER_MOLAR;
    }

    /**
     * Ends the step at the time it is: earlier than meant if something else is held now. Books what was produced and what is owed.
     *
     * @param elapsedSeconds since the last solution
     * @param stepSeconds that it was made for
     * @param byEvents what events have produced since then
     */
    void closeStep(
            double elapsedSeconds, double stepSeconds, IntArrayList reacting, double byEvents, double tolerance) {
        if (elapsedSeconds <= 0) {
            System.arraycopy(start, 0, base, 0, base.length);
            for (int cell = 0; cell < base.length; cell++) {
                follow(cell);
            }
            return;
        }
        if (elapsedSeconds < stepSeconds * (1 - 1e-12)) {
            double off = Double.POSITIVE_INFINITY;
            for (int n = 0; n < MOST_TURNS && off > tolerance; n++) {
                off = turn(elapsedSeconds, reacting, tolerance);
            }
        }
        double amount = elapsedSeconds * producedPerSecond;
        account.pass(-amount, elapsedSeconds * field.inflowPerSecond());
        account.owe(amount - byEvents);
        content = content(base);
    }

    /** Gives closed cells what the cells that stand in for them hold, so that one that opens has it. ψ is the field's to extend. */
    void extend() {
        for (int cell = 0; cell < base.length; cell++) {
            base[cell] = base[space.host(cell)];
            protons[cell] = protons[space.host(cell)];
        }
    }

    /** What the field has received up to the last solution, in particles, */
    double produced() {
        return -account.takenOut();
    }

    /** and what events have produced beyond that. */
    double owed() {
        return -account.owed();
    }

    /** Up to the last solution, what was produced and has flowed in from the bulk less what metal has displaced and what has gathered: 0 but for the tolerance; in particles. */
    double lost() {
        return account.lost(content(start));
    }

    /** Base in the space as it was last measured beyond the bulk's. */
    double gathered() {
        return content(start);
    }

    void save(DataOutput out) throws IOException {
        for (double[] row : List.of(base, protons, start, absorbed, released)) {
            for (double value : row) {
                out.writeDouble(value);
            }
        }
        account.save(out);
        out.writeDouble(producedPerSecond);
        out.writeDouble(content);
    }

    /** Restores what {@link #save} wrote. */
    void restore(DataInput in) throws IOException {
        for (double[] row : List.of(base, protons, start, absorbed, released)) {
            for (int cell = 0; cell < row.length; cell++) {
                row[cell] = in.readDouble();
            }
        }
        account.restore(in);
        producedPerSecond = in.readDouble();
        content = in.readDouble();
    }
}
