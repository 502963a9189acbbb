package io.erulb.server.imports;

import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingFault;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.routing.RoutingOptions;
import io.erulb.rules.FilterTypes;
import io.erulb.server.imports.Findings.Entry;
import io.erulb.server.imports.Plan.Fate;
import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.StoredConfig;
import io.erulb.store.StoredValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plan: compares what was found with what the store holds, and has routing judge it as it does for the admin API.
 * For one plan.
 */
final class Planning {
    private final Findings found;
    private final StoredConfig base;
    private final LiveRouting routing;
    private final Set<ConfigKey> refused = new HashSet<>();
    private final List<String> faults;
    private final List<String> warnings;

    private Planning(Findings found, StoredConfig base, LiveRouting routing) {
        this.found = found;
        this.base = base;
        this.routing = routing;
        this.faults = new ArrayList<>(found.faults());
        this.warnings = new ArrayList<>(found.warnings());
    }

    /**
     * The plan.
     *
     * @param filters the filter types that rules may use
     */
    static Plan of(Findings found, StoredConfig base, FilterTypes filters) {
        try (LiveRouting routing = LiveRouting.create(RoutingOptions.defaults().withFilters(filters))) {
            Map<ConfigKey, String> stored = new TreeMap<>();
            base.entries().forEach((key, value) -> stored.put(key, value.text()));
            routing.merge(change(stored), base.revision());
            return new Planning(found, base, routing).plan();
        }
    }

    private static RoutingChange change(Map<ConfigKey, String> values) {
        RoutingChange.Builder change = RoutingChange.builder();
        values.forEach((key, value) -> {
            if (key instanceof ServerKey server) {
                change.putServer(server.upstream(), server.server(), value);
            } else if (key instanceof DomainKey domain) {
                change.putDomain(domain.domain(), value);
            }
        });
        return change.build();
    }

    private Plan plan() {
        routing.preview(change(good())).faults().forEach(this::refuse);
        found.entries().keySet().stream().filter(found::isRefused).forEach(refused::add);
        routing.preview(change(good())).problems().forEach(problem -> warnings.add(placed(problem)));
        warnOfOtherServers();
        return new Plan(lines(), faults, warnings);
    }

    /** What was found and is not refused yet. */
    private Map<ConfigKey, String> good() {
        Map<ConfigKey, String> good = new TreeMap<>();
        found.entries().forEach((key, entry) -> {
            if (!refused.contains(key)) {
                good.put(key, entry.value());
            }
        });
        return good;
    }

    private void refuse(RoutingFault fault) {
        refused.add(key(fault));
        faults.add(placed(fault));
    }

    /** Every fault of what was found is of a key: a change here has no upstream as a whole. */
    private static ConfigKey key(RoutingFault fault) {
        return fault.kind() == Kind.DOMAIN
                ? new DomainKey(fault.name())
                : new ServerKey(fault.name(), String.valueOf(fault.part()));
    }

    private String placed(RoutingFault fault) {
        Entry entry = found.entries().get(key(fault));
        return (entry == null ? "" : entry.place() + ": ") + sentence(fault);
    }

    private static String sentence(RoutingFault fault) {
        StringBuilder text = new StringBuilder(fault.kind().word()).append(' ').append(fault.name());
        if (fault.part() != null) {
            text.append(", ").append(fault.kind().partWord()).append(' ').append(fault.part());
        }
        if (fault.field() != null) {
            text.append(", ").append(fault.field());
        }
        text.append(": ");
        return fault.value() == null
                ? text.append(fault.message()).toString()
                : text.append(fault.value())
                        .append(" (")
                        .append(fault.message())
                        .append(')')
                        .toString();
    }

    /** Servers that an upstream has in the store and in no source stay, which is easily overlooked. */
    private void warnOfOtherServers() {
        Set<String> ours = new HashSet<>();
        servers(good().keySet()).forEach(server -> ours.add(server.upstream()));
        servers(base.entries().keySet())
                .filter(server -> ours.contains(server.upstream()))
                .filter(server -> !found.entries().containsKey(server))
                .forEach(server -> warnings.add("upstream " + server.upstream() + " keeps the server " + server.server()
                        + " that it has in the store"));
    }

    private static Stream<ServerKey> servers(Set<ConfigKey> keys) {
        return keys.stream().filter(ServerKey.class::isInstance).map(ServerKey.class::cast);
    }

    private List<Plan.Line> lines() {
        List<Plan.Line> lines = new ArrayList<>();
        found.entries().forEach((key, entry) -> {
            StoredValue value = base.entries().get(key);
            String stored = value == null ? null : value.text();
            lines.add(new Plan.Line(key, entry.value(), stored, fate(key, entry.value(), stored)));
        });
        return lines;
    }

    private Fate fate(ConfigKey key, String value, @Nullable String stored) {
        if (refused.contains(key)) {
            return Fate.REFUSED;
        }
        return stored == null ? Fate.NEW : stored.equals(value) ? Fate.SAME : Fate.DIFFERS;
    }
}
