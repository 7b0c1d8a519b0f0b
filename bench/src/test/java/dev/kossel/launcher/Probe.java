package dev.kossel.launcher;

import java.nio.file.Path;

/** What the launcher starts in the tests: says how it was started. */
final class Probe {

    private Probe() {}

    public static void main(String[] args) throws Exception {
        System.out.println("from "
                + Path.of(Probe.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()));
        for (String arg : args) {
            System.out.println("[" + arg + "]");
        }
        if (args.length > 0 && args[0].equals("units")) {
            System.out.println("mA cm⁻², µm");
        }
        if (args.length > 0 && args[0].equals("exit")) {
            System.exit(Integer.parseInt(args[1]));
        }
        if (args.length > 0 && args[0].equals("wait")) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopped")));
            System.out.println("waiting");
            Thread.sleep(60_000);
        }
    }
}
