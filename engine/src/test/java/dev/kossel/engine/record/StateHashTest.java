package dev.kossel.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateHashTest {

    @Test
    void shouldAgreeForEqualPartsOnly() {
        assertThat(new StateHash().add(new byte[] {1, 2}).add(3L).add(0.5).hex())
                .hasSize(64)
                .isEqualTo(
                        new StateHash().add(new byte[] {1, 2}).add(3L).add(0.5).hex());
        assertThat(Stream.of(
                                new StateHash(),
                                new StateHash().add(new byte[0]),
                                new StateHash().add(new byte[] {1, 2}),
                                new StateHash().add(new byte[] {1}).add(new byte[] {2}),
                                new StateHash().add(new byte[] {2, 1}),
                                new StateHash().add(0L),
                                new StateHash().add(1L).add(2L),
                                new StateHash().add(new long[] {1, 2}),
                                new StateHash().add(-0.0),
                                new StateHash().add("1"))
                        .map(StateHash::hex))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldHashAsDocumented() throws Exception {
        byte[] expected = java.security.MessageDigest.getInstance("SHA-256")
                .digest(new byte[] {0, 'B', 0, 0, 0, 1, 7, 0, 'L', 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0});
        assertThat(new StateHash().add(new byte[] {7}).add(256L).hex())
                .isEqualTo(java.util.HexFormat.of().formatHex(expected));
    }
}
