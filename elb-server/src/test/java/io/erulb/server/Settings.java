package io.erulb.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** Settings for tests, written as a shell has them: {@code NAME=value NAME=value}. */
final class Settings {
    private Settings() {}

    static Map<String, String> parse(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String pair : text.strip().split(" (?=[A-Z_]+=)", -1)) {
            int equals = pair.indexOf('=');
            settings.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return settings;
    }
}
