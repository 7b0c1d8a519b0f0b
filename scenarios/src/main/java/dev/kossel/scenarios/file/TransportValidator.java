package dev.kossel.scenarios.file;

import dev.kossel.scenarios.file.RateLaw.Electrochemical;
import java.util.List;
import java.util.Locale;
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
        if (document.readable("transport") && scenario.transport() instanceof Transport.Explicit explicit) {
            new ExplicitValidator(scenario, explicit, document).validate();
        }
        if (document.readable("transport") && scenario.transport() instanceof Transport.Continuum continuum) {
            if (continuum.electrolyte().isEmpty() && document.sound("transport.electrolyte")) {
                document.report(
                        "transport.electrolyte",
                        "names no ion",
                        "add e.g. 'Na+: {charge: 1, concentration: 1 M, diffusivity: 1e-9 m^2/s}'");
                return;
            }
            potential(continuum);
            acidity(continuum);
            salt(continuum);
            if (document.sound("transport.electrolyte")) {
                continuum.reactions().forEach((process, exchange) -> exchange(continuum, process, exchange));
                scenario.processes().forEach((name, process) -> source(continuum, name, process));
            }
        }
        scenario.processes().forEach((name, process) -> {
            if (process.law() instanceof RateLaw.Precipitation law && document.readable("processes." + name + ".law")) {
                precipitation(process, law, name);
            }
        });
    }

    private void potential(Transport.Continuum continuum) {
        boolean given = continuum.conductivity() != null;
        boolean needed = continuum.potential() == Transport.Potential.UNIFORM;
        if (needed && !given && document.readable("transport.conductivity")) {
            document.report(
                    "transport", "is of uniform potential without a conductivity", "add e.g. 'conductivity: 5 S/m'");
        } else if (given && !needed && continuum.salted() == null && document.readable("transport.potential")) {
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

    /** What is said of a salt alone in its solvent must be all that carries current. */
    private void salt(Transport.Continuum continuum) {
        if (!document.sound("transport.electrolyte")) {
            return;
        }
        continuum.electrolyte().forEach((name, ion) -> {
            String key = "transport.electrolyte." + name;
            if (ion.transferenceNumber() == null) {
                if (ion.counterCharge() != null) {
                    document.report(
                            key + ".counter-charge",
                            "is for an ion with a 'transference-number'",
                            "add e.g. 'transference-number: 0.3', or remove it");
                }
                return;
            }
            if (ion.charge() == 0) {
                document.report(
                        key + ".transference-number", "is of an ion that has no charge", "add e.g. 'charge: 1'");
            } else if (ion.charge() * ion.counterChargeOrDefault() >= 0) {
                document.report(
                        key + ".counter-charge",
                        "does not make a salt with the charge " + ion.charge(),
                        "give it the other sign");
            }
            if (ion.transferenceNumber() >= 1) {
                document.report(
                        key + ".transference-number", "leaves no current to the counter-ion: expected less than 1");
            }
            if (ion.concentration().molesPerLitre() == 0) {
                document.report(key + ".concentration", "is that of the only ions there are: expected more than 0");
            }
        });
        String salted = continuum.salted();
        if (salted != null) {
            saltAlone(continuum, salted);
            if (document.sound("processes") && document.sound("transport.reactions")) {
                scenario.processes().forEach((name, process) -> current(continuum, salted, name, process));
            }
        }
    }

    private void saltAlone(Transport.Continuum continuum, String salted) {
        String key = "transport.electrolyte." + salted + ".transference-number";
        continuum.electrolyte().forEach((name, ion) -> {
            if (!name.equals(salted) && ion.charge() != 0) {
                document.report(
                        key,
                        "is of a salt alone in its solvent, but " + name + " carries current too",
                        "remove it: beside a supporting electrolyte ions move by diffusion alone; or remove " + name);
            }
        });
        if (continuum.acidity() != null) {
            document.report(
                    key,
                    "is of a salt alone in its solvent, but by 'acidity' there are H+ and OH- too",
                    "remove it: beside a supporting electrolyte ions move by diffusion alone; or remove 'acidity'");
        }
        if (continuum.potential() != Transport.Potential.FROM_IONS) {
            document.report(
                    "transport.potential",
                    "has to be 'from-ions' where " + salted
                            + " has a 'transference-number': the potential goes with its concentration",
                    "write 'potential: from-ions'");
        }
    }

    /** Nothing but the salt's ion carries charge to the electrode. What begins with a film or an ion on the lattice may have its ion from there. */
    private void current(Transport.Continuum continuum, String salted, String name, ElementaryProcess process) {
        String key = "processes." + name;
        if (process.law() instanceof RateLaw.LineOfSight law && law.electrons() != 0) {
            document.report(
                    key + ".law.electrons",
                    "is of a current that does not come through the electrolyte, whose salt carries all there is",
                    "remove it, or the 'transference-number' of " + salted);
            return;
        }
        Reaction reaction = process.reaction();
        if (!(process.law() instanceof Electrochemical law) || reaction == null) {
            return;
        }
        Transport.Exchange exchange = continuum.exchange(name, process, scenario.species());
        Scenario.Species before = scenario.species().get(reaction.before().get(0));
        boolean isIonOnTheLattice =
                before != null && (before.phase() == Scenario.Phase.FILM || before.phase() == Scenario.Phase.ION);
        boolean isUnknown =
                exchange == null && Transport.Continuum.isTransferFromTheElectrolyte(process, scenario.species());
        if (isUnknown || exchange == null && isIonOnTheLattice) {
            return;
        }
        int charge = continuum.electrolyte().get(salted).charge();
        double taken = exchange == null
                ? 0
                : exchange.consumes().getOrDefault(salted, 0.0)
                        - exchange.produces().getOrDefault(salted, 0.0);
        if (Math.abs(taken * charge - law.electrons()) > 1e-9 && charge != 0) {
            document.report(
                    exchange == null || !continuum.reactions().containsKey(name) ? key : "transport.reactions." + name,
                    String.format(
                            Locale.ROOT,
                            "takes up electrons, %d, and charge from the electrolyte, %s: they are to be equal, as %s alone carries charge to the electrode",
                            law.electrons(),
                            Binder.plain(taken * charge),
                            salted),
                    String.format(
                            Locale.ROOT,
                            "write e.g. 'transport.reactions: {%s: {consumes: {%s: %s}}}', or remove the 'transference-number' where there is a supporting electrolyte",
                            name,
                            salted,
                            Binder.plain((double) law.electrons() / charge)));
        }
    }

    private void acidity(Transport.Continuum continuum) {
        if (continuum.acidity() == null) {
            return;
        }
        for (String name : List.of(Transport.Acidity.PROTON, Transport.Acidity.HYDROXIDE)) {
            if (continuum.electrolyte().containsKey(name)) {
                document.report(
                        "transport.electrolyte." + name, "is given by 'acidity' too", "remove it here, or 'acidity'");
            }
        }
    }

    /** A law of precipitation goes by the supersaturation of what it consumes. */
    private void precipitation(ElementaryProcess process, RateLaw.Precipitation law, String name) {
        String key = "processes." + name;
        Reaction reaction = process.reaction();
        if (!process.pattern().isEmpty()
                || reaction != null && reaction.before().size() != 1) {
            document.report(
                    key + ".law",
                    "is of precipitation, which is for a reaction at one site",
                    "write e.g. 'reaction: vacant <-> ZHS'");
        }
        if (!document.sound("transport")) {
            return;
        }
        if (!(scenario.transport() instanceof Transport.Continuum continuum)) {
            document.report(
                    key + ".law",
                    "goes by concentrations, but the electrolyte is a reservoir",
                    "give 'transport: {type: continuum, …}'");
            return;
        }
        Transport.Exchange exchange = continuum.reactions().get(name);
        if (exchange == null || exchange.consumes().isEmpty()) {
            document.report(
                    "transport.reactions",
                    "says nothing of what " + name + " consumes, whose supersaturation drives it",
                    "add e.g. '" + name + ": {consumes: {" + continuum.ions().get(0) + ": 1}}'");
            return;
        }
        if (exchange.activityOf() != null) {
            document.report(
                    "transport.reactions." + name + ".activity-of",
                    "has no meaning for precipitation, which goes by the supersaturation",
                    "remove it");
        }
        if (document.sound(key + ".law.saturation")
                && !law.saturation().keySet().equals(exchange.consumes().keySet())) {
            document.report(
                    key + ".law.saturation",
                    "names " + String.join(", ", law.saturation().keySet()) + ", but "
                            + String.join(", ", exchange.consumes().keySet()) + " is consumed",
                    "give the concentrations of what 'transport.reactions." + name + ".consumes' names");
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
        if (ion != null
                && ion.concentration().molesPerLitre() == 0
                && !(scenario.processes().get(process).law() instanceof RateLaw.Precipitation)) {
            document.report(
                    exchange.activityOf() != null ? key + ".activity-of" : key,
                    "goes as the concentration of " + activity + " over that of the bulk, which is 0",
                    "give the bulk some, e.g. 1e-7 M");
        }
    }

    private void ion(Transport.Continuum continuum, String key, String name) {
        List<String> names = continuum.ions();
        if (!names.contains(name)) {
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
                && continuum.derived(process, scenario.species()) == null) {
            long fitting = continuum.electrolyte().values().stream()
                    .filter(ion -> ion.charge() == ((Electrochemical) process.law()).electrons())
                    .count();
            Map.Entry<String, Transport.Ion> first =
                    continuum.electrolyte().entrySet().iterator().next();
            Reaction reaction = process.reaction();
            Scenario.Species after = reaction == null
                    ? null
                    : scenario.species().get(reaction.after().get(0));
            if (after != null && after.phase() != Scenario.Phase.METAL) {
                document.report(
                        "transport.reactions",
                        "says nothing about " + name + ", which makes no metal",
                        "add e.g. '" + name + ": {produces: {"
                                + continuum.ions().get(continuum.ions().size() - 1) + ": 1}}', or '" + name
                                + ": {}' if it leaves the electrolyte as it is");
                return;
            }
            document.report(
                    "transport.reactions",
                    "says nothing about " + name + ", and " + (fitting == 0 ? "no ion has" : fitting + " ions have")
                            + " the charge of its electrons",
                    "add e.g. '" + name + ": {consumes: {" + first.getKey() + ": 1}}'");
        }
    }
}
