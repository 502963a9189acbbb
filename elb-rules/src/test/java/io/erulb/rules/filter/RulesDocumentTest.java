package io.erulb.rules.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.erulb.rules.Decision;
import io.erulb.rules.Fault;
import io.erulb.rules.FilterTypes;
import io.erulb.rules.Graphs;
import io.erulb.rules.HeaderField;
import io.erulb.rules.HeldRequest;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.RuleSet;
import io.erulb.rules.RuleSetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every example of docs/rules.md: a document, then the requests or the faults beneath it. */
class RulesDocumentTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("```json\n(.*?)```\n\n```(requests|faults)\n(.*?)```", Pattern.DOTALL);
    private static final Instant SOME_TIME = Instant.parse("2026-01-01T00:00:00Z");

    record Example(String json, String kind, List<String> lines) {
        @Override
        public String toString() {
            return lines.get(0);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsTrue(Example example) {
        if (example.kind.equals("faults")) {
            assertThat(faults(example.json)).isEqualTo(example.lines);
        } else {
            assertThat(decided(example))
                    .isEqualTo(example.lines.stream()
                            .map(line -> line.substring(line.indexOf("=>") + 2).strip())
                            .toList());
        }
    }

    @Test
    void everyDocumentHasItsRequestsOrFaults() throws IOException {
        assertThat(text().split("```json\n", -1)).hasSize(examples().size() + 1);
    }

    @Test
    void everyTypeHasAnExample() throws IOException {
        String examples = examples().stream().map(Example::json).collect(Collectors.joining());

        assertThat(FilterTypes.installed().names())
                .allSatisfy(type -> assertThat(examples).contains("\"type\": \"" + type + "\""));
    }

    @Test
    void everyArgumentHasARowInItsTypesSection() throws IOException {
        String text = text();

        for (String type : FilterTypes.installed().names()) {
            String heading = text.lines()
                    .filter(line -> line.startsWith("### ") && line.contains("`" + type + "`"))
                    .findFirst()
                    .orElseThrow();
            String section = text.substring(text.indexOf(heading)).split("\n##", 2)[0];
            assertThat(arguments(type)).allSatisfy(name -> assertThat(section).contains("\n| `" + name + "`"));
        }
    }

    /** What a type accepts, by its own words about an argument it does not know. */
    private static List<String> arguments(String type) {
        if (type.equals("backend")) {
            return List.of("servername");
        }
        return Graphs.terminalFaults(type, "'nonsense': 1").stream()
                .filter(fault -> fault.contains("nonsense"))
                .map(fault -> fault.substring(fault.indexOf("expected: ") + 10, fault.length() - 1))
                .flatMap(names -> Stream.of(names.split(", ", -1)))
                .filter(name -> !name.equals("succ") && !name.equals("fail"))
                .toList();
    }

    /** What the rules decide of the requests, one after the other. */
    private static List<String> decided(Example example) {
        Now now = new Now();
        RuleGraph graph = compile(example.json, now);
        return example.lines.stream().map(line -> decided(graph, line, now)).toList();
    }

    private static String decided(RuleGraph graph, String line, Now now) {
        String[] parts = line.substring(0, line.indexOf("=>")).strip().split(" +\\| +", -1);
        String[] start = parts[0].split(" ", 2);
        RequestFacts request = RequestFacts.of(start[0], start[1]);
        boolean stays = false;
        for (String part : List.of(parts).subList(1, parts.length)) {
            if (part.startsWith("client ")) {
                request = request.withClient(part.substring(7));
            } else if (part.startsWith("at ")) {
                now.instant = Instant.parse(part.substring(3));
            } else if (part.equals("stays")) {
                stays = true;
            } else {
                request = request.withHeader(part.split(": ", 2)[0], part.split(": ", 2)[1]);
            }
        }
        return written(graph.decide(stays ? new HeldRequest(request) : request));
    }

    /** The time that an example says it is. */
    private static final class Now extends Clock {
        private Instant instant = SOME_TIME;

        long nanos() {
            return Duration.between(SOME_TIME, instant).toNanos();
        }

        @Override
        public Instant instant() {
            return instant;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private static String written(Decision decision) {
        if (decision instanceof Decision.Forward forward) {
            String path = forward.path() == null ? "" : " with path " + forward.path();
            return "forward " + forward.upstream() + path + written(forward.headers());
        }
        if (decision instanceof Decision.Redirect redirect) {
            return "redirect " + redirect.status() + " " + redirect.location();
        }
        if (decision instanceof Decision.Respond respond) {
            boolean plain =
                    respond.headers().equals(List.of(HeaderField.of("Content-Type", "text/plain; charset=utf-8")));
            return ("respond " + respond.status() + " " + respond.body()).strip()
                    + (plain ? "" : written(respond.headers()));
        }
        return "reject " + ((Decision.Reject) decision).status();
    }

    private static String written(List<HeaderField> headers) {
        return headers.stream()
                .flatMap(field -> field.values().stream().map(value -> "; " + field.name() + ": " + value))
                .collect(Collectors.joining());
    }

    private static List<String> faults(String json) {
        return catchThrowableOfType(RuleSetException.class, () -> compile(json, new Now())).faults().stream()
                .map(Fault::toString)
                .flatMap(String::lines)
                .toList();
    }

    private static RuleGraph compile(String json, Now now) {
        FilterTypes types = FilterTypes.none()
                .with(new UaProvider(), new PathProvider(), new HostProvider(), new MethodProvider())
                .with(new HeaderProvider(), new CookieProvider(), new QueryProvider(), new ClientProvider())
                .with(new SplitProvider(() -> 0.5), new TimeProvider(now))
                .with(new RateProvider(now::nanos), new ConcurrencyProvider(now::nanos))
                .with(new BackendProvider(), new RedirectProvider(), new RespondProvider());
        return RuleGraph.compile("t.local", RuleSet.parse(json), types);
    }

    private static List<Example> examples() throws IOException {
        return EXAMPLE.matcher(text()).results().map(RulesDocumentTest::example).toList();
    }

    private static Example example(MatchResult found) {
        return new Example(
                found.group(1), found.group(2), found.group(3).lines().toList());
    }

    private static String text() throws IOException {
        return Files.readString(Path.of("..", "docs", "rules.md"));
    }
}
