package io.erulb.routing;

import io.erulb.routing.RoutingDraft.Place;
import io.erulb.routing.RoutingFault.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values from a store that were bad when they came, by place, until that place is settled. Guarded by its owner. */
final class SetAside {
    private final Map<Place, List<RoutingProblem>> problems = new LinkedHashMap<>();

    void settle(Collection<Place> places) {
        problems.keySet().removeIf(place -> places.contains(place) || places.contains(place.whole()));
    }

    void add(List<RoutingFault> faults, long revision, Instant now) {
        Map<Place, List<RoutingProblem>> fresh = new LinkedHashMap<>();
        for (RoutingFault fault : faults) {
            fresh.computeIfAbsent(placeOf(fault), place -> new ArrayList<>())
                    .add(new RoutingProblem(fault, revision, now));
        }
        problems.putAll(fresh);
    }

    private static Place placeOf(RoutingFault fault) {
        return new Place(fault.kind(), fault.name(), fault.kind() == Kind.UPSTREAM ? fault.part() : null);
    }

    List<RoutingProblem> problems() {
        return problems.values().stream().flatMap(List::stream).toList();
    }
}
