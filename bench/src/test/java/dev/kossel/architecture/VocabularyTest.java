package dev.kossel.architecture;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules over the words that identifiers are made of, which no bytecode rule sees in full: the engine names no element, volt or electronvolt, the
 * lattice no time, rate or energy. Comments and string literals are free.
 */
class VocabularyTest {

    private static final Set<String> ELEMENTS = Set.of("""
            hydrogen helium lithium beryllium boron carbon nitrogen oxygen fluorine sodium magnesium
            aluminium aluminum silicon phosphorus sulfur sulphur chlorine potassium calcium titanium
            vanadium chromium manganese iron cobalt nickel copper zinc gallium germanium arsenic selenium
            bromine zirconium niobium molybdenum ruthenium rhodium palladium silver cadmium indium antimony
            tellurium iodine cesium caesium barium hafnium tantalum tungsten rhenium osmium iridium
            platinum gold mercury thallium bismuth uranium
            """.split("\\s+"));

    private static final Set<String> ELECTRICITY =
            Set.of("volt", "volts", "millivolt", "millivolts", "voltage", "ev", "mev", "electronvolt", "electronvolts");

    private static final Set<String> DYNAMICS = Set.of("""
            time seconds nanos clock rate rates energy energies temperature kelvin electron electrons
            potential overpotential
            """.split("\\s+"));

    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\])+'|//[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern NOT_A_LETTER = Pattern.compile("[^\\p{L}]+");
    private static final Pattern CAMEL_HUMP = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    @Test
    void shouldNameNoElementInTheEngine() throws IOException {
        assertThat(uses("engine", ELEMENTS)).isEmpty();
    }

    @Test
    void shouldNameNoVoltInTheEngine() throws IOException {
        assertThat(uses("engine", ELECTRICITY)).isEmpty();
    }

    @Test
    void shouldNameNoChemistryOrDynamicsInTheLattice() throws IOException {
        assertThat(uses("lattice", ELEMENTS)).isEmpty();
        assertThat(uses("lattice", ELECTRICITY)).isEmpty();
        assertThat(uses("lattice", DYNAMICS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "double sodiumRate;",
                "class ZincHop {}",
                "static final double GOLD_MASS = 197;",
                "/* fine */ int copper /* fine */;",
                "char quote = '\"'; int silver; char other = '\"';"
            })
    void shouldFindAnElementInAnIdentifier(String source) {
        assertThat(words(source)).anyMatch(ELEMENTS::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"double overpotentialVolts;", "double energyEv;", "double bondEV;", "int VOLT_COUNT;"})
    void shouldFindAVoltInAnIdentifier(String source) {
        assertThat(words(source)).anyMatch(ELECTRICITY::contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// sodium, at 0.1 volt\nint x;",
                "/** {@code zinc} */ int x;",
                "String s = \"copper // \\\" gold\";",
                "int event; int previous; int environment; String irony;",
                "String s = \"\"\"\n  silver \" quoted\n\"\"\";"
            })
    void shouldPassCommentsLiteralsAndLongerWords(String source) {
        assertThat(words(source)).noneMatch(ELEMENTS::contains).noneMatch(ELECTRICITY::contains);
    }

    /** Every place in the main sources of {@code module} where an identifier contains one of the words: {@code file: word}. */
    private static List<String> uses(String module, Set<String> forbidden) throws IOException {
        List<String> uses = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(root().resolve(module).resolve("src/main/java"))) {
            List<Path> sources =
                    tree.filter(path -> path.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty();
            for (Path source : sources) {
                words(Files.readString(source))
                        .filter(forbidden::contains)
                        .distinct()
                        .map(word -> source.getFileName() + ": " + word)
                        .forEach(uses::add);
            }
        }
        return uses;
    }

    private static Stream<String> words(String source) {
        return NOT_A_LETTER
                .splitAsStream(COMMENT_OR_LITERAL.matcher(source).replaceAll(" "))
                .flatMap(CAMEL_HUMP::splitAsStream)
                .filter(not(String::isEmpty))
                .map(word -> word.toLowerCase(Locale.ROOT));
    }

    /** The tests of a module run in its directory; an IDE may run them in the root. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("lattice")) ? here : here.getParent();
    }
}
