package dev.kossel.scenarios.file;

import dev.kossel.scenarios.file.RateLaw.Electrochemical;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the transport of ions must satisfy. Reports to the document. */
final class TransportValidator {

    private final Scenario scenario;
    private final Document document;

    TransportValidator(Scenario scenario, Document document) {
        this.scenario = scenario;
        this.document = document;
    }

    void validate() {
        if (document.readable("transport") && scenario.transport() instanceof Transport.Continuum continuum) {
            if (continuum.electrolyte().isEmpty() && document.sound("transport.electrolyte")) {
                document.report(
                        "transport.electrolyte",
                        "names no ion",
                        "add e.g. 'Na+: {charge: 1, concentration: 1 M, diffusivity: 1e-9 m^2/s}'");
                return;
            }
            potential(continuum);
            if (document.sound("transport.electrolyte")) {
                continuum.reactions().forEach((process, exchange) -> exchange(continuum, process, exchange));
                scenario.processes().forEach((name, process) -> source(continuum, name, process));
            }
        }
    }

    private void potential(Transport.Continuum continuum) {
        boolean given = continuum.conductivity() != null;
        boolean needed = continuum.potential() == Transport.Potential.UNIFORM;
        if (needed && !given && document.readable("transport.conductivity")) {
            document.report(
                    "transport", "is of uniform potential without a conductivity", "add e.g. 'conductivity: 5 S/m'");
        } else if (given && !needed && document.readable("transport.potential")) {
            document.report(
                    "transport.conductivity",
                    "is for a uniform potential, but the potential is '" + Binder.kebab(continuum.potential()) + "'",
                    "write 'potential: uniform', or remove it");
        }
        boolean neutral = continuum.electrolyte().values().stream().allMatch(ion -> ion.charge() == 0);
        if (continuum.potential() == Transport.Potential.FROM_IONS
                && neutral
                && document.sound("transport.electrolyte")) {
            document.report("transport.potential", "is of ions that carry current, but no ion has a charge");
        }
    }

    private void exchange(Transport.Continuum continuum, String process, Transport.Exchange exchange) {
        String key = "transport.reactions." + process;
        if (!scenario.processes().containsKey(process)) {
            if (document.sound("processes")) {
                document.report(
                        key,
                        "names no process: there are "
                                + String.join(", ", scenario.processes().keySet()),
                        Document.suggestion(process, scenario.processes().keySet()));
            }
            return;
        }
        if (scenario.processes().get(process).law() instanceof RateLaw.LineOfSight) {
            document.report(key, "is about arrivals in line of sight, which do not come through the electrolyte");
        }
        exchange.consumes().keySet().forEach(ion -> ion(continuum, key + ".consumes." + ion, ion));
        exchange.produces().keySet().forEach(ion -> ion(continuum, key + ".produces." + ion, ion));
        String activity = exchange.activityIon();
        if (exchange.activityOf() != null) {
            ion(continuum, key + ".activity-of", exchange.activityOf());
        }
        Transport.Ion ion = activity == null ? null : continuum.electrolyte().get(activity);
        if (ion != null && ion.concentration().molesPerLitre() == 0) {
            document.report(
                    exchange.activityOf() != null ? key + ".activity-of" : key,
                    "goes as the concentration of " + activity + " over that of the bulk, which is 0",
                    "give the bulk some, e.g. 1e-7 M");
        }
    }

    private void ion(Transport.Continuum continuum, String key, String name) {
        if (!continuum.electrolyte().containsKey(name)) {
            List<String> names = new ArrayList<>(continuum.electrolyte().keySet());
            document.report(
                    key,
                    "names no ion of the electrolyte '" + name + "': there are " + String.join(", ", names),
                    Document.suggestion(name, names));
        }
    }

    /** Where the ion of a charge transfer comes from must be known. */
    private void source(Transport.Continuum continuum, String name, ElementaryProcess process) {
        String key = "processes." + name;
        if (!document.sound(key) || continuum.reactions().containsKey(name)) {
            return;
        }
        if (Transport.Continuum.isTransferFromTheElectrolyte(process, scenario.species())
                && continuum.derived((Electrochemical) process.law()) == null) {
            long fitting = continuum.electrolyte().values().stream()
                    .filter(ion -> ion.charge() == ((Electrochemical) process.law()).electrons())
                    .count();
            Map.Entry<String, Transport.Ion> first =
                    continuum.electrolyte().entrySet().iterator().next();
            document.report(
                    "transport.reactions",
                    "says nothing about " + name + ", and " + (fitting == 0 ? "no ion has" : fitting + " ions have")
                            + " the charge of its electrons",
                    "add e.g. '" + name + ": {consumes: {" + first.getKey() + ": 1}}'");
        }
    }
}
