package dev.kossel.scenarios.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * The version and the commit this program was built from, baked in by the build: nothing is asked of git or the network at run time.
 *
 * @param version the Maven version, such as {@code 0.1.0-SNAPSHOT}
 * @param commit twelve digits of the commit, followed by {@code -dirty} where the sources differed from it; {@code unknown} where the program was
 *     not built by the {@code kossel} launcher from a git checkout
 */
public record KosselVersion(String version, String commit) {

    private static final String RESOURCE = "version.properties";

    /** The version of the running program. Reads one small resource. */
    public static KosselVersion current() {
        try (InputStream in = KosselVersion.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the kossel jar: build it again");
            }
            Properties properties = new Properties();
            properties.load(in);
            return new KosselVersion(properties.getProperty("version"), properties.getProperty("commit"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line, such as {@code kossel 0.1.0 (1f0c3a9d52b7)}. */
    @Override
    public String toString() {
        return "kossel " + version + " (" + commit + ")";
    }

    /** Answers {@code kossel --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {current().toString()};
        }
    }
}
