package io.erulb.server.shell;

import io.erulb.rules.Fault;
import io.erulb.rules.FilterTypes;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.RuleSet;
import io.erulb.rules.RuleSetException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file with the rule document of one domain, whose name is the file's without {@code .json}.
 *
 * @param graph null when there are faults
 */
record RuleFile(@Nullable RuleGraph graph, List<Fault> faults) {

    /**
     * Reads a file.
     *
     * @throws IOException when it can't be read, with a sentence for people
     */
    static RuleFile read(Path file, FilterTypes types) throws IOException {
        try {
            RuleSet document = RuleSet.parse(text(file));
            return new RuleFile(RuleGraph.compile(domain(file), document, types), List.of());
        } catch (RuleSetException faulty) {
            return new RuleFile(null, placed(faulty, file));
        }
    }

    /** The domain that a file has the document of. */
    static String domain(Path file) {
        return file.getFileName().toString().replaceFirst("\\.json$", "");
    }

    /** The faults of a file's document, with its domain. */
    static List<Fault> placed(RuleSetException faulty, Path file) {
        return faulty.faults().stream()
                .map(fault -> fault.domain().isEmpty() ? fault.in(domain(file)) : fault)
                .toList();
    }

    /**
     * What a file says.
     *
     * @throws IOException when it can't be read, with a sentence for people
     */
    static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new IOException(file + ": there is no such file", missing);
        } catch (CharacterCodingException other) {
            throw new IOException(file + ": it is not UTF-8", other);
        } catch (IOException unreadable) {
            throw new IOException(file + ": it can't be read: " + unreadable, unreadable);
        }
    }
}
