package io.erulb.rules.filter;

import static java.util.Objects.requireNonNull;

import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Verdict;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** {@code time}: the wall clock of a zone is within one of some weekly windows. */
public final class TimeProvider implements FilterProvider {
    private final Clock clock;

    /** Goes by the system's clock. */
    public TimeProvider() {
        this(Clock.systemUTC());
    }

    /** Goes by another clock. */
    TimeProvider(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public String type() {
        return "time";
    }

    @Override
    public Filter create(FilterArgs args) {
        ZoneId zone = zone(args);
        List<TimeWindow> windows = new ArrayList<>();
        for (FilterArgs window : args.objects("windows")) {
            windows.add(TimeWindow.read(window));
        }
        return new TimeFilter(clock, zone, List.copyOf(windows));
    }

    private static ZoneId zone(FilterArgs args) {
        try {
            return ZoneId.of(args.text("zone", "UTC"));
        } catch (DateTimeException e) {
            args.fault("zone", "expected: a zone such as Europe/Berlin, UTC or +02:00");
            return ZoneOffset.UTC;
        }
    }

    private record TimeFilter(Clock clock, ZoneId zone, List<TimeWindow> windows) implements Filter {
        @Override
        public Verdict test(RequestView request) {
            LocalDateTime now = now();
            for (int i = 0; i < windows.size(); i++) {
                if (windows.get(i).holds(now)) {
                    return Verdict.MATCH;
                }
            }
            return Verdict.MISS;
        }

        @Override
        public Evidence evidence(RequestView request) {
            LocalDateTime now = now();
            return Evidence.of(now.getDayOfWeek() + " " + now + " " + zone, windows.toString());
        }

        @Override
        public Condition condition() {
            BitSet minutes = new BitSet();
            windows.forEach(window -> window.addTo(minutes));
            return new Condition.Clock(zone, minutes);
        }

        private LocalDateTime now() {
            return LocalDateTime.ofInstant(clock.instant(), zone);
        }
    }
}
