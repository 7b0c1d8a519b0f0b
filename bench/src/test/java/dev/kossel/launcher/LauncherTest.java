package dev.kossel.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    /** What the launcher calls besides java, Maven and flock. */
    private static final List<String> TOOLS = List.of(
            "cat",
            "cp",
            "date",
            "dirname",
            "find",
            "grep",
            "head",
            "ln",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch");

    private static final String FAKE_MAVEN = """
            #!/bin/sh
            [ "$1" != -v ] || { echo 'Apache Maven 3.9.11 (fake)'; exit 0; }
            echo "$0" "$@" >>builds
            sleep 0.1
            [ ! -f broken ] || { echo '[INFO] Scanning'; echo '[ERROR] Shell.java:[14,1] expected a brace'; exit 1; }
            mkdir -p scenarios/target/launch/lib
            cp probe.jar scenarios/target/launch/kossel.jar
            cp probe.jar scenarios/target/launch/lib/kossel-engine.jar
            cp probe.jar scenarios/target/launch/lib/other.jar
            """;

    @TempDir
    private Path temporary;

    private Path root;
    private Path bin;
    private final Map<String, String> environment = new HashMap<>();

    private record Outcome(int exitCode, String out, String err) {}

    @BeforeEach
    void makeASourceTree() throws IOException {
        root = Files.createDirectories(temporary.toRealPath().resolve("a source tree"));
        for (String module : List.of("lattice", "engine", "viz", "scenarios")) {
            Files.createDirectories(root.resolve(module).resolve("src/main/java"));
            Files.writeString(root.resolve(module).resolve("pom.xml"), "");
        }
        Files.writeString(root.resolve("pom.xml"), "");
        Files.writeString(root.resolve("lattice/src/main/java/Shell.java"), "");
        Files.writeString(root.resolve("lattice/src/main/java/Site.java"), "");
        Path here = Path.of("").toAbsolutePath();
        Path launcher = Files.exists(here.resolve("kossel")) ? here.resolve("kossel") : here.resolveSibling("kossel");
        executable(root.resolve("kossel"), Files.readString(launcher));
        writeProbeJar(root.resolve("probe.jar"));

        bin = Files.createDirectory(temporary.resolve("bin"));
        executable(bin.resolve("mvn"), FAKE_MAVEN);
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    @Test
    void shouldBuildOnFirstUseOnly() throws Exception {
        Outcome first = kossel("run", "na-vn");
        Outcome second = kossel("run", "na-vn");

        assertThat(first.exitCode).isZero();
        assertThat(first.err).isEqualToIgnoringNewLines("building Kossel (first use, about a minute)…");
        assertThat(first.out).contains("[run]", "[na-vn]");
        assertThat(second.err).isEmpty();
        assertThat(second.out).isEqualTo(first.out);
        assertThat(builds())
                .singleElement()
                .asString()
                .contains("-pl scenarios -am package", "-Dkossel.target=target/launch");
    }

    @Test
    void shouldRebuildWhenASourceHasChangedOrGone() throws Exception {
        kossel();
        Files.setLastModifiedTime(
                root.resolve("lattice/src/main/java/Shell.java"),
                FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(kossel().err).contains("sources have changed");
        Files.setLastModifiedTime(root.resolve("lattice/src/main/java/Shell.java"), FileTime.from(Instant.EPOCH));
        assertThat(kossel().err).isEmpty();
        Path stale = Files.createDirectories(root.resolve("lattice/target/launch/classes"))
                .resolve("removed.yaml");
        Files.writeString(stale, "");
        Files.delete(root.resolve("lattice/src/main/java/Site.java"));
        assertThat(kossel().err).contains("sources have changed");
        assertThat(builds()).hasSize(3);
        assertThat(stale).doesNotExist();
    }

    @Test
    void shouldLeaveARunTheBuildItWasStartedFrom() throws Exception {
        Path before = startedFrom(kossel());
        Files.setLastModifiedTime(
                root.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(1)));
        Path after = startedFrom(kossel());

        assertThat(after).isNotEqualTo(before);
        assertThat(before).exists();
        assertThat(before.resolveSibling("lib/kossel-engine.jar")).exists();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldBuildOnceWhenStartedSeveralTimesAtOnce(boolean flock) throws Exception {
        if (!flock) {
            restrictToTools();
        }
        List<Process> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(start(temporary, root.resolve("kossel").toString()));
        }
        for (Process start : starts) {
            assertThat(outcome(start).exitCode).isZero();
        }
        assertThat(builds()).hasSize(1);
    }

    @Test
    void shouldBreakTheLockOfAStartThatWasKilled() throws Exception {
        restrictToTools();
        Path lock = Files.createDirectories(root.resolve(".kossel-build/lock.d"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");

        assertThat(kossel().exitCode).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void shouldNotBuildWhenToldNotTo() throws Exception {
        environment.put("KOSSEL_NO_BUILD", "1");
        Outcome nothing = kossel();
        assertThat(nothing.exitCode).isEqualTo(1);
        assertThat(nothing.err).contains("there is no build yet");

        environment.remove("KOSSEL_NO_BUILD");
        kossel();
        environment.put("KOSSEL_NO_BUILD", "1");
        Files.setLastModifiedTime(
                root.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(kossel().exitCode).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void shouldShowWhyABuildFailed() throws Exception {
        Files.writeString(root.resolve("broken"), "");
        Outcome outcome = kossel();
        assertThat(outcome.exitCode).isEqualTo(1);
        assertThat(outcome.err)
                .contains(
                        "[ERROR] Shell.java:[14,1] expected a brace",
                        root.resolve(".kossel-build/build.log").toString())
                .doesNotContain("Scanning");

        Files.delete(root.resolve("broken"));
        assertThat(kossel().exitCode).isZero();
    }

    @Test
    void shouldUseTheWrapperWhereMavenIsTooOld() throws Exception {
        executable(bin.resolve("mvn"), FAKE_MAVEN.replace("3.9.11", "3.6.2"));
        executable(root.resolve("mvnw"), FAKE_MAVEN);
        assertThat(kossel().exitCode).isZero();
        assertThat(builds())
                .singleElement()
                .asString()
                .startsWith(root.resolve("mvnw").toString());
    }

    @Test
    void shouldHandOverArgumentsAndOptionsAsTheyAre() throws Exception {
        environment.put("KOSSEL_JAVA_OPTS", "-Xmx96m -Dkossel.odd=*");
        environment.put("KOSSEL_MAVEN_OPTS", "-o -Dmaven.repo.local=/nowhere");
        Outcome outcome = kossel("--set", "temperature=313 K", "", "*", "$HOME", "a\"b'c");
        assertThat(outcome.out.lines().skip(1))
                .containsExactly("[--set]", "[temperature=313 K]", "[]", "[*]", "[$HOME]", "[a\"b'c]");
        assertThat(builds()).singleElement().asString().endsWith("-o -Dmaven.repo.local=/nowhere");
    }

    @Test
    void shouldPrintUnitsInAnyLocale() throws Exception {
        environment.put("LC_ALL", "POSIX");
        assertThat(kossel("units").out).contains("mA cm⁻², µm");
    }

    @Test
    void shouldHandBackTheExitCode() throws Exception {
        assertThat(kossel("exit", "2").exitCode).isEqualTo(2);
    }

    @Test
    void shouldLetASignalReachTheProgram() throws Exception {
        Process process = start(temporary, root.resolve("kossel").toString(), "wait");
        BufferedReader out = process.inputReader(UTF_8);
        assertThat(out.lines().takeWhile(line -> !line.equals("waiting"))).isNotEmpty();
        process.toHandle().destroy(); // SIGTERM, as from a terminal or a batch system
        assertThat(out.readLine()).isEqualTo("stopped");
        assertThat(process.waitFor()).isEqualTo(128 + 15);
    }

    @Test
    void shouldFindItsSourcesThroughLinksFromAnywhere() throws Exception {
        Path elsewhere = Files.createDirectory(temporary.resolve("else where"));
        Files.createSymbolicLink(elsewhere.resolve("direct"), root.resolve("kossel"));
        Files.createSymbolicLink(elsewhere.resolve("k"), Path.of("direct"));
        Outcome outcome = outcome(start(elsewhere, "./k"));
        assertThat(outcome.exitCode).isZero();
        assertThat(startedFrom(outcome)).startsWith(root.resolve(".kossel-build"));
    }

    @Test
    void shouldSayWhatIsMissingWhereThereIsNoJava() throws Exception {
        restrictToTools();
        environment.remove("JAVA_HOME");
        Outcome outcome = kossel();
        assertThat(outcome.exitCode).isEqualTo(1);
        assertThat(outcome.err).contains("needs a JDK 17 or newer", "apt install openjdk-17-jdk");
    }

    @Test
    void shouldRefuseAnOldJava() throws Exception {
        restrictToTools();
        Path old = Files.createDirectories(temporary.resolve("jdk-11"));
        Files.createDirectory(old.resolve("bin"));
        executable(old.resolve("bin/java"), "#!/bin/sh\nexit 9\n");
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.26\"\n");
        environment.put("JAVA_HOME", old.toString());
        Outcome outcome = kossel();
        assertThat(outcome.exitCode).isEqualTo(1);
        assertThat(outcome.err).contains("found " + old.resolve("bin/java") + " (11)");
    }

    private Outcome kossel(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(root.resolve("kossel").toString()));
        command.addAll(List.of(arguments));
        return outcome(start(temporary, command.toArray(String[]::new)));
    }

    private Process start(Path directory, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KOSSEL_") || name.equals("JAVA_HOME"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Outcome outcome(Process process) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), out, err);
    }

    private static Path startedFrom(Outcome outcome) {
        return Path.of(outcome.out.lines().findFirst().orElseThrow().substring("from ".length()));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(root.resolve("builds"));
    }

    /** Leaves a PATH without java, git and flock. */
    private void restrictToTools() throws IOException {
        for (String tool : TOOLS) {
            Path found = List.of("/usr/bin", "/bin").stream()
                    .map(directory -> Path.of(directory, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            executable(bin.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
        }
        environment.put("PATH", bin.toString());
    }

    private static void executable(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void writeProbeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Probe.class.getName());
        String entry = Probe.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = Probe.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new ZipEntry(entry));
            in.transferTo(out);
        }
    }
}
