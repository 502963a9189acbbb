package io.erulb.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A configuration kept in one file, to start from while its store is away. Written as a whole or not at all, so that a
 * crash leaves the former copy; read as a whole or not at all, by a checksum. Not safe for use by many threads.
 *
 * <p>The file can be read by people:
 *
 * <pre>
 * elb-config 1 SHA-256 of all that follows
 * of /ELB/
 * revision 1234
 * saved 2026-11-26T16:00:00Z
 * rules/t.local 1230 24
 * {"init":"r1","rules":{}}
 * </pre>
 *
 * <p>Each value stands below its key, the revision at which it was written and its length in bytes.
 */
public final class ConfigCopy {
    private static final String MAGIC = "elb-config ";
    private static final String VERSION = "1";

    private final Path file;
    private final String origin;

    /**
     * A copy that may be there or not.
     *
     * @param folder where the file is; made when it is first written
     * @param origin what the configuration is of, without line breaks: another's copy is refused
     */
    public ConfigCopy(Path folder, String origin) {
        this.file = folder.resolve("config.copy");
        this.origin = origin;
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /**
     * A configuration as it was kept.
     *
     * @param config the configuration
     * @param saved when it was written
     */
    public record Saved(StoredConfig config, Instant saved) {}

    /**
     * Reads the copy.
     *
     * @return null when there is none
     * @throws StoreException when it can't be read, is damaged or another's; the message says which and what to do
     */
    public @Nullable Saved read() throws StoreException {
        try {
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException e) {
            throw new StoreException(file + " can't be read: " + e, e);
        }
    }

    /**
     * Replaces the copy.
     *
     * @throws StoreException when it can't be written; the former one is there still
     */
    public void write(StoredConfig config, Instant now) throws StoreException {
        byte[] body = body(config, now);
        byte[] head = (MAGIC + VERSION + ' ' + Sha256.hex(body, 0) + '\n').getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        try {
            DurableFile.write(file, file.resolveSibling(file.getFileName() + ".new"), whole);
        } catch (IOException e) {
            throw new StoreException(file + " can't be written: " + e, e);
        }
    }

    private byte[] body(StoredConfig config, Instant now) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        line(out, "of " + origin);
        line(out, "revision " + config.revision());
        line(out, "saved " + now);
        config.entries().forEach((key, value) -> {
            byte[] text = value.text().getBytes(StandardCharsets.UTF_8);
            line(out, key.path() + ' ' + value.modRevision() + ' ' + text.length);
            out.writeBytes(text);
            out.write('\n');
        });
        return out.toByteArray();
    }

    private static void line(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    private Saved parse(byte[] bytes) throws StoreException {
        Lines lines = new Lines(bytes);
        try {
            checkHead(lines, bytes);
            String of = lines.after("of ");
            if (!of.equals(origin)) {
                throw new StoreException(file + " is a copy of " + of + ", not of " + origin
                        + " (expected: a folder of its own for each ELB)");
            }
            long revision = Long.parseLong(lines.after("revision "));
            Instant saved = Instant.parse(lines.after("saved "));
            Map<ConfigKey, StoredValue> entries = new TreeMap<>();
            while (lines.more()) {
                readEntry(lines, entries);
            }
            return new Saved(new StoredConfig(revision, entries), saved);
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    private void checkHead(Lines lines, byte[] bytes) throws StoreException {
        String[] words = lines.after(MAGIC).split(" ", -1);
        if (!words[0].equals(VERSION)) {
            throw new StoreException(
                    file + " is of format " + words[0] + " (expected: " + VERSION + "; another release wrote it)");
        }
        if (!words[1].equals(Sha256.hex(bytes, lines.position()))) {
            throw damaged(null);
        }
    }

    private StoreException damaged(@Nullable Exception cause) {
        return new StoreException(
                file + " is damaged and was not used (remove it; a new one is written when the store answers)", cause);
    }

    private static void readEntry(Lines lines, Map<ConfigKey, StoredValue> entries) {
        String line = lines.next();
        int length = line.lastIndexOf(' ');
        int revision = line.lastIndexOf(' ', length - 1);
        ConfigKey key = ConfigKey.parse(line.substring(0, revision));
        if (key == null) {
            throw new IllegalArgumentException("no key: " + line);
        }
        long modRevision = Long.parseLong(line.substring(revision + 1, length));
        String text = lines.text(Integer.parseInt(line.substring(length + 1)));
        entries.put(key, new StoredValue(text, modRevision));
    }

    /** Reads lines and texts of known length; what isn't as it must be throws some {@link RuntimeException}. */
    private static final class Lines {
        private final byte[] bytes;
        private int position;

        Lines(byte[] bytes) {
            this.bytes = bytes;
        }

        int position() {
            return position;
        }

        boolean more() {
            return position < bytes.length;
        }

        String next() {
            int end = position;
            while (bytes[end] != '\n') {
                end++;
            }
            return text(end - position);
        }

        String after(String start) {
            String line = next();
            if (!line.startsWith(start)) {
                throw new IllegalArgumentException("expected " + start + ": " + line);
            }
            return line.substring(start.length());
        }

        /** A text and the line break behind it. */
        String text(int length) {
            if (bytes[position + length] != '\n') {
                throw new IllegalArgumentException("a text is longer than it says");
            }
            String text = new String(bytes, position, length, StandardCharsets.UTF_8);
            position += length + 1;
            return text;
        }
    }
}
