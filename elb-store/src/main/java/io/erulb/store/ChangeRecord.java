package io.erulb.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A change as it is kept: lines that people can read, with digests in place of values.
 *
 * <pre>
 * elb-change 1
 * at 2026-11-26T16:00:00Z
 * by admin
 * stored true
 * bytes 1830
 * message more weight for the new one
 * rules/t.local - 0f343b0931126a20f133d67c2b018a3b
 * </pre>
 *
 * @param bytes about how much the values have, before and after
 * @param lines one for each key, in the order of the keys
 */
record ChangeRecord(Instant at, ChangeHistory.Note note, long bytes, List<Line> lines) {
    /** Longer ones are kept as a text of their own. */
    static final int MOST_INLINE = 16 * 1024;

    private static final String HEAD = "elb-change 1";
    private static final String REFERENCE = HEAD + " in ";
    private static final int HEAD_LINES = 6;
    private static final Pattern BYTES =
            Pattern.compile("(?:^bytes |^" + REFERENCE + "\\S+ )(\\d{1,18})$", Pattern.MULTILINE);
    private static final String NOTHING = "-";
    private static final int DIGEST_LENGTH = 32;

    /** A key with the digests of its value before and after, null where there was none. */
    record Line(
            ConfigKey key,
            @Nullable String before,
            @Nullable String after) {
        void addDigests(Set<String> digests) {
            if (before != null) {
                digests.add(before);
            }
            if (after != null) {
                digests.add(after);
            }
        }
    }

    /** Makes a record, and collects the values by their digests. */
    static ChangeRecord of(
            Instant at, ChangeHistory.Note note, List<ChangeHistory.Edit> edits, Map<String, String> texts) {
        List<Line> lines = edits.stream()
                .map(edit -> new Line(edit.key(), keep(edit.before(), texts), keep(edit.after(), texts)))
                .sorted(Comparator.comparing(Line::key))
                .toList();
        long bytes = edits.stream()
                .mapToLong(edit -> length(edit.before()) + length(edit.after()))
                .sum();
        return new ChangeRecord(at, note, bytes, lines);
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static @Nullable String keep(@Nullable String text, Map<String, String> texts) {
        if (text == null) {
            return null;
        }
        String digest = digest(text);
        texts.put(digest, text);
        return digest;
    }

    /** Whether this left a key as an edit did. */
    boolean tells(ChangeHistory.Edit edit) {
        String after = edit.after() == null ? null : digest(edit.after());
        return lines.stream().anyMatch(line -> line.key.equals(edit.key()) && Objects.equals(line.after, after));
    }

    ChangeHistory.Summary summary(String id) {
        return new ChangeHistory.Summary(
                id, at, note, lines.stream().map(Line::key).toList());
    }

    String format() {
        StringBuilder text = new StringBuilder(HEAD).append("\nat ").append(at);
        text.append("\nby ").append(note.by()).append("\nstored ").append(note.stored());
        text.append("\nbytes ").append(bytes);
        text.append("\nmessage ").append(note.message()).append('\n');
        for (Line line : lines) {
            text.append(line.key.path()).append(' ').append(orNothing(line.before));
            text.append(' ').append(orNothing(line.after)).append('\n');
        }
        return text.toString();
    }

    /** Null when the text is no record. */
    static @Nullable ChangeRecord parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < HEAD_LINES || !lines.get(0).equals(HEAD)) {
            return null;
        }
        try {
            Instant at = Instant.parse(after("at ", lines.get(1)));
            boolean stored = Boolean.parseBoolean(after("stored ", lines.get(3)));
            long bytes = Long.parseLong(after("bytes ", lines.get(4)));
            ChangeHistory.Note note =
                    new ChangeHistory.Note(after("by ", lines.get(2)), after("message ", lines.get(5)), stored);
            List<Line> changed = new ArrayList<>();
            for (String line : lines.subList(HEAD_LINES, lines.size())) {
                changed.add(line(line));
            }
            return new ChangeRecord(at, note, bytes, changed);
        } catch (DateTimeParseException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static Line line(String text) {
        int after = text.lastIndexOf(' ');
        int before = text.lastIndexOf(' ', after - 1);
        ConfigKey key = ConfigKey.parse(text.substring(0, before));
        if (key == null) {
            throw new IllegalArgumentException(text);
        }
        return new Line(key, orNull(text.substring(before + 1, after)), orNull(text.substring(after + 1)));
    }

    private static String after(String start, String line) {
        if (!line.startsWith(start)) {
            throw new IllegalArgumentException(line);
        }
        return line.substring(start.length());
    }

    /** What stands in place of this record when it is kept as a text. */
    String reference(String digest) {
        return REFERENCE + digest + ' ' + bytes;
    }

    /** The digest of the text that a reference refers to; null when the text is none. */
    static @Nullable String referredBy(String text) {
        return text.startsWith(REFERENCE) ? text.substring(REFERENCE.length()).split(" ", 2)[0] : null;
    }

    /** About how much the values of a record have that is kept like this, or referred to like this. */
    static long bytesOf(String text) {
        Matcher matcher = BYTES.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** The digest that a reference has in it, if it is one. */
    static List<String> digestsIn(String text) {
        String referred = referredBy(text);
        return referred == null ? List.of() : List.of(referred);
    }

    static String digest(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8), 0).substring(0, DIGEST_LENGTH);
    }

    private static String orNothing(@Nullable String digest) {
        return digest == null ? NOTHING : digest;
    }

    private static @Nullable String orNull(String word) {
        return word.equals(NOTHING) ? null : word;
    }
}
