package dev.kossel.scenarios.cli;

import dev.kossel.lattice.LatticeGeometry;
import dev.kossel.scenarios.ExplicitIons;
import dev.kossel.scenarios.MemoryNeed;
import dev.kossel.scenarios.Model;
import dev.kossel.scenarios.ModelReport;
import dev.kossel.scenarios.TransportModel;
import dev.kossel.scenarios.file.Scenario;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kossel check}. */
@Command(
        name = "check",
        description = "Validate a scenario and tell what a run of it would be. Writes nothing.",
        footerHeading = "%nExamples:%n",
        footer = {"  kossel check na-vn", "  kossel check my.yaml --set temperature=\"313 K\""})
final class CheckCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioArgument scenario;

    @Option(
            names = "--measure",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description =
                    "How long to try the run out to estimate what it costs; ${DEFAULT-VALUE} by default, 0 for not at all.")
    private double measure;

    @Override
    public void run() {
        Model model = scenario.model(false);
        ModelReport report = measure > 0 ? ModelReport.measured(model, measure) : ModelReport.of(model);
        PrintWriter out = spec.commandLine().getOut();
        out.println(model.scenario().title());
        brief(model, report, out);
        energies(report, out);
        memory(model, out);
        cost(model, report, out);
        figures(model.scenario(), out);
        for (String warning : report.warnings()) {
            out.println("Note: " + warning);
        }
        out.flush();
    }

    /** What {@code run} prints as well. */
    static void brief(Model model, ModelReport report, PrintWriter out) {
        LatticeGeometry geometry = model.geometry();
        line(
                out,
                "lattice",
                String.format(
                        Locale.ROOT,
                        "%s: %,d sites, %,d a layer",
                        geometry,
                        geometry.siteCount(),
                        geometry.sitesPerLayer()));
        line(
                out,
                "box",
                String.format(
                        Locale.ROOT,
                        "%.4g × %.4g × %.4g nm",
                        geometry.widthNm(),
                        geometry.depthNm(),
                        geometry.heightNm()));
        line(
                out,
                "temperature",
                String.format(Locale.ROOT, "%s, kT = %.2f meV", model.scenario().temperature(), 1e3 * report.kT()));
        if (report.currentDensity() > 0) {
            line(
                    out,
                    "largest current",
                    String.format(
                            Locale.ROOT,
                            "%s: %.4g monolayers/s of %s each",
                            currentDensity(report.currentDensity()),
                            report.monolayersPerSecond(),
                            Terminal.quantity(report.monolayerChargeDensity() * 1e-4, "C/cm²")));
        }
        if (report.arrivingMonolayersPerSecond() > 0) {
            line(
                    out,
                    "arrivals",
                    String.format(
                            Locale.ROOT,
                            "%.4g monolayers/s in line of sight, where each finds a place",
                            report.arrivingMonolayersPerSecond()));
        }
        for (ModelReport.AdatomMove move : report.adatoms()) {
            String real = String.format(Locale.ROOT, "Γ = %.3g /s", move.ratePerSecond());
            String ratio = Double.isNaN(move.diffusionOverFlux())
                    ? ""
                    : String.format(Locale.ROOT, ", D/F = %.3g", move.diffusionOverFlux());
            String run = move.runRatePerSecond() == move.ratePerSecond()
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "; slowed: Γ = %.3g /s, D/F = %.3g",
                            move.runRatePerSecond(),
                            move.runDiffusionOverFlux());
            line(out, move.species() + " adatom, " + move.process(), real + ratio + run);
        }
        TransportModel transport = model.transport();
        ExplicitIons ions = model.ions();
        if (ions != null) {
            List<String> scales =
                    ions.scales(model.geometry(), model.scenario().lattice().atomsPerSite());
            for (int n = 0; n < scales.size(); n++) {
                line(out, n == 0 ? "transport" : "", scales.get(n));
            }
        } else if (transport == null) {
            line(out, "transport", "reservoir: no transport limit (no Damköhler number, no Sand's time)");
        } else {
            List<String> scales = transport.scales(model.geometry(), report.currentDensity());
            for (int n = 0; n < scales.size(); n++) {
                line(out, n == 0 ? "transport" : "", scales.get(n));
            }
        }
    }

    private static String currentDensity(double amperesPerSquareMetre) {
        return String.format(Locale.ROOT, "%.4g mA/cm²", amperesPerSquareMetre / 10);
    }

    private static void energies(ModelReport report, PrintWriter out) {
        for (ModelReport.ChargeTransfer transfer : report.transfers()) {
            line(
                    out,
                    transfer.process() + " at a kink",
                    String.format(
                            Locale.ROOT,
                            "E_k = %.4f eV, exchange %.4g /s, i₀ = %s",
                            transfer.kinkEnergyEv(),
                            transfer.exchangeRatePerSecond(),
                            currentDensity(transfer.exchangeCurrentDensity())));
            if (report.currentDensity() > 0) {
                line(
                        out,
                        "",
                        String.format(
                                Locale.ROOT,
                                "kinks alone carry the largest current at η = %.1f mV",
                                1e3 * transfer.overpotentialVolts()));
            }
        }
        for (ModelReport.AdatomMove move : report.adatoms()) {
            line(out, move.species() + " adatom", String.format(Locale.ROOT, "E = %.4f eV", move.energyEv()));
            break;
        }
        for (ModelReport.Bond bond : report.bonds()) {
            line(
                    out,
                    "bond " + bond.pair(),
                    String.format(Locale.ROOT, "%.4f eV = %.2f kT", bond.energyEv(), bond.energyEv() / report.kT()));
        }
    }

    private static void memory(Model model, PrintWriter out) {
        MemoryNeed need = MemoryNeed.of(model.scenario());
        double sites = need.siteCount();
        line(
                out,
                "memory",
                String.format(
                        Locale.ROOT,
                        "%s, %.1f bytes a site; with recording %s, %.1f bytes a site",
                        Terminal.quantity(need.simulationBytes(), "B"),
                        need.simulationBytes() / sites,
                        Terminal.quantity(need.bytes(), "B"),
                        need.bytes() / sites));
    }

    private static void cost(Model model, ModelReport report, PrintWriter out) {
        if (!Double.isNaN(report.expectedElectrons())) {
            line(out, "net charge, electrons", String.format(Locale.ROOT, "%.4g", report.expectedElectrons()));
        }
        ModelReport.Cost cost = report.cost();
        if (cost == null) {
            return;
        }
        double perSite = (double) cost.bytes() / model.geometry().siteCount();
        line(
                out,
                "memory, measured",
                String.format(
                        Locale.ROOT,
                        "%s, %.1f bytes a site, without recording",
                        Terminal.quantity(cost.bytes(), "B"),
                        perSite));
        line(out, "rates", String.format(Locale.ROOT, "span %.1f decades", cost.decades()));
        line(
                out,
                "speed",
                String.format(
                        Locale.ROOT,
                        "%,.0f events/s without recording, over the first %.1f s",
                        cost.eventsPerSecond(),
                        cost.seconds()));
        line(
                out,
                "estimate",
                Double.isNaN(cost.expectedSeconds())
                        ? "none: the beginning came to nothing"
                        : String.format(
                                Locale.ROOT,
                                "%.2g events in %s, if it goes on as in the first %.3g %%",
                                cost.expectedEvents(),
                                Terminal.duration(cost.expectedSeconds()),
                                100 * cost.progress()));
    }

    private static void figures(Scenario scenario, PrintWriter out) {
        if (scenario.figures().isEmpty()) {
            return;
        }
        out.println("Numbers about nature, and where they are from");
        int key = scenario.figures().stream()
                .mapToInt(f -> f.key().length())
                .max()
                .orElse(0);
        int value = scenario.figures().stream()
                .mapToInt(f -> f.value().length())
                .max()
                .orElse(0);
        for (Scenario.Figure figure : scenario.figures()) {
            String source = figure.source();
            out.println("  " + pad(figure.key(), key) + "  " + pad(figure.value(), value) + "  "
                    + (source == null ? "NO SOURCE" : source));
        }
        scenario.references()
                .forEach((name, reference) -> out.println("  " + name + ": " + reference.title()
                        + (reference.doi() != null ? ", doi " + reference.doi() : "")
                        + (reference.url() != null ? ", " + reference.url() : "")));
        List<Scenario.Figure> without =
                scenario.figures().stream().filter(f -> f.source() == null).toList();
        if (!without.isEmpty()) {
            out.println("Note: " + without.size() + " of " + scenario.figures().size()
                    + " numbers have no source; give one as {value: …, source: …}.");
        }
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println("  " + pad(name, Math.max(24, name.length())) + "  " + value);
    }
}
