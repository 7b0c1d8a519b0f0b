package dev.kossel.lattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpeciesSetTest {

    @Test
    void shouldContainExactlyItsMembers() {
        SpeciesSet set = SpeciesSet.of(0, 63, 64, 126, 64);
        for (int species = 0; species < SpeciesSet.SPECIES_LIMIT; species++) {
            assertThat(set.contains(species))
                    .as("species %d", species)
                    .isEqualTo(species == 0 || species == 63 || species == 64 || species == 126);
            assertThat(set.complement().contains(species)).isEqualTo(!set.contains(species));
        }
        assertThat(set.size()).isEqualTo(4);
        assertThat(set.complement().size()).isEqualTo(123);
        assertThat(set.complement().complement()).isEqualTo(set);
    }

    @Test
    void shouldCompareByMembers() {
        assertThat(SpeciesSet.of(2, 1)).isEqualTo(SpeciesSet.of(1, 2, 2)).hasToString("{1, 2}");
        assertThat(SpeciesSet.of()).hasToString("{}");
    }

    @Test
    void shouldRefuseWhatIsNoSpecies() {
        assertThatThrownBy(() -> SpeciesSet.of(1, 127)).hasMessageContaining("species 127");
        assertThatThrownBy(() -> SpeciesSet.of(-1)).hasMessageContaining("species -1");
        assertThatThrownBy(() -> new SpeciesSet(0, -1)).hasMessageContaining("species 127");
    }
}
