package dev.kossel.engine.record;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a CSV file such as {@code statistics.csv}, read at once: numbers, but for those said to be text. A last line without line end (a row
 * being written) is left out.
 *
 * <p>Eight bytes a value. Not thread-safe.
 */
public final class CsvTable {

    private final Path file;
    private final List<String> columns;
    private final DoubleArrayList[] values;
    private final Map<String, List<String>> texts = new HashMap<>();

    private CsvTable(Path file, List<String> columns, Set<String> textColumns) {
        this.file = file;
        this.columns = columns;
        textColumns.forEach(column -> texts.put(column, new ArrayList<>()));
        this.values = new DoubleArrayList[columns.size()];
        Arrays.setAll(values, i -> new DoubleArrayList());
    }

    /**
     * @throws IOException if the file cannot be read, has no header or a row that does not fit it; names file, line and
     *     column
     */
    public static CsvTable read(Path file) throws IOException {
        return read(file, Set.of());
    }

    /**
     * As {@link #read(Path)}.
     *
     * @param textColumns columns that hold text
     */
    public static CsvTable read(Path file, Set<String> textColumns) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            boolean complete = endsWithLineEnd(file);
            String line = in.readLine();
            if (line == null || line.isEmpty()) {
                throw new IOException(file + ": empty, expected a header line");
            }
            CsvTable table = new CsvTable(file, List.of(line.split(",", -1)), textColumns);
            int number = 2;
            String next = in.readLine();
            while (next != null) {
                String row = next;
                next = in.readLine();
                if (next != null || complete) {
                    table.addRow(row, number++);
                }
            }
            return table;
        }
    }

    private static boolean endsWithLineEnd(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            var last = ByteBuffer.allocate(1);
            channel.position(Math.max(0, channel.size() - 1));
            return channel.read(last) == 1 && last.get(0) == '\n';
        }
    }

    private void addRow(String row, int line) throws IOException {
        String[] fields = row.split(",", -1);
        if (fields.length != values.length) {
            throw new IOException(
                    file + ", line " + line + ": " + fields.length + " fields, but the header has " + values.length);
        }
        for (int i = 0; i < fields.length; i++) {
            List<String> text = texts.get(columns.get(i));
            if (text != null) {
                text.add(fields[i]);
                values[i].add(Double.NaN);
                continue;
            }
            try {
                values[i].add(parse(fields[i]));
            } catch (NumberFormatException e) {
                throw new IOException(
                        file + ", line " + line + ", column " + columns.get(i) + ": '" + fields[i]
                                + "' is not a number",
                        e);
            }
        }
    }

    private static double parse(String field) {
        return switch (field) {
            case "" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(field);
        };
    }

    public List<String> columns() {
        return columns;
    }

    public int rowCount() {
        return values[0].size();
    }

    public boolean hasColumn(String column) {
        return columns.contains(column);
    }

    /**
     * The entries of a column of text, one a row.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public List<String> text(String column) {
        List<String> text = texts.get(column);
        if (text == null || !columns.contains(column)) {
            throw new IllegalArgumentException(file + " has no column of text '" + column + "'");
        }
        return List.copyOf(text);
    }

    /**
     * The values of a column, one a row, NaN where there is none; a fresh array.
     *
     * @throws IllegalArgumentException if there is no such column; names those there are
     */
    public double[] column(String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException(
                    file + " has no column '" + column + "', but " + String.join(", ", columns));
        }
        return values[index].toDoubleArray();
    }
}
