package dev.kossel.scenarios.validation;

import dev.kossel.engine.EventListener;
import dev.kossel.engine.process.Event;
import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.Simulation;

/** The only atom of a simulation, its displacement summed hop by hop and so not folded back by the periodic box. */
final class Walk implements EventListener {

    private final LatticeGeometry geometry;
    private final Simulation simulation;
    private final double[][] hops;
    private final double[] displacement = new double[3];
    private int site;

    Walk(Experiment experiment, long seed) {
        geometry = experiment.geometry();
        int walker = experiment.species("walker");
        while (experiment.model().initial().species(site) != walker) {
            site++;
        }
        hops = new double[geometry.basisSize() * geometry.neighborCount()][];
        for (int hop = 0; hop < hops.length; hop++) {
            hops[hop] = geometry.displacementNm(hop / geometry.neighborCount(), hop % geometry.neighborCount());
        }
        simulation = experiment.begin(seed, this);
    }

    @Override
    public void happened(double timeSeconds, Event event) {
        int to = event.site(0) == site ? event.site(1) : event.site(0);
        int slot = 0;
        while (geometry.neighbor(site, slot) != to) {
            slot++;
        }
        double[] hop = hops[geometry.basis(site) * geometry.neighborCount() + slot];
        for (int axis = 0; axis < 3; axis++) {
            displacement[axis] += hop[axis];
        }
        site = to;
    }

    void advance(double seconds) {
        simulation.kmc().advance(simulation.kmc().timeSeconds() + seconds, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Until it has hopped once. */
    void hop() {
        long before = simulation.kmc().events();
        while (simulation.kmc().events() == before) {
            simulation.kmc().advance(Double.POSITIVE_INFINITY, 1, 1);
        }
    }

    double timeSeconds() {
        return simulation.kmc().timeSeconds();
    }

    int layer() {
        return geometry.layer(site);
    }

    double squaredDistance() {
        return displacement[0] * displacement[0]
                + displacement[1] * displacement[1]
                + displacement[2] * displacement[2];
    }

    void setOrigin() {
        displacement[0] = 0;
        displacement[1] = 0;
        displacement[2] = 0;
    }

    /** Whether an end of the box might be reached soon. */
    boolean isFarFromTheMiddle() {
        int layers = geometry.layerCount();
        return Math.abs(layer() - layers / 2) > layers / 4;
    }
}
