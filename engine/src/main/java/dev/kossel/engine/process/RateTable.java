package dev.kossel.engine.process;

import dev.kossel.engine.process.ElementaryProcess.PatternProcess;
import dev.kossel.engine.process.ElementaryProcess.SiteProcess;
import dev.kossel.engine.select.Specialised;
import dev.kossel.lattice.LatticeGeometry;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.objects.Object2IntLinkedOpenHashMap;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ProcessCatalog} compiled for a lattice into primitive arrays; below here there is no exponential and no call
 * per neighbour.
 *
 * <p>The <em>state</em> of a site is one number: (siteType, species, environment code). A state fixes the rate of every
 * site process there and bounds the rate of every pair and pattern process that starts there. What can start from a
 * state is its list of <em>channels</em> (process, bound); states with equal lists form one <em>rate class</em>; class
 * 0 is the states from which nothing starts.
 *
 * <p>An event is drawn as site → channel → direction, and a channel whose bound was too high is accepted with the
 * probability rate/bound. A refusal is a null event: time has advanced by the bound's law, so residence times stay
 * exact (thinning of a Poisson process; Lewis and Shedler 1979, doi 10.1002/nav.3800260304).
 *
 * <p>Immutable, but for a loop that is loaded for it once; thread-safe.
 */
public final class RateTable {

    /** More states than this do not pay: tables would leave the caches. */
    private static final int MAX_STATES = 1 << 22;

    /** So many events take less time than to load and compile a loop. */
    private static final long EVENTS_OF_A_LOOP = 20_000;

    /** Bits of an energy, counted from the largest a site can have: 10⁻¹³ of a few eV. */
    private static final int ENERGY_BITS = 44;

    final LatticeGeometry geometry;
    final ProcessCatalog catalog;
    final EnvironmentCode code;

    private final double perEnergyQuantum;
    private final int speciesCount;
    private final int stateCount;
    private final int slotCount;
    final int[] delta;
    final int[] classOf;
    final byte[] speciesOf;
    private final byte[] typeOf;
    final int[] firstChannel;
    final int[] channelProcess;
    private final double[] channelBound;
    /** The same of any one direction. */
    final double[] channelBoundOfOne;

    final CompiledProcess[] compiled;
    /** Rows and columns of the tables of pairs. */
    final StateNumbers numbers;

    private final int[] factorOf;
    /** Made when a simulation has run for long enough. */
    private volatile @Nullable Function<StateRates, EventLoop> loops;

    /**
     * Compiles a catalogue, O(states × processes).
     *
     * @throws IllegalArgumentException if the catalogue does not fit the lattice or has too many distinct
     *     neighbourhoods
     */
    public static RateTable compile(ProcessCatalog catalog, LatticeGeometry geometry) {
        return new RateTable(catalog, geometry);
    }

    private RateTable(ProcessCatalog catalog, LatticeGeometry geometry) {
        catalog.refuseMismatch(geometry);
        this.catalog = catalog;
        this.geometry = geometry;
        double largest = catalog.hamiltonian().largestSiteEnergy(geometry);
        perEnergyQuantum = largest == 0 ? 1 : Math.scalb(1.0, ENERGY_BITS - Math.getExponent(largest));
        speciesCount = catalog.species().size();
        int blocks = speciesCount * catalog.siteTypeCount();
        code = new EnvironmentCode(
                geometry, catalog.hamiltonian(), catalog.reactingSpecies(), catalog.conditions(), MAX_STATES / blocks);
        stateCount = blocks * code.count();

        int shells = code.shellsThatMatter();
        int slots = 0;
        for (int shell = 0; shell < shells; shell++) {
            slots += geometry.shells().get(shell).size();
        }
        slotCount = slots;
        delta = new int[speciesCount * speciesCount * slotCount];
        for (int from = 0; from < speciesCount; from++) {
            for (int to = 0; to < speciesCount; to++) {
                for (int k = 0; k < slotCount; k++) {
                    int shell = geometry.shellOf(k);
                    delta[(from * speciesCount + to) * slotCount + k] =
                            code.weight(shell, to) - code.weight(shell, from);
                }
            }
        }

        speciesOf = new byte[stateCount];
        typeOf = new byte[stateCount];
        for (int state = 0; state < stateCount; state++) {
            speciesOf[state] = (byte) (state / code.count() % speciesCount);
            typeOf[state] = (byte) (state / code.count() / speciesCount);
        }

        compiled = new CompiledProcess[catalog.processes().size()];
        numbers = new StateNumbers(stateCount);
        double[][] boundOfOne = new double[compiled.length][stateCount];
        factorOf = new int[compiled.length];
        for (int p = 0; p < compiled.length; p++) {
            factorOf[p] = catalog.processes().get(p).factor();
            compiled[p] = CompiledProcess.of(catalog.processes().get(p), this, p, boundOfOne[p]);
        }

        classOf = new int[stateCount];
        Object2IntLinkedOpenHashMap<List<Object>> classes = new Object2IntLinkedOpenHashMap<>();
        classes.put(List.of(), 0);
        IntArrayList first = new IntArrayList(new int[] {0, 0});
        IntArrayList processes = new IntArrayList();
        DoubleArrayList bounds = new DoubleArrayList();
        List<Object> key = new ArrayList<>();
        for (int state = 0; state < stateCount; state++) {
            key.clear();
            for (int p = 0; p < compiled.length; p++) {
                if (boundOfOne[p][state] > 0) {
                    key.add(p);
                    key.add(boundOfOne[p][state]);
                }
            }
            int known = classes.getOrDefault(key, -1);
            if (known < 0) {
                known = classes.size();
                classes.put(List.copyOf(key), known);
                for (int m = 0; m < key.size(); m += 2) {
                    processes.add((int) key.get(m));
                    bounds.add((double) key.get(m + 1));
                }
                first.add(processes.size());
            }
            classOf[state] = known;
        }
        if (classes.size() == 1) {
            // Where everything comes from outside: a selector wants a class of its own besides the one of no rate.
            first.add(processes.size());
        }
        firstChannel = first.toIntArray();
        channelProcess = processes.toIntArray();
        channelBoundOfOne = bounds.toDoubleArray();
        channelBound = new double[channelBoundOfOne.length];
        Arrays.setAll(channelBound, n -> channelBoundOfOne[n] * compiled[channelProcess[n]].directions());
    }

    /** A loop for rates of this table; null as long as {@code events} are few and no simulation has had one yet, and where a loop cannot number the classes. */
    @Nullable
    EventLoop loop(StateRates rates, long events) {
        Function<StateRates, EventLoop> known = loops;
        if (known == null && events >= EVENTS_OF_A_LOOP && classCount() <= StateLoop.MOST_CLASSES) {
            synchronized (this) {
                known = loops;
                if (known == null) {
                    known = Specialised.copy(
                            MethodHandles.lookup(), StateLoop.class, EventLoop.class, StateRates.class, this);
                    loops = known;
                }
            }
        }
        return known == null ? null : known.apply(rates);
    }

    public LatticeGeometry geometry() {
        return geometry;
    }

    public ProcessCatalog catalog() {
        return catalog;
    }

    /** States are 0 … stateCount − 1. */
    public int stateCount() {
        return stateCount;
    }

    public int classCount() {
        return firstChannel.length - 1;
    }

    /**
     * Whether the changes of all counts that an event makes fit in one word, with a byte for each class but 0 and one for how many sites are concerned. Then a class may do
     * without a list.
     */
    public boolean isTallied() {
        return classCount() <= Long.BYTES
                && SiteStates.bytes(this) == Byte.BYTES
                && 2 * slotCount() + 2 <= Byte.MAX_VALUE;
    }

    /** Neighbour slots that can matter to a rate: a prefix of the lattice's slots. */
    public int slotCount() {
        return slotCount;
    }

    public int species(int state) {
        return speciesOf[state];
    }

    public int siteType(int state) {
        return typeOf[state];
    }

    public int rateClass(int state) {
        return classOf[state];
    }

    /** The state of an isolated site. */
    public int state(int siteType, int species) {
        return (siteType * speciesCount + species) * code.count();
    }

    /** What is added to a site's state when its own species changes. */
    public int speciesStep(int from, int to) {
        return (to - from) * code.count();
    }

    /**
     * Where in {@link #delta(int)} the steps of a neighbour's change start; add the neighbour slot (of the changing
     * site).
     */
    public int deltaOffset(int from, int to) {
        return (from * speciesCount + to) * slotCount;
    }

    /** What is added to a neighbour's state. */
    public int delta(int index) {
        return delta[index];
    }

    public int processCount() {
        return compiled.length;
    }

    CompiledProcess compiled(int process) {
        return compiled[process];
    }

    /** Channels of a class are {@code firstChannel(c)} … {@code firstChannel(c + 1)} − 1. */
    public int firstChannel(int rateClass) {
        return firstChannel[rateClass];
    }

    public int channelProcess(int channel) {
        return channelProcess[channel];
    }

    /** Bound of a channel over all its directions at factor 1, s⁻¹. */
    public double channelBound(int channel) {
        return channelBound[channel];
    }

    /** Bound of a process in any one direction from a site in {@code state}, s⁻¹; 0 where it cannot start. O(channels of the class). */
    double boundOfOne(int process, int state) {
        int rateClass = classOf[state];
        for (int channel = firstChannel[rateClass]; channel < firstChannel[rateClass + 1]; channel++) {
            if (channelProcess[channel] == process) {
                return channelBoundOfOne[channel];
            }
        }
        return 0;
    }

    int factorOf(int process) {
        return factorOf[process];
    }

    /** Whether anything that starts from a class carries a factor other than the constant one. */
    boolean feelsFactors(int rateClass) {
        for (int channel = firstChannel[rateClass]; channel < firstChannel[rateClass + 1]; channel++) {
            if (factorOf[channelProcess[channel]] != 0) {
                return true;
            }
        }
        return false;
    }

    /** What the rates of the classes are made of: by [factor][class], at factor 1. A new array. */
    double[][] parts() {
        double[][] parts = new double[catalog.factorCount()][classCount()];
        for (int c = 0; c < classCount(); c++) {
            for (int channel = firstChannel[c]; channel < firstChannel[c + 1]; channel++) {
                parts[factorOf[channelProcess[channel]]][c] += channelBound[channel];
            }
        }
        return parts;
    }

    /** The weight that all processes with a factor have, if they have one and are site processes; else NaN. */
    double commonWeight(int factor, double[] weights) {
        double common = 0;
        boolean found = false;
        for (int process = 0; process < factorOf.length; process++) {
            if (factorOf[process] == factor) {
                if (!(compiled[process] instanceof CompiledProcess.Site) || (found && weights[process] != common)) {
                    return Double.NaN;
                }
                found = true;
                common = weights[process];
            }
        }
        return common;
    }

    /** Rate of a class at factor 1 over the site processes with the given factor, weighted by process. */
    double weightedRate(int rateClass, int factor, double[] weights) {
        double sum = 0;
        for (int channel = firstChannel[rateClass]; channel < firstChannel[rateClass + 1]; channel++) {
            int process = channelProcess[channel];
            if (factorOf[process] == factor && compiled[process] instanceof CompiledProcess.Site) {
                sum += weights[process] * channelBound[channel];
            }
        }
        return sum;
    }

    /** The entries of all variants of all pattern processes. */
    PatternProcess.Entry[] patternEntries() {
        return catalog.processes().stream()
                .filter(PatternProcess.class::isInstance)
                .flatMap(process -> ((PatternProcess) process).variants().stream())
                .flatMap(List::stream)
                .toArray(PatternProcess.Entry[]::new);
    }

    /**
     * The rates of all classes under the given factors.
     *
     * @param factors one a factor of the catalogue, {@code factors[0]} = 1
     * @param out receives one rate a class, s⁻¹
     */
    public void classRates(double[] factors, double[] out) {
        for (int c = 0; c < out.length; c++) {
            double rate = 0;
            for (int channel = firstChannel[c]; channel < firstChannel[c + 1]; channel++) {
                rate += channelBound[channel] * factors[factorOf[channelProcess[channel]]];
            }
            out[c] = rate;
        }
    }

    /**
     * The largest ratio, over the processes, between a bound and the smallest rate it stands for: how many null events
     * a start from the worst state may cost. 1 where all rates are fixed by the state.
     */
    public double looseness() {
        double worst = 1;
        for (CompiledProcess process : compiled) {
            worst = Math.max(worst, process.looseness());
        }
        return worst;
    }

    /** The same of one process. */
    public double looseness(int process) {
        return compiled[process].looseness();
    }

    /** The exact rate of everything that can start from a site, at factors 1; by enumeration. */
    public double rateFrom(SiteStates lattice, int site) {
        double sum = 0;
        for (CompiledProcess process : compiled) {
            if (process.bound(lattice.state(site)) > 0) {
                for (int direction = 0; direction < process.directions(); direction++) {
                    sum += process.rate(lattice, site, direction);
                }
            }
        }
        return sum;
    }

    /**
     * Energy of {@code species} on a site in {@code state}, to {@link #ENERGY_BITS} bits: sums that differ by rounding
     * only become one, and so do their classes.
     */
    double energy(int state, int species, int excludedWeight) {
        int environment = state % code.count() - excludedWeight;
        double energy = catalog.hamiltonian().siteEnergy(species, siteType(state))
                + code.bondEnergy(catalog.hamiltonian(), species, environment);
        // Adding zero turns −0 into 0.
        return Math.rint(energy * perEnergyQuantum) / perEnergyQuantum + 0.0;
    }

    int environment(int state) {
        return state % code.count();
    }

    boolean isPossible(int state) {
        return code.isPossible(environment(state));
    }

    double bound(SiteProcess process, int state) {
        if (speciesOf[state] != process.before()
                || !allows(process.siteTypes(), typeOf[state])
                || !isPossible(state)
                || !code.holds(process.where(), environment(state))) {
            return 0;
        }
        double before = energy(state, process.before(), 0);
        double after = energy(state, process.after(), 0);
        return refuseBadRate(process, process.law().rate(after - before, before, typeOf[state], 0));
    }

    static boolean allows(BitSet siteTypes, int type) {
        return siteTypes.isEmpty() || siteTypes.get(type);
    }

    static double refuseBadRate(ElementaryProcess process, double rate) {
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("process " + process.name() + " has the rate " + rate
                    + " /s: expected a finite number, not negative");
        }
        return rate;
    }
}
