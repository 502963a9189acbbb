package io.erulb.server;

import io.erulb.proxy.TrafficRecorder;
import io.erulb.rules.whatif.RecentRequests;
import io.erulb.rules.whatif.Secrets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads how many requests are kept to try other rules on. */
final class WhatIfSettings {
    private static final int MOST_SAMPLED = 1_000_000;
    private static final SettingsReader.Expected<Secrets> SECRETS = new SettingsReader.Expected<>(
            "names of headers by comma, such as X-Session,query:pin", WhatIfSettings::secrets);

    private WhatIfSettings() {}

    /** Null when none are kept. */
    static TrafficRecorder.@Nullable Settings read(SettingsReader settings) {
        int size = settings.integer("WHATIF", 0, 0, RecentRequests.MOST);
        int oneIn = settings.integer("WHATIF_SAMPLE", 1, MOST_SAMPLED);
        Secrets secrets = settings.parsed("WHATIF_SECRETS", Secrets.usual(), SECRETS);
        return size == 0 ? null : new TrafficRecorder.Settings(size, oneIn, secrets);
    }

    private static @Nullable Secrets secrets(String text) {
        try {
            return Secrets.usualAnd(
                    Arrays.stream(text.split(",", -1)).map(String::strip).toList());
        } catch (IllegalArgumentException notAName) {
            return null;
        }
    }
}
