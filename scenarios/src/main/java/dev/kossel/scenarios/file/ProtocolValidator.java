package dev.kossel.scenarios.file;

import dev.kossel.scenarios.file.Protocol.PulsePhase;
import dev.kossel.scenarios.file.Protocol.Step;
import dev.kossel.scenarios.file.Protocol.Until;
import dev.kossel.scenarios.file.RateLaw.Electrochemical;
import dev.kossel.scenarios.file.RateLaw.LineOfSight;
import java.util.List;

/** What the protocol and the separation of time scales must satisfy. Reports to the document. */
final class ProtocolValidator {

    private final Scenario scenario;
    private final Document document;

    ProtocolValidator(Scenario scenario, Document document) {
        this.scenario = scenario;
        this.document = document;
    }

    void validate() {
        steps();
        separation();
    }

    private void steps() {
        List<Step> steps = scenario.protocol().steps();
        if (steps.isEmpty() && document.readable("protocol")) {
            document.report(
                    "protocol.steps",
                    "is empty: there is nothing to run",
                    "add e.g. '{type: rest, until: {time: 1 ms}}'");
        }
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String key = "protocol.steps." + i;
            if (!document.sound(key)) {
                continue;
            }
            boolean charging = true;
            boolean driven = true;
            boolean stripping = true;
            if (step instanceof Protocol.Galvanostatic galvanostatic) {
                double current = galvanostatic.currentDensity().amperesPerSquareMetre();
                charging = current != 0;
                stripping = current < 0;
                strippable(key + ".current-density", current);
            } else if (step instanceof Protocol.Rest) {
                charging = false;
                driven = false;
            } else if (step instanceof Protocol.Pulse pulse) {
                phase(key + ".on", pulse.on());
                phase(key + ".off", pulse.off());
                charging = isDriven(pulse.on()) || isDriven(pulse.off());
                driven = charging;
            } else if (step instanceof Protocol.Sweep sweep) {
                double from = sweep.from().volts();
                if (sweep.via() == null
                        ? from == sweep.to().volts()
                        : from == sweep.via().volts()) {
                    document.report(key, "a sweep that leads from " + sweep.from() + " to itself");
                }
            }
            if (driven && document.sound("processes") && electrochemical().isEmpty()) {
                boolean arriving = scenario.processes().values().stream()
                        .anyMatch(process -> process.law() instanceof LineOfSight law && law.electrons() > 0);
                document.report(
                        key,
                        arriving
                                ? "what arrives in line of sight carries a current that nothing controls"
                                : "no process takes up electrons, so nothing answers to current or potential",
                        arriving
                                ? "let the step be '{type: rest, …}', or give a process the law 'electrochemical'"
                                : "give a process the law 'electrochemical'");
            }
            if (step.temperature() != null && !(scenario.transport() instanceof Transport.Reservoir)) {
                document.report(
                        key + ".temperature",
                        "is for a reservoir: an electrolyte that is computed has one temperature",
                        "remove it, or write 'transport: {type: reservoir}'");
            }
            Scenario.Separation slowed = scenario.separation();
            if (step.temperature() != null && slowed != null && slowed.adaptive() != null) {
                document.report(
                        key + ".temperature",
                        "does not go with an adaptive separation, which judges events at one temperature",
                        "remove it, or give 'separation' a ratio");
            }
            Until until = step.until();
            if (until != null) {
                ends(key + ".until", until, charging, stripping, driven, step instanceof Protocol.Sweep);
            }
        }
    }

    private void ends(String key, Until until, boolean charging, boolean stripping, boolean driven, boolean ends) {
        if (until.time() == null
                && until.charge() == null
                && until.overpotential() == null
                && !until.noMetalLeft()
                && !until.shortCircuit()) {
            document.report(key, "says nothing that could end the step", "add e.g. 'time: 10 ms'");
            return;
        }
        boolean sure = until.time() != null
                || until.charge() != null && charging
                || until.overpotential() != null && driven
                || until.noMetalLeft() && stripping && driven
                || until.shortCircuit() && charging;
        if (!sure && !ends) {
            document.report(
                    key,
                    charging
                            ? "would never be reached: plating does not use up the metal"
                            : "would never be reached: no charge passes",
                    "add e.g. 'time: 10 ms'");
        }
    }

    private void phase(String key, PulsePhase phase) {
        if (phase.currentDensity() != null && phase.overpotential() != null) {
            document.report(key, "sets both a current density and an overpotential", "write either, not both");
        }
        if (phase.currentDensity() != null) {
            strippable(key + ".current-density", phase.currentDensity().amperesPerSquareMetre());
        }
    }

    private static boolean isDriven(PulsePhase phase) {
        return phase.overpotential() != null
                || phase.currentDensity() != null && phase.currentDensity().amperesPerSquareMetre() != 0;
    }

    private void strippable(String key, double current) {
        List<ElementaryProcess> electrochemical = electrochemical();
        if (current < 0
                && !electrochemical.isEmpty()
                && document.sound("processes")
                && electrochemical.stream()
                        .noneMatch(p -> p.reaction() != null && p.reaction().reversible())) {
            document.report(
                    key, "strips metal, but every electrochemical process is one-way", "write its reaction with '<->'");
        }
    }

    private List<ElementaryProcess> electrochemical() {
        return scenario.processes().values().stream()
                .filter(p -> p.law() instanceof Electrochemical)
                .toList();
    }

    private static boolean isUndone(ElementaryProcess process) {
        Reaction reaction = process.reaction();
        return reaction != null
                && (reaction.reversible()
                        || (reaction.before().size() == 2
                                && reaction.before()
                                        .get(0)
                                        .equals(reaction.after().get(1))
                                && reaction.before()
                                        .get(1)
                                        .equals(reaction.after().get(0))));
    }

    private void separation() {
        Scenario.Separation separation = scenario.separation();
        if (separation == null) {
            return;
        }
        boolean adaptive = separation.adaptive() != null;
        if (adaptive == (separation.ratio() != null) && document.sound("separation")) {
            document.report(
                    "separation",
                    (adaptive ? "has both `adaptive` and `ratio`" : "has neither `adaptive` nor `ratio`")
                            + ": expected one of them");
            return;
        }
        if (!adaptive && separation.reason() == null && document.sound("separation")) {
            document.report("separation", "has a `ratio` but no `reason`: say why the results do not hinge on it");
        }
        if (!adaptive && isDepositionRateUnset() && document.sound("protocol") && document.sound("processes")) {
            document.report(
                    "separation.ratio",
                    "is the number of moves while one monolayer is deposited, and neither a current nor arrivals say how long that takes",
                    "hold a current in a step of the protocol, or use `adaptive: {}`");
        }
        List<String> names = separation.processes();
        for (int i = 0; i < names.size(); i++) {
            String key = "separation.processes." + i;
            ElementaryProcess process = scenario.processes().get(names.get(i));
            if (process == null) {
                if (document.readable("processes")) {
                    document.report(
                            key,
                            "names no process",
                            Document.suggestion(
                                    names.get(i), scenario.processes().keySet()));
                }
            } else if (process.law() instanceof Electrochemical) {
                document.report(key, "is electrochemical: its rate sets the current and cannot be lowered");
            } else if (process.law() instanceof LineOfSight) {
                document.report(key, "comes from outside: its rate sets the deposition and cannot be lowered");
            } else if (adaptive && exchangesIons(names.get(i), process)) {
                document.report(
                        key,
                        "exchanges ions with an electrolyte that is computed: how often it happens is what the fields answer to, and cannot be lowered");
            } else if (adaptive && !isUndone(process)) {
                document.report(
                        key,
                        "is not undone by a process of its own: only reactions with <-> and moves such as 'A + vacant -> vacant + A' come to"
                                + " quasi-equilibrium");
            }
        }
        if (names.isEmpty() && !adaptive) {
            document.report("separation.processes", "names no process");
        }
    }

    private boolean exchangesIons(String name, ElementaryProcess process) {
        return scenario.transport() instanceof Transport.Continuum continuum
                && continuum.exchange(name, process, scenario.species()) != null;
    }

    private boolean isDepositionRateUnset() {
        return scenario.protocol().largestCurrentDensity() == 0
                && scenario.processes().values().stream().noneMatch(process -> process.law() instanceof LineOfSight);
    }
}
