package io.erulb.server;

import io.erulb.server.accesslog.AccessLogSettings;
import io.erulb.server.accesslog.LineFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads where requests are logged, and how. */
final class AccessLogReading {
    private static final SettingsReader.Expected<List<String>> HEADERS = new SettingsReader.Expected<>(
            "names of header fields by comma, such as Accept-Language,X-Request-Id; never ELB-Token",
            AccessLogReading::headers);
    private static final String FORMATS = "json, combined, or a line of visible characters with $http_NAME and $"
            + String.join(", $", LineFormat.variables());
    private static final SettingsReader.Expected<Path> FILE =
            new SettingsReader.Expected<>("off, stdout or a file", ServerConfig::path);

    private AccessLogReading() {}

    /** Null where nothing is logged. */
    static @Nullable AccessLogSettings read(SettingsReader settings) {
        String place = settings.text("ACCESS_LOG", "off");
        List<String> headers = settings.parsed("ACCESS_LOG_HEADERS", List.of(), HEADERS);
        LineFormat format = settings.parsed(
                "ACCESS_LOG_FORMAT",
                LineFormat.json(headers),
                new SettingsReader.Expected<>(FORMATS, text -> format(text, headers)));
        return switch (place) {
            case "off" -> null;
            case "stdout" -> new AccessLogSettings(null, format);
            default -> new AccessLogSettings(settings.optional("ACCESS_LOG", FILE), format);
        };
    }

    private static @Nullable LineFormat format(String text, List<String> headers) {
        return switch (text) {
            case "json" -> LineFormat.json(headers);
            case "combined" -> LineFormat.combined();
            default -> LineFormat.pattern(text);
        };
    }

    private static @Nullable List<String> headers(String text) {
        List<String> names = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String name = part.strip();
            if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || name.equalsIgnoreCase("ELB-Token")) {
                return null;
            }
            if (names.stream().noneMatch(name::equalsIgnoreCase)) {
                names.add(name);
            }
        }
        return names;
    }
}
