package io.erulb.server.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Tells which names are the machine's own affair. Immutable; reads the file anew each time.
 *
 * @param path of a file as hosts(5) has it
 */
record HostsFile(Path path) {

    static HostsFile system() {
        return new HostsFile(Path.of("/etc/hosts"));
    }

    /** Whether the file has the name, or no DNS server may be asked for it (RFC 6761 6.3). */
    boolean has(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost") || isInFile(host);
    }

    private boolean isInFile(String host) {
        // Latin-1, for which no byte is malformed.
        try (Stream<String> lines = Files.lines(path, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> isInLine(line, host));
        } catch (IOException | UncheckedIOException noFile) {
            return false;
        }
    }

    private static boolean isInLine(String line, String host) {
        int comment = line.indexOf('#');
        String entry = comment < 0 ? line : line.substring(0, comment);
        // The first word is the address.
        return Arrays.stream(entry.strip().split("\\s+")).skip(1).anyMatch(host::equalsIgnoreCase);
    }
}
