package dev.kossel.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CsvWriterTest {

    private static final List<String> COLUMNS = List.of("time_s", "value");

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("table.csv");
    }

    @Test
    void shouldWriteNumbersThatReadBackExactly() throws IOException {
        double[] values = {0, -1, 1e15, 0.1, Math.PI * 1e-300, 5e300, 1L << 53, Double.NaN, Double.NEGATIVE_INFINITY};
        try (CsvWriter writer = CsvWriter.create(file, COLUMNS)) {
            for (double value : values) {
                writer.add(7L).add(value).endRow();
            }
        }
        CsvTable table = CsvTable.read(file);
        assertThat(table.columns()).isEqualTo(COLUMNS);
        assertThat(table.column("value")).containsExactly(values);
        assertThat(table.column("time_s")).containsOnly(7);
        assertThat(Files.readString(file)).startsWith("time_s,value\n7,0\n7,-1\n7,1000000000000000\n7,0.1\n");
    }

    @Test
    void shouldShowWholeRowsOnlyAndFromTheirFlushOn() throws IOException {
        try (CsvWriter writer = CsvWriter.create(file, COLUMNS)) {
            assertThat(Files.readString(file)).isEqualTo("time_s,value\n");
            writer.add(1).add(2).endRow();
            assertThat(CsvTable.read(file).rowCount()).isZero();
            writer.flush();
            assertThat(CsvTable.read(file).rowCount()).isEqualTo(1);
            assertThat(writer.position()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void shouldCutBackToTheCheckpointOnResume() throws IOException {
        long checkpoint;
        try (CsvWriter writer = CsvWriter.create(file, COLUMNS)) {
            writer.add(1).add(1).endRow();
            writer.sync();
            checkpoint = writer.position();
            writer.add(2).add(2).endRow();
        }
        Files.writeString(file, "3,", StandardOpenOption.APPEND);
        try (CsvWriter writer = CsvWriter.reopen(file, COLUMNS)) {
            writer.resumeAt(checkpoint);
            writer.add(2).add(22).endRow();
        }
        assertThat(Files.readString(file)).isEqualTo("time_s,value\n1,1\n2,22\n");
    }

    @Test
    void shouldBeginAgainWhenReopenedWithoutACheckpoint() throws IOException {
        try (CsvWriter writer = CsvWriter.create(file, COLUMNS)) {
            writer.add(1).add(1).endRow();
        }
        CsvWriter.reopen(file, COLUMNS).close();
        assertThat(CsvTable.read(file).rowCount())
                .as("nothing written, nothing lost")
                .isEqualTo(1);
        try (CsvWriter writer = CsvWriter.reopen(file, COLUMNS)) {
            writer.add(5).add(5).endRow();
        }
        assertThat(Files.readString(file)).isEqualTo("time_s,value\n5,5\n");
    }

    @Test
    void shouldBeginAgainAFileWhoseHeaderIsTorn() throws IOException {
        for (String torn : List.of("", "time_s,va")) {
            Files.writeString(file, torn);
            CsvWriter.reopen(file, COLUMNS).close();
            assertThat(Files.readString(file)).isEqualTo("time_s,value\n");
        }
    }

    @Test
    void shouldRefuseToResumeAFileThatIsShorterOrHasOtherColumns() throws IOException {
        CsvWriter.create(file, COLUMNS).close();
        try (CsvWriter writer = CsvWriter.reopen(file, COLUMNS)) {
            assertThatIOException()
                    .isThrownBy(() -> writer.resumeAt(1000))
                    .withMessageContaining("cannot resume at byte 1000 of 13");
        }
        assertThatIOException()
                .isThrownBy(() -> CsvWriter.reopen(file, List.of("time_s", "other")))
                .withMessageContaining("the columns differ");
        assertThatIOException().isThrownBy(() -> CsvWriter.reopen(file, List.of("time_s", "value", "more")));
    }

    @Test
    void shouldRefuseARowOfTheWrongLengthAndAColumnThatBreaksTheFormat() throws IOException {
        try (CsvWriter writer = CsvWriter.create(file, COLUMNS)) {
            writer.add(1);
            assertThatIllegalStateException()
                    .isThrownBy(writer::endRow)
                    .withMessageContaining("a row of 1 fields for 2 columns");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> CsvWriter.create(file, List.of("a,b")));
        assertThatIllegalArgumentException().isThrownBy(() -> CsvWriter.create(file, List.of()));
    }

    @Test
    void shouldSkipARowThatIsJustBeingWrittenAndNameTheOneThatIsBroken() throws IOException {
        Files.writeString(file, "a,b\n1,2\n3,4");
        assertThat(CsvTable.read(file).column("b")).containsExactly(2);
        Files.writeString(file, "a,b\n1,2\n3,x\n");
        assertThatIOException()
                .isThrownBy(() -> CsvTable.read(file))
                .withMessageEndingWith("table.csv, line 3, column b: 'x' is not a number");
        Files.writeString(file, "a,b\n1,2,3\n");
        assertThatIOException().isThrownBy(() -> CsvTable.read(file)).withMessageContaining("line 2: 3 fields");
        Files.writeString(file, "");
        assertThatIOException().isThrownBy(() -> CsvTable.read(file)).withMessageContaining("empty");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNameTheFileThatTheDiskHasNoRoomFor() {
        assertThatIOException()
                .isThrownBy(() -> CsvWriter.create(Path.of("/dev/full"), COLUMNS))
                .withMessageStartingWith("/dev/full: ");
    }

    @Test
    void shouldNameTheColumnsThereAre() throws IOException {
        CsvWriter.create(file, COLUMNS).close();
        CsvTable table = CsvTable.read(file);
        assertThat(table.hasColumn("value")).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.column("valve"))
                .withMessageEndingWith("has no column 'valve', but time_s, value");
    }
}
