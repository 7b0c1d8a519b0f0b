package dev.kossel.architecture.violations.engine;

import java.nio.file.Path;

public final class EngineThatWritesAFile {
    Path runDirectory = Path.of("runs");
}
