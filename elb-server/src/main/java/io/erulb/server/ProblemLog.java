package io.erulb.server;

import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingFault;
import io.erulb.routing.RoutingProblem;
import io.erulb.routing.TableChange;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Logger;

/** Logs each problem of the configuration in force once when it comes, and once when it goes. */
final class ProblemLog implements Consumer<TableChange> {
    private static final Logger LOG = Logger.getLogger(ProblemLog.class.getName());

    private final LiveRouting routing;

    /** Guarded by this. */
    private Set<RoutingFault> known = Set.of();

    ProblemLog(LiveRouting routing) {
        this.routing = routing;
    }

    @Override
    public synchronized void accept(TableChange change) {
        Set<RoutingFault> present = new HashSet<>();
        routing.problems().stream().map(RoutingProblem::fault).forEach(present::add);
        present.stream().filter(fault -> !known.contains(fault)).forEach(fault -> LOG.warning(fault::toString));
        known.stream()
                .filter(fault -> !present.contains(fault))
                .forEach(fault -> LOG.info(() -> "mended: " + firstLine(fault)));
        known = present;
    }

    /** Without the reasons beneath, which are in the log since it came. */
    private static String firstLine(RoutingFault fault) {
        return fault.toString().lines().findFirst().orElse("");
    }
}
