package dev.kossel.scenarios.validation;

import dev.kossel.engine.field.FieldGrid;
import dev.kossel.scenarios.Electrolyte;
import dev.kossel.scenarios.Simulation;
import dev.kossel.scenarios.file.ScenarioException;
import dev.kossel.viz.plot.Axis;
import dev.kossel.viz.plot.Curve;
import dev.kossel.viz.plot.LinePlot;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A plate, and a half ball on it, at which every ion reacts: Laplace's equation with c = 0 at the surface, the same as for the potential around a
 * conductor.
 */
final class LaplaceCheck implements Check {

    private static final int PLATE_LAYERS = 2;
    private static final double BULK = 1;
    /** Σ 1/n³ over the square lattice, the origin left out: what the images of the half ball in the other periods take off the flux, times (R/W)³. */
    private static final double IMAGES = 9.0336;

    @Override
    public String name() {
        return "laplace";
    }

    @Override
    public String law() {
        return "above a plate c rises linearly; above a half ball c = g (z − R³ z/r³): the flux is 3Dg on its top, 3Dg cos θ on its surface";
    }

    @Override
    public String source() {
        return "Jackson, Classical Electrodynamics, 3rd edition, section 2.5";
    }

    /** Concentrations as solved for the surface at time 0, mol/L. */
    private record Solution(Experiment experiment, FieldGrid grid, double[] concentrations) {

        static Solution of(String... overrides) throws ScenarioException {
            Experiment experiment = Experiment.of("laplace", overrides);
            Simulation simulation = experiment.begin(1, null);
            simulation.advance();
            Electrolyte electrolyte = Objects.requireNonNull(simulation.electrolyte());
            return new Solution(experiment, electrolyte.grid(), electrolyte.concentrations(0));
        }

        double siteNm() {
            return experiment.geometry().latticeConstantNm();
        }

        double plateNm() {
            return PLATE_LAYERS * siteNm();
        }

        double topNm() {
            int last = grid.layers() - 1;
            return grid.middleNm(last) + grid.heightNm(last) / 2;
        }

        double layer(int layer) {
            double sum = 0;
            int columns = grid.cellsX() * grid.cellsY();
            for (int column = 0; column < columns; column++) {
                sum += concentrations[column * grid.layers() + layer] / columns;
            }
            return sum;
        }

        /** The gradient far above, where the layers are uniform. */
        double farGradient() {
            int layer = grid.boxLayers();
            while (grid.middleNm(layer) < 1.5 * experiment.geometry().widthNm()) {
                layer++;
            }
            return (BULK - layer(layer)) / (topNm() - grid.middleNm(layer));
        }

        /** Between the middles of cells, linear in all directions; nm. */
        double at(double x, double y, double z) {
            double u = x / grid.widthNm(0) - 0.5;
            double v = y / grid.depthNm(0) - 0.5;
            int layer = 0;
            while (grid.middleNm(layer + 1) < z) {
                layer++;
            }
            double w = (z - grid.middleNm(layer)) / (grid.middleNm(layer + 1) - grid.middleNm(layer));
            int left = (int) Math.floor(u);
            int front = (int) Math.floor(v);
            double sum = 0;
            for (int corner = 0; corner < 8; corner++) {
                int dx = corner & 1;
                int dy = corner >> 1 & 1;
                int dz = corner >> 2;
                double weight = (dx == 1 ? u - left : 1 - u + left)
                        * (dy == 1 ? v - front : 1 - v + front)
                        * (dz == 1 ? w : 1 - w);
                int cellX = Math.floorMod(left + dx, grid.cellsX());
                int cellY = Math.floorMod(front + dy, grid.cellsY());
                sum += weight * concentrations[grid.cell(cellX, cellY, layer + dz)];
            }
            return sum;
        }
    }

    @Override
    public Findings run(Effort effort, Path directory) throws ScenarioException {
        Solution plate = Solution.of(
                "initial=[{type: layers, species: M, count: " + PLATE_LAYERS + "}]", "lattice.size=[16, 16, 40]");
        double way = plate.topNm() - plate.plateNm();
        double worst = 0;
        for (int layer = PLATE_LAYERS; layer < plate.grid().layers(); layer++) {
            double law = BULK * (plate.grid().middleNm(layer) - plate.plateNm()) / way;
            worst = Math.max(worst, Math.abs(plate.layer(layer) - law));
        }
        Solution ball = Solution.of();
        double radius = radiusNm(ball);
        double far = ball.farGradient();
        double width = ball.experiment().geometry().widthNm();
        double images = 1 / (1 + IMAGES * Math.pow(radius / width, 3));
        double[] degrees = new double[16];
        double[] found = new double[degrees.length];
        double deviation = 0;
        for (int n = 0; n < degrees.length; n++) {
            degrees[n] = 5 * n;
            double cosine = Math.cos(Math.toRadians(degrees[n]));
            found[n] = onSurface(ball, radius, degrees[n]) / far;
            deviation = Math.max(deviation, Math.abs(found[n] / images - 3 * cosine));
        }
        return new Findings(
                List.of(
                        Measurement.within(
                                "plate: gradient over c/(δ + way to the top of the box)",
                                1,
                                plate.farGradient() * way / BULK,
                                0,
                                0.002,
                                0),
                        Measurement.atMost(
                                "plate: largest deviation from the straight line over c", 0.002, worst / BULK),
                        // Cells of a sixteenth of the radius and a ball made of cubes.
                        Measurement.within(
                                "half ball: flux on its top over that far above, less 2.6 % for its images",
                                3 * images, found[0], 0, 0.06, 0),
                        Measurement.atMost(
                                "half ball: largest deviation from 3 cos θ, 0° to 75°, over 3", 0.02, deviation / 3)),
                List.of(new LinePlot(
                        "Flux on the surface of a half ball, over that far above",
                        Axis.linear("Angle from the top (°)"),
                        Axis.linear("Flux"),
                        List.of(
                                new Curve("simulation", degrees, found, new double[degrees.length]),
                                Curve.law("3 cos θ", 0, 75, theta -> 3 * Math.cos(Math.toRadians(theta)))))));
    }

    /** That of a half ball of as many sites. */
    private static double radiusNm(Solution ball) {
        int sites = -PLATE_LAYERS * ball.experiment().geometry().sitesPerLayer();
        int metal = ball.experiment().species("M");
        for (int site = 0; site < ball.experiment().geometry().siteCount(); site++) {
            sites += ball.experiment().model().initial().species(site) == metal ? 1 : 0;
        }
        return ball.siteNm() * Math.cbrt(sites * 3 / (2 * Math.PI));
    }

    /**
     * The radial gradient at the surface from concentrations a quarter to three quarters of the radius away, where the staircase of sites no longer shows: the part that belongs to cos θ has
     * the radial form r − R³/r², with the slope 3 at R.
     */
    private static double onSurface(Solution ball, double radius, double degrees) {
        double angle = Math.toRadians(degrees);
        // The site in the middle of the face lies half a site beyond the middle of the box.
        double middle = ball.experiment().geometry().widthNm() / 2 + ball.siteNm() / 2;
        double products = 0;
        double squares = 0;
        for (double part = 1.25; part < 1.76; part += 0.125) {
            double r = part * radius;
            double concentration = ball.at(middle + r * Math.sin(angle), middle, ball.plateNm() + r * Math.cos(angle));
            double form = (r - Math.pow(radius, 3) / (r * r)) / 3;
            products += concentration * form;
            squares += form * form;
        }
        return products / squares;
    }
}
