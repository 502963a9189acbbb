package io.erulb.server;

import io.erulb.routing.FleetMember;
import io.erulb.routing.FleetMember.Config;
import io.erulb.routing.FleetMember.Problem;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.routing.RoutingTable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an instance tells of itself, as it is kept in the store: lines that people can read, a name and what it is, with a
 * tab between and between the parts of a problem. Names that are not known are left to newer versions. Immutable.
 *
 * <pre>
 * name      web1:8080
 * version   1.0.0
 * started   2026-11-26T16:00:00Z
 * revision  1234
 * config    0f343b0931126a20f133d67c-2b018a3b0f343b0931126a20
 * problem   1230  domain  t.local  domain t.local, rule r1, pattern: bad pattern
 * </pre>
 */
record FleetCard(String name, String version, Instant started, Config config, List<Problem> problems) {
    private static final int MOST_PROBLEMS = 20;
    private static final int LONGEST_PROBLEM = 300;
    private static final int PROBLEM_PARTS = 4;

    FleetCard {
        problems = List.copyOf(problems);
    }

    /** Tells what is in force at the time it is asked, for an instance that starts now. */
    static Supplier<FleetCard> of(String name, LiveRouting routing, Function<RoutingTable, String> tag) {
        Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String version = FleetCard.class.getPackage().getImplementationVersion();
        return () -> {
            RoutingTable table = routing.current();
            return new FleetCard(
                    name,
                    version == null ? "unknown" : version,
                    started,
                    new Config(table.sourceRevision(), tag.apply(table)),
                    table.problems().stream().map(Problem::of).toList());
        };
    }

    String format() {
        List<String> lines = new ArrayList<>(List.of(
                line("name", name),
                line("version", version),
                line("started", started.toString()),
                line("revision", Long.toString(config.revision())),
                line("config", config.tag())));
        problems.stream().limit(MOST_PROBLEMS).map(FleetCard::line).forEach(lines::add);
        return String.join("\n", lines) + '\n';
    }

    private static String line(Problem problem) {
        String message = problem.message();
        String kept = message.length() > LONGEST_PROBLEM ? message.substring(0, LONGEST_PROBLEM) + "..." : message;
        return line("problem", Long.toString(problem.revision()), problem.kind().word(), problem.name(), kept);
    }

    private static String line(String... parts) {
        return String.join(
                "\t",
                Arrays.stream(parts)
                        .map(part -> part.replaceAll("\\p{Cntrl}+", " "))
                        .toList());
    }

    /** Null when the text is none, which someone else has put there. */
    static @Nullable FleetCard parse(String text) {
        Map<String, String> single = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        try {
            for (String line : text.lines().toList()) {
                String[] nameAndRest = line.split("\t", 2);
                if (nameAndRest[0].equals("problem")) {
                    problems.add(problem(nameAndRest[1]));
                } else {
                    single.put(nameAndRest[0], nameAndRest[1]);
                }
            }
            return card(single, problems);
        } catch (RuntimeException none) {
            return null;
        }
    }

    private static FleetCard card(Map<String, String> single, List<Problem> problems) {
        return new FleetCard(
                Objects.requireNonNull(single.get("name")),
                Objects.requireNonNull(single.get("version")),
                Instant.parse(Objects.requireNonNull(single.get("started"))),
                new Config(Long.parseLong(single.get("revision")), Objects.requireNonNull(single.get("config"))),
                problems);
    }

    private static Problem problem(String text) {
        String[] parts = text.split("\t", PROBLEM_PARTS);
        return new Problem(Kind.of(parts[1]), parts[2], Long.parseLong(parts[0]), parts[3]);
    }

    /** The same as routing has it. */
    FleetMember member(boolean self, Duration age) {
        return new FleetMember(name, self, version, started, age, config, problems);
    }
}
