package io.erulb.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Upstream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table looks at what changes only. Whatever the changes were, it is the one that the last state alone would make. */
class StepByStepTest {
    private static final List<String> DOMAINS = List.of(
            "t.local", "T.local", "t.local.", "t.local:8080", "*.local", "*.LOCAL", "*", "u.local", "v.u.local");
    private static final List<String> HOSTS =
            List.of("t.local", "T.LOCAL", "t.local.", "T.local:8080", "x.local", "a.u.local", "v.u.local", "other", "");
    private static final List<String> UPSTREAMS =
            List.of("up", "other", "127.0.0.1:81", "known.test", "unknown.test", "no~name");
    private static final List<String> SERVERS =
            List.of("127.0.0.1:81", "127.0.0.1:82", "known.test:81", "unknown.test", "unknown.test:82");

    private final LiveRouting routing = create();
    private final List<TableChange> told = new ArrayList<>();
    private final Map<String, String> domains = new TreeMap<>();
    private final Map<String, Map<String, String>> upstreams = new TreeMap<>();

    private static LiveRouting create() {
        return LiveRouting.create(RoutingOptions.defaults().withResolver(StepByStepTest::resolve, Duration.ofDays(1)));
    }

    private static Resolved resolve(String host) throws UnknownHostException {
        if (host.startsWith("un")) {
            throw new UnknownHostException(host);
        }
        return Resolved.of(List.of(InetAddress.getLoopbackAddress()));
    }

    @AfterEach
    void close() {
        routing.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheTableThatTheLastStateMakesAtOnce(long seed) {
        Random random = new Random(seed);
        routing.onPublish(told::add);
        for (int step = 0; step < 150; step++) {
            RoutingChange.Builder change = RoutingChange.builder();
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                edit(change, random);
            }
            RoutingPreview preview = routing.preview(change.build());
            List<RoutingFault> before = faults(routing);
            RoutingTable tableBefore = routing.current();
            told.clear();

            routing.apply(change.build());

            tells(tableBefore, routing.current());
            try (LiveRouting atOnce = create()) {
                atOnce.apply(whole());
                assertThat(described(routing)).isEqualTo(described(atOnce));
            }
            List<RoutingFault> fresh = new ArrayList<>(faults(routing));
            fresh.removeAll(before);
            assertThat(preview.problems()).isEqualTo(fresh);
        }
    }

    /** What differs is told, and a table in which nothing does is none. */
    private void tells(RoutingTable before, RoutingTable after) {
        if (before.version() == after.version()) {
            assertThat(told).isEmpty();
            assertThat(after.domains()).isEqualTo(before.domains());
            assertThat(after.upstreams()).isEqualTo(before.upstreams());
            return;
        }
        assertThat(told).hasSize(1);
        assertThat(told.get(0).domains()).isEqualTo(different(DOMAINS, before.domains()::get, after.domains()::get));
        assertThat(told.get(0).upstreams())
                .isEqualTo(different(
                        UPSTREAMS,
                        name -> Arrays.asList(before.upstreams().get(name), before.upstream(name)),
                        name -> Arrays.asList(after.upstreams().get(name), after.upstream(name))));
    }

    private static Set<String> different(
            List<String> names, Function<String, Object> before, Function<String, Object> after) {
        return names.stream()
                .filter(name -> !Objects.equals(before.apply(name), after.apply(name)))
                .collect(Collectors.toSet());
    }

    private void edit(RoutingChange.Builder change, Random random) {
        String upstream = any(UPSTREAMS, random);
        String server = any(SERVERS, random);
        switch (random.nextInt(7)) {
            case 0, 1 -> putDomain(change, any(DOMAINS, random), document(random));
            case 2 -> {
                String domain = any(DOMAINS, random);
                change.removeDomain(domain);
                domains.remove(domain);
            }
            case 3 -> {
                String parameters = random.nextBoolean() ? "" : "weight=" + (1 + random.nextInt(3));
                change.putServer(upstream, server, parameters);
                upstreams
                        .computeIfAbsent(upstream, fresh -> new LinkedHashMap<>())
                        .put(server, parameters);
            }
            case 4 -> {
                change.removeServer(upstream, server);
                upstreams.computeIfPresent(upstream, (name, servers) -> without(servers, server));
            }
            case 5 -> {
                Map<String, String> servers = new LinkedHashMap<>();
                for (int count = random.nextInt(3); count > 0; count--) {
                    servers.put(any(SERVERS, random), "");
                }
                change.putUpstream(upstream, servers);
                upstreams.put(upstream, servers);
            }
            default -> {
                change.removeUpstream(upstream);
                upstreams.remove(upstream);
            }
        }
    }

    private void putDomain(RoutingChange.Builder change, String domain, String document) {
        change.putDomain(domain, document);
        domains.put(domain, document);
    }

    private static Map<String, String> without(Map<String, String> servers, String server) {
        boolean gone = servers.remove(server) != null;
        return gone && servers.isEmpty() ? null : servers;
    }

    private static String document(Random random) {
        return "{\"init\":\"f\",\"rules\":{"
                + "\"f\":{\"type\":\"path\",\"args\":{\"pattern\":\"/a\",\"succ\":\"r\",\"fail\":\"s\"}},"
                + "\"r\":{\"type\":\"backend\",\"args\":{\"servername\":\"" + any(UPSTREAMS, random) + "\"}},"
                + "\"s\":{\"type\":\"backend\",\"args\":{\"servername\":\"" + any(UPSTREAMS, random) + "\"}}}}";
    }

    private static String any(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private RoutingChange whole() {
        RoutingChange.Builder change = RoutingChange.builder();
        domains.forEach(change::putDomain);
        upstreams.forEach(change::putUpstream);
        return change.build();
    }

    private static List<RoutingFault> faults(LiveRouting routing) {
        return routing.problems().stream().map(RoutingProblem::fault).toList();
    }

    /** All that a table answers. */
    private static List<String> described(LiveRouting routing) {
        RoutingTable table = routing.current();
        List<String> lines = new ArrayList<>();
        table.domains().forEach((name, domain) -> lines.add(name + ' ' + domain.rules()));
        table.upstreams().forEach((name, upstream) -> lines.add(name + ' ' + upstream.parameters()));
        for (String host : HOSTS) {
            Domain domain = table.domain(host);
            lines.add(host + " -> " + (domain == null ? null : domain.name()));
        }
        for (String name : UPSTREAMS) {
            lines.add(name + " -> " + described(table.upstream(name)));
        }
        lines.add(table.liveUpstreams().map(Upstream::name).sorted().toList().toString());
        routing.problems().forEach(problem -> lines.add(problem.fault().toString()));
        return lines;
    }

    private static List<String> described(Upstream upstream) {
        return upstream == null
                ? null
                : upstream.peers().stream()
                        .map(peer -> peer.address() + " " + peer.spec())
                        .toList();
    }
}
