package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.FleetMember.Config;
import io.erulb.routing.FleetMember.Problem;
import io.erulb.routing.RoutingFault.Kind;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FleetCardTest {
    private static final Instant STARTED = Instant.parse("2026-11-26T16:00:00.123Z");

    @Test
    void isReadAsItWasWritten() {
        FleetCard card = card(
                new Problem(Kind.DOMAIN, "t.local", 12, "domain t.local, rule r1: bad pattern"),
                new Problem(Kind.UPSTREAM, "up with blanks", 0, ""));

        assertThat(FleetCard.parse(card.format())).isEqualTo(card);
    }

    @Test
    void isMadeForReading() {
        assertThat(card(new Problem(Kind.DOMAIN, "t.local", 12, "bad\tpattern\n"))
                        .format())
                .isEqualTo("name\tweb 1:8080\nversion\t1.0.0\nstarted\t2026-11-26T16:00:00.123Z\nrevision\t1234\n"
                        + "config\ta-b\nproblem\t12\tdomain\tt.local\tbad pattern \n");
    }

    @Test
    void staysSmallHoweverManyProblemsThereAre() {
        Problem problem = new Problem(Kind.DOMAIN, "t.local", 12, "x".repeat(10_000));

        String text =
                new FleetCard("a", "1", STARTED, new Config(1, "t"), Collections.nCopies(1_000, problem)).format();

        assertThat(text).hasSizeLessThan(8_000);
        assertThat(FleetCard.parse(text)).isNotNull();
    }

    @Test
    void leavesNewLinesToNewerVersions() {
        FleetCard card = card();

        assertThat(FleetCard.parse("weather\tfine\n" + card.format())).isEqualTo(card);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "name\ta", "name\ta\nversion\t1\nstarted\tnow\nrevision\t1\nconfig\tx"})
    void isNothingElse(String text) {
        assertThat(FleetCard.parse(text)).isNull();
    }

    private static FleetCard card(Problem... problems) {
        return new FleetCard("web 1:8080", "1.0.0", STARTED, new Config(1234, "a-b"), List.of(problems));
    }
}
