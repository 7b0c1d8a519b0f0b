package dev.kossel.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.kossel.architecture.violations.engine.EngineThatBuildsAScenario;
import dev.kossel.architecture.violations.engine.EngineThatUsesTheRing;
import dev.kossel.architecture.violations.engine.EngineThatWritesAFile;
import dev.kossel.architecture.violations.engine.process.ProcessInACycle;
import dev.kossel.architecture.violations.engine.select.SelectorThatKnowsALattice;
import dev.kossel.architecture.violations.engine.select.SelectorThatKnowsTheProcesses;
import dev.kossel.architecture.violations.lattice.LatticeThatDrawsNumbers;
import dev.kossel.architecture.violations.lattice.LatticeThatKnowsTheEngine;
import dev.kossel.architecture.violations.lattice.LatticeThatReadsTheClock;
import dev.kossel.architecture.violations.lattice.LatticeThatSeeds;
import dev.kossel.architecture.violations.scenarios.ScenarioManager;
import dev.kossel.architecture.violations.scenarios.ScenarioThatIsBenchmarked;
import dev.kossel.architecture.violations.scenarios.ScenarioThatParsesArguments;
import dev.kossel.architecture.violations.scenarios.ScenarioWithPublicState;
import dev.kossel.architecture.violations.scenarios.ScenarioWithStaticState;
import dev.kossel.architecture.violations.scenarios.ScenarioWithThreads;
import dev.kossel.architecture.violations.unmarked.Unmarked;
import dev.kossel.architecture.violations.viz.VizThatRunsTheSimulator;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.NullMarked;

/** One rule of the architecture each, stated relative to a root package, with classes that break it. */
enum ArchitectureRule {
    LATTICE_KNOWS_GEOMETRY_ONLY(
            root -> classes()
                    .that(resideInAPackage(root + ".lattice.."))
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(
                                    root + ".lattice..",
                                    "java.lang..",
                                    "java.io",
                                    "java.math",
                                    "java.util..",
                                    "it.unimi.dsi.fastutil..",
                                    // The interface of a generator is handed in; no generator is made here.
                                    "org.apache.commons.rng",
                                    "org.jspecify.annotations")
                            .and(not(belongToAnyOf(Random.class, SplittableRandom.class, UUID.class)))
                            .and(not(resideInAPackage("java.util.concurrent.."))))
                    .because("a lattice knows no time, no rate, no generator of random numbers and no chemistry"),
            LatticeThatSeeds.class,
            LatticeThatDrawsNumbers.class,
            LatticeThatKnowsTheEngine.class),

    LATTICE_AND_ENGINE_ARE_DETERMINISTIC(
            root -> noClasses()
                    .that(resideInAnyPackage(
                            root + ".lattice..",
                            root + ".engine",
                            root + ".engine.process..",
                            root + ".engine.select.."))
                    .should()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Math.class, "random")
                    .orShould()
                    .dependOnClassesThat(resideInAPackage("java.time.."))
                    .because("the same scenario, seed and version give the same bytes"),
            LatticeThatReadsTheClock.class),

    ENGINE_KNOWS_NO_EXPERIMENT(
            root -> noClasses()
                    .that(resideInAPackage(root + ".engine.."))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(root + ".scenarios..", root + ".viz.."))
                    .because("the engine simulates whatever it is given, and draws nothing"),
            EngineThatBuildsAScenario.class),

    SELECTORS_KNOW_NUMBERS_ONLY(
            root -> classes()
                    .that(resideInAPackage(root + ".engine.select.."))
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(
                            root + ".engine.select..",
                            "java.lang..",
                            "java.io",
                            "java.math",
                            "java.util..",
                            "it.unimi.dsi.fastutil..",
                            "org.apache.commons.rng..",
                            "org.jspecify.annotations"))
                    .because("a selector draws an item by its rate; what the item is, is none of its business"),
            SelectorThatKnowsALattice.class,
            SelectorThatKnowsTheProcesses.class),

    VIZ_LINKS_NO_SIMULATOR(
            root -> noClasses()
                    .that(resideInAPackage(root + ".viz.."))
                    .should()
                    .dependOnClassesThat(resideInAPackage(root + "..")
                            .and(not(resideInAnyPackage(
                                    root + ".viz..",
                                    root + ".lattice..",
                                    root + ".engine.record..",
                                    root + ".engine.observe.."))))
                    .because("a picture is drawn from what a run recorded, in a process of its own"),
            VizThatRunsTheSimulator.class),

    NOTHING_DEPENDS_ON_BENCH(
            root -> noClasses()
                    .that(resideInAnyPackage(
                            root + ".lattice..", root + ".engine..", root + ".viz..", root + ".scenarios.."))
                    .should()
                    .dependOnClassesThat(resideInAPackage(root + ".bench.."))
                    .because("benchmarks observe the program"),
            ScenarioThatIsBenchmarked.class),

    LIBRARIES_STAY_WHERE_THEY_BELONG(
            root -> CompositeArchRule.of(confined(root, "com.lmax..", root + ".engine.stream.."))
                    .and(confined(root, "picocli..", root + ".scenarios.cli.."))
                    .and(confined(root, "org.snakeyaml..", root + ".scenarios.file.."))
                    .as("libraries that shape their surroundings are used in one package each"),
            EngineThatUsesTheRing.class,
            ScenarioThatParsesArguments.class),

    FILES_ARE_TOUCHED_AT_THE_EDGE(
            root -> noClasses()
                    .that(resideInAPackage(root + ".."))
                    .and(not(resideInAnyPackage(
                            root + ".engine.record..",
                            root + ".scenarios.cli..",
                            root + ".scenarios.file..",
                            root + ".viz..",
                            root + ".bench..")))
                    .should()
                    // A path is a name; what touches the file it names are the other classes.
                    .dependOnClassesThat(resideInAPackage("java.nio.file..")
                            .and(not(belongToAnyOf(Path.class)))
                            .or(belongToAnyOf(
                                    File.class,
                                    FileDescriptor.class,
                                    FileInputStream.class,
                                    FileOutputStream.class,
                                    FileReader.class,
                                    FileWriter.class,
                                    RandomAccessFile.class,
                                    FileChannel.class)))
                    .because(
                            "bytes on a disk are the business of engine.record, of the command line, of scenario files and of the viewer"),
            EngineThatWritesAFile.class),

    THREADS_ARE_STARTED_AT_THE_EDGE(
            root -> noClasses()
                    .that(resideInAnyPackage(root + ".lattice..", root + ".engine..", root + ".scenarios.."))
                    .and(not(resideInAnyPackage(root + ".engine.stream..", root + ".scenarios.cli..")))
                    .should()
                    .dependOnClassesThat(assignableTo(Executor.class).or(assignableTo(Executors.class)))
                    .orShould()
                    .callConstructorWhere(DescribedPredicate.describe(
                            "a thread is made", call -> call.getTargetOwner().isAssignableTo(Thread.class)))
                    .because("everything but the pipeline belongs to one thread"),
            ScenarioWithThreads.class),

    NO_STATIC_STATE(
            root -> fields().that()
                    .areStatic()
                    .should()
                    .beFinal()
                    .andShould()
                    .notHaveRawType(resideInAPackage("java.util.concurrent.atomic..")
                            .or(assignableTo(ThreadLocal.class))
                            .or(assignableTo(Random.class))
                            .or(assignableTo(UniformRandomProvider.class)))
                    .because("two simulations in one JVM must not know of each other"),
            ScenarioWithStaticState.class),

    NO_PUBLIC_MUTABLE_FIELDS(
            root -> noFields()
                    .that()
                    .areNotFinal()
                    .should()
                    .bePublic()
                    .because("state belongs to the object that keeps it consistent"),
            ScenarioWithPublicState.class),

    NO_PACKAGE_CYCLES(
            root -> slices().assignedFrom(new EveryPackage(root)).should().beFreeOfCycles(), ProcessInACycle.class),

    NAMES_ARE_NOUNS_OF_THE_FIELD(
            root -> noClasses()
                    .should()
                    .haveSimpleNameEndingWith("Manager")
                    .orShould()
                    .haveSimpleNameEndingWith("Helper")
                    .orShould()
                    .haveSimpleNameEndingWith("Impl")
                    .orShould()
                    .haveNameMatching(".*Utils?")
                    .because("a name that fits everything says nothing"),
            ScenarioManager.class),

    PACKAGES_ARE_NULL_MARKED(
            root -> classes()
                    .should(new ResideInANullMarkedPackage())
                    .because("null is an exception, and is said where it occurs"),
            Unmarked.class);

    private final Function<String, ArchRule> rule;
    private final List<Class<?>> violators;

    ArchitectureRule(Function<String, ArchRule> rule, Class<?>... violators) {
        this.rule = rule;
        this.violators = List.of(violators);
    }

    /** The rule for the packages below {@code root}. */
    ArchRule below(String root) {
        return rule.apply(root);
    }

    /** Classes below {@code dev.kossel.architecture.violations} that break this rule. */
    List<Class<?>> violators() {
        return violators;
    }

    /** Nothing below the root of {@code home} but {@code home} itself uses {@code library}. */
    private static ArchRule confined(String root, String library, String home) {
        return noClasses()
                .that(resideInAPackage(root + ".."))
                .and(not(resideInAPackage(home)))
                .should()
                .dependOnClassesThat(resideInAPackage(library));
    }

    /** Every package is a slice of its own, so that a cycle between any two is seen, within a module and across. */
    private record EveryPackage(String root) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return name.startsWith(root + ".") ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages below " + root;
        }
    }

    private static final class ResideInANullMarkedPackage extends ArchCondition<JavaClass> {

        ResideInANullMarkedPackage() {
            super("reside in a package marked @NullMarked");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                events.add(SimpleConditionEvent.violated(
                        type, type.getName() + " resides in a package that is not @NullMarked"));
            }
        }
    }
}
