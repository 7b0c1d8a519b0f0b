package dev.kossel.engine.process;

import java.util.Arrays;

/**
 * Lists that hold a number for each state, one after the other in one array; lists that are the same are kept once. Many are: by which numbers a state is known in the
 * tables of rates is the same for steps to either side and for alike species.
 */
final class StateNumbers {

    private final int states;
    private char[] all = {};

    StateNumbers(int states) {
        this.states = states;
    }

    /** Returns where a list begins, which it did before if there is the same one. */
    int add(char[] list) {
        for (int at = 0; at < all.length; at += states) {
            if (Arrays.equals(all, at, at + states, list, 0, states)) {
                return at;
            }
        }
        int at = all.length;
        all = Arrays.copyOf(all, at + states);
        System.arraycopy(list, 0, all, at, states);
        return at;
    }

    int at(int list, int state) {
        return all[list + state];
    }

    /** All lists; another array once one has been added. */
    char[] all() {
        return all;
    }
}
