package dev.kossel.scenarios.validation;

/** What a measurement says of the law. */
public enum Verdict {
    /** It agrees. */
    PASS,
    /** It disagrees. */
    FAIL,
    /** Its error is larger than was asked for, so that agreement would say little. */
    IMPRECISE
}
