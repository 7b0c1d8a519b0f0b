package dev.kossel.scenarios;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The account of what a field of the electrolyte holds and events take out of it; in particles.
 *
 * <p>What events take beyond what the field has let through is owed, and settled in the time that follows. What is taken out and what is owed add up to the events exactly. Single-threaded.
 */
final class Account {

    /** A debt is settled at no more than this part of the flux. */
    private static final double SETTLEMENT = 0.5;

    private double owed;
    private double takenOut;
    private double flownIn;
    private double displaced;
    private double initialContent;

    /** Nothing was taken out yet of what the space holds. */
    void open(double content) {
        initialContent = content;
    }

    /** Metal has grown into the space, and left it with other content than it had. */
    void displace(double before, double content) {
        displaced += before - content;
    }

    /**
     * Time has passed.
     *
     * @param taken what the field let through to the surface
     * @param inflow what flowed in from the bulk
     */
    void pass(double taken, double inflow) {
        takenOut += taken;
        flownIn += inflow;
    }

    /** Events have taken so much more than the field has let through. */
    void owe(double more) {
        owed += more;
    }

    /**
     * What to take out on account of the debt, s⁻¹.
     *
     * @param through what passes at the surface, s⁻¹
     */
    double pays(double through, double settlingSeconds) {
        return Math.max(-SETTLEMENT * through, Math.min(SETTLEMENT * through, owed / settlingSeconds));
    }

    /** What the field has let through, */
    double takenOut() {
        return takenOut;
    }

    /** and what events have taken beyond that. */
    double owed() {
        return owed;
    }

    /** What has flowed in from the bulk less what was taken out, was displaced by metal and has gathered: 0 but for the tolerance. */
    double lost(double content) {
        return flownIn - takenOut - displaced - (content - initialContent);
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(owed);
        out.writeDouble(takenOut);
        out.writeDouble(flownIn);
        out.writeDouble(displaced);
        out.writeDouble(initialContent);
    }

    /** Restores what {@link #save} wrote. */
    void restore(DataInput in) throws IOException {
        owed = in.readDouble();
        takenOut = in.readDouble();
        flownIn = in.readDouble();
        displaced = in.readDouble();
        initialContent = in.readDouble();
    }
}
