package dev.kossel.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StateNumbersTest {

    @Test
    void shouldKeepListsThatAreTheSameOnce() {
        StateNumbers numbers = new StateNumbers(3);
        int first = numbers.add(new char[] {0, 7, 1});
        int second = numbers.add(new char[] {7, 1, 0});
        assertThat(numbers.add(new char[] {0, 7, 1})).isEqualTo(first);
        // The same numbers in a row, but across two lists.
        int third = numbers.add(new char[] {1, 7, 1});
        assertThat(numbers.all()).hasSize(9);
        assertThat(numbers.at(first, 1)).isEqualTo(7);
        assertThat(numbers.at(second, 0)).isEqualTo(7);
        assertThat(numbers.at(third, 0)).isEqualTo(1);
    }
}
