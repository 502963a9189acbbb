package io.erulb.admin;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingOptions;
import io.erulb.routing.RoutingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tags of a table by what differs from one asked about before: the same as by looking at all of it. */
class ConfigTagsTest {
    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());
    private final ConfigTags tags = new ConfigTags(routing);
    private final Random random = new Random(5);

    @AfterEach
    void close() {
        routing.close();
    }

    @Test
    void areThoseOfTheTableWhateverWasAskedBefore() {
        List<RoutingTable> tables = new ArrayList<>(List.of(routing.current()));
        for (int i = 0; i < 400; i++) {
            tables.add(routing.apply(anything()));
            if (random.nextInt(3) == 0) {
                RoutingTable any = tables.get(tables.size() - 1 - random.nextInt(Math.min(tables.size(), 20)));
                assertThat(tags.digest(any)).isEqualTo(afresh(any));
            }
        }
    }

    @Test
    void areThoseOfTheTableHoweverMuchChangedSince() {
        tags.digest(routing.apply(anything()));
        RoutingChange.Builder much = RoutingChange.builder();
        for (int i = 0; i < 2_000; i++) {
            much.putDomain("many" + i, toUpstream("up" + i));
        }
        routing.apply(much.build());
        assertThat(tags.digest(routing.current())).isEqualTo(afresh(routing.current()));

        for (int i = 0; i < 3_000; i++) {
            routing.apply(anything());
        }

        assertThat(tags.digest(routing.current())).isEqualTo(afresh(routing.current()));
    }

    @Test
    void comeBackWithWhatWasConfigured() {
        RoutingTable before = routing.apply(
                RoutingChange.builder().putDomain("a", toUpstream("up1")).build());
        String tag = tags.config(before);

        routing.apply(RoutingChange.builder().putDomain("a", toUpstream("up2")).build());
        assertThat(tags.config(routing.current())).isNotEqualTo(tag);

        routing.apply(RoutingChange.builder().putDomain("a", toUpstream("up1")).build());
        assertThat(tags.config(routing.current())).isEqualTo(tag);
    }

    private RoutingChange anything() {
        RoutingChange.Builder change = RoutingChange.builder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String name = "n" + random.nextInt(10);
            switch (random.nextInt(4)) {
                case 0 -> change.removeDomain(name);
                case 1 -> change.removeUpstream(name);
                case 2 -> change.putDomain(name, toUpstream("up" + random.nextInt(5)));
                default -> change.putServer(name, "127.0.0.1", "weight=" + (1 + random.nextInt(5)));
            }
        }
        return change.build();
    }

    /** By one that was never asked anything. */
    private String afresh(RoutingTable table) {
        return new ConfigTags(routing).digest(table);
    }
}
