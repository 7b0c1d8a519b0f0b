package dev.kossel.scenarios.file;

import static dev.kossel.scenarios.units.Measure.DENSITY;
import static dev.kossel.scenarios.units.Measure.MOLAR_MASS;
import static dev.kossel.scenarios.units.Measure.TEMPERATURE;
import static dev.kossel.scenarios.units.Measure.TIME;

import dev.kossel.scenarios.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scenario: everything a run is determined by, as read from a file and checked.
 *
 * <p>Names of species, site types, shells and processes in it are known to be declared, and quantities to be of the right dimension and in range.
 * Numbering follows the file: see {@link #speciesNames()} and {@link #siteTypeNames()}.
 *
 * @param figures the numbers in it that are claims about nature, with their sources, in the order of the file; not a key of the file
 */
@Doc("The top level of a scenario file.")
public record Scenario(
        @Key(value = "Version of the file format.", example = "1", min = 1, max = 1)
        int kossel,

        @Key(
                value =
                        "A scenario that this one starts from: the name of a built-in one, or a file. Keys given here are put into it: mappings are merged, what has another `type` "
                                + "and everything else, lists too, takes the place of what was there; `null` takes a key out. A run keeps the result alone.",
                example = "na-bare")
        @Nullable
        String base,

        @Key(value = "What the scenario is, in a line.", example = "Sodium on a VN interlayer")
        String title,

        @Key(value = "What it shows and how, in a paragraph.", example = "Plating at 0.5 mA/cm^2.", fallback = "''")
        String description,

        @Key(
                value = "Works that `source` may cite, each under a key of its own.",
                example = "{xia2022: {title: A sodiophilic VN interlayer, doi: 10.1039/d2nh00152g}}",
                fallback = "{}")
        Map<String, Reference> references,

        @Key(
                value = "What the scenario does not model, and other remarks.",
                example = "[no ion transport]",
                fallback = "[]")
        List<String> notes,

        @Key(value = "Seed of the random numbers: the same seed gives the same run.", example = "7", fallback = "1")
        long seed,

        @Key(value = "Temperature of everything.", example = "298.15 K", fallback = "298.15 K", min = 1, max = 5000)
        @Of(TEMPERATURE)
        Quantity temperature,

        @Key(value = "The lattice and the box.", example = "{type: bcc, constant: 0.4291 nm, size: [64, 64, 24]}")
        Box lattice,

        @Key(
                value =
                        "What may sit on a site. One species at least must be `vacant`; the first such one fills the box to begin with.",
                example =
                        "{vacant: {phase: vacant}, Na: {phase: metal, molar-mass: 22.99 g/mol, density: 0.968 g/cm^3}}")
        Map<String, Species> species,

        @Key(
                value =
                        "Names of the kinds of site there are besides `plain`, which every site is unless `sites` says otherwise.",
                example = "[bridge, hollow]",
                fallback = "[]")
        List<String> siteTypes,

        @Key(
                value = "Where the site types lie. Later entries overwrite earlier ones.",
                example = "[{pattern: random, layers: [2, 2], fractions: {bridge: 0.5}}]",
                fallback = "[]")
        List<SitePattern> sites,

        @Key(
                value = "What the box holds at the beginning, from the bottom up. Later entries build on earlier ones.",
                example = "[{type: layers, species: foil, count: 2}]",
                fallback = "[]")
        List<Morphology> initial,

        @Key(
                value = "The energy of a configuration: the sum over sites and over pairs of neighbours.",
                example = "{pairs: [{species: [Na, Na], shell: 1NN, energy: -0.18 eV}]}",
                fallback = "{}")
        Energies energies,

        @Key(
                value = "What can happen, each process under a name of its own.",
                example = "{hop: {reaction: Na + vacant -> vacant + Na, law: {type: metropolis, prefactor: 1e12 /s}}}")
        Map<String, ElementaryProcess> processes,

        @Key(
                value = "How ions come to the electrode and current through the electrolyte.",
                example =
                        "{type: continuum, boundary-layer: 100 um, cell: 2 nm, electrolyte: {Na+: {charge: 1, concentration: 1 M, diffusivity: 1e-9 m^2/s}}}",
                fallback = "{type: reservoir}")
        Transport transport,

        @Key(value = "How the electrode is driven.", example = "{steps: [{type: rest, until: {time: 1 ms}}]}")
        Protocol protocol,

        @Key(
                value = "Slows surface processes that are much faster than deposition. Without it nothing is slowed.",
                example = "{adaptive: {}}")
        @Nullable
        Separation separation,

        @Key(
                value =
                        "Which metal is in electrical contact with the electrode. What is not takes no part in charge transfer.",
                example = "{follow: never}",
                fallback = "{}")
        Contact contact,

        @Key(
                value = "What comes off in pieces, at the instant at which it is large enough or held by nothing.",
                example = "[{species: [H2], at-least: 200, becomes: vacant}]",
                fallback = "[]")
        List<Detachment> detachment,

        @Key(
                value = "How the run is computed. Does not change what is simulated.",
                example = "{selector: rate-classes}",
                fallback = "{}")
        Engine engine,

        @Key(value = "Limits that end a run early.", example = "{events: 1e9}", fallback = "{}")
        Stop stop,

        @Key(value = "What is recorded, and how often.", example = "{statistics: 200, snapshots: 20}", fallback = "{}")
        Output output,

        List<Figure> figures) {

    /** The site type of every site that nothing is said about. */
    public static final String PLAIN = "plain";

    /** Species by number: 0 is the first vacant one, the others follow in the order of the file. */
    public List<String> speciesNames() {
        List<String> names = new ArrayList<>(species.keySet());
        for (Map.Entry<String, Species> entry : species.entrySet()) {
            if (entry.getValue().phase() == Phase.VACANT) {
                names.remove(entry.getKey());
                names.add(0, entry.getKey());
                break;
            }
        }
        return List.copyOf(names);
    }

    /** Site types by number: 0 is {@link #PLAIN}, the others follow in the order of the file. */
    public List<String> siteTypeNames() {
        List<String> names = new ArrayList<>(siteTypes);
        names.add(0, PLAIN);
        return List.copyOf(names);
    }

    Scenario withFigures(List<Figure> newFigures) {
        return new Scenario(
                kossel,
                base,
                title,
                description,
                references,
                notes,
                seed,
                temperature,
                lattice,
                species,
                siteTypes,
                sites,
                initial,
                energies,
                processes,
                transport,
                protocol,
                separation,
                contact,
                detachment,
                engine,
                stop,
                output,
                newFigures);
    }

    @Doc("A work that numbers are taken from.")
    public record Reference(
            @Key(value = "Its title.", example = "A sodiophilic VN interlayer stabilizing a Na metal anode")
            String title,

            @Key(value = "Its digital object identifier.", example = "10.1039/d2nh00152g") @Nullable
            String doi,

            @Key(value = "Where it can be read, if it has no DOI.", example = "https://physics.nist.gov/cuu/Constants")
            @Nullable
            String url) {}

    /**
     * A number of the file that is a claim about nature.
     *
     * @param key where it stands: {@code processes.hop.law.barrier}
     * @param value as written
     * @param source a key of {@code references}, or text that begins with {@code calibrated}, {@code assumed}, {@code derived} or {@code default}; null
     *     where the file gives none
     */
    public record Figure(String key, String value, @Nullable String source) {}

    /** What kind of matter a species is. */
    @Doc("What kind of matter a species is.")
    public enum Phase {
        @Doc("empty, or electrolyte that is not resolved")
        VACANT,
        @Doc("solid metal: counts towards heights, roughness, islands and dendrites")
        METAL,
        @Doc("an ion in solution, with or without its shell")
        ION,
        @Doc("a film on the metal: SEI, oxide, precipitate, adsorbed additive")
        FILM,
        @Doc("gas")
        GAS,
        @Doc("solid that takes no part: a current collector, a separator")
        INERT
    }

    @Doc("A species: one thing that may sit on a site.")
    public record Species(
            @Key(value = "What kind of matter it is.", example = "metal")
            Phase phase,

            @Key(value = "Charge number.", example = "2", fallback = "0", min = -20, max = 20)
            int charge,

            @Key(
                    value =
                            "Waters and ligands in its shell. Where species of phase `ion` have one, their mean by distance from the surface is recorded.",
                    example = "6",
                    min = 0,
                    max = 20)
            @Nullable
            Integer coordination,

            @Key(value = "Molar mass.", example = "22.99 g/mol", min = 0, aboveMin = true, physical = true)
            @Of(MOLAR_MASS)
            @Nullable
            Quantity molarMass,

            @Key(
                    value = "Density of the pure substance.",
                    example = "0.968 g/cm^3",
                    min = 0,
                    aboveMin = true,
                    physical = true)
            @Of(DENSITY)
            @Nullable
            Quantity density,

            @Key(value = "Colour in pictures, #rrggbb.", example = "'#c8b040'") @Nullable
            String color) {}

    @Doc(
            "How much faster than deposition the surface processes are: `adaptive` slows what is found to be in quasi-equilibrium, `ratio` slows processes to a stated speed whether they are or not. One of the two.")
    public record Separation(
            @Key(
                    value =
                            "The processes that are slowed. With `ratio` they have to be named; with `adaptive`, without any named, they are all that "
                                    + "transfer no charge, exchange no ions with `transport: continuum` and are undone by one of their own kind.",
                    example = "[hop]",
                    fallback = "[]")
            List<String> processes,

            @Key(
                    value =
                            "The prefactors are lowered until the fastest event of these processes happens this many times in the time in "
                                    + "which one monolayer is deposited at the largest current density of the protocol; they are never raised.",
                    example = "1e4",
                    min = 1)
            @Nullable
            Double ratio,

            @Key(
                    value = "Why the results do not hinge on it. Required with `ratio`.",
                    example = "'island density unchanged from 1e3 to 1e5'")
            @Nullable
            String reason,

            @Key(
                    value =
                            "Slows events that have come to quasi-equilibrium, each kind as far as it allows; `{}` is enough.",
                    example = "{}")
            @Nullable
            Adaptive adaptive) {}

    @Doc(
            "Adaptive scaling: events that go forth and back equally often are slowed, both ways alike, until they are only so many times more frequent than what is not in equilibrium.")
    public record Adaptive(
            @Key(
                    value =
                            "Events of a class in quasi-equilibrium are never made rarer than this many for each event that is not: a deposition, an attachment for good.",
                    example = "300",
                    fallback = "100",
                    min = 10)
            double separation,

            @Key(
                    value =
                            "A class is in quasi-equilibrium where the difference between events forth and back is at most this part of their sum. "
                                    + "Where the rates in unscaled windows are found to differ by more than this, `separation` is doubled.",
                    example = "0.05",
                    fallback = "0.1",
                    min = 0.01,
                    max = 0.5)
            double tolerance,

            @Key(
                    value =
                            "The part of the events that is spent on unscaled windows, which measure the bias; 0 for none.",
                    example = "0.05",
                    fallback = "0.1",
                    min = 0,
                    max = 0.5)
            double windows) {}

    @Doc(
            "Electrical contact: metal, or another conductor, that no path of conductors joins to the bottom of the box is isolated until it is bridged again.")
    public record Contact(
            @Key(value = "When contact is followed.", example = "always", fallback = "where-stripped")
            Following follow,

            @Key(value = "Shells across which conductors touch.", example = "[1NN, 2NN]", fallback = "[1NN]")
            List<String> shells,

            @Key(
                    value =
                            "Species that conduct besides those of phase `metal`; none named: the inert ones that lie in the bottom layer at the beginning.",
                    example = "[carbon]",
                    fallback = "[]")
            List<String> conductors) {}

    @Doc("When electrical contact is followed.")
    public enum Following {
        @Doc(
                "if a step of the protocol strips: with a current or an overpotential of that sign, and a reaction that takes metal off")
        WHERE_STRIPPED,
        @Doc("whatever the protocol")
        ALWAYS,
        @Doc("all metal counts as connected, wherever it is")
        NEVER
    }

    @Doc("Clusters of sites that leave together, and at once: bubbles, flakes. `statistics.csv` counts their sites.")
    public record Detachment(
            @Key(value = "What clusters are made of.", example = "[H2]")
            List<String> species,

            @Key(
                    value = "The sites of a cluster that goes; without it, size does not matter.",
                    example = "200",
                    min = 1)
            @Nullable
            Integer atLeast,

            @Key(
                    value = "A cluster goes that touches none of these; none named: nothing need hold it.",
                    example = "[Zn]",
                    fallback = "[]")
            List<String> heldBy,

            @Key(value = "What takes its place.", example = "vacant")
            String becomes,

            @Key(
                    value = "Shells across which sites hang together, and are held.",
                    example = "[1NN, 2NN]",
                    fallback = "[1NN]")
            List<String> shells) {}

    @Doc("How the run is computed.")
    public record Engine(
            @Key(value = "How the next event is drawn.", example = "sum-tree", fallback = "rate-classes")
            Selector selector) {}

    @Doc("How the next event is drawn. All draw from the same distribution.")
    public enum Selector {
        @Doc("one list of sites for each distinct rate; constant time")
        RATE_CLASSES,
        @Doc("groups of rates within a factor of two, then rejection; constant time")
        COMPOSITION_REJECTION,
        @Doc("binary tree of sums; logarithmic time")
        SUM_TREE,
        @Doc("linear search, for checks of the others")
        DIRECT
    }

    @Doc("Limits that end a run early. A deposit that reaches the top of the box always ends it.")
    public record Stop(
            @Key(value = "Number of events.", example = "1e9", min = 1) @Nullable
            Long events,

            @Key(value = "Simulated time.", example = "10 s", min = 0, aboveMin = true) @Of(TIME) @Nullable
            Quantity time,

            @Key(value = "Time on the clock on the wall.", example = "10 min", min = 0, aboveMin = true)
            @Of(TIME)
            @Nullable
            Quantity wallTime) {}

    @Doc("What is recorded, and how often.")
    public record Output(
            @Key(value = "Rows of statistics.", example = "0.01 s", fallback = "200")
            Sampling statistics,

            @Key(value = "Snapshots of the lattice.", example = "5", fallback = "20")
            Sampling snapshots,

            @Key(value = "Whether every single event is written down.", example = "true", fallback = "false")
            boolean trace,

            @Key(value = "Time on the wall between checkpoints.", example = "5 min", fallback = "60 s", min = 0.01)
            @Of(TIME)
            Quantity checkpoint) {}
}
