package dev.kossel.architecture.violations.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public final class EngineThatWritesAFile {
    void record(Path runDirectory) throws IOException {
        Files.createDirectory(runDirectory);
    }
}
