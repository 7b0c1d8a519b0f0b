package dev.kossel.scenarios.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The scenarios that come with Kossel: the files in the resource directory {@code library}, each named after its file. Adding one is adding a file.
 * Those that reproduce exact results lie in its folder {@code validation}. Stateless.
 */
public final class ScenarioLibrary {

    private static final String DIRECTORY = "/dev/kossel/scenarios/library/";
    private static final String EXTENSION = ".yaml";

    private ScenarioLibrary() {}

    /** The names, in alphabetical order. */
    public static List<String> names() {
        return names("");
    }

    /** The names of the scenarios behind {@code kossel validate}, in alphabetical order: {@code validation/…}. */
    public static List<String> validationNames() {
        return names("validation/");
    }

    /** Whether there is a scenario of that name. */
    public static boolean contains(String name) {
        return names().contains(name) || validationNames().contains(name);
    }

    private static List<String> names(String folder) {
        URL directory = ScenarioLibrary.class.getResource(DIRECTORY + folder);
        if (directory == null) {
            throw new IllegalStateException(DIRECTORY + " is missing from the kossel jar: build it again");
        }
        try {
            List<String> files = directory.openConnection() instanceof JarURLConnection jar
                    ? filesInJar(jar)
                    : filesIn(directory.toURI());
            return files.stream()
                    .filter(file -> file.endsWith(EXTENSION))
                    .filter(file -> !file.contains("/"))
                    .map(file -> folder + file.substring(0, file.length() - EXTENSION.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> filesInJar(JarURLConnection connection) throws IOException {
        String prefix = connection.getEntryName();
        return connection.getJarFile().stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    private static List<String> filesIn(URI directory) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** {@code did you mean 'x'?} for the scenario whose name is nearest to {@code wrong}, or the empty text if none is near. */
    public static String suggestion(String wrong) {
        return Document.suggestion(wrong, names());
    }

    /**
     * The text of a scenario's file.
     *
     * @throws IllegalArgumentException if there is no scenario of that name
     */
    public static String text(String name) {
        if (!contains(name)) {
            throw new IllegalArgumentException(
                    "no built-in scenario '" + name + "'; there are " + String.join(", ", names()));
        }
        try (InputStream in = ScenarioLibrary.class.getResourceAsStream(DIRECTORY + name + EXTENSION)) {
            if (in == null) {
                throw new IllegalStateException(name + " is listed but cannot be opened");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a scenario.
     *
     * @param overrides as in {@link ScenarioReader#read(Path, List)}
     * @throws IllegalArgumentException if there is no scenario of that name
     * @throws ScenarioException if an override is wrong
     */
    public static Scenario read(String name, List<String> overrides) throws ScenarioException {
        return ScenarioReader.read(text(name), name, Path.of("").toAbsolutePath(), overrides);
    }
}
