package io.erulb.upstream.simulation;

import io.erulb.upstream.BalancerTypes;
import io.erulb.upstream.EjectionRule;
import io.erulb.upstream.HealthOptions;
import io.erulb.upstream.HedgeRule;
import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.simulation.Simulation.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Twenty servers under a load that goes up and down. */
final class Scenarios {
    private static final int SERVERS = 20;
    private static final double MILLIS = 10;
    private static final double[] LOADS = {0.3, 0.7, 0.3};
    private static final int SECONDS = 20;
    private static final int SEED = 1;

    private Scenarios() {}

    /** One server is ten times as slow as the others, one fails three requests in ten. */
    static Outcome oneSlowOneFailing(UnaryOperator<UpstreamOptions> policy, String parameters, int tries) {
        List<SimulatedServer> servers = new ArrayList<>();
        servers.add(SimulatedServer.answeringIn(10 * MILLIS));
        servers.add(SimulatedServer.answeringIn(MILLIS).failing(0.3));
        while (servers.size() < SERVERS) {
            servers.add(SimulatedServer.answeringIn(MILLIS));
        }
        return run(new Setup(policy, parameters, tries, servers));
    }

    /** All servers fail every request. */
    static Outcome outage(UnaryOperator<UpstreamOptions> policy, int tries) {
        List<SimulatedServer> servers = new ArrayList<>();
        while (servers.size() < SERVERS) {
            servers.add(SimulatedServer.answeringIn(MILLIS).failing(1));
        }
        return run(new Setup(policy, "max_fails=0", tries, servers));
    }

    private static Outcome run(Setup setup) {
        double most =
                setup.servers().stream().mapToDouble(SimulatedServer::most).sum();
        Simulation simulation = new Simulation(setup, SEED);
        for (double load : LOADS) {
            simulation.load(load * most, SECONDS);
        }
        return simulation.outcome();
    }

    static UnaryOperator<UpstreamOptions> balancer(String type) {
        return options -> options.withBalancer(BalancerTypes.installed().provider(type));
    }

    /** The same with servers ejected by the usual rule. */
    static UnaryOperator<UpstreamOptions> ejecting(UnaryOperator<UpstreamOptions> policy) {
        return options ->
                policy.apply(options).withHealth(HealthOptions.defaults().withEjection(EjectionRule.defaults()));
    }

    /** The same with a second server asked beside those that take longer than 95 of 100. */
    static UnaryOperator<UpstreamOptions> hedging(UnaryOperator<UpstreamOptions> policy) {
        return options -> policy.apply(options).withHedge(new HedgeRule(95, 10));
    }

    /** The same with a budget of retries. */
    static UnaryOperator<UpstreamOptions> budget(UnaryOperator<UpstreamOptions> policy, int percent) {
        return options -> policy.apply(options).withRetryPercent(percent);
    }
}
