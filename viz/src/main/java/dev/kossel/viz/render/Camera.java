package dev.kossel.viz.render;

/**
 * Where a picture is taken from. The camera always looks at the middle of the box and stands as near as the box allows.
 *
 * @param azimuthDegrees direction the camera stands in, seen from above: 0 in front of the box (−y side), 90 on its
 *     right (+x side)
 * @param elevationDegrees height above the horizon: 0 from the side, 90 straight from above
 * @param fieldOfViewDegrees opening angle of the longer image edge, up to 60; 0 is an orthographic camera (parallel
 *     lines stay parallel, one scale everywhere)
 */
public record Camera(double azimuthDegrees, double elevationDegrees, double fieldOfViewDegrees) {

    /** @throws IllegalArgumentException if an angle is not finite or out of range */
    public Camera {
        if (!Double.isFinite(azimuthDegrees)) {
            throw new IllegalArgumentException("azimuthDegrees: " + azimuthDegrees + ", expected a finite angle");
        }
        if (!(elevationDegrees >= -90 && elevationDegrees <= 90)) {
            throw new IllegalArgumentException("elevationDegrees: " + elevationDegrees + ", expected −90 … 90");
        }
        if (!(fieldOfViewDegrees >= 0 && fieldOfViewDegrees <= 60)) {
            throw new IllegalArgumentException("fieldOfViewDegrees: " + fieldOfViewDegrees + ", expected 0 … 60");
        }
    }

    public static Camera orthographic(double azimuthDegrees, double elevationDegrees) {
        return new Camera(azimuthDegrees, elevationDegrees, 0);
    }

    public static Camera perspective(double azimuthDegrees, double elevationDegrees) {
        return new Camera(azimuthDegrees, elevationDegrees, 24);
    }

    boolean isOrthographic() {
        return fieldOfViewDegrees == 0;
    }
}
