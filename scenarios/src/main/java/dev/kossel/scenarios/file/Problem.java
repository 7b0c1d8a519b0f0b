package dev.kossel.scenarios.file;

/**
 * One thing that is wrong with a scenario.
 *
 * @param file the file, or {@code --set key=value} where an override is to blame
 * @param line in the file, from 1; 0 where there is no position
 * @param column in the line, from 1; 0 where there is no position
 * @param key where in the scenario, such as {@code protocol.steps.0.current-density}; empty for the file as a whole
 * @param value the offending value as written; empty where it is something missing or a whole section
 * @param message what is wrong with it and what was expected: the rest of a sentence that begins with the value
 * @param remedy what to write instead; empty where the message says it
 */
public record Problem(String file, int line, int column, String key, String value, String message, String remedy) {

    /** As compilers do it: {@code na.yaml:12:14: temperature: '298' needs a unit: e.g. 298.15 K}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        text.append(": ");
        if (!key.isEmpty()) {
            text.append(key).append(": ");
        }
        if (!value.isEmpty()) {
            text.append('\'').append(value).append("' ");
        }
        text.append(message);
        if (!remedy.isEmpty()) {
            text.append("; ").append(remedy);
        }
        return text.toString();
    }
}
