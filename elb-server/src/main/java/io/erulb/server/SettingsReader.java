package io.erulb.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings by name and collects what is wrong with them, so that all of it is told at once. A setting that is
 * blank counts as absent, since that is how container platforms pass on what is not set. Use from one thread.
 */
final class SettingsReader {
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Map<String, String> values;
    private final List<String> faults = new ArrayList<>();
    private final SortedSet<String> names = new TreeSet<>();

    SettingsReader(Map<String, String> values) {
        this.values = values;
    }

    /** The value without the blanks around it, or null when it is absent. */
    @Nullable
    String text(String name) {
        names.add(name);
        String value = values.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    String text(String name, String fallback) {
        String value = text(name);
        return value == null ? fallback : value;
    }

    /** A value that a parser makes something of, or else the fallback; the parser's null is a fault. */
    <T> T parsed(String name, T fallback, Expected<T> expected) {
        String value = text(name);
        if (value == null) {
            return fallback;
        }
        T parsed = expected.parser().apply(value);
        if (parsed == null) {
            refuse(name, value, expected.words());
            return fallback;
        }
        return parsed;
    }

    /** A value that a parser makes something of, or null when it is absent or faulty. */
    <T> @Nullable T optional(String name, Expected<T> expected) {
        String value = text(name);
        T parsed = value == null ? null : expected.parser().apply(value);
        if (value != null && parsed == null) {
            refuse(name, value, expected.words());
        }
        return parsed;
    }

    HostPort address(String name, String fallback) {
        HostPort address = HostPort.parse(fallback);
        if (address == null) {
            throw new IllegalArgumentException(fallback);
        }
        return parsed(name, address, ADDRESS);
    }

    /** Whether something is {@code on} rather than {@code off}. */
    boolean onOff(String name, boolean fallback) {
        return parsed(name, fallback, new Expected<>("on or off", text -> switch (text) {
            case "on" -> Boolean.TRUE;
            case "off" -> Boolean.FALSE;
            default -> null;
        }));
    }

    /** A whole number from 1 to {@code most}. */
    int integer(String name, int fallback, int most) {
        return integer(name, fallback, 1, most);
    }

    /** A whole number from {@code least}, which is not negative, to {@code most}. */
    int integer(String name, int fallback, int least, int most) {
        return parsed(name, fallback, new Expected<>("a number from " + least + " to " + most, text -> {
            int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
            return number < least || number > most ? null : Integer.valueOf(number);
        }));
    }

    /** A size in bytes from {@code least} to {@code most}. */
    int size(String name, int fallback, int least, int most) {
        String words = "a size from " + least + " to " + most + " bytes, such as " + fallback / 1024 + "k";
        return parsed(name, fallback, new Expected<>(words, text -> {
            Long bytes = Quantity.bytes(text);
            return bytes == null || bytes < least || bytes > most ? null : Integer.valueOf(bytes.intValue());
        }));
    }

    /** A time of at least {@code least}. */
    Duration duration(String name, Duration fallback, Duration least) {
        String words =
                (least.isZero() ? "a time of up to 30d" : "a time above zero, up to 30d") + ", such as 500ms, 5s or 1h";
        return parsed(name, fallback, new Expected<>(words, text -> {
            Duration time = Quantity.duration(text);
            return time == null || time.compareTo(least) < 0 || time.compareTo(LONGEST) > 0 ? null : time;
        }));
    }

    /** Records a fault with the value that caused it. */
    void refuse(String name, String value, String expected) {
        refuse(name + ": " + value + " (expected: " + expected + ")");
    }

    /** Records a fault as a sentence of its own, for a value that must not be shown or is missing. */
    void refuse(String sentence) {
        faults.add(sentence);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Every setting that was asked for. */
    SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(names);
    }

    static final Expected<HostPort> ADDRESS =
            new Expected<>("host:port with a port from 0 to 65535, such as 127.0.0.1:8080", HostPort::parse);

    /** What a value must be, in words, and the parser that knows; null from it means the value is not that. */
    record Expected<T>(String words, Function<String, @Nullable T> parser) {}
}
