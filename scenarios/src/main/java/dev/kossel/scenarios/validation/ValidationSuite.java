package dev.kossel.scenarios.validation;

import java.util.List;

/** All checks there are. Adding one is adding its class and its line here. */
public final class ValidationSuite {

    private ValidationSuite() {}

    /** The checks, in the order of the report. */
    public static List<Check> checks() {
        return List.of(
                new ClockCheck(),
                new RandomWalkCheck(),
                new ReturnCheck(),
                new FirstPassageCheck(),
                new RuinCheck(),
                new RandomDepositionCheck(),
                new FamilyCheck(),
                new IslandDensityCheck(),
                new LangmuirCheck(),
                new BoltzmannCheck(),
                new KosselCrystalCheck(),
                new ChargeTransferCheck(),
                new ScalingCheck(),
                new TransportCheck(),
                new SaltCheck(),
                new LaplaceCheck(),
                new PulseCheck(),
                new VoltammogramCheck(),
                new NucleationCheck(),
                new ExplicitIonsCheck(),
                new FaradayCheck(),
                new RestartCheck(),
                new SeedCheck());
    }
}
