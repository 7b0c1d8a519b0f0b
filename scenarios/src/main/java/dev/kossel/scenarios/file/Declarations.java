package dev.kossel.scenarios.file;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.lattice.LatticeKind;
import dev.kossel.lattice.Shell;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rest of a scenario may refer to: species, site types, the shells of the lattice and its sites. */
final class Declarations {

    private final Scenario scenario;
    private final Document document;
    private final Set<String> siteTypes;

    /** Shells and their sizes; empty where the lattice is not known. */
    private final Map<String, Integer> shells = new LinkedHashMap<>();

    private @Nullable LatticeGeometry geometry;

    /** Reports what is wrong with the lattice. */
    Declarations(Scenario scenario, Document document) {
        this.scenario = scenario;
        this.document = document;
        this.siteTypes = new LinkedHashSet<>(scenario.siteTypeNames());
        box();
    }

    /** The geometry of the box; null if it cannot be made. */
    @Nullable
    LatticeGeometry geometry() {
        return geometry;
    }

    /** How many neighbours a shell holds; null if it is not one of the lattice. */
    @Nullable
    Integer shellSize(String shell) {
        return shells.get(shell);
    }

    private void box() {
        Box box = scenario.lattice();
        if (!document.readable("lattice.type") || !document.readable("lattice.orientation")) {
            return;
        }
        List<String> orientations = LatticeGeometry.orientations(box.type());
        if (!orientations.contains(box.plane())) {
            document.report(
                    "lattice.orientation",
                    "is not an orientation of " + Binder.kebab(box.type()) + ": expected "
                            + String.join(", ", orientations));
            return;
        }
        if (box.axialRatio() != null && box.type() != LatticeKind.HCP) {
            document.report("lattice.axial-ratio", "has no meaning for " + Binder.kebab(box.type()), "remove it");
        }
        double ratio = document.readable("lattice.axial-ratio") ? box.cOverA() : Box.IDEAL_AXIAL_RATIO;
        int[] least = LatticeGeometry.leastCells(box.type(), box.plane());
        try {
            LatticeGeometry smallest =
                    LatticeGeometry.of(box.type(), box.plane(), 1, ratio, least[0], least[1], least[2]);
            for (Shell shell : smallest.shells()) {
                shells.put(shell.name(), shell.size());
            }
        } catch (IllegalArgumentException e) {
            document.report("lattice.axial-ratio", "does not fit: " + e.getMessage());
            return;
        }
        if (box.type() == LatticeKind.HCP) {
            shells.put("1NN", shells.get("1NN-basal") + shells.get("1NN-pyramidal"));
        }
        if (!document.sound("lattice")) {
            return;
        }
        try {
            geometry = box.geometry();
        } catch (IllegalArgumentException e) {
            document.report("lattice.size", "does not fit the lattice: " + e.getMessage());
        }
    }

    /** Whether some neighbour is in both shells: {@code 1NN} of hcp is {@code 1NN-basal} and {@code 1NN-pyramidal} together. */
    static boolean shellsOverlap(String a, String b) {
        return a.equals(b) || a.startsWith(b + "-") || b.startsWith(a + "-");
    }

    boolean species(String key, String name) {
        return declared(key, name, "species", scenario.species().keySet(), document.readable("species"));
    }

    void speciesList(String key, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            species(key + "." + i, names.get(i));
        }
    }

    void siteType(String key, String name) {
        declared(key, name, "site type", siteTypes, document.sound("site-types"));
    }

    void siteTypes(String key, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            siteType(key + "." + i, names.get(i));
        }
    }

    void shell(String key, String name) {
        declared(key, name, "shell", shells.keySet(), !shells.isEmpty());
    }

    private boolean declared(String key, String name, String kind, Collection<String> names, boolean certain) {
        if (names.contains(name)) {
            return true;
        }
        if (certain) {
            unknown(key, name, kind, names);
        }
        return false;
    }

    private void unknown(String key, String name, String kind, Collection<String> names) {
        document.report(
                key,
                "names no declared " + kind + " '" + name + "': there are " + String.join(", ", names),
                Document.suggestion(name, names));
    }
}
