package dev.kossel.viz.render;

/**
 * From nm to pixels: rotates about the middle of a box into view axes (right, up, towards the viewer) and projects,
 * orthographic or perspective. The box fills the given part of the image. Immutable.
 */
final class Projection {

    private final double centerX;
    private final double centerY;
    private final double centerZ;
    private final double[] right;
    private final double[] up;
    private final double[] toward;
    /** Pixels per nm through the middle of the box. */
    private final double scale;
    /** Distance of the eye from the middle, nm; infinite for the orthographic camera. */
    private final double distance;

    private final double originX;
    private final double originY;

    private Projection(Projection rotation, double scale, double distance, double originX, double originY) {
        centerX = rotation.centerX;
        centerY = rotation.centerY;
        centerZ = rotation.centerZ;
        right = rotation.right;
        up = rotation.up;
        toward = rotation.toward;
        this.scale = scale;
        this.distance = distance;
        this.originX = originX;
        this.originY = originY;
    }

    private Projection(Camera camera, Bounds box) {
        double azimuth = StrictMath.toRadians(camera.azimuthDegrees());
        double elevation = StrictMath.toRadians(camera.elevationDegrees());
        double sinA = StrictMath.sin(azimuth);
        double cosA = StrictMath.cos(azimuth);
        double sinE = StrictMath.sin(elevation);
        double cosE = StrictMath.cos(elevation);
        centerX = box.centerX();
        centerY = box.centerY();
        centerZ = box.centerZ();
        right = new double[] {cosA, sinA, 0};
        up = new double[] {-sinA * sinE, cosA * sinE, cosE};
        toward = new double[] {sinA * cosE, -cosA * cosE, sinE};
        scale = 1;
        distance = Double.POSITIVE_INFINITY;
        originX = 0;
        originY = 0;
    }

    /** The projection under which {@code box} just fits the given rectangle of the image, in pixels. */
    static Projection fit(Camera camera, Bounds box, double left, double top, double width, double height) {
        Projection rotation = new Projection(camera, box);
        if (camera.isOrthographic()) {
            return rotation.centred(box, left, top, width, height, Double.POSITIVE_INFINITY);
        }
        // The opening angle is kept by standing where the rectangle's longer edge, through the middle, is seen under
        // it.
        double tangent = StrictMath.tan(StrictMath.toRadians(0.5 * camera.fieldOfViewDegrees()));
        double reach = 0;
        for (int corner = 0; corner < 8; corner++) {
            reach = Math.max(reach, rotation.depth(box.cornerX(corner), box.cornerY(corner), box.cornerZ(corner)));
        }
        double extent = Math.max(width, height);
        double distance = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 12; i++) {
            double fitted = rotation.centred(box, left, top, width, height, distance).scale;
            distance = Math.max(0.5 * extent / fitted / tangent, 1.05 * reach);
        }
        return rotation.centred(box, left, top, width, height, distance);
    }

    /** Scaled and shifted so that the box, seen from {@code distance}, fills the rectangle. */
    private Projection centred(Bounds box, double left, double top, double width, double height, double distance) {
        Projection unit = new Projection(this, 1, distance, 0, 0);
        double minX = Double.POSITIVE_INFINITY;
        double maxX = Double.NEGATIVE_INFINITY;
        double minY = Double.POSITIVE_INFINITY;
        double maxY = Double.NEGATIVE_INFINITY;
        for (int corner = 0; corner < 8; corner++) {
            double x = box.cornerX(corner);
            double y = box.cornerY(corner);
            double z = box.cornerZ(corner);
            double px = unit.pixelX(x, y, z);
            double py = unit.pixelY(x, y, z);
            minX = Math.min(minX, px);
            maxX = Math.max(maxX, px);
            minY = Math.min(minY, py);
            maxY = Math.max(maxY, py);
        }
        double fit = Math.min(width / Math.max(maxX - minX, 1e-9), height / Math.max(maxY - minY, 1e-9));
        double x = left + 0.5 * width - 0.5 * fit * (minX + maxX);
        double y = top + 0.5 * height - 0.5 * fit * (minY + maxY);
        return new Projection(this, fit, distance, x, y);
    }

    /** The same view in an image {@code factor} times as large. */
    Projection magnified(int factor) {
        return new Projection(this, scale * factor, distance, originX * factor, originY * factor);
    }

    /** Height above the image plane through the middle of the box, towards the viewer, nm. */
    double depth(double x, double y, double z) {
        return (x - centerX) * toward[0] + (y - centerY) * toward[1] + (z - centerZ) * toward[2];
    }

    /** Pixels per nm at a depth. */
    double scaleAt(double depth) {
        return distance == Double.POSITIVE_INFINITY ? scale : scale * distance / (distance - depth);
    }

    double pixelX(double x, double y, double z) {
        double offset = (x - centerX) * right[0] + (y - centerY) * right[1] + (z - centerZ) * right[2];
        return originX + offset * scaleAt(depth(x, y, z));
    }

    double pixelY(double x, double y, double z) {
        double offset = (x - centerX) * up[0] + (y - centerY) * up[1] + (z - centerZ) * up[2];
        return originY - offset * scaleAt(depth(x, y, z));
    }

    /** World components of a direction given in view axes. */
    double[] toWorld(double alongRight, double alongUp, double alongToward) {
        double[] world = new double[3];
        for (int i = 0; i < 3; i++) {
            world[i] = alongRight * right[i] + alongUp * up[i] + alongToward * toward[i];
        }
        return world;
    }

    double[] right() {
        return right.clone();
    }

    double[] up() {
        return up.clone();
    }

    double[] toward() {
        return toward.clone();
    }
}
