package io.erulb.rules.filter;

import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.IpRange;
import io.erulb.rules.spi.IpRanges;
import io.erulb.rules.spi.Verdict;
import java.util.ArrayList;
import java.util.List;

/** {@code client}: the client's address is in one of some blocks. */
public final class ClientProvider implements FilterProvider {
    @Override
    public String type() {
        return "client";
    }

    @Override
    public Filter create(FilterArgs args) {
        List<String> blocks = args.texts("cidr");
        List<IpRange> ranges = new ArrayList<>();
        for (String block : blocks) {
            try {
                ranges.add(IpRange.parse(block));
            } catch (IllegalArgumentException e) {
                args.fault("cidr", String.valueOf(e.getMessage()));
            }
        }
        return new ClientFilter(IpRanges.of(ranges), List.copyOf(ranges), String.join(", ", blocks));
    }

    private record ClientFilter(IpRanges ranges, List<IpRange> blocks, String expected) implements Filter {
        @Override
        public Verdict test(RequestView request) {
            return Verdict.of(ranges.contains(request.client()));
        }

        @Override
        public Evidence evidence(RequestView request) {
            return Evidence.of(request.client().getHostAddress(), expected);
        }

        @Override
        public Condition condition() {
            return new Condition.Client(blocks);
        }
    }
}
