package dev.kossel.engine;

import dev.kossel.engine.process.Event;

/**
 * What an event entails at the same instant: further changes of the lattice that are bound to follow from it, as opposed to events, which happen at a
 * rate. A part that has lost its contact, a bubble that has grown large enough to go, a film that cracks.
 *
 * <p>Changes are part of the trajectory: they must be a function of the lattice as it stands and of the event, and nothing else. What an
 * implementation keeps besides must be a function of the lattice, too, since a restart begins with the lattice alone. Called on the loop's thread for
 * every event, so the usual case, in which nothing follows, should cost little and allocate nothing.
 *
 * <p>Consequences may have consequences: the changes of all implementations are carried out together and shown to all of them in turn, until nothing
 * more follows, which an implementation must see to.
 */
public interface Consequence {

    /**
     * Says what follows.
     *
     * @param happened an event, or the consequences of one; carried out already, the lattice is as it left it
     * @param further receives the changes that follow by {@link Event#add}; of two changes of one site the later one stands
     */
    void follow(Event happened, Event further);
}
