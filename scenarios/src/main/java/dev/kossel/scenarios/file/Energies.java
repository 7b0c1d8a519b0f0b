package dev.kossel.scenarios.file;

import static dev.kossel.scenarios.units.Measure.ENERGY;

import dev.kossel.scenarios.units.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Hamiltonian: E = Σ sites ε(species, site type) + Σ shells Σ pairs ε(species, species). What is not given is zero. */
@Doc(
        "The energy of a configuration, E = Σ ε(species, site type) + Σ ε(species, species) over pairs of neighbours. What is not given is zero.")
public record Energies(
        @Key(
                value = "Energies of a species on a site.",
                example = "[{species: Na, type: bridge, energy: -1.564 eV}]",
                fallback = "[]")
        List<SiteEnergy> site,

        @Key(
                value = "Energies of a pair of neighbours, each pair once.",
                example = "[{species: [Na, Na], shell: 1NN, energy: -0.18 eV}]",
                fallback = "[]")
        List<PairEnergy> pairs) {

    @Doc("Energy of a species on a site.")
    public record SiteEnergy(
            @Key(value = "The species.", example = "Na") String species,

            @Key(value = "The site type; without it, every site type that has no entry of its own.", example = "bridge")
            @Nullable
            String type,

            @Key(value = "The energy; negative binds.", example = "-1.564 eV", min = -100, max = 100, physical = true)
            @Of(ENERGY)
            Quantity energy) {}

    @Doc("Energy of a pair of neighbours.")
    public record PairEnergy(
            @Key(value = "The two species, in either order.", example = "[Na, foil]", count = 2)
            List<String> species,

            @Key(value = "The shell.", example = "2NN", fallback = "1NN")
            String shell,

            @Key(
                    value = "The energy of one such pair; negative binds.",
                    example = "-0.18 eV",
                    min = -100,
                    max = 100,
                    physical = true)
            @Of(ENERGY)
            Quantity energy) {}
}
