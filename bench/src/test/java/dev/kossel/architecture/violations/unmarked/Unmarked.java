package dev.kossel.architecture.violations.unmarked;

public final class Unmarked {}
