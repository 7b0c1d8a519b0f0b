package dev.kossel.architecture.violations.bench;

public final class Benchmarked {}
