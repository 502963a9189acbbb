package io.erulb.rules.filter;

import static io.erulb.rules.Graphs.filter;
import static io.erulb.rules.Graphs.filterFaults;
import static io.erulb.rules.Graphs.matches;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.RequestFacts;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeProviderTest {
    private static final RequestFacts REQUEST = RequestFacts.get("http://t.local/");

    /** 2026-01-02 is a Friday. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {'from': '09:00', 'to': '17:00'}                        | 2026-01-02T08:59:59Z | false
                    {'from': '09:00', 'to': '17:00'}                        | 2026-01-02T09:00:00Z | true
                    {'from': '09:00', 'to': '17:00'}                        | 2026-01-02T16:59:59Z | true
                    {'from': '09:00', 'to': '17:00'}                        | 2026-01-02T17:00:00Z | false
                    {'days': 'fri'}                                         | 2026-01-02T00:00:00Z | true
                    {'days': 'fri'}                                         | 2026-01-02T23:59:59Z | true
                    {'days': 'fri'}                                         | 2026-01-03T00:00:00Z | false
                    {'days': ['MON-thu', 'sat']}                            | 2026-01-02T12:00:00Z | false
                    {'days': ['mon-thu', 'sat']}                            | 2026-01-03T12:00:00Z | true
                    {'days': 'sat-mon'}                                     | 2026-01-04T12:00:00Z | true
                    {'days': 'sat-mon'}                                     | 2026-01-02T12:00:00Z | false
                    {'days': 'fri', 'from': '22:00', 'to': '02:00'}         | 2026-01-03T01:59:00Z | true
                    {'days': 'fri', 'from': '22:00', 'to': '02:00'}         | 2026-01-03T02:00:00Z | false
                    {'days': 'fri', 'from': '22:00', 'to': '02:00'}         | 2026-01-02T01:00:00Z | false
                    {'days': 'fri', 'from': '22:00', 'to': '02:00'}         | 2026-01-02T22:00:00Z | true
                    {'days': 'mon'}, {'from': '12:00'}                      | 2026-01-02T12:00:00Z | true
                    """)
    void holdsInItsWindows(String windows, Instant now, boolean matched) {
        FilterTypes types = at(now);

        assertThat(matches(filter("time", "'windows': [" + windows + "]", types), REQUEST))
                .isEqualTo(matched);
    }

    @Test
    void goesByTheClockOfItsZone() {
        String args = "'zone': 'Europe/Berlin', 'windows': [{'from': '09:00', 'to': '10:00'}]";

        assertThat(matches(filter("time", args, at(Instant.parse("2026-01-02T08:30:00Z"))), REQUEST))
                .isTrue();
        assertThat(matches(filter("time", args, at(Instant.parse("2026-07-02T07:30:00Z"))), REQUEST))
                .isTrue();
        assertThat(matches(filter("time", args, at(Instant.parse("2026-07-02T08:30:00Z"))), REQUEST))
                .isFalse();
    }

    @Test
    void explainsByTheTimeItSaw() {
        String args = "'windows': [{'days': 'mon', 'from': '09:00'}]";

        var step = filter("time", args, at(Instant.parse("2026-01-02T08:30:00Z")))
                .explain(REQUEST)
                .steps()
                .get(0);

        assertThat(step.seen()).isEqualTo("FRIDAY 2026-01-02T08:30 UTC");
        assertThat(step.expected()).isEqualTo("[[MONDAY] 09:00-24:00]");
    }

    @Test
    void namesEveryFieldItCanNotRead() {
        String args = "'zone': 'Mars', 'windows': [{'from': '9:00', 'to': '25:00'}, {'days': 'fri-', 'till': '1'},"
                + " {'from': '10:00', 'to': '10:00'}]";

        assertThat(filterFaults("time", args))
                .containsExactly(
                        "t.local: rule r1: zone: \"Mars\" (expected: a zone such as Europe/Berlin, UTC or +02:00)",
                        "t.local: rule r1: windows[0].from: \"9:00\" (expected: a time from 00:00 to 24:00)",
                        "t.local: rule r1: windows[0].to: \"25:00\" (expected: a time from 00:00 to 24:00)",
                        "t.local: rule r1: windows[1].days: \"fri-\" (expected: days such as mon or mon-fri, of mon, tue,"
                                + " wed, thu, fri, sat, sun)",
                        "t.local: rule r1: windows[2].from: \"10:00\" (expected: a time before 24:00, other than to)",
                        "t.local: rule r1: windows[1].till: \"1\" (unknown; expected: days, from, to)");
    }

    private static FilterTypes at(Instant now) {
        return FilterTypes.none()
                .with(new TimeProvider(Clock.fixed(now, ZoneOffset.UTC)))
                .with(new BackendProvider());
    }
}
